"""How the value of a field came to be: every commit that landed and changed it, who made it, and from what to what."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from partnerkit.dataclass import dataclass
from partnerkit.errors import WrongCallError
from partnerkit.jobs.desk import Desk
from partnerkit.jobs.named_record import record, source
from partnerkit.kinds.differing import Differing, differing, part_at, paths_of
from partnerkit.kinds.expunging import EXPUNGED, explained, listed, masked
from partnerkit.kinds.problems import an, did_you_mean
from partnerkit.policies.shapes import has_field, model_for
from partnerkit.register import RecordFile, Register
from partnerkit.rules.commands import line
from partnerkit.store.git.history import LandedCommit, demand_not_cut_off, taken_away, versions
from partnerkit.store.record_paths import RECORDS
from partnerkit.store.yaml.reader import read

#: How many parts of a field are named to whoever asked for one that it does not have.
_SOME = 12


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
        CannotWorkError: history was cut off where the record was there already.
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
    for commit, raw in _landed(desk, found):
        data = _shaped(raw, found.path)
        if data is not None:
            since = explained(listed(found.data)) - explained(listed(data))
            later = data = masked(data, later, since) if since else data
        kept.append(_Version(commit, data))
    return reversed(kept)


def _landed(desk: Desk, found: RecordFile) -> Iterator[tuple[LandedCommit, bytes | None]]:
    """What landed of a record, latest first, wherever its file lay and whatever it was called.

    Raises:
        CannotWorkError: history was cut off where the record was there already.
    """
    path: str | None = found.path
    rev = "HEAD"
    while path is not None:
        every = versions(desk.git, path, rev=rev)
        yield from every
        path = None
        if every:
            first = every[-1][0].oid
            demand_not_cut_off(desk.git, first, f"how {found.id} was before")
            path, rev = _came_from(desk, found, first), f"{first}^"


def _came_from(desk: Desk, found: RecordFile, oid: str) -> str | None:
    """The file that a commit took away and that had begun as the record did: it only lies elsewhere since."""
    for path, raw in taken_away(desk.git, oid, RECORDS).items():
        data = _shaped(raw, path)
        if data is not None and [one.get("id") for one in data.get("history", [])[:1]] == [
            found.data["history"][0]["id"]
        ]:
            return path
    return None


def _shaped(raw: bytes | None, path: str) -> dict[str, Any] | None:
    document = read(raw, path)[0] if raw is not None else None
    return document.data if document is not None and _is_shaped(document.data) else None


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
    ever = list(dict.fromkeys(path for one in every if one.data for path in paths_of(one.data)))
    above = _above(field, ever)
    if field in ever or (has_field(policy, found.kind, field) and not _is_told_whole(every, above)):
        return
    own = [info.alias or name for name, info in model_for(policy, found.kind).model_fields.items()]
    near = did_you_mean(field, dict.fromkeys((*own, *ever)))
    fields = f"the fields of {an(found.kind)}: {', '.join(sorted(own))}; {line('show', found.id)} shows its own"
    raise WrongCallError(f"{found.id} never had a field {field!r}{near}", _parts(found, above, ever) or fields)


def _above(field: str, ever: list[str]) -> str:
    """The innermost of the paths above a field at which something stood; empty where nothing did."""
    above = field.rpartition(".")[0]
    while above and above not in ever:
        above = above.rpartition(".")[0]
    return above


def _is_told_whole(every: list[_Version], path: str) -> bool:
    """Whether what stood at a path last is a value, or a list: of that only items with ids can be asked for."""
    stood = [part_at(one.data, path) for one in every if path and one.data]
    return not isinstance(next((one for one in reversed(stood) if one is not None), {}), dict)


def _parts(found: RecordFile, above: str, ever: list[str]) -> str | None:
    """What can be asked of a field that was asked for something which it does not have."""
    below = [path for path in ever if above and path.rpartition(".")[0] == above]
    listed = f" ({', '.join(below[:_SOME])}{' …' if below[_SOME:] else ''})" if below else ""
    what = f"{above} is told as a whole, or part by part{listed}" if below else f"{above} is told as a whole"
    return f"{what}: {line('log', found.id, above)}" if above else None
