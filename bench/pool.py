"""People to be matched, drawn by chance that can be made again: 40 skills, ten time zones, three evenings a week."""

from __future__ import annotations

import random
from datetime import date
from typing import Any

from partnerkit.kinds.week import free
from partnerkit.matching.people import People, Person
from partnerkit.matching.run import Run
from partnerkit.policies.policy import Policy

_SKILLS = [f"skill-{number}" for number in range(40)]
_LEVELS = ["beginner", "intermediate", "advanced", "expert"]
_ZONES = [
    *("Europe/Berlin", "Europe/London", "America/New_York", "Asia/Kolkata", "Asia/Tokyo"),
    *("America/Los_Angeles", "Africa/Lagos", "Australia/Sydney", "America/Sao_Paulo", "Europe/Kyiv"),
]
_DAYS = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"]


def people(count: int, policy: Policy) -> Run:
    """So many mentors, each with room for one, and as many mentees."""
    draw = random.Random(1)  # noqa: S311 - people, not secrets
    mentors = [_person(draw, f"m{one:05}", "mentor", (3, 7), _LEVELS[1:]) for one in range(count)]
    mentees = [_person(draw, f"t{one:05}", "mentee", (1, 4), _LEVELS[:3]) for one in range(count)]
    everybody = {one.id: one for one in (*mentors, *mentees)}
    return Run(policy, "formal", "bench", People(tuple(mentors), tuple(mentees), by_id=everybody), {})


def _person(draw: random.Random, id_: str, part: str, skills: tuple[int, int], levels: list[str]) -> Person:
    hours = [f"{day} {hour}:00-{hour + 2}:00" for day in draw.sample(_DAYS, 3) for hour in [draw.randint(17, 20)]]
    data: dict[str, Any] = {
        "as": part,
        "skills": draw.sample(_SKILLS, draw.randint(*skills)),
        "level": draw.choice(levels),
        "technologies": draw.sample(_SKILLS, 3),
        "region": draw.choice(["north", "east", "south", "west"]),
        "career": [draw.choice(["leading", "an expert", "founding"])],
    }
    quarters = free(hours, draw.choice(_ZONES), date(2026, 3, 2))
    waited = draw.choice([0, 0, 0, 1]) if part == "mentee" else 0
    nobody = frozenset[str]()
    return Person(id_, f"p-{id_}", frozenset([f"p-{id_}"]), data, 1, waited, quarters, nobody, nobody, ())
