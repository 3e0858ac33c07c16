"""Who had no place goes first in the next cycle: a waiting list carried over two, and a mentee who was let down."""

from __future__ import annotations

import json
from typing import Any

from tests.journeys.pooled import DAY, INTERESTS, JUDGED, pairs
from tests.place import Place

#: Mentees who want the same of the one mentor left, with nothing to tell them apart.
MORE = """name,id,applicant,as,programmes,applied,skills,level
Mentee,t-one,p-one,mentee,"[formal]",2026-01-05,[rust],beginner
Mentee,t-two,p-two,mentee,"[formal]",2026-01-05,[rust],beginner
Mentee,t-six,p-six,mentee,"[formal]",2026-01-05,[rust],beginner
"""


def proposed(place: Place, cycle: str, day: str = DAY) -> dict[str, Any]:
    file = f"records/evidence/matches/formal-{cycle}.json"
    place.do("match", "propose", "formal", "--cycle", cycle, day=day)
    found: dict[str, Any] = json.loads((place.root / file).read_text(encoding="utf-8"))
    return found


def accepted(place: Place, *words: str, day: str = DAY) -> None:
    place.do("match", "accept", *words, *JUDGED, *INTERESTS, "--others-wait", day=day)


def waited(place: Place) -> dict[str, int]:
    every = ("t-one", "t-two", "t-six")
    return {one: place.json("show", one)["record"].get("cycles-waited", 0) for one in every}


def test_a_waiting_list_is_carried_over_two_cycles_and_a_rematch_goes_before_it(matchable: Place) -> None:
    place = matchable
    adopted = ("--adopt", "accepted", "--since", "2026-01-10", "--reason", "They were there before the register")
    place.do("new", "application", "--from", place.write("more.csv", MORE), *adopted, day="2026-03-03")

    # The first cycle: one of three has the one place, and the others wait one more.
    first = next(mentee for mentee, mentor in pairs(proposed(place, "a")).items() if mentor == "m-cy")
    accepted(place)
    others = {"t-one", "t-two", "t-six"} - {first}
    assert waited(place) == {first: 0, **dict.fromkeys(others, 1)}
    place.do("advance", f"formal-a-{first}", "dropped", "--reason", "They left before they met", day=DAY)

    # The second: one of those who waited goes before the one who was placed.
    second = next(mentee for mentee, mentor in pairs(proposed(place, "b")).items() if mentor == "m-cy")
    assert second in others
    [third] = others - {second}
    accepted(place)
    assert (waited(place)[second], waited(place)[third]) == (1, 2)

    # It does not fit: the two are in the pool again, are not paired again, and who was let down has waited one more.
    place.do("set", f"formal-b-{second}", "coordinator=p-rosa", f"introduced={DAY}", day=DAY)
    for _ in range(2):
        place.do("advance", f"formal-b-{second}", day=DAY)
    place.do("advance", f"formal-b-{second}", "rematch", "--reason", "It does not fit", day=DAY)
    place.do("set", "m-bo", "skills=[rust]", "capacity=3", day=DAY)
    found = proposed(place, "c")
    assert pairs(found)[third] == "m-cy"
    assert pairs(found)[second] == "m-bo"  # before whoever waited one cycle, and never again with m-cy
    assert "all-full" in {one["code"] for one in found["left"] if one["application"] == first}
    said = " ".join(place.do("match", "propose", "formal", "--cycle", "c", "--dry-run", day=DAY).out.split())
    assert f"waited 2 cycles (formal-b-{second} did not last)" in said
    assert place.run("match", "verify", day=DAY).code == 0


def test_whoever_waits_has_waited_once_for_a_proposal_however_often_it_is_accepted(matchable: Place) -> None:
    place = matchable
    proposed(place, "2026-spring")

    def counts() -> dict[str, int | None]:
        every = ("t-max", "t-eve", "t-kim", "t-tom", "t-zoe")
        return {one: place.json("show", one)["record"].get("cycles-waited") for one in every}

    others = ("--others-wait",)
    would = place.json("match", "accept", "t-max", *others, "--dry-run", day=DAY)["outcomes"]
    assert {one["id"]: one["does"] for one in would if one["id"].startswith("t-")} == {
        "t-eve": "waits, 2 cycles so far",
        "t-kim": "waits, 1 cycle so far",
        "t-tom": "waits, 1 cycle so far",
        "t-zoe": "waits, 1 cycle so far",
    }
    place.do("match", "accept", "t-max", *others, day=DAY)
    assert counts() == {"t-max": None, "t-eve": 2, "t-kim": 1, "t-tom": 1, "t-zoe": 1}
    would = place.json("match", "accept", "t-eve", *others, "--dry-run", day=DAY)["outcomes"]
    assert [(one["id"], one["does"]) for one in would][1:] == [("t-eve", "did not wait after all, 1 cycle so far")]
    place.do("match", "accept", "t-eve", *others, day=DAY)
    assert counts() == {"t-max": None, "t-eve": 1, "t-kim": 1, "t-tom": 1, "t-zoe": 1}
    place.do("match", "accept", "t-kim", day=DAY)  # also where nobody is said to wait
    assert counts() == {"t-max": None, "t-eve": 1, "t-kim": None, "t-tom": 1, "t-zoe": 1}
    assert place.run("check").code == 0
    assert place.run("audit").code == 0
