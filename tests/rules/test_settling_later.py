"""What a later entry settles: from where on, as long as it stands, and what is offered where something was built on it."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from partnerkit.findings import Finding
from partnerkit.register import Register
from partnerkit.rules.restored import FILE
from partnerkit.rules.settling_later import as_settled
from partnerkit.rules.verdict import Entered, Verdict, key_of
from tests.rules.bench import moved, register
from tests.rules.ended import FIRST, THIRD, here
from tests.rules.families import families
from tests.rules.verdicts import correction, entry, error, verdict, void

ALTERED = error(sealed="e/name")
CONTRADICTS = error("chain-broken")
FIX = correction("e", "e/name")


def severities(*steps: Verdict, standing: Any = (), now: Register | None = None) -> list[str]:
    """How bad what was found is, verdict by verdict: the first letter of each."""
    told = as_settled(steps, [key_of(one) for one in standing], now)
    return ["".join(one.severity[0] for one in each.findings) for each in told]


def altered(*more: Finding, entered: Any = (), standing: Any = ()) -> Verdict:
    return verdict(*entered, findings=[ALTERED, *more], standing=standing)


def test_a_correction_begins_where_that_before_it_ended():
    e, there, again = verdict(entry("e")), altered(), replace(FIX, id="l")
    assert severities(e, there, there, verdict(FIX)) == ["", "w", "w", ""]
    assert severities(e, there, verdict(replace(FIX, settles=("e/x",))), there, verdict(again)) == [
        "",
        "e",
        "",
        "w",
        "",
    ]
    assert severities(e, there, verdict(replace(FIX, settles=())), there, verdict(again)) == ["", "w", "", "w", ""]
    other = verdict(replace(FIX, record="other"))
    assert severities(e, there, other, there, verdict(again)) == ["", "w", "", "w", ""]


def test_a_void_settles_what_landed_before_a_correction():
    e, fix = verdict(entry("e"), findings=[error(entry="e")]), verdict(replace(FIX, settles=("e/x",)))
    assert severities(e, fix, verdict(void("e"))) == ["w", "", ""]
    assert severities(verdict(findings=[error(entry="e")]), verdict(void("e"))) == ["e", ""]


@pytest.mark.parametrize("undoes", [None, "gone"])
def test_a_correction_after_no_entry_that_landed_begins_with_the_first(undoes):
    fix = verdict(replace(FIX, undoes=undoes, settles=("field/a=0",)))
    there = verdict(findings=[error(was="field/a=0")])
    assert severities(there, there, fix, there) == ["w", "w", "", "e"]
    assert severities(there, verdict(entry("m"), findings=[error()]), fix) == ["e", "e", ""]


def test_what_landed_already_is_not_entered_again():
    once, twice = as_settled([verdict(entry("e")), verdict(entry("e"), entry("f"))], [], None)
    assert (once.entered, twice.entered) == ([entry("e")], [entry("f")])
    [one, _void] = as_settled([verdict(entry("e")), verdict(void("e"))], [], None)
    assert [mine.voided is not None for mine in one.entered] == [True]


def standing_correction(id_: str, of: str = "subject") -> Entered:
    return entry(id_, "correct", of, undoes=FIRST, settles=("e/name",), reason="A slip", by="p-bob")


def ended() -> Register:
    """The partnership of three entries, and a correction that stands."""
    one = here()
    moved(one, "ended", id="4" * 16, type_="correct", undoes=FIRST, reason="A slip.")
    return register(one)


def test_only_an_entry_that_stands_settles_anything():
    there = verdict(findings=[replace(ALTERED, record="subject")])
    steps = [verdict(entry(FIRST, record="subject")), there]
    for id_, of, told in (("4" * 16, "subject", "w"), ("5" * 16, "subject", "e"), ("4" * 16, "gone", "e")):
        found = replace(there.findings[0], record=of)
        steps[1] = verdict(findings=[found])
        assert severities(*steps, verdict(standing_correction(id_, of)), now=ended()) == ["", told, ""]


OUT = f"partnerkit undo {THIRD} --void --reason <reason>, by somebody else than p-ann, where it may rest on what was altered"


def led(*found: Finding, place: int, **how: Any) -> list[str | None]:
    """What is offered about what was found at a place, where a move was made while the record was altered."""
    there = replace(ALTERED, record="subject")
    made = entry(THIRD, record="subject", relies=how.get("relies", ()))
    fix = standing_correction("4" * 16)
    steps = [verdict(entry(FIRST, record="subject")), verdict(findings=[there]), verdict(made), verdict(fix), verdict()]
    steps[place] = replace(steps[place], findings=[*steps[place].findings, *found])
    return [one.mend for one in as_settled(steps, [], how.get("now"))[place].findings[-len(found) :]]


def test_the_line_is_offered_that_takes_back_what_may_rest_on_it():
    found = replace(ALTERED, record="subject")
    mended = replace(found, mend="look at it")
    for place in (1, 2):
        assert led(found, mended, place=place, now=ended()) == [OUT, f"look at it; {OUT}"]
        assert led(found, mended, place=place) == [None, "look at it"]
    for place in (0, 3, 4):
        assert led(found, mended, place=place, now=ended()) == [None, "look at it"]


def test_it_is_offered_about_what_the_correction_would_settle():
    found = replace(ALTERED, record="subject")
    other = [replace(found, record="other"), replace(found, sealed="e/other"), replace(found, severity="warning")]
    assert led(*other, place=2, now=ended()) == [None] * 3
    file = replace(found, sealed=None, was=f"{FILE}=a")
    assert led(file, place=2, now=ended()) == [OUT]


def test_where_nothing_can_be_taken_back_nothing_is_offered():
    one = ended()
    [source] = one.policies.values()
    amends = replace(source, policy=source.policy.model_copy(update={"amendments": ["subject"]}))
    now = replace(one, policies={"SMALL": amends})
    found = replace(ALTERED, record="subject", mend="look at it")
    assert led(found, replace(found, mend=None), place=1, now=now) == ["look at it", None]


def test_nothing_is_offered_where_nothing_was_built_on_it():
    steps = [verdict(entry(FIRST, record="subject")), verdict(findings=[replace(ALTERED, record="subject", entry="e")])]
    fix = verdict(standing_correction("4" * 16))
    told = as_settled([*steps, fix, steps[1]], [], ended())
    assert [one.mend for each in told for one in each.findings] == [None, None]
    gone = replace(standing_correction("4" * 16), type="void", settles=("e",))
    built = verdict(entry(THIRD, record="subject"), findings=steps[1].findings)
    told = as_settled([*steps, built, verdict(gone)], [], ended())
    assert [one.mend for each in told for one in each.findings] == [None, None]


def test_what_belongs_to_the_record_may_rest_on_it_where_it_is_known_what_stands():
    there = families()
    data = there.records["acme"].data
    data["history"].append({**data["history"][0], "id": "4" * 16, "seq": 2, "type": "correct", "undoes": "1" * 16})
    there.add(data)
    steps = [verdict(entry("e")), altered(), verdict(entry("m", record="deal")), verdict(replace(FIX, id="4" * 16))]
    assert severities(*steps) == ["", "w", "", ""]
    assert severities(*steps, now=there.register) == ["", "e", "", ""]


def file(was: str, became: str | None = None) -> Verdict:
    return verdict(findings=[error(was=f"{FILE}={was}", became=became and f"{FILE}={became}")])


def fixed(*about: str, found: Any = ()) -> Verdict:
    return verdict(correction("e", *about), findings=list(found))


def test_a_file_that_was_away_for_a_while_is_settled_whatever_it_had_been():
    e = verdict(entry("e"))
    assert severities(e, file("a"), file("b"), fixed("e/name")) == ["", "w", "w", ""]
    assert severities(e, verdict(), fixed("e/name", found=file("a").findings)) == ["", "", "e"]
    assert severities(e, file("b"), fixed("e/name", found=file("a").findings)) == ["", "w", "e"]
    assert severities(e, file("a"), file("c"), fixed("file=a", found=file("d").findings)) == ["", "w", "w", "w"]


def field(was: str, name: str = "a") -> Verdict:
    return verdict(findings=[error(was=f"field/{name}={was}")])


def test_the_commit_of_the_correction_puts_back_what_was_altered_before():
    e = verdict(entry("e"))
    assert severities(e, field("0"), fixed("field/a=0", found=field("7").findings)) == ["", "w", "w"]
    assert severities(e, field("0"), field("7"), fixed("field/a=0")) == ["", "e", "e", ""]
    assert severities(e, verdict(), fixed("field/a=0", found=field("7").findings)) == ["", "", "e"]


def test_what_was_altered_up_to_the_entry_is_not_asked():
    e = verdict(entry("e"), findings=field("7").findings)
    assert severities(field("8"), e, field("0"), fixed("field/a=0")) == ["e", "e", "w", ""]
    e = verdict(entry("e"))
    assert severities(e, field("0"), fixed("field/a=0"), field("7")) == ["", "w", "", "e"]
    assert severities(field("7"), e, field("0"), fixed("field/a=0")) == ["e", "", "w", ""]
