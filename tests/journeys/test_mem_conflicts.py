"""Under MEM-02-03, §10.1.2: nobody reviews, decides, mediates or hears an appeal where they are a party or bound to one."""

from __future__ import annotations

from tests.journeys.mentoring import participants, stage
from tests.journeys.telling import Teller

CONFLICT = "§10.1.2/conflict-of-interest"
ADOPTED = ("--since", "2026-03-01", "--reason", "They were there before the register")


def pairing(t: Teller, name: str, at: str, *fields: str) -> None:
    people = participants("p-ada/mentor", "p-max/mentee")
    t.do("new", "pairing", "Together", f"id={name}", people, "programme=formal", *fields, "--adopt", at, *ADOPTED)


def application(t: Teller, name: str, person: str, at: str, *fields: str) -> None:
    given = (f"id={name}", f"applicant={person}", "as=mentor", "programmes=formal", "applied=2026-03-01")
    t.do("new", "application", "Mentor", *given, *fields, "--adopt", at, *ADOPTED)


def barred(t: Teller, record: str, what: str, by: str, *, bound: bool = True) -> None:
    """Whoever would decide is refused, with the clause, and nothing changes."""
    conflict = f"{by} has a conflict of interest with somebody whom {record} concerns, or is one of them"
    why = conflict if bound else f"{by} is the proposer of {record} or a party to it"
    said = t.refuse("approve", record, what, by=by, record=record, clause=CONFLICT, missing=why, command=None)
    assert f"and may not decide on {what}" in said.err


def test_whoever_is_bound_to_a_participant_lets_no_proposal_go_on(programme: Teller) -> None:
    """By an application of the own, by one of the other side, or since they are the same person under another id."""
    t = programme
    pairing(t, "pair", "proposed")
    application(t, "mentor-rosa", "p-rosa", "accepted", "conflicts=[p-max]")
    barred(t, "pair", "manual-review", "p-rosa")
    assert "p-rosa may not: proposer or party, or bound to one" in t.place.do("gates", "pair", day=t.day).out
    missing = "p-rosa takes p-max out of conflicts of mentor-rosa, and would be freed by their own word"
    t.refuse(
        "set",
        "mentor-rosa",
        "conflicts=",
        by="p-rosa",
        record="mentor-rosa",
        missing=missing,
        command=None,
        clause=None,
    )
    said = t.do("set", "mentor-rosa", "conflicts=", by="p-jonas")
    assert "p-max is no longer in conflicts of mentor-rosa: nothing keeps them and p-rosa apart" in said.all
    application(t, "mentee-max", "p-max", "accepted", "conflicts=[p-rosa]")
    barred(t, "pair", "manual-review", "p-rosa")
    t.do("set", "mentee-max", "conflicts=", "also=[p-rosa]", by="p-jonas")
    barred(t, "pair", "manual-review", "p-rosa")
    t.do("set", "mentee-max", "also=", by="p-jonas")
    t.do("approve", "pair", "manual-review")


def test_nobody_is_paired_with_somebody_to_whom_something_binds_them(programme: Teller) -> None:
    """Made by hand as by the matching; whichever of the two said so, and under another id."""
    t = programme
    pairing(t, "pair", "proposed")
    told = {"record": "pair", "clause": CONFLICT, "command": "partnerkit set pair participants=<participants>"}
    application(t, "mentor-ada", "p-ada", "accepted", "conflicts=[p-max]")
    missing = "p-ada and p-max have a conflict of interest, declared in mentor-ada"
    t.refuse("advance", "pair", **told, missing=missing)
    t.do("set", "mentor-ada", "conflicts=", "also=[p-max]")
    t.refuse("advance", "pair", **told, missing="p-ada and p-max are one person, as mentor-ada says")
    t.do("set", "mentor-ada", "also=")
    assert "participants-apart" not in t.place.refuse("advance", "pair", day=t.day).err


def test_nobody_who_rests_is_paired_before_the_day_that_they_said(programme: Teller) -> None:
    t = programme
    application(t, "mentor-ada", "p-ada", "accepted", "rests-until=2026-03-03", "capacity=1")
    people = participants("p-ada/mentor/mentor-ada", "p-max/mentee")
    t.do("new", "pairing", "Together", "id=pair", people, "programme=formal", "--adopt", "proposed", *ADOPTED)
    application(t, "mentee-max", "p-max", "accepted")
    t.do("set", "mentee-max", "as=mentee")
    t.do("set", "pair", participants("p-ada/mentor/mentor-ada", "p-max/mentee/mentee-max"))
    missing, command = "mentor-ada lacks rest-over", "partnerkit set mentor-ada rests-until=<rests-until>"
    t.refuse("advance", "pair", record="pair", clause="§4.2.2/matching-process", missing=missing, command=command)
    t.day = "2026-03-03"
    assert missing not in t.place.refuse("advance", "pair", day=t.day).err


