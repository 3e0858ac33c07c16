"""What the journeys under MEM-02-03 share: a register of a mentorship programme, applications and pairings in it."""

from __future__ import annotations

from pathlib import Path

from tests.journeys.telling import Teller
from tests.place import PEOPLE, Place

MENTOR, MENTEE, PAIR = "mentor-ada", "mentee-max", "python-spring"

#: Who decides what the written policy leaves open; p-rosa coordinates, p-jonas manages, p-lea and p-timo are core team.
DECIDERS = (
    "application-decider=program-manager",
    "appeal-decider=core-team",
    "pairing-reviewer=mentorship-coordinator",
    "mediator=core-team",
    "exceptions=core-team",
)

QUALITIES = (
    *("subject-matter-expertise", "communication-skills", "patience-and-empathy", "commitment", "professionalism"),
    *("growth-mindset", "values-alignment", "active-participation", "positive-influence"),
)
READINESS = ("engagement", "commitment", "realistic-expectations", "openness-to-feedback")
FIT = (
    *("skill-areas", "technology-stack", "experience-level", "learning-style", "communication-style"),
    *("personality-match", "availability", "geographic-considerations"),
    *("career-objectives", "learning-priorities", "timeline-expectations", "success-metrics"),
)
MODULES = ("mentorship-skills", "communication-training", "boundary-setting", "program-guidelines")
TERMS = (
    *("mentor-expectations", "mentee-expectations", "mutual-expectations"),
    *("time-boundaries", "scope-boundaries", "personal-boundaries", "relationship-boundaries"),
)
#: What each says of the others: nothing more, or that it fits.
FITS: dict[str, tuple[str, ...]] = {"interests-declared": (), "relationship-confirmation": ("answer=good",)}
CONDUCT = ("code-of-conduct.version=2", "code-of-conduct.on=2026-02-20")


def programme(root: Path, *, decided: bool = True) -> Place:
    """A register of the programme with everybody who runs it; applicants have no place on its roster."""
    root.mkdir(exist_ok=True)
    place = Place(root)
    place.git("init", "-q", "-b", "main")
    given = ("--policy", "MEM-02-03", "--person", "p-rosa", "--role", "mentorship-coordinator")
    place.do("init", "--name", "Lighthouse Community", *given)
    roles = {"p-jonas": ("program-manager",), "p-lea": ("core-team",), "p-timo": ("core-team", "training-coordinator")}
    for person, held in roles.items():
        words = [word for role in held for word in ("--role", role)]
        place.do("person", "add", person, "--email", PEOPLE[person], *words)
    if decided:
        place.do("policy", "set", "MEM-02-03", *DECIDERS, "--seen", "minutes/1.md")
    return place


def points(names: tuple[str, ...], *, words: bool = False) -> list[str]:
    """A filled scorecard; where reasons are asked for, with reasons, but for those who judge a person."""
    return [f"{name}=70" if not words or name == "personality-match" else f"{name}=70: as it is" for name in names]


def mentor(place: Place, name: str, person: str, *fields: str, day: str = "2026-03-02") -> None:
    """An application of a mentor, taken through to accepted; `fields` beside or instead of the usual ones."""
    usual = {"programmes": "formal", "applied": "2026-03-01", "member-since": "2025-09-01", "experience-years": "3"}
    usual |= dict(field.split("=", 1) for field in fields)
    words = [f"{key}={value}" for key, value in usual.items()]
    place.do("new", "application", "Mentor", f"id={name}", f"applicant={person}", "as=mentor", *words, day=day)
    place.do("set", name, *CONDUCT, "capacity=2", day=day)
    for what in ("application-form", "motivation-statement", "experience-documentation"):
        place.do("add", name, what, f"https://files.example/{what}", day=day)
    for kind in ("professional", "community"):
        place.do("add", name, "references", f"kind={kind}", "status=verified", day=day)
    place.do("advance", name, day=day)
    outcome(place, name, "application-review", day)


def outcome(place: Place, name: str, what: str, day: str = "2026-03-02") -> None:
    place.do("add", name, what, "summary=Looked through", "outcome=pass", day=day)


def in_the_pool(place: Place, name: str, day: str = "2026-03-02") -> None:
    """A mentor whose application has been reviewed, from the interview to the pool."""
    place.do("advance", name, day=day)
    outcome(place, name, "interview", day)
    place.do("add", name, "mentor-qualities", *points(QUALITIES), day=day)
    place.do("advance", name, day=day)
    outcome(place, name, "community-standing", day)
    place.do("advance", name, day=day)
    for module in MODULES:
        place.do("add", name, "training", f"module={module}", day=day)
    place.do("approve", name, "acceptance", by="p-jonas", day=day)
    place.do("advance", name, day=day)
    place.do("set", name, f"notified={day}", day=day)


