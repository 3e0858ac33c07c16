"""A chart as a figure: the drawing with its name and description, a caption, and the table with the same numbers."""

from __future__ import annotations

import re
from collections.abc import Sequence

from partnerkit.dataclass import dataclass
from partnerkit.reports.charts.draw import Content, Element, joined, tag

#: How wide every drawing is at least, in its own units: on a phone, one of them is about one pixel.
WIDTH = 360.0

#: The sizes of text in a drawing.
TEXT, SMALL = 13.0, 11.0

_KEY = re.compile(r"[a-z][a-z0-9-]*")


@dataclass(frozen=True, slots=True)
class Head:
    """What every chart has.

    Attributes:
        key: the id of the chart in its page, of small letters, digits and hyphens.
        title: what it shows, in a few words.
        note: what a reader must know to read the numbers, such as the definition of a metric.
    """

    key: str
    title: str
    note: str = ""

    def __post_init__(self) -> None:
        if not _KEY.fullmatch(self.key):
            raise ValueError(f"{self.key!r} is no id of a chart")


@dataclass(frozen=True, slots=True)
class Table:
    """The numbers behind a chart: what each column says, and the rows, each with what it is about first."""

    columns: Sequence[str]
    rows: Sequence[Sequence[Content]]
    ids: Sequence[str] = ()


@dataclass(frozen=True, slots=True)
class Drawing:
    """What is drawn.

    Attributes:
        parts: the elements, from back to front.
        height: how high it is.
        said: what it shows in a sentence, for whoever does not see it.
        width: how wide it is.
        leads: whether there are links in it, which must be reached: then it is no mere image.
    """

    parts: Sequence[Element]
    height: float
    said: str
    width: float = WIDTH
    leads: bool = False


def figure(head: Head, drawing: Drawing | None, *tables: tuple[str, Table]) -> str:
    """A chart with its tables, each with its caption; without a drawing it says that there is nothing to show."""
    shown = _empty() if drawing is None else _image(head, drawing)
    note = [tag("span", head.note, class_="chart-note")] if head.note else []
    caption = tag("figcaption", tag("span", head.title, class_="chart-title", id=f"{head.key}-title"), *note)
    behind = [_table(caption, table) for caption, table in tables if table.rows]
    more = (
        [
            tag(
                "details",
                tag("summary", "Table", tag("span", f" of {head.title}", class_="chart-hidden")),
                _rolling(head, behind),
            )
        ]
        if behind
        else []
    )
    return tag("figure", caption, shown, *more, class_="chart", id=head.key).markup


def _rolling(head: Head, tables: Sequence[Element]) -> Element:
    """Tables that may be wider than the page: they can be reached, and so moved, with the keyboard."""
    return tag("div", *tables, class_="chart-tables", tabindex="0", role="group", aria_labelledby=f"{head.key}-title")


def _empty() -> Element:
    return tag("p", "Nothing to show.", class_="chart-none")


def _image(head: Head, drawing: Drawing) -> Element:
    return tag(
        "svg",
        tag("title", head.title, id=f"{head.key}-name"),
        tag("desc", drawing.said, id=f"{head.key}-desc"),
        *drawing.parts,
        xmlns="http://www.w3.org/2000/svg",
        viewbox=f"0 0 {drawing.width:g} {drawing.height:g}",
        role="group" if drawing.leads else "img",
        aria_labelledby=f"{head.key}-name",
        aria_describedby=f"{head.key}-desc",
    )


def _table(caption: str, table: Table) -> Element:
    ids = [*table.ids, *[""] * (len(table.rows) - len(table.ids))]
    body = [
        tag("tr", tag("th", row[0], scope="row"), *(tag("td", cell) for cell in row[1:]), id=id_ or None)
        for id_, row in zip(ids, table.rows, strict=True)
    ]
    heads = joined(tag("th", name, scope="col") if name else tag("td") for name in table.columns)
    return tag("table", tag("caption", caption), tag("thead", tag("tr", heads)), tag("tbody", *body))


def words(x: float, y: float, text: str, *classes: str, full: str | None = None) -> Element:
    """A line of text; `full` is what a pointer that rests on it is told."""
    more = [tag("title", full)] if full is not None and full != text else []
    return tag("text", *more, text, x=x, y=y, class_=" ".join(classes) or None)


def lines(x: float, y: float, texts: Sequence[str], step: float, *classes: str) -> Element:
    """Lines of text, one below the other."""
    return joined(words(x, y + index * step, text, *classes) for index, text in enumerate(texts))


def hatch(key: str) -> Element:
    """A pattern of stripes to lay over a shape, so that it is told apart without colour too."""
    stripe = tag("line", x1=0, y1=0, x2=0, y2=6, class_="hatch")
    pattern = tag(
        "pattern",
        stripe,
        id=f"{key}-hatch",
        width=6,
        height=6,
        pattern_units="userSpaceOnUse",
        pattern_transform="rotate(45)",
    )
    return tag("defs", pattern)
