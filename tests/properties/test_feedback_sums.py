"""Whoever knows every sum that was ever told of a survey works out of no few people what they said.

The attacker knows who answered when, takes every sum for exact (they are rounded), and solves for all that follows from
all of them: whichever set of people has a sum that is a combination of those told, it is nobody or enough of them.
"""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction
from itertools import product
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st
from tests.chance import examples

from partnerkit.jobs.adding_up import AddedUp, added_up
from partnerkit.jobs.answers import Answer
from partnerkit.kinds.sums import Sums, Told, leak

FEWEST = 5
GROUPS = ("mentee", "mentor", "peer")

#: How many of each group came by the first sheet, and by each later one.
Came = list[tuple[int, int, int]]

_CAME = st.lists(
    st.tuples(*(st.one_of(st.integers(0, 2), st.integers(0, 12)) for _group in GROUPS)), min_size=1, max_size=3
)


def _answers(came: Came, score: int) -> list[Answer]:
    """Everybody who had answered by then; each group says its own, so that a mean that changes tells something."""
    many = [sum(one[place] for one in came) for place in range(len(GROUPS))]
    return [
        Answer(group, {"worth": 1 + (score + place + number) % 5})
        for place, (group, count) in enumerate(zip(GROUPS, many, strict=True))
        for number in range(count)
    ]


def _imported(came: Came, score: int) -> list[AddedUp]:
    """What each sheet was allowed to tell, one after the other; what is refused tells nothing."""
    told: list[AddedUp] = []
    for count in range(1, len(came) + 1):
        earlier: list[dict[str, Sums]] = [dict(one.sums) for one in told]
        found = added_up(["worth"], _answers(came[:count], score), FEWEST, earlier)
        told.append(found if not found.leaks else AddedUp())
    return told


def _vectors(told: list[AddedUp], sheets: int) -> list[list[Fraction]]:
    """Each sum that was told, as those of whom it is: by group, and by the sheet with which they came."""
    atoms = list(product(GROUPS, range(sheets)))
    return [
        [Fraction(int(group in {None, one} and sheet <= at)) for one, sheet in atoms]
        for at, found in enumerate(told)
        for group in found.sums.get("worth", {})
    ]


def _reduced(rows: list[list[Fraction]]) -> list[list[Fraction]]:
    """The rows in echelon form."""
    found: list[list[Fraction]] = []
    for row in rows:
        rest = _rest(row, found)
        if any(rest):
            found.append(rest)
    return found


def _rest(row: list[Fraction], basis: list[list[Fraction]]) -> list[Fraction]:
    """What is left of a row when all that the basis gives is taken off."""
    for one in basis:
        lead = next(place for place, value in enumerate(one) if value)
        if row[lead]:
            factor = row[lead] / one[lead]
            row = [value - factor * other for value, other in zip(row, one, strict=True)]
    return row


@settings(max_examples=examples(100), deadline=None)
@given(_CAME, st.integers(0, 4))
def test_no_few_people_can_be_told_from_all_that_was_told(came: Came, score: int) -> None:
    told = _imported(came, score)
    basis = _reduced(_vectors(told, len(came)))
    people = [came[sheet][GROUPS.index(group)] for group, sheet in product(GROUPS, range(len(came)))]
    for chosen in product((0, 1), repeat=len(people)):
        count = sum(many for many, taken in zip(people, chosen, strict=True) if taken)
        if 0 < count < FEWEST:
            present = [Fraction(taken) for taken in chosen]
            assert any(_rest(present, basis)), (came, chosen, [one.sums for one in told])


@settings(max_examples=examples(100), deadline=None)
@given(_CAME, st.integers(0, 4))
def test_every_cell_that_is_told_is_over_enough(came: Came, score: int) -> None:
    for found in _imported(came, score):
        assert all(told.answers >= FEWEST for sums in found.sums.values() for told in sums.values())


@settings(max_examples=examples(100), deadline=None)
@given(_CAME, st.randoms(use_true_random=False))
def test_what_is_told_does_not_depend_on_the_order_of_rows(came: Came, random: Any) -> None:
    answers = _answers(came, 0)
    other = list(answers)
    random.shuffle(other)
    assert added_up(["worth"], answers, FEWEST, []) == added_up(["worth"], other, FEWEST, [])


def _sums(**answers: int) -> dict[str | None, Told]:
    return {None if group == "all_" else group: Told(count, Decimal(4)) for group, count in answers.items()}


def test_somebody_who_left_or_answers_otherwise_is_told_of_too() -> None:
    assert leak([_sums(all_=20), _sums(all_=19)], FEWEST) is not None
    assert leak([_sums(all_=20), _sums(all_=14)], FEWEST) is None
    assert leak([_sums(all_=20), {None: Told(20, Decimal(3))}], FEWEST) is not None
    assert leak([_sums(all_=20), _sums(all_=20)], FEWEST) is None
    assert leak([_sums(all_=20, mentor=8), _sums(all_=30, mentor=10)], FEWEST) is not None
