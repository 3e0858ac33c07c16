"""The lines that a page offers are run: in a pull request HEAD holds already what is wrong."""

from __future__ import annotations

import json
from typing import Any

import pytest

from tests.scenarios.pulls.puller import ROBOTS, Puller

DEAL = "northwind-cloud-cooperative-2026"


def _found(player: Puller, *words: str, expect: int = 1) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = json.loads(player.run("check", *words, "--json", expect=expect).said)["findings"]
    return found


@pytest.mark.parametrize("more", [(), ("--changed",), ("--head", "HEAD")])
def test_what_a_branch_deleted_comes_back_from_where_it_began(player: Puller, more: tuple[str, ...]) -> None:
    with player:
        began = player.git("rev-parse", "HEAD")
        path = player.path(DEAL).relative_to(player.root).as_posix()
        (player.root / path).unlink()
        player.commit("Not needed")
        player.git("commit", "-q", "--allow-empty", "-m", "More")
        (deleted,) = (one for one in _found(player, "--base", "HEAD~2", *more) if one["code"] == "record-deleted")
        assert deleted["mend"] == f"git restore --source={began[:12]} --staged --worktree -- {path}"
        player.git(*deleted["mend"].split()[1:])
        assert "record-deleted" not in {one["code"] for one in _found(player, "--base", "HEAD~2", expect=0)}


def test_what_is_not_committed_comes_back_from_the_last_commit(player: Puller) -> None:
    with player:
        path = player.path(DEAL).relative_to(player.root).as_posix()
        (player.root / path).unlink()
        for words in ((), ("--base", "HEAD")):
            assert f"git restore --staged --worktree -- {path}" in {one["mend"] for one in _found(player, *words)}


def test_an_edited_statement_comes_back_from_where_the_branch_began(player: Puller) -> None:
    with player:
        began = player.git("rev-parse", "HEAD")
        text = player.path(ROBOTS).read_text(encoding="utf-8")
        (line,) = [one for one in text.splitlines() if "requirement: reference-checks" in one]
        player.edit(ROBOTS, line, line.replace("reference-checks", "due-diligence"))
        player.commit("Another requirement")
        said = player.run("diff", "HEAD~1").said
        assert f"git restore --source={began[:12]} --staged --worktree -- records/partnerships/{ROBOTS}.yaml" in said
        assert "git restore --staged" not in said


def test_settings_that_a_branch_deleted_are_found_in_its_commits(player: Puller) -> None:
    settings = "records/register.yaml"
    by_commit = f"git log -1 --diff-filter=D -- {settings} shows the commit that took it out: git revert it"
    with player:
        (player.root / settings).unlink()
        assert f"git restore -- {settings}" in player.run("diff", "HEAD", expect=3).said
        player.git("add", "--all")
        assert f"git restore --staged --worktree -- {settings}" in player.run("diff", "HEAD", expect=3).said
        player.commit("Gone")
        assert by_commit in player.run("diff", "HEAD~1", expect=3).said


def test_a_record_that_became_executable_is_not_deleted(player: Puller) -> None:
    deal = player.path(DEAL)
    with player:
        deal.chmod(0o755)
        player.commit("Executable")
        for more in ((), ("--changed",)):
            errors = [one for one in _found(player, "--base", "HEAD~1", *more) if one["severity"] == "error"]
            assert [(one["code"], one["file"]) for one in errors] == [
                ("not-a-plain-file", deal.relative_to(player.root).as_posix())
            ]
        assert "deleted" not in player.run("diff", "HEAD~1").said


def test_what_an_executable_record_says_is_judged(player: Puller) -> None:
    with player:
        player.path(DEAL).chmod(0o755)
        player.edit(DEAL, "ends: 2027-03-31", "ends: 2029-03-31")
        player.commit("Executable, and longer")
        codes = {one["code"] for one in _found(player, "--base", "HEAD~1")}
        assert {"not-a-plain-file", "locked-field-changed"} <= codes
        player.path(DEAL).unlink()
        player.commit("Gone")
        assert "record-deleted" in {one["code"] for one in _found(player, "--base", "HEAD~2")}


def test_what_misses_a_deleted_record_is_found_beside_it(player: Puller) -> None:
    with player:
        player.path(DEAL).unlink()
        player.commit("Not needed")
        whole = _found(player, "--base", "HEAD~1")
        narrow = _found(player, "--base", "HEAD~1", "--changed")
        assert "standing-breach: northwind-cloud-cooperative: active needs" in player.run("diff", "HEAD~1").said
    assert {(one["code"], one["record"]) for one in narrow} == {
        ("record-deleted", DEAL),
        ("standing-breach", "northwind-cloud-cooperative"),
    }
    assert all(one in whole for one in narrow)


def test_no_policy_is_offered_where_there_is_none(player: Puller) -> None:
    with player:
        for path in (player.root / "records/policies").glob("*.yaml"):
            path.write_text("format: 1\n", encoding="utf-8")
        player.edit(DEAL, "kind: agreement", "kind:  agreement")
        unknown = [one for one in _found(player, "--changed") if one["code"] == "policy-unknown"]
    assert DEAL in {one["record"] for one in unknown}
    assert {one["mend"] for one in unknown} == {"mend its policies first: what is wrong with them is told"}


def test_one_more_file_with_an_id_is_not_told_as_the_record_that_has_it(player: Puller) -> None:
    partner = "northwind-cloud-cooperative"
    twin = player.root / f"records/risks/{partner}.yaml"
    with player:
        twin.write_bytes(player.path(f"{partner}-build-minutes-withdrawn").read_bytes())
        player.commit("A risk")
        (told,) = json.loads(player.run("diff", "HEAD~1", "--json").said)["records"]
        said = player.run("diff", "HEAD~1").said
    assert (told["id"], told["how"], told["file"]) == (partner, "twin", f"records/risks/{partner}.yaml")
    assert f"{partner}: one more file with the id of another record" in said
    assert "layout only" not in said
    assert "1 file with the id of another record." in said
