"""Records that name each other: the whole answer, with what each is and where it stands, and the line that mends it."""

from __future__ import annotations

import copy
from typing import Any

import pytest

from partnerkit.rules.question import Answer
from tests.policies.fulfil import World
from tests.rules.bench import asked, missing, policy
from tests.rules.whole import EVERYBODY, TOLD, lacking, note, opened

PAIRING = {
    "starts": "running",
    "stages": {"running": {"title": "R"}, "ended": {"title": "E"}, "void": {"title": "V"}},
    "transitions": [{"from": "running", "to": "ended", "needs": []}],
}
APPLICATION = {
    "starts": "applied",
    "stages": {"applied": {"title": "A"}, "accepted": {"title": "Y"}, "void": {"title": "V"}},
    "transitions": [{"from": "applied", "to": "accepted", "needs": []}],
}


def both(kind: str, **more: Any) -> World:
    """Pairings and applications; one of them is asked."""
    data = opened(policy(**more), most="count")
    data["lifecycles"]["partnership"]["transitions"][0]["needs"] = []
    data["lifecycles"] |= {"pairing": dict(PAIRING), "application": dict(APPLICATION)}
    way = {**data["lifecycles"][kind]["transitions"][0], "needs": ["more"]}
    data["lifecycles"][kind] = {**data["lifecycles"][kind], "transitions": [way]}
    return World(data, kind, way["from"], way["to"])


def applied(requirement: dict[str, Any] | None = None, /, **demand: Any) -> World:
    """A pairing whose two people name the applications by which they came in."""
    named = {"field": "participants.application", "kind": "application", "in": ["accepted"], **demand}
    here = both("pairing", named=named, **(requirement or {}))
    assert [one["id"] for one in here.linked] == ["more-0", "more-1"]
    return here


IN = "Missing: application in accepted"
LIST = "partnerkit set subject participants=<participants>"


def test_records_named_by_the_items_of_a_list_are_relied_on():
    assert asked(applied()) == Answer(met=True, relies_on=["more-0", "more-1"])


def test_items_that_name_nothing_or_nobody_are_told_whole():
    here = applied(TOLD)
    del here.record["participants"][0]["application"]
    here.record["participants"][1] |= {"id": "p-mia", "application": "nobody-there"}
    first = here.record["participants"][0]["id"]
    words = f"Do it. {IN} ({first} names none; there is no application nobody-there)"
    assert asked(here) == lacking(words, LIST)
    here = applied()
    here.record["participants"][0]["application"] = "nobody-there"
    del here.record["participants"][1]["application"]
    assert missing(here).startswith(f"{IN} (there is no application nobody-there; ")
    here = applied()
    del here.record["participants"][1]["application"]
    second = here.record["participants"][1]["id"]
    assert asked(here) == Answer(False, f"{IN} ({second} names none)", people=EVERYBODY, command=LIST)


def test_an_item_may_name_none_where_the_policy_says_so():
    here = applied(optional=True)
    for one in here.record["participants"]:
        del one["application"]
    assert asked(here) == Answer(met=True)
    here.record["participants"][1]["application"] = "more-1"
    assert asked(here) == Answer(met=True, relies_on=["more-1"])
    here.linked[1]["stage"] = here.linked[1]["history"][-1]["to"] = "applied"
    assert missing(here) == f"{IN} (more-1 is in applied)"


def test_the_first_record_that_stands_elsewhere_is_brought_on():
    here = applied(TOLD, **{"in": ["accepted", "waiting"]})
    for one in here.linked:
        one["stage"] = one["history"][-1]["to"] = "applied"
    words = f"Do it. {IN} or waiting (more-0 is in applied; more-1 is in applied)"
    assert asked(here) == lacking(words, "partnerkit gates more-0")
    here.record["participants"][0]["application"] = "nobody-there"
    assert asked(here).command == "partnerkit gates more-1"
    here.record["participants"][0]["application"] = "more-0"
    here.linked[0]["stage"] = here.linked[0]["history"][-1]["to"] = "accepted"
    assert asked(here) == lacking(f"Do it. {IN} or waiting (more-1 is in applied)", "partnerkit gates more-1")


@pytest.mark.parametrize(
    ("change", "why"),
    [
        ({"stage": "void"}, "there is no application more-0"),
        ({"at": "2026-06-02T12:00:00Z"}, "there is no application more-0"),
        ({"stage": "applied"}, "more-0 is in applied"),
    ],
)
def test_a_record_that_is_void_or_not_there_yet_is_none(change, why):
    here = applied()
    [entry] = here.linked[0]["history"]
    entry |= {"to": change.get("stage", "accepted"), "at": change.get("at", entry["at"])}
    here.linked[0]["stage"] = entry["to"]
    assert missing(here) == f"{IN} ({why})"


