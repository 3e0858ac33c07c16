"""What somebody altered of a record past the rules, and what it had been: read from what landed, never written."""

from __future__ import annotations

import copy
from collections.abc import Iterator
from typing import Any

from partnerkit.dataclass import dataclass, field, replace
from partnerkit.errors import CannotWorkError, WrongCallError
from partnerkit.jobs import correcting_files as files
from partnerkit.jobs.desk import Desk
from partnerkit.jobs.putting_back import (
    ForgottenSinceError,
    content_back,
    demand_nothing_expunged,
    doubled,
    said_back,
    statement_back,
    write,
)
from partnerkit.kinds import modelled
from partnerkit.kinds.canonical import same
from partnerkit.kinds.expunging import explained, listed
from partnerkit.kinds.statements import ADDED_LATER
from partnerkit.register import PolicyFile, RecordFile, Register
from partnerkit.rules.commands import correcting, line, log_of
from partnerkit.rules.compared import as_expunged
from partnerkit.rules.fallen import way_back
from partnerkit.rules.proven import Vouched, vouched
from partnerkit.rules.resting import EVER
from partnerkit.rules.restored import as_it_is, belonging, history_was, lost
from partnerkit.steps import passed_gates, statements
from partnerkit.store.checked import Models, checked
from partnerkit.store.git.history import LandedCommit, versions
from partnerkit.store.git.trees import CommitTree
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
        left: the same with the markers of what was expunged since, as far as it stands in later versions.
    """

    commit: LandedCommit
    record: RecordFile | None
    left: RecordFile | None


@dataclass(frozen=True, slots=True)
class Past:
    """A record, and what the gates that it has passed and that still bind say of how it was.

    Attributes:
        desk: where and when.
        register: the register as it stands.
        source: the policy of the record.
        found: the record as it stands.
        rev: the commit in which it stands so.
        seen: the versions of it that were read.
    """

    desk: Desk
    register: Register
    source: PolicyFile
    found: RecordFile
    rev: str = "HEAD"
    seen: list[Version] = field(default_factory=list)

    def demand_altered(self) -> tuple[RecordFile, Version]:
        """The record before the first version that was altered past the rules, and that version.

        Raises:
            WrongCallError: none was, since the record was corrected last, or there is none before it.
        """
        lawful: RecordFile | None = None
        for version in reversed(self.versions()):
            now, left = version.record, version.left
            whole = now is not None and left is not None and not self.altered(now)
            if left is not None and whole and (lawful is None or not lost(lawful, left)):
                lawful = left
            elif lawful is not None:
                return lawful, version
            else:
                message = f"there is no version of {self.found.id} before the one that breaks the rules"
                raise WrongCallError(message, line("audit", self.found.id) + " says what broke the rules")
        found = files.altered(self.desk.git, self.found, self._corrected(), self.rev)
        there = self._at(found) if found is not None else None
        if found is not None and there is not None:
            return there, Version(found, there, there)
        message = f"nothing that had landed of {self.found.id} was altered since it was last put right"
        raise WrongCallError(message, line("audit", self.found.id) + " says what broke the rules")

    def _corrected(self) -> str | None:
        """The commit in which it was last corrected."""
        if all(entry["type"] != "correct" for entry in self.found.data["history"]):
            return None
        return next((one.commit.oid for one in reversed(self.versions())), None)

    def _at(self, commit: LandedCommit) -> RecordFile | None:
        """The record as it is in a commit; None where it is not there, or cannot be read."""
        return self._as_record(CommitTree(self.desk.git, commit.oid).read(self.found.path))

    def _as_record(self, raw: bytes | None) -> RecordFile | None:
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
        if not self.seen:
            self.seen.extend(self._versions())
        return self.seen

    def _versions(self) -> Iterator[Version]:
        last = [entry["id"] for entry in self.found.data["history"] if entry["type"] == "correct"][-1:]
        later = self.found
        for commit, raw in versions(self.desk.git, self.found.path, rev=self.rev):
            then = self._as_record(raw)
            if then is not None and not {*last} <= {entry["id"] for entry in then.data["history"]}:
                return
            left = self._without_expunged(then, later) if then is not None else None
            later = left or later
            yield Version(commit, then, left)

    def _without_expunged(self, then: RecordFile, later: RecordFile) -> RecordFile:
        """A version with the markers of what was expunged since, as far as it stands in a later one: no alteration."""
        since = explained(listed(self.found.data)) - explained(listed(then.data))
        return as_expunged(then, later, since) if since else then

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
            try:
                demand_nothing_expunged(data, lawful, "the history")
            except ForgottenSinceError as problem:
                raise NotPutBackError(*self._by_hand(data, None, problem)) from problem
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
        none = line("gates", self.found.id)
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
            f"it back by hand and commit that, then {correcting(self.found.id)}; where it does, no seal can prove it "
            f"any more: {out}"
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
        except (WrongCallError, modelled.ValidationError):
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


def changed(record: RecordFile, data: dict[str, Any]) -> RecordFile:
    """A record with other data.

    Raises:
        modelled.ValidationError: no record of its kind could hold it.
    """
    return replace(record, data=data, model=type(record.model).model_validate(data))


def same_entry(left: RecordFile, right: RecordFile, index: int) -> bool:
    """Whether two versions of a record have the same entry at a place."""
    before, after = left.data["history"], right.data["history"]
    return index < len(after) and same(before[index], after[index])
