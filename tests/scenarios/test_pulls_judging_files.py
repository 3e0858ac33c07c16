"""Files that say how changes are judged, or what git makes of records: what they do is found, and they are named."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from tests.scenarios.pulls.puller import Puller, copied

CRLF = "records/** text eol=crlf\n"
CHANGED = ("check", "--base", "main", "--head", "HEAD", "--changed", "--json")


@pytest.fixture
def change(pulled: Path, tmp_path: Path) -> Puller:
    player = copied(pulled, tmp_path / "register", "judging")
    with player:
        player.git("checkout", "-q", "-b", "change")
    return player


def _write(player: Puller, path: str, text: str) -> None:
    file = player.root / path
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(text, encoding="utf-8")


def _codes(player: Puller, *words: str, expect: int = 1) -> list[str]:
    found = json.loads(player.run(*words, expect=expect).said)["findings"]
    return [one["code"] for one in found if one["severity"] == "error"]


def _told(player: Puller) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(player.run("diff", "main", "HEAD", "--json").said)
    return found


@pytest.mark.parametrize("path", [".gitattributes", "records/evidence/.gitattributes"])
def test_attributes_that_a_branch_brings_are_judged_of_every_record(change: Puller, path: str) -> None:
    with change:
        _write(change, path, CRLF if path == ".gitattributes" else "* text eol=crlf\n")
        lying = _codes(change, "check", "--changed", "--base", "main", "--json")
        change.commit("Line ends")
        landed = _codes(change, *CHANGED)
        told = _told(change)

    assert set(lying) == set(landed) == {"attributes-change-bytes"}
    assert {one["code"] for one in told["findings"]} >= {"attributes-change-bytes"}


def test_a_commit_is_judged_by_its_own_attributes_wherever_the_working_tree_is(change: Puller) -> None:
    with change:
        _write(change, ".gitattributes", CRLF)
        change.commit("Line ends")
        change.git("checkout", "-q", "main")
        elsewhere = _codes(change, "check", "--base", "main", "--head", "change", "--changed", "--json")
        whole = _codes(change, "check", "--base", "main", "--head", "change", "--json")
        change.git("checkout", "-q", "change")
        back = _codes(change, "check", "--base", "main", "--head", "main", "--json", expect=0)

    assert "attributes-change-bytes" in elsewhere
    assert "attributes-change-bytes" in whole
    assert back == []
