"""Pull requests, and the page that a reviewer reads of each: tests/scenarios/pulls/<name>/page.md.

When a page differs: `python -m tests.house.pulls` writes what is said now; read the difference as a reviewer would.
"""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from pathlib import Path
from unittest import mock

import pytest

from partnerkit.reports.diff_markdown import LIMIT, MARKER
from partnerkit.store import records
from partnerkit.store.yaml import reader
from partnerkit.store.yaml.nodes import Document
from tests.conftest import At
from tests.house import pulls
from tests.place import Place, environment
from tests.scenarios.amending import errors
from tests.scenarios.pulls.gallery import HERE, PULLS, Pull, named, without_commits
from tests.scenarios.pulls.puller import TODAY, Puller, copied
from tests.terminal import listening


@pytest.mark.parametrize("pull", PULLS, ids=lambda pull: pull.name)
def test_a_page_says_what_the_change_means(pull: Pull, pulled: Path, tmp_path: Path) -> None:
    page = pull.page(copied(pulled, tmp_path / "register", pull.name), "--format", "markdown")

    assert without_commits(page) == pull.expected.read_text(encoding="utf-8")
    assert page.startswith(f"{MARKER}\n")
    assert page.count(MARKER) == 1
    assert len(page) < LIMIT
    assert page.count("<details>") == page.count("</details>")
    # Nothing but what the page itself writes is markup.
    assert set(re.findall(r"(?<!\\)</?[a-z]+>", _outside_code(page))) <= {
        "<details>",
        "</details>",
        "<summary>",
        "</summary>",
    }


def test_the_page_in_docs_shows_what_is_said_now(pulled: Path, tmp_path: Path) -> None:
    """When this fails: `python -m tests.house.pulls`."""
    assert pulls.PAGE.read_text(encoding="utf-8") == pulls.reviewing(pulled, tmp_path / "register")


def test_every_page_is_of_a_pull_request() -> None:
    assert {path.name for path in HERE.iterdir() if path.is_dir()} - {"__pycache__"} == {one.name for one in PULLS}
    assert len(PULLS) >= 20


def _outside_code(page: str) -> str:
    return re.sub(r"(`+).*?\1", "", page)


@pytest.fixture
def voided(pulled: Path, tmp_path: Path) -> Puller:
    """A pull request that voids an approval, made."""
    player = copied(pulled, tmp_path / "register", "void-approvals")
    named("void-approvals").page(player)
    return player


def test_the_same_in_a_terminal_and_for_other_programs(voided: Puller) -> None:
    with voided:
        said = voided.run("diff", "main", "HEAD").said
        data = json.loads(voided.run("diff", "main", "HEAD", "--json").said)
    assert "the approval a-" in said
    assert "is void: commitments changed, which it covers" in said
    assert said.count("a-e9f73273b039") == said.count("approve harbour-robotics core-team-review") == 1
    assert "0 of 2 approvals (core-team: p-jonas, p-kim)" in said
    assert data["schema"] == "partnerkit.diff/1"
    assert data.keys() == {
        *("schema", "base", "head", "findings", "rules", "records", "look_at", "decisions", "other_files"),
        *("begins", "untold", "files"),
    }
    assert (data["base"]["rev"], data["base"]["chosen"], data["head"]["rev"]) == ("main", None, "HEAD")
    (record,) = data["records"]
    assert record.keys() == {
        *("id", "kind", "policy", "file", "how", "before", "after", "moves", "said", "withdrawn", "void", "next"),
        *("risks", "due", "settled", "moved", "log", "fields", "errors"),
    }
    (void,) = record["void"]
    assert (void["requirement"], void["by"], void["fields"]) == ("core-team-review", "p-jonas", ["commitments"])
    assert [(one["id"], one["counted"], one["wanted"]) for one in data["decisions"]] == [
        ("core-team-review", 0, 2),
        ("final-decision", 0, 1),
    ]


def test_one_record_is_told_alone_and_says_so(voided: Puller) -> None:
    with voided:
        voided.run("add", "meadow-evening-school", "reference-checks", "https://files.example/references")
        said = voided.run("diff", "main", "HEAD", "--only", "meadow-evening-school").said
        data = json.loads(voided.run("diff", "main", "HEAD", "--only", "harbour-robotics", "--json").said)
        wrong = voided.run("diff", "main", "HEAD", "--only", "harbour-robotic", expect=2).said
    assert said.startswith("\u2713 Nothing in meadow-evening-school breaks a rule.\nNothing else of the change is told")
    assert "harbour" not in said
    assert [one["id"] for one in data["records"]] == ["harbour-robotics"]
    assert "the change does not touch harbour-robotic; did you mean harbour-robotics?" in wrong


