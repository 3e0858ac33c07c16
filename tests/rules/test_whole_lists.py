"""Lists: how many items of a sort: the whole answer, and the line that mends it."""

from __future__ import annotations

from typing import Any

import pytest

from partnerkit.rules.question import Answer
from tests.policies.fulfil import World
from tests.rules.bench import asked, missing, policy, world
from tests.rules.whole import EVERYBODY, TOLD, lacking, note, opened

SET = "partnerkit set subject"


def listed(requirement: dict[str, Any] | None = None, /, **demand: Any) -> World:
    data = policy(listed={"field": "activities", **demand}, **(requirement or {}))
    return world(opened(data, least="count", most="count", span="duration"))


def talk(kind: str = "talk", on: str = "2026-05-01") -> dict[str, Any]:
    return {"on": on, "kind": kind, "title": "A talk"}


def test_items_that_are_missing_are_told_whole():
    here = listed(TOLD, **{"at-least": 3, "where": {"kind": "talk", "title": {"filled": True}}})
    assert asked(here) == Answer(met=True)
    here.record["activities"] = [talk(), talk("walk"), talk(on="2026-06-02"), talk(on="2026-06-03")]
    words = (
        "Do it. Missing: 2 more of 3 in activities where kind is talk, title is filled (one is dated 2026-06-02, "
        "which is still to come; one is dated 2026-06-03, which is still to come)"
    )
    assert asked(here) == lacking(words, "partnerkit add subject activities kind=talk title=<activities.title>")
    here.record["activities"] = []
    assert missing(here) == "Do it. Missing: 3 more of 3 in activities where kind is talk, title is filled"
    plain = listed()
    del plain.record["activities"]
    line = "partnerkit add subject activities kind=<activities.kind> title=<activities.title>"
    assert asked(plain) == Answer(False, "Missing: 1 more of 1 in activities", people=EVERYBODY, command=line)


def test_items_that_are_too_many_are_told_whole():
    here = listed(TOLD, **{"at-least": 0, "at-most": 2, "where": {"kind": "talk"}})
    here.record["activities"] = [talk(), talk(), talk("walk")]
    assert asked(here) == Answer(met=True)
    here.record["activities"].append(talk(on="2026-06-02"))
    words = "Do it. In activities: 3 where kind is talk, and at most 2 may be there"
    assert asked(here) == lacking(words, f"{SET} activities=<activities>")
    mixed = listed(**{"at-most": 1})
    mixed.record["activities"] = [talk(), talk(on="2026-06-02")]
    assert missing(mixed) == "In activities: 2, and at most 1 may be there"
    plain = listed(**{"at-most": 0, "at-least": 0})
    assert asked(plain) == Answer(met=True)
    plain.record["activities"] = [talk()]
    words, line = "In activities: 1, and at most 0 may be there", f"{SET} activities=<activities>"
    assert asked(plain) == Answer(False, words, people=EVERYBODY, command=line)


def test_items_and_what_the_policy_leaves_open():
    notes = [note("least"), note("most"), note("span")]
    here = listed(TOLD, **{"at-least": "$least", "at-most": "$most", "fresh-for": "$span"})
    assert asked(here) == Answer(met=True, notes=notes)
    here.record["activities"] = []
    words = "Do it. Missing: 1 more of 1 in activities"
    line = "partnerkit add subject activities kind=<activities.kind> title=<activities.title>"
    assert asked(here) == lacking(words, line, *notes)
    here = listed(TOLD, **{"at-least": "$least", "at-most": 1})
    here.record["activities"] = [talk(), talk()]
    words = "Do it. In activities: 2, and at most 1 may be there"
    assert asked(here) == lacking(words, f"{SET} activities=<activities>", note("least"))


@pytest.mark.parametrize(
    ("on", "why"),
    [
        ("2026-06-01", None),
        ("2026-05-02", None),
        ("2026-05-01", "one of 2026-05-01 is older than P30D"),
        ("2026-06-02", "one is dated 2026-06-02, which is still to come"),
    ],
)
def test_an_item_counts_to_the_very_boundary(on, why):
    here = listed(**{"fresh-for": "P30D"})
    here.record["activities"] = [talk(on=on), talk("walk", on="2026-05-20")]
    assert asked(here).met
    here.record["activities"].pop()
    assert asked(here).missing == (f"Missing: 1 more of 1 in activities ({why})" if why else None)


