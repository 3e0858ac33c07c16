"""A second opinion on what a text means, from a reader that shares no code with the first.

It is slow, and an edit changes little of a record. So it reads what the edit wrote, in a frame of the keys and dashes
above it, and takes the rest as it stood. That says as much as reading all of it would. A piece of a text (see `pieces`)
means the same wherever it stands, so what stands there byte for byte means what it meant before, to every reader; what
a text that was read before meant is known; and what an edit wrote is itself pieces, none of which can reach into its
neighbours: in the frame, and in the text as the first reader took it, each ended where another begins. What could give
a name to a value, or call one by its name, is read each time, and so is every text of another form, as a whole. What it
has read stays known as long as the process lasts.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from functools import cache
from typing import Any

from partnerkit.pattern import pattern
from partnerkit.store.yaml.nodes import Document
from partnerkit.store.yaml.pieces import Piece, pieces

#: What stands in a text that names values, or that calls them by their names or types.
_NAMING = pattern(r"[&*!<]")

#: What pieces mean, by their texts: the value of a key or item; and by the line of a key that holds more, the key.
_Meanings = dict[str, Any]

#: What was read. When so many pieces are known they are forgotten; a longer one is not kept.
_known: dict[str, Any] = {}
_MOST_KNOWN = 4_000
_LONGEST = 4_000


class _Meant(dict[str, Any]):
    """What the pieces of one text mean, on top of what was read before."""

    def __contains__(self, text: object) -> bool:
        """Whether a piece is known."""
        return dict.__contains__(self, text) or text in _known

    def __missing__(self, text: str) -> Any:
        """What was read before."""
        return _known[text]


@cache
def _loader() -> Any:
    # Imported here because it costs more than a whole command that only reads.
    from ruamel.yaml import YAML  # noqa: PLC0415
    from ruamel.yaml.constructor import SafeConstructor  # noqa: PLC0415

    class TextConstructor(SafeConstructor):
        """Keeps decimals, dates and timestamps as they are written."""

    for tag in ("float", "timestamp"):
        TextConstructor.add_constructor(f"tag:yaml.org,2002:{tag}", lambda _, node: str(node.value))
    loader = YAML(typ="safe", pure=True)
    loader.Constructor = TextConstructor
    return loader


def second_reading(text: str, stood: Document | None = None) -> Any:
    """What ruamel.yaml, by YAML 1.2, reads: decimals, dates and timestamps stay text.

    What it gives is to be looked at only: parts of it are given again.

    Args:
        text: the text.
        stood: the text before an edit, with what it meant; it was committed or proven then.

    Raises:
        Exception: whatever ruamel.yaml raises where it refuses the text.
    """
    cut = pieces(text)
    if len(_known) > _MOST_KNOWN:
        _known.clear()
    known = _Meant(_stood(stood, cut) if stood is not None else {})
    try:
        return _mapping(cut, known) if _caught_up(cut, known) else _anew(text, cut)
    except Exception:  # noqa: BLE001 - whatever it raises, it is asked again of all of it
        return _anew(text, cut)


def whole_reading(text: str) -> Any:
    """What ruamel.yaml reads, of every character."""
    try:
        return _loader().load(text)
    except BaseException:
        _loader.cache_clear()  # what refused a text may refuse the next one for what is left of this
        raise


def _anew(text: str, cut: Sequence[Piece]) -> Any:
    read = whole_reading(text)
    _learnt(cut, read, {})
    return read


def _caught_up(cut: Sequence[Piece], known: _Meanings) -> bool:
    """Whether all pieces are known, once those were read that were not."""
    frame = "".join(_unread(one, known) for one in cut)
    return bool(cut) and (not frame or _learnt(pieces(frame), whole_reading(frame), known))


def _unread(piece: Piece, known: _Meanings) -> str:
    """What of a piece has to be read, in a frame that keeps its meaning; nothing where all of it is known."""
    if piece.text in known:
        return ""
    if not piece.inner:
        form, _drawn = piece.form
        return "" if form in known else form
    frames = [frame for one in piece.inner if (frame := _unread(one, known))]
    if not frames and piece.name and piece.key not in known:
        frames = [piece.inner[0].text]  # one of them tells what key it is
    return piece.framed(frames) if frames else ""


def _learnt(cut: Sequence[Piece], read: Any, known: _Meanings) -> bool:
    """Whether a reading says what each piece means; it is known from then on."""
    found: dict[str, Any] = {}
    if not cut or not _told(cut, read, found):
        return False
    known.update(found)
    _known.update((text, it) for text, it in found.items() if len(text) <= _LONGEST and not _NAMING.search(text))
    return True


def _told(cut: Sequence[Piece], read: Any, found: _Meanings) -> bool:
    """Take from a reading what pieces mean; False where it cannot be said of each."""
    if not _alike(cut, read):
        return False
    for one, value in zip(cut, _values(read), strict=True):
        if one.text in found and _NAMING.search(one.text):
            return False  # the same name may have meant another value there
        found[one.text] = value
        if one.inner and not _told(one.inner, value, found):
            return False
        if one.name and one.inner:
            found[one.key] = None
    return True


def _stood(document: Document, cut: Sequence[Piece]) -> dict[str, Any]:
    """What the keys at the margin meant in a text that stood, and the items and keys in those that changed."""
    found: dict[str, Any] = {}
    stays = {one.text for one in cut}
    before = pieces(document.text)
    if not before or not _alike(before, document.data):
        return {}
    for one, value in zip(before, document.data.values(), strict=True):
        found[one.text] = value
        if one.text not in stays and one.inner and _alike(one.inner, value):
            found[one.key] = None
            found |= {inner.text: it for inner, it in zip(one.inner, _values(value), strict=True)}
    return {text: value for text, value in found.items() if not _NAMING.search(text)}


def _alike(cut: Sequence[Piece], read: Any) -> bool:
    """Whether as much was read as there are pieces, by the same names: then each was read where it begins."""
    if isinstance(read, dict):
        return list(read) == [one.name for one in cut]
    return isinstance(read, list) and len(read) == len(cut) and not cut[0].name


def _values(read: Any) -> Iterable[Any]:
    return read.values() if isinstance(read, dict) else read


def _mapping(cut: Sequence[Piece], known: _Meanings) -> dict[str, Any]:
    found = {one.name: _meaning(one, known) for one in cut}
    if len(found) < len(cut):
        raise KeyError("a key is there twice")
    return found


def _meaning(piece: Piece, known: _Meanings) -> Any:
    """What a piece means of which all is known.

    Raises:
        KeyError: not all of it is, or it holds a key twice.
    """
    if piece.text in known:
        return known[piece.text]
    if not piece.inner:
        form, drawn = piece.form
        return _filled(known[form], drawn)
    if piece.inner[0].name:
        return _mapping(piece.inner, known)
    return [_meaning(one, known) for one in piece.inner]


def _filled(value: Any, drawn: Mapping[str, str]) -> Any:
    """What a form means with what it was made of put in, by what stands for it there.

    Raises:
        KeyError: one of them is not a value of its own, or what stands for it stands there by itself too.
    """
    left = dict(drawn)

    def filled(part: Any) -> Any:
        if isinstance(part, dict):
            return {key: filled(one) for key, one in part.items()}
        if isinstance(part, list):
            return [filled(one) for one in part]
        return left.pop(part) if isinstance(part, str) and part in drawn else part

    found = filled(value)
    if left:
        raise KeyError(next(iter(left)))
    return found