def test_a_record_of_another_kind_or_the_record_itself_is_none():
    here = applied()
    here.record["participants"][0]["application"] = "subject"
    assert missing(here) == f"{IN} (subject names itself)"
    here.linked.append({**here.made("partnership", "acme", "active")})
    here.record["participants"][0]["application"] = "acme"
    assert missing(here) == f"{IN} (there is no application acme)"


def test_a_record_that_names_agrees_with_the_one_it_names():
    here = applied(same={"participants.id": "applicant", "programme": "programmes"})
    assert asked(here).met
    here.linked[0]["applicant"] = "p-eve"
    first = here.record["participants"][0]["id"]
    words = f"{IN} (participants.id is {first}, and applicant of more-0 is p-eve)"
    assert missing(here) == words
    assert asked(here).command == "partnerkit gates more-0"
    here.linked[0]["applicant"] = first
    here.linked[1]["programmes"] = ["one", "two"]
    programme = here.record["programme"]
    assert missing(here) == f"{IN} (programme is {programme}, and programmes of more-1 is one, two)"
    here.linked[1]["programmes"] = ["one", programme]
    assert asked(here).met


def test_what_says_nothing_agrees_with_nothing():
    here = applied(same={"coordinator": "level"})
    here.record.pop("coordinator", None)
    for one in here.linked:
        one.pop("level", None)
    assert missing(here).startswith(f"{IN} (coordinator is None, and level of more-0 is None; ")


ROOM = {
    "clause": "§1.1",
    "of": "application",
    "standing": ["accepted"],
    "when": {"as": "mentor"},
    "named-by": {"kind": "pairing", "by": "participants.application", "in": ["ended"], "at-most": 1},
}


def roomy() -> World:
    """A pairing on its way to `ended`; no more than one that stands there may name the application of a mentor."""
    here = applied(TOLD, meets=["room"])
    here.data["requirements"]["room"] = ROOM
    here.policy = type(here.policy).model_validate(here.data)
    for one in here.linked:
        one["as"] = "mentor" if one["id"] == "more-0" else "mentee"
    return here


def test_records_named_meet_what_is_asked_of_them_once_the_step_is_taken():
    here = roomy()
    assert asked(here) == Answer(met=True, relies_on=["more-0", "more-1"])
    people = copy.deepcopy(here.record["participants"])
    here.linked.append(here.made("pairing", "other", "running") | {"participants": people})
    assert asked(here).met, "it runs, and is not counted"
    here.linked[-1] = here.made("pairing", "other", "ended") | {"participants": people}
    lacks = "pairing: 2 (other, subject), and at most 1 may be there"
    words = f"Do it. more-0 lacks room ({lacks}; partnerkit gates subject)"
    given = asked(here)
    assert given.missing == words, "counted with the very one that goes on, and not asked of the mentee"
    assert given == lacking(words, "partnerkit gates subject")


def test_what_records_named_must_meet_comes_after_their_being_there():
    here = roomy()
    here.linked[0]["stage"] = here.linked[0]["history"][-1]["to"] = "applied"
    assert asked(here) == lacking(f"Do it. {IN} (more-0 is in applied)", "partnerkit gates more-0")


def test_a_field_of_the_record_itself_names_another():
    named = {"field": "rematch-of", "kind": "pairing", "in": ["ended"], "same": {"programme": "programme"}}
    here = both("pairing", named=named, **TOLD)
    assert asked(here) == Answer(met=True, relies_on=["more-0"])
    here.linked[0]["programme"] = "other"
    programme = here.record["programme"]
    words = f"Do it. Missing: pairing in ended (programme is {programme}, and programme of more-0 is other)"
    assert asked(here) == lacking(words, "partnerkit gates more-0")
    here.linked[0]["programme"] = f"{programme}-too"
    assert not asked(here).met, "a part of a word is another"
    del here.record["rematch-of"]
    line = "partnerkit set subject rematch-of=<rematch-of>"
    assert asked(here) == lacking("Do it. Missing: pairing in ended (subject names none)", line)
    optional = both("pairing", named={**named, "optional": True})
    del optional.record["rematch-of"]
    assert asked(optional) == Answer(met=True)


def test_a_list_that_is_empty_names_none():
    items = {"one": {"type": "record", "clause": "§1.1", "title": "Which."}}
    data = policy(named={"field": "chosen.one", "kind": "partnership", "in": ["active"]})
    chosen = {"type": "items", "clause": "§1.1", "title": "Chosen.", "fields": items}
    data["fields"] = {"partnership": {"chosen": chosen}}
    here = World(data, "partnership", "proposed", "active")
    assert asked(here).met
    here.record["chosen"] = []
    given = asked(here)
    assert given.missing == "Missing: partnership in active (chosen.one names none)"
    assert given.command == "partnerkit set subject chosen=<chosen>"
    here.record["chosen"] = [{}]
    assert missing(here) == "Missing: partnership in active (chosen.one names none)"
    del here.record["chosen"]
    assert missing(here) == "Missing: partnership in active (chosen.one names none)"


