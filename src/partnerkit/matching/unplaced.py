"""Why somebody has nobody, and by which smallest change they would."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from partnerkit.dataclass import dataclass
from partnerkit.matching.market import NOBODY
from partnerkit.matching.points import words_at
from partnerkit.matching.ruling_out import ALONE, REASONS
from partnerkit.matching.run import Run
from partnerkit.matching.solving import Answer, circles
from partnerkit.matching.stable import rankings

#: How many mentors are named where several have other mentees.
_NAMED = 3


@dataclass(frozen=True, slots=True)
class Unplaced:
    """Somebody for whom nobody is proposed.

    Attributes:
        id: the application.
        code: the first true reason: `nobody`, `nobody-offers`, the code of what rules most out, `all-full`, of groups
            `too-few` where they would be too small and `other-hours`, `not-named` where both sides say whom they want.
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
    many = sum(times for _, times in counted)
    noun = "other" if run.shape == "peers" else "mentor"
    return Unplaced(
        mine.id, counted[0][0], f"of {many} {noun if many == 1 else f'{noun}s'}: {why}", _one_change(run, mentee)
    )


def _others_have_them(run: Run, found: Answer, mentee: int) -> Unplaced:
    """Who could be paired, if it had not been better for all otherwise."""
    mine = run.mentees[mentee]
    able = sorted(run.pool.points[mentee], key=lambda one: (-one[1], run.mentors[one[0]].id))
    names = [f"{run.mentors[mentor].id} ({points} points)" for mentor, points in able]
    more = len(names) - _NAMED
    shown = ", ".join(names[:_NAMED]) + (f" and {more} more" if more > 0 else "")
    best = run.mentors[able[0][0]].id
    if found.method == "stable":
        return _not_named(run, mentee, shown)
    if run.shape == "peers":
        return Unplaced(mine.id, "all-full", f"everybody with whom it is possible has somebody else: {shown}", None)
    if run.shape == "groups":
        return _no_circle(run, found, mentee, shown)
    why = f"everybody with whom it is possible has other mentees: {shown}"
    return Unplaced(mine.id, "all-full", why, f"one place more at {best}")


def _not_named(run: Run, mentee: int, shown: str) -> Unplaced:
    """Where both sides say whom they would like: who of the two does not, or has others."""
    name = run.mentees[mentee].id
    asking, asked = rankings(run)
    both = [run.mentors[mentor].id for mentor in asking[mentee] if mentee in asked[mentor]]
    if both:
        why = f"whoever they name, and who names them, has others whom they like better: {', '.join(both)}"
        return Unplaced(name, "all-full", why, None)
    if not asking[mentee]:
        return Unplaced(name, "not-named", f"they name nobody with whom it is possible: {shown}", None)
    named = ", ".join(run.mentors[mentor].id for mentor in asking[mentee])
    return Unplaced(name, "not-named", f"nobody whom they name would like them: {named}", None)


def _no_circle(run: Run, found: Answer, mentee: int, shown: str) -> Unplaced:
    """Why somebody who could be with some mentors is in nobody's circle."""
    mine, every = run.mentees[mentee], circles(run)
    members = every.members(found.matching)
    able = [mentor for mentor, _ in sorted(run.pool.points[mentee], key=lambda one: (-one[1], run.mentors[one[0]].id))]
    made = [mentor for mentor in able if members[mentor]]
    if not made:
        return Unplaced(mine.id, "too-few", f"the groups that are possible would be too small: {shown}", None)
    fits = [mentor for mentor in made if every.common(mentor, [*members[mentor], mentee])]
    if fits:
        why = f"everybody with whom it is possible has other mentees: {shown}"
        return Unplaced(mine.id, "all-full", why, f"one place more at {run.mentors[fits[0]].id}")
    why = f"the groups that are possible meet when they are not free: {shown}"
    with_room = [mentor for mentor in made if len(members[mentor]) < run.pool.places[mentor]]
    help_ = f"an hour of the week in common with the group of {run.mentors[with_room[0]].id}" if with_room else None
    return Unplaced(mine.id, "other-hours", why, help_)


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
    for code, words in ALONE.items():
        fits = [
            (run.scorer.total(mentee, place), one.id)
            for place, one in enumerate(run.mentors)
            if run.ruling.only(mentee, place, code)
        ]
        if fits:
            return words.format(min(fits, key=lambda fit: (-fit[0], fit[1]))[1])
    return None
