"""How commands are declared: what Typer is told where it reads a line, and what a plain line is read by without it.

Typer alone costs more than all else of a short command, so that no command imports it.
"""

from __future__ import annotations

from collections.abc import Callable
from importlib import import_module
from typing import TYPE_CHECKING, Any, TypeVar

from partnerkit.tuples import NamedTuple

if TYPE_CHECKING:
    #: What completes a word; or its name in a module of the command line, which is imported when it is asked for.
    Complete = str | Callable[[str], list[str]] | Callable[["Line", str], list[str]]

Run = TypeVar("Run", bound=Callable[..., None])

#: What no word that is offered may hold: a shell could take it for more than itself.
_REFUSED = frozenset("\"'\\$`")


class Line:
    """The line that is completed, as far as it was read.

    Attributes:
        params: what it says, by the parameters of the command.
        args: words that are no parameter's yet.
    """

    def __init__(self, params: dict[str, Any], args: list[str]) -> None:
        self.params, self.args = params, args


def _offering(complete: Complete | None) -> Callable[[Line, str], list[str]] | None:
    """What completes a word: nothing where what it looks into is half written, and nothing that a shell would run.

    A register is read that others write, and what is offered stands between quotes in what zsh evaluates.
    """
    if complete is None:
        return None

    def offered(ctx: Line, incomplete: str) -> list[str]:
        wanted: Callable[..., list[str]] = _named(complete) if isinstance(complete, str) else complete
        asked = wanted.__code__.co_argcount
        try:
            found = wanted(*(ctx, incomplete)[2 - asked :])
        except Exception:  # noqa: BLE001 - a prompt is no place for a message
            return []
        return [one for one in found if one.isprintable() and _REFUSED.isdisjoint(one)]

    return offered


def _named(name: str) -> Callable[..., list[str]]:
    """What is called so: `completion.complete_ids`."""
    module, _, function = name.partition(".")
    found: Callable[..., list[str]] = getattr(import_module(f"partnerkit.cli.{module}"), function)
    return found


class Argument:
    """Words that have no name on the line.

    Attributes:
        how: what Typer takes of it, by its names.
    """

    def __init__(self, *, metavar: str, help: str, autocompletion: Complete | None = None) -> None:
        """Declare it as Typer would."""
        self.how: dict[str, Any] = {"metavar": metavar, "help": help, "autocompletion": _offering(autocompletion)}


class Option:
    """A word with dashes, and its value.

    Attributes:
        names: the words; none where it is called as its parameter.
        how: what Typer takes of it, by its names.
        callback: what its value goes through, whether or not it was said.
    """

    def __init__(
        self,
        *names: str,
        help: str | None = None,
        metavar: str | None = None,
        autocompletion: Complete | None = None,
        callback: Callable[[Any], Any] | None = None,
        hidden: bool = False,
    ) -> None:
        """Declare it as Typer would."""
        self.names, self.callback = names, callback
        self.how: dict[str, Any] = {"metavar": metavar, "help": help, "autocompletion": _offering(autocompletion)}
        self.how |= {"callback": callback, "hidden": hidden}


class Declared(NamedTuple):
    """One command: what runs, and what its help ends with."""

    run: Callable[..., None]
    epilog: str


class Commands:
    """The commands of a module: one that is called as the module, or several, each with a name of its own.

    Attributes:
        how: what help says of all of them.
        named: each of them by its name.
    """

    def __init__(self, **how: str) -> None:
        """Several have a `help` and an `epilog` in common."""
        self.how = how
        self.named: dict[str, Declared] = {}

    def command(self, name: str | None = None, *, epilog: str) -> Callable[[Run], Run]:
        """Declare a function as a command."""

        def declare(run: Run) -> Run:
            self.named[name or run.__name__] = Declared(run, epilog)
            return run

        return declare
