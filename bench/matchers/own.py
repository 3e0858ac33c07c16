"""The matching of partnerkit: points, the best answer, explanation and certificate, from what people say."""

from __future__ import annotations

import json
import sys
import time
from datetime import date
from pathlib import Path

from bench.pool import people
from partnerkit.matching import pairs
from partnerkit.matching.assignment import assigned
from partnerkit.matching.compiled import by_scipy
from partnerkit.matching.market import NOBODY
from partnerkit.matching.pool import Pool
from partnerkit.matching.proposal import Origin, Proposal, proposal
from partnerkit.matching.proving import unproven
from partnerkit.matching.solving import solved
from partnerkit.matching.vectors import Vectors
from partnerkit.store.packs import load


def main() -> None:
    """`own.py PEOPLE plain|scipy [FILE]`: with a file, the points of every pair are written there for others."""
    count, solver = int(sys.argv[1]), {"plain": assigned, "scipy": by_scipy}[sys.argv[2]]
    if solver is assigned:
        pairs._PAYS_OFF = sys.maxsize  # noqa: SLF001 - plain Python alone, as without the extra
    run = people(count, load("MEM-02-03").policy)
    began = time.process_time()
    pool = run.pool
    scored = time.process_time()
    answer = solved(run, solver=solver)
    found = time.process_time()
    data = proposal(run, answer, Origin(date(2026, 3, 2), "2026-03-02T12:00:00Z", "0" * 40, "bench"))
    text = json.dumps(data)
    told = time.process_time()
    wrong = unproven(run, Proposal.model_validate(json.loads(text)))
    verified = time.process_time()
    if wrong is not None:
        sys.exit(wrong)
    alone = _alone(pool, answer.reached.lowest) if solver is by_scipy else 0
    print(
        json.dumps(
            {
                "points": scored - began,
                "solve": found - scored,
                "tell": told - found,
                "verify": verified - told,
                "solver": alone,
                "placed": answer.reached.placed,
                "lowest": answer.reached.lowest,
                "total": answer.reached.total,
                "pairs": sum(map(len, pool.points)),
            }
        )
    )
    if len(sys.argv) > 3:  # noqa: PLR2004 - the third word is the file
        Path(sys.argv[3]).write_text(json.dumps(pool.points), encoding="utf-8")
    assert NOBODY == -1  # noqa: S101 - what the others are given counts on it


def _alone(pool: Pool, lowest: int) -> float:
    """The time of the solver's own one search, over what it is given in the end."""
    from scipy.sparse.csgraph import min_weight_full_bipartite_matching  # noqa: PLC0415 - not to be measured elsewhere

    costs = Vectors(pool).costs(lowest)
    began = time.process_time()
    min_weight_full_bipartite_matching(costs)
    return time.process_time() - began


if __name__ == "__main__":
    main()