def sought(requirement: dict[str, Any] | None = None, /, **demand: Any) -> World:
    """An application that pairings name."""
    by = {"kind": "pairing", "by": "participants.application", "in": ["running"], "at-most": 2, **demand}
    own = {key: one for key, one in by.items() if one is not None}
    placed = {**own, "at-most": 2, "count": own.get("count", "participants")}
    here = both("application", named_by=placed, **(requirement or {}))
    here.data["requirements"]["more"]["named-by"] = own
    here.policy = type(here.policy).model_validate(here.data)
    here.linked.clear()
    return here


def pair(here: World, record_id: str, stage: str = "running", *parts: str, application: str = "subject") -> None:
    """One more pairing, with so many people; the first came in by the application."""
    other = here.made("pairing", record_id, stage)
    people = [{"id": f"p-{at}", "as": part} for at, part in enumerate(parts or ("mentor", "mentee"))]
    people[0]["application"] = application
    here.linked.append({**other, "participants": people})


def test_records_that_name_it_are_counted_and_told_whole():
    here = sought(TOLD)
    assert asked(here) == Answer(met=True)
    for record_id in ("a", "b"):
        pair(here, record_id)
    pair(here, "ended", "ended")
    pair(here, "other", application="another")
    assert asked(here) == Answer(met=True)
    pair(here, "c")
    words = "Do it. pairing: 3 (a, b, c), and at most 2 may be there"
    assert asked(here) == lacking(words, "partnerkit gates c")
    plain = sought(**{"at-most": 0})
    pair(plain, "a")
    words = "pairing: 1 (a), and at most 0 may be there"
    assert asked(plain) == Answer(False, words, people=EVERYBODY, command="partnerkit gates a")


def test_items_of_what_names_it_are_counted_and_told_whole():
    here = sought(TOLD, count="participants", where={"as": "mentee"}, **{"at-most": 3})
    pair(here, "a", "running", "mentor", "mentee", "mentee")
    pair(here, "b", "running", "mentor", "peer")
    pair(here, "c", "running", "mentor", "mentee")
    assert asked(here) == Answer(met=True)
    pair(here, "d", "running", "mentee", "mentor")
    words = "Do it. participants where as is mentee: 4 (2 in a, 1 in c, 1 in d), and at most 3 may be there"
    assert asked(here) == lacking(words, "partnerkit gates d")
    plain = sought(count="meetings", **{"at-most": 0})
    pair(plain, "a")
    plain.linked[0].pop("meetings", None)
    assert asked(plain).met, "a list that is not there has no items"
    plain.linked[0]["meetings"] = [{"on": "2026-05-01", "minutes": 30}]
    assert missing(plain) == "meetings: 1 (1 in a), and at most 0 may be there"


def test_records_of_a_sort_that_name_it_are_counted():
    here = sought(where={"programme": "formal"}, **{"at-most": 0})
    pair(here, "a")
    here.linked[0]["programme"] = "other"
    assert asked(here).met
    here.linked[0]["programme"] = "formal"
    assert missing(here) == "pairing where programme is formal: 1 (a), and at most 0 may be there"


def test_a_field_of_the_record_may_say_how_many():
    here = sought(TOLD, **{"at-most": "capacity"})
    here.record["capacity"] = 1
    pair(here, "a")
    assert asked(here) == Answer(met=True)
    pair(here, "b")
    words = "Do it. pairing: 2 (a, b), and capacity is 1"
    assert asked(here) == lacking(words, "partnerkit set subject capacity=<capacity>")
    del here.record["capacity"]
    assert asked(here) == Answer(met=True), "no bound is said"


def test_a_record_of_another_kind_that_names_it_is_not_counted():
    data = policy(named_by={"kind": "review", "by": "of", "in": ["done"], "at-most": 0, "count": "ratings"})
    stages = {"starts": "done", "stages": {"done": {"title": "D"}, "gone": {"title": "G"}}}
    data["lifecycles"] |= {
        kind: {**stages, "transitions": [{"from": "done", "to": "gone"}]} for kind in ("risk", "review")
    }
    here = World(data, "partnership", "proposed", "active")
    del here.data["requirements"]["more"]["named-by"]["count"]
    here.policy = type(here.policy).model_validate(here.data)
    here.linked = [{**here.made("risk", "flood", "done"), "of": "subject"}]
    assert asked(here).met
    here.linked.append({**here.made("review", "first", "done"), "of": "subject"})
    assert missing(here) == "review: 1 (first), and at most 0 may be there"


def test_how_many_may_be_left_open():
    here = sought(TOLD, **{"at-most": "$most"})
    pair(here, "a")
    assert asked(here) == Answer(met=True, notes=[note("most")])
