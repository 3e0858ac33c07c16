"""What an undo takes back, in words: which commit or entry, whose it was, and what to do where it takes back none."""

from __future__ import annotations

from typing import Any

from partnerkit.dataclass import dataclass
from partnerkit.errors import WrongCallError
from partnerkit.kinds.record import FIXED
from partnerkit.kinds.statements import STATEMENT_LISTS
from partnerkit.register import PolicyFile, RecordFile, Register
from partnerkit.rules.amended import opening, policies_changed, who_amends
from partnerkit.rules.commands import WHY, line
from partnerkit.store.git.history import command_of, is_merge, landed, log, parent
from partnerkit.store.git.repository import Git
from partnerkit.store.git.trees import CommitTree

#: How much of a subject is repeated in another.
_SUBJECT = 60
_SHORT = 10


@dataclass(frozen=True, slots=True)
class Taken:
    """What is taken back.

    Attributes:
        did: what it did, in short, for the first line of the commit that takes it back.
        what: what it was and whose.
    """

    did: str
    what: str

    def note(self, *, dry_run: bool = False) -> str:
        """That it was taken back, or would be, in a sentence."""
        return f"{'would take' if dry_run else 'took'} back {self.what}"


@dataclass(frozen=True, slots=True)
class Latest:
    """The latest commit, of which undo takes back what it did to records.

    Attributes:
        oid: its id.
        subject: the first line of its message.
        email: the address that it carries.
        command: the command that it says it was made by; None where it was not partnerkit.
        merge: whether it joins two lines of history.
        above: the commit on which it stands; empty where it is the first.
    """

    oid: str
    subject: str
    email: str
    command: str | None
    merge: bool
    above: str

    @property
    def name(self) -> str:
        """What it is called in messages."""
        return f"{self.oid[:_SHORT]} “{self.subject}”"

    def taken(self, register: Register, actor: str) -> Taken:
        """What is said when it is taken back."""
        whose = register.roster.person(self.email) or f"{self.email}, who is not on the roster"
        by = f"made by {whose}" + ("" if whose == actor else ", not by you")
        hand = "" if self.command else "; it was not made by partnerkit"
        did = self.subject.split(": ", 1)[-1]
        return Taken(did if len(did) <= _SUBJECT else did[: _SUBJECT - 1] + "…", f"{self.name}, {by}{hand}")

    def demand_records(self, changed: list[str], before: Register, after: Register) -> None:
        """Whether it changed records.

        Raises:
            WrongCallError: it changed none; says how that is taken back, by a case where a policy asks for one.
        """
        if changed:
            return
        message = f"the latest commit ({self.name}) changed no record, so there is nothing that undo could take back"
        former = next(
            ((old, new) for old, new in policies_changed(before, after) if new and new.policy.amendments), None
        )
        if former is not None:
            raise WrongCallError(f"{message}; {_how_back(former[1])}", self._back(*former, []))
        revert = f"git revert {'-m 1 ' if self.merge else ''}{self.oid[:_SHORT]}"
        raise WrongCallError(message, f"{revert} takes that commit back")

    def demand_no_migration(self, before: Register, after: Register, changed: list[str]) -> None:
        """Whether it moved no record because the stage in which that stood is gone.

        Raises:
            WrongCallError: it did; says how the policy comes back, and the records with it.
        """
        moved = [one for one in changed if one in before.records and _migrated(after.records[one])]
        for old, new in policies_changed(before, after):
            mine = [after.records[one] for one in moved if after.records[one].model.policy == old.policy.policy]
            if new is not None and mine:
                message = (
                    f"{self.name} took {', '.join(one.id for one in mine)} out of stages that {new.policy.policy} "
                    f"no longer has: the policy comes back first, and the records with it; {_how_back(new)}"
                )
                raise WrongCallError(message, self._back(old, new, mine))

    def _back(self, old: PolicyFile, new: PolicyFile, moved: list[RecordFile]) -> str:
        """The lines that bring back the former file of a policy, and records to where they stood, in order."""
        copy, policy = f"{new.policy.policy}.yaml", new.policy
        stages: dict[str, str] = {}
        undone = []
        for one in moved:
            left, to = str(one.data["history"][-1]["from"]), one.stage
            if to in old.policy.lifecycles[one.kind].stages:
                undone.append(line("undo", one.model.history[-1].id, *WHY))
            else:
                stages.setdefault(f"{one.kind}.{to}", left)
        words = [word for to, left in stages.items() for word in ("--stage", f"{to}={left}")]
        former = f"git show {self.above[:_SHORT]}:{old.path} > {copy}"
        if policy.amended_by is None:
            lands = [former, line("policy", "migrate", policy.policy, "--from", copy, *words, *WHY)]
        else:
            put = line("policy", "amend", "<case>", "--from", copy, *words)
            decided = f"once it is decided ({line('gates', '<case>')}), {line('policy', 'amend', '<case>')}"
            lands = [opening(policy), former, put, decided]
        return "; ".join([*lands, *undone])

    def demand_no_undo(self, before: Register, after: Register, changed: list[str]) -> None:
        """Whether it is something else than an undo.

        Raises:
            WrongCallError: it is one; says how what it took back is done again.
        """
        if self.command != "undo" or not changed:
            return
        message = f"the latest commit ({self.name}) is an undo itself, which is not taken back: do it again instead"
        raise WrongCallError(message, _again(before, after, changed))

    def demand_nothing_expunged(self, before: Register, after: Register, changed: list[str]) -> None:
        """Whether it took no text out of records for good: that would put it back.

        Raises:
            WrongCallError: it did.
        """
        for one in changed:
            old = before.records.get(one)
            if old is not None and len(after.records[one].model.expunged) > len(old.model.expunged):
                message = f"the latest commit ({self.name}) took text out of {one}, and what is expunged stays expunged"
                raise WrongCallError(message, f"{line('log', one)} says who took it out and why")


