"""The circles of partnerkit, beside scipy's `milp` (HiGHS) on the same model: by the sum of points, as many placed."""

from __future__ import annotations

import json
import random
import sys
import time
from typing import Any

from partnerkit.matching.best import reached
from partnerkit.matching.circles import Circles
from partnerkit.matching.groups import AIMS, grouped, scoring
from partnerkit.matching.pool import Pool

#: HiGHS is stopped after so many seconds.
_SECONDS = 60


def main() -> None:
    """`circles.py MENTORS MENTEES HOURS`: how many hours of a week there are; 0: nobody says when they are free."""
    mentors, mentees, hours = map(int, sys.argv[1:4])
    circles = people(mentors, mentees, hours)
    began = time.process_time()
    found = grouped(circles)
    solved = time.process_time()
    bounds = found.bounds
    verified = time.process_time()
    aims = reached(circles.pool, found.matching)
    beside = by_milp(circles, aims.lowest)
    print(
        json.dumps(
            {
                "pairs": sum(map(len, circles.pool.points)),
                "cases": found.looked,
                "solve": solved - began,
                "verify": verified - solved,
                "placed": aims.placed,
                "total": aims.total,
                "proven": "all" if found.proven == list(AIMS) else ", ".join(found.proven),
                "placed-at-most": bounds.placed_at_most(circles),
                "total-at-most": bounds.total_at_most(circles, found.matching),
                "milp": beside,
            }
        )
    )


def people(mentors: int, mentees: int, hours: int) -> Circles:
    """People of eight subjects, free at four hours of so many, in circles of 3 to 6."""
    draw = random.Random(1)  # noqa: S311 - people, not secrets
    leading, joining = (
        tuple(sum(1 << one for one in draw.sample(range(hours), 4)) if hours else 1 for _ in range(count))
        for count in (mentors, mentees)
    )
    offered, wanted = (
        [set(draw.sample(range(8), lists)) for _ in range(count)] for count, lists in ((mentors, 3), (mentees, 2))
    )
    points = tuple(
        tuple(
            (mentor, 25 * draw.randint(4, 40))
            for mentor in range(mentors)
            if leading[mentor] & joining[mentee] and offered[mentor] & wanted[mentee]
        )
        for mentee in range(mentees)
    )
    pool = Pool(
        mentors=tuple(f"m{one:05}" for one in range(mentors)),
        mentees=tuple(f"t{one:05}" for one in range(mentees)),
        places=(6,) * mentors,
        waited=(0,) * mentees,
        points=points,
        seed="group bench",
    )
    return Circles(pool, 3, leading, joining)


def by_milp(circles: Circles, least: int) -> dict[str, Any]:
    """The same by HiGHS: a variable for each circle at each of its hours, and for each mentee in it."""
    import numpy as np  # noqa: PLC0415 - not part of what is measured
    from scipy.optimize import Bounds, LinearConstraint, milp  # noqa: PLC0415 - likewise
    from scipy.sparse import coo_array  # noqa: PLC0415 - likewise

    placing = 1001 * len(circles.pool.mentees)
    costs: list[float] = []
    cells: list[tuple[int, int, int]] = []
    lows: list[float] = []
    highs: list[float] = []

    def row(entries: list[tuple[int, int]], low: float, high: float) -> None:
        cells.extend((len(lows), column, value) for column, value in entries)
        lows.append(low)
        highs.append(high)

    by: list[list[int]] = [[] for _ in circles.pool.mentees]
    columns = scoring(circles, least).columns
    for mentor, hours in enumerate(circles.hours):
        made: list[int] = []
        for hour in hours:
            meets = len(costs)
            made.append(meets)
            costs.append(0)
            first = len(costs)
            for mentee, _ in columns[mentor]:
                if hour >> mentee & 1:
                    by[mentee].append(len(costs))
                    row([(len(costs), 1), (meets, -1)], -np.inf, 0)
                    costs.append(-placing - (circles.pool.points_of(mentee, mentor) or 0))
            members = [(one, 1) for one in range(first, len(costs))]
            row([*members, (meets, -circles.fewest)], 0, np.inf)
            row([*members, (meets, -circles.pool.places[mentor])], -np.inf, 0)
        row([(one, 1) for one in made], 0, 1)
    for columns_of in by:
        row([(one, 1) for one in columns_of], 0, 1)
    rows, places, values = zip(*cells, strict=True)
    matrix = coo_array((values, (rows, places)), shape=(len(lows), len(costs))).tocsr()
    began = time.process_time()
    found = milp(
        np.array(costs, dtype=float),
        constraints=LinearConstraint(matrix, lows, highs),
        bounds=Bounds(0, 1),
        integrality=np.ones(len(costs)),
        options={"time_limit": _SECONDS, "mip_rel_gap": 0},
    )
    seconds = time.process_time() - began
    if found.x is None:
        return {"seconds": seconds}
    worth = round(-found.fun)
    return {"seconds": seconds, "placed": worth // placing, "total": worth % placing, "optimal": found.status == 0}


if __name__ == "__main__":
    main()
