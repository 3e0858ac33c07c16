"""One thing that doctor looked at."""

from __future__ import annotations

from partnerkit.dataclass import dataclass


@dataclass(frozen=True, slots=True)
class Point:
    """One thing that was looked at: well or not, in words, and the mend; what only warns stops nobody from working."""

    well: bool
    what: str
    mend: str | None = None
    warns: bool = False
