"""Rules for what has landed: how surely those decided on whose word an entry rests."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from partnerkit.dataclass import replace
from partnerkit.findings import Finding
from partnerkit.kinds.history import only_id
from partnerkit.register import RecordFile
from partnerkit.rules.assurance import LEVELS, Level, at_least, is_signed
from partnerkit.rules.commands import line
from partnerkit.rules.compared import new_entries
from partnerkit.rules.places import at
from partnerkit.steps import Step, statements


def decided_surely(
    step: Step, old: RecordFile | None, new: RecordFile, level: Callable[[str], Level | None]
) -> Iterator[Finding]:
    """Every decision on which an entry of the step rests is as sure as its requirement asks.

    Where the decision itself must be signed the gate has judged it already.

    Args:
        step: the step.
        old: the record before it.
        new: the record after it.
        level: how surely a statement was made when it landed; None where it has not.
    """
    source = step.rules.policies.get(new.model.policy)
    if source is None:
        return
    known = {found.said.id: found for found in statements(new) if found.group == "approvals"}
    for index, entry in enumerate(new.model.history[new_entries(old) :], new_entries(old)):
        for said in (known[use] for use in entry.uses if use in known):
            requirement = source.policy.requirements.get(said.said.requirement)
            wanted = requirement.approval.assurance if requirement and requirement.approval else None
            if requirement is None or wanted in {None, "signed-statement"} or is_signed(said, step.rules):
                continue
            is_now = level(said.said.id)
            if is_now is None or at_least(is_now, wanted):
                continue
            message = (
                f"entry {entry.seq} ({entry.to}) rests on {said.said.id} of {said.said.by} for "
                f"{said.said.requirement}, which counts only as {wanted} ({LEVELS[wanted]}); it landed as "
                f"{is_now} ({LEVELS[is_now]})"
            )
            clause = ", ".join(source.policy.full(one) for one in requirement.clauses)
            mend = line("approve", new.id, said.said.requirement, "--sign")
            found = at(new, ("history", index), "assurance-too-low", message, clause=clause, mend=mend)
            yield replace(found, entry=only_id(new.data["history"], index))
