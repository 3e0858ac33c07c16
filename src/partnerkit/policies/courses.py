"""Whether the lifecycles and rhythms of a policy can be: stages are reached, and something settles what falls due."""

from __future__ import annotations

from collections.abc import Iterator

from partnerkit.kinds.catalogue import KINDS
from partnerkit.kinds.duration import Duration
from partnerkit.kinds.problems import an
from partnerkit.policies.lifecycle import POLICY, Cadence, Lifecycle, told_apart
from partnerkit.policies.lists import lists
from partnerkit.policies.policy import Policy
from partnerkit.policies.problem import Problem, unknown
from partnerkit.policies.shapes import has_field
from partnerkit.policies.values import Variable


def migrations(policy: Policy) -> Iterator[Problem]:
    """Only stages that are gone move, and to stages that are there."""
    for kind, mapped in policy.migrates.items():
        lifecycle = policy.lifecycles.get(kind)
        if lifecycle is None:
            yield Problem(("migrates", kind), unknown("lifecycle for the kind", kind, policy.lifecycles))
            continue
        for old, new in mapped.items():
            if old in lifecycle.stages:
                yield Problem(("migrates", kind, old), f"the stage {old} is still there: only those that are gone move")
            if new not in lifecycle.stages:
                yield Problem(("migrates", kind, old), unknown("stage", new, lifecycle.stages))


def lifecycles(policy: Policy) -> Iterator[Problem]:
    """What transitions name is there; each stage is reached, and left in one main way."""
    for kind, lifecycle in policy.lifecycles.items():
        path = ("lifecycles", kind)
        if kind not in KINDS:
            yield Problem(path, unknown("kind", kind, KINDS))
            continue
        yield from _stages(kind, lifecycle)
        for index, transition in enumerate(lifecycle.transitions):
            for field in transition.when or {}:
                if not has_field(policy, kind, field):
                    where = (*path, "transitions", index, "when")
                    yield Problem(where, f"{an(kind)} under this policy has no field {field!r}")
            for name in transition.needs:
                if name not in policy.requirements:
                    where = (*path, "transitions", index, "needs")
                    yield Problem(where, unknown("requirement", name, policy.requirements))


def answers(policy: Policy) -> Iterator[Problem]:
    """An answer leads where a way leads, from every stage in which the question is asked."""
    for name, requirement in policy.requirements.items():
        for answer, spec in requirement.acknowledged.answers.items() if requirement.acknowledged is not None else ():
            where = ("requirements", name, "acknowledged", "answers", answer, "leads-to")
            for kind, lifecycle in policy.lifecycles.items():
                asked = {stage for way in lifecycle.transitions if name in way.needs for stage in way.from_}
                for stage in sorted(asked):
                    if spec.leads_to is not None and lifecycle.find(stage, spec.leads_to) is None:
                        yield Problem(where, f"no way of {an(kind)} leads from {stage} to {spec.leads_to}")


def _stages(kind: str, lifecycle: Lifecycle) -> Iterator[Problem]:
    path = ("lifecycles", kind)
    if lifecycle.starts not in lifecycle.stages:
        yield Problem((*path, "starts"), unknown("stage", lifecycle.starts, lifecycle.stages))
    seen: set[tuple[str, str]] = set()
    for index, transition in enumerate(lifecycle.transitions):
        where = (*path, "transitions", index)
        for stage in [*transition.from_, transition.to]:
            if stage not in lifecycle.stages:
                yield Problem(where, unknown("stage", stage, lifecycle.stages))
        for stage in transition.from_:
            if (stage, transition.to) in seen:
                yield Problem(where, f"a second transition from {stage} to {transition.to}")
            seen.add((stage, transition.to))
    for stage in lifecycle.stages:
        if stage not in _reached(lifecycle):
            yield Problem((*path, "stages", stage), "no transition leads to it")
        if not told_apart([way for way in lifecycle.leaving(stage) if way.main]):
            yield Problem((*path, "transitions"), f"two main transitions leave {stage}: one is meant")


def _reached(lifecycle: Lifecycle) -> set[str]:
    reached = {lifecycle.starts}
    while more := {t.to for t in lifecycle.transitions if reached & set(t.from_)} - reached:
        reached |= more
    return reached


def cadences(policy: Policy) -> Iterator[Problem]:
    """What falls due is owed by a kind that is there, in its stages, by its fields, and something settles it."""
    for name, cadence in policy.cadences.items():
        path = ("cadences", name)
        lifecycle = policy.lifecycles.get(cadence.of)
        if cadence.of == POLICY:
            continue
        if lifecycle is None:
            yield Problem((*path, "of"), unknown("lifecycle for the kind", cadence.of, policy.lifecycles))
            continue
        for field in (cadence.from_, cadence.until, cadence.per, _field_of(cadence.every), *(cadence.when or {})):
            if field is not None and not has_field(policy, cadence.of, field):
                yield Problem(path, f"{an(cadence.of)} under this policy has no field {field!r}")
        for stage in cadence.while_:
            if stage not in lifecycle.stages:
                yield Problem((*path, "while"), unknown(f"{cadence.of} stage", stage, lifecycle.stages))
        settles = cadence.settled_by.partition("/")[0]
        if settles not in policy.lifecycles and not has_field(policy, cadence.of, settles):
            message = (
                f"{cadence.settled_by!r} settles nothing: {settles} is neither a kind nor a log of {an(cadence.of)}"
            )
            yield Problem((*path, "settled-by"), message)
        yield from _restarts(policy, path, cadence, lifecycle)


def _restarts(policy: Policy, path: tuple[str, str], cadence: Cadence, lifecycle: Lifecycle) -> Iterator[Problem]:
    """What starts a time anew are logs of the record, and where it may lead there is a way."""
    logs = lists(policy, cadence.of)
    for one in [*cadence.restarts, *([cadence.settled_by] if cadence.restarts else [])]:
        log = one.partition("/")[0]
        if log not in logs:
            yield Problem((*path, "restarts"), unknown(f"log of {an(cadence.of)}", log, logs))
    for stage in cadence.while_ if cadence.leads_to is not None else ():
        if lifecycle.find(stage, cadence.leads_to or "") is None:
            message = f"no way of {an(cadence.of)} leads from {stage} to {cadence.leads_to}"
            yield Problem((*path, "leads-to"), message)


def _field_of(every: object) -> str | None:
    """The field that says how often, where it is one and not a duration or a variable."""
    return every if isinstance(every, str) and not isinstance(every, Variable) else None


def rhythms(policy: Policy) -> Iterator[Problem]:
    """What falls due again and again leaves time between: no time at all would be never."""
    for name, cadence in policy.cadences.items():
        span = policy.value(cadence.every)
        if isinstance(span, Duration) and span.months == 0 and span.days == 0:
            message = f"{span} is no time: say how often, such as P1M; leave it unset where nothing falls due"
            yield Problem(("cadences", name, "every"), message)
