"""Which pairs are not possible, and why: no score and no wish makes up for that."""

from __future__ import annotations

import random
from typing import Any

import pytest

from partnerkit.matching.market import NOBODY
from partnerkit.matching.people import Person
from partnerkit.matching.ruling_out import REASONS
from partnerkit.matching.solving import solved
from tests.matching.people import mentor, person, run

LOW: dict[str, Any] = {"level": "beginner", "skills": ["sql"]}
HIGH: dict[str, Any] = {"level": "advanced", "skills": ["sql"]}


@pytest.mark.parametrize(
    ("code", "mine", "theirs", "apart"),
    [
        ("self", {"ids": ["p-ada"]}, {}, ()),
        ("self", {}, {"ids": ["p-max"]}, ()),
        ("conflict", {"bound": ["p-ada"]}, {}, ()),
        ("conflict", {}, {"bound": ["p-max"]}, ()),
        ("conflict", {"bound": ["p-adele"]}, {"ids": ["p-adele"]}, ()),
        ("veto", {"shuns": ["p-ada"]}, {}, ()),
        ("veto", {}, {"shuns": ["p-maxine"]}, ()),
        ("not-again", {}, {}, [("p-max", "p-ada")]),
        ("not-again", {"ids": ["p-maxine"]}, {}, [("p-ada", "p-maxine")]),
        ("gap", {"level": "advanced"}, {}, ()),
        ("gap", {"level": "expert"}, {}, ()),
        ("no-common-hour", {"quarters": 0b111}, {"quarters": 0b1111}, ()),
        ("no-common-hour", {"quarters": 0}, {"quarters": 0b1111}, ()),
        ("too-little", {"skills": ["rust"]}, {}, ()),
    ],
)
def test_what_rules_a_pair_out(code: str, mine: dict[str, Any], theirs: dict[str, Any], apart: list[tuple[str, str]]):
    mine = {**LOW, **mine}
    if code == "veto" and not mine.get("shuns"):
        mine["ids"] = ["p-maxine"]
    found = run([mentor("ada", **{**HIGH, **theirs})], [person("max", **mine)], apart=apart)
    assert list(found.ruling.reasons(0, 0)) == [code]
    assert code in REASONS
    assert found.ruling.only(0, 0, code)
    assert found.pool.points == ((),)


@pytest.mark.parametrize(
    ("mine", "theirs"),
    [
        ({}, {}),
        ({"level": None}, {}),
        ({"skills": []}, {}),
        ({}, {"skills": []}),
        ({"quarters": None}, {"quarters": 0b1111}),
        ({"quarters": 0b1111_0000}, {"quarters": 0b1111_1100}),
        ({"bound": ["p-eve"], "shuns": ["p-eve"]}, {}),
    ],
)
def test_what_does_not(mine: dict[str, Any], theirs: dict[str, Any]):
    found = run([mentor("ada", **{**HIGH, **theirs})], [person("max", **{**LOW, **mine})], apart=[("p-max", "p-eve")])
    assert list(found.ruling.reasons(0, 0)) == []
    assert len(found.pool.points[0]) == 1


def test_in_reverse_mentoring_the_junior_teaches():
    found = run([mentor("ada", **LOW)], [person("max", **HIGH)], "reverse")
    assert found.ruling.why(0, 0) is None
    assert run([mentor("ada", **HIGH)], [person("max", **LOW)], "reverse").ruling.why(0, 0) == "gap"


def somebody(draw: random.Random, name: str, part: str) -> Person:
    def some(words: list[str]) -> list[str]:
        return draw.sample(words, draw.randint(0, 2))

    everybody = [f"p-{one}{count}" for one in ("m", "t") for count in range(8)]
    return person(
        name,
        part,
        room=draw.randint(0, 2),
        waited=draw.randint(0, 2),
        quarters=draw.choice([None, draw.getrandbits(16), draw.getrandbits(16) << 8]),
        shuns=draw.sample(everybody, draw.choice([0, 0, 1])),
        bound=draw.sample(everybody, draw.choice([0, 0, 1])),
        skills=some(["sql", "rust", "ops"]),
        level=draw.choice([None, "beginner", "intermediate", "advanced", "expert"]),
        region=draw.choice([None, "north", "south"]),
    )


@pytest.mark.parametrize("programme", ["formal", "reverse", "group"])
def test_nothing_that_is_ruled_out_and_nobody_over_their_room_is_ever_proposed(programme: str):
    """Whoever is looked at is found at a glance: the glance leaves out nobody who is possible."""
    pairs = 0
    for seed in range(150):
        draw = random.Random(seed)  # noqa: S311 - the same cases each time
        mentors = [somebody(draw, f"m{count}", "mentor") for count in range(draw.randint(0, 8))]
        mentees = [somebody(draw, f"t{count}", "mentee") for count in range(draw.randint(0, 8))]
        found = run(mentors, mentees, programme, apart=[("p-m1", "p-t1")])
        for mentee in range(len(mentees)):
            possible = [place for place in range(len(mentors)) if found.ruling.why(mentee, place) is None]
            assert [mentor for mentor, _ in found.pool.points[mentee]] == possible
        matching = solved(found).matching
        for mentee, one in enumerate(matching):
            if one != NOBODY:
                pairs += 1
                assert list(found.ruling.reasons(mentee, one)) == []
        assert all(matching.count(place) <= one.room for place, one in enumerate(found.mentors))
    assert pairs > 40
