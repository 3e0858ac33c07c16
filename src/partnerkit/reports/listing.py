"""Records in a table, with what was found in each; for a person and for other programs."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any, Protocol

from partnerkit.kinds.summary import Summary
from partnerkit.pattern import pattern
from partnerkit.reports.page import Page, Piece, Span, cut, width

SCHEMA = "partnerkit.list/1"

_NUMBER = pattern(r"-?[0-9]+(\.[0-9]+)?\Z")

#: What is between two columns, and the least that a column is cut to.
_GAP, _LEAST = 2, 12


#: So many places are shown of a record, and more where the words stand in more.
_SHOWN = 3


class Hit(Protocol):
    """A place where something that was looked for stands."""

    @property
    def path(self) -> str:
        """The field."""

    @property
    def text(self) -> str:
        """A piece of what it says."""

    @property
    def marks(self) -> tuple[tuple[int, int], ...]:
        """Where in that piece the words stand."""


class Row(Protocol):
    """A record that was found."""

    @property
    def record(self) -> Summary:
        """The record."""

    @property
    def cells(self) -> list[str]:
        """What its columns say."""

    @property
    def hits(self) -> tuple[Hit, ...]:
        """Where what was looked for stands in it, the best places first."""

    @property
    def best(self) -> int:
        """How many of them say most of it."""


class Sought(Protocol):
    """A word of a search that found nothing."""

    @property
    def word(self) -> str:
        """The word."""

    @property
    def count(self) -> int:
        """How many records say it."""

    @property
    def near(self) -> tuple[str, ...]:
        """Words like it."""

    @property
    def where(self) -> str | None:
        """The condition that asks for it, where it is no text."""


def as_page(columns: list[str], rows: Iterable[Row], sought: Iterable[Sought], room: int | None) -> Page:
    """Records in a table, each with what was found in it; what became of the words, where nothing was.

    Args:
        columns: the names of the columns.
        rows: the records.
        sought: the words that were looked for, where no record says all of them.
        room: how wide a terminal is; None where nothing may be cut.
    """
    every = list(rows)
    if not every:
        return nothing(sought)
    cells = _aligned([columns, *(row.cells for row in every)], room)
    table = Page().table(cells[1:], cells[0])
    head, *lines = table.lines
    page = Page([head], table.tables)
    for row, line in zip(every, lines, strict=True):
        page.lines.append(line)
        _hits(page, row)
    return page.add(Span(_counted(len(every)), "dim"))


def _counted(count: int) -> str:
    return f"{count} record{'' if count == 1 else 's'}"


def nothing(sought: Iterable[Sought]) -> Page:
    """That there are no records, and of each word that was looked for whether any says it."""
    page = Page().add("no records")
    for one in sought:
        near = f"; did you mean {' or '.join(one.near)}?" if one.near else ""
        said = f"{_counted(one.count)} say{'s' if one.count == 1 else ''}" if one.count else "nothing here says"
        page.add(f"  {said} ", Span(one.word, "bold"), near)
        if one.where is not None:
            page.add("  → ", Span(f"partnerkit list --where {one.where}", "green"))
    return page


def _aligned(rows: list[list[str]], room: int | None) -> list[list[str]]:
    """The cells with numbers at the right; on a terminal, the last column of words cut where that is enough."""
    columns = [list(column) for column in zip(*rows, strict=True)]
    for index, (head, *cells) in enumerate(columns):
        if any(cells) and all(not cell or _NUMBER.match(cell) for cell in cells):
            most = max(width(cell) for cell in (head, *cells))
            columns[index] = [" " * (most - width(cell)) + cell for cell in (head, *cells)]
    widths = [max(width(cell) for cell in column) for column in columns]
    over = sum(widths) + _GAP * (len(widths) - 1) - room if room is not None else 0
    wordy = [index for index, column in enumerate(columns) if any(" " in cell.strip() for cell in column[1:])]
    if over > 0 and wordy and widths[wordy[-1]] - over >= _LEAST:
        last = wordy[-1]
        columns[last] = [cut(cell, widths[last] - over) for cell in columns[last]]
    return [list(row) for row in zip(*columns, strict=True)]


def _hits(page: Page, row: Row) -> None:
    shown = max(row.best, _SHOWN)
    for hit in row.hits[:shown]:
        page.add(Span(f"    {hit.path}: ", "dim"), *_marked(hit))
    more = len(row.hits) - shown
    if more > 0:
        page.add(Span(f"    and in {more} more place{'' if more == 1 else 's'}", "dim"))


def _marked(hit: Hit) -> Iterator[Piece]:
    at = 0
    for start, end in hit.marks:
        yield hit.text[at:start]
        yield Span(hit.text[start:end], "bold underline")
        at = end
    yield hit.text[at:]


def as_json(columns: list[str], rows: Iterable[Row], sought: Iterable[Sought]) -> dict[str, Any]:
    """The same for other programs."""
    return {
        "schema": SCHEMA,
        "records": [
            {
                "id": row.record.id,
                "kind": row.record.kind,
                "stage": row.record.stage,
                "policy": row.record.policy,
                "columns": dict(zip(columns, row.cells, strict=True)),
                "hits": [{"path": hit.path, "text": hit.text, "marks": hit.marks} for hit in row.hits],
            }
            for row in rows
        ],
        "sought": [{"word": one.word, "records": one.count, "near": one.near, "where": one.where} for one in sought],
    }
