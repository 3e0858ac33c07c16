"""The names of people, looked for in a text: as whole words, whatever the case."""

from __future__ import annotations

import itertools
import re
import unicodedata
from collections.abc import Iterator, Mapping

from partnerkit.kinds.private import Kept
from partnerkit.pattern import pattern
from partnerkit.tuples import NamedTuple

_WORD = pattern(r"\w+")

#: What stands between two words of a name: not the end of a sentence, nor a comma.
_BETWEEN = pattern(r"(?:\.?\s+|''?|[-\u2019_.])\Z")

#: A name of one letter would stand everywhere.
_SHORTEST = 2


class Mention(NamedTuple):
    """Where a name stands.

    Attributes:
        person: whose it is.
        line: the line of the text, from 1.
        written: the name as it is written there: for nobody's eyes.
        name: the name as it is kept.
    """

    person: str
    line: int
    written: str
    name: str

    @property
    def is_sure(self) -> bool:
        """Whether the name has two words or more: one alone may be an ordinary word, such as May or Will."""
        return len(_WORD.findall(self.name)) > 1

    @property
    def is_likely(self) -> bool:
        """Whether it is sure, or begins with a capital letter where the name as it is kept does."""
        return self.is_sure or self.written[0].isupper() or not self.name.lstrip()[0].isupper()


class Names:
    """What people are called, made ready to be looked for in many texts."""

    def __init__(self, people: Mapping[str, Kept]) -> None:
        self._by_first: dict[str, list[tuple[tuple[str, ...], str, str]]] = {}
        for person, kept in people.items():
            for name in kept.names:
                words = tuple(_folded(word) for word in _WORD.findall(_composed(name)))
                if sum(map(len, words)) >= _SHORTEST:
                    self._by_first.setdefault(words[0], []).append((words, person, _composed(name)))

    def __bool__(self) -> bool:
        """Whether anybody has a name."""
        return bool(self._by_first)

    def within(self, text: str) -> Iterator[Mention]:
        """Where somebody's name stands in a text."""
        if not self:
            return
        composed = _composed(text)
        found = list(_WORD.finditer(composed))
        for index, word in enumerate(found):
            for words, person, kept in self._by_first.get(_folded(word[0]), ()):
                parts = found[index : index + len(words)]
                if _goes_on(composed, parts, words):
                    line = composed.count("\n", 0, word.start()) + 1
                    yield Mention(person, line, composed[word.start() : parts[-1].end()], kept)


def _goes_on(text: str, found: list[re.Match[str]], words: tuple[str, ...]) -> bool:
    """Whether the words of a name follow one on the other."""
    if tuple(_folded(one[0]) for one in found) != words:
        return False
    return all(_BETWEEN.match(text[one.end() : after.start()]) for one, after in itertools.pairwise(found))


def _folded(word: str) -> str:
    return word.casefold()


def _composed(text: str) -> str:
    return text if text.isascii() else unicodedata.normalize("NFC", text)
