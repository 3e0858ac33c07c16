"""Text that was expunged: every step that takes some out does that alone, and says truly what it did."""

from __future__ import annotations

import copy
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

import pytest

from partnerkit.kinds.expunging import marker
from partnerkit.rules.expunged import expungings_are_true
from partnerkit.steps import Step
from tests.policies.fulfil import World
from tests.rules.bench import held, register
from tests.rules.expunging import AT, X, Y, at_first, empty, step, taken_out
from tests.rules.passed import active, demands
from tests.rules.placed import governed_elsewhere, placed, whole

NAME = "acme.example"
BY_COMMAND = "git restore --staged --worktree -- subject; partnerkit person forget <file> --reason <reason> takes text out, and says what it did"


def found(judged: Step, only: set[str] | None = None) -> list[dict[str, Any]]:
    return whole(expungings_are_true(judged, only))


def untrue(message: str, place: str, code: str = "expunging-untrue", mend: str = BY_COMMAND) -> dict[str, Any]:
    where = {"file": "subject", "place": place, "record": "subject"}
    return {"code": code, "message": message, "severity": "error", "mend": mend, **where}


def test_a_step_that_takes_text_out_says_what_it_did():
    here = active()
    there = taken_out(here, NAME)
    assert there.record["website"] == f"https://{marker(X)}"
    assert len(there.record["expunged"][0]["again"]) == 2
    assert found(step(here, there)) == found(step(here, there), {"subject"}) == []
    assert found(step(here, here)) == found(step(there, there)) == []
    again = taken_out(there, "All is well.", Y)
    assert found(step(there, again)) == []
    assert found(step(here, again), {"other"}) == []
    renamed = copy.deepcopy(there)
    renamed.record["name"] = "Another"
    assert found(step(there, renamed)) == []


def test_what_was_expunged_before_stays_told():
    here = active()
    there = taken_out(taken_out(here, NAME), "All is well.", Y)
    edited, one_gone, other_gone, none = (copy.deepcopy(there) for _ in range(4))
    edited.record["expunged"][1]["reason"] = "Another."
    edited.record["expunged"].append({**there.record["expunged"][1], "id": "x-000000000003"})
    del one_gone.record["expunged"][1]
    del other_gone.record["expunged"][0]
    del none.record["expunged"]
    for later, id_ in ((edited, Y), (one_gone, Y), (other_gone, X), (none, X)):
        message = f"the expunging {id_} was edited or taken out: who took out what and why stays told"
        mend = "git restore --staged --worktree -- subject"
        assert found(step(there, later)) == [untrue(message, "expunged", "expunging-edited", mend)]


def test_a_record_that_is_gone_or_never_had_text_taken_out_is_not_asked():
    here = active()
    there = taken_out(here, NAME)
    assert found(Step(register(there), empty(there))) == []
    other = copy.deepcopy(here)
    other.record["name"] = "Another"
    assert found(step(here, other)) == []


def test_text_is_taken_out_alone():
    here = active()
    there = taken_out(here, NAME)
    there.record |= {"name": "Another", "partner": "individual"}
    message = f"{X} takes text out of subject, and the same step changes name, partner otherwise: it lands alone"
    assert found(step(here, there)) == [untrue(message, "name")]
    gone = taken_out(here, NAME)
    del gone.record["evidence"][0]["summary"]
    assert [one["place"] for one in found(step(here, gone)) if one["message"].endswith("it lands alone")] == [
        "evidence"
    ]


def test_text_is_taken_out_of_what_was_there_once_at_a_time():
    here = active()
    there = taken_out(here, NAME)
    new = Step(empty(here), placed(register(there)))
    message = f"{X} takes text out of subject, and the record was not there before: each lands in a step of its own"
    assert untrue(message, "expunged") in found(new)
    assert not any("each lands in a step of its own" in one["message"] for one in found(at_first(there)))
    twice = taken_out(there, "All is well.", Y)
    message = f"{Y} takes text out of subject, and 2 expungings land at once: each lands in a step of its own"
    assert found(step(here, twice)) == [untrue(message, "expunged")]


TURNING: list[tuple[dict[str, Any], bool]] = [
    ({}, False),
    ({"when": {"website": {"filled": True}}}, True),
    ({"when": {"name": {"filled": True}}}, False),
    ({"approval": {"role": "board", "scope": {"city": "website"}}}, True),
    ({"waivable": {"by": "board", "scope": {"city": "website"}}}, True),
]


def turned(judged: Step) -> list[dict[str, Any]]:
    return [one for one in found(judged) if one["code"] == "not-expungible"]


DECIDES = untrue(
    "website decides what the policy asks of subject, so no text is taken out of it", "website", "not-expungible"
)


@pytest.mark.parametrize(("demand", "turns"), TURNING)
def test_no_text_is_taken_out_on_which_a_demand_turns(demand, turns):
    here = active()
    data = demands("website")
    data["requirements"]["more"] |= demand
    here.data, here.policy = data, type(here.policy).model_validate(data)
    assert turned(step(here, taken_out(here, NAME))) == [DECIDES] * turns
    assert turned(step(here, taken_out(here, "All is well."))) == []


