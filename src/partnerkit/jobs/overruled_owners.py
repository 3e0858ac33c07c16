"""Lines of CODEOWNERS below ours that win: of a file's lines a forge takes the last that fits."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

_HEADING = re.compile(r"\^?\[([^\]\n]+)\]")
_WILD = {"**/": "(?:.*/)?", "**": ".*", "*": "[^/]*", "?": "[^/]"}


def overruled(text: str, ours: Sequence[str], ends: str, paths: Sequence[str]) -> Iterator[tuple[int, str, str]]:
    """The number of each line below ours that takes a file from those whom ours name, the line, and the file.

    Args:
        text: what the file says.
        ours: our lines.
        ends: the line that ends them.
        paths: files to ask about, from the top.
    """
    known = [(_fits(words[0]), set(words[1:])) for words in map(_words, ours) if words]
    asked = {path: _owners(known, path) for path in paths}
    section = next((one[1] for one in map(_HEADING.match, ours) if one is not None), None)
    lines = text.split("\n")
    counts = True
    for number, line in enumerate(lines[lines.index(ends) + 1 :], lines.index(ends) + 2):
        heading = _HEADING.match(line)
        if heading is not None:
            counts = heading[1] == section
        elif counts and (words := _words(line)):
            fits = _fits(words[0])
            taken = (one for one, owners in asked.items() if owners - set(words[1:]) and fits.match(one))
            for path in list(taken)[:1]:
                yield number, line.strip(), path


def _owners(known: Sequence[tuple[re.Pattern[str], set[str]]], path: str) -> set[str]:
    return next((owners for fits, owners in reversed(known) if fits.match(path)), set())


def _words(line: str) -> list[str]:
    return [] if _HEADING.match(line) else re.sub(r"(?:^|\s)#.*", "", line).split()


def _fits(pattern: str) -> re.Pattern[str]:
    """A pattern of paths: from the top where a slash is in it, else anywhere; of a folder, all that is in it."""
    bare = pattern.strip("/")
    top = "" if "/" in pattern.rstrip("/") else "(?:.*/)?"
    parts = re.split(r"(\*\*/|\*\*|\*|\?)", bare)
    inside = "/.+" if pattern.endswith("/") else "" if bare.endswith("/*") else "(?:/.*)?"
    return re.compile(f"{top}{''.join(_WILD.get(one, re.escape(one)) for one in parts)}{inside}\\Z")
