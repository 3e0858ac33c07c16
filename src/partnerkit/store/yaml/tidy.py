"""Formatting that changes no meaning, and the repair of files which the reader refuses."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any

from partnerkit.pattern import pattern
from partnerkit.store.yaml import emit
from partnerkit.store.yaml.emit import LAST
from partnerkit.store.yaml.nodes import Document, Mapping, Scalar
from partnerkit.store.yaml.parser import parse
from partnerkit.store.yaml.proof import proven
from partnerkit.store.yaml.quick import quick
from partnerkit.store.yaml.reader import MOST_BYTES
from partnerkit.store.yaml.splices import Splice, apply, line_end, line_start

_TRAILING = pattern(r" +$", re.MULTILINE)
_INDENT = pattern(r"^[ \t]*\t[ \t]*", re.MULTILINE)
_BLOCKS = frozenset({"literal", "folded"})
_CLIPS = pattern(r"[|>][0-9+]*(?!-)")


def normalise(document: Document, order: Sequence[str] = ()) -> str:
    """The text in good order: the last key of `order` (else `history`) last, no trailing spaces, one last line feed.

    Raises:
        EditError: that would change what the text means.
    """
    text = _stripped(_last_moved(document, order[-1] if order else LAST))
    return proven(text, document.data, document.file)


def is_tidy(raw: bytes, order: Sequence[str] = ()) -> bool:
    """Whether bytes are surely as `repair` and `normalise` would leave them; False where only these can say.

    Most files are, and that is told without a parser, which would take a hundred times as long.
    """
    if not raw.endswith(b"\n") or raw.endswith(b"\n\n") or b" \n" in raw or len(raw) > MOST_BYTES:
        return False
    try:
        data = quick(raw.decode())
    except UnicodeDecodeError:
        return False
    last = order[-1] if order else LAST
    return data is not None and (last not in data or [*data][-1] == last)


def repair(raw: bytes) -> bytes:
    """What can be mended without asking, so that the reader takes it; comments stay.

    The byte order mark goes, line ends become line feeds, tabs that indent become two spaces, trailing spaces go, and
    unquoted values that readers disagree about are put into quotes, as text. Bytes that are not UTF-8, or too many,
    come back as they are.
    """
    if len(raw) > MOST_BYTES:
        return raw
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError:
        return raw
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    text = _INDENT.sub(lambda found: found[0].replace("\t", "  "), text)
    unclear = parse(text).unclear
    text = apply(text, [Splice(one.start, one.end, emit.quoted(str(one.value))) for one in unclear])
    return _stripped(text).encode()


def _last_moved(document: Document, last: str) -> str:
    entries, text = document.root.entries, document.text
    if document.root.flow or last not in entries or list(entries)[-1] == last:
        return text
    key, value = entries[last]
    start, stop = _comments_above(text, line_start(text, key.start)), line_end(text, value.end)
    end = line_end(text, list(entries.values())[-1][1].end)
    # The lines go together with the line feed before them, or after them where the file starts with them.
    cut = Splice(start - 1, stop, "") if start else Splice(0, stop + 1, "")
    return apply(text, [cut, Splice(end, end, f"\n{text[start:stop]}")])


def _comments_above(text: str, start: int) -> int:
    while start:
        above = line_start(text, start - 1)
        if not text[above:start].lstrip(" ").startswith("#"):
            break
        start = above
    return start


def _stripped(text: str) -> str:
    root = parse(text).root
    if root is None:
        return text
    scalars = sorted(_scalars(root), key=lambda one: one.start)
    splices = [] if text.endswith("\n") else _closed(text, scalars[-1:])
    for found in _TRAILING.finditer(text):
        while scalars and scalars[0].end < found.end():
            scalars.pop(0)
        if not (scalars and _body(text, scalars[0]) < found.start()):
            splices.append(Splice(found.start(), found.end(), ""))
    # What follows the last value is blank or comments; the value itself may end in line feeds that count.
    end = max(root.end, len(text.rstrip("\n ")))
    return apply(text[:end], [one for one in splices if one.end <= end]) + "\n"


def _body(text: str, scalar: Scalar) -> int:
    """Where a scalar's own spaces begin: in a text block, below its header."""
    return line_end(text, scalar.start) if scalar.style in _BLOCKS else scalar.start


def _closed(text: str, last: list[Scalar]) -> list[Splice]:
    """Keeps the meaning of a text block that the file's end cut, once a line feed follows it."""
    cut = [one for one in last if one.style in _BLOCKS and one.value and not str(one.value).endswith("\n")]
    headers = [(one, _CLIPS.match(text, one.start)) for one in cut]
    return [Splice(one.start, found.end(), f"{found[0].replace('+', '')}-") for one, found in headers if found]


def _scalars(root: Mapping) -> list[Scalar]:
    found: list[Scalar] = []
    todo: list[Any] = [root]
    while todo:
        node = todo.pop()
        if isinstance(node, Mapping):
            todo += [value for _, value in node.entries.values()]
        elif isinstance(node, Scalar):
            found.append(node)
        else:
            todo += node.items
    return found
