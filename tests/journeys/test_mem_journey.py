"""Under MEM-02-03, a formal mentorship from a proposal to its end, with the refusals on the way; and what ends otherwise."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.journeys import mentoring
from tests.journeys.mentoring import (
    FIT,
    MENTEE,
    PAIR,
    TERMS,
    TWO,
    participants,
    points,
    stage,
)
from tests.journeys.telling import Teller, going_on
from tests.made import Made, copied
from tests.place import Place


def propose(t: Teller) -> None:
    t.do("new", "pairing", "Python, spring 2026", f"id={PAIR}", "programme=formal", TWO, by="p-jonas")
    t.do("add", PAIR, "match-proposed", "https://files.example/run-1")
    t.do("add", PAIR, "match-assessed", *points(FIT, words=True))
    t.do("add", PAIR, "conflict-check", "summary=Nobody has one", "outcome=done")
    t.refuse(
        *("advance", PAIR),
        clause="§5.2.1/manual-review",
        missing="Missing: approval by mentorship-coordinator, 0 of 1",
        who="p-rosa",
        command=f"partnerkit approve {PAIR} manual-review --for p-rosa --seen <seen>",
    )
    t.do("approve", PAIR, "manual-review")
    t.do("advance", PAIR)
    t.refuse(
        *("set", PAIR, "programme=reverse"),
        clause="§5.2.1/manual-review",
        missing="programme is locked",
        command=f"partnerkit gates {PAIR}",
    )


def introduce(t: Teller) -> None:
    assert "day-to-come" in t.place.refuse("set", PAIR, "introduced=2026-03-10", day=t.day).err
    said = t.refuse(
        *("advance", PAIR),
        clause="§7.1.2/program-coordinator",
        missing="Missing: coordinator",
        command=f"partnerkit set {PAIR} coordinator=<coordinator>",
    )
    assert "introduced" in said.err
    t.day = "2026-03-10"
    t.do("set", PAIR, "coordinator=p-rosa", "introduced=2026-03-10")
    t.do("advance", PAIR)
    t.do("add", PAIR, "goal-discussion", "summary=They spoke", "outcome=done")
    t.do("add", PAIR, "compatibility-after-meeting", "summary=Both asked", "outcome=pass")
    for person in ("p-ada", "p-max"):
        t.do("add", PAIR, "interests-declared", f"party={person}")
    t.do("add", PAIR, "relationship-confirmation", "party=p-ada", "answer=good")
    t.refuse(
        *("advance", PAIR),
        clause="§5.2.2/relationship-confirmation",
        missing="Missing: the answer of p-max (good, still-deciding or not-good)",
        command=f"partnerkit add {PAIR} relationship-confirmation party=p-max answer=<answer>",
    )
    assert "did you mean p-max" in t.place.wrong("add", PAIR, "relationship-confirmation", "party=p-mx", day=t.day).err
    t.do("add", PAIR, "relationship-confirmation", "party=p-max", "answer=good")
    t.do("advance", PAIR)


def agree(t: Teller) -> None:
    """Length, rhythm and signatures of a formal mentorship; what is agreed is locked."""
    goals = "goals=[{id: g1, text: Write tests, measure: A suite that runs, due: 2026-08-01}]"
    t.do("set", PAIR, *(f"terms.{term}=section 2" for term in TERMS), "success=The suite is used", goals)
    t.do("set", PAIR, "starts=2026-03-31", "ends=2026-09-29", "channels=regular-meetings,email-communication")
    t.do("set", PAIR, "meets-every=P2M", "meeting-minutes=45")
    t.do("add", PAIR, "program-orientation", "summary=Shown round", "outcome=done")
    t.do("add", PAIR, "mentorship-agreement", t.place.write("agreement.md", "# We agree\n"))
    t.do("add", PAIR, "agreement-signing", "party=p-ada")
    said = t.refuse(
        *("advance", PAIR),
        clause="§5.2.3/agreement-signing",
        missing="Missing: the signature of p-max",
        command=f"partnerkit add {PAIR} agreement-signing party=p-max --on <day>",
    )
    assert "starts (2026-03-31) is not P6M before ends (2026-09-29)" in said.err  # 30 September: the end clamps
    assert "To be left empty: meets-every" in said.err
    assert "agreement-acknowledged" not in said.err  # that is for peers
    assert "meeting-minutes is 45" not in said.err  # a shorter meeting is only said, never refused
    assert "meeting-minutes is 45, and at least 60 is needed" in t.place.do("gates", PAIR, day=t.day).out
    t.do("add", PAIR, "agreement-signing", "party=p-max")
    t.do("set", PAIR, "ends=2026-09-30", "meets-every=", "meeting-minutes=")
    t.do("advance", PAIR)
    t.refuse(
        *("set", PAIR, "ends=2027-09-30"),
        clause="§5.2.3/schedule-setting",
        missing="ends is locked",
        command=f"partnerkit gates {PAIR}",
    )


def run(t: Teller) -> None:
    t.refuse(
        *("advance", PAIR),
        clause="§5.2.3/schedule-setting",
        missing="today (2026-03-10) is before starts (2026-03-31)",
        command=f"partnerkit set {PAIR} starts=<starts>",
    )
    t.day = "2026-03-31"
    t.do("advance", PAIR)
    t.do("add", PAIR, "meetings", "minutes=60", "mode=virtual")
    t.do("add", PAIR, "check-ins", "person=p-max")
    t.do("advance", PAIR, "paused", "--reason", "Summer, until 1 June")
    t.do("advance", PAIR, "active", "--reason", "Back again")


def evaluate(t: Teller) -> None:
    """Not before the last day, not with open goals, not without the evaluation, which a participant cannot sign off."""
    t.day = "2026-09-29"
    said = t.refuse(
        *("advance", PAIR),
        clause="§8.1.1/end-of-program-evaluation",
        missing="Missing: review in done (there is none)",
        who="mentorship-coordinator (p-rosa)",
        command=None,
    )
    assert "today (2026-09-29) is before ends (2026-09-30)" in said.err
    assert "goals: 1 where status is not reached or partly or dropped, and at most 0 may be there" in said.err
    t.day = "2026-09-30"
    review = f"{PAIR}-evaluation"
    t.do("set", PAIR, "goals.g1.status=reached")
    t.do("new", "review", "Evaluation", f"of={PAIR}", "rhythm=end", "from=2026-03-31", "until=2026-09-30")
    t.do("set", review, "findings=Both would do it again", "conclusion=end")
    t.do("add", review, "ratings", "name=relationship-quality", "score=5", "why=They met every month")
    t.do("approve", review, "review-sign-off")
    t.refuse(
        *("advance", review),
        record=review,
        clause="§9.2.1/goal-achievement",
        missing="Missing in ratings: g1",
        command=f"partnerkit add {review} ratings of=g1 name=<ratings.name> score=<ratings.score> why=<ratings.why>",
    )
    t.do("add", review, "ratings", "name=goal-achievement", "of=g1", "score=4", "why=The suite runs")
    t.do("approve", review, "review-sign-off")
    t.do("advance", review)
    t.do("advance", PAIR)


@pytest.fixture(scope="session")
def _active(made: Made, _pool: Path) -> Path:
    def make(root: Path) -> None:
        copied(_pool, root)
        teller = Teller(Place(root), policy="MEM-02-03", record=PAIR)
        for chapter in (propose, introduce, agree, run):
            chapter(teller)
        teller.keep()

    return made("active", make)


@pytest.fixture
def active(_active: Path, tmp_path: Path) -> Teller:
    """A formal mentorship that is under way, after every refusal on the way."""
    return going_on(_active, tmp_path / "pool")


def test_a_formal_mentorship_from_a_proposal_to_its_end(active: Teller) -> None:
    evaluate(active)
    assert stage(active, PAIR) == "completed"
    assert active.warned() == ["policy-review-overdue"]  # T1, from the day the policy came into force
    assert active.refused >= 9


@pytest.mark.long
def test_an_early_end_is_free_and_its_evaluation_is_due(active: Teller) -> None:
    """§10.1.2/relationship-termination: who and when, never why; the evaluation is a standing demand afterwards."""
    t = active
    t.day = "2026-05-04"
    t.refuse(
        *("advance", PAIR, "terminated"),
        clause="§10.1.2/relationship-termination",
        missing="Missing: termination.trigger (mentor, mentee, peer, both or programme), termination.effective (a day)",
        command=f"partnerkit set {PAIR} termination.trigger=<termination.trigger> termination.effective=<termination.effective>",
    )
    t.do("set", PAIR, "termination.trigger=mentee", "termination.effective=2026-05-05")
    t.refuse(
        *("advance", PAIR, "terminated"),
        clause="§10.1.2/relationship-termination",
        missing="today (2026-05-04) is before termination.effective (2026-05-05)",
        command=f"partnerkit set {PAIR} termination.effective=<termination.effective>",
    )
    t.do("set", PAIR, "termination.effective=2026-05-04")
    t.do("advance", PAIR, "terminated")
    assert t.warned() == ["standing-breach", "policy-review-overdue"]
    [owed] = [one for one in t.place.json("today", day=t.day)["obligations"] if "early end" in one["title"]]
    assert " rhythm=end " in owed["command"]
    assert "<review.rhythm>" not in owed["command"]
    t.do("policy", "set", "MEM-02-03", "end-evaluation=P1M", "--seen", "minutes/3.md")
    assert t.warned() == ["policy-review-overdue"]
    t.day = "2026-06-05"
    [breach, _policy] = t.place.json("check", day=t.day)["findings"]
    assert "end-evaluation-after-early-end" in breach["message"]
    assert breach["clause"] == "MEM-02-03 §8.1.1/end-of-program-evaluation, MEM-02-03 §10.1.2/relationship-termination"


def test_a_participant_signs_off_no_review_of_the_own_pairing(pool: Teller) -> None:
    """A coordinator who mentors leaves the evaluation to another."""
    t = pool
    mentoring.accepted_mentor(t.place, "mentor-rosa", "p-rosa")
    people = participants("p-rosa/mentor/mentor-rosa", f"p-max/mentee/{MENTEE}")
    t.do("new", "pairing", "x", f"id={PAIR}", "programme=formal", people, by="p-jonas")
    t.do("new", "review", "Halfway", f"of={PAIR}", "rhythm=mid", "from=2026-03-02", "until=2026-03-02", "id=halfway")
    t.refuse(
        *("approve", "halfway", "review-sign-off"),
        record="halfway",
        clause="§10.1.2/conflict-of-interest",
        missing="p-rosa is the proposer of halfway or a party to it, and may not decide",
        command="partnerkit person role <person> mentorship-coordinator",
    )


def test_a_dispute_leaves_nothing_but_its_course_in_the_register(active: Teller) -> None:
    """§6.3.2 and §6.2.2/confidentiality: the file is elsewhere; the pairing may rest meanwhile."""
    t = active
    quarrel = f"{PAIR}-a-dispute"
    t.do("new", "case", "A dispute", f"of={PAIR}", "type=dispute", f"opened={t.day}", "response=They shouted")
    assert "standing-breach" in t.warned()
    t.do("add", quarrel, "case-file", "summary=With the coordinator")
    t.do("add", quarrel, "help-offered", "summary=To both", "outcome=done")
    t.refuse(
        *("advance", quarrel),
        record=quarrel,
        clause="§6.2.2/confidentiality",
        missing="To be left empty: response",
        command=f"partnerkit set {quarrel} response=",
    )
    t.do("set", quarrel, "response=")
    t.do("advance", quarrel)
    t.do("advance", PAIR, "paused", "--reason", "Until it is settled")
    t.do("add", quarrel, "mediation-agreed", "summary=Both agreed", "outcome=done")
    t.do("approve", quarrel, "mediator", by="p-lea")
    t.do("advance", quarrel, "mediation")
    t.do("add", quarrel, "dispute-settled", "summary=They go on", "outcome=pass")
    t.do("advance", quarrel)
    t.do("advance", PAIR, "active", "--reason", "Settled")
    assert t.warned() == ["policy-review-overdue"]


def test_feedback_comes_in_as_sums_over_enough_people_alone(programme: Teller) -> None:
    """T16: fewer than five answers never enter the register, fewer than the organisation says no finished review."""
    t, programme.record = programme, "year"
    words = ("of=MEM-02-03", "rhythm=annual", "from=2025-01-01", "until=2025-12-31")
    t.do("new", "review", "The year 2025", "id=year", *words)
    asked = ("add", "year", "feedback", "method=surveys", "from=2025-11-01", "until=2025-11-30")
    said = t.place.refuse(*asked, "answers=4", day=t.day)
    assert "feedback.0.answers is 4: at least 5" in said.err
    t.do(*asked, "answers=5")
    t.do("set", "year", "findings=It grows", "conclusion=continue")
    t.do("add", "year", "ratings", "name=community-culture", "score=4", "why=More people ask")
    figure = ("name=active-mentors", "value=12", "unit=mentors", "from=2025-01-01", "until=2025-12-31")
    t.do("add", "year", "figures", *figure, "source=The pairings of the year")
    t.do("policy", "set", "MEM-02-03", "feedback-answers=8", "--seen", "minutes/4.md")
    t.refuse(
        *("advance", "year"),
        clause="§8.1.2/anonymous-feedback",
        missing="feedback.answers is 5, and at least 8 is needed",
        command="partnerkit set year feedback=<feedback>",
    )
    t.do("set", "year", "feedback=")
    t.do("approve", "year", "programme-sign-off", by="p-jonas")
    assert "Ask the participants" in t.place.do("gates", "year", day=t.day).out  # advice: nothing is refused for it
    t.do("advance", "year")
    assert stage(t, "year") == "done"
