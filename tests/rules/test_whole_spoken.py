"""Lists of which each item is spoken to: the whole answer, with what is not, and the line that mends it."""

from __future__ import annotations

from typing import Any

from partnerkit.rules.question import Answer
from tests.policies.fulfil import World
from tests.rules.bench import BELOW, asked, missing, policy, world
from tests.rules.whole import EVERYBODY, TOLD, lacking

SET = "partnerkit set subject"


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
    assert asked(here) == lacking("Do it. Missing in actions: o1, o3", line, absent=("o1", "o3"))
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
    assert asked(here).met
    here.record["objectives"].pop()
    words = "Do it. Missing: objectives of subject (there is 2 of 3)"
    assert asked(here) == lacking(words, f"{SET} objectives=<objectives>")
    del here.record["objectives"]
    assert missing(here) == "Do it. Missing: objectives of subject (there are none)"


def test_an_item_without_an_id_cannot_be_spoken_to_and_a_block_names_none():
    data = policy(each={"items": "tours", "by": "served"})
    part = {"clause": "§1.1", "title": "Any."}
    text = {"type": "text", **part}
    tours = {"type": "items", **part, "fields": {"id": {"type": "id", **part}, "text": text}}
    data["fields"] = {"partnership": {"tours": tours, "served": {"type": "list", **part}}}
    here = world(data)
    assert asked(here).met
    here.record["tours"] = [{"text": "One."}]
    assert missing(here) == "Missing: tours of subject (there are none)"
    here.record["tours"] = [{"text": "One."}, {"id": "t2"}]
    here.data["requirements"]["more"]["each"]["by"] = "tours"
    here.policy = type(here.policy).model_validate(here.data)
    assert (missing(here), asked(here).command) == ("Missing in tours: t2", f"{SET} tours=<tours>")


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


def test_items_of_records_that_belong_to_the_record_itself_and_of_no_other_kind():
    data = policy(each={"items": "actions", "of": "review", "by": "objectives.supports"})
    stages = {"starts": "draft", "stages": {"draft": {"title": "D"}, "done": {"title": "E"}}}
    for kind in ("review", "case"):
        data["lifecycles"][kind] = {**stages, "transitions": [{"from": "draft", "to": "done"}]}
    here = world(data)
    first: dict[str, Any] = {"id": "o1", "text": "One."}
    here.record["objectives"] = [first]
    review = {**here.made("review", "first", "done"), "of": "subject"}
    here.linked = [{**review, "actions": [{"id": "a1", "text": "Do it.", "owner": "p-ann"}]}]
    first["supports"] = ["a1"]
    case = {**here.made("case", "other", "done"), "of": "subject", "opened": "2026-05-01"}
    here.linked.append({**case, "actions": [{"id": "a2", "text": "Do it.", "owner": "p-ann"}]})
    assert asked(here) == Answer(met=True, relies_on=["first"])
    first["supports"] = []
    assert missing(here) == "Missing in objectives: a1"


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
