"""Whether what a document says is settled yet; until then it is a draft. The policy alone knows, by its lifecycle."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any

from partnerkit.conditions import holds
from partnerkit.kinds.history import followed
from partnerkit.policies.lifecycle import Lifecycle, Transition
from partnerkit.policies.policy import Policy
from partnerkit.policies.requirement import Requirement


def signing(policy: Policy, kind: str, data: dict[str, Any]) -> list[tuple[str, Requirement]]:
    """The requirements by which the parties of a record sign one document, by name."""
    return [(name, one) for name, one in _asked(policy, kind, data) if one.signed is not None]


def signable(policy: Policy, kind: str, data: dict[str, Any]) -> list[str]:
    """The requirements of which the evidence is what the parties of a record sign."""
    return list(dict.fromkeys(one.signed.document for _name, one in signing(policy, kind, data) if one.signed))


def _asked(policy: Policy, kind: str, data: dict[str, Any]) -> list[tuple[str, Requirement]]:
    """The requirements that the lifecycle asks of such a record."""
    lifecycle = policy.lifecycles.get(kind)
    needs = dict.fromkeys(name for way in (lifecycle.transitions if lifecycle else []) for name in way.needs)
    found = [(name, policy.requirements[name]) for name in needs]
    return [(name, one) for name, one in found if one.when is None or holds(one.when, data)]


def _binding(policy: Policy, kind: str, data: dict[str, Any]) -> set[str]:
    """The requirements by which parties bind themselves: they sign or, where none is asked to, acknowledge."""
    asked = _asked(policy, kind, data)
    signed = {name for name, one in asked if one.signed is not None}
    return signed or {name for name, one in asked if one.acknowledged is not None}


def is_signed(policy: Policy, kind: str, stage: str, data: dict[str, Any]) -> bool:
    """Whether a record in the stage has been signed by all: no way leads there but past their signatures.

    Where the policy asks for no signature, what they acknowledge counts; else the end of the usual way.
    """
    lifecycle = policy.lifecycles[kind]
    names = _binding(policy, kind, data)
    if names:
        return all(stage not in _reached(lifecycle, partial(_without, name)) for name in names)
    return stage not in _reached(lifecycle, lambda way: way.to not in lifecycle.last_stages)


def is_taken_in(policy: Policy, kind: str, data: dict[str, Any]) -> bool:
    """Whether a record was adopted where all had signed already, and nobody signed here since."""
    lifecycle, names = policy.lifecycles[kind], _binding(policy, kind, data)
    history = data["history"]
    stands = [history[place] for place in followed(history).counting]
    adopted = [one for one in stands if one.get("type") == "adopt"]
    if not adopted or not is_signed(policy, kind, str(adopted[-1]["to"]), data):
        return False
    ways = [lifecycle.find(str(one.get("from")), str(one["to"])) for one in stands if one.get("type") == "move"]
    return all(names.isdisjoint(way.needs) for way in ways if way is not None)


def is_decided(policy: Policy, kind: str, stage: str) -> bool:
    """Whether no decision of the usual way is open in the stage: people approved, and an agreement is in force."""
    lifecycle = policy.lifecycles[kind]
    before_the_end = lifecycle.main_stages - lifecycle.last_stages
    main = [way for way in lifecycle.transitions if way.main and any(_decides(policy, one) for one in way.needs)]
    on_the_way = [way for way in main if set(way.from_) & before_the_end]
    return all(_is_past(lifecycle, way, stage) for way in on_the_way)


def _without(name: str, way: Transition) -> bool:
    return name not in way.needs


def _is_past(lifecycle: Lifecycle, passed: Transition, stage: str) -> bool:
    """Whether nothing stands in the stage that did not pass that way."""
    return stage not in _reached(lifecycle, lambda way: way is not passed)


def _decides(policy: Policy, name: str) -> bool:
    one = policy.requirements[name]
    return one.approval is not None or (one.linked is not None and one.linked.kind == "agreement")


def decisions(policy: Policy, way: Transition) -> list[str]:
    """The requirements of a gate by which people decide, be it as one of several ways."""
    found: list[str] = []
    for name in way.needs:
        one = policy.requirements[name]
        names = [name, *(one.any_of or [])]
        found += [other for other in names if policy.requirements[other].approval is not None]
    return found


def _reached(lifecycle: Lifecycle, open_: Callable[[Transition], bool]) -> set[str]:
    """The stages that can be reached from the first one by ways that are open."""
    found: set[str] = set()
    todo = [lifecycle.starts]
    while todo:
        stage = todo.pop()
        if stage not in found:
            found.add(stage)
            todo += [way.to for way in lifecycle.leaving(stage) if open_(way)]
    return found
