"""Whether what a document says is settled yet; until then it is a draft. The policy alone knows, by its lifecycle."""

from __future__ import annotations

from collections.abc import Callable

from partnerkit.policies.lifecycle import Lifecycle, Transition
from partnerkit.policies.policy import Policy
from partnerkit.policies.requirement import Requirement


def signing(policy: Policy, kind: str) -> list[tuple[str, Requirement]]:
    """The requirements of a kind by which parties sign one document, by name."""
    lifecycle = policy.lifecycles.get(kind)
    needs = dict.fromkeys(name for way in (lifecycle.transitions if lifecycle else []) for name in way.needs)
    found = [(name, policy.requirements[name]) for name in needs]
    return [(name, one) for name, one in found if one.signed is not None]


def is_signed(policy: Policy, kind: str, stage: str) -> bool:
    """Whether a record in the stage has been signed by all: no way leads there but past their signatures.

    Where the policy asks for no signature, it is settled at the end of the usual way.
    """
    lifecycle = policy.lifecycles[kind]
    names = {name for name, _one in signing(policy, kind)}
    if names:
        return stage not in _reached(lifecycle, lambda way: names.isdisjoint(way.needs))
    return stage not in _reached(lifecycle, lambda way: way.to not in lifecycle.last_stages)


def is_decided(policy: Policy, kind: str, stage: str) -> bool:
    """Whether no decision of the usual way is open in the stage: people approved, and an agreement is in force."""
    lifecycle = policy.lifecycles[kind]
    before_the_end = lifecycle.main_stages - lifecycle.last_stages
    main = [way for way in lifecycle.transitions if way.main and any(_decides(policy, one) for one in way.needs)]
    on_the_way = [way for way in main if set(way.from_) & before_the_end]
    return all(_is_past(lifecycle, way, stage) for way in on_the_way)


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
