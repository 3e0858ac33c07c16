"""A cohort of 27 from the answers of a form to the pool, in few commands; one is declined, appeals, and is accepted."""

from __future__ import annotations

import csv
import io
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from ruamel.yaml import YAML

from tests.journeys import cohort
from tests.journeys.cohort import MENTEES, MENTORS, ROWS
from tests.journeys.mentoring import MODULES, QUALITIES, READINESS, not_by_whoever_declined, stage
from tests.journeys.telling import Teller, pasteable

#: How many commands it takes, the map and the sheets among them, until all 27 have their decision and were told.
COMMANDS = 21

#: Of the appeal: from the words of the applicant to the second decision and its letter.
COMMANDS_OF_THE_APPEAL = 10

DECLINED = "mentee-p-0027"


@dataclass
class Coordinator:
    """Works through the cohort, and counts what was typed."""

    t: Teller
    typed: int = 0

    def do(self, *words: str, by: str | None = None) -> str:
        self.typed += 1
        return self.t.do(*words, by=by).out

    def sheet(self, what: str, fill: Mapping[str, str]) -> None:
        """A sheet written out, filled in by hand, and read back."""
        path = str(self.t.place.root.parent / f"{what}.csv")
        self.do("export", "sheet", what, "--out", path)
        with open(path, encoding="utf-8", newline="") as file:
            found = list(csv.DictReader(file))
        out = io.StringIO()
        writer = csv.DictWriter(out, list(found[0]))
        writer.writeheader()
        writer.writerows({**one, **fill} for one in found)
        self.do("add", what, "--from", self.t.place.write(f"{what}.csv", out.getvalue()))


def counted(t: Teller) -> dict[str, int]:
    """How many applications stand in each stage."""
    found: dict[str, int] = {}
    for one in t.place.json("list", "application", day=t.day)["records"]:
        found[one["stage"]] = found.get(one["stage"], 0) + 1
    return found


def taken_in(c: Coordinator) -> None:
    place = c.t.place
    sheet = place.write("form.csv", cohort.as_sheet(cohort.rows()))
    found: dict[str, Any] = YAML(typ="safe").load(c.do("import", sheet, "--kind", "application"))
    out = io.StringIO()
    YAML().dump({**found, "kept": "vault/spring-2026.csv"}, out)  # all that is edited
    c.do("import", sheet, "--map", place.write("map.yaml", out.getvalue()))
    assert counted(c.t) == {"submitted": ROWS}


def looked_through(c: Coordinator) -> None:
    """What is asked of all, and of mentees; then mentors go on to their interviews."""
    c.do("advance", "--where", "stage=submitted")
    c.do("add", "application-review", "--where", "stage=review", "summary=Looked through", "outcome=pass")
    c.do("add", "community-standing", "--where", "stage=review", "summary=Takes part", "outcome=pass")
    c.do("add", "goal-assessment", "--where", "as=mentee", "summary=Can be reached", "outcome=pass")
    c.sheet("mentee-readiness", dict.fromkeys(READINESS, "70"))
    c.do("advance", "--where", "stage=review", "--where", "as=mentor")
    assert counted(c.t) == {"review": MENTEES, "interview": MENTORS}


def mentors_prepared(c: Coordinator) -> None:
    """Interviews, references and the four parts of the training, of which the course keeps a list."""
    c.do("add", "interview", "--where", "stage=interview", "summary=Held", "outcome=pass")
    c.sheet("mentor-qualities", dict.fromkeys(QUALITIES, "70"))
    c.do("advance", "--where", "stage=interview")
    c.do("set", "--where", "stage=references", "references.*.status=verified")
    c.do("advance", "--where", "stage=references")
    mentors = [f"mentor-p-{number:04}" for number in range(1, MENTORS + 1)]
    lines = [f"{one},{module},2026-02-28" for one in mentors for module in MODULES]
    c.do("add", "training", "--from", c.t.place.write("course.csv", "\n".join(["id,module,on", *lines]) + "\n"))
    assert counted(c.t) == {"review": MENTEES, "training": MENTORS}


def decided(c: Coordinator) -> None:
    """All but one are accepted; everybody is told."""
    others = ("--where", "kind=application", "--where", f"id!={DECLINED}")
    c.do("approve", "acceptance", *others, by="p-jonas")
    c.do("advance", *others)
    c.do("approve", DECLINED, "decline", by="p-jonas")
    c.do("advance", DECLINED, "declined", "--reason", "§4.1.2/realistic-expectations")
    c.do("set", "--where", "kind=application", "notified=2026-03-02")
    assert counted(c.t) == {"accepted": ROWS - 1, "declined": 1}


def appealed(c: Coordinator) -> None:
    """Somebody else than who declined decides on the appeal."""
    appeal = f"{DECLINED}-appeal"
    c.do("new", "case", "Appeal", f"of={DECLINED}", "type=appeal", "opened=2026-03-09")
    c.do("add", appeal, "case-file", "summary=With the core team")
    c.do("advance", appeal)
    not_by_whoever_declined(c.t, appeal)
    c.do("approve", appeal, "appeal-upheld", by="p-lea")
    c.do("advance", appeal, "upheld")
    c.t.day = "2026-03-20"
    c.do("advance", DECLINED, "review", "--reason", "The appeal was upheld")
    c.do("add", DECLINED, "mentee-readiness", *(f"{one}=75" for one in READINESS))
    c.do("approve", DECLINED, "acceptance", by="p-jonas")
    c.do("advance", DECLINED)
    c.do("set", DECLINED, "notified=2026-03-20")


def test_a_cohort_comes_from_a_form_to_the_pool_in_few_commands(programme: Teller) -> None:
    c = Coordinator(programme)
    for chapter in (taken_in, looked_through, mentors_prepared, decided):
        chapter(c)
    assert c.typed == COMMANDS

    programme.day, c.typed = "2026-03-09", 0
    programme.do("person", "role", "p-jonas", "core-team")
    appealed(c)
    assert c.typed == COMMANDS_OF_THE_APPEAL
    assert stage(programme, DECLINED) == "accepted"
    assert counted(programme) == {"accepted": ROWS}
    assert programme.warned() == ["policy-review-overdue"]

    assert programme.place.run("audit", day=programme.day).code == 0
    held = b"".join(programme.place.snapshot().values()) + programme.place.git("log", "--format=%B").encode()
    assert b"Invented" not in held
    assert b"mail.example" not in held


def test_every_line_of_the_page_about_mentoring_is_a_command() -> None:
    """What stands in docs/mentoring.md is what the journey above types, and parses as it stands."""
    page = (Path(__file__).parents[2] / "docs" / "mentoring.md").read_text(encoding="utf-8")
    lines = [line.strip().partition(" > ")[0] for line in page.splitlines() if line.startswith("    partnerkit ")]
    assert len(lines) >= COMMANDS
    assert [line for line in lines if not pasteable(line)] == []
