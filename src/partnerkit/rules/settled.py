"""What a later entry settles: an entry that was voided, and sealed content that was altered and is as it was."""

from __future__ import annotations

from collections.abc import Container, Iterable, Iterator
from datetime import datetime

from partnerkit.dataclass import dataclass, replace
from partnerkit.findings import Finding
from partnerkit.kinds.history import counting, only_id
from partnerkit.kinds.statements import ADDED_LATER
from partnerkit.register import RecordFile, Register
from partnerkit.rules.case import Case
from partnerkit.rules.compared import new_entries, pairs
from partnerkit.rules.restored import as_it_is, thing
from partnerkit.steps import Step, statements

_WORDS = {"void": "voided", "correct": "corrected", "withdraw": "withdrawn"}

#: Entries that settle something.
_SETTLES = frozenset({"void", "correct"})


@dataclass(frozen=True, slots=True)
class Settlement:
    """A lawful entry that settles findings of its record: they are told for ever, and break nothing any more.

    Attributes:
        record: the record.
        entry: the id of the entry.
        type: `void` settles what was found of an entry, `correct` what is proven to be as it was; `withdraw` what was
            found of a statement that opened no gate: then the id is that of the statement.
        by: who made it.
        at: when.
        reason: why.
        about: the ids of the entries voided, or what is proven, as findings name in `sealed` what would prove them.
    """

    record: str
    entry: str
    type: str
    by: str
    at: datetime
    reason: str
    about: frozenset[str]

    def settles(self, found: Finding, things: Container[str] = ()) -> bool:
        """Whether it settles a finding, if that came at the right time.

        Args:
            found: the finding.
            things: the things of the record that are seen to be again what they were.
        """
        if self.type == "correct" and found.record == self.record and found.was and thing(found.was) in things:
            return found.severity == "error"
        concerned = {"void": found.entry, "withdraw": found.statement}.get(self.type, found.sealed)
        if found.severity != "error" or found.record != self.record or concerned is None:
            return False
        return concerned in self.about or any(concerned.startswith(f"{one}.") for one in self.about)

    def told(self, found: Finding) -> Finding:
        """The finding as it is told from now on."""
        what = "statement" if self.type == "withdraw" else "entry"
        words = f"{_WORDS[self.type]} by {self.by} on {self.at:%Y-%m-%d}: {self.reason} ({what} {self.entry})"
        return replace(
            found, severity="warning", message=f"{found.message.removesuffix('.')}; {words}", settled=self.entry
        )


def settlements(step: Step, only: set[str] | None, found: Iterable[Finding]) -> list[Settlement]:
    """The entries of a step that settle something, and break no rule themselves.

    Args:
        step: the step.
        only: records that changed, where that is known.
        found: everything in which the step breaks the rules.
    """
    illegal = {(one.record, one.entry) for one in found if one.severity == "error"}
    return [one for one in _claimed(step, only) if (one.record, one.entry) not in illegal]


def _claimed(step: Step, only: set[str] | None) -> Iterator[Settlement]:
    for old, new in pairs(step, only):
        if new is None:
            continue
        for index in range(new_entries(old), len(new.model.history)):
            entry = new.model.history[index]
            source = step.rules.policies.get(new.model.policy)
            raw = new.data["history"]
            if entry.type not in _SETTLES or source is None or only_id(raw, index) is None:
                continue
            case = Case(entry, raw[index], index, new, raw[:index], step.before, step.after, source, step.landed_at)
            yield Settlement(new.id, entry.id, entry.type, entry.by, entry.at, entry.reason or "", _about(case))


def correction(record: RecordFile) -> Settlement:
    """The latest entry that corrects a record."""
    one = next(entry for entry in reversed(record.model.history) if entry.type == "correct")
    return Settlement(record.id, one.id, one.type, one.by, one.at, one.reason or "", frozenset())


def _about(case: Case) -> frozenset[str]:
    """What an entry settles: a correction what seals prove, and what is seen to be as it had landed."""
    if case.entry.type == "correct":
        from partnerkit.rules.correcting import proves  # noqa: PLC0415 - hardly a step corrects anything

        cut, now = _cut(case), as_it_is(case.record, case.index, case.entry.at)
        return proves(case) | frozenset(one for one in now if thing(one) not in cut)
    return frozenset({case.entry.undoes or ""})


def _cut(case: Case) -> frozenset[str]:
    """The statements of which a correction takes out what was said about them later: that puts nothing back."""
    old = case.before.records.get(case.record.id) if case.before is not None else None
    now = {found.said.id: found.raw for found in statements(case.record)}
    before = [found.raw for found in statements(old)] if old is not None else []
    later = ((said["id"], key, said[key]) for said in before for key in ADDED_LATER & said.keys())
    return frozenset(f"said/{id_}" for id_, key, value in later if now.get(id_, {}).get(key) != value)


def withdrawn(found: Finding, register: Register) -> Settlement | None:
    """What settles a finding of a statement: that it was withdrawn, and opened no gate that counts."""
    record = register.records.get(found.record or "")
    if record is None or found.statement is None or found.severity != "error":
        return None
    mine = [one.said for one in statements(record) if one.said.id == found.statement]
    away = mine[0].withdrawn if len(mine) == 1 else None
    if away is None or found.statement in _relied_on(record):
        return None
    about = frozenset({found.statement})
    return Settlement(record.id, found.statement, "withdraw", away.by, away.at, away.reason, about)


def _relied_on(record: RecordFile) -> set[str]:
    """The statements on which entries that count rest, and those to which approvals among them are bound."""
    used = {use for entry in counting(record.data["history"]) for use in entry.get("uses") or []}
    return used.union(*(said.binds.evidence for said in record.model.approvals if said.id in used))


def settled_in(found: list[Finding], every: Iterable[Settlement]) -> list[Finding]:
    """The findings of a step, as the entries of that very step settle them.

    What a correction puts back is no breach; what was voided stays told.
    """
    for one in every:
        if one.type == "correct":
            found = [finding for finding in found if not one.settles(finding)]
        else:
            found = [one.told(finding) if one.settles(finding) else finding for finding in found]
    return found
