"""Everything that falls due in a register, seen from one day: every source asked, nothing said twice."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date

from partnerkit.kinds.duration import Duration
from partnerkit.obligations.answered import answered
from partnerkit.obligations.cadences import cadences
from partnerkit.obligations.dated import dated
from partnerkit.obligations.expiring import expiring
from partnerkit.obligations.notices import notices
from partnerkit.obligations.obligation import Obligation, in_order
from partnerkit.obligations.of_policies import amendments, gaps, reviews
from partnerkit.obligations.outlook import Outlook
from partnerkit.obligations.standing import standing
from partnerkit.obligations.vacancies import vacancies
from partnerkit.obligations.waiting import answers, decisions, drafts, notifications, periods
from partnerkit.register import Register

#: Every source: a pure function of an outlook. A new one goes in here.
SOURCES: tuple[Callable[[Outlook], Iterator[Obligation]], ...] = (
    cadences,
    standing,
    dated,
    expiring,
    notices,
    decisions,
    answers,
    answered,
    notifications,
    periods,
    drafts,
    vacancies,
    amendments,
    reviews,
    gaps,
)


def obligations(outlook: Outlook) -> list[Obligation]:
    """Everything that is late, due, coming or waiting, in the order in which somebody should see to it."""
    return sifted(asked(outlook))


def asked(outlook: Outlook) -> list[Obligation]:
    """What every source says."""
    return [one for source in SOURCES for one in source(outlook)]


def sifted(found: list[Obligation]) -> list[Obligation]:
    """The same in the order in which somebody should see to it, nothing said twice.

    A review that was begun is named by the cadence that waits for it; it is not listed beside that again.
    """
    named = {one.draft for one in found if one.source == "cadence" and one.draft is not None}
    return in_order([one for one in found if one.source not in {"draft", "decision"} or one.record not in named])


def outlook(register: Register, day: date, within: Duration) -> Outlook:
    """The outlook from the end of a day, so far ahead."""
    return Outlook.of(register, day, ahead(day, within))


def ahead(day: date, within: Duration) -> date:
    """The last day of what lies so far ahead."""
    try:
        return within.after(day)
    except OverflowError:
        return date.max
