"""Statements and entries in a sentence: what, who, when, and where that can be seen."""

from __future__ import annotations

from datetime import date

from partnerkit.kinds.canonical import POINTER
from partnerkit.kinds.entries import Entry
from partnerkit.kinds.statements import (
    Acknowledgement,
    Approval,
    Evidence,
    Scores,
    Signature,
    Waiver,
)
from partnerkit.policies.things import shown
from partnerkit.register import Register
from partnerkit.steps import Live

#: How much of a digest is told.
_DIGITS = 19

#: How long a path or a link is told whole.
_WHOLE = 400

#: What sorts of entries do, where they lead nowhere else or do more than move.
_DID = {
    "create": "made in {to}",
    "adopt": "taken in as it stands in {to}, without being judged",
    "undo": "undone: {way}",
    "void": "voided: {way}",
    "correct": "corrected in {to}",
    "migrate": "migrated to another policy's stages, not judged: {way}",
    "tombstone": "taken back: only its id is left",
}


def said_in_words(found: Live, register: Register) -> str:
    """What a statement says, by whom and on which day; typed by whom, and seen where."""
    said = found.said
    parts = [_what(found, register), f"by {said.by} on {said.on or register.day(said.at)}"]
    if said.recorded_by is not None and said.recorded_by != said.by:
        parts.append(f"recorded by {said.recorded_by}, seen in {shown(said.seen)}")
    elif said.seen is not None:
        parts.append(f"seen in {shown(said.seen)}")
    return ", ".join(part for part in parts if part)


def _what(found: Live, register: Register) -> str:
    said = found.said
    if isinstance(said, Evidence):
        return _evidence(said, opened(said, register))
    if isinstance(said, Approval):
        why = f" ({shown(said.reason)})" if said.reason else ""
        return f"{_DECIDED[said.decision]} as {said.role}{why}"
    if isinstance(said, Waiver):
        return f"waived as {said.role} until {said.until}: {shown(said.reason)}"
    if isinstance(said, Signature):
        how = f" ({said.method})" if said.method else ""
        return f"{said.party} signed {said.document[:_DIGITS]}…{how}"
    if isinstance(said, Acknowledgement):
        return f"{said.party} answers {said.answer}" if said.answer else f"{said.party} acknowledges it"
    if isinstance(said, Scores):
        return _scores(said)
    return found.group.removesuffix("s")


_DECIDED = {"approve": "approved", "request-changes": "asked for changes", "reject": "rejected"}


def _scores(said: Scores) -> str:
    points = [mark.score for mark in said.marks.values() if mark.score is not None]
    apart = len(said.marks) - len(points)
    lowest = f", {min(points)} to {max(points)} points" if points else ""
    return f"{len(points)} criteria scored{lowest}{f', {apart} not applicable' if apart else ''}"


def _evidence(said: Evidence, where: str) -> str:
    outcome = f", {said.outcome}" if said.outcome else ""
    ref = f" {whole(said.ref)}" if said.ref else ""
    summary = f": {shown(said.summary)}" if said.summary else ""
    until = f", valid until {said.valid_until}" if said.valid_until else ""
    return f"{said.kind}{ref}{outcome}{summary}{until} ({where})"


def whole(ref: str) -> str:
    """Where something lies, to be opened: as long as any that somebody typed; of a longer one the beginning."""
    return ref if len(ref) <= _WHOLE else f"{ref[: _WHOLE - 1]}…"


def opened(said: Evidence, register: Register) -> str:
    """Where a piece of evidence lies, and whether git could open it."""
    if said.ref is None and said.digest is None:
        return "in words only"
    if said.digest is None:
        return "lies elsewhere, not opened"
    if said.claimed or said.ref is None:
        return f"lies elsewhere, {said.digest[:_DIGITS]}… is claimed"
    now = register.digests(said.ref)
    if now is None or now == POINTER:
        return "its file is not here"
    return "held here, its bytes are those recorded" if now == said.digest else "held here"


def withdrawn_in_words(found: Live, register: Register) -> str:
    """That a statement was withdrawn: what, by whom, when and why; and what it said."""
    said, gone = found.said, found.said.withdrawn
    if gone is None:
        return ""
    how = f"withdrawn by {gone.by} on {register.day(gone.at)}: {shown(gone.reason)}"
    return f"{said.id} for {said.requirement}: {how}; it was: {said_in_words(found, register)}"


def entry_in_words(entry: Entry, day: date) -> str:
    """What an entry does, by whom and when."""
    way = f"{entry.from_} → {entry.to}" if entry.from_ else entry.to
    did = _DID.get(entry.type, "{way}").format(to=entry.to, way=way)
    return f"{did}, by {entry.by} on {day}"


def notes_of(entry: Entry, undone: Entry | None, register: Register) -> tuple[str, ...]:
    """What else is to be known of an entry: since when, what it takes back, where it can be seen, why."""
    notes = []
    if entry.since is not None:
        seen = f", seen in {shown(entry.seen)}" if entry.seen else ""
        notes.append(f"it has stood there since {entry.since}{seen}")
    if entry.undoes is not None and entry.type != "correct":
        day = register.day(undone.at) if undone is not None else None
        notes.append(f"it takes back {entry.undoes}{f', made by {undone.by} on {day}' if undone else ''}")
    if entry.reason:
        notes.append(f"because: {shown(entry.reason)}")
    return tuple(notes)
