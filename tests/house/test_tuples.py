"""Our named tuples behave as those of `typing`, and none of them has anything compiled."""

from __future__ import annotations

import ast
import copy
import pickle
import subprocess
import sys
import typing
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

import partnerkit
from partnerkit import tuples as ours
from tests.place import Place, environment

SOURCES = Path(partnerkit.__file__).parent

# Runs a command in a fresh interpreter, and prints what else than modules is compiled on the way.
PROBE = """
import builtins, os, sys
out, real = os.dup(1), builtins.compile
os.dup2(os.open(os.devnull, os.O_WRONLY), 1)
def heard(source, *given, **named):
    if isinstance(source, str):
        os.write(out, (source + "\\n").encode())
    return real(source, *given, **named)
builtins.compile = heard
from partnerkit.cli.main import main
main()
"""


class Ours(ours.NamedTuple):
    """One of ours."""

    id: str
    at: int = 2
    nobody_knows_this: Unheard | None = None  # type: ignore[name-defined]  # noqa: F821 - nobody reads it

    @property
    def twice(self) -> int:
        """Something of its own."""
        return self.at * 2

    @classmethod
    def of(cls, text: str) -> Ours:
        """Make one."""
        return cls(text)


class Theirs(typing.NamedTuple):
    """One of theirs."""

    id: str
    at: int = 2
    nobody_knows_this: str | None = None

    @property
    def twice(self) -> int:
        """Something of its own."""
        return self.at * 2

    @classmethod
    def of(cls, text: str) -> Theirs:
        """Make one."""
        return cls(text)


@pytest.mark.parametrize(
    "do",
    [
        lambda one: tuple(one("a")),
        lambda one: one("a", at=3).twice,
        lambda one: tuple(one.of("b")),
        lambda one: repr(one("a")).removeprefix(one.__name__),
        lambda one: one._fields,
        lambda one: one._field_defaults,
        lambda one: list(one.__annotations__),
        lambda one: tuple(one("a")._replace(at=7)),
        lambda one: one("a") == ("a", 2, None),
        lambda one: hash(one("a")),
        lambda one: copy.copy(one("a")) == one("a"),
        lambda one: pickle.loads(pickle.dumps(one("a"))) == one("a"),  # noqa: S301 - our own
        lambda one: isinstance(one("a"), tuple),
        lambda one: one.__slots__,
        lambda one: one.__match_args__,
        lambda one: one.__module__,
    ],
)
def test_what_is_done_to_it_comes_out_the_same(do: Callable[[Any], Any]) -> None:
    assert do(Ours) == do(Theirs)
    assert Ours.__doc__ == "One of ours."


def test_what_is_missing_is_an_error_there_too() -> None:
    with pytest.raises(TypeError, match="missing 1 required positional argument: 'id'"):
        Ours()  # type: ignore[call-arg]  # that is what is tried


def test_all_of_ours_are_these() -> None:
    for path in {*SOURCES.rglob("*.py")} - {SOURCES / "tuples.py"}:
        tree = ast.parse(path.read_text(encoding="utf-8"))
        imports = (one for one in ast.walk(tree) if isinstance(one, ast.ImportFrom) and one.module == "typing")
        assert "NamedTuple" not in {one.name for each in imports for one in each.names}, path


@pytest.mark.parametrize("words", [("show", "acme"), ("gates", "acme"), ("log", "acme"), ("list",), ("check",)])
def test_a_short_command_compiles_nothing(place: Place, words: tuple[str, ...]) -> None:
    place.do("new", "partnership", "Acme", "type=cloud-providers")
    place.run(*words, day=place.day)
    line = [sys.executable, "-c", PROBE, "-C", str(place.root), "--today", str(place.day), *words]
    ended = subprocess.run(line, env=environment(), capture_output=True, text=True, check=True)
    assert ended.stdout == ""
