"""Under MEM-02-03, who may be paired at all; reverse, peer and group mentoring where they differ from formal."""

from __future__ import annotations

import pytest

from tests.journeys import mentoring
from tests.journeys.mentoring import MENTEE, PAIR, participants, settled, stage, upto_confirmed
from tests.journeys.telling import Teller


@pytest.mark.parametrize(
    ("people", "missing"),
    [
        (("p-ada/mentor/mentor-ada", "p-max/mentee"), "p-max names none"),
        (("p-ada/mentor/mentor-ada", "p-ann/mentee/mentee-max"), "participants.id is p-ann, and applicant of mentee-max is p-max"),
        (("p-ada/mentor/mentor-ada", "p-max/peer/mentee-max"), "participants.as is peer, and as of mentee-max is mentee"),
        (("p-ada/mentor/mentor-ada", "p-eva/mentee/mentee-eva"), "mentee-eva is in review"),
        (("p-ada/mentor/mentor-ada", "p-max/mentor/mentee-max"), "In participants: 2 where as is mentor"),
    ],
)  # laid out by hand, to be read at a glance  # fmt: skip
def test_only_the_accepted_are_paired_in_the_part_they_applied_for(pool: Teller, people, missing) -> None:
    mentoring.mentee(pool.place, "mentee-eva", "p-eva")
    pool.do("new", "pairing", "Python", f"id={PAIR}", "programme=formal", participants(*people))
    assert missing in pool.place.refuse("advance", PAIR, day=pool.day).err


def test_a_mentor_excused_for_reverse_mentoring_is_no_formal_mentor(pool: Teller) -> None:
    """T6 closes only where the programme is that of the application."""
    young = "mentor-young"
    mentoring.mentor(pool.place, young, "p-ida", "programmes=reverse", "experience-years=1")
    pool.do(
        "waive",
        young,
        "mentor-experience-excusable",
        "--reason",
        "Teaches new tools",
        "--until",
        "2026-12-31",
        by="p-lea",
    )
    mentoring.in_the_pool(pool.place, young)
    pool.do(
        "new",
        "pairing",
        "x",
        f"id={PAIR}",
        "programme=formal",
        participants(f"p-ida/mentor/{young}", f"p-max/mentee/{MENTEE}"),
    )
    said = pool.refuse(
        *("advance", PAIR),
        clause="§10.1.1/eligibility-requirements",
        missing=f"programme is formal, and programmes of {young} is reverse",
        command=f"partnerkit gates {young}",
    )
    assert "mentee-max" not in said.err.partition("Missing: application")[2].partition("\n")[0]


def test_an_application_that_is_not_there_cannot_be_named(pool: Teller) -> None:
    said = pool.place.refuse(
        *("new", "pairing", "x", f"id={PAIR}", "programme=formal"),
        participants("p-ada/mentor/mentor-ana", "p-max/mentee/mentee-max"),
    )
    assert "participants.application names mentor-ana, and there is no such record" in said.err


def test_nobody_who_takes_part_reviews_the_pairing(pool: Teller) -> None:
    """A coordinator who mentors cannot let the own pairing go on."""
    mentoring.accepted_mentor(pool.place, "mentor-rosa", "p-rosa")
    people = participants("p-rosa/mentor/mentor-rosa", f"p-max/mentee/{MENTEE}")
    pool.do("new", "pairing", "x", f"id={PAIR}", "programme=formal", people, by="p-jonas")
    pool.refuse(
        *("approve", PAIR, "manual-review"),
        clause="§10.1.2/conflict-of-interest",
        missing=f"p-rosa is the proposer of {PAIR} or a party to it, and may not decide",
        command="partnerkit person role <person> mentorship-coordinator",
    )


def test_reverse_mentoring_with_a_waiver_and_a_rhythm_of_its_own(pool: Teller) -> None:
    """T6: one year in the trade, excused by name with a reason; T3: a rhythm of their own needs the word of both."""
    t, young = pool, "mentor-young"
    mentoring.mentor(t.place, young, "p-ida", "programmes=reverse", "experience-years=1")
    t.refuse(
        *("advance", young),
        record=young,
        clause="§2.1.4/cross-generational-learning",
        missing="for peer and reverse mentoring it can be waived. Missing: experience-years is 1",
        command=f"partnerkit set {young} experience-years=<experience-years>",
    )
    waive = ("waive", young, "mentor-experience-excusable", "--reason", "Teaches new tools", "--until", "2026-12-31")
    t.refuse(
        *waive, record=young, clause="§3.1.1/experience-level", missing="that takes the role core-team", command=None
    )
    t.do(*waive, by="p-lea")
    mentoring.in_the_pool(t.place, young)
    assert "waived by" in t.place.do("why", young).out + t.place.do("log", young).out or "w-" in t.place.text(young)
    mentoring.accepted_mentee(t.place, "mentee-old", "p-old", "programmes=reverse")
    people = participants(f"p-ida/mentor/{young}", "p-old/mentee/mentee-old")
    upto_confirmed(t, PAIR, people, "programme=reverse", "focus=technology-transfer")
    settled(t, PAIR, "starts=2026-03-02", "ends=2026-06-01", "meets-every=P3W")
    said = t.refuse(
        *("advance", PAIR),
        clause="§2.2.1/reverse-mentoring",
        missing="Missing: acknowledgement by p-ida, p-old",
        command=f"partnerkit add {PAIR} agreed-rhythm party=p-ida",
    )
    assert "starts (2026-03-02) is not P3M before ends (2026-06-01)" in said.err
    t.do("set", PAIR, "ends=2026-06-02")
    for person in ("p-ida", "p-old"):
        t.do("add", PAIR, "agreed-rhythm", f"party={person}")
    t.do("advance", PAIR)
    t.do("advance", PAIR)
    assert stage(t, PAIR) == "active"
    assert t.warned() == ["policy-review-overdue"]


