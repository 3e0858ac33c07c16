"""The moments that a file says: one that has not come may be another thing to say of it the next moment."""

from __future__ import annotations

from collections.abc import Iterator

from partnerkit.pattern import pattern
from partnerkit.store.yaml.nodes import Document

#: How a file says a moment (`kinds/parts.py`): where it writes a character by its number, what it means is looked at.
#: Its day is looked at last, for much of a file is digits: a search that begins with it takes ten times as long.
_MOMENT = pattern(r"T\d\d:\d\d:\d\dZ(?<=(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ))")


def latest_said(document: Document) -> str:
    """The latest moment that a file says, as it writes it; nothing where it says none."""
    return max((one for text in _texts(document) for one in _MOMENT.findall(text)), default="")


def _texts(document: Document) -> Iterator[str]:
    yield document.text
    if "\\" in document.text:
        yield repr(document.data)
