"""Elements of SVG and HTML: whatever is put into one passes the encoder of its sink here, and only here."""

from __future__ import annotations

import re
import urllib.parse
from collections.abc import Iterable, Sequence

from partnerkit.reports.encode import svg

#: What a browser reads as the beginning of another place than this site, or leaves out before it reads.
_LEADS_AWAY = re.compile(r"^[A-Za-z][A-Za-z0-9+.-]*:|^/|[\\\x00-\x20\x7f]")

#: Elements of HTML that have an end tag though nothing stands in them.
_NEVER_EMPTY = frozenset({"td", "th", "text", "title", "desc", "figcaption", "a", "p", "span", "tbody", "caption"})


class Element:
    """Finished markup, told apart from text by its type: it is not encoded a second time."""

    __slots__ = ("markup",)

    def __init__(self, markup: str) -> None:
        self.markup = markup


#: What stands in an element: finished markup, or text that is still to be encoded.
Content = Element | str


def tag(name: str, *content: Content, **attributes: str | float | None) -> Element:
    """An element. `class_` is `class`, an underscore is a hyphen; an attribute that is None is left out."""
    said = "".join(
        f' {_NAMES.get(key, key.rstrip("_").replace("_", "-"))}="{_said(value)}"'
        for key, value in attributes.items()
        if value is not None
    )
    inner = "".join(one.markup if isinstance(one, Element) else svg(one) for one in content)
    return Element(f"<{name}{said}>{inner}</{name}>" if inner or name in _NEVER_EMPTY else f"<{name}{said}/>")


#: Attributes of SVG that are not written as the rest.
_NAMES = {"viewbox": "viewBox", "pattern_units": "patternUnits", "pattern_transform": "patternTransform"}


def _said(value: str | float) -> str:
    return svg(value) if isinstance(value, str) else coordinate(value)


def coordinate(value: float) -> str:
    """A number of the drawing: a tenth is finer than anybody sees."""
    text = f"{value:.1f}".removesuffix(".0")
    return "0" if text == "-0" else text


def joined(parts: Iterable[Element]) -> Element:
    """Several elements, one after the other."""
    return Element("".join(part.markup for part in parts))


def stacked(parts: Sequence[Element]) -> Element:
    """Several elements, each on a line of its own."""
    return Element("<br/>".join(part.markup for part in parts))


def relative(href: str) -> str:
    """A link inside the site, encoded.

    Raises:
        ValueError: it leads elsewhere: it has a scheme, a host or a root, or holds what a browser would leave out.
    """
    if not href or _LEADS_AWAY.search(href):
        raise ValueError(f"{href!r} is no relative link")
    return urllib.parse.quote(href, safe="/#?&=%:@!$'()*+,;~")


def linked(href: str | None, *content: Content) -> Element:
    """What leads to a page of the site; without a link, the same as it is."""
    if href is None:
        return joined(one if isinstance(one, Element) else Element(svg(one)) for one in content)
    return tag("a", *content, href=relative(href))


def told(words: str, href: str | None, *content: Element) -> Element:
    """A part of a drawing that says more in words, to a pointer that rests on it and to whoever does not see it."""
    title = tag("title", words)
    return tag("g", title, *content) if href is None else tag("a", title, *content, href=relative(href))


def number(value: float) -> str:
    """A value as people read it: whole numbers whole, others as exact as they are."""
    return str(value) if isinstance(value, int) else f"{value:.15g}"
