"""Plain lines, read without Typer: the same declarations, of which each word of the line can mean but one thing.

Whatever is not plain is Typer's, which knows the rest and says what is wrong: a word that could be something else, one
too many or too few, a value that looks like an option, a number, help.
"""

from __future__ import annotations

import os
from collections.abc import Callable
from importlib import import_module
from pathlib import Path
from typing import Any

from partnerkit.cli.before import before
from partnerkit.cli.declared import Option
from partnerkit.cli.table import COMMANDS
from partnerkit.tuples import NamedTuple


class _Sort(NamedTuple):
    """What a value is: how it is read, and how many words it takes (-1: as many as there are)."""

    read: Callable[[Any], Any]
    words: int = 1


def _path(word: str) -> Path | None:
    return Path(word) if os.access(word, os.R_OK) else None


_SORTS = {
    bool: _Sort(bool, 0),
    str: _Sort(str),
    str | None: _Sort(str),
    Path: _Sort(_path),
    Path | None: _Sort(_path),
    list[str]: _Sort(list, -1),
    list[str] | None: _Sort(list, -1),
}


class Call(NamedTuple):
    """A function with what a line says of its parameters, and what some of these go through before."""

    run: Callable[..., None]
    values: dict[str, Any]
    callbacks: dict[str, Callable[[Any], Any]]

    def __call__(self) -> None:
        """Run it."""
        through = {name: callback(self.values[name]) for name, callback in self.callbacks.items()}
        self.run(**self.values | through)


class _Taken:
    """The parameters of a function, and what the words of a line say of them."""

    def __init__(self, run: Callable[..., None]) -> None:
        self.run = run
        self.given: dict[str, Any] = {}
        self.options: dict[str, str] = {}
        self.arguments: list[str] = []
        self.sorts: dict[str, Any] = {}
        self.callbacks: dict[str, Callable[[Any], Any]] = {}
        for name, text in run.__annotations__.items():
            if name != "return":
                self._declare(name, eval(text, run.__globals__))  # noqa: S307 - our own source, as inspect evaluates it
        names = [*self.sorts]
        defaults = run.__defaults__ or ()
        self.defaults = dict(zip(names[len(names) - len(defaults) :], defaults, strict=True))

    def _declare(self, name: str, annotation: Any) -> None:
        self.sorts[name] = annotation.__origin__
        (one,) = annotation.__metadata__
        if not isinstance(one, Option):
            self.arguments.append(name)
            return
        self.options |= dict.fromkeys(one.names or (f"--{name.replace('_', '-')}",), name)
        if one.callback is not None:
            self.callbacks[name] = one.callback

    def take(self, word: str, rest: list[str]) -> bool:
        """Take an option, with the word behind it where it has a value; whether it is plain."""
        name = self.options.get(word)
        sort = _SORTS.get(self.sorts[name]) if name is not None else None
        if name is None or sort is None:
            return False
        if sort.words and (not rest or rest[-1][:1] in {"-", ""}):
            return False
        if sort.words < 0:
            self.given.setdefault(name, []).append(rest.pop())
            return True
        if name in self.given:
            return False
        self.given[name] = sort.read(rest.pop()) if sort.words else True
        return self.given[name] is not None

    def fill(self, words: list[str]) -> bool:
        """Take the words that have no name, each for the argument in its place; whether that is plain."""
        for name in self.arguments:
            sort = _SORTS.get(self.sorts[name])
            if sort is None or not words:
                break
            taken, words = (words, []) if sort.words < 0 else (words[0], words[1:])
            self.given[name] = sort.read(taken)
        return not words and None not in self.given.values()

    def call(self) -> Call | None:
        """The call as Typer would make it; None where something is missing."""
        values = self.defaults | self.given
        return Call(self.run, values, self.callbacks) if len(values) == len(self.sorts) else None


def plain(arguments: list[str]) -> list[Call] | None:
    """What a line calls: what stands before the command, then the command; None where the line is Typer's."""
    if "_PARTNERKIT_COMPLETE" in os.environ:
        return None
    rest = [*reversed(arguments)]
    first = _Taken(before)
    while rest and rest[-1][:1] == "-":
        if not first.take(rest.pop(), rest):
            return None
    row = COMMANDS.get(rest.pop()) if rest else None
    run = _command(row.module, rest) if row is not None else None
    if run is None:
        return None
    taken, words = _Taken(run), []
    while rest:
        word = rest.pop()
        if word[:1] not in {"-", ""}:
            words.append(word)
        elif not taken.take(word, rest):
            return None
    before_it, call = first.call(), taken.call() if taken.fill(words) else None
    return [before_it, call] if before_it is not None and call is not None else None


def _command(module: str, rest: list[str]) -> Callable[..., None] | None:
    """The function of a command; of one that holds several, of the one that the next word names."""
    named = import_module(f"partnerkit.cli.{module}_command").app.named
    if len(named) == 1:
        (one,) = named.values()
    else:
        one = named.get(rest.pop()) if rest else None
    return one.run if one is not None else None
