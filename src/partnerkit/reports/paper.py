"""A Paper: a document of headings, tables and lines, as Markdown or as one HTML file that needs nothing else.

What is put on a paper is plain text; it passes the encoder of its sink on the way out, and nowhere else.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Literal

from partnerkit.dataclass import dataclass, field
from partnerkit.reports.encode import html, markdown, markdown_block, markdown_code

#: How a line is to be taken: as any other, as good, as wrong, or as worth a look.
Tone = Literal["", "well", "wrong", "worth"]

_STYLE = """
@page{size:A4;margin:18mm 15mm}
body{font:15px/1.45 system-ui,sans-serif;color:#1b1b1b;background:#fff;max-width:62em;margin:1.5em auto;padding:0 1em}
h1{font-size:21px}h2{font-size:17px;margin-top:1.6em}h3{font-size:15px;margin:1.2em 0 .3em}
table{border-collapse:collapse;width:100%}
th,td{text-align:left;vertical-align:top;padding:5px 10px 5px 0;border-bottom:1px solid #ddd}
td{overflow-wrap:anywhere}td:first-child{min-width:8em}
th{color:#555;font-weight:600;overflow-wrap:break-word}th[scope=row]{width:11em}
code,pre{font:13px/1.4 ui-monospace,monospace;overflow-wrap:anywhere}
pre{white-space:pre-wrap;border-left:3px solid #ddd;padding-left:10px;margin:.3em 0}
.well{color:#155d27}.wrong{color:#a4161a}.worth{color:#7a4d00}ul{margin:.2em 0;padding-left:1.2em}
@media screen and (prefers-color-scheme:dark){body{color:#e8e8e8;background:#181818}th{color:#aaa}
th,td,pre{border-color:#444}.well{color:#7bd88f}.wrong{color:#ff8a80}.worth{color:#ffca66}}
@media print{body{max-width:none;margin:0;padding:0;font-size:12px}tr,pre{break-inside:avoid}h2,h3{break-after:avoid}}
"""


@dataclass(frozen=True, slots=True)
class Mono:
    """Text that is copied as it is: an id, a path, a digest."""

    text: str


#: What stands in one cell: its lines.
Cell = Sequence[str | Mono] | str | Mono


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading; 1 is that of the document."""

    level: int
    text: str


@dataclass(frozen=True, slots=True)
class Line:
    """A paragraph."""

    text: str
    tone: Tone = ""


@dataclass(frozen=True, slots=True)
class Table:
    """Rows of cells below a head; without a head, the first cell of each row says what the others are."""

    head: Sequence[str]
    rows: Sequence[Sequence[Cell]]


@dataclass(frozen=True, slots=True)
class Commands:
    """Lines to be copied whole."""

    lines: Sequence[str]


@dataclass
class Paper:
    """A document.

    Attributes:
        blocks: what stands in it, in order.
    """

    blocks: list[Heading | Line | Table | Commands] = field(default_factory=list)

    def heading(self, level: int, text: str) -> None:
        """Append a heading."""
        self.blocks.append(Heading(level, text))

    def line(self, text: str, tone: Tone = "") -> None:
        """Append a paragraph."""
        self.blocks.append(Line(text, tone))

    def table(self, head: Sequence[str], rows: Sequence[Sequence[Cell]]) -> None:
        """Append a table, if it has rows."""
        if rows:
            self.blocks.append(Table(head, rows))

    def commands(self, lines: Sequence[str]) -> None:
        """Append lines to be copied."""
        self.blocks.append(Commands(lines))


def as_markdown(paper: Paper) -> str:
    """For minutes, an issue, a repository."""
    lines: list[str] = []
    for block in paper.blocks:
        lines += [*_in_markdown(block), ""]
    return "\n".join(lines)


def _in_markdown(block: Heading | Line | Table | Commands) -> list[str]:
    if isinstance(block, Heading):
        return [f"{'#' * block.level} {markdown(block.text)}"]
    if isinstance(block, Line):
        return [f"**{markdown(block.text)}**" if block.tone else markdown(block.text)]
    if isinstance(block, Commands):
        return markdown_block("\n".join(block.lines))
    width = max(len(row) for row in [block.head, *block.rows])
    head = [markdown(word) for word in block.head] or [""] * width
    rows = [[_markdown_cell(cell) for cell in row] for row in block.rows]
    return [_row(one) for one in (head, ["---"] * width, *rows)]


def _row(cells: Iterable[str]) -> str:
    return f"| {' | '.join(cells)} |"


def _markdown_cell(cell: Cell) -> str:
    return "<br>".join(
        markdown_code(one.text) if isinstance(one, Mono) and "|" not in one.text else markdown(_plain(one))
        for one in _lines(cell)
    )


def as_html(paper: Paper) -> str:
    """One document that needs nothing else: no script, no request; it prints on A4, and is there in light and dark."""
    title = next((one.text for one in paper.blocks if isinstance(one, Heading)), "")
    return whole(title, [line for block in paper.blocks for line in _in_html(block)])


def whole(title: str, body: Iterable[str]) -> str:
    """An HTML document around lines that are HTML already."""
    head = [
        "<!doctype html>",
        '<html lang="en"><head><meta charset="utf-8">',
        '<meta name="viewport" content="width=device-width, initial-scale=1">',
        f"<title>{html(title)}</title><style>{_STYLE}</style></head><body>",
    ]
    return "\n".join([*head, *(line for line in body if line), "</body></html>"]) + "\n"


def _in_html(block: Heading | Line | Table | Commands) -> Iterator[str]:
    if isinstance(block, Heading):
        yield f"<h{block.level}>{html(block.text)}</h{block.level}>"
    elif isinstance(block, Line):
        yield (
            f'<p class="{block.tone}"><strong>{html(block.text)}</strong></p>'
            if block.tone
            else (f"<p>{html(block.text)}</p>")
        )
    elif isinstance(block, Commands):
        yield f"<pre>{html(chr(10).join(block.lines))}</pre>"
    else:
        head = "".join(f'<th scope="col">{html(word)}</th>' for word in block.head)
        yield f"<table>{f'<tr>{head}</tr>' if head else ''}"
        for first, *rest in block.rows:
            opening = f"<td>{_html_cell(first)}</td>" if head else f'<th scope="row">{_html_cell(first)}</th>'
            yield f"<tr>{opening}{''.join(f'<td>{_html_cell(cell)}</td>' for cell in rest)}</tr>"
        yield "</table>"


def _html_cell(cell: Cell) -> str:
    return "<br>".join(f"<code>{html(one.text)}</code>" if isinstance(one, Mono) else html(one) for one in _lines(cell))


def _lines(cell: Cell) -> Sequence[str | Mono]:
    return [cell] if isinstance(cell, str | Mono) else cell


def _plain(one: str | Mono) -> str:
    return one.text if isinstance(one, Mono) else one
