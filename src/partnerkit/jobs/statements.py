"""How statements and entries are written."""

from __future__ import annotations

import copy
from collections.abc import Mapping
from datetime import date
from typing import Any

from partnerkit.dataclass import dataclass, replace
from partnerkit.errors import WrongCallError
from partnerkit.jobs.desk import Desk
from partnerkit.jobs.typed_day import typed_day
from partnerkit.kinds.problems import did_you_mean
from partnerkit.kinds.roster import Roster
from partnerkit.kinds.statements import STATEMENT_LISTS
from partnerkit.register import PolicyFile, RecordFile, Register
from partnerkit.rules.case import covered_paths, gate_of
from partnerkit.rules.commands import line
from partnerkit.steps import content_digest, entry_digest, history_digest, uses_digest
from partnerkit.store.yaml.emit import Flow

#: Columns of a sheet that say of one row whose word it is, where that was seen, and on which day it was said.
SPOKEN = ("for", "seen", "on")


@dataclass(frozen=True, slots=True)
class Voice:
    """Who speaks and who types.

    Attributes:
        actor: who runs the command.
        speaker: whose word it is, where that is somebody else.
        seen: where the typist saw it.
        on: the day it was said, where that is not today.
    """

    actor: str
    speaker: str | None = None
    seen: str | None = None
    on: date | None = None

    @property
    def by(self) -> str:
        """Whose word it is."""
        return self.speaker or self.actor

    @property
    def words(self) -> list[str]:
        """The options that say it, for a line to be given again."""
        said = {"--for": self.speaker, "--seen": self.seen, "--on": self.on.isoformat() if self.on else None}
        return [word for option, text in said.items() if text for word in (option, text)]

    def of_row(self, cells: Mapping[str, str], register: Register) -> Voice:
        """The voice of one row of a sheet, which may say its own speaker, where that was seen, and the day.

        Raises:
            WrongCallError: the speaker is unknown, what they said cannot be seen, or the day is none.
        """
        on = typed_day(cells["on"]) if "on" in cells else self.on
        mine = replace(self, speaker=cells.get("for") or self.speaker, seen=cells.get("seen") or self.seen, on=on)
        mine.check(register.roster)
        return mine

    def check(self, roster: Roster) -> None:
        """Whether somebody else's word can be recorded so.

        Raises:
            WrongCallError: the speaker is unknown, or it is not said where their word can be seen.
        """
        if self.speaker is None or self.speaker == self.actor:
            return
        if self.speaker not in roster.people:
            message = f"the roster knows nobody called {self.speaker!r}{did_you_mean(self.speaker, roster.people)}"
            raise WrongCallError(message, line("person", "add", self.speaker, "--email", "<email>"))
        if not self.seen:
            message = f"{self.actor} records the word of {self.speaker}: say where it can be seen"
            raise WrongCallError(message, "--seen minutes/2026-03-19.md (or a mail, a link)")


def statement(desk: Desk, group: str, requirement: str, voice: Voice, fields: dict[str, Any]) -> dict[str, Any]:
    """A statement as records write it: its id first, what it says, then who and when."""
    letter = STATEMENT_LISTS[group].letter
    said: dict[str, Any] = {"id": f"{letter}-{desk.random(12)}", "requirement": requirement}
    said |= {key: value for key, value in fields.items() if value is not None}
    said["at"] = desk.at
    if voice.on is not None:
        said["on"] = voice.on.isoformat()
    said["by"] = voice.by
    if voice.by != voice.actor:
        said["recorded-by"] = voice.actor
    if voice.seen:
        said["seen"] = voice.seen
    if desk.clock_set:
        said["clock"] = "set"
    return said


def with_statement(data: dict[str, Any], group: str, said: dict[str, Any]) -> dict[str, Any]:
    """A record's data with a statement appended; what else it holds is the same."""
    return {**data, group: [*(data.get(group) or []), said]}


