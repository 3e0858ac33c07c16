"""Put back what a passed gate vouches for and somebody altered past the rules: as its seal says, from what landed."""

from __future__ import annotations

import copy
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from partnerkit.errors import WrongCallError
from partnerkit.jobs.desk import Desk
from partnerkit.jobs.finding_records import record, source
from partnerkit.jobs.landing import Landed, Planned, land
from partnerkit.jobs.statements import entry, with_entry
from partnerkit.jobs.undo import planned
from partnerkit.kinds.expunging import listed
from partnerkit.kinds.statements import ADDED_LATER, Approval, core, statement_digest
from partnerkit.register import PolicyFile, RecordFile, Register
from partnerkit.rules.commands import line
from partnerkit.rules.fallen import way_back
from partnerkit.rules.proven import Vouched, as_sealed, said_as_sealed, vouched
from partnerkit.rules.resting import EVER
from partnerkit.steps import Live, passed_gates, same, statements, value_at
from partnerkit.store.draft import Draft
from partnerkit.store.git.history import LandedCommit, log
from partnerkit.store.git.trees import CommitTree
from partnerkit.store.records import Models, checked
from partnerkit.store.yaml.reader import read


@dataclass(frozen=True, slots=True)
class Version:
    """A version of a record that landed, and the commit that brought it."""

    commit: LandedCommit
    record: RecordFile


def correct(desk: Desk, record_id: str | None, reason: str | None) -> Landed:
    """Put back what gates of a record vouch for, as it was when they were passed, and say so in its history.

    Raises:
        WrongCallError: no record or no reason is given, nothing that a gate vouches for was altered, or text was
            expunged from the record since what would be put back last stood there.
        Refused: what was altered is not again what the seals prove, or whoever altered it corrects it.
    """
    if record_id is None or not reason:
        message = "--correct puts back what gates of one record vouch for, and says why"
        raise WrongCallError(message, line("undo", "<id>", "--correct", "--reason", "<reason>"))

    def plan(draft: Draft) -> Planned:
        found, actor = record(draft.base, record_id), desk.actor(draft.base)
        past = Past(desk, draft.base, source(draft.base, found), found)
        lawful, altered = past.demand_altered()
        data = copy.deepcopy(found.data)
        what = ", ".join(past.put_back(data)) or "what was put back already"
        fields = {"reason": reason, "undoes": lawful.record.data["history"][-1]["id"]}
        stage, policy = str(data["history"][-1]["to"]), past.source
        new = entry(
            desk, draft.after, data, source=policy, kind=found.kind, type_="correct", to=stage, by=actor, fields=fields
        )
        made = draft.put(with_entry(data, new), found.path)
        note = f"{what}: as it was before {altered.commit.oid[:10]} of {altered.commit.date:%Y-%m-%d}"
        return planned([made], f"correct {what}", [note, reason], note, "undo --correct")

    return land(desk, plan)


class _ForgottenSinceError(Exception):
    """Something is not put back: text was expunged from the record since, and may stand in it."""

    def __init__(self, what: str, then: RecordFile) -> None:
        super().__init__(what)
        self.what = what
        self.then = then


@dataclass(frozen=True, slots=True)
class Past:
    """A record, and what the gates that it has passed and that still bind say of how it was.

    Attributes:
        desk: where and when.
        register: the register as it stands.
        source: the policy of the record.
        found: the record as it stands.
    """

    desk: Desk
    register: Register
    source: PolicyFile
    found: RecordFile

    def demand_altered(self) -> tuple[Version, Version]:
        """The last version before the first that was altered past the rules, and that one.

        Raises:
            WrongCallError: none was, since the record was corrected last.
        """
        versions = self.versions()
        altered = [place for place, one in enumerate(versions) if self._altered(one.record)]
        if not altered:
            message = f"nothing that a gate of {self.found.id} vouches for was altered since it was last put right"
            raise WrongCallError(message, line("audit", self.found.id) + " says what broke the rules")
        first = altered[-1]
        return versions[min(first + 1, len(versions) - 1)], versions[first]

    def versions(self) -> list[Version]:
        """The versions of the record that landed since it was last corrected, latest first, as far as they are read."""
        return list(self._versions())

    def _versions(self) -> Iterator[Version]:
        corrected = [entry["id"] for entry in self.found.data["history"] if entry["type"] == "correct"][-1:]
        models = Models(self.register.policies)
        for commit in log(self.desk.git, self.found.path):
            raw = CommitTree(self.desk.git, commit.oid).read(self.found.path)
            document = read(raw, self.found.path)[0] if raw is not None else None
            then = checked(document, models)[0] if document is not None else None
            if then is None:
                continue
            if not set(corrected) <= {entry["id"] for entry in then.data["history"]}:
                return
            yield Version(commit, then)

    def _altered(self, then: RecordFile) -> bool:
        moved = then.stage != then.model.history[-1].to
        return moved or any(one.differs is not None for one in self._vouched(then))

    def _vouched(self, then: RecordFile) -> list[Vouched]:
        """What the gates that bind now say of a version of the record, as far as it had passed them."""
        gates = passed_gates(self.found.data["history"], self.source.policy, self.found.kind)
        had = [gate for gate in gates if same_entry(self.found, then, gate.index)]
        return list(vouched(then, self.source, self.register, had, EVER))

    def put_back(self, data: dict[str, Any]) -> Iterator[str]:
        """Write what the seals prove into the data of the record; yields what was put back."""
        if data["stage"] != data["history"][-1]["to"]:
            data["stage"] = data["history"][-1]["to"]
            yield "stage"
        past = [one.record for one in self.versions()]
        for one in self._vouched(self.found):
            try:
                yield from _content(data, one, past)
                yield from _said(data, one, past)
            except _ForgottenSinceError as problem:
                raise self._by_hand(data, one, problem) from problem

    def _by_hand(self, data: dict[str, Any], one: Vouched, problem: _ForgottenSinceError) -> WrongCallError:
        """What leads out where a version of the record may hold text that was expunged since."""
        known = {raw["id"] for raw in listed(problem.then.data)}
        named = [
            f"{raw['id']} ({str(raw['at'])[:10]}, by {raw['by']})" for raw in listed(data) if raw["id"] not in known
        ]
        message = (
            f"{problem.what} of {self.found.id} is not put back: text was expunged from the record since it last stood "
            f"there ({', '.join(named)}), and that version may hold it"
        )
        gates = passed_gates(self.found.data["history"], self.source.policy, self.found.kind)
        back = next(way_back(self.found, self.source.policy, gate) for gate in gates if gate.index == one.entry.seq - 1)
        none, correction = (
            line("gates", self.found.id),
            line("undo", self.found.id, "--correct", "--reason", "<reason>"),
        )
        out = (
            f"{none} shows that no way leads back behind its gate, and check goes on saying so"
            if back == none
            else back
        )
        mend = (
            f"git log -p -- {self.found.path} shows what it was: where it holds nothing of what was forgotten, write "
            f"it back by hand and commit that, then {correction}; where it does, no seal can prove it any more: {out}"
        )
        return WrongCallError(message, mend)


