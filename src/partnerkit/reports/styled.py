"""A page at a terminal: in colour, with its lines broken between words so that they can be read at any width."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import IO

from rich.console import Console
from rich.text import Text

from partnerkit.reports.page import COMMAND, PLACE, Line, Page, begins, width

#: A word, with what parts it from the next.
_WORD = re.compile(r"\S+\s*")

#: What marks an item: its other lines begin under its words, not under the mark.
_MARKED = re.compile(r"[\u2713\u2717!\u00b7\u2610-] \S")

#: What a line begins with that goes on in a second column: a day, or what alone stands before it.
_FIRST = re.compile(r"\d{4}-\d\d-\d\d  +|\S(?: ?\S)*  +(?!.*  )")


def show_styled(page: Page, target: IO[str]) -> None:
    """Print a page with its styles: each table as a table where it fits, else record by record."""
    console = Console(file=target, highlight=False)
    starts: dict[int, int] = {}
    blocks: dict[int, list[Line]] = {}
    for table in page.tables:
        if table.fits(console.width):
            starts |= {id(row): begins(row) for row in table.rows}
        elif table.records:
            blocks |= {id(row): block for row, block in table.one_by_one(console.width)}
    starts |= {id(line): width(line[0].text) + 2 for block in blocks.values() for line in block}
    for line in (part for one in page.lines for part in blocks.get(id(one), [one])):
        text = Text.assemble(*((span.text, span.style) for span in line))
        if any(span.style in {COMMAND, PLACE} for span in line):
            console.print(text, soft_wrap=True)  # it is copied whole, however narrow the terminal
            continue
        indent = len(text.plain) - len(text.plain.lstrip())
        words = text[indent:]
        words.rstrip()
        room = max(console.width - indent, 20)
        hang = starts[id(line)] - indent if id(line) in starts else _hang(words.plain, room)
        for index, part in enumerate(words.divide(_between_words(words.plain, room, hang))):
            part.rstrip()
            console.print(Text(" " * (indent + (hang if index else 0))) + part, soft_wrap=True)


def _hang(text: str, room: int) -> int:
    """How far the other lines of a text are indented: under its second column, where that leaves room enough."""
    first = _FIRST.match(text)
    if first and width(first[0]) <= room // 3:
        return width(first[0])
    return 2 if "  " in text or _MARKED.match(text) else 0


def _between_words(text: str, room: int, hang: int) -> Iterator[int]:
    """Where a text is broken between words; a longer word stays whole: it is a path, a link, a digest."""
    used = 0
    for word in _WORD.finditer(text):
        if used > hang and used + width(word[0].rstrip()) > room:
            yield word.start()
            used = hang
        used += width(word[0])
