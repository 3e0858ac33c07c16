"""The same points given to the package matching, as both sides' rankings: hospitals and residents."""

from __future__ import annotations

import json
import sys
import threading
import time
from pathlib import Path

from matching.games import HospitalResident

points = [dict(row) for row in json.loads(Path(sys.argv[1]).read_text(encoding="utf-8"))]


def main() -> None:
    """Rankings by points, ties by number: the package takes no ties."""
    wishes = {
        f"t{one}": [f"m{other}" for other in sorted(row, key=lambda other: (-row[other], other))]
        for one, row in enumerate(points)
        if row
    }
    sides: dict[str, list[int]] = {}
    for one, row in enumerate(points):
        for other in row:
            sides.setdefault(f"m{other}", []).append(one)
    ranks = {
        name: [f"t{one}" for one in sorted(those, key=lambda one: (-points[one][int(name[1:])], one))]
        for name, those in sides.items()
    }
    began = time.process_time()
    game = HospitalResident.create_from_dictionaries(wishes, ranks, dict.fromkeys(ranks, 1))
    solved = game.solve()
    ended = time.process_time()
    pairs = [(int(who.name[1:]), int(mentor.name[1:])) for mentor, those in solved.items() for who in those]
    found = [points[one][other] for one, other in pairs]
    print(json.dumps({"solve": ended - began, "placed": len(found), "lowest": min(found), "total": sum(found)}))


sys.setrecursionlimit(1_000_000)  # it copies deeply, and gives up at 200 people with the usual limit
threading.stack_size(512 * 1024 * 1024)
runner = threading.Thread(target=main)
runner.start()
runner.join()
