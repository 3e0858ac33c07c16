"""Who lands a step, where it counts: a change of the rules, text taken out for good, and what binds people."""

from __future__ import annotations

from collections.abc import Iterable

from partnerkit.errors import CannotWorkError
from partnerkit.jobs.desk import Desk
from partnerkit.register import Register
from partnerkit.rules.expunged import expunges
from partnerkit.rules.people import frees


def about_to_land(
    desk: Desk, before: Register | None, after: Register, changed: Iterable[str]
) -> frozenset[str] | None:
    """Who is about to land a step: the people with the address that git gives as theirs.

    None where it does not count who lands it, or nobody is known to work here.
    """
    ids = list(changed)
    if before is None:
        return None
    if before.rules == after.rules and not expunges(before, after, ids) and not frees(before, after, ids):
        return None
    try:
        email = desk.git.identity().email
    except CannotWorkError:
        return None
    roster = before.roster
    return frozenset() if roster.is_shared(email) else frozenset(roster.people_of(email))
