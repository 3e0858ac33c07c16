"""What somebody altered of a record past the rules, and what it had been: read from what landed, never written."""

from __future__ import annotations

import copy
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from typing import Any

from pydantic import ValidationError

from partnerkit.errors import CannotWorkError, WrongCallError
from partnerkit.findings import Finding
from partnerkit.jobs import correcting_files as files
from partnerkit.jobs.desk import Desk
from partnerkit.jobs.putting_back import ForgottenSinceError, content_back, doubled, said_back, statement_back, write
from partnerkit.kinds.expunging import listed
from partnerkit.kinds.statements import ADDED_LATER
from partnerkit.register import PolicyFile, RecordFile, Register
from partnerkit.rules.commands import line, log_of
from partnerkit.rules.fallen import way_back
from partnerkit.rules.offering import correcting
from partnerkit.rules.proven import Vouched, vouched
from partnerkit.rules.resting import EVER
from partnerkit.rules.restored import as_it_is, belonging, history_was, lost, thing
from partnerkit.rules.settled import correction
from partnerkit.steps import Step, passed_gates, same, statements
from partnerkit.store.git.history import LandedCommit, log
from partnerkit.store.git.trees import CommitTree
from partnerkit.store.records import Models, checked
from partnerkit.store.yaml.nodes import Document
from partnerkit.store.yaml.reader import read


class NotPutBackError(WrongCallError):
    """Something is not put back, since text was expunged from the record meanwhile; the mend leads out."""


@dataclass(frozen=True, slots=True)
class Version:
    """A version of a record that landed, and the commit that brought it.

    Attributes:
        commit: the commit.
        record: the record; None where it was gone or could not be read.
    """

    commit: LandedCommit
    record: RecordFile | None


