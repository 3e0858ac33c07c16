"""Rules for a merge: what another branch made of a record and the merge left out."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from partnerkit.findings import Finding
from partnerkit.register import RecordFile, Register
from partnerkit.rules.commands import line
from partnerkit.rules.places import at


def nothing_is_dropped(after: Register, aside: Iterable[dict[str, Any]]) -> Iterator[Finding]:
    """Entries that a branch made and its merge did not take: none of them landed, and somebody thinks they did.

    Args:
        after: the register that the merge made.
        aside: the records as the merged branches had them, as parsed.
    """
    for data in aside:
        record = after.records.get(str(data.get("id")))
        if record is None:
            continue
        for entry in left_out(record, data):
            message = (
                f"the branch that was merged had moved {record.id} to {entry.get('to')} "
                f"(by {entry.get('by')}), and the merge left that out: the move has not landed"
            )
            mend = line("gates", record.id)
            yield at(record, ("history",), "merge-dropped", message, mend=mend, severity="warning")


def left_out(record: RecordFile, data: Mapping[str, Any]) -> list[dict[str, Any]]:
    """The entries that a record does not have and another version of it, as parsed, has."""
    history = data.get("history")
    landed = {entry.id for entry in record.model.history}
    every = history if isinstance(history, list) else []
    return [entry for entry in every if isinstance(entry, dict) and entry.get("id") not in landed]
