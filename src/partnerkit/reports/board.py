"""Boards of records: columns side by side where a terminal has room for them, one below the other elsewhere."""

from __future__ import annotations

import textwrap
from collections.abc import Iterable, Iterator, Sequence
from itertools import zip_longest
from typing import Any, Protocol

from partnerkit.register import RecordFile
from partnerkit.reports.encode import terminal
from partnerkit.reports.page import COMMAND, Page, Piece, Span, cut, width
from partnerkit.rules.commands import line

#: A terminal that is narrower shows one column below the other.
_NARROW = 72

#: The least and the most width of a column with cards; what is between two; so many cards of one are shown.
_LEAST, _WIDEST, _GAP, _MOST = 18, 34, 2, 12


class Card(Protocol):
    """A record on a board."""

    @property
    def record(self) -> RecordFile:
        """The record."""

    @property
    def age(self) -> int:
        """For how many days it has stood in its stage."""

    @property
    def late(self) -> int:
        """How many things of it are late."""

    @property
    def due(self) -> int:
        """How many are due."""


class Column(Protocol):
    """A stage, or what else its cards have in common."""

    @property
    def name(self) -> str:
        """What it is."""

    @property
    def cards(self) -> Sequence[Card]:
        """Its cards."""

    @property
    def aside(self) -> bool:
        """Whether it lies beside the main way."""

    @property
    def median(self) -> int | None:
        """For how many days half of them have stood in their stage."""


class Board(Protocol):
    """Columns of cards."""

    @property
    def kind(self) -> str | None:
        """Of which kind its records are."""

    @property
    def policy(self) -> str | None:
        """The policy whose stages the columns are."""

    @property
    def columns(self) -> Sequence[Column]:
        """The columns."""


def as_page(boards: Sequence[Board], by: str, room: int | None) -> Page:
    """Boards, one below the other.

    Args:
        boards: the boards.
        by: the field that says what the columns are.
        room: how wide a terminal is; None where nobody looks at one, and nothing may be cut.
    """
    page = Page()
    for board in boards:
        if page.lines:
            page.add()
        if board.policy is not None:
            page.add(Span(f"{board.kind} under {board.policy}", "bold"), f" · {_records(board)}")
        if room is None or room < _NARROW:
            _stacked(page, board)
        else:
            _side_by_side(page, board, by, room)
    return page.add().add(Span("d: days in the stage; partnerkit today tells what is late or due", "dim"))


def _records(board: Board) -> str:
    count = len({card.record.id for column in board.columns for card in column.cards})
    return f"{count} record{'' if count == 1 else 's'}"


def _name(column: Column) -> str:
    return f"{column.name or 'none'} ({len(column.cards)})"


def _median(column: Column) -> str:
    return "empty" if column.median is None else f"median {column.median} d"


def _style(card: Card) -> str:
    return "red" if card.late else "yellow" if card.due else "dim"


def _state(card: Card) -> str:
    """How long it has stood there, and what of it is late or due: in words, so that colour is not needed."""
    late, due = (f" · {card.late} late" if card.late else ""), (f" · {card.due} due" if card.due else "")
    return f"{card.age} d{late}{due}"


def _stacked(page: Page, board: Board) -> None:
    for column in board.columns:
        page.add(Span(_name(column), "bold"), Span(f"  {_median(column)}", "dim"))
        rows = [(card.record.id, Span(_state(card), _style(card)), card.record.name) for card in column.cards]
        page.table(rows, indent="  ")


def _side_by_side(page: Page, board: Board, by: str, room: int) -> None:
    for number, band in enumerate(_bands(board.columns, room)):
        if number:
            page.add()
        columns = [_lines(column, room_of) for column, room_of in band]
        page.table(zip_longest(*columns, fillvalue=""), records=False)
    for column in board.columns:
        if len(column.cards) > _MOST:
            where = ["--where", f"{by}={column.name}", "--sort", "-days"]
            words = ["list", *([board.kind] if board.kind else []), *where]
            page.add(f"{_name(column)} has more: ", Span(line(*words), COMMAND))


def _bands(columns: Iterable[Column], room: int) -> Iterator[list[tuple[Column, int]]]:
    """The columns with their widths, as many beside each other as there is room for."""
    band: list[tuple[Column, int]] = []
    used = 0
    for column in columns:
        wanted = min(_wanted(column, _WIDEST), room)
        if band and used + wanted > room:
            yield _spread(band, room)
            band, used = [], 0
        band.append((column, wanted))
        used += wanted + _GAP
    if band:
        yield _spread(band, room)


def _spread(band: Iterable[tuple[Column, int]], room: int) -> list[tuple[Column, int]]:
    """What room the columns of a band leave is given to those whose cards need more, the narrowest need first."""
    found = dict(enumerate(band))
    needs = {number: _wanted(column, room) for number, (column, _) in found.items()}
    spare = room - sum(given for _, given in found.values()) - _GAP * (len(found) - 1)
    for number in sorted(found, key=lambda one: needs[one] - found[one][1]):
        column, given = found[number]
        more = max(0, min(needs[number] - given, spare))
        found[number] = (column, given + more)
        spare -= more
    return list(found.values())


def _wanted(column: Column, widest: int) -> int:
    """How wide a column would be that cuts nothing, but no wider than `widest` for its cards."""
    head = max(width(_name(column)), width(_median(column)))
    words = [(card.record.id, card.record.name, _state(card)) for card in column.cards[:_MOST]]
    needed = max((max(width(one), _GAP + width(name), _GAP + width(state)) for one, name, state in words), default=0)
    return max(head, min(max(needed, _LEAST), widest) if words else 0)


def _lines(column: Column, room: int) -> list[Piece]:
    """A column as lines: what it is, then its cards, each with id, name, and how long it has stood there."""
    found: list[Piece] = [Span(_name(column), "bold"), Span(_median(column), "dim")]
    for card in column.cards[:_MOST]:
        found += [Span(part, "bold") for part in textwrap.wrap(card.record.id, room)]
        found += [f"  {part}" for part in _in_two(card.record.name, room - _GAP)]
        found.append(Span(f"  {_state(card)}", _style(card)))
    more = len(column.cards) - _MOST
    return [*found, Span(f"… {more} more", "dim")] if more > 0 else found


def _in_two(name: str, room: int) -> list[str]:
    """A name on one line or, broken between words, on two; what has no room there is cut."""
    first, *more = textwrap.wrap(terminal(name), room, break_long_words=False) or [""]
    return [cut(one, room) for one in (first, " ".join(more)) if one]


def as_json(boards: Iterable[Board]) -> list[dict[str, Any]]:
    """The same for other programs."""
    return [
        {
            "kind": board.kind,
            "policy": board.policy,
            "columns": [
                {
                    "name": column.name,
                    "aside": column.aside,
                    "median_days": column.median,
                    "cards": [
                        {"id": card.record.id, "days": card.age, "late": card.late, "due": card.due}
                        for card in column.cards
                    ],
                }
                for column in board.columns
            ],
        }
        for board in boards
    ]