def test_no_text_is_taken_out_on_which_a_match_or_a_way_turns():
    matching, leading = demands("website"), demands("website")
    matching["requirements"]["other"] = {"clause": "§1.1", "matches": {"website": "x"}}
    leading["lifecycles"]["partnership"]["transitions"][1]["when"] = {"website": {"filled": True}}
    for data, without_ways in ((matching, [DECIDES]), (leading, [])):
        here = active()
        here.data, here.policy = data, type(here.policy).model_validate(data)
        made = step(here, taken_out(here, NAME))
        assert turned(made) == [DECIDES]
        assert made.before is not None
        source = made.before.policies["SMALL"]
        none = replace(source, policy=source.policy.model_copy(update={"lifecycles": {}}))
        assert turned(replace(made, before=replace(made.before, policies={"SMALL": none}), known={})) == without_ways


def test_what_was_taken_out_before_and_what_another_policy_asks_is_not_asked_again():
    here = active()
    data = demands("website")
    there = taken_out(here, NAME)
    data["requirements"]["more"] |= {"when": {"website": {"filled": True}}}
    for one in (here, there):
        one.data, one.policy = data, type(here.policy).model_validate(data)
    assert turned(step(there, taken_out(there, "All is well.", Y))) == []
    elsewhere = governed_elsewhere(register(there), "subject")
    assert turned(Step(register(here), elsewhere)) == []


def judged_one(here: World | None = None, *, roster: Any = None, at: datetime | None = None, **said: Any) -> Any:
    """What is found of one expunging that says otherwise than it should."""
    here = here or active()
    there = taken_out(here, NAME, **said)
    made = step(here, there, landed_at=at)
    if roster is not None:
        assert made.before is not None
        made = replace(made, before=replace(made.before, roster=roster))
    return found(made)


@pytest.mark.parametrize(
    ("roster", "may"),
    [
        ({"p_bob": [{"role": "board"}]}, True),
        ({"p_bob": [{"role": "board", "until": "2026-05-20"}]}, True),
        ({"p_bob": [{"role": "board", "until": "2026-05-19"}]}, False),
        ({"p_bob": [{"role": "board", "from": "2026-05-21"}]}, False),
        ({"p_ann": [{"role": "board"}]}, False),
    ],
)
def test_only_people_of_the_roster_take_text_out(roster, may):
    message = "p-bob held no role on 2026-05-20: only people of the roster take text out of a record"
    expected = untrue(message, "expunged.0", "actor-unknown", "partnerkit person role p-bob <role>")
    assert judged_one(roster=held(**roster)) == ([] if may else [expected])


def test_what_was_taken_out_before_is_not_judged_again():
    there = taken_out(active(), NAME, by="p-gone")
    assert found(step(there, taken_out(there, "All is well.", Y))) == []


def test_an_expunging_is_dated_after_what_precedes_it():
    back = untrue(f"{X} is dated before what precedes it", "expunged.0", "entry-backdated")
    first = active().record["history"][0]["at"]
    assert _dated(first) == []
    assert _dated("2025-03-01T11:59:59Z") == [back]
    here = taken_out(active(), NAME)
    for moment, message in ((AT, None), ("2026-05-20T11:59:59Z", f"{Y} is dated before what precedes it")):
        there = taken_out(here, "All is well.", Y)
        there.record["expunged"][1]["at"] = moment
        expected = [untrue(message, "expunged.1", "entry-backdated")] if message else []
        assert found(step(here, there)) == expected


def _dated(at: str, landed: datetime | None = None, **said: Any) -> list[dict[str, Any]]:
    here = active()
    there = taken_out(here, NAME, **said)
    there.record["expunged"][0]["at"] = at
    return found(step(here, there, landed_at=landed))


@pytest.mark.parametrize(
    ("at", "said", "ahead"),
    [
        ("2026-06-01T12:10:00Z", {}, False),
        ("2026-06-01T12:10:01Z", {}, True),
        ("2026-06-02T12:00:00Z", {"clock": "set"}, False),
        ("2026-06-02T12:00:01Z", {"clock": "set"}, True),
    ],
)
def test_an_expunging_is_not_dated_after_it_landed(at, said, ahead):
    landed = datetime(2026, 6, 1, 12, tzinfo=UTC)
    expected = untrue(f"{X} is dated after it landed", "expunged.0", "entry-in-future")
    assert _dated(at, landed, **said) == [expected] * ahead
    assert _dated(at, **said) == []


@pytest.mark.parametrize(
    ("text", "places", "there"),
    [
        (NAME, 1, None),
        (NAME, 0, 1),
        (NAME, 2, None),  # some of them went with what was taken back meanwhile
        ("nowhere", 0, None),
        ("nowhere", 1, 0),
    ],
)
def test_where_the_marker_stands(text, places, there):
    here = active()
    made = taken_out(here, text, places=places)
    message = f"{X} says that it took text out in {places} places, and its marker stands in {there}"
    expected = untrue(message, "expunged.0.places")
    assert found(step(here, made)) == ([] if there is None else [expected])


def test_a_marker_stands_in_no_more_places_than_are_told():
    here = active()
    here.record["name"] = NAME
    made = taken_out(here, NAME, places=1)
    message = f"{X} says that it took text out in 1 places, and its marker stands in 2"
    assert untrue(message, "expunged.0.places") in found(step(here, made))
