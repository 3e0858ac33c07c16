"""What commands declare, as Typer takes it."""

from __future__ import annotations

import functools
import inspect
from collections.abc import Callable
from typing import Annotated, Any, get_args

import typer

from partnerkit.cli.declared import Commands, Option


def typed(commands: Commands) -> typer.Typer:
    """The commands of a module, for Typer to read their lines."""
    app = typer.Typer(rich_markup_mode=None, add_completion=False, **commands.how)  # type: ignore[arg-type]  # a help and an epilog, as it takes them
    for name, one in commands.named.items():
        app.command(name, epilog=one.epilog)(for_typer(one.run))
    return app


def for_typer(run: Callable[..., None]) -> Callable[..., None]:
    """The same function, with its parameters declared as Typer declares them."""

    @functools.wraps(run)
    def called(**given: Any) -> None:
        run(**given)

    signature = inspect.signature(run, eval_str=True)
    parameters = [one.replace(annotation=_declaration(one.annotation)) for one in signature.parameters.values()]
    called.__signature__ = signature.replace(parameters=parameters)  # type: ignore[attr-defined]  # as inspect reads it
    called.__annotations__ = {}
    return called


def _declaration(annotation: Any) -> Any:
    sort, one = get_args(annotation)
    declaration = typer.Option(*one.names, **one.how) if isinstance(one, Option) else typer.Argument(**one.how)
    return Annotated[sort, declaration]
