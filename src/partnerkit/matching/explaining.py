"""Why these two, why not those, and what it would cost: every price is found by matching anew with the pair in it."""

from __future__ import annotations

from collections.abc import Iterator

from partnerkit.dataclass import dataclass, replace
from partnerkit.matching.best import Reached
from partnerkit.matching.market import NOBODY
from partnerkit.matching.points import common, words_at
from partnerkit.matching.ruling_out import REASONS
from partnerkit.matching.run import Run
from partnerkit.matching.solving import Answer, reach, solved, together
from partnerkit.matching.stable import rather
from partnerkit.policies.matching import Measured

#: By how much a weight is put up and down to see what hangs on it, as parts of five.
_FIFTHS = 5

#: What stands against two people, in words: what rules them out, or that no group could hold them both.
AGAINST = {**REASONS, "no-circle": "no group that is possible holds the two"}


@dataclass(frozen=True, slots=True)
class Criterion:
    """What one criterion says of two people.

    Attributes:
        name: the criterion.
        weight: how often it counts.
        points: its points, 0 to 100.
        common: what both list, for criteria of lists.
        said: whether both say anything by which it can be measured; else it counts half.
    """

    name: str
    weight: int
    points: int
    common: tuple[str, ...]
    said: bool


@dataclass(frozen=True, slots=True)
class Alternative:
    """Two who are not proposed for each other, and what it would cost all to have them together.

    Attributes:
        mentee: the mentee's application; of peers that of the one who is asked about.
        mentor: the mentor's; of peers the other's.
        points: the points of the two; None where they cannot be paired.
        ruled_out: the codes of what stands against it.
        reached: how far the aims are reached with the two together; None where they cannot be paired, and where both
            sides say whom they would like.
        moved: how many others would have somebody else, or nobody.
        wish: which of the two would rather have somebody else, where both sides say whom they would like.
    """

    mentee: str
    mentor: str
    points: int | None
    ruled_out: tuple[str, ...]
    reached: Reached | None = None
    moved: int = 0
    wish: str | None = None


def criteria(run: Run, mentee: int, mentor: int) -> list[Criterion]:
    """What each criterion says of two people."""
    points = run.scorer.by_criterion(mentee, mentor)
    return [
        Criterion(name, one.weight, found, _common(run, one, mentee, mentor), _both_say(run, one, mentee, mentor))
        for (name, one), found in zip(run.spec.criteria.items(), points, strict=True)
    ]


def _common(run: Run, one: Measured, mentee: int, mentor: int) -> tuple[str, ...]:
    if one.measure not in {"covered", "shared", "same"}:
        return ()
    return tuple(common(run.mentees[mentee], run.mentors[mentor], one))


def alternative(run: Run, found: Answer, mentee: int, mentor: int) -> Alternative:
    """What it would cost all to have two together who are not; among peers either of them comes first."""
    against = tuple(run.ruling.reasons(mentee, mentor))
    names = run.mentees[mentee].id, run.mentors[mentor].id
    points = run.pool.points_of(mentee, mentor)
    if against or points is None:
        return Alternative(*names, None, against or tuple(run.ruling.reasons(mentor, mentee)))
    if found.method == "stable":
        return Alternative(*names, points, (), wish=rather(run, found.matching, mentee, mentor))
    if not found.pool.places[mentor]:
        return Alternative(*names, None, ())
    try:
        matching = together(run, found, mentee, mentor)
    except ValueError:
        return Alternative(*names, None, ("no-circle",))
    two = {mentee, mentor} if run.shape == "peers" else {mentee}
    pairs = enumerate(zip(matching, found.matching, strict=True))
    moved = sum(one != other for place, (one, other) in pairs if place not in two)
    return Alternative(*names, points, (), reach(run, matching), moved)


def runner_up(run: Run, found: Answer, mentee: int) -> int | None:
    """The mentor with whom a mentee would have most points beside the one proposed; None where there is none."""
    mine = found.matching[mentee]
    others = [(points, run.mentors[mentor].id, mentor) for mentor, points in run.pool.points[mentee] if mentor != mine]
    return min(others, key=lambda one: (-one[0], one[1]))[2] if others else None


def _both_say(run: Run, one: Measured, mentee: int, mentor: int) -> bool:
    mine, theirs = run.mentees[mentee], run.mentors[mentor]
    if one.measure == "hours":
        return mine.quarters is not None and theirs.quarters is not None
    return bool(words_at(mine.data, one.mentee or one.mentor) and words_at(theirs.data, one.mentor))


@dataclass(frozen=True, slots=True)
class Swayed:
    """How much hangs on a weight.

    Attributes:
        criterion: the criterion.
        less: how many mentees would have somebody else, or nobody, if it counted a fifth less.
        more: likewise if it counted a fifth more.
    """

    criterion: str
    less: int
    more: int


#: Groups are searched anew for each weight, twice: not where that search looked at more cases, for it takes minutes.
_MOST_CASES = 500


def sensitivity(run: Run, found: Answer) -> Iterator[Swayed]:
    """By how much the proposal would be another if one criterion counted a fifth less or more.

    Nothing where that would take minutes: of groups whose search looked at many cases.
    """
    if found.grouped is not None and found.grouped.looked > _MOST_CASES:
        return
    for name, one in run.spec.criteria.items():
        if one.weight:
            less, more = (_changed(run, found, name, times) for times in (_FIFTHS - 1, _FIFTHS + 1))
            yield Swayed(name, less, more)


def _changed(run: Run, found: Answer, criterion: str, times: int) -> int:
    """How many mentees would have somebody else if a criterion counted so many fifths."""
    weighed = {
        name: one.model_copy(update={"weight": one.weight * (times if name == criterion else _FIFTHS)})
        for name, one in run.spec.criteria.items()
    }
    spec = run.spec.model_copy(update={"criteria": weighed})
    other = replace(run, policy=run.policy.model_copy(update={"matching": spec}))
    matching = solved(other, found.method).matching
    return sum(one != two for one, two in zip(matching, found.matching, strict=True))


@dataclass(frozen=True, slots=True)
class Kept:
    """What it costs to leave pairings as they are that have not begun.

    Attributes:
        pairings: their ids.
        kept: how far the aims are reached with them.
        free: how far they would be if everybody could be paired anew.
    """

    pairings: tuple[str, ...]
    kept: Reached
    free: Reached


def price_of_keeping(run: Run, found: Answer, released: Run) -> Kept | None:
    """What it costs to keep the pairings of a programme that have not begun; None where there is none to compare.

    Args:
        run: the run, in which they keep their places.
        found: its best matching.
        released: the same run without them.
    """
    mentors = {one.id: place for place, one in enumerate(released.mentors)}
    mentees = {one.id: place for place, one in enumerate(released.mentees)}
    matching = [NOBODY] * len(mentees)
    ids: list[str] = []
    gone = {one.id for one in run.people.taken} - {one.id for one in released.people.taken}
    for one in run.people.taken:
        for other in one.others if one.id in gone and one.mentor is not None else ():
            if one.mentor in mentors and other in mentees:
                matching[mentees[other]] = mentors[one.mentor]
                ids.append(one.id)
    for mentee, mentor in enumerate(found.matching):
        if mentor != NOBODY:
            matching[mentees[run.mentees[mentee].id]] = mentors[run.mentors[mentor].id]
    if not ids:
        return None
    try:
        kept = reach(released, matching)
    except ValueError:
        return None  # one of them is not possible by the criteria: a person decided otherwise
    return Kept(tuple(dict.fromkeys(ids)), kept, solved(released, found.method).reached)
