"""How well two people fit, by criterion, and in all."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from partnerkit.kinds.week import free
from partnerkit.matching.points import common_hours
from partnerkit.matching.run import Run
from tests.matching.people import mentor, person, run
from tests.policies.packs import pack

CRITERIA = list(pack("MEM-02-03").matching.criteria)  # type: ignore[union-attr]  # this pack has one


def points(found: Run, criterion: str) -> int:
    return found.scorer.by_criterion(0, 0)[CRITERIA.index(criterion)]


@pytest.mark.parametrize(
    ("criterion", "mine", "theirs", "expected"),
    [
        ("skill-areas", {"skills": ["python", "sql"]}, {"skills": ["sql", "ops", "rust"]}, 50),
        ("skill-areas", {"skills": ["python", "sql", "ops"]}, {"skills": ["sql", "ops"]}, 66),
        ("skill-areas", {"skills": ["python"]}, {"skills": ["sql"]}, 0),
        ("skill-areas", {}, {"skills": ["sql"]}, 50),
        ("skill-areas", {"skills": ["python"]}, {}, 50),
        ("technology-stack", {"technologies": ["linux", "git", "make"]}, {"technologies": ["git"]}, 100),
        ("technology-stack", {"technologies": ["linux"]}, {"technologies": ["git", "linux"]}, 100),
        ("technology-stack", {"technologies": ["linux", "git"]}, {"technologies": ["git", "make", "vim"]}, 50),
        ("experience-level", {"level": "beginner"}, {"level": "intermediate"}, 100),
        ("experience-level", {"level": "beginner"}, {"level": "advanced"}, 75),
        ("experience-level", {"level": "beginner"}, {"level": "expert"}, 50),
        ("experience-level", {"level": "expert"}, {"level": "beginner"}, 0),
        ("experience-level", {"level": "unheard-of"}, {"level": "expert"}, 50),
        ("geographic-considerations", {"region": "north"}, {"region": "north"}, 100),
        ("geographic-considerations", {"region": "north"}, {"region": "south"}, 0),
        ("geographic-considerations", {"region": "north"}, {}, 50),
        ("learning-priorities", {"skills": ["sql"], "priorities": ["ops"]}, {"skills": ["sql"]}, 0),
        ("availability", {"quarters": 0b1111_1111}, {"quarters": 0b1111_0000}, 25),
        ("availability", {"quarters": (1 << 40) - 1}, {"quarters": (1 << 30) - 1}, 100),
        ("availability", {"quarters": None}, {"quarters": 15}, 50),
    ],
)
def test_points_of_a_criterion(criterion: str, mine: dict[str, Any], theirs: dict[str, Any], expected: int):
    assert points(run([mentor("ada", **theirs)], [person("max", **mine)]), criterion) == expected


def test_the_total_is_the_weighted_mean_of_1000():
    found = run([mentor("ada", skills=["sql"], level="advanced")], [person("max", skills=["sql"], level="beginner")])
    mean = sum(found.scorer.by_criterion(0, 0)) / len(CRITERIA) * 10
    assert found.scorer.total(0, 0) == int(mean + 0.5) == 575


def test_a_weight_counts_so_often():
    policy = pack("MEM-02-03")
    assert policy.matching is not None
    weighed = {
        name: one.model_copy(update={"weight": {"skill-areas": 3, "availability": 1}.get(name, 0)})
        for name, one in policy.matching.criteria.items()
    }
    heavy = policy.model_copy(update={"matching": policy.matching.model_copy(update={"criteria": weighed})})
    found = run([mentor("ada", skills=["sql"])], [person("max", skills=["sql"])], policy=heavy)
    assert found.scorer.total(0, 0) == (3 * 1000 + 500) // 4 + 0


def test_common_hours_are_those_of_everybody():
    morning, noon = (
        free(["mon 09:00-12:00"], "UTC", date(2026, 3, 2)),
        free(["mon 11:00-14:00"], "UTC", date(2026, 3, 2)),
    )
    people = [person("max", quarters=morning), mentor("ada", quarters=noon)]
    assert common_hours(people) == 1
    assert common_hours([*people, person("eve")]) is None
    assert common_hours([]) is None
