"""The Markdown of a document: the encoder of every value in it, and the parser that reads it for all other formats."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from functools import cache
from typing import TYPE_CHECKING

from markdown_it import MarkdownIt

if TYPE_CHECKING:
    from markdown_it.token import Token

#: What acts anywhere in a line, and what does so where one begins.
_MARKS = re.compile(r"([\\`*_\[\]<>|~&#$])")
_BEGINS = re.compile(r"^(?=[-+=:.)!])")
_NUMBERED = re.compile(r"^(\d+)(?=[.)])")

#: What a template may be made of; all else stays text: links, pictures, code, HTML.
_NOT_READ = ["code", "fence", "html_block", "reference", "lheading"]
_NOT_READ_INLINE = ["backticks", "link", "image", "autolink", "html_inline"]


def plain(text: str) -> str:
    """A value in one line of Markdown that reads as that very text, wherever in a line it stands."""
    line = " ".join("".join(_seen(char) for char in text).split())
    marked = _MARKS.sub(r"\\\1", line)
    return _NUMBERED.sub(r"\1\\", _BEGINS.sub(r"\\", marked))


def _seen(char: str) -> str:
    """A letter as readers see it: what controls, turns text round or is no letter is written by its number."""
    if char.isspace() or char.isprintable():
        return char
    kept = unicodedata.category(char) == "Cf" and char in "\u200c\u200d"  # join letters in Persian, in emoji
    return char if kept else f"\\u{ord(char):04x}"


@cache
def _parser() -> MarkdownIt:
    found = MarkdownIt("commonmark", {"html": False}).enable("table")
    return found.disable([*_NOT_READ, *_NOT_READ_INLINE])


def tokens(text: str) -> list[Token]:
    """What a document is made of."""
    return _parser().parse(text)


def rendered(text: str) -> str:
    """A document as the inside of an HTML page; a table whose head says nothing has none."""
    parser = _parser()
    return str(parser.renderer.render(list(_with_heads_that_speak(parser.parse(text))), parser.options, {}))


def _with_heads_that_speak(found: list[Token]) -> Iterator[Token]:
    head: list[Token] = []
    for token in found:
        if token.type == "thead_open" or head:
            head.append(token)
            if token.type == "thead_close":
                yield from head if any(one.content for one in head) else ()
                head = []
        else:
            yield token
