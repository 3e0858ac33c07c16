"""Take back an entry, or what the latest commit did to records: by a compensating change, never by rewriting."""

from __future__ import annotations

import copy
from collections.abc import Iterable
from datetime import datetime
from typing import Any

from partnerkit.errors import WrongCallError
from partnerkit.jobs.desk import Desk
from partnerkit.jobs.landing import Landed, Planned, land
from partnerkit.jobs.named_record import record, source
from partnerkit.jobs.proposed import text_taken_back
from partnerkit.jobs.statements import entry, trailers, with_entry
from partnerkit.jobs.taken_back import Taken, again_entry, bringing, latest, of_entry
from partnerkit.jobs.unlawful import demand_lawful
from partnerkit.kinds.canonical import same
from partnerkit.kinds.entries import TAKES_BACK
from partnerkit.kinds.history import taken_back_next
from partnerkit.kinds.problems import an
from partnerkit.kinds.record import FIXED
from partnerkit.kinds.statements import STATEMENT_LISTS
from partnerkit.register import RecordFile, Register
from partnerkit.rules.case import to_come
from partnerkit.rules.commands import WHY, line
from partnerkit.rules.refused import Refused
from partnerkit.rules.taking_back import back_to, stage_gone
from partnerkit.store.draft import Draft
from partnerkit.store.git.differing import Difference, between
from partnerkit.store.git.history import parent
from partnerkit.store.git.trees import CommitTree
from partnerkit.store.load import load
from partnerkit.store.record_paths import record_id
from partnerkit.store.records import Records

#: How much of an entry's id must be given.
_SHORTEST = 6


def undo(desk: Desk, entry_id: str | None, reason: str | None) -> Landed:
    """Take back an entry, or without one everything that the latest commit did to records.

    Fields get their former values back, statements made are withdrawn, a stage change is undone by a new entry that
    names it, and a new record becomes a tombstone that keeps its id.

    Raises:
        WrongCallError: nothing to undo, an undo, an entry that is not the latest of its record, or one that landed
            against the rules.
        Refused: the policy no longer has the stage to which it leads, or what it would restore does not stand.
    """

    def plan(draft: Draft) -> Planned:
        actor = desk.actor(draft.base)
        why = reason or "taken back"
        if entry_id is not None:
            found, target = _of_entry(draft.base, entry_id, "undo")
            _demand_stage(desk, draft.base, found, target)
            demand_lawful(desk, draft.base, found, target)
            taken = of_entry(found, target, actor)
            made = [_taking_back(desk, draft, found, found.data, target, actor, why)]
        else:
            made, taken = _undone_commit(desk, draft, actor, why)
        return planned(made, f"undo “{taken.did}”", [taken.note(), why], taken.note(dry_run=desk.dry_run))

    return land(desk, plan)


def void(desk: Desk, entry_id: str | None, reason: str | None) -> Landed:
    """Say of an entry that it never should have counted: it is taken back, and judged no more.

    Raises:
        WrongCallError: no entry or no reason is given, it is not the latest of its record that counts, or the day that
            was set is before its own.
        Refused: whoever made it voids it, another record relies on it, or what it would restore does not stand.
    """
    if entry_id is None or not reason:
        message = "--void says of one entry that it never should have counted, and why"
        raise WrongCallError(message, "partnerkit undo <entry> --void --reason <reason>")

    def plan(draft: Draft) -> Planned:
        actor = desk.actor(draft.base)
        found, target = _of_entry(draft.base, entry_id, "void")
        _demand_not_before(desk, found, target)
        _demand_stage(desk, draft.base, found, target)
        taken = of_entry(found, target, actor)
        made = _taking_back(desk, draft, found, found.data, target, actor, reason, type_="void")
        note = f"{'would void' if desk.dry_run else 'voided'} {taken.what}"
        return planned([made], f"void “{taken.did}”", [note, reason], note)

    return land(desk, plan)


def planned(made: list[RecordFile], did: str, body: list[str], note: str, command: str = "undo") -> Planned:
    """What is landed, of the records made."""
    subject = f"{made[0].kind}/{', '.join(one.id for one in made[:5])}: {did}"
    entries: list[tuple[RecordFile, dict[str, Any] | None]] = [(one, one.data["history"][-1]) for one in made]
    return Planned(subject, made, body, trailers(command, entries), [note])


def _of_entry(register: Register, entry_id: str, does: str) -> tuple[RecordFile, dict[str, Any]]:
    """The record and the entry that an id means; it is the latest that counts."""
    if len(entry_id) < _SHORTEST:
        raise WrongCallError(f"{entry_id!r} is too short to name an entry", line("log", "<id>") + " shows entry ids")
    may = register.records.saying(entry_id) if isinstance(register.records, Records) else register.of_kind(None)
    entries = ((found, one) for found in may for one in found.data["history"])
    every = [(found, one) for found, one in entries if one["id"].startswith(entry_id)]
    if not every:
        raise WrongCallError(f"no record has an entry {entry_id!r}", line("log", "<id>"))
    if len(every) > 1:
        raise WrongCallError(f"{entry_id} is the beginning of {len(every)} entries", "give more of its digits")
    found, one = every[0]
    _demand_moved(found, one)
    left = taken_back_next(found.data["history"])
    if all(other["id"] != one["id"] for other in left):
        done = "voided" if does == "void" else "undone"
        message = f"{entry_id} is not the latest entry of {found.id} that counts: only the latest is {done}"
        more = ["--void", *WHY] if does == "void" else []
        raise WrongCallError(message, line("undo", left[0]["id"], *more) if left else line("log", found.id))
    return found, one


