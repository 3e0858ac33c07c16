"""Take back an entry, or what the latest commit did to records: by a compensating change, never by rewriting."""

from __future__ import annotations

import copy
from typing import Any

from partnerkit.errors import WrongCallError
from partnerkit.jobs.desk import Desk
from partnerkit.jobs.finding_records import record, source
from partnerkit.jobs.landing import Landed, Planned, land
from partnerkit.jobs.statements import entry, trailers, with_entry
from partnerkit.jobs.taken_back import Taken, again_entry, latest, of_entry
from partnerkit.kinds.entries import TOMBSTONE_STAGE
from partnerkit.kinds.record import FIXED
from partnerkit.kinds.statements import STATEMENT_LISTS
from partnerkit.register import RecordFile, Register
from partnerkit.rules.commands import line
from partnerkit.steps import same
from partnerkit.store.draft import Draft
from partnerkit.store.git.history import parent
from partnerkit.store.git.trees import CommitTree
from partnerkit.store.load import load
from partnerkit.store.records import Records

#: How much of an entry's id must be given.
_SHORTEST = 6


def undo(desk: Desk, entry_id: str | None, reason: str | None) -> Landed:
    """Take back an entry, or without one everything that the latest commit did to records.

    Fields get their former values back, statements made are withdrawn, a stage change is undone by a new entry that
    names it, and a new record becomes a tombstone that keeps its id.

    Raises:
        WrongCallError: nothing to undo, an undo, or an entry that is not the latest of its record.
    """

    def plan(draft: Draft) -> Planned:
        actor = desk.actor(draft.base)
        why = reason or "taken back"
        if entry_id is not None:
            found = _of_entry(draft.base, entry_id)
            taken = of_entry(found, found.data["history"][-1], actor)
            made = [_undone_entry(desk, draft, found, found.data, actor, why)]
        else:
            made, taken = _undone_commit(desk, draft, actor, why)
        subject = f"{made[0].kind}/{', '.join(one.id for one in made[:5])}: undo “{taken.did}”"
        entries: list[tuple[RecordFile, dict[str, Any] | None]] = [(one, one.data["history"][-1]) for one in made]
        note = taken.note(dry_run=desk.dry_run)
        return Planned(subject, made, [taken.note(), why], trailers("undo", entries), [note])

    return land(desk, plan)


def _of_entry(register: Register, entry_id: str) -> RecordFile:
    if len(entry_id) < _SHORTEST:
        raise WrongCallError(f"{entry_id!r} is too short to name an entry", line("log", "<id>") + " shows entry ids")
    entries = ((found, one) for found in register.of_kind(None) for one in found.model.history)
    every = [(found, one) for found, one in entries if one.id.startswith(entry_id)]
    if not every:
        raise WrongCallError(f"no record has an entry {entry_id!r}", line("log", "<id>"))
    if len(every) > 1:
        raise WrongCallError(f"{entry_id} is the beginning of {len(every)} entries", "give more of its digits")
    found, one = every[0]
    latest = found.model.history[-1]
    if latest.id != one.id:
        message = f"{entry_id} is not the latest entry of {found.id}: only the latest is undone"
        raise WrongCallError(message, line("undo", latest.id))
    return found


def _undone_commit(desk: Desk, draft: Draft, actor: str, why: str) -> tuple[list[RecordFile], Taken]:
    commit = latest(desk.git)
    above = parent(desk.git, commit.oid)
    if above is None:
        raise WrongCallError("there is nothing before the first commit")
    before = load(CommitTree(desk.git, above)).demand()
    changed = _changed(before, draft.base)
    commit.demand_records(changed)
    commit.demand_no_undo(before, draft.base, changed)
    commit.demand_nothing_expunged(before, draft.base, changed)
    undone = [_undone_record(desk, draft, before, record(draft.base, one), actor, why) for one in changed]
    made = [one for one in undone if one is not None]
    if not made:
        message = f"the latest commit ({commit.name}) withdrew statements, and what is withdrawn stays withdrawn"
        raise WrongCallError(message, f"{line('gates', changed[0])} says what to add again")
    return made, commit.taken(draft.base, actor)


def _changed(before: Register, after: Register) -> list[str]:
    if not isinstance(after.records, Records):
        return []
    return [
        record_id
        for record_id in sorted(after.records.paths)
        if record_id in after.records
        and (record_id not in before.records or before.records[record_id].data != after.records[record_id].data)
    ]


def _undone_record(
    desk: Desk, draft: Draft, before: Register, now: RecordFile, actor: str, why: str
) -> RecordFile | None:
    old = before.records.get(now.id)
    data = _restored(desk, old.data if old else {}, now.data, actor, why) if old else copy.deepcopy(now.data)
    grew = len(now.data["history"]) - (len(old.data["history"]) if old else 0)
    if grew > 1:
        raise WrongCallError(
            f"the latest commit added {grew} entries to {now.id}: undo them one by one",
            line("undo", now.model.history[-1].id),
        )
    if grew == 0:
        return None if same(data, now.data) else draft.put(data, now.path)
    return _undone_entry(desk, draft, now, data, actor, why)


def _restored(desk: Desk, old: dict[str, Any], now: dict[str, Any], actor: str, why: str) -> dict[str, Any]:
    """Former fields, present statements (new ones withdrawn), present history."""
    data = {key: copy.deepcopy(value) for key, value in old.items() if key not in FIXED}
    data |= {key: copy.deepcopy(now[key]) for key in now if key in FIXED}
    for group in STATEMENT_LISTS:
        known = {said["id"] for said in old.get(group) or []}
        for said in data.get(group) or []:
            if said["id"] not in known and "withdrawn" not in said:
                said["withdrawn"] = {"at": desk.at, "by": actor, "reason": why}
    return {key: data[key] for key in now if key in data} | data


def _undone_entry(
    desk: Desk, draft: Draft, found: RecordFile, data: dict[str, Any], actor: str, why: str
) -> RecordFile:
    latest = found.data["history"][-1]
    if latest["type"] == "undo":
        raise WrongCallError(
            f"the latest entry of {found.id} is an undo: make the move again instead", again_entry(found)
        )
    new = entry(
        desk,
        draft.after,
        data,
        source=source(draft.base, found),
        kind=found.kind,
        type_="undo",
        to=latest.get("from", TOMBSTONE_STAGE),
        by=actor,
        fields={"reason": why, "undoes": latest["id"]},
    )
    return draft.put(with_entry(data, new), found.path)
