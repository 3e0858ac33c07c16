"""From the pool to completed pairings: a cohort matched, met, agreed, run, ended; one pair that did not fit, matched anew."""

from __future__ import annotations

from collections import Counter

from tests.journeys.mentoring import TERMS
from tests.journeys.telling import Teller
from tests.journeys.test_mem_cohort import Coordinator, decided, looked_through, mentors_prepared, taken_in

#: How many commands it takes, the sheets among them, from the pool to the last completed pairing.
COMMANDS = 39

PAIRINGS = ("--where", "kind=pairing")
JUDGED = ("personality-match=70", "success-metrics=60: they agree", "--interests", "Nobody who decides has one")


def matched(c: Coordinator) -> None:
    """A conflict that somebody declares is never proposed; the coordinator reads, and accepts all in one commit."""
    c.do("set", "mentee-p-0014", "conflicts=[p-0009]")
    said = c.do("match", "propose", "formal", "--cycle", "2026-spring")
    assert "11 of 11 who wait have a mentor" in said
    told = c.t.place.json("match", "explain", "mentee-p-0014", "--why-not", "p-0009", day=c.t.day)
    assert told["others"][0]["ruled_out"] == ["conflict"]
    c.do("match", "verify")
    c.do("match", "accept", *JUDGED, "--others-wait")


def met(c: Coordinator) -> None:
    """They meet, say whether it fits, and agree."""
    c.do("advance", *PAIRINGS)
    c.do("set", *PAIRINGS, "coordinator=p-rosa", f"introduced={c.t.day}")
    c.do("advance", *PAIRINGS)
    c.do("add", "goal-discussion", *PAIRINGS, "summary=They spoke", "outcome=done")
    c.do("add", "compatibility-after-meeting", *PAIRINGS, "summary=Both asked", "outcome=pass")
    for what in ("interests-declared", "relationship-confirmation"):
        c.sheet(what, {"text": "Yes"})
    c.do("advance", *PAIRINGS)


def agreed(c: Coordinator) -> None:
    """What they settle, and who signs it."""
    goals = "goals=[{id: g1, text: Learn, measure: A talk is given, due: 2026-08-01}]"
    terms = [f"terms.{term}=section 2" for term in TERMS]
    days = (f"starts={c.t.day}", "ends=2026-09-10")
    c.do("set", *PAIRINGS, *terms, "success=We use it", goals, "channels=regular-meetings", *days)
    c.do("add", "program-orientation", *PAIRINGS, "summary=Shown round", "outcome=done")
    c.do("add", "mentorship-agreement", c.t.place.write("agreement.md", "# We agree\n"), *PAIRINGS)
    c.sheet("agreement-signing", {"method": "e-signature"})
    c.do("advance", *PAIRINGS)
    c.do("advance", *PAIRINGS)


def ran(c: Coordinator) -> None:
    """A month of meetings and check-ins, from sheets; one pair does not fit, and nobody says why."""
    c.t.day = "2026-04-10"
    c.sheet("meetings", {"minutes": "60", "on": "2026-04-08", "mode": "virtual"})
    c.sheet("check-ins", {"on": "2026-04-09"})
    parted = "formal-2026-spring-mentee-p-0020"
    c.do("set", parted, "termination.trigger=mentee", "termination.effective=2026-04-10")
    c.do("advance", parted, "rematch", "--reason", "It did not fit")
    c.do("set", "mentee-p-0020", "cycles-waited=1")
    said = c.do("match", "propose", "formal", "--cycle", "2026-rematch")
    assert "1 of 1 who wait have a mentor" in said
    told = c.t.place.json("match", "explain", "mentee-p-0020", "--why-not", "p-0010", day=c.t.day)
    assert (told["mentor"] != "mentor-p-0010", told["others"][0]["ruled_out"]) == (True, ["not-again"])
    c.do("match", "accept", *JUDGED)
    assert stages(c.t) == {"active": 10, "rematch": 1, "proposed": 1}


def ended(c: Coordinator) -> None:
    """Every pairing has its evaluation, also the one that ended early, and is completed."""
    c.t.day = "2026-09-10"
    active = ("--where", "kind=pairing", "--where", "stage=active")
    c.do("new", "review", "At the end", *active, "rhythm=end", "from=2026-03-10", "until=2026-09-10")
    parted = ("of=formal-2026-spring-mentee-p-0020", "rhythm=end", "from=2026-03-10", "until=2026-04-10")
    c.do("new", "review", "After the end", *parted)
    reviews = ("--where", "kind=review")
    c.do("set", *reviews, "findings=They learnt what they wanted", "conclusion=end")
    c.do("add", "ratings", *reviews, "name=relationship-quality", "score=4", "why=Both say so")
    c.do("add", "ratings", *reviews, "name=goal-achievement", "of=g1", "score=4", "why=The talk was given")
    c.do("approve", "review-sign-off", *reviews)
    c.do("advance", *reviews)
    c.do("set", *active, "goals.*.status=reached")
    c.do("advance", *active)
    assert stages(c.t) == {"completed": 10, "rematch": 1, "proposed": 1}


def stages(t: Teller) -> dict[str, int]:
    """How many pairings stand in each stage."""
    return Counter(one["stage"] for one in t.place.json("list", "pairing", day=t.day)["records"])


def test_a_cohort_goes_from_the_pool_to_completed_pairings(programme: Teller) -> None:
    c = Coordinator(programme)
    for chapter in (taken_in, looked_through, mentors_prepared, decided):
        chapter(c)
    programme.day, c.typed = "2026-03-10", 0
    for chapter in (matched, met, agreed, ran, ended):
        chapter(c)
    assert c.typed == COMMANDS
    assert programme.place.run("check", day=programme.day).code == 0
    assert programme.place.run("audit", day=programme.day).code == 0
    assert programme.place.run("match", "verify", day=programme.day).code == 0
