"""Calendar arithmetic, and the canonical form that every digest is made of."""

from __future__ import annotations

import calendar
import unicodedata
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from partnerkit.kinds.calendar import FIRST_YEAR, LAST_YEAR
from partnerkit.kinds.canonical import canonical, digest, file_digest, same
from partnerkit.kinds.duration import Duration
from partnerkit.kinds.statements import statement_digest
from partnerkit.steps import NO_ENTRY, content_digest, entry_digest, uses_digest

DAYS = st.dates(date(1000, 1, 1), date(5000, 12, 31))
SPANS = st.builds(
    lambda years, months, weeks, days: Duration.parse(f"P{years}Y{months}M{weeks}W{days}D"),
    *(st.integers(0, most) for most in (50, 30, 60, 400)),
)


@given(DAYS, SPANS)
def test_after_is_never_earlier(day, span):
    assert span.after(day) >= day


@given(DAYS, DAYS, SPANS)
def test_a_later_day_never_leads_to_an_earlier_one(one, other, span):
    first, second = sorted([one, other])
    assert span.after(first) <= span.after(second)
    assert span.before(first) <= span.before(second)


@given(DAYS, SPANS)
def test_before_is_a_day_from_which_after_does_not_overshoot(day, span):
    assert span.after(span.before(day)) <= day


@given(DAYS, st.integers(0, 600))
def test_months_keep_the_day_or_clamp_to_the_end_of_the_month(day, months):
    later = Duration.parse(f"P{months}M").after(day)
    last = calendar.monthrange(later.year, later.month)[1]
    assert (later.year * 12 + later.month) - (day.year * 12 + day.month) == months
    assert later.day == min(day.day, last)


@given(DAYS, st.integers(0, 9000))
def test_days_are_days(day, days):
    assert Duration.parse(f"P{days}D").after(day) == day + timedelta(days=days)


@pytest.mark.parametrize(
    ("day", "span", "later"),
    [
        ("2025-08-31", "P6M", "2026-02-28"),
        ("2023-08-31", "P6M", "2024-02-29"),
        ("2024-02-29", "P1Y", "2025-02-28"),
        ("2026-01-31", "P1M", "2026-02-28"),
        ("2026-01-30", "P1M1D", "2026-03-01"),
        ("2026-12-15", "P2W", "2026-12-29"),
        ("2026-03-02", "P0D", "2026-03-02"),
    ],
)
def test_ends_of_months(day, span, later):
    assert Duration.parse(span).after(date.fromisoformat(day)).isoformat() == later


@pytest.mark.parametrize("text", ["", "P", "6M", "P6", "P-1M", "PT1H", "P1D1M", "p6m", "P1.5M", "P6M ", "P99999Y"])
def test_no_duration(text):
    with pytest.raises(ValueError, match="ISO 8601"):
        Duration.parse(text)


@pytest.mark.parametrize("text", ["P9999Y", "P101Y", "P1201M", "P36526D", "P99Y13M", "P9999W"])
def test_more_than_a_hundred_years_is_no_duration(text):
    with pytest.raises(ValueError, match="more than 100 years"):
        Duration.parse(text)


@pytest.mark.parametrize("text", ["P100Y", "P1200M", "P36525D"])
def test_from_the_ends_of_the_calendar_no_duration_leads_out_of_it(text):
    span = Duration.parse(text)
    assert span.after(date(LAST_YEAR, 12, 31)).year <= LAST_YEAR + 101
    assert span.before(date(FIRST_YEAR, 1, 1)).year >= FIRST_YEAR - 101


def test_past_the_calendar_is_said():
    with pytest.raises(OverflowError):
        Duration.parse("P1Y").after(date(9999, 1, 1))


VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(st.characters(codec="utf-8")),
    lambda inner: (
        st.lists(inner, max_size=4) | st.dictionaries(st.text(st.characters(codec="utf-8")), inner, max_size=4)
    ),
    max_leaves=15,
)


def turned(value):
    """The same with every mapping's keys the other way round, and every text decomposed."""
    if isinstance(value, dict):
        return {unicodedata.normalize("NFD", key): turned(value[key]) for key in reversed(value)}
    if isinstance(value, list):
        return [turned(one) for one in value]
    return unicodedata.normalize("NFD", value) if isinstance(value, str) else value


