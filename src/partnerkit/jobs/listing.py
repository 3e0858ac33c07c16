"""Which records there are: those that fit conditions and say what is looked for, in an order, as a table or a board."""

from __future__ import annotations

from collections.abc import Iterable
from functools import partial
from typing import Any, NamedTuple

from partnerkit.dataclass import dataclass, field
from partnerkit.jobs.boards import Board, boards, key_of
from partnerkit.jobs.desk import Desk
from partnerkit.jobs.finding_records import demand_field, fitting
from partnerkit.jobs.known_values import values_of
from partnerkit.jobs.searching import Hit, Sought, asked_for, search, sought
from partnerkit.jobs.worked_out import Asking, asking
from partnerkit.register import RecordFile, Register

_COLUMNS = ["id", "kind", "stage", "since", "name"]


class Row(NamedTuple):
    """A record that was found.

    Attributes:
        record: the record.
        cells: what its columns say.
        hits: where what was looked for stands in it, the best places first.
        best: how many of them say most of it.
    """

    record: RecordFile
    cells: list[str]
    hits: tuple[Hit, ...] = ()
    best: int = 0


@dataclass(frozen=True, slots=True)
class Listing:
    """Records with the columns asked for.

    Attributes:
        columns: the names of the columns.
        rows: the records.
        boards: the same as boards, where those were asked for.
        sought: what became of each word that was looked for, where nothing was found.
    """

    columns: list[str]
    rows: list[Row]
    boards: list[Board] | None = None
    sought: list[Sought] = field(default_factory=list)


def list_records(
    desk: Desk,
    kind: str | None,
    where: list[str],
    *,
    words: list[str] | None = None,
    by: str | None = None,
    sort: list[str] | None = None,
    columns: list[str] | None = None,
) -> Listing:
    """The records of a kind for which the conditions hold; those taken back only with a condition on the stage.

    Args:
        desk: where and when.
        kind: their kind; None for all.
        where: the conditions.
        words: what they must say, as it was typed.
        by: the field that makes them a board.
        sort: the fields by which they are put in order, `-field` from the other end; else what they say, or their ids.
        columns: the fields that are shown.

    Raises:
        WrongCallError: an unknown kind or field, a condition that cannot be read, or nothing to look for.
    """
    register = desk.working_tree().demand()
    for name in [*([by] if by else []), *(one.removeprefix("-") for one in sort or []), *(columns or [])]:
        demand_field(register, name, kind)
    asked = asking(desk, register)
    found = [Row(one, []) for one in fitting(asked, where, kind)]
    alone: list[Sought] = []
    if words is not None:
        wanted, every = asked_for(words), [row.record for row in found]
        found = [Row(one.record, [], one.hits, one.best) for one in search(wanted, every)]
        alone = sought(wanted, every, partial(_asked_with, register)) if not found else []
    _put_in_order(asked, found, sort or [])
    names = columns or [name for name in _COLUMNS if name != "kind" or kind is None]
    rows = [row._replace(cells=[_cell(asked.value(row.record, name)) for name in names]) for row in found]
    made = boards(asked, [row.record for row in rows], by, oldest_first=not sort) if by else None
    return Listing(names, rows, made, alone)


def _asked_with(register: Register, word: str) -> str | None:
    """The condition that asks for a word which is no text of records: a policy, a kind or a stage."""
    for field_ in ("policy", "kind", "stage"):
        known = {one.casefold(): one for one in values_of(register, field_, None) or ()}
        if word.casefold() in known:
            return f"{field_}={known[word.casefold()]}"
    return None


def _put_in_order(asked: Asking, found: list[Row], sort: Iterable[str]) -> None:
    """By the last field first, so that the first one decides; what says nothing always comes last."""
    for name in reversed(list(sort)):
        _put_by(asked, found, name.removeprefix("-"), from_the_end=name.startswith("-"))


def _put_by(asked: Asking, found: list[Row], name: str, *, from_the_end: bool) -> None:
    keys = {row.record.id: key_of(asked.value(row.record, name)) for row in found}
    found.sort(key=lambda row: keys[row.record.id], reverse=from_the_end)
    found.sort(key=lambda row: not keys[row.record.id])


def _cell(value: Any) -> str:
    if isinstance(value, list):
        return ", ".join(str(item.get("id", "…")) if isinstance(item, dict) else _cell(item) for item in value)
    if isinstance(value, bool):
        return "true" if value else "false"
    return "" if value is None else str(value)
