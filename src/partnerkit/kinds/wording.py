"""How a text is read when somebody looks for words in it, and whether it says them.

Case, accents, ligatures and hyphens do not matter, and the beginning of a word is enough. A text is read in two ways:
what hyphens and apostrophes join is one word in the first, and several in the second, so that `co-operative`,
`cooperative` and `co operative` find each other. Scripts that put no space between words are read letter by letter.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Iterator

from partnerkit.pattern import pattern
from partnerkit.tuples import NamedTuple

#: What is put between texts that are read at once: no phrase goes over it.
BARRIER = "\x1e"

#: Letters of their own, as people without them on their keyboard write them.
_SPELT = {"æ": "ae", "œ": "oe", "ø": "o", "ł": "l", "đ": "d", "ð": "d", "þ": "th", "\u0131": "i", "ħ": "h", "ŧ": "t"}

#: What joins two words to one, or does not.
_JOINS = frozenset("-\u2010\u2011\u2012\u2212'\u2019\u02bc\u2018\u00b4`")

#: Scripts that put no space between words: of China and Japan, and from Thailand to Cambodia.
_UNSPACED = (
    *((0x2E80, 0x9FFF), (0xA000, 0xA4CF), (0xF900, 0xFAFF), (0x20000, 0x3FFFF)),
    *((0x0E00, 0x0EFF), (0x1000, 0x109F), (0x1780, 0x17FF), (0x1950, 0x1AAF), (0xAA60, 0xAADF)),
)

_PIECE = pattern(r'(?P<bar>-?)(?:["“”„](?P<phrase>[^"“”„]*)["“”„]?|(?P<word>\S+))')


class _Letters(dict[int, str]):
    """What each character is read as; worked out when it is first met."""

    def __missing__(self, code: int) -> str:
        plain = unicodedata.normalize("NFKD", unicodedata.normalize("NFKD", chr(code)).casefold())
        found = self[code] = "".join(map(_letter, plain))
        return found


def _letter(char: str) -> str:
    if char in _SPELT:
        return _SPELT[char]
    if char in _JOINS:
        return "-"
    category = unicodedata.category(char)
    if category.startswith("M") or category == "Cf":
        return ""
    if not char.isalnum():
        return " "
    return f" {char} " if any(first <= ord(char) <= last for first, last in _UNSPACED) else char


_LETTERS = _Letters({ord(BARRIER): " | "})


class Reading(NamedTuple):
    """A text as it is read: its words in order, each with a space before it.

    Attributes:
        joined: what a hyphen joins is one word.
        split: what a hyphen joins is several.
    """

    joined: str
    split: str

    def says(self, term: Reading) -> bool:
        """Whether the words stand in it, one after the other, the last at least as a beginning."""
        return term.joined in self.joined or term.split in self.split

    def says_whole(self, term: Reading) -> bool:
        """Whether they stand in it as whole words."""
        return f"{term.joined} " in f"{self.joined} " or f"{term.split} " in f"{self.split} "


def reading(text: str) -> Reading:
    """A text as it is read."""
    letters = text.translate(_LETTERS)
    split = _spaced(letters.replace("-", " "))
    return Reading(_spaced(letters.replace("-", "")) if "-" in letters else split, split)


def _spaced(letters: str) -> str:
    return f" {' '.join(letters.split())}"


class Query(NamedTuple):
    """What somebody looks for.

    Attributes:
        wanted: each word or phrase that must be found, as it is read, with what was typed.
        barred: those of which none may be found.
    """

    wanted: dict[Reading, str]
    barred: dict[Reading, str]

    def fits(self, text: Reading) -> bool:
        """Whether a text says all that is wanted and nothing that is barred."""
        return all(map(text.says, self.wanted)) and not any(map(text.says, self.barred))


def query(texts: Iterable[str]) -> Query:
    """What is looked for: words, `"phrases in quotes"`, and `-words` that may not be there.

    Raises:
        ValueError: nothing is looked for, or something without a letter or digit.
    """
    found = Query({}, {})
    for piece in (piece for text in texts for piece in _PIECE.finditer(text)):
        typed = piece["word"] if piece["phrase"] is None else piece["phrase"]
        term = reading(typed)
        if not term.split.strip():
            raise ValueError(f"{piece[0]!r} has no letter and no digit that could be looked for")
        (found.barred if piece["bar"] else found.wanted).setdefault(term, typed)
    if not found.wanted and not found.barred:
        raise ValueError("say what to look for: words, or a phrase in quotes")
    return found


def marks(text: str, terms: Iterable[Reading]) -> list[tuple[int, int]]:
    """Where terms stand in a text: the first letter of each place, and the one after its last."""
    found: list[tuple[int, int]] = []
    for hyphen, which in (("", "joined"), (" ", "split")):
        letters, origin = _charted(text, hyphen)
        for term in terms:
            found += _places(letters, origin, getattr(term, which))
    return list(_apart(sorted((start, _with_marks(text, end)) for start, end in found)))


def _charted(text: str, hyphen: str) -> tuple[str, list[int]]:
    """A text as it is read, and from which character of it each letter comes."""
    letters, origin = [" "], [0]
    for place, char in enumerate(text):
        for letter in _LETTERS[ord(char)].replace("-", hyphen):
            if letter != " " or letters[-1] != " ":
                letters.append(letter)
                origin.append(place)
    return "".join(letters), origin


def _places(letters: str, origin: list[int], term: str) -> Iterator[tuple[int, int]]:
    at = letters.find(term)
    while at >= 0:
        yield origin[at + 1], origin[at + len(term) - 1] + 1
        at = letters.find(term, at + 1)


def _with_marks(text: str, end: int) -> int:
    """The end of a place, behind the accents that belong to its last letter."""
    while end < len(text) and unicodedata.combining(text[end]):
        end += 1
    return end


def _apart(places: list[tuple[int, int]]) -> Iterator[tuple[int, int]]:
    """The places without those that lie in others, what overlaps made one."""
    last: tuple[int, int] | None = None
    for start, end in places:
        if last is not None and start <= last[1]:
            last = (last[0], max(last[1], end))
            continue
        if last is not None:
            yield last
        last = (start, end)
    if last is not None:
        yield last