def benefits(*states: str, **where: Any) -> World:
    """A partnership that has such benefits, each in one of the states."""
    here = world(policy(listed={"field": "benefits", "where": where}))
    pattern = {"kind": "discount", "to": "partner", "text": "Less to pay."}
    here.record["benefits"] = [{**pattern, "id": f"b{at}", "status": state} for at, state in enumerate(states)]
    return here


def test_an_item_that_lacks_only_the_last_thing_asked_is_brought_to_it():
    here = benefits("promised", "expired", kind="discount", status="delivered")
    assert asked(here).command == f"{SET} benefits.b0.status=delivered"
    here.record["benefits"][0]["kind"] = "ticket"
    assert asked(here).command == f"{SET} benefits.b1.status=delivered"
    here.record["benefits"][1]["kind"] = "ticket"
    adding = "partnerkit add subject benefits kind=discount status=delivered"
    assert asked(here).command == f"{adding} to=<benefits.to> text=<benefits.text>"


def test_an_item_is_not_made_another_where_only_one_thing_is_asked_or_it_has_it_already():
    adding = "partnerkit add subject benefits status=delivered kind=<benefits.kind>"
    assert asked(benefits("promised", status="delivered")).command == (
        f"{adding} to=<benefits.to> text=<benefits.text>"
    )
    here = benefits("delivered", "promised", kind="discount", status="delivered")
    here.data["requirements"]["more"]["listed"]["at-least"] = 2
    here.policy = type(here.policy).model_validate(here.data)
    assert asked(here).command == f"{SET} benefits.b1.status=delivered"


def test_an_item_without_an_id_is_added_and_a_list_of_blocks_is_set():
    here = listed(where={"kind": "talk", "title": "Ours"})
    here.record["activities"] = [talk()]
    assert asked(here).command == "partnerkit add subject activities kind=talk title=Ours"
    data = policy(kind="agreement", listed={"field": "parties", "at-least": 3})
    here = world(data)
    here.record["parties"] = []
    assert asked(here).command == "partnerkit add subject parties name=<parties.name>"
    words = {"type": "list", "clause": "§1.1", "title": "Words."}
    data = policy(listed={"field": "tags", "where": {"id": "x"}})
    data["fields"] = {"partnership": {"tags": words}}
    data["lifecycles"]["partnership"]["transitions"][0]["needs"] = []
    data["requirements"]["other"] = {"clause": "§1.1", "reason": True}
    data["lifecycles"]["partnership"]["transitions"][0]["needs"] = ["other"]
    here = World(data, "partnership", "proposed", "active")
    here.record["tags"] = ["red"]
    assert asked(here).missing == "Missing: 1 more of 1 in tags where id is x", "a word is no item"
    assert asked(here).command == f"{SET} tags=<tags>"


def nested(**demand: Any) -> World:
    """A partnership with tours, each of which has stops."""
    part = {"clause": "§1.1", "title": "Any."}
    stops = {"type": "items", **part, "fields": {"id": {"type": "id", **part}, "on": {"type": "day", **part}}}
    data = policy(reason=True)
    data["fields"] = {"partnership": {"tours": {"type": "items", **part, "fields": {"stops": stops}}}}
    here = world(data)
    here.data["requirements"]["more"] = {"clause": "§1.1", **demand}
    here.policy = type(here.policy).model_validate(here.data)
    here.record["tours"] = [{"stops": [{"id": "s1"}, {"id": "s2", "on": "2026-06-02"}]}, {}, {"stops": [{"id": "s3"}]}]
    return here


def test_items_of_lists_in_a_list_are_counted_and_spoken_to():
    here = nested(listed={"field": "tours.stops", "at-least": 2, "at-most": 3})
    assert asked(here) == Answer(met=True)
    here.record["tours"][1]["stops"] = [{"id": "s4"}]
    assert missing(here) == "In tours.stops: 4, and at most 3 may be there"
    here = nested(each={"items": "tours.stops", "by": "objectives.supports"})
    here.record["objectives"] = [{"id": "o1", "text": "One.", "supports": ["s1", "s3"]}]
    assert missing(here) == "Missing in objectives: s2"