def mentee(place: Place, name: str, person: str, *fields: str, day: str = "2026-03-02") -> None:
    """An application of a mentee, taken through to where it is decided."""
    usual = {"programmes": "formal", "applied": "2026-03-01", "member-since": "2025-12-01", "level": "beginner"}
    usual |= {"hours-per-month": "4"} | dict(field.split("=", 1) for field in fields)
    words = [f"{key}={value}" for key, value in usual.items()]
    place.do("new", "application", "Mentee", f"id={name}", f"applicant={person}", "as=mentee", *words, day=day)
    place.do("set", name, *CONDUCT, "goals=[{id: g1, text: Write tests, measure: A suite that runs}]", day=day)
    for what in ("application-form", "motivation-statement"):
        place.do("add", name, what, f"https://files.example/{what}", day=day)
    place.do("advance", name, day=day)
    for what in ("application-review", "goal-assessment", "community-standing"):
        outcome(place, name, what, day)
    place.do("add", name, "mentee-readiness", *points(READINESS), day=day)


def accepted_mentee(place: Place, name: str, person: str, *fields: str, day: str = "2026-03-02") -> None:
    mentee(place, name, person, *fields, day=day)
    place.do("approve", name, "acceptance", by="p-jonas", day=day)
    place.do("advance", name, day=day)
    place.do("set", name, f"notified={day}", day=day)


def accepted_mentor(place: Place, name: str, person: str, *fields: str, day: str = "2026-03-02") -> None:
    mentor(place, name, person, *fields, day=day)
    in_the_pool(place, name, day)


def participants(*people: str) -> str:
    """`participants=` of `p-ada/mentor/mentor-ada` and the like."""
    items = []
    for one in people:
        person, part, *application = one.split("/")
        items.append(f"{{id: {person}, as: {part}{f', application: {application[0]}' if application else ''}}}")
    return f"participants=[{', '.join(items)}]"


#: Those who are in the pool where it is filled.
TWO = participants(f"p-ada/mentor/{MENTOR}", f"p-max/mentee/{MENTEE}")


def stage(t: Teller, record: str) -> str:
    return str(t.place.json("show", record, day=t.day)["stage"])


def upto_confirmed(t: Teller, name: str, people: str, *fields: str) -> None:
    """A pairing made and led to where everything is settled, whatever its programme asks for on the way."""
    t.do("new", "pairing", "Together", f"id={name}", people, *fields, by="p-jonas")
    asked = {one["id"] for one in t.place.json("gates", name, day=t.day)["requirements"]}
    if "match-assessed" in asked:
        t.do("add", name, "match-proposed", "https://files.example/run-2")
        t.do("add", name, "match-assessed", *points(FIT, words=True))
    t.do("add", name, "conflict-check", "summary=Nobody has one", "outcome=done")
    t.do("approve", name, "manual-review")
    t.do("advance", name)
    t.do("set", name, "coordinator=p-rosa", f"introduced={t.day}")
    t.do("advance", name)
    if "match-assessed" in asked:
        t.do("add", name, "goal-discussion", "summary=They spoke", "outcome=done")
        t.do("add", name, "compatibility-after-meeting", "summary=All asked", "outcome=pass")
    for what in ("interests-declared", "relationship-confirmation"):
        for person in t.place.json("show", name, day=t.day)["record"]["participants"]:
            t.do("add", name, what, f"party={person['id']}", *FITS[what])
    t.do("advance", name)


def settled(t: Teller, name: str, *fields: str) -> None:
    """The agreement signed by all, with all that it must say."""
    goals = "goals=[{id: g1, text: Learn, measure: A talk is given, due: 2026-05-01}]"
    t.do(
        "set",
        name,
        *(f"terms.{term}=section 2" for term in TERMS),
        "success=We use it",
        goals,
        "channels=regular-meetings",
    )
    t.do("set", name, *fields)
    t.do("add", name, "program-orientation", "summary=Shown round", "outcome=done")
    t.do("add", name, "mentorship-agreement", t.place.write("agreement.md", "# We agree\n"))
    for person in t.place.json("show", name, day=t.day)["record"]["participants"]:
        t.do("add", name, "agreement-signing", f"party={person['id']}")


def not_by_whoever_declined(t: Teller, appeal: str) -> None:
    """Who declined an application does not decide on the appeal against that."""
    t.refuse(
        *("approve", appeal, "appeal-upheld"),
        by="p-jonas",
        record=appeal,
        clause="§10.2.1/appeal-process",
        missing=f"p-jonas is the proposer of {appeal} or a party to it, and may not decide",
        who="core-team (p-lea, p-timo)",
        command=f"partnerkit approve {appeal} appeal-upheld --for p-lea --seen <seen>",
    )
