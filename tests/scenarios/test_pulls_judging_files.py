"""Files that say how changes are judged, or what git makes of records: what they do is found, and they are named."""

from __future__ import annotations

import json
from typing import Any

import pytest

from tests.scenarios.pulls.puller import Puller

CRLF = "records/** text eol=crlf\n"
CHANGED = ("check", "--base", "main", "--head", "HEAD", "--changed", "--json")


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


JUDGING = (".github/workflows/check.yml", ".gitlab/CODEOWNERS", ".gitlab-ci.yml", "CODEOWNERS", "docs/CODEOWNERS")
HOOKS = (".gitignore", "records/risks/.gitignore", ".pre-commit-config.yaml", "minutes/.gitattributes")


def test_each_file_by_which_changes_are_judged_is_named(change: Puller) -> None:
    with change:
        for path in (*JUDGING, *HOOKS, "minutes/.gitignore", "notes.md"):
            _write(change, path, "# nothing\n")
        _write(change, ".gitattributes", "records/** -text -filter\n")
        change.commit("How changes are judged")
        told = _told(change)
        page = change.run("diff", "main", "HEAD", "--format", "markdown").said

    looks = {one["where"]: one["words"] for one in told["look_at"] if one["sort"] == "file-judging"}
    assert looks.keys() == {*JUDGING, *HOOKS, ".gitattributes"}
    assert looks[".gitattributes"].startswith("it says something else than before: ")
    assert looks["CODEOWNERS"].startswith("it comes with the change: ")
    assert told["other_files"] == 2
    assert "10 files by which changes are judged to be looked at" in page


def test_a_file_by_which_changes_are_judged_that_goes_is_named(change: Puller) -> None:
    with change:
        (change.root / ".gitattributes").unlink()
        change.commit("No attributes")
        (look,) = _told(change)["look_at"]

    assert (look["sort"], look["where"]) == ("file-judging", ".gitattributes")
    assert look["words"].startswith("it is gone: ")
