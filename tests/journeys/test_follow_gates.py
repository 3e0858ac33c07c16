"""Whoever knows nothing but the `command` lines of `gates --json` gets a partnership from its first stage to active."""

from __future__ import annotations

import re
import shlex
from datetime import date, timedelta
from pathlib import Path

import pytest

from partnerkit.rules.commands import PLACEHOLDERS
from tests.journeys.telling import pasteable
from tests.place import Place, new_register
from tests.story import form

#: What to put where a line has <name>: one table, for every kind and every stage.
TABLE = {
    "file-or-link": "https://files.example/x",
    "outcome": "pass",
    "summary": "31 in favour",
    "seen": "minutes/1.md",
    "reason": "because",
    "title": "Cooperation 2026",
    "role": "core-team",
    "person": "p-jonas",
    "email": "jonas@lighthouse.example",
    # Fields of a partnership, an agreement and a risk.
    "type": "cloud-providers",
    "proposer": "p-rosa",
    "objectives.text": "Free builds",
    "roles.partnership-manager": "p-rosa",
    "exit-strategy": "Members move elsewhere",
    "parties.name": "Acme",
    "responsibilities.party": "p1",
    "responsibilities.text": "Runs the builds",
    "commitments.by": "partner",
    "commitments.text": "builds",
    "starts": "2026-04-01",
    "milestones": "[{id: m1, text: First builds, due: 2026-04-15}]",
    **dict.fromkeys(
        ("terms.legal-terms", "terms.intellectual-property", "terms.confidentiality", "terms.termination-clauses"),
        "{status: included, where: section 1}",
    ),
    "risk.type": "operational",
    "analysis": "The sponsor may leave",
    "owner": "p-rosa",
    "assessments.likelihood": "2",
    "assessments.impact": "4",
    "assessments.why": "it happened to others",
}


class Follower:
    """Pastes lines, and remembers which."""

    def __init__(self, place: Place) -> None:
        self.place = place
        self.day = date(2026, 3, 2)
        self.table = {**TABLE, "scores": form(place), "document": place.write("agreement.md", "# Agreement\n")}
        self.pasted: list[str] = []

    def filled(self, line: str) -> list[str]:
        """The line's words, placeholders replaced as a person would."""
        table = {**self.table, "day": self.day.isoformat()}
        return [re.sub(r"<([a-z.-]+)>", lambda found: table[found[1]], word) for word in shlex.split(line)]

    def paste(self, line: str) -> None:
        assert pasteable(line), line
        self.pasted.append(line)
        words = self.filled(line)
        if words[1] == "gates":
            self.on(words[2])
        else:
            self.place.do(*words[1:], day=self.day.isoformat())

    def on(self, record: str) -> None:
        """Supply what one gate of a record lacks, then move it on."""
        for _ in range(60):
            gate = self.place.json("gates", record, day=self.day.isoformat())
            missing = [one for one in gate["requirements"] if not one["met"]]
            assert gate["open"] == (not missing)
            if not missing:
                self.paste(f"partnerkit advance {record}")
                return
            lines = [one["command"] for one in missing if one["command"]]
            if lines:
                self.paste(lines[0])
            else:
                self.day += timedelta(days=1)
        pytest.fail(f"{record} does not get past {gate['stage']}: {missing}")

    def to(self, record: str, stage: str) -> None:
        for _ in range(12):
            if self.place.json("show", record)["stage"] == stage:
                return
            self.on(record)
        pytest.fail(f"{record} does not reach {stage}")


def test_from_the_first_stage_to_active_by_pasting_alone(place: Place) -> None:
    """Nothing is known but the id: every line can be run as printed, and each brings the record on."""
    place.do("new", "partnership", "Acme")
    follower = Follower(place)
    follower.to("acme", "active")
    assert place.json("list", "agreement")["records"][0]["stage"] == "active"
    assert place.json("list", "risk")["records"][0]["stage"] == "assessed"
    assert any(line == "partnerkit gates acme-2026" for line in follower.pasted)
    assert place.run("check").code == 0


def test_variables_that_ask_for_more_are_followed_too(place: Place) -> None:
    """Two votes, two references and a fortnight of community input: the lines offered lead through, time passes."""
    wanted = ("core-team-votes=2", "references=2", "community-input-open=P14D")
    place.do("policy", "set", "OPS-05-03", *wanted, "--seen", "minutes/1.md")
    place.do("new", "partnership", "Acme")
    follower = Follower(place)
    follower.to("acme", "agreement")
    assert follower.day == date(2026, 3, 16)
    votes = [line for line in follower.pasted if "core-team-review" in line]
    assert ["--for p-jonas" in votes[0], "--for p-timo" in votes[1]] == [True, True]


def test_a_policy_that_does_not_say_who_decides_says_how_to_say_it(tmp_path: Path) -> None:
    """Unset deciders and an empty roster: the lines set the role and give it to somebody, then go on."""
    place = new_register(tmp_path / "register")
    place.do("new", "partnership", "Acme")
    place.do("person", "add", "p-jonas", "--email", "jonas@lighthouse.example")
    follower = Follower(place)
    follower.to("acme", "agreement")
    assert "partnerkit policy set OPS-05-03 final-decider=<role> --seen <seen>" in follower.pasted
    assert "partnerkit person role <person> core-team" in follower.pasted


def test_every_placeholder_is_documented_or_a_field_of_the_records(place: Place) -> None:
    """PLACEHOLDERS is the whole list; all else in angle brackets is the path of a field."""
    place.do("new", "partnership", "Acme")
    follower = Follower(place)
    follower.to("acme", "decision")
    used = {name for line in follower.pasted for name in re.findall(r"<([a-z.-]+)>", line)}
    assert {"file-or-link", "outcome", "scores", "title"} <= used & set(PLACEHOLDERS)
    assert used - set(PLACEHOLDERS) == {
        *("type", "objectives.text", "risk.type", "analysis", "owner"),
        *("assessments.likelihood", "assessments.impact", "assessments.why"),
    }
    assert {"seen", "reason", "document", "summary", "day", "person", "email", "value"} <= set(PLACEHOLDERS)
