"""A plain line is read as Typer reads it, and says the same; whatever is not plain is left to Typer."""

from __future__ import annotations

import functools
import random
from collections.abc import Callable, Iterator
from importlib import import_module
from typing import Any

import pytest
from typer._click import Command
from typer._click.exceptions import UsageError
from typer.main import get_command

from partnerkit.cli import options
from partnerkit.cli.declared import Commands
from partnerkit.cli.plain import plain
from partnerkit.cli.table import COMMANDS
from partnerkit.cli.typed import typed
from tests.conftest import At
from tests.place import Place
from tests.story import ACME

#: Words of lines, of which some look like options, or like nothing at all.
WORDS = ("acme", "declined", "2026-03-31", "a=b", ".", "", "-", "--", "-x", "--nothing", "--help", "/nowhere", "7", "é")

#: What is typed day by day, and is plain.
PLAIN = (
    ("show", "acme"),
    ("show", "acme", "--json"),
    ("show", "--json", "acme"),
    ("show", "acme", "--as-of", "2026-03-31"),
    ("log", "acme"),
    ("log", "acme", "name"),
    ("gates", "acme"),
    ("gates", "acme", "declined", "--json"),
    ("list",),
    ("list", "partnership", "--where", "stage=active", "--where", "type=x"),
    ("today",),
    ("today", "--me", "--within", "P90D"),
    ("check", "acme"),
    ("advance", "acme", "declined", "--reason", "no capacity"),
    ("policy", "gaps"),
    ("-C", ".", "show", "acme"),
    ("-C", ".", "--today", "2026-03-31", "today"),
)

#: What could mean something else, or is wrong: Typer knows.
NOT_PLAIN = (
    (),
    ("--help",),
    ("show",),
    ("show", "acme", "other"),
    ("show", ""),
    ("show", "-"),
    ("show", "--", "acme"),
    ("show", "acme", "--js"),
    ("show", "acme", "--json", "--json"),
    ("show", "acme", "--as-of"),
    ("show", "acme", "--as-of", "--json"),
    ("show", "acme", "--as-of=HEAD"),
    ("show", "acme", "-h"),
    ("shwo", "acme"),
    ("policy",),
    ("policy", "nothing"),
    ("-C.", "show", "acme"),
    ("-C", "/nowhere-at-all", "show", "acme"),
    ("show", "-C", ".", "acme"),
)


@pytest.fixture(autouse=True)
def options_as_before() -> Iterator[None]:
    kept = options.OPTIONS.copied()
    yield
    options.OPTIONS.restore(kept)


def declared(name: str) -> Commands:
    found: Commands = import_module(f"partnerkit.cli.{COMMANDS[name].module}_command").app
    return found


def noting(of: Commands, seen: list[dict[str, Any]]) -> Commands:
    """The same declarations, of functions that note what they are called with."""

    def noted(run: Callable[..., None]) -> Callable[..., None]:
        @functools.wraps(run)
        def note(**given: Any) -> None:
            seen.append(given)

        return note

    made = Commands(**of.how)
    for name, one in of.named.items():
        made.command(name, epilog=one.epilog)(noted(one.run))
    return made


def lines(command: Command, chance: random.Random) -> Iterator[list[str]]:
    """Lines of a command, of its options and of any words: plain ones, and some that are wrong."""
    inner = getattr(command, "commands", {})
    for name, one in (inner or {"": command}).items():
        known = [word for parameter in one.params for word in parameter.opts if word.startswith("-")]
        for _ in range(30):
            words = chance.choices([*WORDS[:5] * 3, *WORDS, *known * 2], k=chance.choice((0, 1, 1, 2, 2, 3, 5)))
            yield ([name] if inner else []) + words


def typers(command: Command, line: list[str], seen: list[dict[str, Any]]) -> dict[str, Any] | None:
    """What Typer calls the command with; None where it refuses the line, or helps."""
    try:
        command(line, prog_name="partnerkit", standalone_mode=False)
    except UsageError:
        return None
    return seen.pop() if seen else None


@pytest.mark.parametrize("name", COMMANDS)
def test_what_is_plain_is_what_typer_reads(name: str) -> None:
    seen: list[dict[str, Any]] = []
    found = 0
    command = get_command(typed(noting(declared(name), seen)))
    for line in lines(command, random.Random(name)):  # noqa: S311 - lines, no secrets
        calls = plain([name, *line])
        read = typers(command, line, seen)
        if calls is not None:
            values = {
                one: calls[1].callbacks.get(one, lambda same: same)(given) for one, given in calls[1].values.items()
            }
            assert values == read, line
            found += 1
    assert found


@pytest.mark.parametrize("line", PLAIN, ids=" ".join)
def test_what_is_typed_day_by_day_is_plain(line: tuple[str, ...]) -> None:
    assert plain([*line]) is not None


@pytest.mark.parametrize("line", NOT_PLAIN, ids=" ".join)
def test_every_doubt_is_left_to_typer(line: tuple[str, ...]) -> None:
    assert plain([*line]) is None


@pytest.mark.parametrize(
    "line",
    [
        *(f"{command} {ACME}" for command in ("show", "log", "gates", "check", "why", "advance --dry-run")),
        *(f"{command} nobody" for command in ("show", "log", "gates", "check", "list", "advance")),
        *("list", "list partnership", "today", "today --within soon", f"gates {ACME} nowhere", f"log {ACME} name"),
        *(f"show {ACME} --as-of HEAD", f"show {ACME} --as-of yesterday", "check --format nothing", "policy gaps"),
    ],
)
@pytest.mark.parametrize("data", [[], ["--json"]], ids=["text", "json"])
def test_both_ways_say_the_same(at: At, line: str, data: list[str]) -> None:
    """With `--`, which changes nothing, a line is Typer's: it prints the same, and ends with the same code."""
    place: Place = at("proposed")
    words = [*line.split(), *data]
    assert plain(words) is not None
    assert plain([*words, "--"]) is None
    assert place.run(*words) == place.run(*words, "--")
