"""Names beside ids, on a terminal and nowhere else: the one place where a page learns who somebody is."""

from __future__ import annotations

import re
from collections.abc import Mapping

from partnerkit.reports.encode import terminal
from partnerkit.reports.page import COMMAND, Page, Span, width

#: An id as a word of its own: no part of a path, an address, a setting or a longer id.
_ID = re.compile(r"(?<![\w@/.=:-])[a-z0-9][a-z0-9-]*(?![\w@/=-]|[.:]\w)")

#: What is pasted stays as it is, also where it stands in a sentence.
_LINE_TO_PASTE = re.compile(r"\b(?:partnerkit|git) \S")


def named(page: Page, names: Mapping[str, str]) -> Page:
    """A page with the name beside each id that has one, once in a line; columns are laid out anew."""
    if not names:
        return page
    anew = {id(old): new for table in page.tables for old, new in zip(table, _laid_out(table, names), strict=True)}
    found = Page()
    found.lines = [anew[id(line)] if id(line) in anew else _named(line, names) for line in page.lines]
    found.tables = [[anew[id(line)] for line in table] for table in page.tables]
    return found


def _named(line: list[Span], names: Mapping[str, str]) -> list[Span]:
    found: list[Span] = []
    said: set[str] = set()
    pasted = False
    for span in line:
        begins = _LINE_TO_PASTE.search(span.text)
        if pasted or span.style == COMMAND:
            found.append(span)
            continue
        sentence = span.text[: begins.start()] if begins else span.text
        found.append(Span(_with_names(sentence, names, said) + span.text[len(sentence) :], span.style))
        pasted = begins is not None
    return found


def _with_names(text: str, names: Mapping[str, str], said: set[str]) -> str:
    def name(one: re.Match[str]) -> str:
        who = one[0]
        if who not in names or who in said:
            return who
        said.add(who)
        return f"{who} ({terminal(names[who])})"

    return _ID.sub(name, text)


def _laid_out(table: list[list[Span]], names: Mapping[str, str]) -> list[list[Span]]:
    """The lines of a table: an indent, then each cell and what parts it from the next."""
    rows = [_named(line, names) for line in table]
    columns = max(len(row[1::2]) for row in rows)
    widths = [max(width(row[1::2][index].text) for row in rows if index < len(row[1::2])) for index in range(columns)]
    for row in rows:
        cells = row[1::2]
        for index, cell in enumerate(cells[:-1]):
            row[2 + 2 * index] = Span(" " * (widths[index] - width(cell.text) + 2))
    return rows