def same_entry(left: RecordFile, right: RecordFile, index: int) -> bool:
    """Whether two versions of a record have the same entry at a place."""
    before, after = left.data["history"], right.data["history"]
    return index < len(after) and same(before[index], after[index])


def _content(data: dict[str, Any], one: Vouched, past: list[RecordFile]) -> Iterator[str]:
    """Put back the fields for which a gate vouches, from the latest version over which its seal holds."""
    paths = one.paths or []
    then = next((then for then in past if paths and not one.content and as_sealed(then, one.entry, paths)), None)
    for path in paths if then is not None else ():
        if then is not None and not same(value_at(data, path), value_at(then.data, path)):
            _demand_nothing_expunged(data, then, path)
            _write(data, then.data, path.split("."))
            yield path


def _write(data: dict[str, Any], then: dict[str, Any], keys: list[str]) -> None:
    """Write the value at a path as it was; of what stands in a list the whole list."""
    key, *rest = keys
    if rest and isinstance(data.get(key), dict) and isinstance(then.get(key), dict):
        _write(data[key], then[key], rest)
    elif key in then:
        data[key] = copy.deepcopy(then[key])
    else:
        data.pop(key, None)


def _said(data: dict[str, Any], one: Vouched, past: list[RecordFile]) -> Iterator[str]:
    """Put back the statements on which a gate rests, and the evidence on which its approvals do."""
    then = next((then for then in past if said_as_sealed(then, one.entry)), None)
    if then is None:
        return
    known = {found.said.id: found for found in statements(then)}
    for use in one.entry.uses:
        yield from _statement(data, then, known[use])
        said = known[use].said
        for bound, digest in said.binds.evidence.items() if isinstance(said, Approval) else ():
            every = ((older, found) for older in past for found in statements(older))
            found = next(((older, found) for older, found in every if _is(found, bound, digest)), None)
            yield from _statement(data, *found) if found is not None else ()


def _is(found: Live, statement_id: str, digest: str) -> bool:
    return found.said.id == statement_id and statement_digest(found.raw) == digest


def _statement(data: dict[str, Any], then: RecordFile, was: Live) -> Iterator[str]:
    """Write a statement as it was in a version; what was said about it later stays."""
    every = data.setdefault(was.group, [])
    place = next((place for place, said in enumerate(every) if said["id"] == was.said.id), None)
    if place is not None and same(core(every[place]), core(was.raw)):
        return
    _demand_nothing_expunged(data, then, was.said.id)
    if place is None:
        every.insert(was.index, copy.deepcopy(was.raw))
    else:
        later = {key: every[place][key] for key in ADDED_LATER & every[place].keys()}
        every[place] = {**copy.deepcopy(core(was.raw)), **later}
    yield was.said.id


def _demand_nothing_expunged(data: dict[str, Any], then: RecordFile, what: str) -> None:
    """Whether a version of a record may give something back.

    Raises:
        _ForgottenSinceError: text was expunged from the record since, and may stand in it.
    """
    before = {one["id"] for one in listed(then.data)}
    if any(one["id"] not in before for one in listed(data)):
        raise _ForgottenSinceError(what, then)
