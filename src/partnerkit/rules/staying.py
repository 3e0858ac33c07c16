"""Rules for a step: what stays as it was, whatever the entries: what a record is, its history, statements, fields."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from partnerkit.dataclass import replace
from partnerkit.findings import Finding
from partnerkit.kinds.canonical import canonical, same
from partnerkit.kinds.catalogue import KINDS
from partnerkit.kinds.entries import TOMBSTONE_STAGE
from partnerkit.kinds.expunging import EXPUNGED
from partnerkit.kinds.problems import an
from partnerkit.kinds.statements import ADDED_LATER, STATEMENT_LISTS, Approval, core
from partnerkit.policies.policy import Policy
from partnerkit.register import RecordFile
from partnerkit.rules.commands import as_committed, line, quoted
from partnerkit.rules.compared import altered, pairs
from partnerkit.rules.places import at
from partnerkit.rules.proven import STAGE, proof
from partnerkit.rules.restored import field_was, file_was, history_was, statement_was, tombstone_was
from partnerkit.rules.withdrawals import withdrawn_after_what_stood
from partnerkit.steps import IDENTITY, Passed, Step, binding_gates, value_at


def records_stay(step: Step, only: set[str] | None) -> Iterator[Finding]:
    """Record files are never deleted or renamed."""
    for old, new in pairs(step, only):
        if old is not None and new is None and old.id not in step.after.broken:
            message = f"the {old.kind} {old.id} was deleted: a record is taken back by a tombstone, which keeps its id"
            found = at(old, (), "record-deleted", message, mend=as_committed(old.path))
            yield replace(found, was=file_was(old.path))
        if old is not None and new is not None and old.path != new.path:
            message = f"the {old.kind} {old.id} was moved from {old.path}: record files stay where they are"
            found = at(new, (), "record-moved", message, mend=f"git mv {quoted(new.path)} {quoted(old.path)}")
            yield replace(found, was=file_was(old.path), became=file_was(new.path))


def identity_stays(step: Step, only: set[str] | None) -> Iterator[Finding]:
    """Kind, id and policy never change by hand."""
    for old, new in pairs(step, only):
        if old is None or new is None:
            continue
        for key in IDENTITY:
            if old.data.get(key) != new.data.get(key):
                message = f"{key} was changed from {old.data.get(key)} to {new.data.get(key)}: it never changes by hand"
                found = at(new, (key,), "identity-changed", message, mend=as_committed(new.path))
                was, now = (field_was(key, side.data.get(key)) for side in (old, new))
                yield replace(found, sealed=old.model.history[0].id, was=was, became=now)


def belonging_stays(old: RecordFile, new: RecordFile) -> Iterator[Finding]:
    """A record belongs to the one for which it was made, and goes on from the one that it continues, for ever."""
    kind = KINDS[new.kind]
    for key in (*([kind.subject] if kind.subject else []), *kind.continues):
        was, now = old.data.get(key), new.data.get(key)
        if was == now:
            continue
        where = (
            "stays where it belongs" if key == kind.subject else "goes on from what it was made from, or from nothing"
        )
        message = f"{key} was changed from {was or 'nothing'} to {now or 'nothing'}: {an(new.kind)} {where}"
        found = at(new, (key,), "identity-changed", message, mend=as_committed(new.path))
        yield replace(found, was=field_was(key, was), became=field_was(key, now))


def tombstones_stay(step: Step, only: set[str] | None) -> Iterator[Finding]:
    """A record that was taken back is a tombstone: it keeps its id and changes no more."""
    for old, new in pairs(step, only):
        if old is not None and new is not None and old.stage == TOMBSTONE_STAGE and not _only_expunged(old, new):
            message = f"{new.id} was taken back: what is left of it keeps the id and changes no more"
            mend = f"{as_committed(new.path)}; {line('new', new.kind, '<title>')} makes another"
            found = at(new, ("stage",), "tombstone-changed", message, mend=mend)
            yield replace(found, was=tombstone_was(old), became=tombstone_was(new))


def _only_expunged(old: RecordFile, new: RecordFile) -> bool:
    """Whether nothing but what was expunged from a record makes it another."""
    left = ({key: value for key, value in one.data.items() if key != EXPUNGED} for one in (old, new))
    return old.path == new.path and same(*left)


def history_grows(step: Step, only: set[str] | None) -> Iterator[Finding]:
    """The new history extends the old one, entry by entry."""
    for old, new in pairs(step, only):
        if old is None or new is None:
            continue
        before, after = old.data["history"], new.data["history"]
        for index, entry in enumerate(before):
            if index < len(after) and same(entry, after[index]):
                continue
            keys, mend = ("history", min(index, len(after) - 1)), as_committed(new.path)
            found = at(new, keys, *_rewritten(before, index, after), mend=mend)
            yield replace(found, was=history_was(before), became=history_was(after))
            break


def _rewritten(before: list[dict[str, Any]], index: int, after: list[dict[str, Any]]) -> tuple[str, str]:
    entry, number = before[index], index + 1
    if all(other.get("id") != entry.get("id") for other in after):
        return (
            "entry-removed",
            f"entry {number} ({entry.get('type')} to {entry.get('to')}) was removed: history only grows",
        )
    if index < len(after) and after[index].get("id") == entry.get("id"):
        return (
            "entry-edited",
            f"entry {number} was edited: history is corrected by a new entry, never in place",
        )
    known = {canonical(one): place for place, one in enumerate(before, 1)}
    moved = known.get(canonical(after[index])) if index < len(after) else None
    return (
        "entry-reordered",
        f"entry {number} is not in its place{f' (entry {moved} stands there)' if moved else ''}: history only grows",
    )


def stage_follows_history(step: Step, only: set[str] | None) -> Iterator[Finding]:
    """The stage is always where the last entry leads."""
    for _old, new in pairs(step, only):
        if new is not None:
            yield from stage_by_hand(new)


def stage_by_hand(record: RecordFile) -> Iterator[Finding]:
    """A stage that the history does not lead to."""
    last = record.data["history"][-1]
    if record.data["stage"] != last.get("to"):
        stage = str(last.get("to"))
        message = (
            f"the stage says {record.data['stage']}, but the history leads to {stage}: "
            "a stage is changed by advance, not by hand"
        )
        mend = f"write `stage: {stage}` back; {line('gates', record.id)} shows what the next stage needs"
        yield replace(at(record, ("stage",), "stage-edited", message, mend=mend), sealed=STAGE)


def statements_stay(step: Step, only: set[str] | None) -> Iterator[Finding]:
    """Statements are never removed or edited; they may be withdrawn, once."""
    for old, new in pairs(step, only):
        if old is None or new is None:
            continue
        groups = [one for one in STATEMENT_LISTS if old.data.get(one) and not same(old.data[one], new.data.get(one))]
        sealed = _sealing(old, step.rules.policy_of(old)) if groups else {}
        for group in groups:
            after = {said.get("id"): (index, said) for index, said in enumerate(new.data.get(group) or [])}
            for said in old.data.get(group) or []:
                yield from _kept(new, group, said, after.get(said.get("id")), sealed.get(str(said.get("id"))))


def _sealing(record: RecordFile, policy: Policy | None) -> dict[str, str]:
    """The statements on which passed gates rest, each with the entry that says what it was."""
    found: dict[str, str] = {}
    approvals = {said.id: said for said in record.model.approvals if isinstance(said, Approval)}
    for gate in binding_gates(record, policy) if policy is not None else []:
        entry = record.model.history[gate.index]
        bound = (one for use in entry.uses if use in approvals for one in approvals[use].binds.evidence)
        found |= {one: entry.id for one in (*entry.uses, *bound) if one not in found}
    return found


def _kept(
    new: RecordFile, group: str, said: dict[str, Any], found: tuple[int, dict[str, Any]] | None, seal: str | None
) -> Iterator[Finding]:
    """A statement that had landed is there, as it was; `seal` is the entry that proves what it was, but for its end."""
    mend = as_committed(new.path)
    if found is None:
        what = f"{said.get('id')} ({said.get('requirement')})"
        message = f"the statement {what} was removed: statements are withdrawn, never removed"
        proof = None if ADDED_LATER & said.keys() else seal
        gone = at(new, (group,), "statement-removed", message, mend=mend)
        yield replace(gone, sealed=proof, was=statement_was(said, said), part=f"{group}.{said.get('id')}")
        return
    index, now = found
    added = {key: said[key] for key in ADDED_LATER & said.keys()}
    later = any(not same(one, now.get(key)) for key, one in added.items())
    if later or not same(core(said), core(now)):
        message = (
            f"the statement {said.get('id')} ({said.get('requirement')}) was edited: withdraw it and make a new one"
        )
        edited = at(new, (group, index), "statement-edited", message, mend=mend)
        was, became = (statement_was(side, side) for side in (said, now))
        yield replace(edited, sealed=None if later else seal, was=was, became=became)


def withdrawals_go_forward(step: Step, only: set[str] | None) -> Iterator[Finding]:
    """What a step withdraws counted until the step: no entry that stood before it loses what it rests on."""
    for old, new in pairs(step, only):
        if old is not None and new is not None:
            yield from withdrawn_after_what_stood(old, new)


def locked_fields_stay(step: Step, only: set[str] | None) -> Iterator[Finding]:
    """Fields that a passed gate vouches for change only after an entry has gone back behind it."""
    for old, new in pairs(step, only):
        if old is None or new is None:
            continue
        policy = step.rules.policy_of(old)
        if policy is None:
            continue
        parts = altered(step, old, new)
        locks = {path: gate for path, gate in locking(old, new, policy).items() if path.partition(".")[0] in parts}
        for path, gate in sorted(locks.items()):
            if not same(value_at(old.data, path), value_at(new.data, path)):
                yield locked(old, new, policy, path, gate)


def locked(old: RecordFile, new: RecordFile, policy: Policy, path: str, gate: Passed) -> Finding:
    """A field that a passed gate vouches for was changed: which gate, by which clause, and where the ways back are."""
    entry = old.model.history[gate.index]
    message = (
        f"{path} is locked since {old.id} passed the gate to {entry.to} (entry {entry.seq}, {entry.at:%Y-%m-%d}), "
        "which vouches for it; it changes again only after going back behind that gate"
    )
    needs = [policy.requirements[name] for name in gate.needs]
    clauses = [policy.full(clause) for one in needs if path in one.covers for clause in one.clauses]
    clause = ", ".join(dict.fromkeys(clauses)) or None
    keys = tuple(path.split("."))
    found = at(new, keys, "locked-field-changed", message, clause=clause, mend=line("gates", old.id))
    return replace(found, sealed=proof(entry.id, path))


def locking(old: RecordFile, new: RecordFile, policy: Policy) -> dict[str, Passed]:
    """The fields that gates lock which were passed before the step and still bind after it."""
    still = {gate.index for gate in binding_gates(new, policy)}
    bind = [gate for gate in binding_gates(old, policy) if gate.index in still]
    return {path: gate for gate in reversed(bind) for path in gate.covers}
