"""Rule for the day that a statement names: nobody decides on a record, or signs it, before it is there to be seen."""

from __future__ import annotations

from collections.abc import Iterator

from partnerkit.dataclass import replace
from partnerkit.findings import Finding
from partnerkit.kinds.statements import Acknowledgement, Approval, Signature
from partnerkit.register import RecordFile
from partnerkit.rules.commands import line
from partnerkit.rules.places import at
from partnerkit.rules.question import began
from partnerkit.steps import Live, Step, reopened_at, statements


def said_of_what_was_there(step: Step, old: RecordFile | None, new: RecordFile) -> Iterator[Finding]:
    """What a step adds says no day before the record began, nor a decision one before the record last went back."""
    known = {found.said.id for found in statements(old)} if old else set()
    for found in statements(new):
        if found.said.id in known or found.said.on is None or found.said.withdrawn is not None:
            continue
        why = _too_early(step, new, found)
        if why is not None:
            message = f"{found.said.id} for {found.said.requirement} is dated {found.said.on}, {why}"
            mend = f"{line('gates', new.id)} shows how it is made anew, with --on <day> where that is not today"
            told = at(new, (found.group, found.index, "on"), "statement-too-early", message, mend=mend)
            yield replace(told, statement=found.said.id)


def _too_early(step: Step, new: RecordFile, found: Live) -> str | None:
    said = found.said
    if not isinstance(said, Approval | Acknowledgement | Signature) or said.on is None:
        return None
    first = began(new, step.rules)
    if said.on < first:
        return f"before there was {new.id} ({first})"
    policy = step.rules.policy_of(new)
    if policy is None or not isinstance(said, Approval):
        return None
    before = [new.data["history"][index] for index, entry in enumerate(new.model.history) if entry.at <= said.at]
    back = reopened_at(before, policy, new.kind)
    if back is None or said.on >= step.rules.day(back):
        return None
    return f"before {new.id} went back ({step.rules.day(back)}), and what was decided before that is decided anew"
