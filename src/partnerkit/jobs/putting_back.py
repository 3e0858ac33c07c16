"""What had landed of a record, written into it again: fields, statements, what was said about them later."""

from __future__ import annotations

import copy
from collections.abc import Iterator
from typing import Any

from partnerkit.kinds.canonical import same
from partnerkit.kinds.expunging import listed
from partnerkit.kinds.statements import ADDED_LATER, STATEMENT_LISTS, Approval, core, statement_digest
from partnerkit.register import RecordFile
from partnerkit.rules.proven import Vouched, as_sealed, said_as_sealed
from partnerkit.steps import Live, statements, value_at


def doubled(data: dict[str, Any]) -> list[tuple[str, int]]:
    """Where statements stand of which another has the id already."""
    seen: set[str] = set()
    found: list[tuple[str, int]] = []
    for group in STATEMENT_LISTS:
        for place, said in enumerate(data.get(group) or []):
            found += [(group, place)] if said["id"] in seen else []
            seen.add(said["id"])
    return found


def content_back(data: dict[str, Any], one: Vouched, past: list[RecordFile]) -> Iterator[str]:
    """Put back the fields for which a gate vouches, from the latest version over which its seal holds."""
    paths = one.paths or []
    then = next((then for then in past if paths and not one.content and as_sealed(then, one.entry, paths)), None)
    for path in paths if then is not None else ():
        if then is not None and not same(value_at(data, path), value_at(then.data, path)):
            demand_nothing_expunged(data, then, path)
            write(data, then.data, path.split("."))
            yield path


def write(data: dict[str, Any], then: dict[str, Any], keys: list[str]) -> None:
    """Write the value at a path as it was; of what stands in a list the whole list."""
    key, *rest = keys
    if rest and isinstance(data.get(key), dict) and isinstance(then.get(key), dict):
        write(data[key], then[key], rest)
    elif key in then:
        data[key] = copy.deepcopy(then[key])
    else:
        data.pop(key, None)


def said_back(data: dict[str, Any], one: Vouched, past: list[RecordFile]) -> Iterator[str]:
    """Put back the statements on which a gate rests, and the evidence on which its approvals do."""
    then = next((then for then in past if said_as_sealed(then, one.entry)), None)
    if then is None:
        return
    known = {found.said.id: found for found in statements(then)}
    for use in one.entry.uses:
        yield from statement_back(data, then, known[use])
        said = known[use].said
        for bound, digest in said.binds.evidence.items() if isinstance(said, Approval) else ():
            every = ((older, found) for older in past for found in statements(older))
            found = next(((older, found) for older, found in every if _is(found, bound, digest)), None)
            yield from statement_back(data, *found) if found is not None else ()


def _is(found: Live, statement_id: str, digest: str) -> bool:
    return found.said.id == statement_id and statement_digest(found.raw) == digest


def statement_back(
    data: dict[str, Any], then: RecordFile, was: Live, kept: dict[str, Any] | None = None
) -> Iterator[str]:
    """Write a statement as it was in a version; what was said about it later stays, and what is to be kept of that."""
    every = data.get(was.group) or []
    place = next((place for place, said in enumerate(every) if said["id"] == was.said.id), None)
    later = {key: every[place][key] for key in ADDED_LATER & every[place].keys()} if place is not None else {}
    later |= copy.deepcopy(kept or {})
    if place is not None and same(every[place], {**core(was.raw), **later}):
        return
    demand_nothing_expunged(data, then, was.said.id)
    if place is None:
        data.setdefault(was.group, []).insert(was.index, copy.deepcopy(was.raw))
    else:
        every[place] = {**copy.deepcopy(core(was.raw)), **later}
    yield was.said.id


class ForgottenSinceError(Exception):
    """Something is not put back: text was expunged from the record since, and may stand in it.

    Attributes:
        what: the field or the statement.
        then: the version of the record in which it last stood.
    """

    def __init__(self, what: str, then: RecordFile) -> None:
        super().__init__(what)
        self.what = what
        self.then = then


def demand_nothing_expunged(data: dict[str, Any], then: RecordFile, what: str) -> None:
    """Whether a version of a record may give something back.

    Raises:
        ForgottenSinceError: text was expunged from the record since, and may stand in it.
    """
    before = {one["id"] for one in listed(then.data)}
    if any(one["id"] not in before for one in listed(data)):
        raise ForgottenSinceError(what, then)
