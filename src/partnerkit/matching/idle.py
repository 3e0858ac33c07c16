"""Why a mentor has nobody, and by which smallest change they would: the other side of why a mentee has nobody."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from partnerkit.dataclass import replace
from partnerkit.matching.best import best
from partnerkit.matching.hosting import PRICED, wanting
from partnerkit.matching.market import NOBODY
from partnerkit.matching.points import words_at
from partnerkit.matching.pool import Pool
from partnerkit.matching.ruling_out import ALONE, REASONS
from partnerkit.matching.run import Run
from partnerkit.matching.solving import Answer, fewest
from partnerkit.matching.stable import rankings
from partnerkit.matching.unplaced import Unplaced


def idle(run: Run, found: Answer, mentor: int) -> Unplaced:
    """Why a mentor has nobody: the first true reason, with the smallest change that is shown to help.

    Args:
        run: a run with mentors.
        found: its answer, in which the mentor has nobody.
        mentor: the mentor's place in the list.
    """
    mine = run.mentors[mentor]
    able = wanting(run, found, mentor)
    if run.shape == "groups" and mine.room < fewest(run):
        least = fewest(run)
        why = f"has room for {mine.room}, and a group has {least} people at least"
        return Unplaced(mine.id, "too-few", why, f"room for {least}")
    left = [mentee for mentee in able if found.matching[mentee] == NOBODY]
    if left and run.shape == "groups":
        return _no_group(run, mentor, left)
    if able and found.method == "stable":
        return _not_named(run, mentor, able)
    if able:
        why = f"everybody with whom it is possible has another mentor: {_having(run, found, able)}"
        return Unplaced(mine.id, "all-placed", why, _one_like(run, found, mentor, able))
    if not run.mentees:
        return Unplaced(mine.id, "nobody", "there is nobody who waits for a mentor", "a mentee")
    unwanted = _unwanted(run, mentor)
    if unwanted:
        why = f"nobody who waits wants {', '.join(unwanted)}"
        return Unplaced(mine.id, "nobody-wants", why, f"a mentee for {unwanted[0]}")
    return _ruled_out(run, found, mentor)


def _no_group(run: Run, mentor: int, left: list[int]) -> Unplaced:
    """Some have nobody and could be with them, yet that makes no group: they are too few, or never free at once."""
    name, named = run.mentors[mentor].id, _named(run, left)
    if len(left) < fewest(run):
        return Unplaced(name, "too-few", f"the group of those who have nobody would be too small: {named}", None)
    why = f"of those who have nobody, fewer than {fewest(run)} are free at one hour with them: {named}"
    return Unplaced(name, "other-hours", why, None)


def _named(run: Run, mentees: list[int]) -> str:
    more = len(mentees) - PRICED
    return ", ".join(run.mentees[one].id for one in mentees[:PRICED]) + (f" and {more} more" if more > 0 else "")


def _having(run: Run, found: Answer, mentees: list[int]) -> str:
    """Who they are, with whom each of them has."""
    told = [
        run.mentees[one].id + ("" if found.matching[one] == NOBODY else f" ({run.mentors[found.matching[one]].id})")
        for one in mentees[:PRICED]
    ]
    more = len(mentees) - PRICED
    return ", ".join(told) + (f" and {more} more" if more > 0 else "")


def _not_named(run: Run, mentor: int, able: list[int]) -> Unplaced:
    """Where both sides say whom they would like."""
    name = run.mentors[mentor].id
    asking, asked = rankings(run)
    both = [mentee for mentee in asked[mentor] if mentor in asking[mentee]]
    if both:
        why = f"everybody whom they name, and who names them, has somebody they like better: {_named(run, both)}"
        return Unplaced(name, "all-placed", why, None)
    if not asked[mentor]:
        why = f"they name nobody with whom it is possible: {_named(run, able)}"
        return Unplaced(name, "not-named", why, None)
    return Unplaced(name, "not-named", f"nobody whom they name would like them: {_named(run, asked[mentor])}", None)


def _one_like(run: Run, found: Answer, mentor: int, able: list[int]) -> str | None:
    """Somebody like one of those who could be with them: everybody is matched anew to see that it helps."""
    for mentee in able[:PRICED] if run.shape == "pairs" else ():
        pool = found.pool
        more = replace(
            pool,
            mentees=(*pool.mentees, f"{pool.mentees[mentee]}+"),
            waited=(*pool.waited, 0),
            points=(*pool.points, pool.points[mentee]),
        )
        if mentor in best(more).matching:
            return f"another mentee like {run.mentees[mentee].id}"
    return None


def _unwanted(run: Run, mentor: int) -> list[str]:
    """What a mentor offers and nobody wants, where nobody is paired without it."""
    unwanted: list[str] = []
    for one in run.spec.criteria.values():
        if one.least is None or one.measure not in {"covered", "shared"}:
            continue
        wanted = [words_at(person.data, one.mentee or one.mentor) for person in run.mentees]
        offered = words_at(run.mentors[mentor].data, one.mentor)
        if offered and all(words and not set(words) & set(offered) for words in wanted):
            unwanted += offered
    return unwanted


def _ruled_out(run: Run, found: Answer, mentor: int) -> Unplaced:
    """Nobody is possible: what rules out most of them, and the one thing that would make somebody possible."""
    counted = Counter(code for mentee in range(len(run.mentees)) if (code := run.ruling.why(mentee, mentor)))
    order = list(REASONS)
    codes = sorted(counted, key=lambda code: (-counted[code], order.index(code)))
    told = ", ".join(f"{counted[code]} {REASONS[code]}" for code in codes)
    why = f"of {len(run.mentees)} {'mentee' if len(run.mentees) == 1 else 'mentees'}: {told}"
    return Unplaced(run.mentors[mentor].id, codes[0], why, _one_change(run, found, mentor))


def _one_change(run: Run, found: Answer, mentor: int) -> str | None:
    """The one thing to be changed by which they would have somebody: everybody is matched anew to see that it helps."""
    for words, mentee in _near(run, found, mentor) if (run.shape, found.method) == ("pairs", "best") else ():
        if mentor in best(_with(run, found.pool, mentee, mentor)).matching:
            return words
    return None


def _near(run: Run, found: Answer, mentor: int) -> Iterator[tuple[str, int]]:
    """Against whom only one thing stands that could be changed: who has nobody first, then the best fit."""
    for code, words in ALONE.items():
        fits = sorted(
            (found.matching[place] != NOBODY, -run.scorer.total(place, mentor), one.id, place)
            for place, one in enumerate(run.mentees)
            if run.ruling.only(place, mentor, code)
        )
        for _, _, name, place in fits[:PRICED]:
            yield words.format(name), place


def _with(run: Run, pool: Pool, mentee: int, mentor: int) -> Pool:
    """The pool in which one more pair is possible."""
    rows = list(pool.points)
    rows[mentee] = (*rows[mentee], (mentor, run.scorer.total(mentee, mentor)))
    return replace(pool, points=tuple(rows))