@dataclass(frozen=True, slots=True)
class Past:
    """A record, and what the gates that it has passed and that still bind say of how it was.

    Attributes:
        desk: where and when.
        register: the register as it stands.
        source: the policy of the record.
        found: the record as it stands.
        rev: the commit in which it stands so.
    """

    desk: Desk
    register: Register
    source: PolicyFile
    found: RecordFile
    rev: str = "HEAD"

    def demand_altered(self) -> tuple[RecordFile, Version]:
        """The record before the first version that was altered past the rules, and that version.

        Raises:
            WrongCallError: none was, since the record was corrected last, or there is none before it.
        """
        lawful: RecordFile | None = None
        for version in reversed(self.versions()):
            now = version.record
            if now is not None and not self.altered(now) and (lawful is None or not lost(lawful, now)):
                lawful = now
            elif lawful is not None:
                return lawful, version
            else:
                message = f"there is no version of {self.found.id} before the one that breaks the rules"
                raise WrongCallError(message, line("audit", self.found.id) + " says what broke the rules")
        found = files.altered(self.desk.git, self.found, self._corrected(), self.rev)
        there = self._at(found) if found is not None else None
        if found is not None and there is not None:
            return there, Version(found, there)
        message = f"nothing that had landed of {self.found.id} was altered since it was last put right"
        raise WrongCallError(message, line("audit", self.found.id) + " says what broke the rules")

    def _corrected(self) -> str | None:
        """The commit in which it was last corrected."""
        if all(entry["type"] != "correct" for entry in self.found.data["history"]):
            return None
        return next((one.commit.oid for one in reversed(self.versions())), None)

    def _at(self, commit: LandedCommit) -> RecordFile | None:
        """The record as it is in a commit; None where it is not there, or cannot be read."""
        raw = CommitTree(self.desk.git, commit.oid).read(self.found.path)
        document = read(raw, self.found.path)[0] if raw is not None else None
        return self._read(document) if document is not None else None

    def _read(self, document: Document) -> RecordFile | None:
        """A version as a record, by the policy as it is; where it fits that no more, by what the policy said before."""
        known, name = self.register.policies, self.source.policy.policy
        every = (self.source, *self.register.former(self.source.path))
        try:
            found = (checked(document, Models({**known, name: one}))[0] for one in every)
            return next((one for one in found if one is not None), None)
        except CannotWorkError:  # its format is newer than this tool
            return None

    def versions(self) -> list[Version]:
        """The versions of the record that landed since it was last corrected, latest first."""
        return list(self._versions())

    def _versions(self) -> Iterator[Version]:
        last = [entry["id"] for entry in self.found.data["history"] if entry["type"] == "correct"][-1:]
        for commit in log(self.desk.git, self.found.path, rev=self.rev):
            then = self._at(commit)
            if then is not None and not {*last} <= {entry["id"] for entry in then.data["history"]}:
                return
            yield Version(commit, then)

    def _readable(self) -> list[RecordFile]:
        return [one.record for one in self.versions() if one.record is not None]

    def altered(self, then: RecordFile) -> bool:
        """Whether a version is known not to be what the seals of the gates prove."""
        moved = then.stage != then.model.history[-1].to
        return moved or bool(doubled(then.data)) or any(one.differs is not None for one in self._vouched(then))

    def _vouched(self, then: RecordFile) -> list[Vouched]:
        """What the gates that bind now say of a version of the record, as far as it had passed them."""
        gates = passed_gates(self.found.data["history"], self.source.policy, self.found.kind)
        had = [gate for gate in gates if same_entry(self.found, then, gate.index)]
        return list(vouched(then, self.source, self.register, had, EVER))

    def put_back(self, data: dict[str, Any], lawful: RecordFile) -> Iterator[str]:
        """Write what had landed, or the seals prove, into the data of the record; yields what was put back."""
        if history_was(lawful.data["history"]) not in as_it_is(self.found, len(data["history"])):
            self._demand_nothing_since(lawful)
            data["history"] = copy.deepcopy(lawful.data["history"])
            yield "history"
        if data["stage"] != data["history"][-1]["to"]:
            data["stage"] = data["history"][-1]["to"]
            yield "stage"
        past = self._readable()
        for path in belonging(lawful):
            if not same(data.get(path), lawful.data.get(path)):
                write(data, lawful.data, [path])
                yield path
        for group, place in reversed(doubled(data)):
            yield str(data[group].pop(place)["id"])
        gate: Vouched | None = None
        try:
            for found in statements(lawful):
                later = {key: found.raw[key] for key in ADDED_LATER & found.raw.keys()}
                yield from statement_back(data, lawful, found, later)
            for gate in self._vouched(self.found):
                yield from content_back(data, gate, past)
                yield from said_back(data, gate, past)
        except ForgottenSinceError as problem:
            raise NotPutBackError(*self._by_hand(data, gate, problem)) from problem

    def _by_hand(self, data: dict[str, Any], one: Vouched | None, problem: ForgottenSinceError) -> tuple[str, str]:
        """What leads out where a version of the record may hold text that was expunged since."""
        known = {raw["id"] for raw in listed(problem.then.data)}
        named = [
            f"{raw['id']} ({str(raw['at'])[:10]}, by {raw['by']})" for raw in listed(data) if raw["id"] not in known
        ]
        message = (
            f"{problem.what} of {self.found.id} is not put back: text was expunged from the record since it last stood "
            f"there ({', '.join(named)}), and that version may hold it"
        )
        none, correction = line("gates", self.found.id), correcting(self.found.id)
        gates = passed_gates(self.found.data["history"], self.source.policy, self.found.kind)
        mine = (gate for gate in gates if one is None or gate.index == one.entry.seq - 1)
        back = next((way_back(self.found, self.source.policy, gate) for gate in mine), none)
        out = (
            f"{none} shows that no way leads back behind its gate, and check goes on saying so"
            if back == none
            else back
        )
        mend = (
            f"{log_of(self.found.path)} shows what it was: where it holds nothing of what was forgotten, write "
            f"it back by hand and commit that, then {correction}; where it does, no seal can prove it any more: {out}"
        )
        return message, mend

    def as_landed(self) -> RecordFile | None:
        """The record with all put back that can be; None where nothing was altered, or not all can be.

        Raises:
            NotPutBackError: text was expunged since.
        """
        data = copy.deepcopy(self.found.data)
        try:
            lawful, _altered = self.demand_altered()
            list(self.put_back(data, lawful))
            return changed(self.found, data)
        except NotPutBackError:
            raise
        except (WrongCallError, ValidationError):
            return None

    def _demand_nothing_since(self, lawful: RecordFile) -> None:
        """Whether no entry was added to a history that was altered: it would be taken out.

        Raises:
            WrongCallError: one was.
        """
        known = {entry["id"] for entry in lawful.data["history"]}
        later = [entry["id"] for entry in self.found.data["history"] if entry["id"] not in known]
        if later:
            message = (
                f"the history of {self.found.id} was altered, and {', '.join(later)} landed on what was altered: "
                "putting it back would take that out"
            )
            raise WrongCallError(message, f"{log_of(self.found.path)} shows what it was")


