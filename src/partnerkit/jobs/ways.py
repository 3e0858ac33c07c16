"""The way on from a record's stage, by name or the main one; for those who look and for those who move."""

from __future__ import annotations

from partnerkit.errors import WrongCallError
from partnerkit.kinds.problems import an, did_you_mean
from partnerkit.policies.lifecycle import Lifecycle, Transition
from partnerkit.policies.values import clause_list
from partnerkit.register import PolicyFile, RecordFile
from partnerkit.rules.commands import line
from partnerkit.rules.conditions import open_to
from partnerkit.rules.places import at
from partnerkit.rules.refused import Refused


def transition(policy: PolicyFile, found: RecordFile, stage: str | None) -> Transition:
    """The way on that is meant: to the stage named, or the main one.

    Raises:
        WrongCallError: no such stage, or no main way on.
        Refused: the policy has no way to that stage from here.
    """
    lifecycle = policy.policy.lifecycles[found.kind]
    leaving = [way for way in lifecycle.leaving(found.stage) if open_to(way, found.data)]
    if stage is None:
        main = next((way for way in leaving if way.main), None)
        if main is None:
            raise WrongCallError(*_no_main(found, leaving))
        return main
    return _named(policy, found, lifecycle, leaving, stage)


def _no_main(found: RecordFile, leaving: list[Transition]) -> tuple[str, str]:
    if not leaving:
        return f"{found.id} stands in {found.stage}, which is an end", line("show", found.id)
    possible = ", ".join(way.to for way in leaving)
    return f"{found.id} stands in {found.stage}: say to which stage ({possible})", line(
        "gates", found.id, leaving[0].to
    )


def _named(
    policy: PolicyFile, found: RecordFile, lifecycle: Lifecycle, leaving: list[Transition], stage: str
) -> Transition:
    if stage not in lifecycle.stages:
        near = did_you_mean(stage, lifecycle.stages)
        message = f"{policy.policy.policy} knows no stage {stage!r} of {an(found.kind)}{near}"
        raise WrongCallError(message, f"its stages: {', '.join(lifecycle.stages)}")
    way = next((way for way in leaving if way.to == stage), None)
    if way is None:
        from partnerkit.rules.entry_types import closed  # noqa: PLC0415 - dear to import, and only a refusal asks

        possible = ", ".join(way.to for way in leaving) or "nowhere: it is an end"
        other = lifecycle.find(found.stage, stage)
        why = closed(policy.policy, found, other) if other else None
        message = why or f"{policy.policy.policy} has no way from {found.stage} to {stage}"
        message += f"; from here it goes to {possible}"
        clause = ", ".join(policy.policy.full(one) for one in clause_list(lifecycle.stages[found.stage].clause or []))
        finding = at(
            found, ("stage",), "no-such-transition", message, clause=clause or None, mend=line("gates", found.id)
        )
        raise Refused(f"{found.id}: refused; nothing changed", [finding])
    return way
