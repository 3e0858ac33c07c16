"""Numbers of charts: what may be drawn, how much of it, and where an axis has its marks."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import TypeVar

Row = TypeVar("Row")

#: How many bars, strips or shares a drawing has at most; the table has all.
MOST = 40


def amount(value: float) -> float:
    """A number that a chart can show.

    Raises:
        ValueError: it is negative, endless or none.
    """
    if not (math.isfinite(value) and value >= 0):
        raise ValueError(f"{value!r} cannot be drawn")
    return value


def shown(rows: Sequence[Row]) -> tuple[Sequence[Row], int]:
    """The rows that are drawn, and how many are not."""
    return rows[:MOST], max(len(rows) - MOST, 0)


def marks(most: float, wanted: int = 4, *, whole: bool = True) -> list[float]:
    """The marks of an axis from 0 to at least `most`: about as many as wanted, each a round number."""
    rough = max(most, 1e-9) / wanted
    power = 10.0 ** math.floor(math.log10(rough))
    step = next(round_ * power for round_ in (1, 2, 5, 10) if round_ * power >= rough)
    if whole:
        step = max(math.ceil(step), 1)
    return [index * step for index in range(math.ceil(most / step - 1e-9) + 1)] if most else [0, step]


def percents(values: Sequence[float]) -> list[int]:
    """Shares of the whole in whole percent that add up to 100: what rounding leaves goes to the largest rests."""
    total = sum(values)
    if not total:
        return [0] * len(values)
    exact = [value * 100 / total for value in values]
    found = [math.floor(one) for one in exact]
    order = sorted(range(len(values)), key=lambda index: (found[index] - exact[index], index))
    for index in order[: 100 - sum(found)]:
        found[index] += 1
    return found
