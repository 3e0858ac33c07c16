"""Under MEM-02-03: the mentorship programme of the Lighthouse Community.

A mentor and a mentee from their applications to a pairing that runs; somebody who waits, somebody who was declined; and
two peers, of whom the policy asks little. What was said about people, and who they are, is nowhere in it.
"""

from __future__ import annotations

from partnerkit.cli.player import Player, address
from tests.house.examples import cohort as spring
from tests.house.examples import cohort_later as later
from tests.journeys.mentoring import FIT, MODULES, QUALITIES, READINESS, TERMS, participants

POLICY = "MEM-02-03"
MENTOR, MENTEE, WAITING, DECLINED = "mentor-ines", "mentee-tarik", "mentee-wren", "mentor-quill"
PAIR, PEERS = "testing-summer-2026", "rust-together"

_CARD = dict(zip(FIT, (90, 80, 70, 60, 80, 70, 90, 100, 60, 80, 80, 70), strict=True))
_WHY = {
    "skill-areas": "one teaches testing, the other wants to learn it",
    "technology-stack": "both work in Python",
    "experience-level": "eleven years and one",
    "learning-style": "both like to work on real code",
    "communication-style": "both would rather speak than write",
    "availability": "two evenings in common",
    "geographic-considerations": "the same town",
    "career-objectives": "neither is after a new post",
    "learning-priorities": "tests first, then design",
    "timeline-expectations": "half a year suits both",
    "success-metrics": "both name a suite that runs",
}
_AGREEMENT = """\
# Mentorship agreement

1. What the mentor gives. 2. What the mentee gives. 3. What both owe each other. 4. Limits of time, subject, person and
relationship.
"""
_MEETINGS = """\
id,on,minutes,mode
testing-summer-2026,2026-07-23,60,in-person
testing-summer-2026,2026-08-20,75,virtual
testing-summer-2026,2026-09-17,60,in-person
rust-together,2026-08-17,40,virtual
rust-together,2026-08-31,30,virtual
rust-together,2026-09-14,35,virtual
rust-together,2026-09-28,30,virtual
"""
_CHECK_INS = """\
id,on,person
testing-summer-2026,2026-07-30,p-ines
testing-summer-2026,2026-07-30,p-tarik
testing-summer-2026,2026-08-31,p-ines
testing-summer-2026,2026-08-31,p-tarik
rust-together,2026-09-01,p-lio
rust-together,2026-09-01,p-ravi
testing-summer-2026,2026-09-30,p-ines
testing-summer-2026,2026-09-30,p-tarik
"""


_FIGURES = """\
id,name,value,unit,from,until,source
the-programme-to-june-2026,active-mentors,6,mentors,2025-07-01,2026-06-30,The lists kept before the register began
the-programme-to-june-2026,active-mentees,7,mentees,2025-07-01,2026-06-30,The lists kept before the register began
"""


def tell(player: Player, *, cohort: bool) -> None:
    """The programme begins, and people apply; all of them, or but a few."""
    _begin(player)
    if cohort:
        spring.tell(player)
        later.first_months(player)
    _mentor(player)
    _mentee(player.on("2026-05-20"), MENTEE, "testing", "Test what I write", "A suite that runs on every change")
    if cohort:
        later.short_cycles(player)
    _pair(player)
    if cohort:
        later.second_cycle(player)
        later.summer(player)
    _mentee(player.on("2026-08-10"), WAITING, "embedded", "Program a small board", "A sensor that reports for a week")
    _waits(player)
    _declined(player)
    _peers(player)
    if cohort:
        later.long_ones(player)
    _logs(player)
    _year(player)


def _begin(player: Player) -> None:
    seen = ("--seen", "minutes/2026-01-19.md")
    player.on("2026-01-19").run("policy", "add", POLICY)
    for person, role in (("p-sena", "mentorship-coordinator"), ("p-amir", "program-manager")):
        player.run("person", "add", person, "--email", address(person), "--role", role, *seen)
    player.run("person", "role", "p-timo", "training-coordinator", *seen)
    player.run(
        *("policy", "set", POLICY, "application-decider=program-manager", "appeal-decider=core-team"),
        *("pairing-reviewer=mentorship-coordinator", "exceptions=core-team", "references=1", "capacity=3"),
        *("notification=P14D", "appeal-answer=P1M", "introduction=P14D", "end-evaluation=P1M", "waiting=P2M", *seen),
    )
    player.run("policy", "reaffirm", POLICY, "--next", "2027-01-19", *seen)


