"""The outline of a written policy: its headings, bullets and sentences, read from Markdown or plain text."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator

from partnerkit.dataclass import dataclass, field
from partnerkit.tuples import NamedTuple

_ATX = re.compile(r" {0,3}(#{1,6})[ \t]+(.*?)[ \t]*#*[ \t]*\Z")
_UNDERLINE = re.compile(r" {0,3}(={3,}|-{3,})[ \t]*\Z")
_RULE = re.compile(r"[ \t]*([-*_])(?:[ \t]*\1){2,}[ \t]*\Z")
_NUMBERED = re.compile(r"(\d+(?:\.\d+)+\.?|\d+[.)])[ \t]+(\S.*)\Z")
_NUMBERED_LINE = re.compile(r"(\d+(?:\.\d+)+\.?|\d+[.)])[ \t]+(\S.{0,98}[^\s.:;,])[ \t]*\Z")
_BULLET = re.compile(r"[ \t]*[-*+•](?:[ \t]+(.*))?\Z")
_LABEL = re.compile(r"[ \t]*\*\*([^*:]{1,60})(?::\*\*|\*\*:)[ \t]*(.*)\Z")
_BOLD_NAME = re.compile(r"\*\*([^*]+?)(?::\*\*|\*\*:)[ \t]*(.*)\Z", re.DOTALL)
_PLAIN_NAME = re.compile(r"([^\W\d_a-z][^.:!?]{0,79}):[ \t]+(\S.*)\Z", re.DOTALL)
_FENCE = re.compile(r" {0,3}(```|~~~)")
_SENTENCE_END = re.compile(r"[.!?][\"'\u201d\u2019)\]]*\s+(?=[A-Z\"\u201c\u2018(\[])")
_LINK = re.compile(r"!?\[([^\]]*)\]\([^)]*\)")


class Said(NamedTuple):
    """What the head or foot of the text says under a label, and in which line."""

    text: str
    line: int


@dataclass(frozen=True, slots=True)
class Bullet:
    """A bullet of the text.

    Attributes:
        line: where it starts.
        text: all of it in one line, without markup.
        name: what stands before its first colon, where it has such a name.
        bold: whether that name is set in bold, so that it is surely meant as one.
    """

    line: int
    text: str
    name: str | None = None
    bold: bool = False


class Sentence(NamedTuple):
    """A sentence of running text: in one line, without markup, and the line in which it starts."""

    text: str
    line: int


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading of the text with the bullets and the running text below it.

    Attributes:
        id: `§3.2.1` where the heading has a number; else the names on the way to it, `§contributions.coaches`.
        sentences: of its running text; one that ends in a colon only leads to what follows, and is left out.
    """

    id: str
    title: str
    line: int
    bullets: tuple[Bullet, ...] = ()
    sentences: tuple[Sentence, ...] = ()


@dataclass(frozen=True, slots=True)
class Outline:
    """The outline of a written policy: its title, what it says about itself, its headings in order."""

    title: str | None
    metadata: dict[str, Said]
    headings: tuple[Heading, ...]


def outline(text: str) -> Outline:
    """Read the outline of a written policy.

    Headings are `#` headings, underlined headings, or, in a text that has neither, numbered lines
    (`5. Partnership Development`). Front matter, rules and code blocks are passed over.
    """
    found = _scan(_visible(text.removeprefix("\ufeff").splitlines()))
    title = found.title
    tops = [heading for heading in found.headings if heading.level == 1]
    if found.headings and len(tops) == 1 and found.headings[0] is tops[0] and not tops[0].number:
        title = found.headings.pop(0).title
    return Outline(title, found.metadata, tuple(_named(found.headings)))


def slug(text: str) -> str:
    """A name as a slug: lower case, and everything that is neither letter nor digit a single hyphen."""
    plain = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode()
    return re.sub(r"[^a-z0-9]+", "-", plain.lower()).strip("-")


def plain(text: str) -> str:
    """Text without Markdown's emphasis, links and code marks, in one line."""
    return " ".join(re.sub(r"[*`]|(?<!\w)_|_(?!\w)", "", _LINK.sub(r"\1", text)).split())


@dataclass(slots=True)
class _Raw:
    line: int
    level: int
    number: str | None
    title: str
    bullets: list[tuple[int, list[str]]] = field(default_factory=list)
    paragraphs: list[tuple[int, list[str]]] = field(default_factory=list)


@dataclass(slots=True)
class _Found:
    title: str | None = None
    metadata: dict[str, Said] = field(default_factory=dict)
    headings: list[_Raw] = field(default_factory=list)


def _visible(lines: list[str]) -> list[str]:
    """The lines with front matter and code blocks blanked, so that line numbers stay."""
    shown = [line.rstrip() for line in lines]
    if shown and shown[0] == "---":
        end = next((n for n, line in enumerate(shown) if n and line in {"---", "..."}), 0)
        shown[: end + 1] = [""] * (end + 1)
    fence: str | None = None
    for number, line in enumerate(shown):
        mark = _FENCE.match(line)
        if mark and fence in {None, mark[1]}:
            fence = mark[1] if fence is None else None
            shown[number] = ""
        elif fence is not None:
            shown[number] = ""
    return shown


