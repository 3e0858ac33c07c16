"""Whether an amendment of a policy is decided by somebody: the cases of which its `amended-by` speaks."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from partnerkit.policies.lifecycle import AmendedBy, Lifecycle
from partnerkit.policies.policy import Policy
from partnerkit.policies.problem import Problem, unknown
from partnerkit.policies.values import Match

#: The kind of record that decides an amendment.
CASE = "case"

#: The field of a case that says which file it decides on.
DIGEST = "amends-to"

#: What whoever decides on an amendment must vouch for: what sort of case it is, and what the file becomes.
BOUND = ("type", DIGEST)


def deciding(policy: Policy) -> list[str]:
    """The requirements by which somebody decides on an amendment, bound to the digest of the new file."""
    word = policy.amended_by
    return [
        name
        for name, one in policy.requirements.items()
        if word is not None
        and one.approval is not None
        and not one.advisory
        and one.waivable is None
        and set(BOUND) <= set(one.covers)
        and set(one.when or ()) <= {"type"}
        and _open(one.when, word)
    ]


def decided_by(policy: Policy) -> list[list[str]]:
    """The requirements by which somebody decides, way by way: of each way what it passes, the least ones only."""
    word, lifecycle = policy.amended_by, policy.lifecycles.get(CASE)
    if word is None or lifecycle is None:
        return []
    names, none = deciding(policy), frozenset[str]()
    seen, more = set[tuple[str, frozenset[str]]](), {(lifecycle.starts, none)}
    while more:
        seen |= more
        onward = {
            (way.to, passed | (set(names) & set(way.needs)))
            for stage, passed in more
            for way in lifecycle.leaving(stage)
            if _open(way.when, word)
        }
        more = {(to, past) for to, past in onward if not any(stage == to and less <= past for stage, less in seen)}
    ends = {passed for stage, passed in seen if stage in word.in_ and passed}
    least = [one for one in ends if not any(other < one for other in ends)]
    return [[names[at] for at in way] for way in sorted(sorted(map(names.index, one)) for one in least)]


def amendable(policy: Policy) -> Iterator[Problem]:
    """The cases that amend the policy are there, and none is decided without anybody who decides."""
    word, path = policy.amended_by, ("amended-by",)
    if word is None:
        return
    lifecycle = policy.lifecycles.get(CASE)
    if lifecycle is None:
        yield Problem(path, unknown("lifecycle for the kind", CASE, policy.lifecycles))
        return
    spec = policy.fields.get(CASE, {}).get("type")
    if spec is not None and spec.choices and word.case not in spec.choices:
        yield Problem((*path, "case"), unknown("type of case", word.case, spec.choices))
    yield from _deciders_known(policy)
    for index, stage in enumerate(word.in_):
        if stage not in lifecycle.stages:
            yield Problem((*path, "in", index), unknown("case stage", stage, lifecycle.stages))
        elif stage not in _reached(lifecycle, word):
            message = f"no case of type {word.case} ever comes to {stage}: nothing could be decided"
            yield Problem((*path, "in", index), message)
        elif stage in _reached(lifecycle, word, past=set(deciding(policy))):
            message = f"a case comes to {stage} past no approval that covers {' and '.join(BOUND)}: nobody would decide"
            yield Problem((*path, "in", index), message)


def _deciders_known(policy: Policy) -> Iterator[Problem]:
    """Who decides is said: who it is could be set only by a change, which nobody could decide."""
    for name in deciding(policy):
        demand = policy.requirements[name].approval
        if demand is not None and policy.value(demand.role) is None:
            variable = str(demand.role).removeprefix("$")
            message = f"nobody could ever decide: {variable} is unset, and to set it changes the policy"
            yield Problem(("requirements", name, "approval"), message)


def _reached(lifecycle: Lifecycle, word: AmendedBy, past: set[str] | None = None) -> set[str]:
    """The stages to which such a case comes; with `past`, those to which it comes past none of these requirements."""
    ways = [way for way in lifecycle.transitions if not (past or set()) & set(way.needs) and _open(way.when, word)]
    found = {lifecycle.starts}
    while more := {way.to for way in ways if found & set(way.from_)} - found:
        found |= more
    return found


def _open(condition: dict[str, Any] | None, word: AmendedBy) -> bool:
    """Whether a condition lets cases of the type through that amends."""
    wanted = (condition or {}).get("type")
    if not isinstance(wanted, Match):
        return wanted is None or word.case in (wanted if isinstance(wanted, list) else [wanted])
    named, barred = _listed(wanted.is_), _listed(wanted.not_)
    return (wanted.is_ is None or word.case in named) and word.case not in barred


def _listed(value: Any) -> list[Any]:
    return value if isinstance(value, list) else [value]