def test_peers_acknowledge_and_sign_nothing(programme: Teller) -> None:
    """T7: no application, no mentor's gate, no signature; the word of each, and a day on which they look at it."""
    t, programme.record = programme, PAIR
    people = participants("p-ina/peer", "p-kai/peer", "p-lou/mentor")
    t.do("new", "pairing", "Rust together", f"id={PAIR}", "programme=peer", people, by="p-jonas")
    t.refuse(
        *("advance", PAIR),
        clause="§2.1.2/mutual-learning",
        missing="In participants: 1 where as is not peer, and at most 0 may be there",
        command=f"partnerkit set {PAIR} participants=<participants>",
    )
    t.do("set", PAIR, participants("p-ina/peer", "p-kai/peer"))
    t.do("set", PAIR, "exchange=[{person: p-ina, offers: [traits], seeks: [async]}]", "focus=mutual-learning")
    t.do("add", PAIR, "conflict-check", "summary=Nobody has one", "outcome=done")
    t.do("approve", PAIR, "manual-review")
    t.do("advance", PAIR)
    t.do("set", PAIR, "coordinator=p-rosa")
    t.do("advance", PAIR)
    for what, answer in mentoring.FITS.items():
        for person in ("p-ina", "p-kai"):
            t.do("add", PAIR, what, f"party={person}", *answer)
    t.do("advance", PAIR)
    t.do("set", PAIR, f"starts={t.day}", "channels=instant-messaging", "meeting-minutes=20")
    said = t.refuse(
        *("advance", PAIR),
        clause="§2.1.2/informal-structure",
        missing="Missing: acknowledgement by p-ina, p-kai",
        command=f"partnerkit add {PAIR} agreement-acknowledged party=p-ina",
    )
    assert "Missing: review-on" in said.err
    for only_elsewhere in ("agreement-signing", "goal-setting", "formal-length", "mentor-expectations"):
        assert f"needs {only_elsewhere}." not in said.err
    t.do("set", PAIR, "review-on=2026-06-02")
    for person in ("p-ina", "p-kai"):
        t.do("add", PAIR, "agreement-acknowledged", f"party={person}")
    t.do("advance", PAIR)
    t.do("advance", PAIR)
    assert stage(t, PAIR) == "active"
    assert t.warned() == ["policy-review-overdue"]


def test_a_group_shares_a_mentor_and_keeps_the_rhythm_of_the_policy(pool: Teller) -> None:
    """T3: another rhythm in a group takes a waiver by whom the organisation says; a group has two mentees at least."""
    t, circle = pool, "mentor-circle"
    mentoring.accepted_mentor(t.place, circle, "p-oda", "programmes=group")
    for name in ("one", "two"):
        mentoring.accepted_mentee(t.place, f"mentee-{name}", f"p-{name}", "programmes=group")
    alone = participants(f"p-oda/mentor/{circle}", "p-one/mentee/mentee-one")
    t.do("new", "pairing", "Circle", "id=too-small", "programme=group", alone)
    t.refuse(
        *("advance", "too-small"),
        record="too-small",
        clause="§2.1.3/mentor-circles",
        missing="Missing: 1 more of 2 in participants where as is mentee",
        command="partnerkit add too-small participants as=mentee id=<participants.id>",
    )
    people = participants(f"p-oda/mentor/{circle}", "p-one/mentee/mentee-one", "p-two/mentee/mentee-two")
    upto_confirmed(t, PAIR, people, "programme=group", "group-kind=mentor-circles")
    settled(t, PAIR, "starts=2026-03-02", "ends=2026-06-02", "meets-every=P1M")
    t.refuse(
        *("advance", PAIR),
        clause="§2.2.2/group-mentoring",
        missing="To be left empty: meets-every",
        command=f"partnerkit set {PAIR} meets-every=",
    )
    t.do("waive", PAIR, "given-rhythm", "--reason", "A small circle", "--until", "2026-06-30", by="p-timo")
    t.do("advance", PAIR)
    assert stage(t, PAIR) == "agreed"
