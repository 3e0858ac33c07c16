"""How the value of a field came to be: every commit that landed and changed it, who made it, and from what to what."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from partnerkit.errors import WrongCallError
from partnerkit.jobs.desk import Desk
from partnerkit.jobs.finding_records import record, source
from partnerkit.kinds.differing import Differing, differing, part_at, paths_of
from partnerkit.kinds.expunging import EXPUNGED, explained, listed, masked
from partnerkit.kinds.problems import an, did_you_mean
from partnerkit.policies.shapes import has_field, model_for
from partnerkit.register import RecordFile, Register
from partnerkit.rules.commands import line
from partnerkit.store.git.history import LandedCommit, versions
from partnerkit.store.yaml.reader import read


@dataclass(frozen=True, slots=True)
class Changed:
    """One change of a field.

    Attributes:
        commit: what it landed with; None where it lies in the working tree only.
        by: the one person on the roster at whom the author's address stands; None where that is nobody, several, or a
            shared mailbox.
        entries: the entries that landed with it, as written.
        places: where it differs, each with what was there and what is.
    """

    commit: LandedCommit | None
    by: str | None
    entries: list[dict[str, Any]]
    places: list[Differing]


@dataclass(frozen=True, slots=True)
class FieldLog:
    """How a field came to be what it is.

    Attributes:
        record: the record as it lies there.
        register: where it stands.
        field: the path of the field.
        value: what it says now.
        changes: earliest first.
        unreadable: commits in which the record could not be read, so that nobody can say what it said.
    """

    record: RecordFile
    register: Register
    field: str
    value: Any
    changes: list[Changed]
    unreadable: list[LandedCommit]


@dataclass(frozen=True, slots=True)
class _Version:
    commit: LandedCommit | None
    data: dict[str, Any] | None


def field_log(desk: Desk, record_id: str, field: str) -> FieldLog:
    """How the value of a record's field came to be, through undo and edits by hand.

    Raises:
        WrongCallError: an unknown record, or a field that it neither has nor ever had.
    """
    register = desk.working_tree().demand()
    found = record(register, record_id)
    every = list(_versions(desk, found))
    _demand_known(register, found, field, every)
    readable = [one for one in every if one.commit is None or one.data is not None]
    lost = [one.commit for one in every if one.commit is not None and one.data is None]
    changes = list(_changes(register, readable, field))
    return FieldLog(found, register, field, part_at(found.data, field), changes, lost)


def _versions(desk: Desk, found: RecordFile) -> Iterator[_Version]:
    """What landed of a record, earliest first, then what lies there; without what was expunged from it since."""
    later, kept = found.data, [_Version(None, found.data)]
    for commit, raw in versions(desk.git, found.path):
        document = read(raw, found.path)[0] if raw is not None else None
        data = document.data if document is not None and _is_shaped(document.data) else None
        if data is not None:
            since = explained(listed(found.data)) - explained(listed(data))
            later = data = masked(data, later, since) if since else data
        kept.append(_Version(commit, data))
    return reversed(kept)


def _is_shaped(data: dict[str, Any]) -> bool:
    """Whether what a commit brought has the lists of a record: anything may have landed there."""
    lists = (data.get(key, []) for key in ("history", EXPUNGED))
    return all(isinstance(one, list) and all(isinstance(item, dict) for item in one) for one in lists)


def _changes(register: Register, readable: list[_Version], field: str) -> Iterator[Changed]:
    before: dict[str, Any] = {}
    for one in readable:
        data = one.data or {}
        places = list(differing(part_at(before, field), part_at(data, field), field))
        if places:
            by = _author(register, one.commit) if one.commit is not None else None
            yield Changed(one.commit, by, _new_entries(before, data), places)
        before = data


def _new_entries(before: dict[str, Any], after: dict[str, Any]) -> list[dict[str, Any]]:
    known = [entry.get("id") for entry in before.get("history") or []]
    return [entry for entry in after.get("history") or [] if entry.get("id") not in known]


def _author(register: Register, commit: LandedCommit) -> str | None:
    roster = register.roster
    people = [] if roster.is_shared(commit.email) else roster.people_of(commit.email)
    return people[0] if len(people) == 1 else None


def _demand_known(register: Register, found: RecordFile, field: str, every: list[_Version]) -> None:
    policy = source(register, found).policy
    if has_field(policy, found.kind, field):
        return
    ever = dict.fromkeys(path for one in every if one.data for path in paths_of(one.data))
    if field in ever:
        return
    own = [info.alias or name for name, info in model_for(policy, found.kind).model_fields.items()]
    message = f"{found.id} never had a field {field!r}{did_you_mean(field, [*own, *ever])}"
    fields = ", ".join(sorted(own))
    raise WrongCallError(message, f"the fields of {an(found.kind)}: {fields}; {line('show', found.id)} shows its own")
