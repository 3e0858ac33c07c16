"""A document as PDF, by Typst: the same bytes for the same text."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator

import typst

from partnerkit.documents.composed import Composed
from partnerkit.documents.model import Block, Heading, Listing, Paragraph, Quote, Run, Runs, Table, blocks, text_of
from partnerkit.errors import WrongCallError
from partnerkit.reports.encode import clipped, terminal

#: How many letters that no font has are named, and how much of the text in which the first of them stands.
_MOST_NAMED, _MOST_SHOWN = 8, 80

_HEAD = """#set document(title: {title}, date: none)
#set text(lang: "en", size: 11pt, ligatures: false, discretionary-ligatures: false)
#set page(paper: "a4", margin: (x: 22mm, y: 24mm), footer: {foot}{draft})
#set par(justify: false)
#set table(stroke: (x, y) => (bottom: 0.5pt + luma(110)), inset: (x: 4pt, y: 6pt))
#show heading: set block(above: 1.4em, below: 0.8em)
"""

#: The least that a standard wants which forbids boxes in place of letters.
_PROBE = """#set document(title: "x", date: datetime(year: 2000, month: 1, day: 1))
#set text(lang: "en", size: 1pt)
#text({letters})
"""

#: What stands in a cell that says nothing: room for a hand.
_ROOM = "[#v(24pt)]"

_FOOT = """context text(9pt, fill: luma(80))[Record #{record} #h(1fr) \
Page #counter(page).display("1 of 1", both: true)]"""

_MARK = """, background: rotate(-40deg, text(90pt, weight: "bold", fill: rgb("#f3d9d7"))[#{mark}]), \
header: align(right, text(9pt, fill: rgb("#8c1d18"), weight: "bold")[#{mark}])"""


def as_pdf(composed: Composed, mark: str | None) -> bytes:
    """The document; every page carries the mark, where there is one.

    Raises:
        WrongCallError: no font has letters that stand in it.
    """
    _demand_letters(composed)
    source = "".join(_source(composed, mark))
    return _compiled(source, composed.asked.fonts)


def _compiled(source: str, fonts: str | None, **how: str) -> bytes:
    """What Typst makes with its own fonts and those of a folder; not with what this machine happens to have."""
    paths = [fonts] if fonts is not None else []
    return bytes(typst.compile(source.encode(), format="pdf", font_paths=paths, ignore_system_fonts=True, **how))


def _demand_letters(composed: Composed) -> None:
    """Whether every letter can be shown.

    Raises:
        WrongCallError: there is no font for some, and boxes would stand in their place.
    """
    parts = [terminal(one) for one in text_of(blocks(composed.text))]
    letters = sorted({char for part in parts for char in part if not (char.isascii() or char.isspace())})
    lacking = list(_lacking(letters, composed.asked.fonts))
    if not lacking:
        return
    named = [f"{one} (U+{ord(one):04X} {unicodedata.name(one, 'without a name')})" for one in lacking[:_MOST_NAMED]]
    more = f" and {len(lacking) - _MOST_NAMED} more" if len(lacking) > _MOST_NAMED else ""
    place = next(part for part in parts if not set(part).isdisjoint(lacking))
    where = f"as in “{clipped(place, _MOST_SHOWN)}”"
    message = f"no font here has {', '.join(named)}{more}, {where}: boxes would stand there; nothing was written"
    raise WrongCallError(message, "--fonts <folder with a font that has them>; or html or docx, which bring no fonts")


def _lacking(letters: list[str], fonts: str | None) -> Iterator[str]:
    """The letters that no font has: Typst refuses them where a standard forbids boxes, so halves are tried."""
    if not letters or _shown(letters, fonts):
        return
    if len(letters) == 1:
        yield letters[0]
        return
    half = len(letters) // 2
    yield from _lacking(letters[:half], fonts)
    yield from _lacking(letters[half:], fonts)


def _shown(letters: list[str], fonts: str | None) -> bool:
    try:
        _compiled(_PROBE.format(letters=literal(" ".join(letters))), fonts, pdf_standards="a-2b")
    except RuntimeError:  # as Typst calls its own
        return False
    return True


def literal(text: str) -> str:
    """Text inside Typst: a string of its code, in which nothing acts but what ends it."""
    safe = terminal(text).replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n")
    return f'"{safe}"'


def _source(composed: Composed, mark: str | None) -> Iterator[str]:
    draft = _MARK.format(mark=literal(mark)) if mark is not None else ""
    foot = _FOOT.format(record=literal(composed.asked.record))
    yield _HEAD.format(title=literal(composed.title), foot=foot, draft=draft)
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
