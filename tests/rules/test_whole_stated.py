"""What the fields of a record state: the whole answer, with what is missing, and the line that supplies it."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from partnerkit.rules.gate import answer
from partnerkit.rules.question import Answer
from tests.policies.fulfil import World
from tests.rules.bench import BELOW, asked, held, missing, policy, question, world
from tests.rules.whole import EVERYBODY, TOLD, lacking

SET = "partnerkit set subject"


def unmet(words: str, command: str) -> Answer:
    """The answer where the policy names nobody to supply it."""
    return Answer(False, words, people=EVERYBODY, command=command)


@pytest.mark.parametrize(
    ("paths", "words", "command"),
    [
        (["website"], "website", "set subject website=<website>"),
        (["starts", "website"], "starts (a day), website", "set subject starts=<starts> website=<website>"),
        (["activities"], "activities (a list of {on, kind, title, outcome, attendance, ref})", "add subject activities kind=<activities.kind> title=<activities.title>"),
        (["objectives.text", "objectives.id"], "objectives.text, objectives.id", "set subject objectives=<objectives>"),
        (["termination.effective"], "termination.effective (a day)", "set subject termination.effective=<termination.effective>"),
    ],
)  # laid out by hand, to be read at a glance  # fmt: skip
def test_fields_that_are_empty_are_told_whole(paths, words, command):
    for more, ask in (({}, ""), (TOLD, "Do it. ")):
        here = world(policy(filled=paths, **more))
        assert asked(here) == Answer(met=True)
        for path in paths:
            here.record.pop(path.partition(".")[0], None)
        found = f"{ask}Missing: {words}"
        line = f"partnerkit {command}"
        assert asked(here) == (lacking(found, line) if more else unmet(found, line))


def test_a_field_is_not_filled_by_blanks_and_what_is_filled_is_not_asked_for():
    here = world(policy(filled=["website", "starts"]))
    here.record["website"] = "  "
    assert asked(here) == unmet("Missing: website", f"{SET} website=<website>")


def in_roles(**more: Any) -> World:
    here = world(policy(filled=["roles.board", "roles.chair", "website"], **more))
    here.record |= {"roles": {"board": "p-ann", "chair": "p-eve"}, "website": "https://files.example/1"}
    return here


def test_people_who_do_not_hold_the_role_for_which_they_are_named_are_told_whole():
    here = in_roles(**TOLD)
    assert asked(here).met, "the policy knows no chair"
    roster = held(p_bob=[{"role": "board"}])
    words = "roles.board names p-ann, who does not hold the role board on 2026-06-01"
    assert asked(here, roster=roster) == lacking(
        f"Do it. {words}", f"{SET} roles.board=<roles.board>", people=["p-bob"]
    )
    here.data["roles"]["chair"] = {"title": "Chair"}
    here.policy = type(here.policy).model_validate(here.data)
    words += "; roles.chair names p-eve, who does not hold the role chair on 2026-06-01"
    line = f"{SET} roles.board=<roles.board> roles.chair=<roles.chair>"
    assert asked(here, roster=roster) == lacking(f"Do it. {words}", line, people=["p-bob"])
    del here.record["website"]
    words = "Do it. Missing: website"
    assert asked(here, roster=roster) == lacking(words, f"{SET} website=<website>", people=["p-bob"])


def test_a_role_is_looked_for_only_among_roles():
    here = world(policy(filled=["name", "proposer"]))
    here.record |= {"name": "board", "proposer": "p-ann"}
    here.data["roles"] |= {"name": {"title": "A role"}, "proposer": {"title": "Another"}}
    here.policy = type(here.policy).model_validate(here.data)
    assert asked(here, roster=held(p_ann=[{"role": "board"}])).met


@pytest.mark.parametrize(("type_", "proposes"), [("amendment", True), ("dispute", False)])
def test_what_a_policy_becomes_is_proposed_with_the_file_itself(type_, proposes):
    data = policy(filled=["amends-to"])
    data["lifecycles"]["case"] = {
        "starts": "open",
        "stages": {"open": {"title": "O"}, "closed": {"title": "C"}},
        "transitions": [{"from": "open", "to": "closed", "needs": ["more"]}],
    }
    data["lifecycles"]["partnership"]["transitions"][0]["needs"] = []
    data["amended-by"] = {"clause": "§1.1", "case": "amendment", "in": ["closed"]}
    here = World(data, "case", "open", "closed")
    here.record |= {"of": "SMALL", "type": type_}
    assert asked(here).met
    del here.record["amends-to"]
    amend = "partnerkit policy amend subject --from <file>"
    assert asked(here).command == (amend if proposes else f"{SET} amends-to=<amends-to>")
    here.data["requirements"]["more"] = {"clause": "§1.1", "filled": ["response"]}
    here.policy = type(here.policy).model_validate(here.data)
    assert asked(here).command == f"{SET} response=<response>"


def test_fields_that_must_be_empty_are_told_whole():
    for more, ask in (({}, ""), (TOLD, "Do it. ")):
        here = world(policy(empty=["website", "starts", "objectives"], **more))
        assert asked(here) == Answer(met=True)
        here.record |= {"website": "https://files.example/1", "objectives": [], "starts": "2026-01-01"}
        line = f"{SET} website= starts="
        words = f"{ask}To be left empty: website, starts"
        assert asked(here) == (lacking(words, line) if more else unmet(words, line))
        here.record |= {"website": " "}
        assert asked(here).command == f"{SET} starts="


def matching(**condition: Any) -> World:
    data = policy(matches=condition, **TOLD)
    declared = {"green": ("yes-no", "Is it?"), "size": ("count", "How many?"), "tags": ("list", "Words.")}
    spec = {name: {"type": type_, "clause": "§1.1", "title": title} for name, (type_, title) in declared.items()}
    data["fields"] = {"partnership": spec}
    here = world(data)
    assert asked(here) == Answer(met=True)
    return here


@pytest.mark.parametrize(
    ("wanted", "value", "words"),
    [
        ({"green": True}, False, "green is true (it is false)"),
        ({"green": False}, True, "green is false (it is true)"),
        ({"green": {"filled": True}}, None, "green is filled (it is empty)"),
        ({"partner": "company"}, "individual", "partner is company (it is individual)"),
        ({"partner": ["company", "individual"]}, "organisation", "partner is company or individual (it is organisation)"),
        ({"size": 3}, 4, "size is 3 (it is 4)"),
        ({"tags": "red"}, ["blue"], "tags is red (it is filled)"),
        ({"tags": "red"}, [], "tags is red (it is empty)"),
        ({"partner": {"not": "company"}}, "company", "partner is not company (it is company)"),
    ],
)  # laid out by hand, to be read at a glance  # fmt: skip
def test_a_field_that_is_not_as_it_must_be_is_told_whole(wanted, value, words):
    here = matching(**wanted)
    [path] = wanted
    here.put(path, value)
    assert asked(here) == lacking(f"Do it. Missing: {words}", f"{SET} {path}=<{path}>")


def test_every_field_that_is_not_as_it_must_be_is_told_and_no_other():
    here = matching(green=True, partner="company", size=3)
    here.record |= {"green": False, "size": 4}
    words = "Do it. Missing: green is true (it is false); size is 3 (it is 4)"
    assert asked(here) == lacking(words, f"{SET} green=<green> size=<size>")


def test_a_move_says_why():
    for more, ask in (({}, ""), (TOLD, "Do it. ")):
        here = world(policy(reason=True, **more))
        words, line = f"{ask}Missing: the reason for the move", "partnerkit advance subject active --reason <reason>"
        for given, met in ((None, False), ("", False), ("  ", False), ("so", True)):
            found = answer(replace(question(here), reason=given))
            assert found == (Answer(met=True) if met else lacking(words, line) if more else unmet(words, line))


def test_a_requirement_of_a_review_is_filled_by_the_lists_of_its_kind():
    assert "review" in BELOW
    here = world(policy(kind="review", filled=["ratings"]))
    del here.record["ratings"]
    line = "partnerkit add subject ratings name=<ratings.name> score=<ratings.score> why=<ratings.why>"
    assert asked(here) == unmet("Missing: ratings (a list of {name, score, why})", line)
    assert missing(here) == "Missing: ratings (a list of {name, score, why})"
