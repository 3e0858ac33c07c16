"""A second opinion on what a text means, from a reader that shares no code with the first.

It is slow, and most of a record stays as it is when something of it changes. So what it has read stays known by its
text as long as the process lasts: each part, which is a key at the margin with all that stands further in, and each
entry of a part that lists entries. Of a text with some of them it reads the rest. That is the same as reading all.
Where it saw each part begin at the margin, and each entry on the line of its dash, it was inside of nothing when the
one before ended; and a part or entry ends where another begins, whatever that says. What could give a name to a value,
or call one by its name, is read each time.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import field
from functools import cache
from typing import Any

from partnerkit.dataclass import dataclass

_PART = re.compile(r"[A-Za-z][^\n]*\n(?: [^\n]*\n)*")
#: A text that is parts and nothing else: no comment, blank line or word about the whole stands between them.
_PARTS = re.compile(f"(?:{_PART.pattern})+")
_ENTRY = re.compile(r"  - [^\n]+\n(?:    [^\n]+\n)*")
#: A part that lists entries, and says nothing else.
_LISTING = re.compile(rf"([^\n]+:\n)((?:{_ENTRY.pattern})+)")
#: What stands in a text that names values, or that calls them by their names or types.
_NAMING = re.compile(r"[&*!<]")

#: So many parts and entries stay known, and none that is longer.
_MOST_KNOWN = 4_000
_LONGEST = 4_000
_known: dict[str, Any] = {}


@cache
def _loader() -> Any:
    # Imported here because it costs more than a whole command that only reads.
    from ruamel.yaml import YAML  # noqa: PLC0415
    from ruamel.yaml.constructor import SafeConstructor  # noqa: PLC0415

    class TextConstructor(SafeConstructor):
        """Keeps decimals, dates and timestamps as they are written, and where everything stood."""

        root: Any = None

        def construct_document(self, node: Any) -> Any:
            self.root = node
            return super().construct_document(node)

    for tag in ("float", "timestamp"):
        TextConstructor.add_constructor(f"tag:yaml.org,2002:{tag}", lambda _, node: str(node.value))
    loader = YAML(typ="safe", pure=True)
    loader.Constructor = TextConstructor
    return loader


def second_reading(text: str) -> Any:
    """What ruamel.yaml, by YAML 1.2, reads: decimals, dates and timestamps stay text.

    What it gives is to be looked at only: parts of it are given again.

    Raises:
        Exception: whatever ruamel.yaml raises where it refuses the text.
    """
    parts = _parts(text)
    known = {one: _known[one] for part in parts for one in (part.text, *part.entries) if one in _known}
    asked = [part.unread(known) for part in parts]
    found = _read([one for one in asked if one is not None]) if known else None
    return (_composed(parts, asked, known | found) if found is not None else None) or _all(text, parts)


def whole_reading(text: str) -> Any:
    """What ruamel.yaml reads, of every character."""
    try:
        return _loader().load(text)
    except BaseException:
        _loader.cache_clear()  # what refused a text may refuse the next one for what is left of this
        raise


@dataclass(frozen=True, slots=True)
class _Part:
    """A key at the margin, and all that stands further in.

    Attributes:
        text: all of it.
        head: the line of the key, where it lists entries.
        entries: what it lists, where it says nothing else.
    """

    text: str
    head: str = ""
    entries: list[str] = field(default_factory=list)

    @classmethod
    def of(cls, text: str) -> _Part:
        found = _LISTING.fullmatch(text)
        return cls(text, found[1], _ENTRY.findall(found[2])) if found else cls(text)

    def unread(self, known: Mapping[str, Any]) -> str | None:
        """What of it has to be read: where some of its entries are known, the others; None where nothing has."""
        if self.text in known:
            return None
        new = [one for one in self.entries if one not in known]
        return self.text if len(new) == len(self.entries) else self.head + "".join(new or self.entries[:1])

    def begins(self, line: int, pair: Any) -> bool:
        """Whether the reader saw it begin at the margin of a line, and each entry on the line of its dash."""
        key, value = pair
        if (key.start_mark.line, key.start_mark.column) != (line, 0):
            return False
        if not self.entries:
            return True
        dashes = [line + 1]
        for one in self.entries[:-1]:
            dashes.append(dashes[-1] + one.count("\n"))
        if value.id != "sequence" or value.flow_style:
            return False
        return [one.start_mark.line for one in value.value] == dashes


def _parts(text: str) -> list[_Part]:
    """The parts of a text, where it is parts and nothing else."""
    whole = text.replace("\n", "").isprintable() and _PARTS.fullmatch(text)
    return [_Part.of(one) for one in _PART.findall(text)] if whole else []


def _all(text: str, parts: list[_Part]) -> Any:
    read = whole_reading(text)
    _seen(parts, read)
    return read


def _read(texts: list[str]) -> dict[str, Any] | None:
    """What parts mean, by their texts: a key and its value, or an entry's value; None where that cannot be said."""
    try:
        return _seen([_Part.of(one) for one in texts], whole_reading("".join(texts))) if texts else {}
    except Exception:  # noqa: BLE001 - whatever it raises, it is asked again of all of it
        return None


def _seen(parts: list[_Part], read: Any) -> dict[str, Any] | None:
    """What each part and entry means, which is known from then on, if each was read as such."""
    root = _loader().constructor.root
    if not parts or root is None or root.id != "mapping" or root.flow_style or len(root.value) != len(parts):
        return None
    found: dict[str, Any] = {}
    line = 0
    for part, pair, (key, value) in zip(parts, root.value, read.items(), strict=True):
        if not part.begins(line, pair):
            return None
        line += part.text.count("\n")
        found[part.text] = (key, value)
        found |= zip(part.entries, value, strict=True) if part.entries else ()
    if len(_known) > _MOST_KNOWN:
        _known.clear()
    _known.update((one, held) for one, held in found.items() if len(one) <= _LONGEST and not _NAMING.search(one))
    return found


def _composed(parts: list[_Part], asked: list[str | None], known: Mapping[str, Any]) -> dict[Any, Any] | None:
    """What all parts mean together, of which each is known by now; None where a key is there twice."""
    found: dict[Any, Any] = {}
    for part, one in zip(parts, asked, strict=True):
        key, value = known[one or part.text]
        found[key] = value if one in {None, part.text} else [known[entry] for entry in part.entries]
    return found if len(found) == len(parts) else None
