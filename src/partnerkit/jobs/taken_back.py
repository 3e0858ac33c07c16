"""What an undo takes back, in words: which commit or entry, whose it was, and what to do where it takes back none."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from partnerkit.errors import WrongCallError
from partnerkit.kinds.record import FIXED
from partnerkit.kinds.statements import STATEMENT_LISTS
from partnerkit.register import PolicyFile, RecordFile, Register
from partnerkit.rules.amended import opening, policies_changed, who_amends
from partnerkit.rules.commands import line
from partnerkit.store.git.history import command_of, is_merge, landed, parent
from partnerkit.store.git.repository import Git

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
        governed = next((new for _old, new in policies_changed(before, after) if new and new.policy.amended_by), None)
        if governed is not None:
            raise WrongCallError(
                f"{message}; {governed.policy.policy} changes only as {who_amends(governed.policy)}, back again too",
                self._decided_anew(governed),
            )
        revert = f"git revert {'-m 1 ' if self.merge else ''}{self.oid[:_SHORT]}"
        raise WrongCallError(message, f"{revert} takes that commit back")

    def _decided_anew(self, policy: PolicyFile) -> str:
        """The lines that put the former file of a policy before a case of its own."""
        copy = f"{policy.policy.policy}.yaml"
        former = f"git show {self.above[:_SHORT]}:{policy.path} > {copy}"
        return "; ".join([opening(policy.policy), former, line("policy", "amend", "<case>", "--from", copy)])

    def demand_no_undo(self, before: Register, after: Register, changed: list[str]) -> None:
        """Whether it is something else than an undo.

        Raises:
            WrongCallError: it is one; says how what it took back is done again.
        """
        if self.command != "undo" or not changed:
            return
        message = f"the latest commit ({self.name}) is an undo itself, which is not taken back: do it again instead"
        raise WrongCallError(message, _again(before.records.get(changed[0]), after.records[changed[0]]))

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


def latest(git: Git) -> Latest:
    """The latest commit."""
    oid = git.resolve("HEAD")
    found = landed(git, oid)
    return Latest(oid, found.subject, found.email, command_of(git, oid), is_merge(git, oid), parent(git, oid) or "")


def of_entry(record: RecordFile, entry: dict[str, Any], actor: str) -> Taken:
    """What is said when one entry is taken back."""
    way = f"{entry['from']} → {entry['to']}" if "from" in entry else f"{entry['type']} in {entry['to']}"
    by = f"made by {entry['by']}" + ("" if entry["by"] == actor else ", not by you")
    return Taken(way, f"entry {entry['id']} of {record.id} ({way}), {by}")


def _again(before: RecordFile | None, after: RecordFile) -> str:
    """The command that does again what an undo took back."""
    if before is None or len(after.data["history"]) > len(before.data["history"]):
        return again_entry(after)
    for group in STATEMENT_LISTS:
        gone = {one["id"] for one in before.data.get(group) or [] if "withdrawn" in one}
        for said in after.data.get(group) or []:
            if "withdrawn" in said and said["id"] not in gone:
                return line("add" if group != "approvals" else "approve", after.id, said["requirement"])
    keys = dict.fromkeys([*before.data, *after.data])
    fields = [key for key in keys if key not in FIXED and before.data.get(key) != after.data.get(key)]
    if not fields:
        return line("log", after.id)
    return line("set", after.id, *(_pair(key, before.data.get(key)) for key in fields))


def _pair(key: str, value: Any) -> str:
    return f"{key}={value}" if isinstance(value, str | int) and not isinstance(value, bool) else f"{key}=<{key}>"


def again_entry(record: RecordFile) -> str:
    """The command that makes again the move which a record's latest entry, an undo, took back."""
    entries = record.data["history"]
    undone = next((one for one in entries if one["id"] == entries[-1].get("undoes")), entries[-1])
    if "from" not in undone:
        return line("new", record.kind, record.name)
    return line("advance", record.id, undone["to"])
