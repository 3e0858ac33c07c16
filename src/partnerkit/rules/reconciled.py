"""Two versions of a record that grew from one, made one: by what they say, key by key, not by their text."""

from __future__ import annotations

import copy
from collections import Counter
from enum import Enum
from typing import Any, Literal

from partnerkit.dataclass import dataclass, field
from partnerkit.kinds.canonical import canonical

#: What is not merged but follows from the entries.
_OF_HISTORY = ("stage", "history")


class _Nothing(Enum):
    """What stands where a version has no such key; copied, it is still itself."""

    ABSENT = "absent"


_ABSENT = _Nothing.ABSENT
_Absent = Literal[_Nothing.ABSENT]


@dataclass(frozen=True, slots=True)
class Contested:
    """What both sides changed, each in its own way; None where a side took it out."""

    path: str
    there: Any
    here: Any


@dataclass
class Reconciled:
    """What came of it.

    Attributes:
        data: what both sides said; where it is contested, as it is there. The history is the one there.
        entries: the entries made here that the history there lacks, in order.
        contested: what both sides changed, each in its own way.
    """

    data: dict[str, Any] = field(default_factory=dict)
    entries: list[dict[str, Any]] = field(default_factory=list)
    contested: list[Contested] = field(default_factory=list)


def reconcile(base: dict[str, Any], there: dict[str, Any], here: dict[str, Any]) -> Reconciled:
    """Merge two versions of a file as parsed; a change that only one side made is taken, whichever side it is.

    Items of lists are told apart by their `id`, lines of logs, which have a day (`on`), by all that they say: what
    either side added is added. What nobody wrote does not come of it: any other list that both changed is contested as
    a whole, and so is one from which both took something, and a named part, such as a person, that both made.

    Args:
        base: the version from which both grew.
        there: the version that has landed elsewhere; its order is kept.
        here: the version that is to be brought onto it.
    """
    found = Reconciled()
    bare = [{key: value for key, value in one.items() if key not in _OF_HISTORY} for one in (base, there, here)]
    merged = _mapping(bare[0], bare[1], bare[2], (), found)
    kept = {key: copy.deepcopy(there[key]) for key in _OF_HISTORY if key in there}
    found.data = {key: (merged | kept)[key] for key in [*there, *merged] if key in merged or key in kept}
    _entries(base.get("history") or [], there.get("history") or [], here.get("history") or [], found)
    return found


def _entries(
    base: list[dict[str, Any]], there: list[dict[str, Any]], here: list[dict[str, Any]], found: Reconciled
) -> None:
    if not _same(base, here[: len(base)]):
        found.contested.append(Contested("history", None, None))
        return
    known = {entry.get("id") for entry in there}
    found.entries = [copy.deepcopy(entry) for entry in here[len(base) :] if entry.get("id") not in known]


def _mapping(
    base: dict[str, Any], there: dict[str, Any], here: dict[str, Any], path: tuple[str, ...], found: Reconciled
) -> dict[str, Any]:
    merged: dict[str, Any] = {}
    for key in dict.fromkeys([*there, *here]):
        versions = [one.get(key, _ABSENT) for one in (base, there, here)]
        value = _value(versions[0], versions[1], versions[2], (*path, str(key)), found)
        if value is not _ABSENT:
            merged[key] = value
    return merged


def _value(base: Any, there: Any, here: Any, path: tuple[str, ...], found: Reconciled) -> Any:
    if _same(there, here) or _same(base, here):
        return copy.deepcopy(there)
    if _same(base, there):
        return copy.deepcopy(here)
    made_twice = base is _ABSENT and len(path) > 1
    if isinstance(there, dict) and isinstance(here, dict) and not made_twice:
        return _mapping(base if isinstance(base, dict) else {}, there, here, path, found)
    if isinstance(there, list) and isinstance(here, list):
        return _list(base if isinstance(base, list) else [], there, here, path, found)
    return _contested(there, here, path, found)


def _contested(there: Any, here: Any, path: tuple[str, ...], found: Reconciled) -> Any:
    sides = (None if one is _ABSENT else copy.deepcopy(one) for one in (there, here))
    found.contested.append(Contested(".".join(path), *sides))
    return copy.deepcopy(there)


def _list(base: list[Any], there: list[Any], here: list[Any], path: tuple[str, ...], found: Reconciled) -> Any:
    if all(_dated(one) for one in (base, there, here)):
        return _lines(base, there, here, path, found)
    if not all(_named(one) for one in (base, there, here)):
        return _contested(there, here, path, found)
    was, theirs, mine = ({item["id"]: item for item in one} for one in (base, there, here))
    if was.keys() - theirs.keys() and was.keys() - mine.keys():
        return _contested(there, here, path, found)
    for one in theirs.keys() & mine.keys():
        was.setdefault(one, {})  # the same id is the same item, however it came to be on both sides
    return list(_mapping(was, theirs, mine, path, found).values())


def _lines(base: list[Any], there: list[Any], here: list[Any], path: tuple[str, ...], found: Reconciled) -> Any:
    """The lines there, without what was taken out here, and with what was added here at their end."""
    was, theirs, mine = (Counter(canonical(one) for one in lines) for lines in (base, there, here))
    gone_there, gone_here = was - theirs, was - mine
    if gone_there and gone_here:
        return _contested(there, here, path, found)
    _gone, left = _parted(there, gone_here)
    new, _old = _parted(here, (mine - was) - (theirs - was))
    return copy.deepcopy([*left, *new])


def _parted(lines: list[Any], which: Counter[str]) -> tuple[list[Any], list[Any]]:
    """Those of the lines, the last of equal ones first, and the others, in their order."""
    those: list[Any] = []
    others: list[Any] = []
    for one in reversed(lines):
        mine = which[canonical(one)] > 0
        which[canonical(one)] -= mine
        (those if mine else others).append(one)
    return those[::-1], others[::-1]


def _dated(items: list[Any]) -> bool:
    return all(isinstance(item, dict) and "on" in item and "id" not in item for item in items)


def _named(items: list[Any]) -> bool:
    ids = [item["id"] for item in items if isinstance(item, dict) and isinstance(item.get("id"), str)]
    return len(ids) == len(items) == len(set(ids))


def _same(left: Any, right: Any) -> bool:
    if left is _ABSENT or right is _ABSENT:
        return left is right
    return canonical(left) == canonical(right)