@given(VALUES)
def test_order_of_keys_and_composition_of_letters_change_nothing(value):
    assert canonical(turned(value)) == canonical(value)


#: Words of which some are the same, written otherwise, and some are equal to what is not the same.
WORDS = st.sampled_from(["a", "\u00e9", "e\u0301", "K", "\u212a", "1", "", 1, 0, True, False, None])
ALIKE = st.recursive(
    WORDS,
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(st.sampled_from(["a", "b", "\u00e9", "\u212a"]), inner, max_size=3)
    ),
    max_leaves=8,
)


@given(ALIKE, ALIKE)
def test_what_has_one_form_is_the_same(one, other):
    assert same(one, other) is (canonical(one) == canonical(other))
    assert same(one, turned(one)) is (canonical(one) == canonical(turned(one)))


@given(st.text(st.characters(codec="utf-8")), st.text(st.characters(codec="utf-8")))
def test_different_texts_differ(one, other):
    equal = unicodedata.normalize("NFC", one) == unicodedata.normalize("NFC", other)
    assert (digest(one) == digest(other)) is equal


@pytest.mark.parametrize(
    ("one", "other"), [(1, "1"), (True, 1), (True, "true"), (None, ""), ([], {}), (["a"], "a"), ({"a": None}, {})]
)
def test_what_is_not_the_same_is_not(one, other):
    assert digest(one) != digest(other)


@pytest.mark.parametrize("value", [1.5, float("nan"), b"x", {1, 2}, date(2026, 1, 1), object()])
def test_what_no_reader_yields_has_no_form(value):
    with pytest.raises(TypeError):
        canonical({"a": [value]})


def test_the_form_never_changes_by_accident():
    """Golden: registers live for years; a digest that comes out differently makes every record look tampered with."""
    statement = {
        "id": "e-0123456789ab",
        "requirement": "due-diligence",
        "outcome": "pass",
        "summary": "Caf\u00e9 \u2013 na\u0308chste Woche, 50 %",
        "at": "2026-03-02T12:00:00Z",
        "by": "p-rosa",
        "withdrawn": {"at": "2026-03-03T12:00:00Z", "by": "p-rosa", "reason": "old"},
    }
    entry = {"seq": 1, "id": "0123456789abcdef", "type": "create", "to": "proposed", "at": "2026-03-02T12:00:00Z"}
    record = {
        "kind": "partnership",
        "id": "acme",
        "policy": "OPS-05-03",
        "objectives": [{"id": "o1", "n": 3}],
        "x": None,
    }
    found = {
        "form": canonical({"b": [1, True, None, "\u00e9"], "a": {"d": "2026-03-02", "c": "1.50"}}),
        "empty": digest({}),
        "statement": statement_digest(statement),
        "entry": entry_digest(entry),
        "no entry": NO_ENTRY,
        "content": content_digest(record, ["kind", "id", "objectives.n", "x", "absent"]),
        "uses": uses_digest([statement]),
        "file": file_digest(b"a file\n"),
    }
    assert found == GOLDEN


GOLDEN = {
    "form": '{"a":{"c":"1.50","d":"2026-03-02"},"b":[1,true,null,"\u00e9"]}',
    "empty": "c1:44136fa355b3678a1146ad16f7e8649e94fb4fc21fe77e8310c060f61caaff8a",
    "statement": "c1:362f546bbc4a078a6c4377c144352ad52a095d4f35165c7677cc672a0ddafbc1",
    "entry": "c1:f0b7ef591380cfee20091946c184a5f5f7b91f3507cc4c2b7d6bdf22667bc258",
    "no entry": "c1:4f53cda18c2baa0c0354bb5f9a3ecbe5ed12ab4d8e11ba873c2f11161202b945",
    "content": "c1:d5a7434e2f465aa8ef673417087dd4ed11838d864f3bfac5e97322a82896e50b",
    "uses": "c1:18ebbcf6dc3b10a5a4026c65f042fa87b9d616da6a2c91c6c66f18ae375d7a4f",
    "file": "sha256:da69f286f03c0d2131b3f95afe7c8d31b4f65cbf5ca49a12c41d8bf02d366a34",
}
