"""What looks genuine in a pull request and is not: the reviewer's page says so."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from tests.scenarios.pulls.puller import ROBOTS, Puller, copied


@pytest.fixture
def change(pulled: Path, tmp_path: Path) -> Puller:
    """A branch on which nothing has been done yet."""
    player = copied(pulled, tmp_path / "register", "hidden")
    with player:
        player.git("checkout", "-q", "-b", "change")
    return player


def _told(player: Puller) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(player.run("diff", "main", "HEAD", "--json").said)
    return found


def test_an_approval_that_is_void_before_it_lands_is_not_shown_as_given(change: Puller) -> None:
    with change:
        change.on("2026-10-05", "p-kim").run("approve", ROBOTS, "core-team-review")
        change.run("set", ROBOTS, "commitments=[{by: partner, text: Three robot kits}]")
        (record,) = _told(change)["records"]
        said = change.run("diff", "main", "HEAD").said

    assert record["said"] == []
    void = {one["by"]: one for one in record["void"]}
    assert void.keys() == {"p-jonas", "p-kim"}
    assert void["p-jonas"]["fields"] == ["commitments"]
    assert "one of" in void["p-kim"]["words"]
    assert "changed since p-kim approved" in void["p-kim"]["words"]
    assert f"\u2717 {void['p-kim']['words']}" in said
    assert said.startswith("! Nothing in it breaks a rule; ")
    assert "2 approvals made void" in said


RISK = "northwind-cloud-cooperative-build-minutes-withdrawn"


def test_a_line_of_a_log_that_is_rewritten_is_no_new_line(change: Puller) -> None:
    with change:
        change.edit(RISK, "    likelihood: 2\n    impact: 4\n", "    likelihood: 1\n    impact: 1\n")
        change.commit("A smaller risk")
        rewritten = _told(change)
        said = change.run("diff", "main", "HEAD").said
        change.run("add", RISK, "assessments", "likelihood=3", "impact=3", "why=another sponsor")
        (appended,) = _told(change)["records"]
        log = change.path(RISK).read_text(encoding="utf-8")
        start, end = log.index("assessments:\n"), log.index("owner:")
        change.path(RISK).write_text(log[:start] + log[end:], encoding="utf-8")
        change.commit("None of them")
        gone = _told(change)

    (record,) = rewritten["records"]
    (look,) = rewritten["look_at"]
    assert record["log"] == []
    assert (look["sort"], look["where"]) == ("log-rewritten", RISK)
    assert "a line of assessments of 2026-02-04 is rewritten" in look["words"]
    assert look["words"].endswith("likelihood from 2 to 1; impact from 4 to 1")
    assert said.startswith("! Nothing in it breaks a rule; 1 log line rewritten or gone.")
    assert "! assessments: on 2026-02-04, likelihood 2, impact 4" in said
    assert appended["log"] == [{"log": "assessments", "lines": 1}]
    assert [(one["was"][:24], one["is"][:24]) for one in appended["fields"]] == [
        ("on 2026-02-04, likelihoo", "on 2026-02-04, likelihoo")
    ]
    assert (
        "a line of assessments of 2026-02-04 is gone, and a log only grows: on 2026-02-04"
        in gone["look_at"][0]["words"]
    )
