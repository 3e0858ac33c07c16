"""A policy that says what must be decided before it changes, and a case that decided such a change."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from partnerkit.policies.policy import Policy
from partnerkit.register import PolicyFile, Register
from partnerkit.steps import Step, content_digest
from tests.policies.fulfil import World
from tests.policies.packs import small
from tests.rules.bench import moved, register
from tests.rules.placed import placed
from tests.rules.sealing import seal

OLD, NEW, OTHER = (f"c1:{digit * 64}" for digit in "012")
BY_CASE = {"clause": ["§1.1", "§1"], "case": "amendment", "in": ["decided"]}
VOTE = {"clause": "§1.1", "approval": {"role": "board"}, "covers": ["type", "amends-to"]}


def amendable(**more: Any) -> dict[str, Any]:
    """The policy as parsed YAML; cases are decided by a vote."""
    data = small()
    data["requirements"]["vote"] = VOTE
    data["lifecycles"]["case"] = {
        "starts": "open",
        "stages": {"open": {"title": "Open"}, "decided": {"title": "Decided"}, "dropped": {"title": "Dropped"}},
        "transitions": [
            {"from": "open", "to": "decided", "main": True, "needs": ["vote"]},
            {"from": ["open", "decided"], "to": "dropped"},
        ],
    }
    return data | {"amended-by": BY_CASE} | {key.replace("_", "-"): value for key, value in more.items()}


def decided(data: dict[str, Any] | None = None, **entry: Any) -> World:
    """A case of the policy by which the board decided that its file becomes NEW."""
    here = World(data or amendable(), "case", "open", "decided")
    here.record |= {"of": "SMALL", "type": "amendment", "amends-to": NEW}
    said = here.record["approvals"]
    for one in said:
        one["binds"]["content"] = content_digest(here.record, ["type", "amends-to"])
    moved(here, "decided", **{"id": "a" * 16, "uses": [one["id"] for one in said], **entry})
    return seal(here)


def before(here: World) -> Register:
    return placed(register(here, rules={"policy": OLD}))


def after(here: World, *amendments: str, rules: str = NEW, **policy: Any) -> Register:
    """The register in which the file of the policy became another one, and lists these amendments."""
    was = before(here)
    data = here.data | {"amendments": list(amendments)} | {key.replace("_", "-"): one for key, one in policy.items()}
    data = {key: value for key, value in data.items() if value not in (None, [])}
    source = replace(was.policies["SMALL"], data=data, policy=Policy.model_validate(data))
    return replace(was, policies={"SMALL": source}, rules={"policy": rules})


def step(here: World, *amendments: str, now: World | None = None, **changed: Any) -> Step:
    """The step that changes the policy; `now` is the case after it, where that is another."""
    later = after(here, *amendments, **changed)
    return Step(before(here), later if now is None else replace(later, records=before(now).records))


def source(here: World) -> PolicyFile:
    return before(here).policies["SMALL"]
