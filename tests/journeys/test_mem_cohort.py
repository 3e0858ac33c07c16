"""A cohort of 27 from the answers of a form to completed pairings, in few commands beyond the sheets."""

from __future__ import annotations

import io
import re
from pathlib import Path
from typing import Any

import pytest
from ruamel.yaml import YAML

from tests.journeys import cohort
from tests.journeys.cohort import MENTEES, MENTORS, ROWS
from tests.journeys.coordinating import Coordinator, Filling
from tests.journeys.mentoring import not_by_whoever_declined, stage
from tests.journeys.telling import Teller, pasteable

PAGE = Path(__file__).parents[2] / "docs" / "mentoring.md"

#: The last of the mentees is declined at first; one of the mentors is also the one who decides on applications.
DECLINED, DECIDER = "mentee-p-0026", "mentor-p-jonas"

#: There is no place for one of them at first; another finds that it does not fit, and waits for the next cycle.
WAITS, AGAIN = "mentee-p-0015", "mentee-p-0020"
PARTED = f"formal-2026-spring-{AGAIN}"

REVIEWS = "name,of,rhythm,from,until"
APPLICATIONS = ("--where", "kind=application")
PAIRINGS = ("--where", "kind=pairing")
JUDGED = ("personality-match=70", "success-metrics=60: they agree", "--interests", "Nobody who decides has one")


def as_asked(column: str, row: dict[str, str]) -> str | None:
    """What a coordinator writes about applications, column by column; those who are not asked have no such cell."""
    name, _, key = column.partition(".")
    if name == "references":
        return "verified"
    if name == "training":
        return "2026-02-28"
    if name in {"mentee-readiness", "mentor-qualities"}:
        return "70"
    return {"summary": "Looked through", "outcome": "pass"}.get(key)


def taken_in(c: Coordinator) -> None:
    """The form's answers, and all that coordinators find out about those who gave them."""
    place, answers = c.t.place, cohort.rows()
    for number in range(MENTORS):  # ten places for eleven who want a formal mentorship
        answers[number]["How many mentees at a time?"] = "2" if number == 7 else "1"
    answers[MENTORS - 1]["E-mail address"] = "jonas@lighthouse.example"  # whoever decides would like to mentor too
    sheet = place.write("form.csv", cohort.as_sheet(answers))
    found: dict[str, Any] = YAML(typ="safe").load(c.do("import", sheet, "--kind", "application"))
    out = io.StringIO()
    YAML().dump({**found, "kept": "vault/spring-2026.csv"}, out)  # all that is edited
    c.do("import", sheet, "--map", place.write("map.yaml", out.getvalue()))
    said = c.sheet(("--through", *APPLICATIONS), as_asked, "--advance")
    assert "stay in training, for want of acceptance" in said
    assert c.stages("application") == {"review": MENTEES, "training": MENTORS}


def decided(c: Coordinator) -> None:
    """All but one are accepted. Whoever decides does not decide on themselves: somebody else does that."""
    others = (*APPLICATIONS, "--where", f"id!={DECLINED}")
    c.typed += 1
    c.t.refuse(
        *("approve", "acceptance", *others, "--advance"),
        by="p-jonas",
        record=DECIDER,
        clause="§10.1.2/conflict-of-interest",
        missing=f"p-jonas is the proposer of {DECIDER} or a party to it, and may not decide on acceptance",
        command="partnerkit person role <person> program-manager",
    )
    c.do("person", "role", "p-lea", "program-manager")
    c.do("approve", "acceptance", *others, "--where", f"id!={DECIDER}", "--advance", by="p-jonas")
    c.do("approve", DECIDER, "acceptance", "--advance", by="p-lea")
    c.do("approve", DECLINED, "decline", by="p-jonas")
    c.do("advance", DECLINED, "declined", "--reason", "§4.1.2/realistic-expectations")
    c.sheet(("--next", *APPLICATIONS), lambda column, _row: {"notified": c.t.day}.get(column))
    assert c.stages("application") == {"accepted": ROWS - 1, "declined": 1}


