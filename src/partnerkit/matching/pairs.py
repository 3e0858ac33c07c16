"""Many pairs at once, in arrays, where numpy is installed: what each criterion needs to know of them."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from importlib.util import find_spec
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Numbers = NDArray[np.int64]

#: How many pairs are looked at in one go where much is to be kept of each.
_AT_ONCE = 1 << 16
#: Of how many mentees the bits are laid out in one go.
_ROWS = 1000
#: So many pairs pay for importing numpy.
_PAYS_OFF = 200_000


def pays_off(rows: Sequence[int]) -> bool:
    """Whether so many pairs, given as bits, are looked at in arrays: numpy is installed, and there are enough."""
    return sum(row.bit_count() for row in rows) >= _PAYS_OFF and find_spec("numpy") is not None


class Pairs:
    """Pairs of mentees and mentors, by their places in the lists; sorted by mentee, then by mentor."""

    def __init__(self, mentees: Numbers, mentors: Numbers) -> None:
        import numpy as np  # noqa: PLC0415 - dear to import, and only where it pays off

        self.np = np
        self._mentees, self._mentors = mentees, mentors
        self.none: Numbers = np.zeros(len(mentees), dtype=np.int64)

    @classmethod
    def of_bits(cls, rows: Sequence[int], count: int) -> Pairs:
        """Pairs that are given by mentee, as bits by mentor.

        Args:
            rows: the bits.
            count: how many mentors there are.
        """
        import numpy as np  # noqa: PLC0415 - likewise

        size = (count + 7) // 8
        found: list[tuple[Numbers, Numbers]] = []
        for start in range(0, len(rows), _ROWS):
            part = b"".join(row.to_bytes(size, "little") for row in rows[start : start + _ROWS])
            packed = np.frombuffer(part, dtype=np.uint8).reshape(-1, size)
            mentees, mentors = np.nonzero(np.unpackbits(packed, axis=1, bitorder="little"))
            found.append((mentees + start, mentors))
        return cls(np.concatenate([one for one, _ in found]), np.concatenate([other for _, other in found]))

    def only(self, wanted: Any) -> Pairs:
        """Some of them."""
        return Pairs(self._mentees[wanted], self._mentors[wanted])

    def rows(self, points: Numbers, count: int) -> tuple[tuple[tuple[int, int], ...], ...]:
        """By mentee, of whom there are so many, the mentors with the points."""
        pairs = list(zip(self._mentors.tolist(), points.tolist(), strict=True))
        ends = self.np.searchsorted(self._mentees, self.np.arange(count + 1)).tolist()
        return tuple(tuple(pairs[ends[one] : ends[one + 1]]) for one in range(count))

    def mentees(self, values: Sequence[int]) -> Numbers:
        """Of each pair the mentee's value."""
        found: Numbers = self.np.array(values, dtype=self.np.int64)[self._mentees]
        return found

    def mentors(self, values: Sequence[int]) -> Numbers:
        """Of each pair the mentor's value."""
        found: Numbers = self.np.array(values, dtype=self.np.int64)[self._mentors]
        return found

    def either(self, mentees: Sequence[bool], mentors: Sequence[bool]) -> Any:
        """Whether it is so of either of the two."""
        return self.np.array(mentees)[self._mentees] | self.np.array(mentors)[self._mentors]

    def where(self, wanted: Any, value: int, other: Any) -> Numbers:
        """A value where something is so, else another."""
        found: Numbers = self.np.where(wanted, value, other)
        return found

    def at_most(self, most: int | Numbers, values: Numbers) -> Numbers:
        """Values, no more than they may be."""
        found: Numbers = self.np.minimum(most, values)
        return found

    def in_common(self, mentees: Sequence[int], mentors: Sequence[int]) -> Numbers:
        """How many bits two numbers of any size have in common."""
        np = self.np
        size = max((one.bit_length() for one in (*mentees, *mentors)), default=0) // 16 + 1
        mine, theirs = (
            np.frombuffer(b"".join(one.to_bytes(2 * size, "little") for one in numbers), dtype="<u2").reshape(-1, size)
            for numbers in (mentees, mentors)
        )
        found = self.none.copy()
        for start in range(0, len(found), _AT_ONCE):
            part = slice(start, start + _AT_ONCE)
            both = mine[self._mentees[part]] & theirs[self._mentors[part]]
            found[part] = _counts()[both].sum(axis=1, dtype=np.int64)
        return found


@cache
def _counts() -> Any:
    """How many bits each number of 16 bits has."""
    import numpy as np  # noqa: PLC0415 - likewise

    return np.array([one.bit_count() for one in range(1 << 16)], dtype=np.uint8)