def _how_back(new: PolicyFile) -> str:
    """Who may bring back a version of a policy, in words."""
    name = new.policy.policy
    if new.policy.amended_by is not None:
        return f"{name} changes only as {who_amends(new.policy)}, back again too"
    return f"{name} keeps its list of cases (amendments), so it comes back as a new version, and not by git revert"


def _migrated(record: RecordFile) -> bool:
    return record.model.history[-1].type == "migrate"


def latest(git: Git) -> Latest:
    """The latest commit."""
    return _commit(git, git.resolve("HEAD"))


def bringing(git: Git, record: RecordFile, entry_id: str | None = None) -> Latest | None:
    """The commit that brought an entry of a record, or the latest; None where it has not landed on this line."""
    wanted = (entry_id or record.model.history[-1].id).encode()
    having = [one.oid for one in log(git, record.path) if wanted in (CommitTree(git, one.oid).read(record.path) or b"")]
    return _commit(git, having[-1]) if having else None


def _commit(git: Git, oid: str) -> Latest:
    found = landed(git, oid)
    return Latest(oid, found.subject, found.email, command_of(git, oid), is_merge(git, oid), parent(git, oid) or "")


def of_entry(record: RecordFile, entry: dict[str, Any], actor: str) -> Taken:
    """What is said when one entry is taken back."""
    way = f"{entry['from']} → {entry['to']}" if "from" in entry else f"{entry['type']} in {entry['to']}"
    by = f"made by {entry['by']}" + ("" if entry["by"] == actor else ", not by you")
    return Taken(way, f"entry {entry['id']} of {record.id} ({way}), {by}")


def _again(before: Register, after: Register, changed: list[str]) -> str:
    """The line that does again what an undo took back; where none can be said whole, the one that shows what it was."""
    first = after.records[changed[0]]
    old = before.records.get(first.id)
    if len(changed) > 1:
        return f"{line('log', first.id)} shows what was taken back, of {first.id} as of {len(changed) - 1} more"
    if old is None or len(first.data["history"]) > len(old.data["history"]):
        return again_entry(first)
    said = _stated(old, first)
    if said:
        approval = len(said) == 1 and said[0][0] == "approvals" and said[0][1].get("decision", "approve") == "approve"
        return line("approve", first.id, said[0][1]["requirement"]) if approval else _shows(first)
    keys = dict.fromkeys([*old.data, *first.data])
    fields = {key: old.data.get(key) for key in keys if key not in FIXED and old.data.get(key) != first.data.get(key)}
    plain = all(isinstance(value, str | int) and not isinstance(value, bool) for value in fields.values())
    return line("set", first.id, *(f"{key}={value}" for key, value in fields.items())) if plain else _shows(first)


def _stated(old: RecordFile, new: RecordFile) -> list[tuple[str, dict[str, Any]]]:
    """The statements that were withdrawn, each with its list."""
    found = []
    for group in STATEMENT_LISTS:
        gone = {one["id"] for one in old.data.get(group) or [] if "withdrawn" in one}
        now = [one for one in new.data.get(group) or [] if "withdrawn" in one and one["id"] not in gone]
        found += [(group, one) for one in now]
    return found


def _shows(record: RecordFile) -> str:
    return f"{line('log', record.id)} shows what was taken back"


def again_entry(record: RecordFile, entry: dict[str, Any] | None = None) -> str:
    """The line that makes again the move which an undo took back; where nobody can paste one, what shows it.

    Args:
        record: whose move it is.
        entry: the undo; without one, the latest entry of the record.
    """
    entries = record.data["history"]
    taker = entry or entries[-1]
    undone = next((one for one in entries if one["id"] == taker.get("undoes")), taker)
    if taker["id"] != entries[-1]["id"] or undone.get("from") != record.stage:
        return _shows(record)
    why = ["--reason", str(undone["reason"])] if undone.get("reason") else []
    return line("advance", record.id, undone["to"], *why)
