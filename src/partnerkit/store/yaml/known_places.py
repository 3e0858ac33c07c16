"""Edits of which the places are known from the lines: a text in the house's form is not read again for them.

Most edits give a key at the margin another word and add to the end of lists there. In a text that is all pieces (see
`pieces`) a word stands behind its key, and a list ends where its piece does. What comes out is what `changes` makes of
the same edit; where that could be anything else, nothing is said.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from partnerkit.store.yaml import emit
from partnerkit.store.yaml.emit import Flow, Layout
from partnerkit.store.yaml.pieces import Piece, pieces
from partnerkit.store.yaml.proof import same

#: Where, among the keys that stay, each group of new keys goes: after so many of them.
Placing = Callable[[list[str], list[str]], Mapping[int, list[str]]]

#: How a text is laid out of which the lists are pieces, as far as it matters here.
_LAYOUT = Layout(keeps=False)


def spliced(text: str, old: dict[str, Any], new: dict[str, Any], placing: Placing) -> str | None:
    """The text with what it means turned from `old` into `new`; None where it has to be asked where things stand."""
    each = pieces(text)
    if [one.name for one in each] != list(old) or not old.keys() <= new.keys() or not _lists_are_house(each, old):
        return None
    parts: list[str] = []
    for piece in each:
        said, meant = old[piece.name], new[piece.name]
        part = piece.text if said is meant or same(said, meant) else _changed(piece, said, meant)
        if part is None:
            return None
        parts.append(part)
    for place, keys in placing(list(old), [key for key in new if key not in old]).items():
        if not place or "#" in each[place - 1].text or not all(_is_flat(new[key], keyed=True) for key in keys):
            return None
        parts[place - 1] += "".join(f"{line}\n" for key in keys for line in emit.entry(key, new[key], 0, _LAYOUT))
    return "".join(parts)


def _lists_are_house(each: Sequence[Piece], old: dict[str, Any]) -> bool:
    """Whether the first list at the margin, by which a file's lists are laid out, has its dashes where the house does.

    Where it is written on one line it says nothing, and the next one is asked.
    """
    for piece in each:
        if isinstance(old[piece.name], list) and piece.text.startswith(f"{piece.name}:\n"):
            return bool(piece.inner) and not piece.inner[0].name
    return False


def _changed(piece: Piece, old: Any, new: Any) -> str | None:
    if isinstance(old, str) and isinstance(new, str):
        plain = piece.text == f"{piece.name}: {old}\n" and "\n" not in new
        return f"{piece.name}: {emit.scalar(new)}\n" if plain else None
    if not isinstance(old, list) or not isinstance(new, list) or not piece.inner or "#" in piece.text:
        return None
    added = new[len(old) :]
    if not added or not same(new[: len(old)], old) or len(piece.inner) != len(old) or not all(map(_is_flat, added)):
        return None
    return piece.text + "".join(f"{line}\n" for one in added for line in emit.item(one, 2, _LAYOUT))


def _is_flat(value: Any, *, keyed: bool = False) -> bool:
    """Whether it is laid out the same however a file indents mappings and texts; `keyed`: it stands under a key."""
    if isinstance(value, Flow):
        return True
    if isinstance(value, dict):
        return not (keyed and value) and all(_is_flat(one, keyed=True) for one in value.values())
    if isinstance(value, list):
        return all(map(_is_flat, value))
    return not isinstance(value, str) or "\n" not in value
