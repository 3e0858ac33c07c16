"""A pool of mentors and mentees to be matched, and its proposal."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from tests.journeys import mentoring
from tests.place import Place

DAY = "2026-03-10"
FILE = "records/evidence/matches/formal-2026-spring.json"
TRAINED = ", ".join(f'{{""on"": 2026-01-04, module: {module}}}' for module in mentoring.MODULES)
JUDGED = ("personality-match=70", "success-metrics=60: they agree")
INTERESTS = ("--interests", "Nobody who decides has one")

#: Four mentors and five mentees: more want SQL than there is room for, and one wants what nobody offers.
PEOPLE = f"""name,id,applicant,as,programmes,applied,skills,level,capacity,cycles-waited,conflicts,free,time-zone,training
Mentor,m-ada,p-ada,mentor,"[formal, group]",2026-01-05,"[sql, python]",advanced,2,,,"[mon 18:00-21:00]",UTC,"[{TRAINED}]"
Mentor,m-bo,p-bo,mentor,"[formal]",2026-01-05,"[python, writing]",expert,1,,,"[mon 18:00-21:00]",UTC,"[{TRAINED}]"
Mentor,m-cy,p-cy,mentor,"[formal]",2026-01-05,"[rust]",advanced,1,,[p-tom],,,"[{TRAINED}]"
Mentor,m-di,p-di,mentor,"[formal]",2026-01-05,"[sql]",advanced,1,,,,,
Mentee,t-max,p-max,mentee,"[formal, group]",2026-01-05,[sql],beginner,,,,"[mon 19:00-21:00]",UTC,
Mentee,t-eve,p-eve,mentee,"[formal, group]",2026-01-05,[sql],beginner,,1,,"[mon 20:00-21:00]",UTC,
Mentee,t-kim,p-kim,mentee,"[formal]",2026-01-05,"[sql, python]",beginner,,,,,,
Mentee,t-tom,p-tom,mentee,"[formal]",2026-01-05,[rust],beginner,,,,,,
Mentee,t-zoe,p-zoe,mentee,"[formal]",2026-01-05,[knitting],beginner,,,,,,
"""


def filled(root: Path) -> None:
    """A register of the programme with a pool in it."""
    place = mentoring.programme(root)
    file = place.write("people.csv", PEOPLE)
    adopted = ("--adopt", "accepted", "--since", "2026-01-10", "--reason", "They were there before the register")
    place.do("new", "application", "--from", file, *adopted, day="2026-03-03")


def proposed(place: Place, *words: str) -> dict[str, Any]:
    place.do("match", "propose", "formal", "--cycle", "2026-spring", *words, day=DAY)
    found: dict[str, Any] = json.loads((place.root / FILE).read_text(encoding="utf-8"))
    return found


def pairs(found: dict[str, Any]) -> dict[str, str]:
    return {one["mentee"]: one["mentor"] for one in found["pairs"]}
