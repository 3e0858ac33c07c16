"""A Page: lines of styled text, printed with colour on a terminal and plain in a pipe."""

from __future__ import annotations

import contextlib
import os
import re
import shutil
import sys
import unicodedata
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import IO

from partnerkit.errors import CannotSayError
from partnerkit.reports.encode import terminal


@dataclass(frozen=True, slots=True)
class Span:
    """Text in one style, such as `bold`, `dim`, `red`, `green`, `yellow`, `cyan`."""

    text: str
    style: str = ""


Piece = Span | str

#: A word, with what parts it from the next.
_WORD = re.compile(r"\S+\s*")

#: What marks an item: its other lines begin under its words, not under the mark.
_MARKED = re.compile(r"[\u2713\u2717!\u00b7\u2610-] \S")

#: The style of lines to be pasted.
COMMAND = "green"

#: The style of a place in a file, which is followed or copied: bold, and told apart from other bold text.
PLACE = "not dim bold"

#: The style of a line that only a terminal shows: it is in no pipe and no file.
PRIVATE = "italic"


@dataclass
class Page:
    """Lines for a person to read. All text passes the terminal's encoder on the way in.

    Attributes:
        lines: the lines, each of spans.
        tables: those of them that are rows of tables.
    """

    lines: list[list[Span]] = field(default_factory=list)
    tables: list[list[list[Span]]] = field(default_factory=list)

    def add(self, *pieces: Piece) -> Page:
        """Append a line."""
        spans = [piece if isinstance(piece, Span) else Span(piece) for piece in pieces]
        self.lines.append([Span(terminal(span.text).replace("\n", " "), span.style) for span in spans])
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

    def table(self, rows: Iterable[Sequence[Piece]], head: Sequence[str] = (), indent: str = "") -> Page:
        """Append aligned columns."""
        all_rows = [[piece if isinstance(piece, Span) else Span(piece) for piece in row] for row in rows]
        if head and all_rows:
            all_rows.insert(0, [Span(word, "dim") for word in head])
        widths = [
            max(width(row[index].text) for row in all_rows if index < len(row)) for index in range(_columns(all_rows))
        ]
        for row in all_rows:
            cells: list[Piece] = [Span(indent)]
            for index, span in enumerate(row):
                last = index == len(row) - 1
                padding = "" if last else " " * (widths[index] - width(span.text) + 2)
                cells += [span, Span(padding)]
            self.add(*cells)
        if all_rows:
            self.tables.append(self.lines[-len(all_rows) :])
        return self

    def plain(self, *, private: bool = False) -> str:
        """The page as plain text; what is private only where it is asked for."""
        shown = (line for line in self.lines if private or all(span.style != PRIVATE for span in line))
        return "".join("".join(span.text for span in line).rstrip() + "\n" for line in shown)


def _columns(rows: list[list[Span]]) -> int:
    return max((len(row) for row in rows), default=0)


def width(text: str) -> int:
    """How many cells a terminal needs for the text."""
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
    with _saying(target):
        _show_styled(known, target)


def _show_styled(page: Page, target: IO[str]) -> None:
    from rich.console import Console  # noqa: PLC0415 - only where there is a terminal
    from rich.text import Text  # noqa: PLC0415

    console = Console(file=target, highlight=False)
    last = {id(row): _last_cell(row) for table in page.tables for row in table}
    for line in page.lines:
        text = Text.assemble(*((span.text, span.style) for span in line))
        if any(span.style in {COMMAND, PLACE} for span in line):
            console.print(text, soft_wrap=True)  # it is copied whole, however narrow the terminal
            continue
        indent = len(text.plain) - len(text.plain.lstrip())
        words = text[indent:]
        words.rstrip()
        breaks, hang = _breaks(words.plain, max(console.width - indent, 20), last.get(id(line)))
        for index, part in enumerate(words.divide(breaks)):
            part.rstrip()
            console.print(Text(" " * (indent + (hang if index else 0))) + part, soft_wrap=True)


def _last_cell(row: Sequence[Span]) -> tuple[int, int]:
    """Where the last column of a row begins, after the indent: in characters, and in cells of a terminal."""
    before = [span.text for span in row[1:-2]]
    return len("".join(before)), sum(map(width, before))


def _breaks(text: str, room: int, last: tuple[int, int] | None) -> tuple[list[int], int]:
    """Where a line is broken so that its parts have room, and how far its other lines are indented.

    A row of a table goes on below its last cell; where that has hardly any room, it stands on lines of its own.
    """
    if last is None or last[0] >= len(text):
        hang = 2 if _MARKED.match(text) else 0
        return list(_between_words(text, room, 0, hang)), hang
    begins, column = last
    if width(text) <= room or column <= room * 2 // 3:
        return list(_between_words(text, room, 0, column)), column
    before, below = _between_words(text[:begins], room, 0, 2), _between_words(text[begins:], room, 2, 2)
    return [*before, begins, *(begins + one for one in below)], 2


def _between_words(text: str, room: int, used: int, hang: int) -> Iterator[int]:
    """Where a text is broken between words; a longer word stays whole: it is a path, a link, a digest."""
    for word in _WORD.finditer(text):
        if used > hang and used + width(word[0].rstrip()) > room:
            yield word.start()
            used = hang
        used += width(word[0])
