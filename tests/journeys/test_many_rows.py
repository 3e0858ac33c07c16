"""Several rows of a sheet for one record: counted as one record, and judged by what all of them say together."""

from __future__ import annotations

from tests.journeys.mentoring import participants
from tests.journeys.telling import Teller

ADOPTED = ("--adopt", "introduced", "--since", "2026-03-03", "--reason", "They had met before there was a register")
NAMES = ("the-first-of-two-pairings-with-a-long-name", "the-second-of-two-pairings-with-a-long-name")


def test_what_a_later_row_brings_is_not_called_missing(programme: Teller) -> None:
    t = programme
    t.day = "2026-03-10"
    for name in NAMES:
        people = participants("p-ada/mentor", "p-max/mentee")
        t.do("new", "pairing", "Together", f"id={name}", people, "programme=formal", *ADOPTED)
    rows = [f"{NAMES[0]},p-ada", f"{NAMES[0]},p-max", f"{NAMES[1]},p-ada"]
    said = t.do("add", "interests-declared", "--from", t.place.write("said.csv", "\n".join(["id,party", *rows]) + "\n"))
    assert "pairing/2 records: add interests-declared, 3 lines" in said.out
    assert said.all.count("not met yet") == 1
    assert f"interests-declared is not met yet by {NAMES[1]}." in said.all
    assert "acknowledgement by p-max" in said.all
    assert t.place.git("log", "-1", "--format=%s").strip() == "pairing/2 records: add interests-declared, 3 lines"


def test_one_row_for_each_is_told_as_before(programme: Teller) -> None:
    t = programme
    t.day = "2026-03-10"
    people = participants("p-ada/mentor", "p-max/mentee")
    t.do("new", "pairing", "Together", "id=pair", people, "programme=formal", *ADOPTED)
    said = t.do("add", "pair", "interests-declared", "party=p-ada")
    assert "pairing/pair: add interests-declared " in said.out
    assert "interests-declared is not met yet by pair." in said.all
