"""Under MEM-02-03, applications from the form to the pool, declined, appealed against; each with its refusals."""

from __future__ import annotations

from pathlib import Path

from tests.journeys import mentoring
from tests.journeys.mentoring import (
    MENTEE,
    MENTOR,
    MODULES,
    QUALITIES,
    outcome,
    points,
    stage,
)
from tests.journeys.telling import Teller


def apply_as_mentor(t: Teller) -> None:
    words = ("applicant=p-ada", "as=mentor", "applied=2026-03-01", "programmes=formal,reverse")
    t.do("new", "application", "Mentor, spring 2026", f"id={MENTOR}", *words)
    said = t.refuse(
        *("advance", MENTOR),
        clause="§3.2.1/experience-documentation",
        missing="Missing: code-of-conduct.version, code-of-conduct.on",
        command=f"partnerkit add {MENTOR} experience-documentation <file-or-link>",
    )
    assert "learning-goals" not in said.err  # that is for mentees
    for what in ("application-form", "motivation-statement", "experience-documentation"):
        t.do("add", MENTOR, what, f"https://files.example/{what}")
    t.do("set", MENTOR, *mentoring.CONDUCT)
    t.do("add", MENTOR, "references", "kind=professional", "status=received")
    t.refuse(
        *("advance", MENTOR),
        clause="§3.2.1/references",
        missing="1 more of 1 in references where kind is community",
        command=f"partnerkit add {MENTOR} references kind=community status=<references.status>",
    )
    t.do("add", MENTOR, "references", "kind=community", "status=asked")
    t.do("advance", MENTOR)


def reviewed(t: Teller) -> None:
    """Years and membership count on the day of the application, the day itself included."""
    t.do("set", MENTOR, "experience-years=2.9", "member-since=2025-09-02")
    outcome(t.place, MENTOR, "application-review", t.day)
    said = t.refuse(
        *("advance", MENTOR),
        clause="§3.1.1/experience-level",
        missing="experience-years is 2.9, and at least 3 is needed",
        command=f"partnerkit set {MENTOR} experience-years=<experience-years>",
    )
    assert "member-since (2025-09-02) is not P6M before applied (2026-03-01)" in said.err
    t.refuse(
        *("waive", MENTOR, "mentor-experience", "--reason", "Nearly", "--until", "2026-12-31"),
        by="p-lea",
        clause="§3.1.1/experience-level",
        missing="MEM-02-03 lets nobody waive mentor-experience",
        command=f"partnerkit gates {MENTOR}",
    )
    t.refuse(
        *("set", MENTOR, "applied=2026-03-02"),
        clause="§10.2.1/application-process",
        missing="applied is locked",
        command=f"partnerkit gates {MENTOR}",
    )
    t.do("set", MENTOR, "experience-years=3", "member-since=2025-09-01")
    t.refuse(
        *("advance", MENTOR, "accepted"),
        clause="§3.2.2/application-review",
        missing=f"has no way from review to accepted for {MENTOR}: only where as is mentee; from here it goes to interview",
        command=f"partnerkit gates {MENTOR}",
    )
    t.do("advance", MENTOR)


def interviewed(t: Teller) -> None:
    said = t.place.wrong(
        "add", MENTOR, "mentor-qualities", *points(QUALITIES[1:]), f"{QUALITIES[0]}=80: kind", day=t.day
    )
    assert "points only, words about people stay out" in said.err
    t.do("add", MENTOR, "mentor-qualities", *points(QUALITIES))
    t.refuse(
        *("advance", MENTOR),
        clause="§3.2.2/interview-process",
        missing="with the outcome pass or conditions",
        who="mentorship-coordinator (p-rosa)",
        command=f"partnerkit add {MENTOR} interview <file-or-link> outcome=<outcome>",
    )
    outcome(t.place, MENTOR, "interview", t.day)
    t.do("advance", MENTOR)


def checked(t: Teller) -> None:
    t.do("set", MENTOR, "references.r1.status=verified")
    outcome(t.place, MENTOR, "community-standing", t.day)
    t.refuse(
        *("advance", MENTOR),
        clause="§3.2.2/reference-checks",
        missing="in references where kind is community, status is verified",
        command=f"partnerkit set {MENTOR} references.r2.status=verified",
    )
    t.do("set", MENTOR, "references.r2.status=verified")
    t.do("advance", MENTOR)


