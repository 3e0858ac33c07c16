"""A text in pieces: keys and items with all that stands further in, each of which means the same wherever it stands.

Only the house's own form is cut, and nothing that leaves a doubt: keys at the margin, and what they hold two columns
further in, as keys or as dashes. Whoever reads such a text begins a key where a piece begins, or sees fewer keys than
there are pieces: a key of a block begins on a line of its own, in the column of the first, and every line in that
column is the beginning of a piece. The same goes for dashes. So a reader which found as many keys, by the same names,
as there are pieces found them where the pieces begin, and was inside of nothing when one ended. No piece has lines that
are blank, no tabs, and nothing in it stands as far out as it does but its first line: whatever comes after it, another
piece or the end, ends it the same.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import cache, lru_cache

from partnerkit.dataclass import dataclass, field
from partnerkit.pattern import pattern

_NAME = r"[A-Za-z][A-Za-z0-9_-]*"

#: What differs where all else is alike, as a value of its own: a digest between quotes; and without quotes, to the end
#: of its line, an id, drawn at random, or a moment. Of the ids that are digits only, those are meant that no reader
#: takes for a number, for a letter stands in them that no number has.
_DRAWN = pattern(
    r'"(?P<digest>c1:[0-9a-f]{64})"|(?<=[:-] )(?:(?P<entry>(?=[0-9be]*[acdf])[0-9a-f]{16})'
    r"|(?P<said>[a-z]-[0-9a-f]{12})|(?P<moment>[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}Z))(?=\n)"
)


@dataclass(slots=True)
class Piece:
    """A key with its value, or an item of a list.

    Attributes:
        text: its lines; that of a key beside a dash as if the dash were not there.
        column: where it begins.
        name: the key; empty of an item.
    """

    text: str
    column: int
    name: str
    _inner: list[Piece] | None = field(default=None, init=False)

    @property
    def key(self) -> str:
        """The line of a key that says nothing but the key, without its end."""
        return f"{' ' * self.column}{self.name}:"

    @property
    def inner(self) -> list[Piece]:
        """The pieces that it is made of, below its head or after its dash; none where it is not plainly made of any."""
        if self._inner is None:
            self._inner = list(self._cut())
        return self._inner

    def _cut(self) -> Iterator[Piece]:
        within = self.column + 2
        if not self.name:
            return _keys(f"{' ' * within}{self.text[within:]}", within)
        key, _, below = self.text.partition("\n")
        if key != self.key:
            return iter(())
        return _items(below, within) if below[within : within + 1] == "-" else _keys(below, within)

    def framed(self, frames: Iterable[str]) -> str:
        """Its head or dash with some of what stands below: a text that holds these and means no more than these."""
        below = "".join(frames)
        within = self.column + 2
        return f"{self.key}\n{below}" if self.name else f"{' ' * self.column}- {below[within:]}"

    @property
    def form(self) -> tuple[str, dict[str, str]]:
        """Its text with other digests, ids and moments, the same for all that differ in nothing else; and these.

        Each is given by what stands for it in the form. They are text to every reader, whichever digits they have.
        """
        drawn: dict[str, str] = {}

        def standing(found: re.Match[str]) -> str:
            name = str(found.lastgroup)
            stands = _STANDING[name].format(len(drawn))
            drawn[stands] = found[name]
            return f'"{stands}"' if name == "digest" else stands

        return _DRAWN.sub(standing, self.text), drawn


#: What stands in a form for the one of a number: of the same sort, and in no form twice.
_STANDING = {
    "digest": "c1:{:064x}",
    "entry": "f{:015x}",
    "said": "e-{:012x}",
    "moment": "{:04}-01-01T00:00:00Z",
}


@lru_cache(maxsize=4)
def pieces(text: str) -> tuple[Piece, ...]:
    """The keys at the margin of a text that is made of such pieces and nothing else; else none.

    Whoever edits a text and proves it asks for the same ones again.
    """
    return tuple(_keys(text, 0)) if text.replace("\n", "").isprintable() else ()


def _keys(text: str, column: int) -> Iterator[Piece]:
    whole, each, _, _ = _forms(column)
    if whole.fullmatch(text):
        for found in each.finditer(text):
            yield Piece(found[0], column, found[1])


def _items(text: str, column: int) -> Iterator[Piece]:
    _, _, whole, each = _forms(column)
    if whole.fullmatch(text):
        for found in each.finditer(text):
            yield Piece(found[0], column, "")


@cache
def _forms(column: int) -> tuple[re.Pattern[str], ...]:
    """What is keys in a column, one such key, what is items, and one such item."""
    pad = " " * column
    key = rf"{pad}({_NAME}):(?: [^\n]*)?\n(?:{pad} +[^ \n][^\n]*\n)*"
    item = rf"{pad}- [^ \n][^\n]*\n(?:{pad}   *[^ \n][^\n]*\n)*"
    return tuple(re.compile(one) for one in (f"(?:{key})+", key, f"(?:{item})+", item))
