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
from partnerkit.cli.declared import Argument, Declared, Option
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


class Taken:
    """The parameters of a function, and what the words of a line say of them.

    Attributes:
        given: their values, as far as the line says them.
        arguments: those that have no name on the line, in order.
        sorts: what each of them is.
        declared: what is said of each of them.
    """

    def __init__(self, run: Callable[..., None]) -> None:
        self.run = run
        self.given: dict[str, Any] = {}
        self.options: dict[str, str] = {}
        self.arguments: list[str] = []
        self.sorts: dict[str, Any] = {}
        self.declared: dict[str, Argument | Option] = {}
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
        self.declared[name] = one
        if not isinstance(one, Option):
            self.arguments.append(name)
            return
        self.options |= dict.fromkeys(one.names or (f"--{name.replace('_', '-')}",), name)
        if one.callback is not None:
            self.callbacks[name] = one.callback

    def take(self, rest: list[str]) -> list[str] | None:
        """Take the options of what is left of a line, which is turned round: the words that have no name, if plain."""
        words = []
        while rest:
            word = rest.pop()
            if word[:1] not in {"-", ""}:
                words.append(word)
            elif not self.option(word, rest):
                return None
        return words

    def option(self, word: str, rest: list[str]) -> bool:
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
    rest = [*reversed(arguments)]
    first = leading(rest)
    one = command(rest) if first is not None else None
    if first is None or one is None:
        return None
    taken = Taken(one.run)
    words = taken.take(rest)
    before_it, call = first.call(), taken.call() if words is not None and taken.fill(words) else None
    return [before_it, call] if before_it is not None and call is not None else None


def leading(rest: list[str]) -> Taken | None:
    """Take what stands before the command from a line, which is turned round; None where that is Typer's."""
    first = Taken(before)
    while rest and rest[-1][:1] == "-":
        if not first.option(rest.pop(), rest):
            return None
    return first


def command(rest: list[str]) -> Declared | None:
    """Take the command from a line: of a module that holds several, the one that the next word names."""
    named = commands(rest.pop()) if rest else {}
    if len(named) == 1:
        (one,) = named.values()
        return one
    return named.get(rest.pop()) if rest else None


def commands(word: str) -> dict[str, Declared]:
    """The commands for which a word stands, by name; none where it is no command."""
    if word not in COMMANDS:
        return {}
    found: dict[str, Declared] = import_module(f"partnerkit.cli.{COMMANDS[word].module}_command").app.named
    return found