def _apply(player: Player, name: str, *fields: str) -> None:
    """The form, and all that is handed in with it; an id says who, and nobody outside the programme knows who that is."""
    part, _, person = name.partition("-")
    season = f"{part.capitalize()}, {player.day[:4]}"
    given = (f"applicant=p-{person}", f"as={part}", f"applied={player.day}", "programmes=formal")
    conduct = ("code-of-conduct.version=3", f"code-of-conduct.on={player.day}")
    player.run("new", "application", season, f"id={name}", *given, *conduct, *fields)
    papers = ("application-form", "motivation-statement", *(("experience-documentation",) if part == "mentor" else ()))
    for paper in papers:
        player.run("add", name, paper, f"https://programme.example/{name}/{paper}")


def _asked(status: str) -> str:
    """References of both sorts; who gives them is nobody's business here."""
    kinds = enumerate(("professional", "community"), 1)
    return f"references=[{', '.join(f'{{id: r{number}, kind: {kind}, status: {status}}}' for number, kind in kinds)}]"


def _mentor(player: Player) -> None:
    """Through the form, the interview, the references and the training to a decision."""
    player.on("2026-05-04", "p-sena")
    _apply(
        player,
        MENTOR,
        "member-since=2024-11-02",
        "experience-years=11",
        "skills=[testing, python]",
        "capacity=2",
        _asked("asked"),
    )
    player.run("advance", MENTOR)
    player.after(7, "p-sena").run("add", MENTOR, "application-review", "summary=All is there", "outcome=pass")
    player.run("advance", MENTOR)
    player.after(7, "p-sena").run("add", MENTOR, "interview", "summary=Took place", "outcome=pass")
    points = (80, 75, 90, 85, 80, 70, 90, 75, 80)
    marks = (f"{quality}={mark}" for quality, mark in zip(QUALITIES, points, strict=True))
    player.run("add", MENTOR, "mentor-qualities", *marks)
    player.run("advance", MENTOR)
    player.after(10, "p-sena").run("set", MENTOR, "references.r1.status=verified", "references.r2.status=verified")
    player.run("add", MENTOR, "community-standing", "summary=Asked in two groups", "outcome=pass")
    player.run("advance", MENTOR)
    training = "id,on,module\n" + "".join(f"{MENTOR},2026-06-06,{module}\n" for module in MODULES)
    player.after(10, "p-timo").run("add", "training", "--from", player.file("training.csv", training))
    _decided(player.after(8), MENTOR)


def _decided(player: Player, name: str) -> None:
    """The program manager accepts, and the coordinator tells whoever applied."""
    player.on(player.day, "p-amir").run("approve", name, "acceptance")
    player.run("advance", name)
    player.after(1, "p-sena").run("set", name, f"notified={player.day}")


def _mentee(player: Player, name: str, skill: str, goal: str, measure: str) -> None:
    """Through the form and the goals to a decision."""
    goals = f"goals=[{{id: g1, text: {goal}, measure: {measure}}}]"
    player.on(player.day, "p-sena")
    _apply(player, name, "member-since=2025-10-15", "level=beginner", "hours-per-month=4", f"skills=[{skill}]", goals)
    player.run("advance", name)
    player.after(7, "p-sena")
    for what in ("application-review", "goal-assessment", "community-standing"):
        player.run("add", name, what, "summary=Looked into", "outcome=pass")
    marks = (f"{one}={mark}" for one, mark in zip(READINESS, (80, 90, 70, 80), strict=True))
    player.run("add", name, "mentee-readiness", *marks)
    _decided(player.after(7), name)


def _pair(player: Player) -> None:
    """Proposed by the matching, looked at by a person, met, agreed on, begun."""
    people = participants(f"p-ines/mentor/{MENTOR}", f"p-tarik/mentee/{MENTEE}")
    player.on("2026-06-17", "p-amir").run(
        *("new", "pairing", "Testing, summer 2026", f"id={PAIR}", f"policy={POLICY}", "programme=formal"),
        *("supports=[knowledge-transfer]", people),
    )
    player.run("add", PAIR, "match-proposed", "summary=Thought of by hand: two of three mentors were taken")
    player.run("add", PAIR, "match-assessed", *(f"{one}={_CARD[one]}" + _reason(one) for one in FIT))
    player.run("add", PAIR, "conflict-check", "summary=Nobody has one", "outcome=done")
    player.after(1, "p-sena").run("approve", PAIR, "manual-review")
    player.run("advance", PAIR)
    player.on("2026-06-22", "p-sena").run("set", PAIR, "coordinator=p-sena", "introduced=2026-06-22")
    player.run("advance", PAIR)
    player.run("add", PAIR, "goal-discussion", "summary=They spoke for an hour", "outcome=done")
    player.after(2, "p-sena").run("add", PAIR, "compatibility-after-meeting", "summary=Both asked", "outcome=pass")
    _each_says(player, PAIR, ("p-ines", "p-tarik"), "interests-declared", "relationship-confirmation")
    player.run("advance", PAIR)
    player.on("2026-06-29", "p-sena").run(
        *("set", PAIR, "starts=2026-07-01", "ends=2027-01-01", "channels=[regular-meetings, instant-messaging]"),
        *(f"terms.{term}=section {min(number, 4)}" for number, term in enumerate(TERMS, 1)),
        "success=The suite is still used when the half year is over",
        "goals=[{id: g1, text: Test what I write, measure: A suite that runs on every change, due: 2026-12-01}]",
    )
    player.run("add", PAIR, "program-orientation", "summary=Shown round the library and the calendar", "outcome=done")
    player.run("add", PAIR, "mentorship-agreement", player.file("mentorship.md", _AGREEMENT))
    _each_says(player, PAIR, ("p-ines", "p-tarik"), "agreement-signing")
    player.run("advance", PAIR)
    player.on("2026-07-01", "p-sena").run("advance", PAIR)


