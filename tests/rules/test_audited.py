"""What an audit tells of its verdicts: each thing once, and who broke what."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from partnerkit.rules.audited import Audited, Verdict, offering, only_of, told
from partnerkit.rules.settled import Settlement
from partnerkit.rules.trusted import Facts
from tests.policies.fulfil import MOMENT, World
from tests.rules.bench import moved, policy, register, world
from tests.rules.verdicts import commit, correction, entry, error, verdict


@pytest.mark.parametrize(
    ("of", "says"),
    [
        ({}, False),
        ({"findings": [error()]}, True),
        ({"standing": [error()]}, False),
        ({"levels": {"a-1": "author"}}, True),
        ({"rules": ["records/people.yaml"]}, True),
        ({"expunged": ["acme"]}, True),
        ({"squashed": ["acme"], "weakened": ["x"], "decided": ["y"], "signature": "wrong"}, False),
    ],
)
def test_whether_a_verdict_says_something(of, says):
    assert verdict(**of).says_something == says
    assert verdict(entry("e")).says_something


def test_what_a_verdict_says_of_some_records():
    whole = verdict(
        entry("e"),
        entry("f", record="other"),
        findings=[error("a"), error("b", "other"), error("c", None)],
        standing=[error("d"), error("e", "other"), error("f", None)],
        levels={"a-1": "author", "a-2": "claimed"},
        said_in={"a-1": "acme", "a-2": "other"},
        squashed=["acme", "other"],
        expunged=["other", "acme"],
        rules=["records/people.yaml"],
        weakened=["words"],
    )
    assert only_of(whole, {"acme"}) == replace(
        whole,
        findings=[error("a"), error("c", None)],
        standing=[error("d")],
        entered=[entry("e")],
        levels={"a-1": "author"},
        squashed=["acme"],
        expunged=["acme"],
    )


def test_what_stands_is_told_where_it_came_about_and_not_again():
    one, other = error("one", file="f", line=3, column=1), error("other", file="f", line=4, column=1)
    steps = [verdict(standing=[one]), verdict(), verdict(standing=[one, other]), verdict(standing=[other])]
    assert [step.findings for step in told(steps)] == [[one], [], [other], []]
    assert [step.standing for step in told(steps)] == [[one], [], [one, other], [other]]


def test_what_stood_before_is_not_told_again_because_other_records_changed_meanwhile():
    one, other = error(), error(record="other")
    steps = told([verdict(standing=[one]), verdict(standing=[other]), verdict(standing=[one, other])])
    assert [step.findings for step in steps] == [[one], [other], []]


@pytest.mark.parametrize(
    ("other", "told_again"),
    [
        ({"line": 9}, False),
        ({"column": 9}, False),
        ({"code": "x"}, True),
        ({"record": "b"}, True),
        ({"file": "g"}, True),
    ],
)
def test_what_moved_within_its_file_is_the_same(other, told_again):
    one = error(file="f", line=3, column=1)
    moved_on = replace(one, **other)
    steps = told([verdict(standing=[one]), verdict(standing=[moved_on])])
    assert [step.findings for step in steps] == [[one], [moved_on] * told_again]
    words = replace(one, message="Otherwise.")
    assert told([verdict(standing=[one]), verdict(standing=[words])])[1].findings == [words]


@pytest.mark.parametrize(
    ("other", "told_too"),
    [
        ({}, False),
        ({"message": "In other words."}, False),
        ({"line": 9}, True),
        ({"column": 9}, True),
        ({"code": "x"}, True),
        ({"file": "g"}, True),
    ],
)
def test_what_a_step_broke_is_not_told_twice_of_one_place(other, told_too):
    one = error(file="f", line=3, column=1)
    stands = replace(one, **other)
    [step] = told([verdict(findings=[one], standing=[stands])])
    assert step.findings == [one, *([stands] if told_too else [])]


def test_who_broke_what():
    warning = replace(error("warned"), severity="warning")
    broken = [error("z"), error("a"), error("a", line=2), warning, error("elsewhere", "other"), error("nobody", None)]
    [step] = told([verdict(entry("e"), entry("o", record="other"), entry("n", record="new"), findings=broken)])
    assert [one.broke for one in step.entered] == [("a", "z"), ("elsewhere",), ()]
    assert step.findings == broken


def reached(**last: Any) -> World:
    """A partnership that became active."""
    here = world(policy(reason=True))
    moved(here, "active", id="a" * 16, **last)
    return here


VOID = f"partnerkit undo {'a' * 16} --void --reason <reason> where it never should have counted"


@pytest.mark.parametrize(
    ("found", "mend"),
    [
        ({}, VOID),
        ({"mend": "look"}, f"look; {VOID}"),
        ({"mend": "partnerkit undo x --void"}, "partnerkit undo x --void"),
        ({"severity": "warning", "mend": "look"}, "look"),
        ({"entry": None}, None),
        ({"entry": "0" * 16, "mend": "look"}, "look"),
        ({"record": "gone", "mend": "look"}, "look"),
        ({"record": None}, None),
    ],
)
def test_the_way_to_void_the_latest_entry_that_counts_is_offered_with_what_is_wrong_with_it(found, mend):
    one = replace(error(record="subject", entry="a" * 16), **found)
    assert offering([one], register(reached())) == [replace(one, mend=mend)]


def test_what_was_taken_back_is_no_more_the_latest_that_counts():
    here = reached()
    moved(here, "proposed", type_="undo", undoes="a" * 16, reason="A slip.")
    first, last = (error(record="subject", entry=letter * 16) for letter in "0a")
    found = offering([last, first], register(here))
    assert [one.mend for one in found] == [None, VOID.replace("a" * 16, "0" * 16)]


def test_an_entry_whose_id_another_has_too_cannot_be_named():
    here = reached()
    here.record["history"][0]["id"] = "a" * 16
    assert offering([error(record="subject", entry="a" * 16)], register(here))[0].mend is None


def audited(*verdicts: Verdict, standing: Any = ()) -> Audited:
    return Audited("Test", commit(), None, None, "c1:0", False, 2, list(verdicts), list(standing), Facts(), MOMENT)


def test_everything_that_was_audited_in_order():
    settlement = Settlement("acme", "v", "void", "p-bob", MOMENT, "A slip", frozenset({"e"}))
    gone, lawful, unlawful = entry("e", voided=settlement), correction("e", "e/name"), entry("l", "correct")
    settled, other, stands = error(settled="k"), error("other", settled="v"), error("stands", settled="k")
    made = audited(
        verdict(gone, findings=[settled, other]),
        verdict(lawful, unlawful, entry("m", settles=("x",))),
        standing=[stands],
    )
    assert made.findings == [settled, other, stands]
    assert [one.id for one in made.entered] == ["e", "k", "l", "m"]
    assert made.voided == [(gone, settlement)]
    assert made.corrected == [(lawful, [settled, stands])]


def test_proven_is_what_broke_no_rule():
    assert audited().proven
    assert audited(verdict(findings=[error(severity="warning")]), standing=[error(severity="warning")]).proven
    assert not audited(verdict(findings=[error()])).proven
    assert not audited(standing=[error()]).proven
    assert audited().year is None
