"""What chance makes: figures and the order of files, other times, the bounds of a share, what an attacker subtracts."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from itertools import combinations
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from partnerkit.jobs.periods import period
from partnerkit.metrics.withheld import Cell, Counts, size, tellable
from tests.chance import examples
from tests.metrics.world import Programme

FEWEST = 5
_MONTHS = st.integers(1, 12).map(lambda month: f"2026-{month:02}-15")
_ENDS = st.sampled_from(["completed", "terminated", "rematch", "paused"])
_STATUS = st.sampled_from(["open", "reached", "partly", "dropped"])
_PERIODS = [one.label for one in period("2026").related]


@st.composite
def _pairings(draw: Any) -> list[dict[str, Any]]:
    """Pairings of a few mentors and mentees, begun and ended in 2025 and 2026."""
    found = []
    for number in range(draw(st.integers(0, 14))):
        start, end = draw(_MONTHS), draw(_MONTHS)
        start = start.replace("2026", draw(st.sampled_from(["2025", "2026"])))
        moves = [(start, "active"), *([(end, draw(_ENDS))] if end >= start and draw(st.booleans()) else [])]
        people = f"p-mentor{draw(st.integers(0, 5))}/mentor p-mentee{draw(st.integers(0, 11))}/mentee"
        goals = [{"id": "g1", "text": "Learn", "measure": "It runs", "status": draw(_STATUS)}]
        found.append({"id_": f"x{number}", "moves": moves, "people": people, "goals": goals})
    return found


def _programme(pairings: list[dict[str, Any]]) -> Programme:
    found = Programme()
    for one in pairings:
        found.pairing(one["id_"], *one["moves"], people=one["people"], goals=one["goals"])
    return found


def _said(programme: Programme, over: str) -> list[Any]:
    """All that is said, and what it is said of."""
    return [
        (
            name,
            one.state,
            one.value,
            one.over,
            [(part, mark.key, [r.id for r in mark.records]) for part, mark in one.marks],
        )
        for name, one in programme.figures(over).items()
    ]


@settings(max_examples=examples(30), deadline=None)
@given(_pairings(), st.randoms(use_true_random=False), st.sampled_from(_PERIODS))
def test_figures_do_not_depend_on_the_order_of_files(pairings, random, over) -> None:
    other = list(pairings)
    random.shuffle(other)
    assert _said(_programme(pairings), over) == _said(_programme(other), over)


@settings(max_examples=examples(30), deadline=None)
@given(_pairings(), st.sampled_from(_PERIODS))
def test_what_is_of_another_time_changes_nothing(pairings, over) -> None:
    """Pairings of 2023 and of 2028 are neither in a period of 2026 nor in the one before it."""
    here, more = _programme(pairings), _programme(pairings)
    for number, year in enumerate((2023, 2028)):
        moves = ((f"{year}-02-01", "active"), (f"{year}-03-01", "completed"))
        more.pairing(f"other{number}", *moves, people="p-mentor1/mentor p-mentee1/mentee")
    assert _said(here, over) == _said(more, over)


@settings(max_examples=examples(30), deadline=None)
@given(_pairings(), st.sampled_from(_PERIODS))
def test_shares_lie_between_nought_and_a_hundred_and_are_over_enough(pairings, over) -> None:
    for figure in _programme(pairings).figures(over).values():
        if figure.value is not None and figure.metric.unit == "%":
            assert 0 <= figure.value <= 100
            owners = {mark.owner for _part, mark in figure.marks}
            assert len(owners) >= FEWEST
            assert figure.state == "told"


def _learnt(cells: Sequence[Cell]) -> list[frozenset[str]]:
    """Everything of which an attacker knows the sum: what is told, and all that is left when one is taken off another."""
    known: dict[frozenset[str], Cell] = {frozenset(cell): cell for cell in cells}
    while True:
        pairs = [(one, other) for one, other in combinations(sorted(known, key=sorted), 2)]
        new = {
            big - small: {key: known[big][key] for key in big - small}
            for one, other in pairs
            for big, small in ((one, other), (other, one))
            if small < big and big - small not in known and all(known[big][key] == known[small][key] for key in small)
        }
        if not new:
            return list(known)
        known |= new


@settings(max_examples=examples(150), deadline=None)
@given(st.lists(st.tuples(st.integers(1, 12), st.integers(0, 7), st.integers(0, 3)), max_size=24))
def test_nobody_learns_of_few_by_subtracting_one_period_from_another(events) -> None:
    """Sums over a year, its quarters and its months; of one owner there may be several things, of one thing several people."""
    cells: list[Cell] = []
    things = {
        f"t{number}": (month, Counts(f"o{owner}" if people == 0 else f"t{number}", max(people, 1), Fraction(owner % 2)))
        for number, (month, owner, people) in enumerate(events)
    }
    spans = [
        range(1, 13),
        *(range(first, first + 3) for first in (1, 4, 7, 10)),
        *(range(m, m + 1) for m in range(1, 13)),
    ]
    told: list[Cell] = []
    for span in spans:
        cell = {key: counts for key, (month, counts) in things.items() if month in span}
        cells.append(cell)
        if tellable(cell, told, FEWEST):
            told.append(cell)
    whole = cells[0]
    for keys in _learnt(told):
        assert not keys or size(whole, keys) >= FEWEST
    assert size(whole, whole.keys()) < FEWEST or told[:1] == [whole]


@settings(max_examples=examples(30), deadline=None)
@given(_pairings())
def test_what_figures_say_of_one_year_tells_of_nobody(pairings) -> None:
    """The same through the figures themselves: every period of the year is asked for, and all are put together."""
    programme = _programme(pairings)
    said = {over: programme.figures(over) for over in _PERIODS}
    for name in ("relationship-success", "goal-achievement"):
        cells = [
            {
                mark.key: Counts(
                    mark.owner, mark.people, Fraction(part == "counted") if mark.value is None else mark.value
                )
                for part, mark in said[over][name].marks
            }
            for over in _PERIODS
            if said[over][name].state == "told"
        ]
        everything = {key: one for cell in cells for key, one in cell.items()}
        for keys in _learnt(cells):
            assert not keys or size(everything, keys) >= FEWEST
