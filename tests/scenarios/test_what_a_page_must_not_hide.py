"""What looks genuine in a pull request and is not: the reviewer's page says so."""

from __future__ import annotations

import json
import re
from typing import Any

from tests.scenarios.pulls.puller import ROBOTS, SCHOOL, SEEN, Puller


def _told(player: Puller) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(player.run("diff", "main", "HEAD", "--json").said)
    return found


def test_an_approval_that_is_void_before_it_lands_is_not_shown_as_given(change: Puller) -> None:
    with change:
        change.on("2026-10-05", "p-kim").run("approve", ROBOTS, "core-team-review")
        change.run("set", ROBOTS, "commitments=[{by: partner, text: Three robot kits}]")
        (record,) = _told(change)["records"]
        said = change.run("diff", "main", "HEAD").said
        change.on("2026-10-06", "p-kim").run("approve", ROBOTS, "core-team-review")
        (anew,) = _told(change)["records"]

    assert record["said"] == []
    void = {one["by"]: one for one in record["void"]}
    assert void.keys() == {"p-jonas", "p-kim"}
    assert void["p-jonas"]["fields"] == ["commitments"]
    assert "one of" in void["p-kim"]["words"]
    assert "changed since p-kim approved" in void["p-kim"]["words"]
    assert f"\u2717 {void['p-kim']['words']}" in said
    assert said.startswith("! Nothing in it breaks a rule; ")
    assert "2 approvals made void" in said
    assert [one["by"] for one in anew["void"]] == ["p-jonas"]
    assert [one["words"] for one in anew["said"]] == [
        "approved as core-team, by p-kim on 2026-10-05; decided anew since",
        "approved as core-team, by p-kim on 2026-10-06",
    ]


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


def _words_of_others(player: Puller) -> list[str]:
    return [one["words"] for one in _told(player)["look_at"] if one["sort"] == "word-of-another"]


def test_a_decision_committed_by_another_than_says_so_is_to_be_looked_at(change: Puller) -> None:
    """What was recorded for somebody says so itself, and is told of as such."""
    with change:
        change.run("approve", ROBOTS, "final-decision", "--for", "p-jonas", *SEEN)
        change.on("2026-10-05", "p-kim").run("approve", ROBOTS, "core-team-review")
        genuine = _words_of_others(change)
        change.on("2026-10-05", "p-rosa").edit(ROBOTS, "    recorded-by: p-rosa\n", "")
        change.commit("Jonas has decided")
        forged = _words_of_others(change)
        change.edit(ROBOTS, "    by: p-kim\n", "    by: p-timo\n")
        change.on("2026-10-05", "p-nobody").commit("And Timo")
        unknown = _words_of_others(change)

    (mine,) = forged
    assert genuine == []
    assert mine.endswith(
        " for final-decision says that it is the word of p-jonas; the commit that brings it is by p-rosa"
    )
    assert len(unknown) == 2
    assert mine in unknown
    assert any(
        one.endswith(
            " for core-team-review says that it is the word of p-timo; "
            "the commit that brings it is by nobody whom the roster knew by that address"
        )
        for one in unknown
    )


def test_a_decision_that_another_edits_on_its_branch_is_no_longer_theirs(change: Puller) -> None:
    with change:
        no = ("--decision", "request-changes", "--reason", "Not yet")
        change.on("2026-10-05", "p-kim").run("approve", ROBOTS, "core-team-review", *no)
        theirs = _words_of_others(change)
        change.edit(ROBOTS, "    decision: request-changes\n", "    decision: approve\n")
        change.on("2026-10-05", "p-rosa").commit("Typing")
        edited = _words_of_others(change)

    assert theirs == []
    assert edited[0].endswith("says that it is the word of p-kim; the commit that brings it is by p-rosa")


def test_what_is_not_committed_is_held_against_who_would_commit_it(change: Puller) -> None:
    with change:
        change.on("2026-10-05", "p-kim").run("approve", ROBOTS, "core-team-review")
        change.git("reset", "-q", "--soft", "main")
        theirs, mine, nobodys = (
            [one["words"] for one in _look(change.on("2026-10-05", who)) if one["sort"] == "word-of-another"]
            for who in ("p-kim", "p-rosa", "p-nobody")
        )

    assert theirs == []
    says = "core-team-review says that it is the word of p-kim; who works here, and would commit it, is"
    assert [one.partition(" for ")[2] for one in (*mine, *nobodys)] == [
        f"{says} p-rosa",
        f"{says} nobody whom the roster knows",
    ]


