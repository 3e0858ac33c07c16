"""Ids that were given to new people in two clones at once: one number for two, whom nobody could tell apart."""

from __future__ import annotations

from collections.abc import Sequence

from partnerkit.findings import Finding
from partnerkit.jobs.desk import Desk
from partnerkit.jobs.sheet_people import was_given
from partnerkit.kinds.catalogue import KINDS
from partnerkit.rules.refused import Refused
from partnerkit.store.commit.journal import Change
from partnerkit.store.record_paths import folder_kind


def demand_given_once(desk: Desk, changes: Sequence[Change], made: str, base: str, theirs: str) -> None:
    """Whether no new record is about somebody whose id others gave meanwhile.

    Args:
        desk: where.
        changes: what the commit changes.
        made: the commit.
        base: the commit from which both sides went on.
        theirs: the last commit that others sent.

    Raises:
        Refused: one is; says whose id it is.
    """
    new = [one for one in changes if one.old is None and one.new is not None]
    kinds = {kind for one in new if (kind := folder_kind(one.path)) is not None and KINDS[kind].person is not None}
    for kind in sorted(kinds):
        mine = _people(desk, made, kind)
        before, there = set(_people(desk, base, kind).values()), set(_people(desk, theirs, kind).values())
        paths = {one.path for one in new}
        given = [
            (path, one) for path, one in mine.items() if path in paths and one in there - before and was_given(one)
        ]
        if given:
            raise Refused("the two cannot be put together", [_twice(path, one) for path, one in given])


def _people(desk: Desk, rev: str, kind: str) -> dict[str, str]:
    """Whom the records of a kind are about, by their files."""
    register = desk.tree_of(rev)[1].demand()
    return {one.path: str(one.data.get(str(KINDS[kind].person))) for one in register.of_kind(kind)}


def _twice(path: str, person: str) -> Finding:
    message = (
        f"{person} was given to somebody here, and by others to somebody too: nobody could tell one from the other"
    )
    mend = "take it in once more, as before: whoever is new gets the next id that is free"
    return Finding("contested", message, file=path, mend=mend)
