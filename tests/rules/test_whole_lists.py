"""Lists: how many items of a sort, and whether each is spoken to: the whole answer, and the line that mends it."""

from __future__ import annotations

from typing import Any

import pytest

from partnerkit.rules.question import Answer
from tests.policies.fulfil import World
from tests.rules.bench import BELOW, asked, missing, policy, world
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


def spoken(of: str = "self", requirement: dict[str, Any] | None = None, /, **demand: Any) -> World:
    """Every objective is spoken to by an action."""
    each = {"items": "objectives", "of": of, "by": "actions.kind", **demand}
    return world(policy(kind="partnership" if of == "self" else "review", each=each, **(requirement or {})))


def test_items_that_nobody_speaks_to_are_told_whole():
    here = spoken("self", TOLD)
    assert asked(here) == Answer(met=True)
    here.record["objectives"] = [{"id": f"o{number}", "text": "One."} for number in (1, 2, 3)]
    here.record["actions"] = [{"id": "a1", "kind": "o2", "text": "Do it.", "owner": "p-ann"}]
    line = "partnerkit add subject actions kind=o1 text=<actions.text> owner=<actions.owner>"
    assert asked(here) == lacking("Do it. Missing in actions: o1, o3", line)
    here.record["objectives"] = []
    words, line = "Do it. Missing: objectives of subject (there are none)", f"{SET} objectives=<objectives>"
    assert asked(here) == lacking(words, line)
    plain = spoken()
    plain.record["objectives"] = []
    assert asked(plain) == Answer(False, words.removeprefix("Do it. "), people=EVERYBODY, command=line)
    plain.record["objectives"] = [{"id": "o9", "text": "One."}]
    assert missing(plain) == "Missing in actions: o9"


def test_too_few_items_are_told_whole():
    here = spoken("self", TOLD, **{"at-least": 3})
    here.record["objectives"].pop()
    words = "Do it. Missing: objectives of subject (there is 2 of 3)"
    assert asked(here) == lacking(words, f"{SET} objectives=<objectives>")


def test_only_what_speaks_in_the_way_asked_for_counts():
    here = spoken("self", where={"owner": "p-ann"})
    assert asked(here).met
    here.record["actions"][0]["owner"] = "p-bob"
    item = here.record["objectives"][0]["id"]
    line = f"partnerkit add subject actions owner=p-ann kind={item} text=<actions.text>"
    assert (missing(here), asked(here).command) == (f"Missing in actions: {item}", line)


def test_items_may_be_spoken_to_by_a_list_of_words():
    data = policy(each={"items": "objectives", "by": "served"})
    data["fields"] = {"partnership": {"served": {"type": "list", "clause": "§1.1", "title": "Which are served."}}}
    here = world(data)
    assert asked(here).met
    here.record["served"].pop()
    item = here.record["objectives"][-1]["id"]
    assert missing(here) == f"Missing in served: {item}"
    assert asked(here).command == f"{SET} served=<served>"


def test_items_of_the_record_above_are_relied_on_only_where_the_policy_names_its_kind():
    assert asked(spoken("subject")) == Answer(met=True)
    here = spoken("partnership", TOLD)
    assert asked(here) == Answer(met=True, relies_on=["owner"])
    assert here.owner is not None
    here.owner["objectives"] = []
    line = "partnerkit set owner objectives=<objectives>"
    assert asked(here) == lacking("Do it. Missing: objectives of partnership (there are none)", line)
    here.owner["stage"] = here.owner["history"][-1]["to"] = "void"
    here.data["lifecycles"]["partnership"]["stages"]["void"] = {"title": "Void"}
    assert asked(here).command == "partnerkit list partnership"


def test_where_no_record_above_is_named_it_is_called_so():
    here = spoken("subject")
    here.data["requirements"]["more"]["each"]["of"] = "subject"
    here.record["of"] = "SMALL"
    here.owner = None
    assert missing(here) == "Missing: objectives of SMALL (there are none)"
    alone = spoken()
    alone.data["requirements"]["more"]["each"]["of"] = "subject"
    alone.policy = type(alone.policy).model_validate(alone.data)
    assert missing(alone) == "Missing: objectives of the record it belongs to (there are none)"
    assert asked(alone).command == "partnerkit show subject"


def of_agreements(**demand: Any) -> World:
    """A review that speaks to the duties of the agreements of its partnership."""
    each = {"items": "duties", "of": "agreement", "by": "actions.kind", **demand}
    data = policy(kind="review", each=each)
    first, last = BELOW["agreement"]
    data["lifecycles"]["agreement"]["transitions"][0] |= {"from": first, "to": last}
    here = world(data)
    assert asked(here).met
    return here


def test_items_of_records_that_belong_to_the_one_above_are_spoken_to():
    here = of_agreements(**{"in": ["executed"]})
    [other] = here.linked
    assert asked(here) == Answer(met=True, relies_on=[other["id"]])
    other["stage"] = other["history"][-1]["to"] = "draft"
    given = asked(here)
    assert given.missing == "Missing: duties of agreement in executed (there are none)"
    assert given.command == "partnerkit list agreement"
    either = of_agreements(**{"in": ["draft", "executed"]})
    either.linked.clear()
    assert missing(either) == "Missing: duties of agreement in draft or executed (there are none)"
    anywhere = of_agreements()
    anywhere.linked[0]["duties"] = []
    assert asked(anywhere).command == f"partnerkit set {anywhere.linked[0]['id']} duties=<duties>"