def appealed(c: Coordinator) -> None:
    """Somebody else than who declined decides on the appeal, and it is granted."""
    c.t.day = "2026-03-09"
    appeal = f"{DECLINED}-appeal"
    c.do("new", "case", "Appeal", f"of={DECLINED}", "type=appeal", "opened=2026-03-09")
    c.do("add", appeal, "case-file", "summary=With the core team", "--advance")
    not_by_whoever_declined(c.t, appeal)
    c.do("approve", appeal, "appeal-upheld", by="p-timo")
    c.do("advance", appeal, "upheld")
    c.do("advance", DECLINED, "review", "--reason", "The appeal was upheld")
    c.do("approve", DECLINED, "acceptance", "--advance", by="p-lea")
    c.sheet(("--next", *APPLICATIONS), lambda column, _row: {"notified": c.t.day}.get(column))
    assert c.stages("application") == {"accepted": ROWS}
    assert c.t.warned() == ["policy-review-overdue"]


def settled(agreement: str, starts: str, ends: str) -> Filling:
    """What they agree on once they have met; each of the two says their own part."""
    said = {"coordinator": "p-rosa", "introduced": starts, "starts": starts, "ends": ends}
    said |= {"channels": "regular-meetings", "success": "We use it", "mentorship-agreement.file": agreement}
    said |= {"goals.g1.text": "Learn", "goals.g1.measure": "A talk is given", "goals.g1.due": ends}
    said |= {"goal-discussion.outcome": "done", "program-orientation.outcome": "done"}
    said |= {"compatibility-after-meeting.outcome": "pass", "agreement-signing.method": "e-signature"}
    said["relationship-confirmation.answer"] = "good"
    usual = {"summary": "They spoke", "text": "Yes"}

    def fill(column: str, _row: dict[str, str]) -> str | None:
        name, _, key = column.partition(".")
        return said.get(column) or ("section 2" if name == "terms" else usual.get(key))

    return fill


def begun(c: Coordinator, ends: str) -> None:
    """Those who were paired meet, agree, sign and begin."""
    agreement = c.t.place.write("agreement.md", "# We agree\n")
    new = (*PAIRINGS, "--where", "stage=proposed")
    c.sheet(("--through", *new), settled(agreement, c.t.day, ends), "--advance")


def matched(c: Coordinator) -> None:
    """There are ten places for eleven: one waits a cycle more, and is told why."""
    c.t.day = "2026-03-10"
    said = c.do("match", "propose", "formal", "--cycle", "2026-spring")
    assert "10 of 11 who wait have a mentor" in said
    assert f"{WAITS}  everybody with whom it is possible has other mentees" in said
    c.do("match", "accept", *JUDGED, "--others-wait")
    assert c.stages("pairing") == {"proposed": 10}
    begun(c, "2026-09-10")
    assert c.stages("pairing") == {"active": 10}


def ran(c: Coordinator) -> None:
    """A month of meetings and check-ins; one pair does not fit, and nobody says why; whoever waited gets the mentor."""
    c.t.day = "2026-04-10"
    meeting = {"minutes": "60", "on": "2026-04-08", "mode": "virtual"}
    c.sheet(("meetings",), lambda column, _row: meeting.get(column))
    c.sheet(("check-ins",), lambda column, _row: {"on": "2026-04-09", "needs-help": "false"}.get(column))
    c.do("set", PARTED, "termination.trigger=mentee", "termination.effective=2026-04-10")
    c.do("advance", PARTED, "rematch", "--reason", "It did not fit")
    said = c.do("match", "propose", "formal", "--cycle", "2026-rematch")
    assert f"{WAITS}  mentor-p-0001" in said
    told = c.t.place.json("match", "explain", AGAIN, "--why-not", "p-0001", day=c.t.day)
    assert told["others"][0]["ruled_out"] == ["not-again"]
    c.do("match", "accept", *JUDGED, "--others-wait")
    begun(c, "2026-10-10")
    assert c.stages("pairing") == {"active": 10, "rematch": 1}