def test_without_ends_it_is_the_working_tree_against_the_default_branch(voided: Puller) -> None:
    with voided:
        voided.git("checkout", "-q", "main")
        assert "No record and no rule changes." in voided.run("diff").said
        voided.edit("harbour-robotics", "Ten robot kits", "Nine robot kits")
        (voided.root / ".gitattributes").write_text("# ours\n", encoding="utf-8")
        said = voided.run("diff").said
        assert "What the working tree changes since it left main (the main branch here, at " in said
        assert "Ten robot kits → by partner, text Nine robot kits" in said
        assert "1 file by which changes are judged to be looked at" in said
        assert "Beside records/" not in said


def test_what_nobody_can_read_is_said_and_the_page_is_there_all_the_same(pulled: Path, tmp_path: Path) -> None:
    player = copied(pulled, tmp_path / "register", "broken")
    with player:
        player.edit("harbour-robotics", "name: Harbour Robotics", "name: [")
        said = player.run("diff").said
        assert "harbour-robotics: nobody can read it" in said
        assert said.startswith("\u2717 It breaks rules: ")
        player.git("checkout", "-q", "--", ".")
        player.edit("people", "  p-rosa:", "  p-rosa: 1")
        said = player.run("diff", "main").said
        assert said.startswith("\u2717 What it means cannot be told, because the rules cannot be read: ")
        assert "records/people.yaml:" in said
        assert "No record and no rule changes" not in said


def test_the_first_commit_has_nothing_before_it(tmp_path: Path) -> None:
    with Puller(tmp_path / "register", "first") as player:
        player.on(TODAY).run(
            "init", "--name", "Orchard", "--policy", "OPS-05-03", "--person", "p-rosa", "--role", "core-team"
        )
        player.run("new", "partnership", "Acme", "type=universities")
        player.git("update-ref", "-d", "HEAD")
        said = player.run("diff").said
    assert "What the working tree changes: nothing has been committed yet." in said
    assert "acme: new in proposed" in said


def test_where_it_cannot_be_said_the_code_is_3_and_a_wrong_revision_2(pulled: Path, tmp_path: Path) -> None:
    player = copied(pulled, tmp_path / "register", "nowhere")
    with player:
        assert "names no commit here" in player.run("diff", "nowhere", expect=2).said
        assert "there is no format 'mardown'; did you mean markdown?" in (
            player.run("diff", "--format", "mardown", expect=2).said
        )
        for dots in ("main..HEAD", "main...HEAD", "main.."):
            assert "partnerkit diff main HEAD" in player.run("diff", dots, expect=2).said
        player.git("branch", "-q", "-m", "trunk")
        said = player.run("diff", expect=3).said
        assert "no remote says which branch is its default" in said
        assert "partnerkit diff <branch>" in said
        player.git("update-ref", "refs/remotes/origin/trunk", "HEAD")
        player.git("symbolic-ref", "refs/remotes/origin/HEAD", "refs/remotes/origin/trunk")
        assert "origin/trunk (the default branch of origin, at " in player.run("diff").said


def test_what_stands_beside_the_change_and_breaks_with_it_is_found(pulled: Path, tmp_path: Path) -> None:
    """The partnership does not change; the agreement on which its stage rests does, and `check --changed` says so."""
    player = copied(pulled, tmp_path / "register", "beside")
    deal = "northwind-cloud-cooperative-2026"
    with player:
        player.run("advance", deal, "terminated", "--reason", "both want to stop", expect=0)
        whole = json.loads(player.run("check", "--base", "HEAD~1", "--json").said)["findings"]
        narrow = json.loads(player.run("check", "--base", "HEAD~1", "--changed", "--json").said)["findings"]
        said = player.run("diff", "HEAD~1").said
    assert [one["record"] for one in narrow] == ["northwind-cloud-cooperative"]
    assert [one["code"] for one in narrow] == ["standing-breach"]
    assert all(one in whole for one in narrow)
    assert "standing-breach: northwind-cloud-cooperative: active needs agreement-in-force" in said


def test_a_statement_copied_out_of_another_record_is_found(pulled: Path, tmp_path: Path) -> None:
    """The record from which it was copied does not change."""
    player = copied(pulled, tmp_path / "register", "copied")
    with player:
        player.run("add", "meadow-evening-school", "reference-checks", "https://files.example/references")
        path = player.path("meadow-evening-school")
        (mine,) = re.findall(
            r"id: (e-[0-9a-f]{12})\n    requirement: reference-checks", path.read_text(encoding="utf-8")
        )
        other = player.path("harbour-robotics").read_text(encoding="utf-8")
        (theirs,) = re.findall(r"id: (e-[0-9a-f]{12})\n    requirement: reference-checks", other)
        player.edit("meadow-evening-school", mine, theirs)
        player.commit("References, again")
        narrow = json.loads(player.run("check", "--base", "HEAD~2", "--changed", "--json", expect=1).said)["findings"]
    repeated = [one["record"] for one in narrow if one["code"] == "statement-repeated"]
    assert repeated == ["harbour-robotics", "meadow-evening-school"]


def test_only_what_changed_takes_no_paths(pulled: Path, tmp_path: Path) -> None:
    with copied(pulled, tmp_path / "register", "paths") as player:
        assert "--changed looks at what changed" in player.run("check", "--changed", "records", expect=2).said


