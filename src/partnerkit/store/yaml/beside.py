"""A text read beside an earlier version of it: what is written alike in both is read once, and is the same object.

In what the quick reader reads, a key in the first column ends all that stands above it, and so does a dash in the
column of a list: what is between two of them means the same wherever it stands.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from partnerkit.pattern import pattern
from partnerkit.store.yaml.quick import OtherFormError, lines, readable

#: Where a key in the first column begins: what else stands there is a comment, or an item of a list.
_KEYS = pattern(r"\n(?=[^\s#-])")


def beside(text: str, was: str, said: dict[str, Any]) -> dict[str, Any] | None:
    """What a text means, or None where only the full reader can say: as `quick` says it.

    Args:
        text: as `quick` takes it.
        was: an earlier version of it, which the quick reader could read.
        said: what that means.
    """
    if not readable(text):
        return None
    try:
        return _read(text, was, said) or None
    except OtherFormError:
        return None


def _read(text: str, was: str, said: dict[str, Any]) -> dict[str, Any]:
    above, *parts = _parts(text)
    _, *before = _parts(was)
    if len(before) != len(said) or lines(f"{above}\n"):
        return lines(text)
    known = dict(zip(before, said.items(), strict=True))
    found: dict[str, Any] = {}
    for part in parts:
        if part in known:
            key, value = known[part]
        else:
            ((key, value),) = _altered(part, known).items()
        if key in found:
            raise OtherFormError
        found[key] = value
    return found


def _parts(text: str) -> list[str]:
    """What stands above the first key of a text, and what begins with each; without the end of the last line."""
    return _KEYS.split("\n" + text.removesuffix("\n")) if text.endswith("\n") else [text]


def _altered(part: str, known: dict[str, tuple[str, Any]]) -> dict[str, Any]:
    """What a part means that is not written as it was: of a list, the items that are stay the same objects."""
    head, _, items = part.partition("\n")
    dash = f"\n{items[: len(items) - len(items.lstrip(' '))]}- "
    key, value, earlier = next(
        ((*said, was) for was, said in known.items() if was.startswith(f"{head}{dash}")), ("", None, "")
    )
    _, *mine = part.split(dash)
    _, *before = earlier.split(dash)
    if not isinstance(value, list) or len(before) != len(value) or not part.startswith(f"{head}{dash}"):
        return lines(f"{part}\n")
    same = dict(zip(before, value, strict=True))
    return {key: [one for item in mine for one in _item(head + dash, item, same)]}


def _item(above: str, item: str, known: dict[str, Any]) -> Iterator[Any]:
    if item in known:
        yield known.pop(item)  # what stands there twice is two objects all the same
    else:
        (found,) = lines(f"{above}{item}\n").values()
        yield from found
