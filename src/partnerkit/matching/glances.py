"""Who is not ruled out at a glance: one number for each mentee, with a bit for each mentor who may be possible."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

from partnerkit.kinds.week import QUARTERS
from partnerkit.matching.people import Person

#: By mentee, the mentors who are not ruled out, as bits. It may let through too many, and never too few.
Glance = Callable[[int], int]


def bits_of(number: int) -> Iterator[int]:
    """The places of the bits that are set, from the lowest on."""
    data = number.to_bytes((number.bit_length() + 7) // 8, "little")
    for at, byte in enumerate(data):
        while byte:
            low = byte & -byte
            yield 8 * at + low.bit_length() - 1
            byte ^= low  # noqa: PLW2901 - it is used up bit by bit


def hours_at_a_glance(mentors: Sequence[Person], mentees: Sequence[Person]) -> Glance:
    """Who is free at any time at which the mentee is, or does not say when."""
    everybody, unsaid, by_quarter = (1 << len(mentors)) - 1, 0, [0] * QUARTERS
    for place, one in enumerate(mentors):
        unsaid |= (one.quarters is None) << place
        for quarter in bits_of(one.quarters or 0):
            by_quarter[quarter] |= 1 << place

    def glance(mentee: int) -> int:
        mine = mentees[mentee].quarters
        if mine is None:
            return everybody
        found = unsaid
        for quarter in bits_of(mine):
            found |= by_quarter[quarter]
        return found

    return glance


def words_at_a_glance(offered: Sequence[Sequence[str]], wanted: Sequence[Sequence[str]]) -> Glance:
    """Who lists any word that the mentee does, or none at all."""
    everybody, unsaid, by_word = (1 << len(offered)) - 1, 0, dict[str, int]()
    for place, words in enumerate(offered):
        unsaid |= (not words) << place
        for word in words:
            by_word[word] = by_word.get(word, 0) | 1 << place

    def glance(mentee: int) -> int:
        if not wanted[mentee]:
            return everybody
        found = unsaid
        for word in wanted[mentee]:
            found |= by_word.get(word, 0)
        return found

    return glance


def levels_at_a_glance(
    fits: Callable[[int | None, int | None], bool], mentors: Sequence[int | None], mentees: Sequence[int | None]
) -> Glance:
    """Who stands where the programme allows it beside the mentee."""
    by_level: dict[int | None, int] = {}
    for place, level in enumerate(mentors):
        by_level[level] = by_level.get(level, 0) | 1 << place
    found = {
        mine: sum(bits for theirs, bits in by_level.items() if fits(theirs, mine)) for mine in dict.fromkeys(mentees)
    }
    return lambda mentee: found[mentees[mentee]]
