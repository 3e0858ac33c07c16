"""Why somebody has nobody, and by which smallest change they would."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

from partnerkit.matching.market import NOBODY
from partnerkit.matching.points import words_at
from partnerkit.matching.ruling_out import REASONS
from partnerkit.matching.run import Run
from partnerkit.matching.solving import Answer

#: How many mentors are named where several have other mentees.
_NAMED = 3


@dataclass(frozen=True, slots=True)
class Unplaced:
    """Somebody for whom nobody is proposed.

    Attributes:
        id: the application.
        code: the first true reason: `nobody`, `nobody-offers`, the code of what rules most out, `all-full`, `too-few`
            where groups would be too small, `not-named` where both sides say whom they want.
        why: the same in a sentence.
        would_help: the smallest change by which they would have somebody; None where no single one would.
    """

    id: str
    code: str
    why: str
    would_help: str | None


def unplaced(run: Run, found: Answer) -> Iterator[Unplaced]:
    """Everybody among the mentees for whom nobody is proposed, in order; then who is not matched at all."""
    for mentee, mentor in enumerate(found.matching):
        if mentor == NOBODY:
            yield _why(run, found, mentee)
    for one in run.people.left_out:
        yield Unplaced(one.id, one.code, one.why, None)


def _why(run: Run, found: Answer, mentee: int) -> Unplaced:
    mine = run.mentees[mentee]
    if run.pool.points[mentee]:
        return _others_have_them(run, found, mentee)
    if not run.mentors:
        return Unplaced(mine.id, "nobody", "there is no mentor who can take somebody on", "a mentor")
    missing = _nobody_offers(run, mentee)
    if missing:
        why = f"nobody who can take somebody on offers {', '.join(missing)}"
        return Unplaced(mine.id, "nobody-offers", why, f"a mentor for {missing[0]}")
    codes = (run.ruling.why(mentee, place) for place in range(len(run.mentors)) if run.mentors[place] is not mine)
    order = list(REASONS)
    counted = sorted(
        Counter(code for code in codes if code is not None).items(), key=lambda one: (-one[1], order.index(one[0]))
    )
    why = ", ".join(f"{times} {REASONS[code]}" for code, times in counted)
    return Unplaced(mine.id, counted[0][0], f"of {len(run.mentors)} mentors: {why}", _one_change(run, mentee))


def _others_have_them(run: Run, found: Answer, mentee: int) -> Unplaced:
    """Who could be paired, if it had not been better for all otherwise."""
    mine = run.mentees[mentee]
    able = sorted(run.pool.points[mentee], key=lambda one: (-one[1], run.mentors[one[0]].id))
    names = [f"{run.mentors[mentor].id} ({points} points)" for mentor, points in able]
    more = len(names) - _NAMED
    shown = ", ".join(names[:_NAMED]) + (f" and {more} more" if more > 0 else "")
    best = run.mentors[able[0][0]].id
    if found.method == "stable":
        return Unplaced(mine.id, "not-named", f"nobody who could be paired with them names them: {shown}", None)
    if run.shape == "peers":
        return Unplaced(mine.id, "all-full", f"everybody with whom it is possible has somebody else: {shown}", None)
    if all(not found.pool.places[mentor] for mentor, _ in able):
        return Unplaced(mine.id, "too-few", f"the groups that are possible would be too small: {shown}", None)
    why = f"everybody with whom it is possible has other mentees: {shown}"
    return Unplaced(mine.id, "all-full", why, f"one place more at {best}")


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
