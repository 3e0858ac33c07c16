"""Times over which figures are counted: a period, the one before it, and those that tell of the same days."""

from __future__ import annotations

from datetime import date

from partnerkit.dataclass import dataclass


@dataclass(frozen=True, slots=True)
class Span:
    """Days, from the first to the last."""

    first: date
    last: date

    def holds(self, first: date, last: date) -> bool:
        """Whether days lie in it, all of them."""
        return self.first <= first and last <= self.last

    def meets(self, first: date, last: date | None) -> bool:
        """Whether a time has a day in common with it; None: it goes on."""
        return first <= self.last and (last is None or self.first <= last)


@dataclass(frozen=True, slots=True)
class Spans:
    """The period of which figures tell.

    Attributes:
        now: the period itself.
        before: the period before it.
        related: those of which figures may be told too and which tell of the same days, the longest first: what one of
            them says and another does not is what somebody learns who subtracts them.
    """

    now: Span
    before: Span
    related: tuple[Span, ...] = ()