def test_only_what_changed_and_its_neighbours_are_read(voided: Puller) -> None:
    """Ninety records stand there; one changed, and a risk belongs to it."""
    read: set[str] = set()

    def reading(raw: bytes, path: str, was: Document | None) -> object:
        read.add(path.rpartition("/")[2])
        return reader.read(raw, path, was)

    with voided, mock.patch.object(records, "read", reading):
        voided.run("diff", "main", "HEAD")
    assert read == {"harbour-robotics.yaml", "harbour-robotics-build-minutes-withdrawn.yaml"}
    assert len(list((voided.root / "records").glob("*s/*.yaml"))) > 90


@pytest.mark.parametrize("columns", [60, 100])
def test_on_a_terminal_nothing_is_lost_and_lines_to_paste_stay_whole(voided: Puller, columns: int) -> None:
    with voided, listening() as (theirs, heard):
        words = [sys.executable, "-m", "partnerkit", "-C", str(voided.root), "--today", TODAY, "diff", "main", "HEAD"]
        env = environment() | {"TERM": "xterm", "COLUMNS": str(columns)}
        subprocess.run(words, env=env, stdin=subprocess.DEVNULL, stdout=theirs, check=True)
        plain = voided.run("diff", "main", "HEAD").said
    lines = re.sub(r"\x1b\[[0-9;?]*[A-Za-z]", "", b"".join(heard).decode()).replace("\r", "").splitlines()
    assert "".join("".join(lines).split()) == "".join(plain.split())
    assert all(len(line) <= columns for line in lines if "partnerkit " not in line)
    assert "    \u2192 partnerkit approve harbour-robotics final-decision --for <person> --seen <pull-request>" in lines


def test_what_is_no_record_is_counted_where_it_says_something_else(place: Place) -> None:
    files = sorted((place.root / "schemas").glob("*.json"))
    for path in files:
        os.utime(path, (1, 1))  # as in a copy: git does not know yet that it is the same
    assert "Beside records/" not in place.do("diff").out

    files[0].write_text("{}", encoding="utf-8")
    assert "Beside records/, 1 file changed" in place.do("diff").out


@pytest.mark.parametrize(
    ("file", "old", "new", "code"),
    [
        ("people.yaml", "p-lea", "p-leah", "person-unknown"),
        ("policies/OPS-05-03.yaml", "cloud-providers", "clouds", "wrong-value"),
    ],
)
def test_where_the_rules_change_every_record_is_judged(at: At, file: str, old: str, new: str, code: str) -> None:
    """No record changes; what stands in them is no longer what the rules allow."""
    place = at("active")
    path = place.root / "records" / file
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new), encoding="utf-8")
    place.git("commit", "-qam", "Other rules")

    whole, narrow = (place.findings("--base", "HEAD~1", *more) for more in ((), ("--changed",)))

    assert code in {one["code"] for one in whole}
    assert errors(narrow) == errors(whole) != []
    said = place.run("check", "--base", "HEAD~1", "--changed").out
    assert said.rstrip().endswith(" in 3 records and 1 file of rules")


@pytest.mark.parametrize(
    ("file", "text"), [("policies/OPS-05-03.yaml", "policy: OPS-05-03\n"), ("people.yaml", "- x\n")]
)
def test_where_new_rules_cannot_be_read_every_record_is_looked_at(at: At, file: str, text: str) -> None:
    place = at("active")
    (place.root / "records" / file).write_text(text, encoding="utf-8")
    place.git("commit", "-qam", "No rules")

    whole, narrow = (place.findings("--base", "HEAD~1", *more) for more in ((), ("--changed",)))

    assert {one["file"] for one in whole} >= {f"records/{file}"}
    assert narrow == whole
    assert narrow == place.findings("--base", "HEAD~1", "--head", "HEAD", "--changed", "--no-cache")


@pytest.mark.parametrize(("altered", "code"), [("gone", "evidence-missing"), ("other", "evidence-changed")])
def test_a_file_that_records_show_is_judged_with_them(at: At, altered: str, code: str) -> None:
    """No record changes; what one of them shows is gone, or is another."""
    place = at("decision")
    path = next((place.root / "records" / "evidence").rglob("*.md"))
    if altered == "gone":
        path.unlink()
    else:
        path.write_text("other", encoding="utf-8")
    place.git("commit", "-qam", "Evidence")

    whole, narrow = (place.findings("--base", "HEAD~1", *more) for more in ((), ("--changed",)))

    assert errors(narrow) == errors(whole)
    assert code in errors(whole)
    assert "in 1 file that records may show" in place.run("check", "--base", "HEAD~1", "--changed").out
    assert code in place.do("diff", "HEAD~1").out


def test_where_nothing_changed_nothing_is_called_right(place: Place) -> None:
    said = place.wrong("check", "--changed")

    assert "nothing here differs from the last commit" in said.err
    assert "partnerkit check --base main --changed" in said.err
