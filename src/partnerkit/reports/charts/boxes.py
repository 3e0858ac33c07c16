"""The boxes of a state diagram: what stands in one, and how high it must be for that."""

from __future__ import annotations

from collections.abc import Iterable

from partnerkit.dataclass import dataclass
from partnerkit.reports.charts.draw import Element, joined, tag
from partnerkit.reports.charts.figure import SMALL, words
from partnerkit.reports.charts.layout import Box
from partnerkit.reports.charts.measure import pieces, width, wrap

_NAME, _PAD, _NAME_STEP, _STEP = 12.5, 9.0, 15.0, 13.0

#: The widths of the boxes of the main way and of those beside it.
Sizes = tuple[float, float]

#: The least and the most that a box is wide for its own sake.
_LEAST, _MOST = 96.0, 190.0


@dataclass(frozen=True, slots=True)
class Face:
    """What stands in a box: its name in lines, what it means in lines, and how many records, as text."""

    name: list[str]
    meaning: list[str]
    count: str

    @property
    def height(self) -> float:
        """How high the box is at least."""
        return 2 * _PAD + len(self.name) * _NAME_STEP + len(self.meaning) * _STEP - 2


def fitting(room: float, spine: Iterable[str], side: Iterable[str]) -> Sizes:
    """The widths of the boxes: as wide as the longest of their names that is not broken, then as there is room."""
    wanted = [max(map(_needed, names), default=0.0) for names in (spine, side)]
    if not wanted[1]:
        return min(max(room, wanted[0]), _MOST), 0.0
    more = max(room - sum(wanted), 0)
    first = min(wanted[0] + more * 0.6, max(wanted[0], _MOST))
    return first, wanted[1] + more * 0.4


def _needed(name: str) -> float:
    """How wide a box must be for a name."""
    longest = max(width(piece.rstrip(), _NAME, strong=True) for piece in pieces(name))
    return min(max(longest + 2 * _PAD, _LEAST), _MOST)


def face(name: str, meaning: str, count: int | None, wide: float) -> Face:
    """What stands in a box so wide."""
    room = wide - 2 * _PAD + 0.01
    lines = wrap(meaning, room, SMALL, 3) if meaning else []
    return Face(wrap(name, room, _NAME, 3, strong=True), lines, "" if count is None else str(count))


def box(place: Box, held: Face, manner: str, *, over: bool) -> Element:
    """A box: a frame (a double one where the record is over), the name, the number of records, the meaning."""
    x, y, wide, high = place
    parts = [tag("rect", x=x, y=y, width=wide, height=high, rx=6, class_=f"frame {manner}")]
    if over:
        parts.append(tag("rect", x=x + 3, y=y + 3, width=wide - 6, height=high - 6, rx=3.5, class_="inner"))
    top = y + (high - held.height) / 2 + _PAD + 10
    for index, line in enumerate(held.name):
        parts.append(words(x + _PAD, top + index * _NAME_STEP, line, "name", "strong", "led"))
    below = top + len(held.name) * _NAME_STEP - 1
    for index, line in enumerate(held.meaning):
        parts.append(words(x + _PAD, below + index * _STEP, line, "small", "muted"))
    if held.count:
        parts.append(_count(x + wide - _PAD, y, held.count))
    return joined(parts)


def _count(right: float, middle: float, count: str) -> Element:
    """The number of records on a pill, in the frame of the box."""
    wide = max(width(count, SMALL, strong=True) + 10, 18)
    manner = "none" if count == "0" else "some"
    pill = tag("rect", x=right - wide, y=middle - 8, width=wide, height=16, rx=8, class_=f"pill {manner}")
    return joined([pill, words(right - wide / 2, middle + 4, count, "small", "strong", "mid", f"on-{manner}")])