def _demand_moved(found: RecordFile, one: dict[str, Any]) -> None:
    """Whether an entry can be taken back at all.

    Raises:
        WrongCallError: it takes another back itself, or corrects what was altered.
    """
    if one["type"] in TAKES_BACK:
        message = f"entry {one['id']} of {found.id} is {an(one['type'])} itself: make the move again instead"
        raise WrongCallError(message, again_entry(found, one))
    if one["type"] == "correct":
        message = f"entry {one['id']} of {found.id} is a correction: it only put back what a gate vouches for"
        raise WrongCallError(message, line("log", found.id))


def _demand_stage(desk: Desk, register: Register, found: RecordFile, target: dict[str, Any]) -> None:
    """Whether its policy still has the stage to which an entry that is taken back leads.

    Raises:
        WrongCallError: it has it no more, since a migration took the record out of it; says how that comes back.
    """
    lifecycle = source(register, found).policy.lifecycles.get(found.kind)
    if target["type"] != "migrate" or lifecycle is None or target["from"] in lifecycle.stages:
        return
    commit = bringing(desk.git, found)
    if commit is not None and commit.above:
        above, here = (CommitTree(desk.git, oid) for oid in (commit.above, commit.oid))
        before, after = load(above).demand(), load(here).demand()
        commit.demand_no_migration(before, after, _changed(between(above, here), before, after))


def _demand_not_before(desk: Desk, found: RecordFile, target: dict[str, Any]) -> None:
    """Whether a void would be dated after what it voids, unless that is dated ahead of the clock, whatever day is set.

    Raises:
        WrongCallError: the day that was set is too early.
    """
    moment = datetime.fromisoformat(str(target["at"]))
    if desk.now < moment and not to_come(moment, target.get("clock"), desk.latest):
        message = (
            f"entry {target['id']} of {found.id} is dated {moment:%Y-%m-%d %H:%M}, and no void is dated before what it "
            f"voids: {desk.now:%Y-%m-%d %H:%M} is too early"
        )
        mend = line("undo", str(target["id"]), "--void", *WHY)
        raise WrongCallError(message, f"{mend}, without --today, or with a later day")


def _undone_commit(desk: Desk, draft: Draft, actor: str, why: str) -> tuple[list[RecordFile], Taken]:
    commit = latest(desk.git)
    above = parent(desk.git, commit.oid)
    if above is None:
        raise WrongCallError("there is nothing before the first commit")
    former = CommitTree(desk.git, above)
    before = load(former).demand()
    changed = _changed(between(former, CommitTree(desk.git, commit.oid)), before, draft.base)
    commit.demand_records(changed, before, draft.base)
    commit.demand_no_migration(before, draft.base, changed)
    commit.demand_no_undo(before, draft.base, changed)
    commit.demand_nothing_expunged(before, draft.base, changed)
    undone = [_undone_record(desk, draft, before, record(draft.base, one), actor, why) for one in changed]
    made = [one for one in undone if one is not None]
    if not made:
        message = f"the latest commit ({commit.name}) withdrew statements, and what is withdrawn stays withdrawn"
        raise WrongCallError(message, f"{line('gates', changed[0])} says what to add again")
    for one in made:
        text_taken_back(draft, former, draft.base.records[one.id])
    return made, commit.taken(draft.base, actor)


def _changed(differences: Iterable[Difference], before: Register, after: Register) -> list[str]:
    """The ids of the records that are there after, and say something else than before, of the files that differ."""
    ids = {found for one in differences if (found := record_id(one.path)) is not None}
    return [
        one
        for one in sorted(ids)
        if one in after.records and (one not in before.records or before.records[one].data != after.records[one].data)
    ]


def _undone_record(
    desk: Desk, draft: Draft, before: Register, now: RecordFile, actor: str, why: str
) -> RecordFile | None:
    old = before.records.get(now.id)
    data = _restored(desk, old.data if old else {}, now.data, actor, why) if old else copy.deepcopy(now.data)
    grew = len(now.data["history"]) - (len(old.data["history"]) if old else 0)
    if grew == 0:
        return None if same(data, now.data) else draft.put(data, now.path)
    for target in reversed(now.data["history"][-grew:]):  # one may have gone through several stages: the latest first
        _demand_moved(now, target)
        demand_lawful(desk, draft.base, now, target)
        made = _taking_back(desk, draft, now, data, target, actor, why)
        data = made.data
    return made


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


def _taking_back(
    desk: Desk,
    draft: Draft,
    found: RecordFile,
    data: dict[str, Any],
    target: dict[str, Any],
    actor: str,
    why: str,
    type_: str = "undo",
) -> RecordFile:
    policy = source(draft.base, found)
    stage = back_to(policy.policy, found.kind, target)
    if gone := list(stage_gone(found, policy, stage)):
        raise Refused(f"{found.kind}/{found.id}: nothing changed", gone)
    new = entry(
        desk,
        draft.after,
        data,
        source=policy,
        kind=found.kind,
        type_=type_,
        to=stage,
        by=actor,
        fields={"reason": why, "undoes": target["id"]},
    )
    return draft.put(with_entry(data, new), found.path)