def trained(t: Teller) -> None:
    for module in MODULES[:3]:
        t.do("add", MENTOR, "training", f"module={module}")
    t.do("set", MENTOR, "capacity=2")
    t.refuse(
        *("approve", MENTOR, "acceptance"),
        clause="§3.2.2",
        missing="p-rosa does not hold the role program-manager",
        who="p-jonas",
        command=f"partnerkit approve {MENTOR} acceptance --for p-jonas --seen <seen>",
    )
    t.do("approve", MENTOR, "acceptance", by="p-jonas")
    t.refuse(
        *("advance", MENTOR),
        clause="§3.2.3/program-guidelines",
        missing="where module is program-guidelines",
        who="training-coordinator or mentorship-coordinator (p-rosa, p-timo)",
        command=f"partnerkit add {MENTOR} training module=program-guidelines",
    )
    t.do("add", MENTOR, "training", "module=program-guidelines")
    t.do("advance", MENTOR)


def test_a_mentor_from_an_application_to_the_pool(programme: Teller) -> None:
    """T14 and T25: the years and months are those of §3.1.1, counted on the day of the application."""
    for chapter in (apply_as_mentor, reviewed, interviewed, checked, trained):
        chapter(programme)
    assert stage(programme, MENTOR) == "accepted"
    entries = programme.place.json("log", MENTOR)["entries"]
    assert [one["to"] for one in entries] == [
        *("submitted", "review", "interview", "references", "training", "accepted")
    ]


def test_a_decision_must_be_told_and_an_earlier_letter_does_not_serve(programme: Teller) -> None:
    """The day of the letter counts from the day of the decision that it tells."""
    mentoring.accepted_mentee(programme.place, MENTEE, "p-max")
    assert "standing-breach" not in programme.warned()
    programme.day = "2026-03-09"
    programme.do("advance", MENTEE, "waitlisted", "--reason", "Nobody teaches that yet")
    [breach] = [
        one for one in programme.place.json("check", day=programme.day)["findings"] if one["code"] == "standing-breach"
    ]
    assert "notified (2026-03-02) is before reached (2026-03-09)" in breach["message"]
    assert breach["clause"] == "MEM-02-03 §10.2.1/notification-procedures"
    assert breach["mend"] == f"partnerkit set {MENTEE} notified=<notified>"
    programme.do("policy", "set", "MEM-02-03", "notification=P14D", "--seen", "minutes/2.md")
    assert "standing-breach" not in programme.warned()
    programme.day = "2026-03-24"
    assert "standing-breach" in programme.warned()
    programme.do("set", MENTEE, "notified=2026-03-24")
    assert "standing-breach" not in programme.warned()


def test_a_mentee_goes_from_the_review_to_the_pool(programme: Teller) -> None:
    """Three months on the day of the application; no interview, no references; the hours that the programme takes."""
    t, programme.record = programme, MENTEE
    words = ("applicant=p-max", "as=mentee", "applied=2026-05-28", "level=beginner", "programmes=formal,group")
    t.day = "2026-05-31"
    t.do("new", "application", "Mentee", f"id={MENTEE}", *words, "hours-per-month=1")
    for what in ("application-form", "motivation-statement"):
        t.do("add", MENTEE, what, f"https://files.example/{what}")
    ahead = t.place.refuse("set", MENTEE, "code-of-conduct.version=2", "code-of-conduct.on=2026-06-01", day=t.day)
    assert "2026-06-01, which is still to come on 2026-05-31" in ahead.err
    t.do("set", MENTEE, "code-of-conduct.version=2", "code-of-conduct.on=2026-05-31")
    said = t.refuse(
        *("advance", MENTEE),
        clause="§4.2.1/learning-goals",
        missing="Missing: goals",
        command=f"partnerkit add {MENTEE} goals text=<goals.text> measure=<goals.measure>",
    )
    assert "hours-per-month is 1, and at least 2 is needed" in said.err
    t.do("set", MENTEE, "hours-per-month=2")
    t.do("set", MENTEE, "goals=[{id: g1, text: Write tests, measure: A suite that runs}]")
    t.do("advance", MENTEE)
    for what in ("application-review", "goal-assessment", "community-standing"):
        outcome(t.place, MENTEE, what, t.day)
    t.do("add", MENTEE, "mentee-readiness", *points(mentoring.READINESS))
    t.do("set", MENTEE, "member-since=2026-03-01")
    t.do("approve", MENTEE, "acceptance", by="p-jonas")
    t.refuse(
        *("advance", MENTEE),
        clause="§4.1.1/active-member",
        missing="member-since (2026-03-01) is not P3M before applied (2026-05-28)",
        command=f"partnerkit set {MENTEE} member-since=<member-since>",
    )
    t.do("set", MENTEE, "member-since=2026-02-28")  # three months to the day
    t.refuse(
        *("advance", MENTEE),
        clause="§4.2.2",
        missing="member-since, experience-years, references changed since p-jonas approved",
        command=f"partnerkit approve {MENTEE} acceptance --for p-jonas --seen <seen>",
    )
    t.do("approve", MENTEE, "acceptance", by="p-jonas")
    t.do("advance", MENTEE)
    assert stage(t, MENTEE) == "accepted"


