"""A record whose stage is gone: where a migration may put it, and behind which decisions it may not."""

from __future__ import annotations

from collections.abc import Iterator

from partnerkit.conditions import holds
from partnerkit.findings import Finding
from partnerkit.policies.lifecycle import Lifecycle, Transition
from partnerkit.policies.policy import Policy
from partnerkit.register import RecordFile
from partnerkit.rules.case import Case
from partnerkit.rules.commands import migrating
from partnerkit.rules.conditions import open_to
from partnerkit.steps import passed_gates


def migrated(case: Case) -> list[Finding]:
    """A record whose stage is gone stands where the new version of its policy says, from the step that changes it."""
    name, left, kind = case.record.model.policy, case.entry.from_ or "", case.record.kind
    new = case.after.policies.get(name)
    lifecycle = new.policy.lifecycles.get(kind) if new else None
    if new is None or lifecycle is None or not case.policy_changes:
        message = f"a record is migrated in the step that changes its policy, and this one does not change {name}"
        return [case.finding("migrated-alone", message)]
    if left in lifecycle.stages:
        return [
            case.finding("migrated-needlessly", f"{name} still has the stage {left}: only those that are gone move")
        ]
    if new.policy.migrates.get(kind, {}).get(left) != case.entry.to:
        where = new.policy.migrates.get(kind, {}).get(left)
        message = f"{name} moves what stood in {left} to {where or 'nowhere'}, not to {case.entry.to}"
        return [case.finding("migrated-elsewhere", message)]
    return list(_past_decisions(case, new.policy, left))


def _past_decisions(case: Case, new: Policy, left: str) -> Iterator[Finding]:
    """Nobody's decision is skipped: what lies behind the new stage and was never decided of the record."""
    record = case.record
    missing = _undecided(case, new, left, case.entry.to)
    if not missing:
        return
    earlier = [stage for stage in new.lifecycles[record.kind].main_path if not _undecided(case, new, left, stage)]
    where = [f"{one} ({gate})" for one, gate in missing.items()]
    message = (
        f"{case.entry.to} lies behind {', '.join(where)}, which was never passed: "
        f"a migration takes what stood in {left} past no decision"
    )
    clause = ", ".join(dict.fromkeys(new.full(one) for gate in missing for one in new.requirements[gate].clauses))
    to = f"{record.kind}.{left}={earlier[-1]}"
    mend = migrating(case.source.policy, "--stage", to)
    yield case.finding("migrated-past-decision", message, clause=clause, mend=mend)


def _undecided(case: Case, new: Policy, left: str, to: str) -> dict[str, str]:
    """The decisions behind a stage of the new version that the record never had behind it, each with its gate.

    A decision that the old version did not know is asked of no record that comes no further than it was: gates that
    were passed are never judged again.
    """
    record, old = case.record, case.source.policy
    before, after = old.lifecycles.get(record.kind), new.lifecycles[record.kind]
    if before is None:
        return {}
    passed = {name for gate in passed_gates(case.earlier, old, record.kind) for name in gate.needs}
    passed |= behind(old, before, left, record).keys()
    known = {name for way in before.transitions for name in way.needs}
    stood, stands = _distance(before, left, record), _distance(after, to, record)
    further = stood is not None and (stands is None or stands > stood)
    return {
        name: gate
        for name, gate in behind(new, after, to, record).items()
        if name not in passed and (further or name in known)
    }


def behind(policy: Policy, lifecycle: Lifecycle, stage: str, record: RecordFile) -> dict[str, str]:
    """The decisions without which no way leads a record to a stage, each with a gate that asks for it."""
    ways = _ways(lifecycle, record)
    asked = {name: f"{way.from_[0]} → {way.to}" for way in reversed(ways) for name in way.needs}
    return {
        name: asked[name]
        for name in policy.requirements
        if name in asked
        and _decides(policy, name)
        and _applies(policy, name, record)
        and stage not in _steps([way for way in ways if name not in way.needs], lifecycle.starts)
    }


def _decides(policy: Policy, name: str) -> bool:
    """Whether somebody decides: by an approval, or by one among what suffices."""
    requirement = policy.requirements[name]
    return requirement.approval is not None or any(_decides(policy, one) for one in requirement.any_of or [])


def _applies(policy: Policy, name: str, record: RecordFile) -> bool:
    requirement = policy.requirements[name]
    if requirement.advisory:
        return False
    return requirement.when is None or holds(requirement.when, record.data)


def _ways(lifecycle: Lifecycle, record: RecordFile) -> list[Transition]:
    return [way for way in lifecycle.transitions if open_to(way, record.data)]


def _distance(lifecycle: Lifecycle, stage: str, record: RecordFile) -> int | None:
    """How many steps lie between the start and a stage; None where no way leads the record there."""
    return _steps(_ways(lifecycle, record), lifecycle.starts).get(stage)


def _steps(ways: list[Transition], start: str) -> dict[str, int]:
    """Every stage to which these ways lead, with the least number of steps."""
    found = {start: 0}
    todo = [start]
    while todo:
        stage = todo.pop(0)
        for way in ways:
            if stage in way.from_ and way.to not in found:
                found[way.to] = found[stage] + 1
                todo.append(way.to)
    return found
