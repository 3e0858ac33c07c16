"""docs/commands.md: every command with its arguments and options, as it helps itself."""

from __future__ import annotations

import re
from collections.abc import Iterator

from typer._click import Command, Context

from partnerkit.cli.app import command
from partnerkit.cli.table import COMMANDS, EVERY_DAY, MORE, SETUP

_HEAD = """# The commands

Made from the commands themselves: `partnerkit COMMAND --help` says the same. What each prints for other programs is in
[json.md](json.md), what a finding means in [findings.md](findings.md); conditions, search and boards are told in
[finding.md](finding.md).

Data goes to stdout, messages to stderr. Nothing is asked unless stdin is a terminal. A command that changes records
lands as one commit, or changes nothing. Exit codes: **0** done, clean · **1** the policy says no · **2** called wrongly ·
**3** cannot work here.
"""

#: Of commands that hold others.
_MANY = "commands"


def page() -> str:
    """The whole page."""
    root = command()
    top = Context(root, info_name="partnerkit")
    parts = [_HEAD, "## Before the command", "", *_table(root, top, "partnerkit [OPTIONS] COMMAND"), ""]
    for panel in (EVERY_DAY, MORE, SETUP):
        names = [name for name, row in COMMANDS.items() if row.panel == panel]
        parts += [f"## {panel}", "", " · ".join(f"[{name}](#partnerkit-{name})" for name in names), ""]
        for name in names:
            found = root.get_command(top, name)
            parts += _told(found, Context(found, info_name=name, parent=top), 3)
    return "\n".join(parts).rstrip() + "\n"


def _told(one: Command, context: Context, depth: int) -> Iterator[str]:
    """A command, and those that it holds."""
    yield from (f"{'#' * depth} {context.command_path}", "", _paragraphs(one.help), "")
    yield from _table(one, context, f"{context.command_path} {' '.join(_usage(one, context))}")
    yield ""
    yield from _examples(one.epilog)
    for name, inner in getattr(one, _MANY, {}).items():
        yield from _told(inner, Context(inner, info_name=name, parent=context), depth + 1)


def _usage(one: Command, context: Context) -> list[str]:
    return [piece.strip("{}") for piece in one.collect_usage_pieces(context)]


def _table(one: Command, context: Context, usage: str) -> list[str]:
    records = [record for part in one.get_params(context) if (record := part.get_help_record(context))]
    rows = [f"| `{_cell(name)}` | {_cell(said)} |" for name, said in records if not name.startswith(_SHELLS)]
    return [f"    {usage}", *(["", "| | |", "|---|---|", *rows] if rows else [])]


#: Typer's own, in every program the same.
_SHELLS = ("--install-completion", "--show-completion", "-h, --help", "--help")


def _cell(text: str) -> str:
    return " ".join(text.replace("|", "\\|").split())


def _paragraphs(text: str | None) -> str:
    return "\n\n".join(" ".join(one.split()) for one in re.split(r"\n\s*\n", text or ""))


def _examples(epilog: str | None) -> list[str]:
    """The lines of an example, to be pasted."""
    lines = re.split(r"; (?=partnerkit )", (epilog or "").removeprefix("Example: "))
    return [*(f"    {line}" for line in lines if line), ""]
