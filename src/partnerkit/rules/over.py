"""Rule for what is begun of something that is over: an agreement, a risk, a review of a time after its end."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date, datetime
from typing import Any

from partnerkit.conditions import holds
from partnerkit.dataclass import dataclass
from partnerkit.findings import Finding
from partnerkit.kinds.catalogue import KINDS
from partnerkit.kinds.entries import TOMBSTONE_STAGE, Entry
from partnerkit.kinds.history import followed
from partnerkit.policies.policy import Policy
from partnerkit.policies.values import clause_list
from partnerkit.register import RecordFile, Register
from partnerkit.rules.commands import WHY, line
from partnerkit.rules.conditions import open_to
from partnerkit.rules.places import at
from partnerkit.steps import Step, value_at


@dataclass(frozen=True, slots=True)
class Over:
    """That a record is over.

    Attributes:
        record: the record.
        policy: the policy that governs it.
        stage: the stage in which nothing of it goes on.
        since: the first day on which it stood so.
        reason: why, as it was said when it came there.
    """

    record: RecordFile
    policy: Policy
    stage: str
    since: date
    reason: str | None

    @property
    def in_words(self) -> str:
        """Since when and why it is over."""
        if self.stage == TOMBSTONE_STAGE:
            return f"{self.record.id} was taken back on {self.since}"
        title = self.policy.lifecycles[self.record.kind].stages[self.stage].title
        why = f": {self.reason}" if self.reason else ""
        return f"{self.record.id} is over: {self.stage} ({title}) since {self.since}{why}"

    @property
    def clause(self) -> str | None:
        """The clause of the stage."""
        lifecycle = self.policy.lifecycles.get(self.record.kind)
        stage = lifecycle.stages.get(self.stage) if lifecycle else None
        return ", ".join(self.policy.full(one) for one in clause_list(stage.clause or [])) or None if stage else None

    def allows(self, kind: str, data: Mapping[str, Any]) -> bool:
        """Whether a record can begin: it outlives this one, or speaks of a time before its end, or is asked for.

        Asked for is what the policy demands for as long as the stage lasts.
        """
        if self.stage == TOMBSTONE_STAGE:
            return False
        model = KINDS[kind]
        last = value_at(data, model.period[1]) if model.period else None
        in_time = isinstance(last, str) and last <= self.since.isoformat()
        return model.outlives or in_time or self._asks_for(kind, data)

    def _asks_for(self, kind: str, data: Mapping[str, Any]) -> bool:
        standing = [one for one in self.policy.requirements.values() if self.record.stage in one.standing]
        linked = [one.linked for one in standing if one.linked is not None and one.linked.kind == kind]
        return any(one.where is None or holds(one.where, dict(data)) for one in linked)


def over(register: Register, record: RecordFile, moment: datetime, before: Register | None = None) -> Over | None:
    """Since when a record was over at a moment; None where it was not.

    What was voided never counted.

    Of two entries of one moment nobody knows which came first, unless one of them stood there before the step: what
    could have been in time counts as in time.

    Args:
        register: where the record stands.
        record: the record.
        moment: the moment.
        before: the register before the step that is judged.
    """
    source = register.policies[record.model.policy]
    old = before.records.get(record.id) if before is not None else None
    known = {entry.id for entry in old.model.history} if old is not None else set()
    gone = followed(record.data["history"]).voided
    by_then = [entry for place, entry in enumerate(record.model.history) if entry.at <= moment and place not in gone]
    surely = [entry for entry in by_then if entry.at < moment or entry.id in known]
    if not (_ended(source.policy, record.kind, by_then) and (end := _ended(source.policy, record.kind, surely))):
        return None
    stage = source.policy.named_now(record.kind, end.to)
    return Over(record, source.policy, stage, end.since or register.day(end.at), end.reason)


def _ended(policy: Policy, kind: str, history: list[Entry]) -> Entry | None:
    """The entry by which the record came to its end, or was taken back; None where neither is so."""
    if history and history[-1].to == TOMBSTONE_STAGE:
        return history[-1]
    lifecycle = policy.lifecycles.get(kind)
    first = None
    for entry in reversed(history):
        stage = policy.named_now(kind, entry.to)
        if lifecycle is None or stage not in lifecycle.stages or not lifecycle.is_over(stage):
            break
        first = entry
    return first


def begun_in_time(step: Step, old: RecordFile | None, new: RecordFile) -> Iterator[Finding]:
    """A record belongs to one that is not over yet, outlives it, or speaks of a time before its end.

    Asked when it is made, and when what it belongs to or the time of which it speaks is changed; never of an adopted
    record, which is taken as it stood.
    """
    model = KINDS[new.kind]
    last = model.period[1] if model.period else None
    concerned = [key for key in (last, model.subject) if key is not None]
    if old is not None and all(value_at(old.data, key) == value_at(new.data, key) for key in concerned):
        return
    subject = step.after.records.get(new.subject or "")
    moment = new.model.history[0].at if old is None else step.landed_at
    if subject is None or moment is None or new.model.history[0].type != "create":
        return
    found = over(step.after, subject, moment, step.before)
    until = value_at(new.data, last) if last else None
    if found is None or found.allows(new.kind, new.data):
        return
    late = f"speaks of a time up to {until}" if last else "cannot begin any more"
    back = model.period if found.stage != TOMBSTONE_STAGE else None
    mend = _looking_back(new, found, *back) if back else _instead(found)
    message = f"{found.in_words}; the {new.kind} {late}"
    yield at(new, (concerned[0],), "subject-over", message, clause=found.clause, mend=mend)


def begun_of_what_was_over(register: Register, record: RecordFile) -> Iterator[tuple[RecordFile, Over]]:
    """What was begun of a record after its end, as that stands now that an entry which hid it is voided."""
    for other in register.may_name(record.id):
        first = other.model.history[0]
        if other.subject != record.id or first.type != "create" or other.stage == TOMBSTONE_STAGE:
            continue
        found = over(register, record, first.at)
        if found is not None and not found.allows(other.kind, other.data):
            yield other, found


def _looking_back(record: RecordFile, found: Over, first: str, last: str) -> str:
    """The line that makes the same of a time before the end."""
    model = KINDS[record.kind]
    same = [f"{key}={value_at(record.data, key)}" for key in (model.subject, model.sort) if key is not None]
    return line("new", record.kind, record.name, *same, f"{first}=<{record.kind}.{first}>", f"{last}={found.since}")


def _instead(found: Over) -> str:
    """The line that takes up again what is over, where a way leads back; else the one that makes it anew."""
    lifecycle = found.policy.lifecycles.get(found.record.kind)
    ways = lifecycle.leaving(found.record.stage) if lifecycle else []
    back = next((way for way in ways if open_to(way, found.record.data)), None)
    if back is not None:
        return line("advance", found.record.id, back.to, *WHY)
    belongs = KINDS[found.record.kind].subject
    return line("new", found.record.kind, "<title>", *([f"{belongs}={found.record.subject}"] if belongs else []))