def test_who_looks_after_a_pairing_takes_no_part_in_it_and_is_bound_to_nobody_who_does(programme: Teller) -> None:
    t = programme
    pairing(t, "pair", "reviewed", "introduced=2026-03-01", "coordinator=p-ada")
    told = {"record": "pair", "command": "partnerkit set pair coordinator=<coordinator>"}
    missing = "p-ada is named by coordinator and by participants.id"
    t.refuse("advance", "pair", **told, clause="§7.1.2/program-coordinator", missing=missing)
    t.do("set", "pair", "coordinator=p-lea")
    application(t, "mentee-max", "p-max", "accepted", "conflicts=[p-lea, p-rosa]")
    missing = "p-lea and p-max have a conflict of interest, declared in mentee-max"
    t.refuse("advance", "pair", **told, clause="§7.1.2/program-coordinator", missing=missing)
    assert CONFLICT in t.place.refuse("advance", "pair", day=t.day).err
    t.do("set", "pair", "coordinator=p-jonas")
    t.do("advance", "pair")
    t.do("set", "pair", "coordinator=p-rosa")
    assert "standing-breach" in t.warned()  # and it is found where they change later


def test_whoever_has_an_interest_or_is_bound_signs_no_review_off(programme: Teller) -> None:
    t = programme
    pairing(t, "pair", "active", "interested=[p-rosa]", "coordinator=p-jonas")
    about = ("rhythm=mid", "from=2026-03-01", "until=2026-03-02")
    t.do("new", "review", "Halfway", "id=half", "of=pair", *about, by="p-jonas")
    barred(t, "half", "review-sign-off", "p-rosa", bound=False)
    t.do("set", "pair", "interested=", by="p-jonas")
    application(t, "mentor-rosa", "p-rosa", "accepted", "conflicts=[p-ada]")
    barred(t, "half", "review-sign-off", "p-rosa")
    t.do("set", "mentor-rosa", "conflicts=", by="p-jonas")
    t.do("approve", "half", "review-sign-off")


def test_nobody_decides_on_an_application_or_hears_its_appeal_who_is_bound_to_the_applicant(programme: Teller) -> None:
    t = programme
    application(t, "mentor-ada", "p-ada", "review", "interested=[p-lea]", "conflicts=[p-jonas]")
    barred(t, "mentor-ada", "decline", "p-jonas")
    t.do("set", "mentor-ada", "conflicts=[p-timo]")
    t.do("approve", "mentor-ada", "decline", by="p-jonas")
    t.do("advance", "mentor-ada", "declined", "--reason", "§3.1.1/experience-level")
    t.do("new", "case", "Appeal", "id=appeal", "of=mentor-ada", "type=appeal", f"opened={t.day}")
    t.do("add", "appeal", "case-file", "summary=With the core team")
    t.do("advance", "appeal")
    barred(t, "appeal", "appeal-upheld", "p-lea", bound=False)  # has an interest in the application
    barred(t, "appeal", "appeal-rejected", "p-timo")  # bound to the applicant, who says so
    t.do("set", "mentor-ada", "conflicts=", "interested=")
    t.do("set", "appeal", "interested=[p-timo]")
    barred(t, "appeal", "appeal-upheld", "p-timo", bound=False)
    t.do("approve", "appeal", "appeal-upheld", by="p-lea")
    t.do("advance", "appeal", "upheld")


def test_who_mediates_takes_no_part_and_is_bound_to_nobody_who_does(programme: Teller) -> None:
    t = programme
    pairing(t, "pair", "active", "interested=[p-lea]")
    t.do("new", "case", "Quarrel", "id=quarrel", "of=pair", "type=dispute", f"opened={t.day}")
    t.do("add", "quarrel", "case-file", "summary=With the coordinator")
    t.do("add", "quarrel", "help-offered", "summary=Offered", "outcome=done")
    t.do("advance", "quarrel")
    t.do("add", "quarrel", "mediation-agreed", "summary=Both agreed", "outcome=done")
    mediating = "partnerkit approve quarrel mediator --for p-timo --seen <seen>"
    missing = "Missing: approval by core-team, 0 of 1"
    t.refuse("advance", "quarrel", "mediation", record="quarrel", clause=CONFLICT, missing=missing, command=mediating)
    barred(t, "quarrel", "mediator", "p-lea", bound=False)
    application(t, "mentor-timo", "p-timo", "declined", "conflicts=[p-ada]")
    barred(t, "quarrel", "mediator", "p-timo")
    t.do("set", "mentor-timo", "conflicts=")
    t.do("approve", "quarrel", "mediator", by="p-timo")
    t.do("advance", "quarrel", "mediation")
    assert stage(t, "quarrel") == "mediation"
