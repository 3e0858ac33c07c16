"""What contradicted itself only until an alteration was corrected is settled with that, where nothing else was wrong."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from partnerkit.findings import Finding
from partnerkit.rules.settling_later import as_settled
from partnerkit.rules.verdict import Verdict, key_of
from tests.rules.verdicts import correction, entry, error, verdict, void

ALTERED = error(sealed="e/name")
CONTRADICTS = error("chain-broken")
OTHERS = error("chain-broken", "other")
LINK = error("link-broken", "other")
FIX = verdict(correction("e", "e/name"))


def severities(*steps: Verdict, stays: Any = ()) -> list[str]:
    """How bad what was found is, verdict by verdict: the first letter of each; `stays` stands at the end still."""
    told = as_settled(steps, [key_of(one) for one in stays], None)
    return ["".join(one.severity[0] for one in each.findings) for each in told]


def contradicting(*found: Finding, beside: Any = (), stays: Any = ()) -> str:
    """How bad that is which contradicts itself from the alteration on, and what was found beside it."""
    there = verdict(findings=[ALTERED, *found, *beside], standing=found)
    return severities(verdict(entry("e")), there, FIX, stays=stays)[1]


def test_what_contradicts_itself_no_more_is_settled_with_the_alteration():
    assert contradicting(CONTRADICTS) == "ww"
    assert contradicting(CONTRADICTS, error("b")) == "www"
    assert contradicting(beside=[CONTRADICTS]) == "we"
    there = verdict(findings=[ALTERED, CONTRADICTS], standing=[CONTRADICTS])
    [_e, told, _fix] = as_settled([verdict(entry("e")), there, FIX], [], None)
    assert [one.settled for one in told.findings] == ["k", "k"]


def test_what_stands_at_the_end_is_not():
    assert contradicting(CONTRADICTS, stays=[replace(CONTRADICTS, line=9)]) == "we"
    assert contradicting(CONTRADICTS, error("b"), stays=[CONTRADICTS]) == "wee"
    assert contradicting(CONTRADICTS, stays=[replace(CONTRADICTS, message="It is wrong otherwise")]) == "ww"


def test_nothing_is_where_anything_else_was_wrong_with_the_record():
    assert contradicting(CONTRADICTS, beside=[error("b")]) == "wee"
    assert contradicting(CONTRADICTS, beside=[replace(error("b"), severity="warning")]) == "www"
    assert contradicting(CONTRADICTS, beside=[error("b", "other"), error("b", None)]) == "wwee"


def test_what_is_no_error_stays_what_it_is():
    warned = replace(CONTRADICTS, severity="warning")
    there = verdict(findings=[ALTERED, warned], standing=[warned])
    [_e, told, _fix] = as_settled([verdict(entry("e")), there, FIX], [], None)
    assert told.findings[1] == warned


def test_of_another_record_it_is_only_that_this_one_was_gone():
    assert contradicting(OTHERS) == "we"
    assert contradicting(LINK) == "ww"
    assert contradicting(CONTRADICTS, LINK) == "www"
    assert contradicting(LINK, beside=[error("b", "other")]) == "wee"
    assert contradicting(LINK, beside=[replace(error("b", "other"), severity="warning")]) == "www"
    assert contradicting(OTHERS, LINK) == "wew"
    assert contradicting(LINK, stays=[LINK]) == "we"


def test_it_is_so_until_the_correction_and_not_with_it():
    e, there = verdict(entry("e")), verdict(findings=[CONTRADICTS], standing=[CONTRADICTS])
    fix = replace(FIX, findings=[CONTRADICTS], standing=[CONTRADICTS])
    assert severities(there, e, there, there, fix, there) == ["e", "", "w", "w", "e", "e"]


def test_a_void_settles_none_of_it():
    first = verdict(entry("e"), findings=[error(entry="e"), CONTRADICTS], standing=[CONTRADICTS])
    assert severities(first, verdict(void("e"))) == ["we", ""]


def test_every_correction_is_asked_and_none_hides_another():
    e, there = verdict(entry("e")), [ALTERED, CONTRADICTS]
    voided = verdict(entry("m"), findings=there, standing=[CONTRADICTS])
    assert severities(e, voided, verdict(void("m")), FIX) == ["", "ww", "", ""]
    other = verdict(correction("e", "e/name", record="other"))
    both = verdict(findings=[*there, error("b"), OTHERS], standing=[CONTRADICTS, OTHERS])
    assert severities(e, verdict(entry("e", record="other")), both, FIX, other) == ["", "", "weew", "", ""]
    assert severities(e, verdict(entry("e", record="other")), both, other, FIX) == ["", "", "weew", "", ""]
