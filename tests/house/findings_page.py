"""docs/findings.md: every code of every finding, as `partnerkit why CODE` has it."""

from __future__ import annotations

from collections.abc import Iterator

from partnerkit.rules.codes import THEMES
from partnerkit.rules.codes.code import Code

_HEAD = """# The findings

Every code that `check`, `audit` or a refusal prints; `partnerkit why CODE` says the same. An **error** is refused by the
commands, the commit hook and `check` (exit code 1); a **warning** is told and refuses nothing. What has been settled
([corrections.md](corrections.md)), or landed long ago, is told as a warning. A finding itself names the file, the line, the
record, the clause of the written policy and the mend with its command.
"""


def page() -> str:
    """The whole page."""
    parts = [_HEAD]
    for theme in THEMES:
        parts += [f"- **{theme.title}**: {', '.join(f'[{name}](#{name})' for name in theme.codes)}"]
    for theme in THEMES:
        parts += ["", f"## {theme.title}", "", theme.about]
        for name, code in theme.codes.items():
            parts += _told(name, code)
    return "\n".join(parts) + "\n"


def _told(name: str, code: Code) -> Iterator[str]:
    yield from ("", f"### {name}", "", f"**{code.severity}** · {code.reason}", "")
    yield from ("Found in:", "", *_block(code.bad), "", "As it should be:", "", *_block(code.good), "")
    yield f"Mend: {code.mend}."


def _block(text: str) -> list[str]:
    return [f"    {line}".rstrip() for line in text.expandtabs(8).splitlines()]
