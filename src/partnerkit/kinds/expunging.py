"""Expungings: text taken out of a record for good, and the markers that stand in its place.

A name that somebody typed into a record can be erased. Where it stood stands a marker, `expunged:x-` and the id of the
expunging, which says who took it out, when and why, and what the digests of what holds the marker are now.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator, Mapping
from collections.abc import Set as AbstractSet
from typing import Annotated, Any, Literal

from partnerkit.kinds.modelled import Field
from partnerkit.kinds.parts import Digest, FileDigest, Moment, Part, PersonId, Text
from partnerkit.pattern import pattern

ExpungingId = Annotated[str, Field(pattern=r"^x-[0-9a-f]{12}$", description="Random id, which its markers carry.")]

#: Expungings as written.
Listed = tuple[dict[str, Any], ...]

#: The key of the list in a record.
EXPUNGED = "expunged"

_BEFORE_ID = "expunged:"
_MARKER = pattern(_BEFORE_ID + r"(x-[0-9a-f]{12})")


class Expunging(Part):
    """Text that was taken out of the record for good."""

    id: ExpungingId
    at: Moment = Field(description="When, in UTC.")
    by: PersonId = Field(description="Who took it out.")
    reason: Text = Field(description="Why; it does not repeat what was taken out.")
    digest: Digest = Field(
        description="Digest of what was taken out, with a salt that is kept elsewhere: nobody can guess it from this."
    )
    places: int = Field(ge=0, description="How many values of the record held it; 0: only what it said before did.")
    again: dict[Digest | FileDigest, Digest | FileDigest] = Field(
        default_factory=dict,
        description="Digests of what holds the marker: as it was sealed, and as it stands with the marker.",
    )
    clock: Literal["set"] | None = Field(None, description="Present when the day was set by hand (--today).")
    hooks: Literal["skipped"] | None = Field(None, description="Present when commit hooks were skipped.")
    previous: Digest = Field(description="Digest of the expunging before.")


def marker(expunging_id: str) -> str:
    """What stands in a record where text was expunged."""
    return _BEFORE_ID + expunging_id


def texts(value: Any, keys: tuple[str | int, ...] = ()) -> Iterator[tuple[tuple[str | int, ...], str]]:
    """Every text in parsed YAML, with the keys that lead to it."""
    if isinstance(value, str):
        yield keys, value
    elif isinstance(value, dict):
        for key, part in value.items():
            yield from texts(part, (*keys, key))
    elif isinstance(value, list | tuple):
        for index, part in enumerate(value):
            yield from texts(part, (*keys, index))


def marked(value: Any) -> frozenset[str]:
    """The ids of the expungings whose markers stand in parsed YAML."""
    if not _may_be_marked(value):
        return frozenset()
    return frozenset(found for _keys, text in texts(value) for found in _MARKER.findall(text))


def _may_be_marked(value: Any) -> bool:
    """Whether a marker could stand in parsed YAML: asked of every record, so it must be quick."""
    if isinstance(value, str):
        return _BEFORE_ID in value
    for part in value.values() if isinstance(value, dict) else value if isinstance(value, list | tuple) else ():
        if _BEFORE_ID in part if part.__class__ is str else _may_be_marked(part):
            return True
    return False


def listed(data: Mapping[str, Any]) -> Listed:
    """The expungings that a record lists, as written."""
    return tuple(data.get(EXPUNGED) or ())


def explained(expungings: Listed) -> frozenset[str]:
    """The ids of expungings."""
    return frozenset(str(one.get("id")) for one in expungings)


def restated(expungings: Listed, sealed: str) -> list[str]:
    """What a digest was, first to last, as text was expunged from what it is of; beginning with itself."""
    found = [sealed]
    for one in expungings:
        now = (one.get("again") or {}).get(found[-1])
        if now is not None:
            found.append(now)
    return found


def masked(was: Any, now: Any, ids: AbstractSet[str]) -> Any:
    """What was there, with the markers of some expungings put where they stand now, and else untouched."""
    if isinstance(was, dict) and isinstance(now, dict):
        return {key: masked(part, now[key], ids) if key in now else part for key, part in was.items()}
    if isinstance(was, list) and isinstance(now, list):
        return [masked(part, other, ids) for part, other in _side_by_side(was, now)]
    if isinstance(was, str) and isinstance(now, str) and was != now and stands_for(now, was, ids):
        return now
    return was


def _side_by_side(was: list[Any], now: list[Any]) -> Iterator[tuple[Any, Any]]:
    """The items of a list, each with what it has become: of the same id, where items have one, else in its place."""
    named = {one["id"]: one for one in now if isinstance(one, dict) and isinstance(one.get("id"), str)}
    for index, one in enumerate(was):
        key = one.get("id") if isinstance(one, dict) else None
        yield one, named.get(key) if key in named else now[index] if index < len(now) else None


def stands_for(now: str, was: str, ids: AbstractSet[str]) -> bool:
    """Whether a text is another in which markers of some expungings took the place of words."""
    now, left = composed(now), composed(was)
    pieces, at = [], 0
    for found in _MARKER.finditer(now):
        if found[1] in ids:
            pieces.append(now[at : found.start()])
            at = found.end()
    if not pieces or not left.startswith(pieces[0]):
        return False
    left = left[len(pieces[0]) :]
    for piece in pieces[1:]:
        place = left.find(piece, 1)
        if place < 0:
            return False
        left = left[place + len(piece) :]
    return len(left) > len(now) - at and left.endswith(now[at:])


def composed(text: str) -> str:
    """A text as digests take it: letters with their accents as one character."""
    return text if text.isascii() else unicodedata.normalize("NFC", text)