def _reason(criterion: str) -> str:
    return f": {_WHY[criterion]}" if criterion in _WHY else ""


def _waits(player: Player) -> None:
    """Accepted, and nobody teaches it yet."""
    player.on("2026-09-01", "p-sena").run(
        "advance", WAITING, "waitlisted", "--reason", "Nobody in the pool teaches embedded programming"
    )
    player.run("set", WAITING, "notified=2026-09-01")


def _declined(player: Player) -> None:
    """Two years in the trade where the policy asks for three: decided, told, and open to an appeal."""
    player.on("2026-07-06", "p-sena")
    _apply(
        player,
        DECLINED,
        "member-since=2025-06-01",
        "experience-years=2",
        "skills=[design]",
        "capacity=1",
        _asked("received"),
    )
    player.run("advance", DECLINED)
    player.after(7, "p-amir").run("approve", DECLINED, "decline")
    player.run("advance", DECLINED, "declined", "--reason", "§3.1.1/experience-level")
    player.after(1, "p-sena").run("set", DECLINED, f"notified={player.day}")


def _peers(player: Player) -> None:
    """Two who teach each other: no application and no signature, and a day on which they look whether to go on."""
    player.on("2026-07-24", "p-amir").run(
        *("new", "pairing", "Rust together", f"id={PEERS}", f"policy={POLICY}", "programme=peer"),
        *(participants("p-lio/peer", "p-ravi/peer"), "focus=[mutual-learning]"),
        "exchange=[{person: p-lio, offers: [traits], seeks: [async]}, {person: p-ravi, offers: [async], seeks: [traits]}]",
    )
    player.run("add", PEERS, "conflict-check", "summary=Nobody has one", "outcome=done")
    player.on("2026-07-27", "p-sena").run("approve", PEERS, "manual-review")
    player.run("advance", PEERS)
    player.run("set", PEERS, "coordinator=p-sena")
    player.run("advance", PEERS)
    _each_says(player, PEERS, ("p-lio", "p-ravi"), "interests-declared", "relationship-confirmation")
    player.run("advance", PEERS)
    player.run("set", PEERS, "starts=2026-08-03", "channels=[regular-meetings]", "review-on=2027-02-01")
    _each_says(player, PEERS, ("p-lio", "p-ravi"), "agreement-acknowledged")
    player.run("advance", PEERS)
    player.on("2026-08-03", "p-sena").run("advance", PEERS)


def _each_says(player: Player, pairing: str, people: tuple[str, ...], *what: str) -> None:
    sheet = player.file("parties.csv", "id,party\n" + "".join(f"{pairing},{person}\n" for person in people))
    for one in what:
        player.run("add", one, "--from", sheet, *(("answer=good",) if one == "relationship-confirmation" else ()))


def _logs(player: Player) -> None:
    """That they met and how it goes, from the coordinator's sheet; what they said stays with them."""
    player.on("2026-09-30", "p-sena").run("add", "meetings", "--from", player.file("meetings.csv", _MEETINGS))
    player.run("add", "check-ins", "--from", player.file("check-ins.csv", _CHECK_INS))


def _year(player: Player) -> None:
    """The programme as a whole; what participants say comes in as sums over enough of them, or not at all."""
    year = "the-programme-to-june-2026"
    player.on("2026-07-08", "p-sena").run(
        *("new", "review", "The programme to June 2026", f"id={year}", f"of={POLICY}", "rhythm=annual"),
        *("from=2025-07-01", "until=2026-06-30", "findings=Most who ask find a mentor within two months"),
        "conclusion=continue",
        "feedback=[{method: surveys, from: 2026-06-01, until: 2026-06-20, answers: 11,"
        " results: [{name: program-value, average: 4.3}]}]",
        "ratings=[{name: community-culture, score: 4, why: More members ask in the open}]",
    )
    player.run("add", "figures", "--from", player.file("figures.csv", _FIGURES))
    player.run("approve", year, "programme-sign-off", "--for", "p-amir", "--seen", "minutes/2026-07-08.md")
    player.run("advance", year)
