"""Names beside ids, on a terminal and nowhere else: the one place where a page learns who somebody is."""

from __future__ import annotations

import re
from collections.abc import Mapping

from partnerkit.reports.encode import terminal
from partnerkit.reports.page import COMMAND, Line, Page, Span, Table

#: An id as a word of its own: no part of a path, an address, a setting or a longer id.
_ID = re.compile(r"(?<![\w@/.=:-])[a-z0-9][a-z0-9-]*(?![\w@/=-]|[.:]\w)")

#: What is pasted stays as it is, also where it stands in a sentence.
_LINE_TO_PASTE = re.compile(r"\b(?:partnerkit|git) \S")


def named(page: Page, names: Mapping[str, str]) -> Page:
    """A page with the name beside each id that has one, once in a line; columns are laid out anew."""
    if not names:
        return page
    anew = {id(line): _named(line, names) for line in page.lines}
    tables = [Table([anew[id(row)] for row in one.rows], one.head, one.records).aligned() for one in page.tables]
    return Page([anew[id(line)] for line in page.lines], tables)


def _named(line: Line, names: Mapping[str, str]) -> Line:
    found: Line = []
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
