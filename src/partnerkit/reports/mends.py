"""What to do about a finding, taken apart: the lines that can be pasted, and the words around them."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

from partnerkit.pattern import pattern
from partnerkit.reports.encode import html, markdown, markdown_code, on_one_line
from partnerkit.reports.page import COMMAND, Page, Span
from partnerkit.tuples import NamedTuple

#: The programs that mends call, where a line can begin: at the beginning, or behind a sign or a word that leads to it.
_BEGINS = pattern(
    r"(?:\A|(?<=[;:(] )|(?<=\()|(?<=, )|(?<=\b(?:or|by) )|(?<=\bthen )|(?<=\bsee )|(?<=\bname )|(?<=\bthat ))"
    r"(?:partnerkit|git|chmod|mkdir|mv|rm)(?= )"
)

#: A word of a line as a shell reads it, and the space behind it.
_WORD = pattern(r"((?:'[^']*'|\$'(?:[^'\\]|\\.)*'|\"[^\"]*\"|<[a-z.-]+>|[^\s'\"();])+)([ ]?)")

#: What stands between quotes at the beginning of a word: a name, a value; whatever it says, no line begins in it.
_SAID = pattern(r"(?<![\w'])(?:\$'(?:[^'\\]|\\.)*'|'(?:[^']|'\"'\"')*'|\"[^\"]*\")")

#: That, or what stands between marks in the words of a mend, such as the line of a file.
_MARKED = pattern(rf"({_SAID.pattern})|`([^`]+)`")

#: With these a sentence goes on behind a line; no line holds one of them as a word.
_GOES_ON = frozenset(
    (
        *("shows", "says", "takes", "brings", "puts", "lets", "makes", "maps", "lands", "follows", "lists", "gives"),
        *("where", "if", "or", "and", "then", "by", "is", "never", "first", "again", "does", "judges"),
    )
)


#: What parts lines of which one is to be pasted.
_OR = frozenset((" or ", "; or "))


class Part(NamedTuple):
    """A part of a mend.

    Attributes:
        text: what it says.
        command: whether it is a line to be pasted.
    """

    text: str
    command: bool


def parts(mend: str) -> list[Part]:
    """The lines and the words of a mend, in order; put together, they are the mend."""
    found: list[Part] = []
    rest = 0
    unsaid = _SAID.sub(lambda said: "\0" * len(said[0]), mend)
    while (begins := _BEGINS.search(unsaid, rest)) is not None:
        end = _end(mend, begins.start())
        if end is None:
            rest = begins.end()
            continue
        done = sum(len(part.text) for part in found)
        found += [Part(mend[done : begins.start()], command=False)] if begins.start() > done else []
        found.append(Part(mend[begins.start() : end], command=True))
        rest = end
    done = sum(len(part.text) for part in found)
    return [*found, Part(mend[done:], command=False)] if mend[done:] else found


def _end(mend: str, start: int) -> int | None:
    """Where the line ends that begins there; None where it is no line, as in `git never had it`."""
    end = start
    for count, word in enumerate(_words(mend, start)):
        if word[1] in _GOES_ON:
            return end if count > 1 else None
        end = word.end(1)
        if word[1].endswith((",", ":")):
            return end - 1
        if not word[2]:
            break
    return end


def _words(mend: str, start: int) -> Iterator[re.Match[str]]:
    while (word := _WORD.match(mend, start)) is not None:
        yield word
        start = word.end()


def only_lines(mend: str) -> bool:
    """Whether all of it can be pasted as it is: lines, and the signs that keep them apart."""
    return all(part.command or part.text == "; " for part in parts(mend))


def either(mend: str) -> list[str]:
    """The lines of which one is to be pasted; a mend that is anything else stays whole."""
    found = parts(mend)
    if not all(part.command or part.text in _OR for part in found):
        return [mend]
    return [part.text for part in found if part.command]


def tell(page: Page, mend: str, indent: str = "") -> None:
    """A mend for a person: each of several lines stands alone, so that it can be pasted."""
    for number, one in enumerate(either(on_one_line(mend))):
        page.add(indent, " or " if number else "  → ", Span(one, COMMAND))


def in_markdown(mend: str, words: Callable[[str], str] = markdown, code: Callable[[str], str] = markdown_code) -> str:
    """A mend on one line of Markdown: lines as code, words as words."""
    return code(mend) if only_lines(mend) else _told(mend, words, code)


def in_html(mend: str) -> str:
    """A mend inside HTML: lines as code, words as words."""
    return _told(mend, html, lambda text: f"<code>{html(text)}</code>")


def _told(mend: str, words: Callable[[str], str], code: Callable[[str], str]) -> str:
    return "".join(code(part.text) if part.command else _words_of(part.text, words, code) for part in parts(mend))


def _words_of(text: str, words: Callable[[str], str], code: Callable[[str], str]) -> str:
    told, at = [], 0
    for mark in _MARKED.finditer(text):
        told += [words(text[at : mark.start()]), code(mark[2]) if mark[2] else words(mark[1])]
        at = mark.end()
    return "".join([*told, words(text[at:])])
