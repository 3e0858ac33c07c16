"""Who is not ruled out at a glance: one number for each mentee, with a bit for each mentor who may be possible."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence

from partnerkit.kinds.week import QUARTERS, hour_starts
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


def hours_at_a_glance(mentors: Sequence[Person], mentees: Sequence[Person], *, circles: bool = False) -> Glance:
    """Who has an hour in common with the mentee, or does not say when: just those, for an hour begins somewhere.

    In circles, whoever says when and has no hour at all meets nobody: each is to be there at the hour of the others.
    """
    unsaid, never, by_quarter = 0, 0, [0] * QUARTERS
    for place, one in enumerate(mentors):
        starts = hour_starts(one.quarters or 0)
        unsaid |= (one.quarters is None) << place
        never |= (circles and one.quarters is not None and not starts) << place
        for quarter in bits_of(starts):
            by_quarter[quarter] |= 1 << place
    everybody = (1 << len(mentors)) - 1 & ~never

    def glance(mentee: int) -> int:
        mine = mentees[mentee].quarters
        if mine is None:
            return everybody
        starts = hour_starts(mine)
        found = 0 if circles and not starts else unsaid
        for quarter in bits_of(starts):
            found |= by_quarter[quarter]
        return found

    return glance


def nothing_between_at_a_glance(
    mentors: Sequence[Person], mentees: Sequence[Person], before: Iterable[frozenset[str]]
) -> Glance:
    """Who is somebody else, and whom neither a conflict of interest, a wish nor an earlier pairing keeps apart."""
    everybody = (1 << len(mentors)) - 1
    known: dict[str, int] = {}  # by id of a person, the mentors who are that person
    against: dict[str, int] = {}  # by id of a person, the mentors who are not to be with them
    for place, one in enumerate(mentors):
        for id_ in one.ids:
            known[id_] = known.get(id_, 0) | 1 << place
        for id_ in (*one.ids, *one.bound, *one.shuns):
            against[id_] = against.get(id_, 0) | 1 << place
    for pair in before:
        this, that = sorted(pair)
        against[this] = against.get(this, 0) | known.get(that, 0)
        against[that] = against.get(that, 0) | known.get(this, 0)

    def glance(mentee: int) -> int:
        mine, found = mentees[mentee], 0
        for id_ in mine.ids:
            found |= against.get(id_, 0)
        for id_ in (*mine.bound, *mine.shuns):
            found |= known.get(id_, 0)
        return everybody & ~found

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
