"""The command tree, built lazily: a command's module is imported when the command is run."""

from __future__ import annotations

import functools
import importlib
from typing import Any

import typer
from typer._click import Command, Context, HelpFormatter
from typer.core import TyperGroup
from typer.main import get_command

from partnerkit.cli.before import before
from partnerkit.cli.table import COMMANDS, EVERY_DAY, MORE, SETUP
from partnerkit.cli.typed import for_typer, typed
from partnerkit.errors import WrongCallError

_EPILOG = (
    "Exit codes: 0 done, clean; 1 the policy says no; 2 called wrongly; 3 cannot work here. "
    "Begin with `partnerkit demo`, or with `partnerkit init` in a git repository."
)


class Lazy(TyperGroup):
    """A group whose commands are known by a table and imported one by one."""

    def list_commands(self, ctx: Context) -> list[str]:
        """The commands, in the order of the table."""
        del ctx
        return list(COMMANDS)

    def get_command(self, ctx: Context, cmd_name: str) -> Command | None:
        """Import and build one command."""
        del ctx
        return _built(cmd_name) if cmd_name in COMMANDS else None

    def resolve_command(self, ctx: Context, args: list[str]) -> tuple[str | None, Command | None, list[str]]:
        """Find a command; an unknown one is answered with the closest known."""
        if args and args[0] not in COMMANDS and not ctx.resilient_parsing:
            import difflib

            close = difflib.get_close_matches(args[0], COMMANDS, n=2)
            near = f"; did you mean {' or '.join(close)}?" if close else ""
            raise WrongCallError(f"there is no command {args[0]!r}{near}", "partnerkit --help lists them")
        found: tuple[str | None, Command | None, list[str]] = super().resolve_command(ctx, args)
        return found

    def format_commands(self, ctx: Context, formatter: HelpFormatter) -> None:
        """The commands by panel, from the table."""
        del ctx
        for panel in (EVERY_DAY, MORE, SETUP):
            with formatter.section(panel):
                formatter.write_dl([(name, row.help) for name, row in COMMANDS.items() if row.panel == panel])


@functools.cache
def _built(name: str) -> Command:
    module = importlib.import_module(f"partnerkit.cli.{COMMANDS[name].module}_command")
    found = get_command(typed(module.app))
    found.name = name
    return found


app = typer.Typer(
    cls=Lazy,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
    help="Run a community's written partnership policy: records in git, gates that hold, an audit trail.",
    epilog=_EPILOG,
    context_settings={"help_option_names": ["-h", "--help"]},
)


app.callback()(for_typer(before))


@functools.cache
def command() -> Any:
    """The whole command, ready to be called; built once, as each of its words is."""
    return get_command(app)
