"""A document as PDF, by Typst: the same bytes for the same text."""

from __future__ import annotations

from collections.abc import Iterator

import typst

from partnerkit.documents.composed import Composed
from partnerkit.documents.model import Block, Heading, Listing, Paragraph, Quote, Run, Runs, Table, blocks
from partnerkit.reports.encode import terminal

#: The last letter of the scripts for which Typst brings its own fonts: Latin, Greek, Cyrillic; and signs.
_COVERED = (0x0530, 0x2000, 0x2BFF)

_HEAD = """#set document(title: {title}, date: none)
#set text(lang: "en", size: 11pt, ligatures: false, discretionary-ligatures: false)
#set page(paper: "a4", margin: (x: 22mm, y: 24mm){draft})
#set par(justify: false)
#set table(stroke: (x, y) => (bottom: 0.5pt + luma(110)), inset: (x: 4pt, y: 6pt))
#show heading: set block(above: 1.4em, below: 0.8em)
"""

#: What stands in a cell that says nothing: room for a hand.
_ROOM = "[#v(24pt)]"

_MARK = """, background: rotate(-40deg, text(90pt, weight: "bold", fill: rgb("#f3d9d7"))[#{mark}]), \
header: align(right, text(9pt, fill: rgb("#8c1d18"), weight: "bold")[#{mark}])"""


def as_pdf(composed: Composed, mark: str | None) -> bytes:
    """The document; every page carries the mark, where there is one."""
    source = "".join(_source(composed, mark))
    return bytes(typst.compile(source.encode(), format="pdf", ignore_system_fonts=_covered(composed.text)))


def literal(text: str) -> str:
    """Text inside Typst: a string of its code, in which nothing acts but what ends it."""
    safe = terminal(text).replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n")
    return f'"{safe}"'


def _covered(text: str) -> bool:
    """Whether the fonts that come with Typst have every letter; else those of this machine help out."""
    end, signs, last = _COVERED
    return all(ord(char) < end or signs <= ord(char) <= last for char in text)


def _source(composed: Composed, mark: str | None) -> Iterator[str]:
    draft = _MARK.format(mark=literal(mark)) if mark is not None else ""
    yield _HEAD.format(title=literal(composed.title), draft=draft)
    yield from (f"#{_block(one)}\n" for one in blocks(composed.text))


def _block(one: Block) -> str:
    """A block as an expression of Typst's code."""
    if isinstance(one, Heading):
        return f"heading(level: {one.level}, {_runs(one.runs)})"
    if isinstance(one, Paragraph):
        return f"par({_runs(one.runs)})"
    if isinstance(one, Listing):
        items = "".join(f"[{''.join(f'#{_inside(part)} ' for part in item)}], " for item in one.items)
        return f"{'enum' if one.ordered else 'list'}({items})"
    if isinstance(one, Quote):
        return f"quote(block: true, [{''.join(f'#{_block(part)} ' for part in one.blocks)}])"
    if isinstance(one, Table):
        return _table(one)
    return "pagebreak(weak: true)"


def _inside(one: Block) -> str:
    """A block inside the item of a list, whose first paragraph stands beside the mark."""
    return _runs(one.runs) if isinstance(one, Paragraph) else _block(one)


def _table(one: Table) -> str:
    head = f"table.header({', '.join(f'strong({_runs(cell)})' for cell in one.head)}), " if _says(one.head) else ""
    cells = "".join(f"{_runs(cell) if cell else _ROOM}, " for row in one.rows for cell in row)
    return f"table(columns: ({'1fr, ' * len(one.head)}), {head}{cells})"


def _says(cells: list[Runs]) -> bool:
    return any(run.text.strip() for cell in cells for run in cell)


def _runs(runs: Runs) -> str:
    return f"[{''.join(f'#{_run(run)}' for run in runs)}]"


def _run(run: Run) -> str:
    if run.text == "\n":
        return "linebreak()"
    found = f"text({literal(run.text)})"
    found = f"emph({found})" if run.emphasis else found
    return f"strong({found})" if run.strong else found
