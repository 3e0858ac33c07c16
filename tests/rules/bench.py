"""A small policy with one demand, `more`, and a record in memory that meets it: to be spoilt, and asked why not."""

from __future__ import annotations

import copy
from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime
from typing import Any

from partnerkit.findings import Finding
from partnerkit.kinds.roster import Roster
from partnerkit.policies.policy import Policy
from partnerkit.register import PolicyFile, Register
from partnerkit.rules.case import Case
from partnerkit.rules.gate import Situation, answer, ask
from partnerkit.rules.look import Look
from partnerkit.rules.question import Answer, Question
from tests.policies.fulfil import MOMENT, World
from tests.policies.holding import put
from tests.policies.packs import small

#: Below a partnership, these are the kinds to which the demand may be put too: from the first stage to the last.
BELOW = {"agreement": ("draft", "executed"), "review": ("draft", "done")}


def policy(*, kind: str = "partnership", others: dict[str, Any] | None = None, **more: Any) -> dict[str, Any]:
    """The small policy as parsed YAML: one gate of the kind asks for `more`, which is the demand given."""
    data = small()
    for name, (first, last) in BELOW.items() if kind != "partnership" else ():
        data["lifecycles"][name] = {
            "starts": first,
            "stages": {first: {"title": "First"}, last: {"title": "Last"}},
            "transitions": [{"from": first, "to": last}],
        }
    own = {key.rstrip("_").replace("_", "-"): value for key, value in more.items()}
    others = {name: {"clause": "§1.1", **one} for name, one in (others or {}).items()}
    data["requirements"] = {"more": {"clause": "§1.1", **own}, **copy.deepcopy(others)}
    for name, lifecycle in data["lifecycles"].items():
        lifecycle["transitions"][0]["needs"] = ["more"] if name == kind else []
    return data


def world(data: dict[str, Any]) -> World:
    """A record of the last kind of the policy that meets its demand."""
    kind = next(one for one, lifecycle in data["lifecycles"].items() if lifecycle["transitions"][0]["needs"])
    first, last = BELOW.get(kind, ("proposed", "active"))
    return World(data, kind, first, last)


def held(**roles: Any) -> Roster:
    """A roster: `p_ann=[{"role": "board"}]`, from long ago unless it says otherwise."""
    people = {
        person.replace("_", "-"): {"roles": [{"from": "2020-01-01", **role} for role in given]}
        for person, given in roles.items()
    }
    return Roster.model_validate({"format": 1, "people": people})


def register(here: World, **changed: Any) -> Register:
    """The register in which the record stands; what is named is other than usual."""
    return replace(here._register(PolicyFile("policy", here.data, here.policy)), **changed)


def question(here: World, **changed: Any) -> Question:
    """The demand, asked of the record as it now is."""
    found = register(here, **changed)
    record, source = found.records["subject"], found.policies[here.policy.policy]
    situation = Situation(record, record, found, found, source, MOMENT, record.came.at)
    return ask(situation, here.to or here.from_, "more")


def asked(here: World, **changed: Any) -> Answer:
    return answer(question(here, **changed))


def missing(here: World, **changed: Any) -> str:
    """Why the demand is not met."""
    given = asked(here, **changed)
    assert not given.met
    assert given.missing is not None
    return given.missing


def case(here: World, landed_at: datetime | None = None, **entry: Any) -> Case:
    """The latest entry of the record, for its judge; `type_="adopt"` and so on say it otherwise than it is."""
    history = here.record["history"]
    for key, value in entry.items():
        put(history[-1], [key.rstrip("_").replace("_", "-")], value)
    found = register(here)
    record, source = found.records["subject"], found.policies[here.policy.policy]
    last = len(history) - 1
    made = record.model.history[last]
    return Case(made, history[last], last, record, history[:last], found, found, source, landed_at)


def moved(here: World, to: str, **entry: Any) -> None:
    """One more entry of the record: a move, unless it says otherwise."""
    last = here.record["history"][-1]
    more = {"seq": last["seq"] + 1, "id": f"{last['seq']:016x}", "type": "move", "from": last["to"], "to": to}
    own = {key.rstrip("_").replace("_", "-"): value for key, value in entry.items()}
    here.record["history"].append({**last, **more, "at": f"2026-05-{last['seq']:02}T12:00:00Z", **own})
    here.record["stage"] = here.record["history"][-1]["to"]


def found_in(findings: Iterable[Finding]) -> list[tuple[str, str]]:
    """The codes and the words of findings."""
    return [(one.code, one.message.removeprefix("subject: ")) for one in findings]


def look(here: World, now: datetime = MOMENT) -> Look:
    """The record as it stands."""
    found = register(here)
    return Look(found.records["subject"], found, found.policies[here.policy.policy], now, now)


def under(here: World, data: dict[str, Any]) -> PolicyFile:
    """Another version of the policy; the record stays as it is."""
    return PolicyFile("policy", data, Policy.model_validate(data))