def _scan(lines: list[str]) -> _Found:
    found = _Found()
    marked = any(_marked(lines, number) for number in range(len(lines)))
    bullet: list[str] | None = None
    paragraph: list[str] | None = None
    for number, line in enumerate(lines):
        heading = _marked(lines, number) or (None if marked else _numbered_line(line, number, found.headings))
        if heading is not None:
            found.headings.append(heading)
            bullet = paragraph = None
        elif not line.strip() or _RULE.match(line) or _UNDERLINE.match(line):
            bullet = paragraph = None
        elif (match := _BULLET.match(line)) and not _LABEL.match(line):
            bullet = [match[1] or ""]
            if found.headings:
                found.headings[-1].bullets.append((number + 1, bullet))
            paragraph = None
        elif bullet is not None:
            bullet.append(line)
        else:
            paragraph = _running(found, line, number, paragraph)
    return found


def _running(found: _Found, line: str, number: int, paragraph: list[str] | None) -> list[str] | None:
    """The paragraph that a line begins or continues; None where the line is a label or the title."""
    if match := _LABEL.match(line):
        found.metadata.setdefault(plain(match[1]).casefold(), Said(plain(match[2]), number + 1))
        return None
    if not found.headings:
        found.title = found.title or plain(line)
        return None
    if paragraph is None:
        paragraph = []
        found.headings[-1].paragraphs.append((number + 1, paragraph))
    paragraph.append(line)
    return paragraph


def _marked(lines: list[str], number: int) -> _Raw | None:
    """The heading that a line is by its marks, or None."""
    line = lines[number]
    if match := _ATX.match(line):
        return _raw(number, len(match[1]), match[2])
    below = lines[number + 1] if number + 1 < len(lines) else ""
    underline = _UNDERLINE.match(below)
    alone = number == 0 or not lines[number - 1].strip()
    if underline and alone and line.strip() and not (_BULLET.match(line) or _LABEL.match(line) or _RULE.match(line)):
        return _raw(number, 1 if underline[1].startswith("=") else 2, line)
    return None


def _raw(number: int, level: int, title: str) -> _Raw:
    match = _NUMBERED.match(title.strip())
    if match:
        return _Raw(number + 1, level, match[1].rstrip(".)"), plain(match[2]))
    return _Raw(number + 1, level, None, plain(title))


def _numbered_line(line: str, number: int, before: list[_Raw]) -> _Raw | None:
    """The heading that a numbered line of plain text is, or None: numbers of headings only grow."""
    match = _NUMBERED_LINE.match(line)
    if match is None:
        return None
    numbers = match[1].rstrip(".)")
    if before and _parts(numbers) <= _parts(before[-1].number or "0"):
        return None
    return _Raw(number + 1, len(_parts(numbers)), numbers, plain(match[2]))


def _parts(numbers: str) -> tuple[int, ...]:
    return tuple(int(part) for part in numbers.split("."))


def _named(headings: list[_Raw]) -> Iterator[Heading]:
    above: list[tuple[int, str]] = []
    seen: set[str] = set()
    for heading in headings:
        while above and above[-1][0] >= heading.level:
            above.pop()
        name = slug(heading.title) or f"line-{heading.line}"
        own = f"§{heading.number}" if heading.number else f"{above[-1][1]}.{name}" if above else f"§{name}"
        clause_id = _once(own, seen)
        above.append((heading.level, clause_id))
        yield Heading(clause_id, heading.title, heading.line, tuple(_bullets(heading)), tuple(_sentences(heading)))


def _once(wanted: str, seen: set[str]) -> str:
    """The id, or with -2, -3 … where it is taken."""
    number, found = 1, wanted
    while found in seen:
        number += 1
        found = f"{wanted}-{number}"
    seen.add(found)
    return found


def _bullets(heading: _Raw) -> Iterator[Bullet]:
    for line, parts in heading.bullets:
        text = " ".join(" ".join(parts).split())
        if bold := _BOLD_NAME.match(text):
            yield Bullet(line, plain(text), plain(bold[1]), bold=True)
        elif named := _PLAIN_NAME.match(plain(text)):
            yield Bullet(line, plain(text), named[1].strip())
        elif text:
            yield Bullet(line, plain(text))


def _sentences(heading: _Raw) -> Iterator[Sentence]:
    for line, parts in heading.paragraphs:
        text = "\n".join(_LINK.sub(r"\1", part) for part in parts)
        ends = [match.end() for match in _SENTENCE_END.finditer(text)]
        for start, end in zip([0, *ends], [*ends, len(text)], strict=True):
            said = plain(text[start:end])
            if slug(said) and not said.endswith(":"):
                yield Sentence(said, line + text.count("\n", 0, start))
