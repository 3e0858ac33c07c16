"""What landed while a record was altered and may rest on that; the way out is to take back the latest that can be."""

from __future__ import annotations

from dataclasses import replace

import pytest

from partnerkit.rules.meanwhile import NOTHING, Meanwhile
from tests.rules.bench import register
from tests.rules.ended import SECOND, THIRD, here
from tests.rules.families import families
from tests.rules.meantime import ALTERED, CONTENT, altered, corrected, found, ids
from tests.rules.verdicts import entry, error, verdict

OUT = f"partnerkit undo {THIRD} --void --reason <reason>, by somebody else than p-ann, where it may rest on what was altered"


def test_the_latest_that_can_be_taken_back_is():
    now = register(here())
    last, early, gone = entry(THIRD, record="subject"), entry(SECOND, record="subject"), entry(THIRD, record="gone")
    assert Meanwhile((last,)).way_out(now) == OUT
    assert Meanwhile((early, last)).way_out(now) == OUT
    assert Meanwhile((last, early, gone)).way_out(now) == OUT


def test_where_none_can_be_there_is_no_way():
    now = register(here())
    assert Meanwhile((entry(SECOND, record="subject"),)).way_out(now) is None
    assert Meanwhile((entry(THIRD, record="gone"),)).way_out(now) is None
    assert NOTHING.way_out(now) is None


def test_whether_there_is_anything():
    assert not NOTHING
    assert Meanwhile(rules=True)
    assert Meanwhile((entry(THIRD),))


def test_what_landed_from_the_alteration_up_to_the_correction_may_rest_on_it():
    steps = [verdict(entry(one)) for one in "abcdefg"]
    steps[2], steps[5] = altered(entry("c")), corrected(entry("f", seq=2))
    assert found(*steps, last=5) == Meanwhile((entry("c"), entry("d"), entry("e")))
    steps[3] = altered(entry("d"))
    assert ids(found(*steps, last=5)) == ["c", "d", "e"]


def test_an_alteration_of_the_record_and_after_the_first_is_meant():
    for found_ in (
        error("entry-out-of-order", "other"),
        replace(ALTERED, severity="warning"),
        replace(ALTERED, record=None),
    ):
        early, late = altered(entry("a"), by=found_), altered(entry("b"))
        assert ids(found(verdict(), early, late, corrected())) == ["b"]
    assert ids(found(altered(entry("a")), verdict(entry("b")), altered(entry("c")), corrected())) == ["c"]
    assert ids(found(altered(entry("a")), corrected(), first=-1)) == ["a"]


def test_where_nothing_was_altered_nothing_rests_on_it_before_the_commit_of_the_correction():
    beside = entry("b", record="other", relies=("acme",))
    assert found(verdict(), verdict(entry("a")), corrected(beside)) == Meanwhile((beside,))
    assert found(verdict(), verdict(entry("a")), corrected(beside, findings=[ALTERED])) == Meanwhile((beside,))


@pytest.mark.parametrize(
    ("place", "rules"), [(0, False), (1, False), (2, True), (3, True), (4, True), (5, False), (None, False)]
)
def test_rules_that_changed_meanwhile_as_the_record_decided(place, rules):
    steps = [verdict(), verdict(), altered(), verdict(), corrected(), verdict()]
    if place is not None:
        steps[place] = replace(steps[place], rules=["records/policies/SMALL.yaml"])
    now = register(here())
    [source] = now.policies.values()
    decided = replace(source, policy=source.policy.model_copy(update={"amendments": ["acme"]}))
    assert found(*steps, last=4, now=replace(now, policies={"SMALL": decided})) == Meanwhile(rules=rules)
    assert found(*steps, last=4, now=now) == NOTHING
    assert found(*steps, last=4) == NOTHING


BEGINS = entry("a", "create", record="deal")


@pytest.mark.parametrize(
    "code", ["locked-field-changed", "content-differs", "statement-edited", "statement-removed", "rested-on-changed"]
)
def test_what_only_begins_asks_for_no_content(code):
    now = families().register
    assert found(verdict(), altered(BEGINS, by=error(code)), corrected(), now=now) == NOTHING
    assert ids(found(verdict(), altered(BEGINS, by=error(code)), altered(), corrected(), now=now)) == ["a"]
    assert ids(found(verdict(), altered(BEGINS, by=error(code)), corrected(findings=[ALTERED]), now=now)) == ["a"]


def test_what_is_found_before_and_afterwards_is_not_what_was_altered():
    now = families().register
    steps = [altered(), altered(BEGINS, by=CONTENT), corrected(), altered()]
    assert found(*steps, last=2, now=now) == NOTHING
    beside = error("entry-out-of-order", "other")
    steps[1] = verdict(BEGINS, findings=[CONTENT, beside, replace(ALTERED, severity="warning")])
    assert found(*steps, last=2, now=now) == NOTHING


@pytest.mark.parametrize(
    "begun",
    [
        entry("a", "adopt", record="deal"),
        entry("a", record="deal"),
        entry("a", "create"),
        entry("a", "create", record="gone", relies=("acme",)),
    ],
)
def test_what_does_more_than_begin_asks_for_content(begun):
    now = families().register
    assert ids(found(verdict(), altered(begun, by=CONTENT), corrected(), now=now)) == ["a"]


def test_what_begins_asks_for_the_content_of_what_it_names():
    now = families().register
    begun = entry("a", "create", record="deal", relies=("old",))
    last = corrected(record="old")
    assert ids(found(verdict(), altered(begun, by=replace(CONTENT, record="old")), last, of="old", now=now)) == ["a"]
    begun = replace(begun, record="pact")
    assert found(verdict(), altered(begun, by=replace(CONTENT, record="old")), last, of="old", now=now) == NOTHING


def test_nobody_knows_what_begins_where_nobody_knows_what_stands():
    begun = entry("a", "create", record="deal", relies=("acme",))
    assert ids(found(verdict(), altered(begun, by=CONTENT), corrected())) == ["a"]
