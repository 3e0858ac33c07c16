"""How many changes land, each as a commit of its own: several at once, where that comes to the same."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import TypeAlias

from partnerkit.dataclass import dataclass
from partnerkit.errors import CannotWorkError, PartnerkitError
from partnerkit.jobs.desk import Desk
from partnerkit.jobs.landing import Landed, Planned, drafted_on, land, landed_as, nothing_changed
from partnerkit.store.commit import series
from partnerkit.store.commit.atomic import Unfinished, writing
from partnerkit.store.commit.series import Link
from partnerkit.store.draft import Draft
from partnerkit.store.git.trees import CommitTree
from partnerkit.store.git.writing import Writing
from partnerkit.store.succession import Succession

Plan: TypeAlias = Callable[[Draft], Planned]

#: So many commits at most land at once: whoever waits hears of them.
_AT_ONCE = 200

#: So many of those that are left are named.
_NAMED = 12


@dataclass(frozen=True, slots=True)
class _Ended:
    """What landed at once, and what ended it before its end.

    Attributes:
        landed: what landed, in order; None where it has to be tried one by one.
        error: why the next did not land.
        recovered: what was done about an earlier command that was interrupted.
        line: the tree as it then is; None where that has to be read.
    """

    landed: list[Landed] | None
    error: PartnerkitError | None = None
    recovered: str | None = None
    line: Succession | None = None


def beginning(desk: Desk) -> Succession:
    """The tree of the last commit, to draft on."""
    return Succession(CommitTree(desk.git, desk.git.resolve("HEAD")), desk.read)


def land_each(desk: Desk, plans: Sequence[tuple[str, Plan]], line: Succession | None = None) -> Iterator[Landed]:
    """Land what each plan drafts as a commit of its own, on those before it; the first refusal ends it.

    Each is given when it has landed. Several land at once, or else one by one: where hooks run at each commit, where
    commits are signed, and where anything is in the way of one of them.

    Args:
        desk: where and when.
        plans: in their order, each with the id of the record that it is about.
        line: a tree that was read already; it is drafted on where it is still that of the last commit.

    Raises:
        Refused: the policy says no to one; those before it have landed.
        CannotWorkError: the surroundings do not allow it; those before it have landed.
    """
    done = 0
    for begin in range(0, len(plans), _AT_ONCE):
        some = plans[begin : begin + _AT_ONCE]
        ended = _at_once(desk, some, line) if len(some) > 1 and not desk.dry_run else _Ended(None)
        line = ended.line
        try:
            for one in (land(desk, plan) for _, plan in some) if ended.landed is None else ended.landed:
                done += 1
                yield one
            if ended.error is not None:
                raise ended.error
        except PartnerkitError as error:
            if done and not isinstance(error, Unfinished) and not desk.dry_run:
                _say_how_far(error, [record for record, _plan in plans], done)
            if ended.recovered:
                error.add_note(ended.recovered)
            raise


def _say_how_far(error: PartnerkitError, ids: Sequence[str], done: int) -> None:
    """Say at which record it ended, and that those before it have landed."""
    left = ids[done:]
    many = f"{done} of {len(ids)} have landed, and none from {left[0]} on"
    error.message = error.message.removesuffix("; nothing changed") + f"; {many}"
    named = ", ".join(left[:_NAMED]) + (f" and {len(left) - _NAMED} more" if len(left) > _NAMED else "")
    error.add_note(f"left: {named}; name only those when it is run again")


def _at_once(desk: Desk, plans: Sequence[tuple[str, Plan]], line: Succession | None) -> _Ended:
    if not series.possible(desk.git):
        return _Ended(None)
    with nothing_changed(), writing(desk.git) as held:
        if held.recovered:
            desk.notes.append(held.recovered)
        base = desk.git.head()
        if base is None:
            return _Ended(None, recovered=held.recovered)
        if line is None or line.at != base:
            line = Succession(CommitTree(desk.git, base), desk.read)
        made, refused = _drafted(desk, line, plans)
        return _landed(desk, held, line, made, refused)


def _drafted(
    desk: Desk, line: Succession, plans: Sequence[tuple[str, Plan]]
) -> tuple[list[tuple[Draft, Planned]], PartnerkitError | None]:
    """What the plans draft, each on those before it, until one is refused; and why that is."""
    line.loaded.records.load(record for record, _ in plans)
    made: list[tuple[Draft, Planned]] = []
    for _, plan in plans:
        desk.look_at_clock()
        draft = line.draft()
        try:
            with nothing_changed():
                made.append((draft, drafted_on(desk, draft, plan)))
        except PartnerkitError as error:
            return made, error
        line.take(draft)
    return made, None


def _landed(
    desk: Desk, held: Writing, line: Succession, made: list[tuple[Draft, Planned]], error: PartnerkitError | None
) -> _Ended:
    links = [Link(draft.changes, planned.message) for draft, planned in made if draft.changes]
    try:
        oids = series.land(desk.git, held, line.at, links) if links else []
    except Unfinished as unfinished:
        oids, error = desk.git.attempted[-len(links) :], unfinished
    except CannotWorkError:  # whatever is in the way of one is told when its turn comes
        return _Ended(None, recovered=held.recovered)
    line.at = oids[-1] if oids else line.at
    each = iter(oids)
    landed = [landed_as(next(each) if draft.changes else None, draft, planned) for draft, planned in made]
    return _Ended(landed[:-1] if isinstance(error, Unfinished) else landed, error, held.recovered, line)
