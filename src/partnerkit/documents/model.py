"""A document as blocks: what every format but Markdown and HTML is made from."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, TypeAlias

from partnerkit.dataclass import dataclass, field
from partnerkit.documents.markdown import tokens

if TYPE_CHECKING:
    from markdown_it.token import Token


@dataclass(frozen=True, slots=True)
class Run:
    """A stretch of text in one style; a line break where the text is one."""

    text: str
    strong: bool = False
    emphasis: bool = False


Runs: TypeAlias = tuple[Run, ...]


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading, from level 1 on."""

    level: int
    runs: Runs


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph."""

    runs: Runs


@dataclass(frozen=True, slots=True)
class Listing:
    """A list; each item is of blocks."""

    ordered: bool
    items: list[list[Block]] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Quote:
    """Blocks that stand apart."""

    blocks: list[Block] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Table:
    """A table: its head and its rows, each of cells."""

    head: list[Runs] = field(default_factory=list)
    rows: list[list[Runs]] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class NewPage:
    """What follows stands on a page of its own."""


Block: TypeAlias = Heading | Paragraph | Listing | Quote | Table | NewPage


def blocks(text: str) -> list[Block]:
    """The blocks of a document in Markdown."""
    found = iter(tokens(text))
    return list(_blocks(found, None))


def _blocks(found: Iterator[Token], end: str | None) -> Iterator[Block]:
    for token in found:
        if token.type == end:
            return
        if token.type == "heading_open":
            yield Heading(int(token.tag[1:]), _inline(found))
        elif token.type == "paragraph_open":
            yield Paragraph(_inline(found))
        elif token.type in {"bullet_list_open", "ordered_list_open"}:
            yield _listing(found, token.type)
        elif token.type == "blockquote_open":
            yield Quote(list(_blocks(found, "blockquote_close")))
        elif token.type == "table_open":
            yield _table(found)
        elif token.type == "hr":
            yield NewPage()


def _listing(found: Iterator[Token], opened: str) -> Listing:
    made = Listing(opened.startswith("ordered"))
    for token in found:
        if token.type == "list_item_open":
            made.items.append(list(_blocks(found, "list_item_close")))
        elif token.type == opened.replace("_open", "_close"):
            break
    return made


def _table(found: Iterator[Token]) -> Table:
    made = Table()
    row: list[Runs] = []
    for token in found:
        if token.type == "tr_open":
            row = []
        elif token.type in {"th_open", "td_open"}:
            row.append(_inline(found))
        elif token.type == "tr_close":
            if made.head:
                made.rows.append(row)
            else:
                made.head.extend(row)
        elif token.type == "table_close":
            break
    return made


def _inline(found: Iterator[Token]) -> Runs:
    """The runs of the inline token that comes next."""
    return tuple(_runs(next(found).children or []))


def _runs(children: list[Token]) -> Iterator[Run]:
    strong = emphasis = 0
    for token in children:
        if token.type in {"strong_open", "strong_close"}:
            strong += token.nesting
        elif token.type in {"em_open", "em_close"}:
            emphasis += token.nesting
        elif token.type == "hardbreak":
            yield Run("\n")
        elif token.type == "softbreak":
            yield Run(" ", strong > 0, emphasis > 0)
        elif token.content:
            yield Run(token.content, strong > 0, emphasis > 0)


def is_blank(text: str) -> bool:
    """Whether nothing stands in a document that anybody could read."""
    return not any(one.strip() for one in text_of(blocks(text)))


def text_of(found: list[Block]) -> Iterator[str]:
    """The text of a document as people read it, a block or cell at a time."""
    for one in found:
        if isinstance(one, Heading | Paragraph):
            yield "".join(run.text for run in one.runs)
        elif isinstance(one, Listing):
            yield from (text for item in one.items for text in text_of(item))
        elif isinstance(one, Quote):
            yield from text_of(one.blocks)
        elif isinstance(one, Table):
            yield from ("".join(run.text for run in cell) for row in [one.head, *one.rows] for cell in row)
