"""Why somebody has nobody, and by which smallest change they would."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

from partnerkit.matching.best import Best
from partnerkit.matching.market import NOBODY
from partnerkit.matching.points import words_at
from partnerkit.matching.ruling_out import REASONS
from partnerkit.matching.run import Run

#: How many mentors are named where several have other mentees.
_NAMED = 3


@dataclass(frozen=True, slots=True)
class Unplaced:
    """Somebody for whom nobody is proposed.

    Attributes:
        id: the application.
        code: the first true reason: `nobody-offers`, the code of what rules most out, or `all-full`.
        why: the same in a sentence.
        would_help: the smallest change by which they would have somebody; None where no single one would.
    """

    id: str
    code: str
    why: str
    would_help: str | None


def unplaced(run: Run, found: Best) -> Iterator[Unplaced]:
    """Everybody among the mentees for whom nobody is proposed, in order; then who is not matched at all."""
    for mentee, mentor in enumerate(found.matching):
        if mentor == NOBODY:
            yield _why(run, mentee)
    for one in run.people.left_out:
        yield Unplaced(one.id, one.code, one.why, None)


def _why(run: Run, mentee: int) -> Unplaced:
    mine = run.mentees[mentee]
    row = run.pool.points[mentee]
    if row:
        return _all_full(run, mentee)
    if not run.mentors:
        return Unplaced(mine.id, "nobody", "there is no mentor who can take somebody on", "a mentor")
    missing = _nobody_offers(run, mentee)
    if missing:
        why = f"nobody who can take somebody on offers {', '.join(missing)}"
        return Unplaced(mine.id, "nobody-offers", why, f"a mentor for {missing[0]}")
    found = Counter(code for place in range(len(run.mentors)) if (code := run.ruling.why(mentee, place)) is not None)
    order = list(REASONS)
    counted = sorted(found.items(), key=lambda one: (-one[1], order.index(one[0])))
    why = ", ".join(f"{times} {REASONS[code]}" for code, times in counted)
    return Unplaced(mine.id, counted[0][0], f"of {len(run.mentors)} mentors: {why}", _one_change(run, mentee))


def _all_full(run: Run, mentee: int) -> Unplaced:
    """Who could be paired, if others had not been better for all: one place more at any of those would do."""
    mine = run.mentees[mentee]
    able = sorted(run.pool.points[mentee], key=lambda one: (-one[1], run.mentors[one[0]].id))
    names = [f"{run.mentors[mentor].id} ({points} points)" for mentor, points in able]
    more = len(names) - _NAMED
    shown = ", ".join(names[:_NAMED]) + (f" and {more} more" if more > 0 else "")
    why = f"everybody with whom it is possible has other mentees: {shown}"
    return Unplaced(mine.id, "all-full", why, f"one place more at {run.mentors[able[0][0]].id}")


def _nobody_offers(run: Run, mentee: int) -> list[str]:
    """What somebody wants to learn and nobody offers, where they are not paired without it."""
    found: list[str] = []
    for one in run.spec.criteria.values():
        if one.least is None or one.measure not in {"covered", "shared"}:
            continue
        offered = [words_at(person.data, one.mentor) for person in run.mentors]
        wanted = words_at(run.mentees[mentee].data, one.mentee or one.mentor)
        if wanted and all(words and not set(words) & set(wanted) for words in offered):
            found += wanted
    return found


def _one_change(run: Run, mentee: int) -> str | None:
    """The one thing to be changed by which somebody would be possible: with whom the best would be is told first."""
    alone = {"no-common-hour": "an hour of the week in common with {}", "gap": "an exception for the steps to {}"}
    for code, words in alone.items():
        fits = [
            (run.scorer.total(mentee, place), one.id)
            for place, one in enumerate(run.mentors)
            if run.ruling.why(mentee, place) == code and run.ruling.only(mentee, place, code)
        ]
        if fits:
            return words.format(min(fits, key=lambda fit: (-fit[0], fit[1]))[1])
    return None
