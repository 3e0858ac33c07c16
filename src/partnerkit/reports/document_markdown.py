"""A document as Markdown for others' programs: its blocks written anew, through the encoder of that sink.

The text that a template makes is Markdown for our own parser, which reads no link and no mention. Others' do: forges
make links of addresses and mentions of names. So what is handed out is written from what our parser read.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from partnerkit.documents.model import Block, Heading, Listing, Paragraph, Quote, Run, Runs, Table, blocks
from partnerkit.reports.encode import markdown

#: What would end a heading and not be seen.
_CLOSES = re.compile(r"(?<!\\)(#+)$")


def written(text: str) -> str:
    """The Markdown of a document that says what the document says, and does nothing wherever it is read."""
    return "\n\n".join("\n".join(_lines(one)) for one in blocks(text)) + "\n"


def _lines(one: Block) -> Iterator[str]:
    if isinstance(one, Heading):
        text = _CLOSES.sub(r"\\\1", _runs(one.runs))
        yield f"{'#' * one.level} {text}".rstrip()
    elif isinstance(one, Paragraph):
        yield from _runs(one.runs).split("\n")
    elif isinstance(one, Listing):
        for number, item in enumerate(one.items, 1):
            yield from _item(f"{number}. " if one.ordered else "- ", item)
    elif isinstance(one, Quote):
        yield from (f"> {line}".rstrip() for line in _inside(one.blocks))
    elif isinstance(one, Table):
        yield _row(one.head)
        yield f"|{'---|' * len(one.head)}"
        yield from map(_row, one.rows)
    else:
        yield "---"


def _item(mark: str, item: list[Block]) -> Iterator[str]:
    """An item of a list: what follows its first line stands below it."""
    for number, line in enumerate(_inside(item)):
        yield (f"{mark if number == 0 else ' ' * len(mark)}{line}").rstrip()


def _inside(found: list[Block]) -> Iterator[str]:
    """Blocks within another; a list goes on where the text before it ended."""
    for number, one in enumerate(found):
        if number and not isinstance(one, Listing):
            yield ""
        yield from _lines(one)


def _row(cells: list[Runs]) -> str:
    texts = map(_runs, cells)
    return "|".join(["", *(f" {text} " if text else " " for text in texts), ""])


def _runs(runs: Runs) -> str:
    return "".join(map(_run, runs))


def _run(run: Run) -> str:
    if run.text == "\n":
        return "\\\n"
    marks = f"{'**' if run.strong else ''}{'*' if run.emphasis else ''}"
    inner = run.text.strip(" ")
    if not marks or not inner:
        return _spaced(run.text)
    before, _, after = run.text.partition(inner)
    return f"{before}{marks}{markdown(inner)}{marks[::-1]}{after}"


def _spaced(text: str) -> str:
    """Text beside other text, with the spaces at its ends."""
    inner = text.strip(" ")
    before, _, after = text.partition(inner) if inner else (text, "", "")
    return f"{before}{markdown(inner)}{after}"
