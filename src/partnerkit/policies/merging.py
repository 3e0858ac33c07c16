"""Three versions of a policy merged: what was shipped, what the organisation made of it, what is shipped now."""

from __future__ import annotations

import copy
from enum import Enum
from typing import Any

from partnerkit.dataclass import dataclass, field
from partnerkit.kinds.canonical import canonical


class _Nothing(Enum):
    """What stands where a version has no such key; copied, it is still itself."""

    ABSENT = "absent"


_ABSENT = _Nothing.ABSENT


@dataclass
class Merged:
    """What came of it.

    Attributes:
        data: the merged policy; where both sides changed the same thing, as the organisation has it.
        taken: paths that follow the new version.
        kept: paths where the organisation's own change stays.
        conflicts: paths that both changed, each in its own way.
    """

    data: dict[str, Any]
    taken: list[str] = field(default_factory=list)
    kept: list[str] = field(default_factory=list)
    conflicts: list[str] = field(default_factory=list)


def merge(base: dict[str, Any], ours: dict[str, Any], theirs: dict[str, Any]) -> Merged:
    """The organisation's version with every change of the new one that does not stand against its own.

    Args:
        base: the version from which the organisation's began.
        ours: the organisation's version.
        theirs: the new version.
    """
    merged = Merged(data={})
    merged.data = _merge(base, ours, theirs, (), merged)
    return merged


def _merge(base: Any, ours: Any, theirs: Any, path: tuple[str, ...], merged: Merged) -> dict[str, Any]:
    found: dict[str, Any] = {}
    before = base if isinstance(base, dict) else {}
    for key in dict.fromkeys([*ours, *theirs]):
        value = _one(
            before.get(key, _ABSENT), ours.get(key, _ABSENT), theirs.get(key, _ABSENT), (*path, str(key)), merged
        )
        if value is not _ABSENT:
            found[key] = value
    return found


def _one(base: Any, ours: Any, theirs: Any, path: tuple[str, ...], merged: Merged) -> Any:
    name = ".".join(path)
    if _same(ours, theirs):
        return copy.deepcopy(ours)
    if isinstance(ours, dict) and isinstance(theirs, dict):
        return _merge(base, ours, theirs, path, merged)
    if _same(base, ours):
        merged.taken.append(name)
        return copy.deepcopy(theirs)
    if _same(base, theirs):
        merged.kept.append(name)
        return copy.deepcopy(ours)
    merged.conflicts.append(name)
    return copy.deepcopy(ours)


def _same(left: Any, right: Any) -> bool:
    if left is _ABSENT or right is _ABSENT:
        return left is right
    return canonical(left) == canonical(right)
