"""The moments that a file says: one that has not come may be another thing to say of it the next moment."""

from __future__ import annotations

import re
from collections.abc import Iterator

from partnerkit.store.yaml.nodes import Document

#: How a file says a moment (`kinds/parts.py`), found by its T, which is rarer than digits are. Where a file writes a
#: character by its number, what it means is looked at.
_MOMENT = re.compile(r"T(?<=\d{4}-\d\d-\d\dT)\d\d:\d\d:\d\dZ")
_DAY = len("2026-03-31")


def latest_said(document: Document) -> str:
    """The latest moment that a file says, as it writes it; nothing where it says none."""
    found = ((text, one) for text in _texts(document) for one in _MOMENT.finditer(text))
    return max((text[one.start() - _DAY : one.end()] for text, one in found), default="")


def _texts(document: Document) -> Iterator[str]:
    yield document.text
    if "\\" in document.text:
        yield repr(document.data)
