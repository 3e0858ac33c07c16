"""A second opinion on what a text means, from a reader that shares no code with the first.

It is slow, and a record grows by an entry at its end while all else stays. So entries that it has read stay known by
their text as long as the process lasts, and of a text with some of them it reads the rest. That is the same as reading
all. Where it saw each entry begin on the line of its dash, it was inside of nothing when the one before ended. All
other lines of an entry stand further in than its dash, so it ends there whatever follows. And what names a value that
stands in another entry is refused where that is not read, and then all is read.
"""

from __future__ import annotations

import re
from functools import cache
from typing import Any

_KEY = "history"

#: A text that ends with entries, and with nothing but their lines. What begins like `%` or `---` speaks of all of it.
_ENDS_WITH_ENTRIES = re.compile(
    rf"((?:(?!%|---|\.\.\.|{_KEY}:)[^\n]*\n)+{_KEY}:\n)((?:  - [^\n]+\n(?:    [^\n]+\n)*)+)"
)
_ENTRY = re.compile(r"  - [^\n]+\n(?:    [^\n]+\n)*")

#: So many entries stay known.
_MOST_KNOWN = 2_000
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
    found = _ENDS_WITH_ENTRIES.fullmatch(text) if text.replace("\n", "").isprintable() else None
    if found is None:
        return whole_reading(text)
    head, entries = found[1], _ENTRY.findall(found[2])
    known = {one: _known[one] for one in entries if one in _known}
    unread = [one for one in entries if one not in known]
    if known and unread:
        rest = _rest(head, unread)
        if rest is not None:
            known |= zip(unread, rest[_KEY], strict=True)
            return {**rest, _KEY: [known[one] for one in entries]}
    read = whole_reading(text)
    _keep(head, entries, read)
    return read


def whole_reading(text: str) -> Any:
    """What ruamel.yaml reads, of every character."""
    try:
        return _loader().load(text)
    except BaseException:
        _loader.cache_clear()  # what refused a text may refuse the next one for what is left of this
        raise


def _rest(head: str, unread: list[str]) -> dict[str, Any] | None:
    """What a text means that has these entries alone, which are known from then on; None where that cannot be said."""
    try:
        read: dict[str, Any] = whole_reading(head + "".join(unread))
    except Exception:  # noqa: BLE001 - whatever it raises, it is asked again of all of it
        return None
    return read if _keep(head, unread, read) else None


def _keep(head: str, entries: list[str], read: Any) -> bool:
    """Keep what each entry means, if it was read as such: whether it was."""
    line = head.count("\n")
    starts: list[int] = []
    for one in entries:
        starts.append(line)
        line += one.count("\n")
    if _places(head.count("\n") - 1) != starts:
        return False
    if len(_known) > _MOST_KNOWN:
        _known.clear()
    _known.update(zip(entries, read[_KEY], strict=True))
    return True


def _places(line: int) -> list[int] | None:
    """The lines on which entries began in what was read last, under a key on a line; None where there are none."""
    root = _loader().constructor.root
    pairs = root.value if root is not None and root.id == "mapping" else []
    for key, value in pairs:
        if (key.value, key.start_mark.line, key.start_mark.column) == (_KEY, line, 0) and value.id == "sequence":
            return None if value.flow_style else [one.start_mark.line for one in value.value]
    return None
