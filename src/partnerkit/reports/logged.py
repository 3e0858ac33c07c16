"""How a record got where it is, for a person and for other programs."""

from __future__ import annotations

from collections.abc import Container, Iterable
from typing import Any

from partnerkit.kinds.expunging import EXPUNGED
from partnerkit.kinds.history import followed
from partnerkit.kinds.statements import Approval, Evidence, Signature
from partnerkit.register import RecordFile, Register
from partnerkit.reports.expunged import expunged
from partnerkit.reports.page import Page, Span
from partnerkit.steps import Live


def heading(record: RecordFile) -> Page:
    """The line that names a record."""
    return Page().add(Span(record.id, "bold"), f" · {record.kind} · {record.name} · ", Span(record.model.policy, "dim"))


def log_page(record: RecordFile, register: Register, said: list[Live]) -> Page:
    """Entries and statements in the order of time."""
    page = heading(record)
    gone = followed(record.data["history"]).voided
    events = [(entry.at, 1, _entry_spans(record, index, gone)) for index, entry in enumerate(record.model.history)]
    events += [
        (
            one.said.at,
            0,
            [Span(f"    {one.said.id}  {what_it_is(one)} for {one.said.requirement}, {one.said.by}", "dim")],
        )
        for one in said
    ]
    events += [
        (
            one.said.withdrawn.at,
            0,
            [Span(f"    {one.said.id}  withdrawn by {one.said.withdrawn.by}: {one.said.withdrawn.reason}", "dim")],
        )
        for one in said
        if one.said.withdrawn
    ]
    events += [(one.at, 0, [Span(expunged(one), "yellow")]) for one in record.model.expunged]
    for at, _rank, spans in sorted(events, key=lambda event: (event[0], event[1])):
        page.add(Span(register.day(at).isoformat() + "  ", "cyan"), *spans)
    return page


_DID = {
    "create": "created in ",
    "adopt": "adopted in ",
    "undo": "undone: ",
    "void": "voided: ",
    "correct": "corrected in ",
}


def _entry_spans(record: RecordFile, index: int, gone: Container[int]) -> list[Span]:
    entry = record.model.history[index]
    way = f"{entry.from_} → {entry.to}" if entry.from_ else entry.to
    way = entry.to if entry.type == "correct" else way
    spans = [Span(f"{entry.seq}. {_DID.get(entry.type, '')}{way}", "bold"), Span(f"  by {entry.by}  {entry.id}")]
    if index in gone:
        spans.append(Span("  voided", "yellow"))
    if entry.clock:
        spans.append(Span("  clock set by hand", "yellow"))
    if entry.type == "adopt":
        spans.append(Span(f"  stands there since {entry.since}, never judged", "yellow"))
    if entry.type == "migrate":
        spans.append(Span("  migrated, not judged", "yellow"))
    if entry.reason:
        spans.append(Span(f"  “{entry.reason}”"))
    return spans


def log_json(record: RecordFile, said: Iterable[Live]) -> dict[str, Any]:
    """A record's history for other programs."""
    return {
        "schema": "partnerkit.log/1",
        "id": record.id,
        "stage": record.stage,
        "entries": record.data["history"],
        "statements": [{"list": one.group, **one.raw} for one in said],
        "expunged": record.data.get(EXPUNGED) or [],
    }


def what_it_is(one: Live) -> str:
    """What a statement is, in words: which decision, which sort of evidence, whose signature."""
    said = one.said
    if isinstance(said, Approval):
        return f"{said.decision} as {said.role}"
    if isinstance(said, Evidence):
        outcome = f" ({said.outcome})" if said.outcome else ""
        return f"{said.kind}{outcome}"
    if isinstance(said, Signature):
        return f"signature of {said.party}"
    return one.group.removesuffix("s")
