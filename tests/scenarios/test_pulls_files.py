"""Files that a change brings, alters or takes away beside the records that it changes: the page speaks of each."""

from __future__ import annotations

import json
from typing import Any

import pytest

from tests.scenarios.pulls.puller import ROBOTS, Puller

DEAL = "northwind-cloud-cooperative-2026"
PAPER = f"records/evidence/{DEAL}/agreement.md"


def _told(player: Puller, *words: str) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(player.run("diff", *words, "--json").said)
    return found


def _files(player: Puller, *words: str) -> list[tuple[str, str, str]]:
    looks = _told(player, *words)["look_at"]
    return [(one["sort"], one["where"], one["words"]) for one in looks if one["sort"].startswith("file-")]


def test_a_file_that_no_record_names_is_told(player: Puller) -> None:
    stray = player.root / "records" / "evidence" / ROBOTS / "notes.md"
    with player:
        stray.parent.mkdir(parents=True)
        stray.write_text("Notes\n", encoding="utf-8")
        working = _files(player)
        player.commit("Notes")
        landed = _files(player, "HEAD~1", "HEAD")
        said = player.run("diff", "HEAD~1", "HEAD").said
        player.run("add", ROBOTS, "community-input", f"records/evidence/{ROBOTS}/notes.md", "kind=opened")
        named = _files(player, "HEAD~2", "HEAD")

    name = stray.relative_to(player.root).as_posix()
    words = "it comes with the change; no record names it as evidence"
    assert working == landed == [("file-unnamed", name, words)]
    assert "No record and no rule changes" not in said
    assert "1 file beside the records to be looked at." in said
    assert named == []


@pytest.mark.parametrize("gone", [True, False])
def test_evidence_whose_bytes_change_is_told_though_no_record_does(player: Puller, *, gone: bool) -> None:
    with player:
        path = player.root / PAPER
        path.unlink() if gone else path.write_text("other\n", encoding="utf-8")
        player.commit("Papers")
        told = _files(player, "HEAD~1", "HEAD")

    words = "it is gone" if gone else "it says something else than before"
    assert told == [("file-gone" if gone else "file-changed", PAPER, f"{words}; evidence of {DEAL}")]


def test_evidence_outside_the_records_is_evidence_too(player: Puller) -> None:
    paper = player.root / "minutes.md"
    with player:
        paper.write_text("We met\n", encoding="utf-8")
        player.commit("Minutes")
        player.run("add", ROBOTS, "community-input", "minutes.md", "kind=opened")
        alone, with_it = _told(player, "HEAD~2", "HEAD~1"), _told(player, "HEAD~2", "HEAD")
        paper.write_text("We met not\n", encoding="utf-8")
        changed = _files(player)

    assert (alone["other_files"], with_it["other_files"]) == (1, 0)
    assert changed == [("file-changed", "minutes.md", f"it says something else than before; evidence of {ROBOTS}")]


def test_a_record_that_git_ignores_is_judged_and_told(player: Puller) -> None:
    risk = f"{ROBOTS}-build-minutes-withdrawn"
    with player:
        (player.root / ".git" / "info").mkdir(exist_ok=True)
        (player.root / ".git" / "info" / "exclude").write_text("*-hidden.yaml\n", encoding="utf-8")
        text = player.path(risk).read_text(encoding="utf-8")
        hidden = player.root / "records" / "risks" / f"{ROBOTS}-hidden.yaml"
        hidden.write_text(text.replace(f"id: {risk}", f"id: {ROBOTS}-hidden"), encoding="utf-8")
        told = _told(player)
        judged = json.loads(player.run("check", "--changed", "--json", expect=1).said)["findings"]

    assert [(one["id"], one["how"]) for one in told["records"]] == [(f"{ROBOTS}-hidden", "new")]
    assert {one["record"] for one in judged} == {f"{ROBOTS}-hidden"}
    assert [one["words"] for one in told["look_at"] if one["sort"] == "ignored"] == [
        f"git ignores records/risks/{ROBOTS}-hidden.yaml, and no commit brings it"
    ]


@pytest.mark.parametrize("folder", ["agreements/2026", "agreements/zz"])
def test_the_record_stays_the_one_that_was_there_wherever_its_twin_lies(player: Puller, folder: str) -> None:
    """One path comes before that of the record, the other after it."""
    twin = player.root / "records" / folder / f"{DEAL}.yaml"
    with player:
        twin.parent.mkdir()
        twin.write_bytes(player.path(DEAL).read_bytes().replace(b"ends: 2027-03-31", b"ends: 2029-03-31"))
        player.commit("The agreement")
        told = _told(player, "HEAD~1", "HEAD")

    name = twin.relative_to(player.root).as_posix()
    assert [(one["how"], one["file"]) for one in told["records"]] == [("twin", name)]
    assert [(one["code"], one["file"]) for one in told["findings"]] == [("id-repeated", name)]