def test_whoever_applies_decides_nothing_about_it(programme: Teller) -> None:
    """§10.1.2/conflict-of-interest: the program manager's own application waits for another."""
    mentoring.mentee(programme.place, MENTEE, "p-jonas")
    programme.refuse(
        *("approve", MENTEE, "acceptance"),
        by="p-jonas",
        record=MENTEE,
        clause="§10.1.2/conflict-of-interest",
        missing="p-jonas is the proposer of mentee-max or a party to it, and may not decide",
        command="partnerkit person role <person> program-manager",
    )


def test_until_somebody_says_who_decides_nobody_does(tmp_path: Path) -> None:
    """T9: the written policy names nobody, so the way on waits, and says how it is settled."""
    t = Teller(mentoring.programme(tmp_path, decided=False), policy="MEM-02-03", record=MENTEE)
    mentoring.mentee(t.place, MENTEE, "p-max")
    t.refuse(
        *("advance", MENTEE),
        clause="§10.2.1/selection-criteria",
        missing="Which role decides on applications",
        command="partnerkit policy set MEM-02-03 application-decider=<role> --seen <seen>",
    )


def test_a_decline_an_appeal_decided_by_somebody_else_and_a_second_look(programme: Teller) -> None:
    """§10.2.1/appeal-process: who decided on the application does not decide on the appeal against it."""
    t, programme.record = programme, MENTEE
    t.do("person", "role", "p-jonas", "core-team")
    mentoring.mentee(t.place, MENTEE, "p-max")
    t.refuse(
        *("advance", MENTEE, "declined", "--reason", "§4.1.2/realistic-expectations"),
        clause="§10.2.1/selection-criteria",
        missing="Missing: approval by program-manager, 0 of 1",
        who="p-jonas",
        command=f"partnerkit approve {MENTEE} decline --for p-jonas --seen <seen>",
    )
    t.do("approve", MENTEE, "decline", by="p-jonas")
    t.do("advance", MENTEE, "declined", "--reason", "§4.1.2/realistic-expectations")
    assert "standing-breach" in t.warned()
    t.do("set", MENTEE, f"notified={t.day}")
    t.refuse(
        *("advance", MENTEE, "review", "--reason", "They wrote again"),
        clause="§10.2.1/appeal-process",
        missing="Missing: case in upheld (there is none)",
        command=f"partnerkit new case <title> of={MENTEE} type=appeal opened=<case.opened>",
    )
    appeal = f"{MENTEE}-appeal"
    t.do("new", "case", "Appeal", f"of={MENTEE}", "type=appeal", "opened=2026-03-02")
    assert "standing-breach" in t.warned()  # an appeal waits to be decided
    t.do("policy", "set", "MEM-02-03", "appeal-answer=P1M", "--seen", "minutes/2.md")
    assert "standing-breach" not in t.warned()
    t.do("add", appeal, "case-file", "summary=With the core team")
    t.refuse(
        *("advance", appeal, "helping"),
        record=appeal,
        clause=None,
        missing=f"has no way from open to helping for {appeal}: only where type is dispute",
        command=f"partnerkit gates {appeal}",
    )
    t.do("advance", appeal)
    mentoring.not_by_whoever_declined(t, appeal)
    t.do("approve", appeal, "appeal-upheld", by="p-lea")
    t.do("advance", appeal, "upheld")
    t.day = "2026-03-20"
    t.do("advance", MENTEE, "review", "--reason", "The appeal was upheld")
    t.do("approve", MENTEE, "acceptance", by="p-jonas")
    t.do("advance", MENTEE)
    assert stage(t, MENTEE) == "accepted"
    assert t.warned() == ["standing-breach", "policy-review-overdue"]  # the second decision is still to be told