def _look(player: Puller) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = json.loads(player.run("diff", "main", "--json").said)["look_at"]
    return found


def test_a_withdrawal_and_a_recording_in_another_name_are_to_be_looked_at(change: Puller) -> None:
    """Several things of one sort, by one and in the commits of one, are told at once."""
    taken_back = ("--decision", "withdraw", "--reason", "I had not seen the papers")
    with change:
        change.on("2026-10-05", "p-jonas").run("approve", ROBOTS, "core-team-review", *taken_back)
        change.on("2026-10-05", "p-kim").run("approve", ROBOTS, "final-decision", "--for", "p-jonas", *SEEN)
        change.run("add", ROBOTS, "community-input", "https://forum.example/t/robots", "kind=opened")
        change.run("approve", ROBOTS, "core-team-review")
        genuine = _words_of_others(change)
        change.git("reset", "-q", "--soft", "main")
        change.on("2026-10-05", "p-rosa").commit("All of it")
        forged = [re.sub(r"[ae]-[0-9a-f]{12}", "x", one) for one in _words_of_others(change)]

    assert genuine == []
    brings = "the commit that brings {} is by p-rosa"
    assert sorted(forged) == [
        f"x for community-input, x for core-team-review say that they are the word of p-kim; {brings.format('them')}",
        f"x for core-team-review says that it was withdrawn by p-jonas; {brings.format('it')}",
        f"x for final-decision says that it was recorded by p-kim; {brings.format('it')}",
    ]


def test_of_a_statement_that_was_edited_it_is_said_from_what_to_what(change: Puller) -> None:
    (proposal,) = re.findall(
        r"id: (e-[0-9a-f]{12})\n    requirement: due-diligence", change.path(SCHOOL).read_text(encoding="utf-8")
    )
    with change:
        change.edit(SCHOOL, "ref: https://files.example/meadow\n", "ref: https://files.example/other\n")
        change.commit("Other papers")
        (record,) = _told(change)["records"]
        said = change.run("diff", "main", "HEAD").said

    (field,) = record["fields"]
    assert field == {
        "field": f"evidence.{proposal}.ref",
        "was": "https://files.example/meadow",
        "is": "https://files.example/other",
        "bound": "a statement is withdrawn, never edited",
        "clause": None,
    }
    assert f"! evidence.{proposal}.ref: https://files.example/meadow → https://files.example/other" in said


def test_of_a_statement_that_was_removed_it_is_said_which(change: Puller) -> None:
    with change:
        text = change.path(SCHOOL).read_text(encoding="utf-8")
        (block,) = re.findall(r"  - id: e-[0-9a-f]{12}\n    requirement: due-diligence\n(?:    .*\n)*", text)
        change.edit(SCHOOL, block, "")
        change.commit("No papers")
        (record,) = _told(change)["records"]

    (field,) = record["fields"]
    assert field["field"] == f"evidence.{block[8:22]}"
    assert "requirement due-diligence" in field["was"]
    assert field["is"] is None


def test_a_role_from_an_earlier_day_and_an_exchanged_address_are_to_be_looked_at(change: Puller) -> None:
    with change:
        change.run("person", "role", "p-timo", "core-team", *SEEN)
        today = [one["sort"] for one in _told(change)["look_at"]]
        change.edit("people", "from: 2026-10-05", "from: 2020-01-01")
        change.edit("people", "timo@", "t@")
        change.commit("The roster")
        looks = [one["words"] for one in _told(change)["look_at"] if one["sort"] == "roster-doubtful"]
        said = change.run("diff", "main", "HEAD").said

    assert today == ["roster-changed"]
    assert [one.partition(":")[0].partition(",")[0] for one in looks] == [
        "p-timo gains core-team from 2020-01-01",
        "p-timo is now recognised by another address",
    ]
    assert "! p-timo gains core-team from 2020-01-01" in said
    assert "! p-timo is now recognised by another address" in said
    assert "@" not in said
