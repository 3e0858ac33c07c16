"""`amended-by`: a policy that changes only as a case has decided, and what a wrong one is told."""

from __future__ import annotations

from typing import Any

import pytest

from partnerkit.policies.amending import deciding
from partnerkit.policies.citing import citations
from partnerkit.policies.policy import Policy
from partnerkit.rules.amended import who_amends
from tests.policies.packs import refused, small, told


def amended(data: dict[str, Any]) -> dict[str, Any]:
    """A small policy that its board amends."""
    data["clauses"]["§2"] = {"title": "Changing it"}
    data["amended-by"] = {"clause": "§2", "case": "amendment", "in": ["adopted"]}
    data["fields"] = {
        "case": {"type": {"type": "choice", "clause": "§2", "title": "Its sort.", "choices": ["amendment", "crisis"]}}
    }
    data["requirements"]["board-decides"] = {
        "clause": "§2",
        "covers": ["type", "amends-to"],
        "approval": {"role": "board"},
    }
    data["lifecycles"]["case"] = {
        "starts": "open",
        "stages": {name: {"title": name} for name in ("open", "adopted", "refused")},
        "transitions": [
            {"from": "open", "to": "adopted", "main": True, "needs": ["board-decides"]},
            {"from": "open", "to": "refused"},
        ],
    }
    return data


def changed(change: Any) -> list[str]:
    return told(lambda data: change(amended(data)))


def decided(data: dict[str, Any]) -> dict[str, Any]:
    found: dict[str, Any] = data["requirements"]["board-decides"]
    return found


def test_it_is_right_and_cites_its_clause():
    assert changed(lambda _data: None) == []
    policy = Policy.model_validate(amended(small()))
    assert deciding(policy) == ["board-decides"]
    assert ("§2", "its own amendment") in [(one.clause, one.source) for one in citations(policy)]


@pytest.mark.parametrize("key", ["clause", "case", "in"])
def test_each_of_its_keys_is_needed(key):
    assert f"amended-by.{key}: Field required" in refused(lambda data: amended(data)["amended-by"].pop(key))


@pytest.mark.parametrize(
    ("key", "value", "words"),
    [
        ("case", "amendmend", "there is no type of case 'amendmend' here; did you mean amendment?"),
        ("in", ["adoptd"], "there is no case stage 'adoptd' here; did you mean adopted?"),
    ],
)
def test_a_word_that_is_not_there(key, value, words):
    assert words in changed(lambda data: data["amended-by"].update({key: value}))


def test_a_clause_that_is_not_there():
    [message] = changed(lambda data: data["amended-by"].update(clause="§3"))
    assert message.startswith("its own amendment cites §3: there is no clause '§3' here")


def test_a_policy_without_cases():
    def dropped(data: dict[str, Any]) -> None:
        del data["lifecycles"]["case"]
        del data["requirements"]["board-decides"]

    assert "there is no lifecycle for the kind 'case' here" in changed(dropped)


def test_who_decides_is_not_left_open():
    """To set it would change the file, and nobody could decide that."""

    def left_open(data: dict[str, Any]) -> None:
        decided(data)["approval"]["role"] = "$decider"

    [message] = changed(left_open)
    assert message == "nobody could ever decide: decider is unset, and to set it changes the policy"
    assert changed(lambda data: (left_open(data), data["variables"]["decider"].update(value="board"))) == []


UNDECIDED = "a case comes to adopted past no approval that covers type and amends-to: nobody would decide"


@pytest.mark.parametrize(
    "change",
    [
        lambda data: decided(data).update(covers=["amends-to"]),
        lambda data: decided(data).update(covers=["type"]),
        lambda data: decided(data).update(advisory=True),
        lambda data: decided(data).update(waivable={"by": "board"}),
        lambda data: decided(data).update(when={"title": {"filled": True}}),
        lambda data: decided(data).update(when={"type": "crisis"}),
        lambda data: data["lifecycles"]["case"]["transitions"].append({"from": "refused", "to": "adopted"}),
        lambda data: data["amended-by"].update({"in": ["adopted", "open"]}),
    ],
    ids=[
        "not-the-digest",
        "not-the-type",
        "advisory",
        "waivable",
        "sometimes",
        "of-others",
        "a-way-round",
        "from-the-start",
    ],
)
def test_nobody_would_decide(change):
    stages = [one for one in changed(change) if "nobody would decide" in one]
    assert stages in ([UNDECIDED], [UNDECIDED.replace("adopted", "open")])


def test_nothing_could_be_decided():
    [message] = changed(lambda data: data["lifecycles"]["case"]["transitions"][0].update(when={"type": "crisis"}))
    assert message == "no case of type amendment ever comes to adopted: nothing could be decided"


@pytest.mark.parametrize("condition", ["crisis", ["crisis"], {"is": "crisis"}, {"not": "amendment"}])
def test_a_way_that_only_other_cases_take_needs_no_decision(condition):
    def beside(data: dict[str, Any]) -> None:
        ways = data["lifecycles"]["case"]["transitions"]
        ways.append({"from": "refused", "to": "adopted", "when": {"type": condition}})

    assert changed(beside) == []


def in_ways(*ways: tuple[str, str, list[str]]) -> str:
    """Who decides, in words, where cases come to their end by these ways: from, to, what is needed."""

    def change(data: dict[str, Any]) -> dict[str, Any]:
        data["roles"] |= {"board": {"title": "Board"}, "helper": {"title": "Helper"}}
        for role in ("board", "helper"):
            demand = {"clause": "§2", "covers": ["type", "amends-to"], "approval": {"role": role}}
            data["requirements"][f"{role}-decides"] = demand
        data["lifecycles"]["case"]["stages"]["heard"] = {"title": "heard"}
        data["lifecycles"]["case"]["transitions"] = [{"from": a, "to": b, "needs": needs} for a, b, needs in ways]
        return data

    return who_amends(Policy.model_validate(change(amended(small()))))


@pytest.mark.parametrize(
    ("ways", "words"),
    [
        ([("open", "adopted", ["board-decides", "helper-decides"])], "board and helper"),
        ([("open", "adopted", ["board-decides"]), ("heard", "adopted", ["helper-decides"]), ("open", "heard", [])],
         "board or by helper"),
        ([("open", "heard", ["board-decides"]), ("heard", "adopted", ["helper-decides"])], "board and helper"),
        ([("open", "heard", ["board-decides"]), ("heard", "open", []), ("open", "adopted", ["helper-decides"])],
         "helper"),
        ([("open", "adopted", ["board-decides"])], "board"),
    ],
    ids=["both", "either", "one-after-the-other", "back-and-forth", "one"],
)  # fmt: skip  # short words, several to a line
def test_who_decides_is_said_by_way(ways, words):
    assert in_ways(*ways) == f"a case of type amendment in adopted, decided by {words}"


@pytest.mark.parametrize("key", ["amended-by", "amendments"])
def test_a_key_that_says_nothing_is_no_answer(key):
    """An empty key would be read as none, and the policy as one that anybody changes."""
    assert key in refused(lambda data: amended(data).update({key: None}))