def withdrawn(desk: Desk, data: dict[str, Any], statement_id: str, actor: str, reason: str) -> dict[str, Any]:
    """A record's data with a statement marked as withdrawn.

    Raises:
        WrongCallError: there is no such statement, or it is withdrawn already.
    """
    new = copy.deepcopy(data)
    for group in STATEMENT_LISTS:
        for said in new.get(group) or []:
            if said["id"] == statement_id:
                if "withdrawn" in said:
                    raise WrongCallError(f"{statement_id} is withdrawn already")
                said["withdrawn"] = {"at": desk.at, "by": actor, "reason": reason}
                return new
    known = [said["id"] for group in STATEMENT_LISTS for said in data.get(group) or [] if "withdrawn" not in said]
    message = f"{data['id']} has no statement {statement_id!r}{did_you_mean(statement_id, known)}"
    raise WrongCallError(message, f"{line('show', str(data['id']))} shows them: {', '.join(known[-5:]) or 'none'}")


def entry(
    desk: Desk,
    register: Register,
    record: dict[str, Any],
    *,
    source: PolicyFile,
    kind: str,
    type_: str,
    to: str,
    by: str,
    uses: list[str] | None = None,
    relies_on: list[str] | None = None,
    fields: dict[str, Any] | None = None,
) -> dict[str, Any]:
    """The next entry of a record, sealed.

    Args:
        desk: time and ids.
        register: the register in which linked records stand.
        record: the record's data before the entry.
        source: the policy that governs it.
        kind: its kind.
        type_: the type of the entry.
        to: the stage reached.
        by: who makes it.
        uses: ids of the statements that satisfied the gate.
        relies_on: ids of the linked records that satisfied it.
        fields: further fields of the type: reason, since, seen, undoes.
    """
    history = record.get("history") or []
    previous = history[-1] if history else None
    from_ = previous["to"] if previous else None
    new: dict[str, Any] = {"seq": len(history) + 1, "id": desk.random(16), "type": type_}
    new |= {"from": from_} if from_ is not None else {}
    new |= {"to": to, "at": desk.at, "by": by}
    new |= {key: value for key, value in (fields or {}).items() if value is not None}
    new |= {"uses": sorted(uses)} if uses else {}
    if relies_on:
        new["relies-on"] = {other: register.records[other].model.history[-1].id for other in sorted(relies_on)}
    new |= {"clock": "set"} if desk.clock_set else {}
    new |= {} if desk.verify else {"hooks": "skipped"}
    new["seal"] = _seal(record, source, kind, from_, to, uses or [], previous)
    if type_ == "void":
        new["seal"]["gate"] = history_digest(history)
    return new


def _seal(
    record: dict[str, Any],
    source: PolicyFile,
    kind: str,
    from_: str | None,
    to: str,
    uses: list[str],
    previous: dict[str, Any] | None,
) -> dict[str, str]:
    lifecycle = source.policy.lifecycles.get(kind)
    transition = lifecycle.find(from_, to) if lifecycle and from_ else None
    said = [one for group in STATEMENT_LISTS for one in record.get(group) or [] if one["id"] in uses]
    return Flow(
        gate=gate_of(source, from_, to, transition),
        covers=content_digest(record, covered_paths(source, transition)),
        statements=uses_digest(said),
        previous=entry_digest(previous),
    )


def with_entry(data: dict[str, Any], new: dict[str, Any]) -> dict[str, Any]:
    """A record's data after an entry: its stage moved, its history one longer; what else it holds is the same."""
    return {**data, "stage": new["to"], "history": [*(data.get("history") or []), new]}


def trailers(command: str, records: list[tuple[RecordFile, dict[str, Any] | None]]) -> dict[str, list[str]]:
    """Trailers of a commit message: a convenience for `git log`, never trusted."""
    return {
        "Partnerkit-Command": [command],
        "Partnerkit-Record": [record.id for record, _ in records],
        "Partnerkit-Entry": [new["id"] for _, new in records if new is not None],
    }
