"""Rules for statements that were withdrawn: when that can have been, and what an entry rests on stays all the same."""

from __future__ import annotations

from collections.abc import Iterator

from partnerkit.findings import Finding
from partnerkit.register import RecordFile
from partnerkit.rules.case import to_come
from partnerkit.rules.commands import as_committed
from partnerkit.rules.look import Look, clause_of, restore
from partnerkit.rules.places import at
from partnerkit.steps import statements


def withdrawals_are_possible(look: Look) -> Iterator[Finding]:
    """A statement is withdrawn after it was made, and not on a day that is still to come."""
    for found in statements(look.record):
        withdrawn = found.said.withdrawn
        if withdrawn is None:
            continue
        # A withdrawal does not say whether its day was set by hand, so it may lie as far ahead as one that was.
        if to_come(withdrawn.at, "set", look.latest):
            why = "which is still to come"
        elif withdrawn.at < found.said.at:
            why = f"before it was made ({found.said.at:%Y-%m-%d %H:%M})"
        else:
            continue
        message = f"{found.said.id} says it was withdrawn at {withdrawn.at:%Y-%m-%d %H:%M}, {why}"
        keys = (found.group, found.index, "withdrawn", "at")
        clause = clause_of(look, found.said.requirement)
        yield at(look.record, keys, "withdrawal-misdated", message, clause=clause, mend=restore(look))


def withdrawn_after_what_stood(old: RecordFile, new: RecordFile) -> Iterator[Finding]:
    """A withdrawal that a step adds is not dated before an entry that stood before the step and may rest on it."""
    known = {found.said.id for found in statements(old) if found.said.withdrawn is not None}
    last = old.model.history[-1]
    for found in statements(new):
        withdrawn = found.said.withdrawn
        if withdrawn is None or found.said.id in known or withdrawn.at >= last.at:
            continue
        message = (
            f"{found.said.id} says it was withdrawn at {withdrawn.at:%Y-%m-%d %H:%M}, before entry {last.seq} "
            f"({last.at:%Y-%m-%d %H:%M}), which stood before it was withdrawn"
        )
        keys = (found.group, found.index, "withdrawn", "at")
        mend = f"{as_committed(new.path)}, and withdraw it anew"
        yield at(new, keys, "withdrawal-misdated", message, mend=mend)
