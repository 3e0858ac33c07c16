"""What every finding's code means: the one source of `partnerkit why CODE` and of docs/findings.md."""

from __future__ import annotations

from partnerkit.rules.codes import (
    files,
    history,
    landing,
    links,
    policies,
    private,
    sheets,
    stages,
    statements,
)
from partnerkit.rules.codes.code import Code, Theme

#: What belongs together, in the order of the page.
THEMES: tuple[Theme, ...] = (
    files.THEME,
    links.THEME,
    stages.THEME,
    statements.THEME,
    history.THEME,
    landing.THEME,
    private.THEME,
    policies.THEME,
    sheets.THEME,
)

EXPLAINED: dict[str, Code] = {name: code for theme in THEMES for name, code in theme.codes.items()}

#: Why each is a finding.
CODES: dict[str, str] = {name: code.reason for name, code in EXPLAINED.items()}
