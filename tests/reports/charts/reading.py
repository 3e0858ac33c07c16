"""Figures as a reader of XML reads them, and what must be true of every one of them."""

from __future__ import annotations

import re
import xml.etree.ElementTree as ET
from dataclasses import dataclass

from partnerkit.reports.charts.measure import width

SVG = "{http://www.w3.org/2000/svg}"

#: What may stand in a figure: nothing that runs, fetches, styles or asks.
TAGS = {
    *("figure", "figcaption", "span", "p", "details", "summary", "div", "a", "br"),
    *("table", "caption", "thead", "tbody", "tr", "th", "td"),
    *("svg", "title", "desc", "defs", "pattern", "g", "rect", "line", "circle", "path", "text"),
}
ATTRIBUTES = {
    *("id", "class", "href", "role", "scope", "viewBox", "aria-labelledby", "aria-describedby", "aria-label"),
    *("x", "y", "x1", "x2", "y1", "y2", "cx", "cy", "r", "rx", "d", "width", "height", "transform", "fill"),
    *("patternUnits", "patternTransform", "tabindex"),
}

#: The sizes of text by class, as the style says.
SIZES = {"small": 11.0, "name": 12.5}

#: Labels that would do something if anybody let them.
HOSTILE = [
    "</text></svg><script>alert(1)</script>",
    "\"' onload=alert(1) x='",
    "&lt;b&gt; &amp; &#x3c;",
    "]]><![CDATA[ <!-- --> <?xml?>",
    "\u202eabc\u2066\u200b\u061c\u00ad",
    "\x00\x01\x08\x0b\x1b[31m\x7f\x85\ufffe\uffff\ud800\u2028",
    "tab\tline\nreturn\rend",
    "url(https://evil.example)",
    "漢字かな𝔘🎉" * 20,
    "W" * 10_000,
    "w " * 5_000,
    "-" * 500,
    "",
]


@dataclass(frozen=True)
class Seen:
    """A figure as it is read."""

    root: ET.Element
    tables: list[list[list[str]]]

    @property
    def svg(self) -> ET.Element:
        found = self.root.find(f"{SVG}svg")
        assert found is not None
        return found

    def texts(self) -> list[str]:
        """The lines of text in the drawing."""
        return [_own(one) for one in self.root.iter(f"{SVG}text")]

    def links(self) -> list[str]:
        """Where the drawing leads."""
        return [one.get("href", "") for one in self.root.iter(f"{SVG}a")]


def read(text: str) -> Seen:
    """A figure, held to what is true of every one."""
    root = ET.fromstring(text)  # noqa: S314 - a parser that takes only what is well made
    assert root.tag == "figure"
    assert root.get("class") == "chart"
    for one in root.iter():
        assert _name(one) in TAGS, one.tag
        assert set(one.attrib) <= ATTRIBUTES, one.attrib
        assert re.fullmatch(r"none|url\(#[a-z0-9-]+\)", one.get("fill", "none"))
        assert not re.match(r"[a-z]+:|//", one.get("href", "x"), re.IGNORECASE)
    ids = [one.attrib["id"] for one in root.iter() if "id" in one.attrib]
    assert len(ids) == len(set(ids))
    assert all(one.removeprefix("#") in ids for one in _fragments(root))
    for svg in root.iter(f"{SVG}svg"):
        _drawing(svg, ids)
    return Seen(root, [_table(one) for one in root.iter("table")])


def _fragments(root: ET.Element) -> list[str]:
    """What leads, or refers, to something in the figure itself."""
    fills = [one.get("fill", "") for one in root.iter()]
    hrefs = [one.get("href", "") for one in root.iter()]
    return [one[4:-1] for one in fills if one.startswith("url(")] + [one for one in hrefs if one.startswith("#")]


def _drawing(svg: ET.Element, ids: list[str]) -> None:
    """It has a name and a description; what can be reached is no part of an image; no text stands outside."""
    assert [_name(one) for one in svg[:2]] == ["title", "desc"]
    assert svg[1].text
    assert svg.get("aria-labelledby") in ids
    assert svg.get("aria-describedby") in ids
    reached = list(svg.iter(f"{SVG}a"))
    assert svg.get("role") == ("group" if reached else "img")
    assert all(one.get("href") for one in reached)
    left, top, wide, high = map(float, svg.attrib["viewBox"].split())
    assert (left, top) == (0, 0)
    for one in svg.iter(f"{SVG}text"):
        classes = (one.get("class") or "").split()
        size = next((SIZES[name] for name in classes if name in SIZES), 13.0)
        long = width(_own(one), size, strong="strong" in classes)
        x, y = float(one.attrib["x"]), float(one.attrib["y"])
        if "transform" in one.attrib:
            continue
        start = x - long if "end" in classes else x - long / 2 if "mid" in classes else x
        assert start >= -0.6, (_own(one), start)
        assert start + long <= wide + 0.6, (_own(one), start + long, wide)
        assert size * 0.6 <= y <= high, (_own(one), y)


def _table(table: ET.Element) -> list[list[str]]:
    """The rows of a table, its head first; every cell of a head says of what it is one."""
    assert "".join(table.findall("caption")[0].itertext()).strip()
    assert {one.get("scope") for one in table.iter("th")} == {"col", "row"}
    return [["".join(cell.itertext()) for cell in row] for row in table.iter("tr")]


def _own(text: ET.Element) -> str:
    """What a text shows, without what a pointer is told."""
    return (text.text or "") + "".join(one.tail or "" for one in text)


def _name(one: ET.Element) -> str:
    return one.tag.removeprefix(SVG)