def ended(c: Coordinator) -> None:
    """Every pairing has its evaluation, also the one that ended early, and is completed."""
    c.t.day = "2026-10-10"
    ids = [one["id"] for one in c.t.place.json("list", "pairing", day=c.t.day)["records"]]
    began = {one: "2026-04-10" if "rematch" in one else "2026-03-10" for one in ids}
    rows = [f"At the end,{one},end,{began[one]},{c.t.day}" for one in ids]
    c.from_sheet("new", "review", "--from", c.t.place.write("reviews.csv", "\n".join([REVIEWS, *rows]) + "\n"))
    judged = {"findings": "They learnt what they wanted", "conclusion": "end"}

    def rated(column: str, _row: dict[str, str]) -> str | None:
        key = column.rpartition(".")[2]
        return judged.get(column) or {"name": "goal-achievement", "score": "4", "why": "Both say so"}.get(key)

    c.sheet(("--next", "--where", "kind=review"), rated)
    c.do("approve", "review-sign-off", "--where", "kind=review", "--advance")
    active = (*PAIRINGS, "--where", "stage=active")
    c.sheet(("--next", *active), lambda column, _row: "reached" if column.startswith("goals.") else None, "--advance")
    assert c.stages("pairing") == {"completed": 10, "rematch": 1}


def carried(c: Coordinator) -> None:
    """Whoever was left over is placed in the next cycle, with another mentor."""
    said = c.do("match", "propose", "formal", "--cycle", "2026-autumn")
    assert f"{AGAIN}  mentor-p-0006" in said
    assert c.t.place.json("show", AGAIN, day=c.t.day)["record"]["cycles-waited"] == 1
    c.do("match", "accept", AGAIN, *JUDGED)
    begun(c, "2027-04-10")
    assert c.stages("pairing") == {"completed": 10, "rematch": 1, "active": 1}


@pytest.mark.long
def test_a_cohort_goes_from_a_form_to_completed_pairings(programme: Teller) -> None:
    """As docs/mentoring.md tells it, in as many commands; every change of stage stays an entry that the audit judges."""
    c = Coordinator(programme)
    for chapter in (taken_in, decided, appealed, matched, ran, ended, carried):
        chapter(c)
    print(f"{c.typed} commands, and {c.sheets} of sheets")
    page = PAGE.read_text(encoding="utf-8")
    told = re.search(r"takes\s+\*\*(\d+)\s+commands\*\*, and (\d+)\s+for the sheets", page)
    assert told is not None
    assert (c.typed, c.sheets) == (int(told[1]), int(told[2]))
    lines = typed_on(page.partition("## From the form to completed pairings")[2].partition("### A pair of whom")[0])
    sheets = [line for line in lines if " export sheet " in line or " --from " in line]
    assert (len(lines) - len(sheets), len(sheets)) == (c.typed + 1, c.sheets), "and the figures, last"

    assert stage(programme, DECLINED) == "accepted"
    for command in ("check", "audit"):
        assert programme.place.run(command, day=programme.day).code == 0
    assert programme.place.run("match", "verify", day=programme.day).code == 0
    moves = programme.place.json("show", DECIDER, day=programme.day)["record"]["history"]
    assert [one["to"] for one in moves] == ["submitted", "review", "interview", "references", "training", "accepted"]
    held = b"".join(programme.place.snapshot().values()) + programme.place.git("log", "--format=%B").encode()
    assert b"Invented" not in held
    assert b"mail.example" not in held


def test_every_line_of_the_page_about_mentoring_is_a_command() -> None:
    """What stands in docs/mentoring.md is what the journey above types, and parses as it stands."""
    assert [line for line in typed_on(PAGE.read_text(encoding="utf-8")) if not pasteable(line)] == []


def typed_on(page: str) -> list[str]:
    """The command lines of a page."""
    lines = [line.strip().partition(" > ")[0] for line in page.splitlines()]
    return [line for line in lines if line.startswith("partnerkit ")]
