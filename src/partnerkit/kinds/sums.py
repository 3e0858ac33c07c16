"""What sums over people's answers tell of few of them: by themselves, or by taking one from another."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from itertools import combinations, pairwise

from partnerkit.tuples import NamedTuple


class Told(NamedTuple):
    """What is told of a question: over how many answers, and their mean."""

    answers: int
    average: Decimal


#: What is told of one question: of all who answered it (None), and of groups of them that have nobody in common.
Sums = Mapping[str | None, Told]


class Leak(NamedTuple):
    """Of how many people somebody could work out what they said, and how; none: that they now say something else."""

    people: int
    how: str


class _Part(NamedTuple):
    """Those of a group (None: of all) who came between two times that it was told; -1: from the beginning."""

    group: str | None
    after: int
    by: int
    people: int


def leak(told: Sequence[Sums], fewest: int) -> Leak | None:
    """Where sums tell of fewer people than they may; None where they do nowhere.

    Whoever knows them all knows what those said who came between two times, and what those of each group said who came
    between two times that it was told, and can take the one from the other. Nothing else follows from them, as long as
    no group is told that was not told each time before.

    Args:
        told: what was told of the same people each time, what stays known and what is new: the later have more of them.
        fewest: over how many people anything may be told, at least.
    """
    times = sorted(told, key=_everybody)
    parts = [part for group in _groups(times) for part in _parts(group, times)]
    for part in parts:
        changed = part.people == 0 and part.after >= 0 and _differ(times[part.after], times[part.by], part.group)
        if changed or 0 < abs(part.people) < fewest:
            less = ", less what was told before" if part.after >= 0 else ""
            return Leak(abs(part.people), f"{part.group or 'all'}{less}")
    for whole in _spans(times):
        inside = [one for one in parts if one.group is not None and whole.after <= one.after and one.by <= whole.by]
        rest = whole.people - sum(one.people for one in inside)
        if inside and 0 < abs(rest) < fewest:
            return Leak(abs(rest), f"all, less {', '.join(dict.fromkeys(str(one.group) for one in inside))}")
    return None


def _everybody(sums: Sums) -> int:
    """How many people a time told of."""
    return sums[None].answers if None in sums else sum(told.answers for told in sums.values())


def _groups(times: Sequence[Sums]) -> list[str | None]:
    return sorted({group for sums in times for group in sums}, key=lambda group: group or "")


def _parts(group: str | None, times: Sequence[Sums]) -> Iterator[_Part]:
    """Those of a group who came between two times that it was told, one after the other."""
    at = [-1, *(place for place, sums in enumerate(times) if group in sums)]
    return (_part(group, times, one, other) for one, other in pairwise(at))


def _spans(times: Sequence[Sums]) -> Iterator[_Part]:
    """All who came between any two times that all were told."""
    at = [-1, *(place for place, sums in enumerate(times) if None in sums)]
    return (_part(None, times, one, other) for one, other in combinations(at, 2))


def _part(group: str | None, times: Sequence[Sums], after: int, by: int) -> _Part:
    before = times[after][group].answers if after >= 0 else 0
    return _Part(group, after, by, times[by][group].answers - before)


def _differ(one: Sums, other: Sums, group: str | None) -> bool:
    return one[group].average != other[group].average
