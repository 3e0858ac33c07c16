"""Somebody who knows nothing but what `audit` and `check` print: pastes each mend until nothing is wrong or nothing helps."""

from __future__ import annotations

import re
import shlex
from collections.abc import Iterator
from typing import Any

from tests.place import PEOPLE, Place

FILLED = {"<reason>": "it broke the rules", "<seen>": "minutes/9.md", "<day>": "2026-07-01"}

#: Words of a sentence that go on behind a command.
_SENTENCE = {"where", "puts", "shows", "by", "then", "or", "if", "says", "brings", "takes", "to", "is", "makes"}
_CHANGES = {"restore", "commit", "mv", "revert", "rm"}


def clean(place: Place) -> bool:
    """Whether nothing is wrong."""
    return place.run("audit").code == 0 and place.run("check").code == 0


def mended(place: Place, rounds: int = 12) -> bool:
    """Whether pasting what is printed makes it clean: each round goes on until something lands."""
    place.day = None
    for _round in range(rounds):
        if clean(place):
            return True
        if not any(_pasted(place, mend) for mend in mends(place)):
            return False
    return False


def mends(place: Place) -> list[str]:
    """What is printed to be done, each once, what `audit` says first."""
    found = [*_errors(place, "audit"), *_errors(place, "check")]
    return list(dict.fromkeys(one["mend"] for one in found if one["mend"]))


def _errors(place: Place, *words: str) -> list[dict[str, Any]]:
    said = place.json(*words)
    return [one for one in said.get("findings", []) if one["severity"] == "error"]


def _pasted(place: Place, mend: str) -> bool:
    """Whether something landed by the lines of a mend."""
    head = place.git("rev-parse", "HEAD")
    by = "p-jonas" if "by somebody else than p-rosa" in mend else "p-rosa"
    for words in lines(mend):
        if words[0] == "git" and words[1] in _CHANGES:
            place.try_git(*words[1:])
        elif words[0] == "partnerkit":
            said = place.run(*words[1:], by=by)
            assert said.code in {0, 1, 2}, said.all
            if "somebody else voids it" in said.err:
                place.run(*words[1:], by=next(one for one in PEOPLE if one != by))
    return place.git("rev-parse", "HEAD") != head


def lines(mend: str) -> Iterator[list[str]]:
    """The commands of a mend, filled in."""
    for part in re.split(r"; |, then | && |: ", mend):
        found = re.search(r"\b(partnerkit|git|rm) .*", part)
        words = _command(found[0]) if found else []
        if len(words) > 1 and not any("<" in word for word in words):
            yield words


def _command(text: str) -> list[str]:
    words: list[str] = []
    for word in shlex.split(text):
        if word in _SENTENCE:
            break
        last = word.endswith(",")
        words.append(FILLED.get(word.rstrip(","), word.rstrip(",")))
        if last:
            break
    return words