def test_an_appeal_reopens_once_and_what_it_overturned_counts_no_more(programme: Teller) -> None:
    """§10.2.1/appeal-process: the second look ends in a decision of its own, and so does every further one."""
    t, programme.record = programme, MENTEE
    t.do("person", "role", "p-jonas", "core-team")
    mentoring.mentee(t.place, MENTEE, "p-max")
    t.do("approve", MENTEE, "decline", by="p-jonas")
    t.do("advance", MENTEE, "declined", "--reason", "§4.1.2/realistic-expectations")
    t.do("new", "case", "Appeal", f"of={MENTEE}", "type=appeal", "opened=2026-03-02")
    appeal = f"{MENTEE}-appeal"
    t.do("add", appeal, "case-file", "summary=With the core team")
    t.do("advance", appeal)
    t.do("approve", appeal, "appeal-upheld", by="p-lea")
    t.do("advance", appeal, "upheld")
    t.day = "2026-03-20"
    t.do("advance", MENTEE, "review", "--reason", "The appeal was upheld")
    t.refuse(
        *("advance", MENTEE, "declined", "--reason", "nobody decided anew"),
        clause="§10.2.1/selection-criteria",
        missing="Missing: approval by program-manager, 0 of 1",
        command=f"partnerkit approve {MENTEE} decline --for p-jonas --seen <seen>",
    )
    t.day = "2026-03-21"
    t.do("approve", MENTEE, "decline", by="p-jonas")
    t.do("advance", MENTEE, "declined", "--reason", "a second time")
    t.refuse(
        *("advance", MENTEE, "review", "--reason", "the very same appeal"),
        clause="§10.2.1/appeal-process",
        missing=f"{appeal} is in upheld, and was before {MENTEE} came here",
        command=f"partnerkit new case <title> of={MENTEE} type=appeal opened=<case.opened>",
    )


def test_an_appeal_against_what_was_not_declined_goes_nowhere(pool: Teller) -> None:
    pool.do("new", "case", "Appeal", f"of={MENTEE}", "type=appeal", "opened=2026-03-02", "id=too-early")
    pool.do("add", "too-early", "case-file", "summary=With the core team")
    pool.refuse(
        *("advance", "too-early"),
        record="too-early",
        clause="§10.2.1/appeal-process",
        missing=f"Missing: application in declined ({MENTEE} is in accepted)",
        command=f"partnerkit gates {MENTEE}",
    )


def test_a_way_that_is_not_theirs_is_found_when_it_was_taken_by_hand(programme: Teller) -> None:
    """A mentor passed off as a mentee for the moment of the decision: the judge sees whose way it is."""
    t, programme.record = programme, MENTEE
    mentoring.mentee(t.place, MENTEE, "p-max")
    t.do("approve", MENTEE, "acceptance", by="p-jonas")
    before = t.place.git("rev-parse", "HEAD").strip()
    t.do("advance", MENTEE)
    t.place.edit(MENTEE, "as: mentee", "as: mentor")
    t.place.git("add", "records")
    t.place.git("commit", "-q", "-m", "by hand")
    found = t.place.findings("--base", before)
    assert {"no-such-transition", "locked-field-changed"} <= {one["code"] for one in found}
    [way] = [one for one in found if one["code"] == "no-such-transition"]
    assert "no way from review to accepted for mentee-max: only where as is mentee" in way["message"]


def test_what_an_acceptance_rested_on_is_not_emptied(pool: Teller) -> None:
    """§3.2.2/reference-checks: the references that were seen when a mentor was accepted stay."""
    said = pool.place.refuse("set", "mentor-ada", "references=", day="2026-06-05")
    assert "references is locked" in said.err
