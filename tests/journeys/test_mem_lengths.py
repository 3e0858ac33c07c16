"""Under MEM-02-03, how long each programme lasts: as the policy says, or by an exception with its reason."""

from __future__ import annotations

from tests.journeys import mentoring
from tests.journeys.mentoring import PAIR, TWO, participants, settled, stage, upto_confirmed
from tests.journeys.telling import Teller

FORMAL = (TWO, "programme=formal")


def test_a_formal_mentorship_is_planned_for_no_longer_than_six_months(pool: Teller) -> None:
    """T3: another length is an exception, made with its reason by whom the organisation says."""
    t = pool
    upto_confirmed(t, PAIR, *FORMAL)
    settled(t, PAIR, "starts=2026-03-31", "ends=2026-10-01")
    t.refuse(
        *("advance", PAIR),
        clause="§2.2.1/formal-mentorship",
        missing="ends (2026-10-01) is more than P6M after starts (2026-03-31): 2026-09-30 at the latest",
        command=f"partnerkit set {PAIR} ends=<ends>",
    )
    waive = ("waive", PAIR, "formal-length", "--reason", "One is away all summer", "--until", "2026-12-31")
    t.refuse(*waive, clause="§2.2.1/formal-mentorship", missing="that takes the role core-team", command=None)
    t.do(*waive, by="p-lea")
    t.do("advance", PAIR)
    assert stage(t, PAIR) == "agreed"


def test_six_months_end_on_the_last_day_of_a_shorter_month(pool: Teller) -> None:
    upto_confirmed(pool, PAIR, *FORMAL)
    settled(pool, PAIR, "starts=2026-03-31", "ends=2026-09-30")
    pool.do("advance", PAIR)
    assert stage(pool, PAIR) == "agreed"


def test_a_cycle_lasts_three_months_and_the_next_one_is_another(pool: Teller) -> None:
    t, circle = pool, "mentor-circle"
    mentoring.accepted_mentor(t.place, circle, "p-oda", "programmes=reverse")
    mentoring.accepted_mentee(t.place, "mentee-one", "p-one", "programmes=reverse")
    people = participants(f"p-oda/mentor/{circle}", "p-one/mentee/mentee-one")
    upto_confirmed(t, PAIR, people, "programme=reverse")
    settled(t, PAIR, "starts=2026-03-02", "ends=2026-06-03")
    t.refuse(
        *("advance", PAIR),
        clause="§2.2.1/reverse-mentoring",
        missing="ends (2026-06-03) is more than P3M after starts (2026-03-02): 2026-06-02 at the latest",
        command=f"partnerkit set {PAIR} ends=<ends>",
    )
    t.do("set", PAIR, "ends=2026-06-02")
    t.do("advance", PAIR)
    assert stage(t, PAIR) == "agreed"


def test_the_day_on_which_peers_look_whether_to_go_on_comes_after_the_first(programme: Teller) -> None:
    """Refused at the gate; moved back later on, it is found, for it would never fall due."""
    t, programme.record = programme, PAIR
    upto_confirmed(t, PAIR, participants("p-ina/peer", "p-kai/peer"), "programme=peer")
    t.do("set", PAIR, "starts=2026-03-02", "review-on=2026-02-01", "channels=regular-meetings")
    for person in ("p-ina", "p-kai"):
        t.do("add", PAIR, "agreement-acknowledged", f"party={person}")
    t.refuse(
        *("advance", PAIR),
        clause="§2.2.1/peer-mentoring",
        missing="starts (2026-03-02) is not P1D before review-on (2026-02-01)",
        command=f"partnerkit set {PAIR} review-on=<review-on>",
    )
    t.do("set", PAIR, "review-on=2026-03-03")
    t.do("advance", PAIR)
    t.do("advance", PAIR)
    assert looks(t) == ["2026-03-03"]
    t.do("set", PAIR, "review-on=2026-01-15")
    assert t.warned() == ["standing-breach", "policy-review-overdue"]
    [breach, _policy] = t.place.json("check", day=t.day)["findings"]
    assert breach["mend"] == f"partnerkit set {PAIR} review-on=<review-on>"
    t.do("set", PAIR, "review-on=2026-03-09")
    assert looks(t) == ["2026-03-09"]
    assert t.warned() == ["policy-review-overdue"]


def looks(t: Teller) -> list[str]:
    """The days on which the peers look whether to go on, as `today` has them."""
    owed = t.place.json("today", day=t.day)["obligations"]
    return [one["due"] for one in owed if one["title"] == "Look whether to go on"]
