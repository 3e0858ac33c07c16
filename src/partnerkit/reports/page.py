"""A Page: lines of styled text, printed with colour on a terminal and plain in a pipe."""

from __future__ import annotations

import contextlib
import os
import sys
import unicodedata
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from itertools import chain, repeat, zip_longest
from typing import IO

from partnerkit.dataclass import dataclass, field
from partnerkit.errors import CannotSayError
from partnerkit.reports.encode import terminal


@dataclass(frozen=True, slots=True)
class Span:
    """Text in one style, such as `bold`, `dim`, `red`, `green`, `yellow`, `cyan`."""

    text: str
    style: str = ""


Piece = Span | str

#: The least that the last column of a table is wrapped to; where it has less, the table is no table.
_LEAST = 24

#: From so many cells on a terminal is wide: a long word, such as a link, may stand out of a table there.
_WIDE = 72

#: Headings that their values say themselves.
_SAID = frozenset({"", "id", "kind", "name", "stage", "title"})

#: The style of lines to be pasted.
COMMAND = "green"

#: The style of what is well: told apart from a line to be pasted, so that what stands beside it wraps.
WELL = "bold green"

#: The style of a place in a file, which is followed or copied: bold, and told apart from other bold text.
PLACE = "not dim bold"

#: The style of a line that only a terminal shows: it is in no pipe and no file.
PRIVATE = "italic"


Line = list[Span]


@dataclass(frozen=True, slots=True)
class Table:
    """Lines of a page that are rows: each an indent, then cell by cell what it says and what parts it from the next.

    Attributes:
        rows: the lines.
        head: whether the first of them holds the headings.
        records: whether each row says something without the others; columns beside each other do not.
    """

    rows: list[Line]
    head: bool
    records: bool

    def aligned(self) -> Table:
        """The same, with each column as wide as its widest cell."""
        columns = zip_longest(*(row[1::2] for row in self.rows), fillvalue=Span(""))
        widest = [max(width(cell.text) for cell in column) for column in columns]
        for row in self.rows:
            for index, cell in enumerate(row[1:-2:2]):
                row[2 + 2 * index] = Span(" " * (widest[index] - width(cell.text) + 2))
        return self

    def fits(self, room: int) -> bool:
        """Whether all rows have room as they are, their last cells wrapped; a long word may stand out of a wide one."""
        most = room - room // 3 if room >= _WIDE else sys.maxsize
        return all(begins(row) + min(_needed(row[-2].text), most) <= room for row in self.rows)

    def one_by_one(self, room: int) -> Iterator[tuple[Line, list[Line]]]:
        """Each row with what is shown where the table has no room: its first cell, and the others below it.

        The first heading stands before each first cell or, where one has no room beside it, once above all of them.
        """
        head = [cell.text.strip() for cell in self.rows[0][1::2]] if self.head else []
        if self.head:
            beside = all(_long([row[0], Span(f"{head[0]} "), row[1]]) <= room for row in self.rows[1:])
            above = head[0] not in _SAID and not beside
            yield self.rows[0], [[self.rows[0][0], Span(head[0], "dim")]] if above else []
            head[0] = "" if above else head[0]
        for row in self.rows[1:] if self.head else self.rows:
            said = [
                [*([] if heading in _SAID else [Span(f"{heading} ", "dim")]), Span(cell.text.strip(), cell.style)]
                for heading, cell in zip(chain(head, repeat("")), row[1::2], strict=False)
                if cell.text.strip()
            ]
            yield row, _block(row[0].text, said, room)


def _block(indent: str, said: list[Line], room: int) -> list[Line]:
    """A row in lines of its own: no line is broken within a cell that has room on one."""
    (*heading, name), *others = said or [[Span("")]]
    lines = [[Span(indent), *heading, Span(name.text, name.style or "bold")]]
    for cell in others:
        more = [Span(" \u00b7 "), *cell]
        if len(lines) > 1 and _long(lines[-1]) + _long(more) <= room:
            lines[-1] += more
        else:
            lines.append([Span(f"{indent}  "), *cell])
    return lines


def _long(line: Line) -> int:
    return sum(width(span.text) for span in line)


def begins(row: Line) -> int:
    """In which cell of a terminal the last cell of a row begins."""
    return _long(row[:-2])


def _needed(text: str) -> int:
    """How many cells a last cell needs: as it is, or wrapped, with its longest word whole."""
    return max([min(width(text), _LEAST), *map(width, text.split())])


