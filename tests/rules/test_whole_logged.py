"""Lines of logs about somebody who takes no part, or about a day before the first: whole findings, each at its place."""

from __future__ import annotations

import copy
from dataclasses import replace
from typing import Any

import pytest

from partnerkit.findings import Finding
from partnerkit.register import Register
from partnerkit.rules.logged import lines_fit_the_record, new_lines_fit_the_record
from partnerkit.steps import Step
from tests.policies.fulfil import World
from tests.rules.bench import policy, register
from tests.rules.whole import by_keys, seen, told, where

MEET = {"on": "2026-04-07", "minutes": 60}


def paired() -> World:
    """A pairing of two that began on the first of April."""
    data = policy(reason=True)
    data["lifecycles"]["partnership"]["transitions"][0]["needs"] = []
    data["lifecycles"]["pairing"] = {
        "starts": "running",
        "stages": {"running": {"title": "R"}, "ended": {"title": "E"}},
        "transitions": [{"from": "running", "to": "ended", "needs": ["more"]}],
    }
    here = World(data, "pairing", "running", "ended")
    here.record["participants"] = [{"id": "p-mia", "as": "mentor"}, {"id": "p-leo", "as": "mentee"}]
    here.record["starts"] = "2026-04-01"
    return here


def log(here: World, **lines: list[dict[str, Any]]) -> None:
    for name, found in lines.items():
        here.record[name.replace("_", "-")] = copy.deepcopy(found)


def judged(here: World) -> list[Finding]:
    return list(lines_fit_the_record(seen(here)))


def stranger(person: str, near: str, *keys: str | int, severity: Any = "warning") -> Finding:
    path = ".".join(map(str, keys[:2])) + f".{keys[2]}"
    message = f"{path} of subject names {person}, who takes no part in it{near} (those who do: p-leo, p-mia)"
    mend = "name one of them, or add it to the pairing in which they take part: partnerkit list pairing"
    return told("line-of-another", message, *keys, mend=mend, severity=severity)


def early(day: str, *keys: str | int, severity: Any = "warning") -> Finding:
    path = ".".join(map(str, keys))
    message = f"{path} of subject is {day}, before it began: starts is 2026-04-01"
    mend = "give the day on which it was; partnerkit show subject shows what stands there"
    return told("line-too-early", message, *keys, mend=mend, severity=severity)


def test_lines_that_fit_say_nothing():
    here = paired()
    assert judged(here) == []
    log(
        here,
        meetings=[MEET, {**MEET, "absent": ["p-leo"]}, {**MEET, "on": "2026-04-01"}],
        check_ins=[{"on": "2026-04-01", "person": "p-mia"}],
        activities=[{"on": "2020-01-01", "kind": "talk", "title": "Before it began."}],
    )
    assert judged(here) == []


def test_a_meeting_to_which_nobody_came_is_none():
    here = paired()
    log(here, meetings=[MEET, {**MEET, "absent": ["p-mia", "p-leo"]}])
    path = ("meetings", 1, "absent")
    message = (
        "meetings.1.absent of subject names everybody who takes part (p-leo, p-mia): nobody came, so nothing took place"
    )
    mend = "leave the line out, or name those alone who were not there; partnerkit show subject shows the record"
    assert judged(here) == [told("line-of-nobody", message, *path, mend=mend, severity="warning")]


def test_lines_that_do_not_fit_are_told_each_at_its_place():
    here = paired()
    log(
        here,
        meetings=[{**MEET, "absent": ["p-leo", "p-lea", "p-eve"]}, {**MEET, "on": "2026-03-31"}],
        check_ins=[MEET_OF_NOBODY, {"on": "2026-03-30", "person": "p-eve"}],
    )
    assert judged(here) == [
        stranger("p-lea", "; did you mean p-leo or p-mia?", "meetings", 0, "absent"),
        stranger("p-eve", "; did you mean p-leo?", "meetings", 0, "absent"),
        stranger("p-eve", "; did you mean p-leo?", "check-ins", 1, "person"),
        early("2026-03-31", "meetings", 1, "on"),
        early("2026-03-30", "check-ins", 1, "on"),
    ]


MEET_OF_NOBODY = {"on": "2026-04-02", "person": "p-mia"}


def test_where_no_first_day_is_said_none_comes_before_it():
    here = paired()
    log(here, meetings=[{**MEET, "on": "2020-01-01"}])
    del here.record["starts"]
    assert judged(here) == []


def stands(here: World) -> Register:
    found = register(here)
    records = {key: replace(one, data=copy.deepcopy(one.data), place=by_keys) for key, one in found.records.items()}
    return replace(found, records=records)


def test_only_lines_that_a_step_brings_are_refused():
    here = paired()
    before = stands(here)
    log(
        here,
        meetings=[{**MEET, "on": "2026-03-31"}, {**MEET, "absent": ["xyz"]}],
        check_ins=[{"on": "2026-04-01", "person": "xyz"}],
    )
    between = stands(here)
    expected = [
        stranger("xyz", "", "meetings", 1, "absent", severity="error"),
        stranger("xyz", "", "check-ins", 0, "person", severity="error"),
        early("2026-03-31", "meetings", 0, "on", severity="error"),
    ]
    assert list(new_lines_fit_the_record(Step(before, between), None)) == expected
    assert list(new_lines_fit_the_record(Step(None, between), None)) == expected, "a record that comes in"
    here.record["meetings"].append({**MEET, "on": "2026-03-30", "absent": ["xyz"]})
    after = stands(here)
    found = list(new_lines_fit_the_record(Step(between, after), None))
    assert where(found) == [("meetings", 2, "absent"), ("meetings", 2, "on")]
    assert list(new_lines_fit_the_record(Step(between, after), {"other"})) == []
    assert list(new_lines_fit_the_record(Step(between, replace(after, records={})), None)) == []


@pytest.mark.parametrize("kind", ["meetings", "check-ins"])
def test_a_log_that_is_no_list_has_no_lines(kind):
    here = paired()
    found = seen(here)
    found.record.data[kind] = "none"
    assert list(lines_fit_the_record(found)) == []
    found.record.data[kind] = ["none"]
    assert list(lines_fit_the_record(found)) == []
