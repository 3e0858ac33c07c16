"""What a shell asks to have completed, answered without Typer: by the same declarations, where the line is plain.

What is not plain is Typer's: the names of options, quotes, and what zsh and fish show of a command beside its name.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Callable

from partnerkit.cli.declared import Line
from partnerkit.cli.plain import Taken, command, commands, leading
from partnerkit.cli.table import COMMANDS
from partnerkit.tuples import NamedTuple

#: What stands for something else in a line.
_QUOTES = "\"'\\"


class _Asked(NamedTuple):
    """A line as far as it was typed: its whole words without the first, and the one that is completed."""

    words: list[str]
    incomplete: str


def completed(shell: str) -> int | None:
    """Answer a shell, and say the exit code; None where Typer has to answer.

    Args:
        shell: what it asks for, such as `complete_bash`.
    """
    if shell not in _SHELLS:
        return None
    if shell == "complete_bash" and not ("COMP_WORDS" in os.environ and os.environ.get("COMP_CWORD", "").isdecimal()):
        return 0  # no shell asked
    line, written = _SHELLS[shell]
    asked = line()
    found = _offered(asked, shell) if asked is not None else None
    if found is None:
        return None
    action = os.environ.get("_TYPER_COMPLETE_FISH_ACTION") if shell == "complete_fish" else "get-args"
    if action == "is-args":
        return 0 if found else 1
    said = written(found) if action == "get-args" else ""
    sys.stdout.write(f"{said}\n")
    return 0


def _offered(asked: _Asked, shell: str) -> list[str] | None:
    rest, incomplete = asked.words[::-1], asked.incomplete
    if incomplete[:1] == "-" or incomplete == "=" or leading(rest) is None:
        return None
    names = commands(rest[0]) if len(rest) == 1 else {} if rest else COMMANDS
    if len(names) > 1:
        found = [*names] if shell == "complete_bash" else None
    else:
        one = command(rest)
        found = _values(Taken(one.run), rest, incomplete) if one is not None else None
    return [name for name in found if name.startswith(incomplete)] if found is not None else None


def _values(taken: Taken, rest: list[str], incomplete: str) -> list[str] | None:
    """What is offered for the option that the line ends with, or for the first argument that may still be said."""
    waiting = taken.options.get(rest[0]) if rest else None
    if waiting is not None and taken.sorts[waiting] is bool:
        waiting = None
    words = taken.take(rest[1:] if waiting is not None else rest)
    if words is None:
        return None
    if waiting is None:
        if not taken.fill(words):
            return None
        words = []
        open_ = (name for name in taken.arguments if name not in taken.given or isinstance(taken.given[name], list))
        waiting = next(open_, None)
        if waiting is None:
            return []
    complete = taken.declared[waiting].how["autocompletion"]
    if complete is None:
        return None
    found: list[str] = complete(Line(taken.given, words), incomplete)
    return found


def _of_bash() -> _Asked | None:
    words, at = _split("COMP_WORDS"), int(os.environ["COMP_CWORD"])
    if words is None:
        return None
    return _Asked(words[1:at], words[at] if at < len(words) else "")


def _of_others() -> _Asked | None:
    words = _split("_TYPER_COMPLETE_ARGS")
    if words is None:
        return None
    words = words[1:]
    return _Asked(words, words.pop() if words and os.environ["_TYPER_COMPLETE_ARGS"][-1] != " " else "")


def _split(name: str) -> list[str] | None:
    line = os.environ.get(name, "").replace("\n", " ")
    return line.split() if line.isprintable() and not any(one in line for one in _QUOTES) else None


def _for_zsh(found: list[str]) -> str:
    signs = str.maketrans({'"': '""', "'": "''", "$": "\\$", "`": "\\`", ":": "\\\\:"})
    values = "\n".join(f'"{one.translate(signs)}"' for one in found)
    return f"_arguments '*: :(({values}))'" if found else "_files"


_SHELLS: dict[str, tuple[Callable[[], _Asked | None], Callable[[list[str]], str]]] = {
    "complete_bash": (_of_bash, "\n".join),
    "complete_zsh": (_of_others, _for_zsh),
    "complete_fish": (_of_others, "\n".join),
}