@dataclass
class Page:
    """Lines for a person to read. All text passes the terminal's encoder on the way in.

    Attributes:
        lines: the lines, each of spans.
        tables: those of them that are rows of tables.
    """

    lines: list[Line] = field(default_factory=list)
    tables: list[Table] = field(default_factory=list)

    def add(self, *pieces: Piece) -> Page:
        """Append a line."""
        spans = [piece if isinstance(piece, Span) else Span(piece) for piece in pieces]
        self.lines.append([one if one.text.isprintable() else _shown(one) for one in spans])
        return self

    def text(self, block: str, style: str = "", indent: str = "") -> Page:
        """Append text of several lines."""
        for one in block.splitlines():
            self.add(Span(indent + one, style))
        return self

    def extend(self, other: Page) -> Page:
        """Append another page."""
        self.lines += other.lines
        self.tables += other.tables
        return self

    def table(
        self, rows: Iterable[Sequence[Piece]], head: Sequence[str] = (), indent: str = "", *, records: bool = True
    ) -> Page:
        """Append aligned columns; where they do not fit a terminal, each row becomes a block, if rows are records."""
        cells = [list(row) for row in rows]
        if head and cells:
            cells.insert(0, [Span(word, "dim") for word in head])
        for row in cells:
            self.add(indent, *(part for cell in row for part in (cell, "")))
        if cells:
            self.tables.append(Table(self.lines[-len(cells) :], bool(head), records).aligned())
        return self

    def plain(self, *, private: bool = False) -> str:
        """The page as plain text; what is private only where it is asked for."""
        shown = (line for line in self.lines if private or all(span.style != PRIVATE for span in line))
        return "".join("".join(span.text for span in line).rstrip() + "\n" for line in shown)


def _shown(span: Span) -> Span:
    return Span(terminal(span.text).replace("\n", " "), span.style)


def width(text: str) -> int:
    """How many cells a terminal needs for the text."""
    if text.isascii() and text.isprintable():
        return len(text)
    shown = terminal(text)
    if shown.isascii():
        return len(shown)
    wide = sum(unicodedata.east_asian_width(char) in {"W", "F"} for char in shown)
    return len(shown) + wide - sum(unicodedata.combining(char) != 0 for char in shown)


def cut(text: str, room: int) -> str:
    """A text as a terminal shows it, in so many cells: with `…` at its end where there is more of it."""
    shown = terminal(text).replace("\n", " ")
    if width(shown) <= room:
        return shown
    while width(shown) > max(room - 1, 0):
        shown = shown[:-1]
    return f"{shown.rstrip()}…"


def room(stream: IO[str] | None = None) -> int | None:
    """How many cells a line has for whoever looks at a terminal; None where nobody does, and nothing may be cut."""
    target = stream or sys.stdout
    if not target.isatty() or os.environ.get("TERM") == "dumb":
        return None
    import shutil  # noqa: PLC0415 - it imports every sort of archive, and few commands ask how wide a terminal is

    return shutil.get_terminal_size().columns


def say(text: str, stream: IO[str] | None = None) -> None:
    """Print text as it is. A reader who went away (`| head`) is no failure: the rest is said to nobody.

    Raises:
        CannotSayError: it cannot be written.
    """
    target = stream or sys.stdout
    with _saying(target):
        target.write(text)
        target.flush()


@contextlib.contextmanager
def _saying(target: IO[str]) -> Iterator[None]:
    try:
        yield
    except BrokenPipeError:
        silence(target)
    except OSError as problem:
        silence(target)
        name = "stderr" if target is sys.stderr else "stdout"
        message = f"{name} cannot be written: {problem.strerror or problem}"
        raise CannotSayError(message, "see where the output goes, and that there is room") from problem


def silence(target: IO[str]) -> None:
    """From now on, what is said to a stream is said to nobody: what still waits in it would fail once more."""
    nobody = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nobody, target.fileno())
    os.close(nobody)


#: Gives the names of people by id, for whoever looks at a terminal.
_NAMES: list[Callable[[], Mapping[str, str]]] = []


def names_from(source: Callable[[], Mapping[str, str]]) -> None:
    """From now on, a terminal shows names beside ids, as `source` gives them."""
    _NAMES[:] = [source]


def show(page: Page, stream: IO[str] | None = None) -> None:
    """Print a page: with names and rich on a terminal, plain elsewhere.

    Raises:
        CannotSayError: it cannot be written.
    """
    target = stream or sys.stdout
    if not target.isatty():
        say(page.plain(), target)
        return
    from partnerkit.reports.naming import named  # noqa: PLC0415 - only where there is a terminal

    known = named(page, _NAMES[0]() if _NAMES else {})
    if os.environ.get("TERM") == "dumb":
        say(known.plain(private=True), target)
        return
    from partnerkit.reports.styled import show_styled  # noqa: PLC0415 - the same, and rich is heavy

    with _saying(target):
        show_styled(known, target)
