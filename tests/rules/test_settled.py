"""What a later entry settles of what an audit found: a void of an entry, a correction of what was altered."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from partnerkit.rules.audited import told
from partnerkit.rules.settled import Settlement
from partnerkit.rules.verdict import Verdict
from tests.policies.fulfil import MOMENT
from tests.rules.verdicts import correction, entry, error, verdict, void

VOIDED = "It is wrong; voided by p-bob on 2026-06-01: A slip (entry v)"


def test_a_void_settles_what_was_found_of_an_entry_when_it_landed():
    of_it, beside, later = error(entry="e"), error("beside", entry="f"), error("later", entry="e")
    first, second = verdict(entry("e"), findings=[of_it, beside]), verdict(void("e"), findings=[later])
    [one, two] = told([first, second])
    settlement = Settlement("acme", "v", "void", "p-bob", MOMENT, "A slip", frozenset({"e"}))
    assert one.findings == [replace(of_it, severity="warning", message=VOIDED, settled="v"), beside]
    assert one.entered == [entry("e", broke=("beside", "wrong"), voided=settlement)]
    assert two.findings == [later]
    assert two.entered == [void("e", broke=("later",))]


def test_a_void_settles_what_others_built_on_meanwhile():
    built = verdict(entry("m", record="other", relies=("acme",)))
    steps = told([verdict(entry("e"), findings=[error(entry="e")]), built, verdict(void("e"))])
    assert [one.settled for one in steps[0].findings] == ["v"]


def test_an_entry_may_be_voided_of_which_nothing_was_found():
    settlement = Settlement("acme", "v", "void", "p-bob", MOMENT, "", frozenset({"e"}))
    [one, two] = told([verdict(entry("e"), entry("e", record="other")), verdict(void("e", reason=None))])
    assert [mine.voided for mine in one.entered] == [settlement, None]
    assert [mine.voided for mine in two.entered] == [None]


def test_an_unlawful_void_settles_nothing():
    first = verdict(entry("e"), findings=[error(entry="e")])
    assert told([first, verdict(void("e", settles=()))])[0].findings == first.findings
    elsewhere = told([first, verdict(void("e", record="other"))])
    assert elsewhere[0].findings == first.findings
    assert elsewhere[0].entered[0].voided is None
    assert told([first, verdict(void("x"))])[0].findings == first.findings


ALTERED = error(sealed="e/name")
CORRECTED = replace(
    ALTERED, severity="warning", message="It is wrong; corrected by p-bob on 2026-06-01: A slip (entry k)", settled="k"
)


def between(*steps: Verdict) -> list[Verdict]:
    """A record of which a field was altered, what came in between, the correction, and what came afterwards."""
    settles = correction("e", "e", "e/name")
    first, altered = verdict(entry("e"), findings=[ALTERED]), verdict(findings=[ALTERED])
    return told([first, altered, *steps, verdict(settles, findings=[ALTERED]), verdict(findings=[ALTERED])])


def test_a_correction_settles_what_was_altered_between_the_entry_and_itself():
    steps = between()
    assert [step.findings for step in steps] == [[ALTERED], [CORRECTED], [CORRECTED], [ALTERED]]
    assert [(mine.broke, mine.voided) for step in steps for mine in step.entered] == [(("wrong",), None), ((), None)]


def test_a_correction_that_names_no_entry_settles_from_the_beginning_on():
    altered = verdict(findings=[ALTERED])
    steps = told([altered, altered, verdict(correction("e", "e/name", undoes=None)), altered])
    assert [step.findings for step in steps] == [[CORRECTED], [CORRECTED], [], [ALTERED]]


def test_a_correction_does_not_settle_what_was_altered_by_the_time_of_the_entry_that_it_names():
    earlier, altered = verdict(entry("e", "correct"), findings=[ALTERED]), verdict(findings=[ALTERED])
    steps = told([earlier, altered, verdict(correction("e", "e/name"))])
    assert [step.findings for step in steps] == [[ALTERED], [CORRECTED], []]


@pytest.mark.parametrize(
    ("altered", "settled"),
    [
        ({}, True),
        ({"sealed": "e/name.first"}, True),
        ({"sealed": "e/named"}, False),
        ({"sealed": "f/name"}, False),
        ({"sealed": None}, False),
        ({"sealed": None, "entry": "e"}, False),
        ({"record": "other"}, False),
        ({"severity": "warning"}, False),
    ],
)
def test_a_correction_settles_what_its_seals_prove_of_its_record(altered, settled):
    steps = between(verdict(findings=[replace(ALTERED, **altered)]))
    assert (steps[2].findings[0].settled == "k") == settled


def gone(of: str, type_: str = "undo", **more: Any) -> Verdict:
    return verdict(entry(f"of-{of}", type_, undoes=of, **more))


@pytest.mark.parametrize(
    ("steps", "built_on"),
    [
        ([], False),
        ([verdict(entry("m"))], True),
        ([verdict(entry("m", record="other"))], False),
        ([verdict(entry("m", record="other", relies=("acme",)))], True),
        ([verdict(entry("m", record="other", relies=("another",)))], False),
        ([verdict(entry("m", "correct"))], False),
        ([verdict(entry("m", "correct", record="other", relies=("acme",)))], True),
        ([verdict(entry("m")), gone("m")], False),
        ([verdict(entry("m")), gone("m", record="other")], True),
        ([verdict(entry("m")), gone("m", "void")], True),
        ([verdict(entry("m")), gone("m", "void", settles=("m",))], False),
        ([gone("e")], True),
        ([gone("e", "void")], True),
        ([gone("e", "void", settles=("e",))], False),
        ([verdict(entry("m", record="other", relies=("acme",))), gone("m", record="other")], False),
        (
            [
                verdict(entry("m", record="other", relies=("acme",))),
                verdict(entry("n", record="third", relies=("other",))),
                gone("m", record="other"),
            ],
            True,
        ),
        (
            [
                verdict(entry("m", record="other", relies=("acme",))),
                verdict(entry("n", record="third", relies=("other",))),
                gone("n", record="third"),
                gone("m", record="other"),
            ],
            False,
        ),
        (
            [
                verdict(entry("m", record="other", relies=("acme",))),
                verdict(entry("n", record="third", relies=("other",))),
                gone("m", "void", record="other", settles=("m",)),
            ],
            False,
        ),
        (
            [
                verdict(entry("a", "correct")),
                verdict(entry("m", "void", undoes="a", settles=("a",))),
                verdict(entry("n")),
            ],
            True,
        ),
        ([verdict(entry("m")), gone("m"), verdict(entry("n"))], True),
    ],
)
def test_a_correction_settles_nothing_on_which_something_was_built_meanwhile(steps, built_on):
    found = between(*steps)
    assert found[1].findings == [ALTERED if built_on else CORRECTED]
    assert found[-2].findings == [CORRECTED]  # nothing can have been built on what came at last


def test_what_altered_a_record_and_moved_it_at_once_is_built_on():
    steps = between(verdict(entry("m"), findings=[ALTERED]), verdict(findings=[ALTERED]))
    assert [step.findings for step in steps] == [[ALTERED]] * 4 + [[CORRECTED], [ALTERED]]


def altered_and(*became: tuple[str, str | None], settles: tuple[str, ...] = ("field/a=0",)) -> list[str]:
    """How bad what was altered in turn is, once it is corrected: each with what it was, and what it became."""
    steps = [verdict(findings=[error(was=was, became=now)]) for was, now in became]
    every = told([verdict(entry("e")), *steps, verdict(correction("e", *settles))])
    return [one.severity for step in every for one in step.findings]


def test_what_was_altered_and_put_back_by_hand_is_one_alteration():
    there, back = ("field/a=0", "field/a=1"), ("field/a=1", "field/a=0")
    assert altered_and(there) == ["warning"]
    assert altered_and(there, back) == ["warning"] * 2
    assert altered_and(there, ("field/a=1", "field/a=2")) == ["warning"] * 2
    assert altered_and(there, back, there, back) == ["warning"] * 4


def test_what_was_changed_otherwise_in_between_is_not():
    there = ("field/a=0", "field/a=1")
    assert altered_and(there, ("field/a=2", "field/a=0")) == ["error"] * 2
    assert altered_and(there, ("field/a=2", "field/a=0"), ("field/a=0", "field/a=1")) == ["error"] * 3
    assert altered_and(("field/a=0", None), ("field/a=1", "field/a=0")) == ["error"] * 2
    assert altered_and(("field/a=1", "field/a=0"), ("field/a=0", "field/a=1")) == ["error"] * 2
    assert altered_and(there, ("field/b=1", "field/b=0"), settles=("field/a=0",)) == ["warning", "error"]


def test_what_one_thing_became_is_not_what_another_was():
    assert altered_and(("field/a=0", "field/b=1"), ("field/b=1", None)) == ["warning", "error"]
