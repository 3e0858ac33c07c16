"""Under MEM-02-03, how many mentees a mentor has at a time: no pairing begins beyond what they said."""

from __future__ import annotations

from typing import Any

from tests.journeys import mentoring
from tests.journeys.mentoring import MENTOR, PAIR, TWO, participants, settled, upto_confirmed
from tests.journeys.telling import Teller

SECOND = "python-two"


CLAUSE = "§10.2.2/resource-allocation"


def ready(t: Teller, name: str, people: str) -> None:
    upto_confirmed(t, name, people, "programme=formal")
    settled(t, name, "starts=2026-03-02", "ends=2026-09-02")
    t.do("advance", name)


def owed(t: Teller) -> list[dict[str, Any]]:
    return [one for one in t.place.json("today", day=t.day)["obligations"] if one["what"] == "mentees-at-a-time"]


def test_more_mentees_than_a_mentor_takes_on_are_found_until_they_are_fewer(pool: Teller) -> None:
    """§10.2.2/resource-allocation: two beside a capacity of two are no finding; beside one, they are."""
    t = pool
    ready(t, PAIR, TWO)
    t.do("advance", PAIR)
    mentoring.accepted_mentee(t.place, "mentee-eva", "p-eva")
    ready(t, SECOND, participants(f"p-ada/mentor/{MENTOR}", "p-eva/mentee/mentee-eva"))
    t.do("set", MENTOR, "capacity=1")
    more = f"participants where as is mentee: 2 (1 in {PAIR}, 1 in {SECOND}), and capacity is 1"
    taught = {"record": SECOND, "clause": CLAUSE, "command": f"partnerkit set {MENTOR} capacity=<capacity>"}
    t.refuse("advance", SECOND, **taught, missing=more)
    assert more in t.place.do("gates", SECOND, day=t.day).out
    t.do("set", MENTOR, "capacity=2")
    t.do("advance", SECOND)
    assert t.warned() == ["policy-review-overdue"]
    assert owed(t) == []
    t.do("set", MENTOR, "capacity=1")
    [breach, _policy] = t.place.json("check", day=t.day)["findings"]
    assert (breach["code"], breach["severity"], breach["record"]) == ("standing-breach", "warning", MENTOR)
    assert f"participants where as is mentee: 2 (1 in {PAIR}, 1 in {SECOND}), and capacity is 1" in breach["message"]
    assert breach["clause"] == "MEM-02-03 §10.2.2/resource-allocation"
    assert breach["mend"] == f"partnerkit set {MENTOR} capacity=<capacity>"
    [line] = owed(t)
    assert (line["record"], line["people"]) == (MENTOR, ["p-jonas", "p-rosa"])
    t.do("set", SECOND, "termination.trigger=mentee", f"termination.effective={t.day}")
    t.do("advance", SECOND, "terminated")
    assert owed(t) == []
    assert "capacity" not in t.place.do("check", day=t.day).out


def test_a_group_counts_each_of_its_mentees(pool: Teller) -> None:
    t, circle = pool, "mentor-circle"
    mentoring.accepted_mentor(t.place, circle, "p-oda", "programmes=group")
    people = [f"p-oda/mentor/{circle}"]
    for name in ("one", "two", "three"):
        mentoring.accepted_mentee(t.place, f"mentee-{name}", f"p-{name}", "programmes=group")
        people.append(f"p-{name}/mentee/mentee-{name}")
    upto_confirmed(t, PAIR, participants(*people), "programme=group", "group-kind=mentor-circles")
    settled(t, PAIR, "starts=2026-03-02", "ends=2026-06-02")
    t.do("advance", PAIR)
    assert owed(t) == []  # settled, and not begun
    command = f"partnerkit set {circle} capacity=<capacity>"
    missing = f"3 (3 in {PAIR}), and capacity is 2"
    t.refuse("advance", PAIR, record=PAIR, clause=CLAUSE, missing=missing, command=command)
    t.do("set", circle, "capacity=3")
    t.do("advance", PAIR)
    assert owed(t) == []
    t.do("set", circle, "capacity=2")
    [line] = owed(t)
    assert missing in line["note"]
