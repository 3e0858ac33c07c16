"""Gather what a site tells of a register: of its latest commit, or as it stood at the end of a day."""

from __future__ import annotations

from datetime import date, timedelta

from partnerkit.dataclass import dataclass
from partnerkit.jobs.as_of import moment
from partnerkit.jobs.audit import Asked as AskedAudit
from partnerkit.jobs.audit import audit
from partnerkit.jobs.desk import Desk
from partnerkit.jobs.figures import over_period
from partnerkit.jobs.periods import period
from partnerkit.jobs.seeing import owed, sight
from partnerkit.jobs.site_owed import owed_and_kept
from partnerkit.jobs.standing_then import standing_in
from partnerkit.kinds.classified import USUAL, Classification
from partnerkit.kinds.duration import Duration
from partnerkit.metrics.figures import Figure
from partnerkit.obligations.obligation import Obligation
from partnerkit.obligations.outlook import OF_POLICY, Outlook
from partnerkit.policies.coverage import coverage
from partnerkit.policies.policy import Policy
from partnerkit.publishing.site import Counted, Site
from partnerkit.rules.sight import Sight

#: How far ahead a site looks, and how far back for what was kept in time.
_AHEAD = Duration.parse("P90D")
_A_YEAR = timedelta(days=365)


@dataclass(frozen=True, slots=True)
class Asked:
    """What a site is asked to be.

    Attributes:
        as_of: a day, at the end of which it shows the register; or a revision. None: what landed up to now.
        level: the strictest classification that its readers may see.
    """

    as_of: str | None = None
    level: Classification = USUAL


def site(desk: Desk, asked: Asked) -> Site:
    """What landed in a register up to a day, as its readers may see it. What is not committed is not in it.

    Raises:
        WrongCallError: no such day or revision, or there was no register yet.
        CannotWorkError: nothing has landed, history is cut off, or the rules or the private place cannot be read.
    """
    commit, day = moment(desk, asked.as_of)
    audited = audit(desk, AskedAudit(until=commit.oid))  # first: what it needs of memory is free again for the rest
    register, later = standing_in(desk, commit.oid)
    day = day or desk.today(register)
    outlook = Outlook.of(register, day, _AHEAD.after(day))
    seen = sight(desk, outlook.register, asked.level, later=later)
    seen.named()  # every record is looked at
    found, kept = owed_and_kept(desk, outlook, day - _A_YEAR, seen)
    return Site(
        seen,
        day,
        audited,
        [one for one in owed(seen, found) if _is_for(asked.level, one)],
        [_counted(seen, source.policy, day) for source in register.policies.values() if source.policy.metrics],
        {name: coverage(source.policy) for name, source in register.policies.items()},
        kept,
    )


def _is_for(level: Classification, one: Obligation) -> bool:
    """Whether readers of a level are told: what a policy itself owes, such as a vacant role, is nobody's outside."""
    return level != "public" or one.kind != OF_POLICY


def _counted(seen: Sight, policy: Policy, day: date) -> Counted:
    """The figures of a policy over the year up to the day."""
    year = period(str(day.year))
    found = over_period(seen.register, policy, year, day)
    unseen = frozenset(one.name for one in found if _counts_unseen(seen, one))
    return Counted(policy, year.label, day if day < year.last else None, found, unseen)


def _counts_unseen(seen: Sight, figure: Figure) -> bool:
    counted = (record.id for _part, mark in figure.marks for record in mark.records)
    return not all(map(seen.shows, (*counted, *(one.record.id for one in figure.left))))
