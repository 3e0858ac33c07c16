"""Under MEM-02-03, a pair of whom nothing is heard: the coordinator asks, then others hear of it, then it may end."""

from __future__ import annotations

from typing import Any

from tests.journeys.mentoring import participants, stage
from tests.journeys.telling import Teller


def silent(t: Teller, day: str) -> dict[str, dict[str, Any]]:
    """What `today` says of silence on a day, by what."""
    found = t.place.json("today", "--within", "P0D", day=day)["obligations"]
    return {one["what"]: one for one in found if one["what"].startswith("silent")}


def test_a_silent_pair_is_asked_then_named_then_may_be_ended_by_a_person(programme: Teller) -> None:
    t = programme
    people = participants("p-ada/mentor", "p-max/mentee")
    given = ("--adopt", "active", "--since", "2026-03-01", "--reason", "It ran before")
    t.do("new", "pairing", "Together", "id=pair", people, "programme=formal", "coordinator=p-rosa", *given)
    assert silent(t, "2027-03-01") == {}  # until somebody has decided how long is too long
    asked = t.place.json("policy", "gaps", day=t.day)
    assert "silence" in str(asked)
    times = ("silence=P6W", "silence-unattended=P8W", "silence-end=P4M")
    t.do("policy", "set", "MEM-02-03", *times, "--seen", "minutes/2.md")
    t.do("add", "pair", "meetings", "on=2026-03-02", "minutes=60")

    assert silent(t, "2026-04-12") == {}
    first = silent(t, "2026-04-14")["silent-pair"]
    assert (first["state"], first["due"], first["people"]) == ("late", "2026-04-13", ["p-rosa"])
    contact = "partnerkit add pair communications kind=contact summary=<communications.summary>"
    assert first["command"] == contact
    found = silent(t, "2026-04-28")
    assert set(found) == {"silent-pair", "silent-pair-unattended"}
    assert (found["silent-pair-unattended"]["role"], found["silent-pair-unattended"]["people"]) == (
        "program-manager",
        ["p-jonas"],
    )

    t.day = "2026-04-28"
    t.do("add", "pair", "communications", "kind=contact", "summary=Both were asked how they are")
    assert silent(t, t.day) == {}
    assert set(silent(t, "2026-06-10")) == {"silent-pair"}  # the time has started anew, and is over again
    found = silent(t, "2026-07-03")  # what the coordinator asked is no meeting: an end may be proposed
    assert set(found) == {"silent-pair", "silent-pair-unattended", "silent-pair-end"}
    end = found["silent-pair-end"]
    assert (end["state"], end["command"], end["since"]) == ("due", "partnerkit gates pair terminated", "2026-07-02")
    assert "nothing since 2026-03-02" in end["note"]
    t.day = "2026-07-03"
    assert "termination.trigger" in t.place.do("gates", "pair", "terminated", day=t.day).out
    assert stage(t, "pair") == "active"  # nothing ends by itself
    t.do("add", "pair", "check-ins", "person=p-max")
    assert silent(t, t.day) == {}
    rows = t.do("export", "sheet", "check-ins").out.splitlines()[1:]
    assert [row.split(",")[4] for row in rows] == ["p-ada", "p-max"]  # as the monthly check-ins want it, and no more
    [row] = t.do("export", "sheet", "communications").out.splitlines()[1:]
    assert "contact" in row.split(",")
