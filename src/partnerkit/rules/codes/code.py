"""A code of a finding: what it means, a bad and a good case, and what mends it."""

from __future__ import annotations

from partnerkit.tuples import NamedTuple


class Code(NamedTuple):
    """What one code stands for.

    Attributes:
        reason: why it is a finding.
        bad: a case in which it is found: lines of a record, a command, or words.
        good: the same as it should be.
        mend: what to do about it.
        severity: how it is told while it can still be refused: `error`, `warning`, or `error or warning`. What has
            been settled, or landed long ago, is told as a warning.
    """

    reason: str
    bad: str
    good: str
    mend: str
    severity: str = "error"


class Theme(NamedTuple):
    """Codes that belong together.

    Attributes:
        title: its heading.
        about: what they are about.
        codes: each with what it stands for.
    """

    title: str
    about: str
    codes: dict[str, Code]
