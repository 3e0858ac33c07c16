"""Refused: the policy says no, with findings that say why."""

from __future__ import annotations

from partnerkit.errors import REFUSED, PartnerkitError
from partnerkit.findings import Finding


class Refused(PartnerkitError):  # noqa: N818 - the word that users read
    """What was asked for is not allowed; nothing was written.

    Attributes:
        findings: every reason, each with its clause and its mend.
    """

    exit_code = REFUSED

    def __init__(self, message: str, findings: list[Finding]) -> None:
        super().__init__(message)
        self.findings = findings
