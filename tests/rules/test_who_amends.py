"""Who decides on a change of a policy that asks for a decision, and the line that opens a case of it."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from partnerkit.policies.policy import Policy
from partnerkit.rules.amended import deciders, opening, who_amends
from tests.policies.packs import small
from tests.rules.amending import VOTE, amendable, before, decided, source
from tests.rules.bench import held

OPENING = "partnerkit new case <title> of=SMALL type=amendment opened=<day>"
BY_WHOM = "a case of type amendment in decided, decided by board"


def test_what_opens_a_case():
    assert opening(source(decided()).policy) == OPENING
    assert opening(Policy.model_validate(small())) == (
        "partnerkit new case <title> of=SMALL type=<case.type> opened=<day>"
    )


def ways(*needs: list[str], stages: Any = ("decided",)) -> Policy:
    data = amendable()
    data["roles"] |= {"chair": {"title": "Chair"}, "elder": {"title": "Elder"}}
    data["variables"]["decider"]["value"] = "elder"
    for name, role in (("second", "chair"), ("third", "$decider"), ("again", "board")):
        data["requirements"][name] = VOTE | {"approval": {"role": role}}
    data["amended-by"] = {**data["amended-by"], "in": list(stages)}
    data["lifecycles"]["case"]["transitions"] = [
        {"from": "open", "to": stage, "needs": one} for stage, one in zip(("decided", "dropped"), needs, strict=False)
    ]
    return Policy.model_validate(data)


@pytest.mark.parametrize(
    ("policy", "words"),
    [
        (ways(["vote"]), BY_WHOM),
        (ways(["vote", "second"]), "a case of type amendment in decided, decided by board and chair"),
        (ways(["vote", "again"]), BY_WHOM),
        (ways(["third"]), "a case of type amendment in decided, decided by elder"),
        (
            ways(["vote"], ["second", "third"], stages=["decided", "dropped"]),
            "a case of type amendment in decided or dropped, decided by board or by chair and elder",
        ),
        (
            ways(["vote"], ["again"], stages=["decided", "dropped"]),
            "a case of type amendment in decided or dropped, decided by board",
        ),
        (Policy.model_validate(small()), "nothing need be decided first"),
    ],
)
def test_what_must_be_decided_first_in_words(policy, words):
    assert who_amends(policy) == words


def test_an_open_role_is_named_by_its_variable():
    open_ = ways(["third"]).model_dump(by_alias=True, exclude_none=True, mode="json")
    open_["variables"]["decider"].pop("value", None)
    assert who_amends(Policy.model_validate(open_)).startswith("a case of type amendment in decided, decided by ")


def test_who_decides():
    here = decided()
    register, policy = before(here), ways(["vote", "second"])
    people = held(p_zoe=[{"role": "board"}], p_ann=[{"role": "chair"}, {"role": "board"}], p_eve=[{"role": "other"}])
    day = date(2026, 6, 1)
    assert deciders(replace(register, roster=people), policy, day) == "p-ann, p-zoe"
    gone = held(p_ann=[{"role": "board", "until": "2026-05-31"}])
    assert deciders(replace(register, roster=gone), policy, day) == "nobody yet"
    assert deciders(register, Policy.model_validate(small()), day) == "nobody yet"
