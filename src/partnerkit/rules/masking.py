"""Texts in which no record is named of which readers may not know."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from collections.abc import Set as AbstractSet
from functools import cached_property, lru_cache

from partnerkit.rules.naming import WORD, ids_in, parts_of

#: What stands where another record is named of which a reader may know nothing.
NOT_SHOWN = "(a record that is not shown here)"

#: Moments and digests, which name no record.
_PLAIN = re.compile(r"[0-9-]{10}T[0-9:]+Z\Z|(?:c1|sha256):[0-9a-f]+\Z")

#: So long is what many records say, in letters, and of so much of it what readers see is held.
_SHORT, _OFTEN = 60, 20_000


class Masking:
    """Takes the ids out of texts that readers may not know."""

    def __init__(
        self, is_record: Callable[[str], bool], is_hidden: Callable[[str], bool], spoken: Callable[[], AbstractSet[str]]
    ) -> None:
        """Take them out.

        Args:
            is_record: whether a word is the id of a record.
            is_hidden: whether it is that of one of which they may not know.
            spoken: tells the words of which a part names no record.
        """
        self._is_record = is_record
        self._is_hidden = is_hidden
        self._told = spoken
        self._word = lru_cache(_OFTEN)(self._masked)  # of what many records say: stages, days, people, categories

    def text(self, text: str) -> str:
        """A text without them: each word of it, and of paths in it."""
        if _PLAIN.match(text):
            return text
        return self._word(text) if len(text) <= _SHORT else self._masked(text)

    @cached_property
    def _spoken(self) -> AbstractSet[str]:
        return self._told()

    def _masked(self, text: str) -> str:
        return WORD.sub(lambda found: self._said(found[0]), text)

    def _said(self, word: str) -> str:
        """A word, without the ids that they may not know. One that is an id itself names nothing else by its parts."""
        whole = word.rstrip("-").lower()
        if self._is_record(whole):
            return NOT_SHOWN + word[len(whole) :] if self._is_hidden(whole) else word
        parts, before = parts_of(word)
        if len(parts) == 1 or word.lower() in self._spoken:
            return word
        ids = ids_in(parts, self._is_record)
        hidden = {place for start, end, found in ids if self._is_hidden(found) for place in range(start, end)}
        return "".join(_shown(parts, before, hidden)) if hidden else word


def _shown(parts: list[str], before: list[str], hidden: set[int]) -> Iterator[str]:
    """The parts of a word with what stands before each, but for those that are hidden."""
    for place, part in enumerate(parts):
        if place not in hidden:
            yield before[place] + part
        elif place - 1 not in hidden:
            yield before[place] + NOT_SHOWN