@dataclass(frozen=True, slots=True)
class Trial:
    """Tries whether a correction of a record would put something right, and writes nothing.

    Attributes:
        desk: where and when.
        register: the register as it stands.
    """

    desk: Desk
    register: Register
    known: dict[str, bool] = field(default_factory=dict)

    def __call__(self, record_id: str) -> bool:
        """Whether it would; each record is asked about once, and none that is gone or cannot be read."""
        if record_id not in self.known:
            found = self.register.records.get(record_id)
            self.known[record_id] = found is not None and self._would(found)
        return self.known[record_id]

    def _would(self, found: RecordFile) -> bool:
        source = self.register.policies.get(found.model.policy)
        past = Past(self.desk, self.register, source, found) if source is not None else None
        try:
            then = past.as_landed() if past is not None else None
        except NotPutBackError:
            return True  # it is refused, and the refusal leads out
        return past is not None and then is not None and not past.altered(then)


def as_put_back(desk: Desk, step: Step, found: list[Finding], rev: str) -> list[Finding]:
    """The findings of a step, with what a correction in it puts back as it had landed as a warning."""
    ids = {one.record for one in found if one.record is not None and one.was is not None and one.severity == "error"}
    again = put_back_by(desk, step, rev, sorted(ids))
    by = {record_id: step.after.records[record_id] for record_id, _thing in again}
    return [
        correction(by[one.record]).told(one)
        if one.record in by and (one.record, thing(one.was or "")) in again
        else one
        for one in found
    ]


def put_back_by(desk: Desk, step: Step, rev: str, ids: Iterable[str]) -> frozenset[tuple[str, str]]:
    """The things of records, each with the record's id, that a step puts back as they had landed.

    It corrects a record and makes of it what `undo --correct` would have made where it began, in nothing otherwise: so
    it is no alteration, though it changes what never changes.

    Args:
        desk: where and when.
        step: the step.
        rev: the commit from which it begins.
        ids: the records that it changes.
    """
    found: set[tuple[str, str]] = set()
    for record_id in ids:
        old, new = (side.records.get(record_id) if side is not None else None for side in (step.before, step.after))
        if old is None or new is None or step.before is None or new.model.history[-1].type != "correct":
            continue
        source = step.before.policies.get(old.model.policy)
        try:
            then = Past(desk, step.before, source, old, rev).as_landed() if source is not None else None
        except NotPutBackError:
            continue
        if then is not None and same(then.data, {**new.data, "history": new.data["history"][:-1]}):
            found |= {(record_id, one) for one in lost(old, then)}
    return frozenset(found)


def changed(record: RecordFile, data: dict[str, Any]) -> RecordFile:
    """A record with other data.

    Raises:
        ValidationError: no record of its kind could hold it.
    """
    return replace(record, data=data, model=type(record.model).model_validate(data))


def same_entry(left: RecordFile, right: RecordFile, index: int) -> bool:
    """Whether two versions of a record have the same entry at a place."""
    before, after = left.data["history"], right.data["history"]
    return index < len(after) and same(before[index], after[index])
