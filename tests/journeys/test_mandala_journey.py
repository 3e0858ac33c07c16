"""Under MANDALA-PCP, a partnership from a first idea to active, reviewed, and on to its end, with the refusals on the way."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.journeys.telling import Teller, going_on
from tests.made import Made
from tests.place import Place

GARDEN = "hill-garden"
DEAL = "hill-garden-2025"
REVIEW = "first-review"

PEOPLE = {"p-ada": "ada@charity.example", "p-ben": "ben@charity.example", "p-cleo": "cleo@charity.example"}


def _begun(root: Path) -> None:
    root.mkdir()
    place = Place(root, person=PEOPLE["p-ada"], day="2025-01-15")
    place.git("init", "-q", "-b", "main")
    given = ("--policy", "MANDALA-PCP", "--person", "p-ada", "--role", "employee")
    said = place.do("init", "--name", "Meadow Charity", *given)
    assert "5 things that the written policies leave open" in said.out
    for person in ("p-ben", "p-cleo"):
        place.do("person", "add", person, "--email", PEOPLE[person], "--role", "board-of-trustees")
    Teller(place, day="2025-03-03", record=GARDEN, policy="MANDALA-PCP").keep()


@pytest.fixture(scope="session")
def _charity(made: Made) -> Path:
    return made("mandala begun", _begun)


@pytest.fixture
def teller(_charity: Path, tmp_path: Path) -> Teller:
    """A charity: an employee who works on partnerships, and two trustees."""
    return going_on(_charity, tmp_path / "register")


@pytest.fixture(scope="session")
def _concluded(made: Made, _charity: Path) -> Path:
    def make(root: Path) -> None:
        teller = going_on(_charity, root)
        for chapter in (identify, engage, agree, sign):
            chapter(teller)
        teller.place.day = "2025-11-03"
        teller.keep()

    return made("mandala concluded", make)


@pytest.fixture
def concluded(_concluded: Path, tmp_path: Path) -> Teller:
    """The partnership is active on an agreement that is executed, after every refusal on the way."""
    return going_on(_concluded, tmp_path / "register")


def identify(t: Teller) -> None:
    """Who fits, and who they are, before anybody talks."""
    t.do("new", "partnership", "Hill Garden", "partner=organisation", "lead=They wrote to us")
    said = t.place.run("set", GARDEN, "type=companies", day=t.day)
    assert "charity, governmental-agency, business, community-group or other" in said.err.replace("'", "")
    t.refuse(
        *("advance", GARDEN),
        clause="§5/due-diligence",
        missing="Missing: report, document, note or link, with the outcome pass or conditions",
        command="partnerkit add hill-garden due-diligence <file-or-link> outcome=<outcome>",
    )
    t.do("set", GARDEN, "type=community-group", "alignment=Work in the open air, which our members ask for")
    t.aside("add", GARDEN, "due-diligence", "https://files.example/dd", "outcome=fail")
    t.refuse(
        *("advance", GARDEN),
        clause="§5/due-diligence",
        missing="has the outcome fail, wanted is pass or conditions",
        command="partnerkit add hill-garden due-diligence <file-or-link> outcome=<outcome>",
    )
    t.do("add", GARDEN, "due-diligence", "https://files.example/dd2", "outcome=pass")
    t.do("advance", GARDEN)


def engage(t: Teller) -> None:
    """Talks, what all three sides gain, and a decision that nobody can take until somebody says whose it is (T9)."""
    t.do("add", GARDEN, "communications", "kind=exploratory", "audience=partner", "summary=First visit")
    t.do("add", GARDEN, "initial-engagement", "https://files.example/talks")
    t.refuse(
        *("advance", GARDEN),
        clause="§4/mutual-benefit",
        missing="Missing: mutual-benefit.us, mutual-benefit.partner, mutual-benefit.service-users",
        command=None,
    )
    t.do(
        "set",
        GARDEN,
        "explored.common-goals=A garden for all",
        "explored.opportunities=Six beds",
        "explored.expectations=Every week",
    )
    t.do("set", GARDEN, "mutual-benefit.us=A place", "mutual-benefit.partner=Hands")
    t.refuse(
        *("advance", GARDEN),
        clause="§4/mutual-benefit",
        missing="Missing: mutual-benefit.service-users",
        command="partnerkit set hill-garden mutual-benefit.service-users=<mutual-benefit.service-users>",
    )
    t.do("set", GARDEN, "mutual-benefit.service-users=As a group: work outdoors and new company")
    t.refuse(
        *("advance", GARDEN),
        clause="§4/alignment-with-mission-and-values",
        missing="MANDALA-PCP does not say who decides",
        command="partnerkit policy set MANDALA-PCP partnership-approver=<role> --seen <seen>",
    )
    t.refuse(
        *("approve", GARDEN, "partnership-approval"),
        clause="§4/alignment-with-mission-and-values",
        missing="does not say who decides",
        command="partnerkit policy set MANDALA-PCP partnership-approver=<role> --seen <seen>",
    )
    t.do("policy", "set", "MANDALA-PCP", "partnership-approver=board-of-trustees", "--seen", "minutes/3.md")
    t.refuse(
        *("approve", GARDEN, "partnership-approval"),
        clause="§4/alignment-with-mission-and-values",
        missing="p-ada is the proposer of hill-garden or a party to it",
        who="p-ben, p-cleo",
        command="partnerkit approve hill-garden partnership-approval --for p-ben --seen <seen>",
    )
    t.do("approve", GARDEN, "partnership-approval", "--for", "p-ben", "--seen", "minutes/4.md")
    t.do("advance", GARDEN)
    t.refuse(
        *("set", GARDEN, "mutual-benefit.us=Money"),
        clause="§4/alignment-with-mission-and-values",
        missing="mutual-benefit is locked",
        command="partnerkit gates hill-garden",
    )


PARTIES = "parties=[{id: us, name: Meadow Charity}, {id: garden, name: Hill Garden}]"


def agree(t: Teller) -> None:
    """No partnership without a written agreement (T10), and every objective and outcome in it can be measured."""
    t.refuse(
        *("advance", GARDEN),
        clause="§6/formal-agreements",
        missing="Missing: agreement in executed (there is none)",
        command="partnerkit new agreement <title> partnership=hill-garden",
    )
    t.do(
        "new", "agreement", "Garden days 2025", f"partnership={GARDEN}", "starts=2025-04-01", "ends=2026-03-31", PARTIES
    )
    one_side = "responsibilities=[{party: garden, text: Keeps the beds}]"
    t.do("set", DEAL, one_side, "expectations=[{party: us, text: Patience}, {party: garden, text: Reliability}]")
    t.refuse(
        *("advance", DEAL),
        record=DEAL,
        clause="§6/formal-agreements",
        missing="Missing in responsibilities: us",
        command="partnerkit add hill-garden-2025 responsibilities party=us text=<responsibilities.text>",
    )
    t.do("add", DEAL, "responsibilities", "party=us", "text=Brings people and lunch")
    t.do("set", DEAL, "objectives=[{id: days, text: Garden days all year}]")
    t.do("set", DEAL, "outcomes=[{id: company, text: New company}, {id: skills, text: New skills}]")
    t.do("add", DEAL, "criteria", "id=c1", "objective=days", "measure=Garden days held", "target=40")
    t.do(
        "add", DEAL, "criteria", "id=c2", "outcome=company", "measure=Who would come again, of all asked", "target=80%"
    )
    t.refuse(
        *("advance", DEAL),
        record=DEAL,
        clause="§6/objectives-and-outcomes",
        missing="Missing in criteria: skills",
        command="partnerkit add hill-garden-2025 criteria outcome=skills measure=<criteria.measure> target=<criteria.target>",
    )
    said = t.place.refuse("add", DEAL, "criteria", "id=c3", "outcome=skills", "measure=Tasks done alone", day=t.day)
    assert "the key 'target' is missing; nothing changed" in said.err
    t.do("add", DEAL, "criteria", "id=c3", "outcome=skills", "measure=Tasks done alone", "target=3 each")
    t.refuse(
        *("advance", DEAL),
        record=DEAL,
        clause="§7/conflict-resolution",
        missing="Missing: conflict-mechanism",
        command="partnerkit set hill-garden-2025 conflict-mechanism=<conflict-mechanism>",
    )
    t.do(
        "set",
        DEAL,
        "governance.structure=Two of each side, every quarter",
        "governance.management=The gardener runs the days",
    )
    t.do("set", DEAL, "conflict-mechanism=The two leads talk; then a trustee and the chair of the garden")
    terms = (
        "respect-and-equality={status: included, where: section 2}",
        "confidentiality={status: included, where: section 5}",
    )
    t.do("set", DEAL, *(f"terms.{term}" for term in terms))
    t.refuse(
        *("advance", DEAL),
        record=DEAL,
        clause="§9/confidentiality",
        missing="Missing: terms.data-protection",
        command="partnerkit set hill-garden-2025 terms.data-protection=<terms.data-protection>",
    )
    t.do("set", DEAL, "terms.data-protection={status: included, where: section 6}")
    t.refuse(
        *("set", DEAL, "classification=confidential"),
        record=DEAL,
        clause="§9/confidentiality",
        missing="conflict-mechanism says it in words, and hill-garden-2025 is confidential",
        command="partnerkit set hill-garden-2025 conflict-mechanism=<reference>",
    )
    t.do("set", DEAL, "classification=internal")
    t.do("add", DEAL, "agreement-document", t.place.write("agreement.md", "# Garden days\n"))
    t.do("advance", DEAL)


def sign(t: Teller) -> None:
    """Executed is signed by every party, on one document; what was signed is locked."""
    t.refuse(
        *("set", DEAL, "outcomes=[{id: company, text: Company}]"),
        record=DEAL,
        clause="§6/formal-agreements",
        missing="outcomes is locked",
        command="partnerkit gates hill-garden-2025",
    )
    t.do("add", DEAL, "agreement-signed", "party=us", "capacity=trustee", "method=ink")
    t.do("add", DEAL, "agreement-filed", t.place.write("signed.md", "# Garden days, signed\n"))
    t.refuse(
        *("advance", DEAL),
        record=DEAL,
        clause="§6/formal-agreements",
        missing="Missing: the signature of garden",
        command="partnerkit add hill-garden-2025 agreement-signed party=garden --on <day>",
    )
    t.refuse(
        *("advance", GARDEN),
        clause="§6/formal-agreements",
        missing="hill-garden-2025 is in signing",
        command="partnerkit gates hill-garden-2025",
    )
    t.do("add", DEAL, "agreement-signed", "party=garden", "capacity=chair")
    t.do("advance", DEAL)
    t.refuse(
        *("advance", GARDEN),
        record=GARDEN,
        clause="§6/formal-agreements",
        missing="hill-garden-2025 is in executed, and its first day is 2025-04-01",
        command=None,
    )
    t.day = "2025-04-01"
    t.do("advance", GARDEN)


def look_back(t: Teller) -> None:
    """A review judges every agreed objective and outcome, and says whether the partnership is still worth it."""
    t.day = "2025-10-05"
    t.do(
        "new",
        "review",
        "First half year",
        f"id={REVIEW}",
        f"of={GARDEN}",
        "rhythm=regular",
        "from=2025-04-01",
        "until=2025-09-30",
    )
    t.refuse(
        *("advance", REVIEW),
        record=REVIEW,
        clause="§7/monitoring-and-evaluation",
        missing="Missing in ratings: company, skills",
        command="partnerkit add first-review ratings name=outcome of=company score=<ratings.score> why=<ratings.why>",
    )
    t.do("add", REVIEW, "ratings", "name=objective", "of=days", "score=4", "why=22 of 20 days")
    t.do("add", REVIEW, "ratings", "name=outcome", "of=company", "score=5", "why=90 % would come again")
    t.aside("add", REVIEW, "ratings", "name=partnership", "of=skills", "score=3", "why=Not judged as an outcome")
    t.refuse(
        *("advance", REVIEW),
        record=REVIEW,
        clause="§7/monitoring-and-evaluation",
        missing="Missing in ratings: skills",
        command="partnerkit add first-review ratings name=outcome of=skills score=<ratings.score> why=<ratings.why>",
    )
    t.do("add", REVIEW, "ratings", "name=outcome", "of=skills", "score=2", "why=One task each so far")
    t.do("set", REVIEW, "findings=Good days, few skills", "conclusion=adjust")
    t.refuse(
        *("advance", REVIEW),
        record=REVIEW,
        clause="§7/monitoring-and-evaluation",
        missing="Missing: actions",
        command="partnerkit add first-review actions text=<actions.text> owner=<actions.owner>",
    )
    t.do("add", REVIEW, "actions", "kind=adjustment", "text=A task sheet for each bed", "owner=p-ada", "due=2025-11-01")
    t.do("advance", REVIEW)
    entry = t.place.json("log", REVIEW)["entries"][-1]
    assert entry["to"] == "done"


def dispute(t: Teller) -> None:
    """A dispute is settled as the agreement says; until something is done about it, it stands as a warning."""
    t.do("new", "case", "Who waters on Sundays", "id=water", f"of={GARDEN}", "type=dispute", f"opened={t.day}")
    t.day = "2025-10-06"
    assert "standing-breach" in t.warned()
    t.refuse(
        *("advance", "water"),
        record="water",
        clause="§7/conflict-resolution",
        missing="Missing: response",
        command="partnerkit set water response=<response>",
    )
    t.do("set", "water", "response=The two leads meet, as the agreement says")
    assert "standing-breach" not in t.warned()
    t.do("advance", "water")
    t.do("set", "water", "lessons=Weekends belong into the plan")
    t.do("advance", "water")


def outlive(t: Teller) -> None:
    """The agreement ends on its last day, whatever stage it stands in: the day after, the partnership is in breach."""
    t.day = "2026-03-31"
    assert "standing-breach" not in t.warned()
    t.refuse(
        *("advance", DEAL, "expired"),
        record=DEAL,
        clause="§6/formal-agreements",
        missing="ends (2026-03-31) is not P1D before today (2026-03-31)",
        command="partnerkit set hill-garden-2025 ends=<ends>",
    )
    t.day = "2026-04-01"
    (breach,) = [one for one in t.place.json("check", day=t.day)["findings"] if one["code"] == "standing-breach"]
    assert "active needs agreement-in-force for as long as it lasts" in breach["message"]
    assert "hill-garden-2025 is in executed, and its last day was 2026-03-31" in breach["message"]
    assert breach["mend"] == "partnerkit new agreement <title> partnership=hill-garden"


def end(t: Teller) -> None:
    """An exit strategy before the end begins; closure, feedback sought and lessons before it is over."""
    because = ("advance", GARDEN, "ending", "--reason", "The garden is built upon")
    t.do("set", GARDEN, "termination.trigger=no-longer-beneficial", "termination.effective=2026-04-30")
    t.refuse(
        *because,
        clause="§8/review-and-exit-strategy",
        missing="Missing: exit-strategy",
        command="partnerkit set hill-garden exit-strategy=<exit-strategy>",
    )
    t.do("set", GARDEN, "exit-strategy=Beds move to the park; everybody is visited once more")
    t.do(*because)
    t.do("add", GARDEN, "smooth-transition", "https://files.example/handover")
    t.aside("add", GARDEN, "feedback-sought", "summary=The letter came back", "outcome=fail")
    t.do("add", GARDEN, "lessons-learned", "https://files.example/lessons")
    t.do("add", GARDEN, "records-complete", "summary=Cabinet 3")
    t.refuse(
        *("advance", GARDEN),
        clause="§8/closure-and-feedback",
        missing="hill-garden-2025 is in executed",
        command="partnerkit gates hill-garden-2025",
    )
    t.do("advance", DEAL, "expired")
    t.refuse(
        *("advance", GARDEN),
        clause="§8/closure-and-feedback",
        missing="has the outcome fail, wanted is done",
        command="partnerkit add hill-garden feedback-sought <file-or-link> outcome=done",
    )
    t.do("add", GARDEN, "feedback-sought", "summary=Asked by letter; no answer", "outcome=done")
    t.refuse(
        *("waive", GARDEN, "lessons-learned", "--reason", "no time", "--until", "2026-12-31"),
        clause="§8/closure-and-feedback",
        missing="MANDALA-PCP lets nobody waive lessons-learned",
        command="partnerkit gates hill-garden",
    )
    t.do("advance", GARDEN)


def _said(place: Place, record: str, group: str, name: str) -> list[str]:
    return [one["id"] for one in place.json("show", record)["record"][group] if one["requirement"] == name]


def test_what_was_signed_and_who_signed_it_stay_while_the_agreement_is_executed(concluded: Teller) -> None:
    place = concluded.place
    (document,) = _said(place, DEAL, "evidence", "agreement-document")
    signature = _said(place, DEAL, "signatures", "agreement-signed")[0]
    other = place.write("other.md", "We owe them everything.\n")

    for words in (
        ("agreement-document", f"withdraw={document}", "--reason", "x"),
        ("agreement-document", other),
        ("agreement-signed", f"withdraw={signature}", "--reason", "never signed"),
    ):
        said = place.refuse("add", DEAL, *words)
        assert "rested-on-changed" in said.err
        assert "§6/formal-agreements" in said.err
        assert f"partnerkit gates {DEAL}" in said.err


def test_what_has_grown_old_is_shown_anew_while_the_partnership_lasts(concluded: Teller) -> None:
    """The renewal asks for a new due diligence; the approval still rests on the old one, which therefore stays."""
    place = concluded.place
    place.do("policy", "set", "MANDALA-PCP", "due-diligence-valid=P6M", "--seen", "minutes/9.md")
    old = _said(place, GARDEN, "evidence", "due-diligence")

    place.do("add", GARDEN, "due-diligence", "https://files.example/dd3", "outcome=pass")

    assert [one for one in place.findings() if one["severity"] == "error"] == []
    gone = place.refuse("add", GARDEN, "due-diligence", f"withdraw={old[-1]}", "--reason", "old")
    assert "rested-on-changed" in gone.err
    talks = place.refuse("add", GARDEN, "initial-engagement", "https://files.example/other-talks")
    assert "rested-on-changed" in talks.err


@pytest.mark.parametrize("when", ["before the return", "after the return"])
@pytest.mark.long
def test_an_undo_restores_no_gate_to_which_other_evidence_came_meanwhile(concluded: Teller, when: str) -> None:
    place = concluded.place
    back = ("advance", GARDEN, "engaging", "--reason", "look again")
    newer = ("add", GARDEN, "due-diligence", "https://files.example/dd3", "outcome=pass")
    for words in (newer, back) if when == "before the return" else (back, newer):
        place.do(*words)
        place.day = "2025-11-04"
    returned = next(one["id"] for one in reversed(place.json("log", GARDEN)["entries"]) if one["to"] == "engaging")

    if when == "before the return":
        place.do("undo", returned, "--reason", "oops")
        assert [one for one in place.findings() if one["severity"] == "error"] == []
    else:
        assert "rested-on-changed" in place.refuse("undo", returned, "--reason", "oops").err


def test_from_a_first_idea_to_the_end(concluded: Teller, capsys: pytest.CaptureFixture[str]) -> None:
    """T9 (nobody is named who decides), T10 (always an agreement, and one that can be measured), T15, T2 (see below)."""
    teller = concluded  # the first four chapters were told
    for chapter in (look_back, dispute, outlive, end):
        chapter(teller)
    with capsys.disabled():
        print(f"\nMANDALA-PCP: {teller.done} commands from an idea to the end, {teller.refused} refusals")
    found = teller.place.json("log", GARDEN)
    assert [entry["to"] for entry in found["entries"]] == [
        *("identified", "engaging", "agreeing", "active", "ending", "ended")
    ]
    assert teller.refused >= 20
    assert set(teller.warned()) == {"policy-review-overdue"}
    assert teller.place.wrong("advance", GARDEN).err.startswith(f"✗ {GARDEN} stands in ended, which is an end")


@pytest.mark.parametrize(
    ("day", "overdue"), [("2025-07-07", None), ("2025-07-08", 1), ("2026-07-07", 365), ("2026-11-20", 501)]
)
def test_the_policy_is_reviewed_every_year(teller: Teller, day: str, overdue: int | None) -> None:
    """T2: approved on 2024-07-07 and reviewed every year. Not on the day itself; then a warning with the days, no error."""
    teller.day = day
    assert teller.warned() == (["policy-review-overdue"] if overdue else [])
    said = teller.place.do("check", day=day).out
    assert overdue is None or f"was due on 2025-07-07, {overdue} days ago" in said
