"""Who is behind an id is shown on a terminal, and in no file, answer or commit."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.journeys.private_place import (
    NAME,
    PERSON,
    WHO,
    findings,
    without_names,
)
from tests.place import Place, environment
from tests.terminal import at_a_terminal

ANSWERS = [
    ("show", "mentor-ada"),
    ("log", "mentor-ada"),
    ("gates", "mentor-ada"),
    ("why", "mentor-ada"),
    ("list", "application", "--columns", "id,applicant,stage"),
    ("today", "--within", "P1Y"),
    ("person", "show"),
    ("person", "show", PERSON),
    ("person", "name", *WHO),
    ("check",),
    ("audit",),
    ("doctor",),
    ("setup", "private", "--check"),
    ("set", "mentor-ada", "hours-per-month=3", "--dry-run"),
]


FILES = [
    ("export", "csv", "application"),
    ("export", "json"),
    ("export", "ndjson"),
    ("export", "audit"),
    ("today", "--format", "markdown"),
    ("today", "--format", "html"),
    ("check", "--format", "github"),
    ("policy", "show", "MEM-02-03"),
]


@pytest.mark.parametrize("words", [*ANSWERS, *((*words, "--json") for words in ANSWERS), *FILES], ids=" ".join)
def test_no_other_output_holds_a_name(kept: Place, words: tuple[str, ...]) -> None:
    """The record names somebody whose name stands in it too: neither the answer nor a warning repeats it."""
    said = kept.run(*words)
    assert said.code in {0, 1}
    without_names(said.all)


@pytest.mark.parametrize("term", ["xterm", "dumb"])
def test_a_terminal_shows_names_beside_ids(kept: Place, term: str) -> None:
    seen = at_a_terminal(kept, "show", "mentor-ada", term=term)
    assert f"applicant: {PERSON} ({NAME})" in seen
    seen = at_a_terminal(kept, "list", "application", "--columns", "applicant,as,stage", term=term)
    rows = {row.split()[0]: row for row in seen.splitlines() if " ment" in row}
    assert rows[PERSON].startswith(f"{PERSON} ({NAME})  mentor  ")
    assert rows["p-max"].index("mentee") == rows[PERSON].index("mentor"), "columns stay columns"


def test_json_stays_without_names_on_a_terminal(kept: Place) -> None:
    for words in (("show", "mentor-ada"), ("person", "show", PERSON)):
        without_names(at_a_terminal(kept, *words, "--json"))


def test_a_line_to_paste_stays_one(kept: Place) -> None:
    kept.do("new", "pairing", "Spring", "id=pair", "programme=formal", "participants=" + _two())
    seen = at_a_terminal(kept, "gates", "pair")
    lines = [row for row in seen.splitlines() if row.strip().startswith("partnerkit ")]
    assert lines
    assert all(NAME not in row for row in lines)
    kept.do("person", "name", "p-rosa", "Rosa Muster")
    seen = at_a_terminal(kept, "log", "pair")
    assert "p-rosa (Rosa Muster)" in seen


def _two() -> str:
    ids = {"mentor": "p-ada", "mentee": "p-max"}
    return json.dumps([{"id": ids[part], "as": part, "application": f"{part}-{ids[part][2:]}"} for part in ids])


def test_nothing_that_lands_holds_a_name(kept: Place) -> None:
    kept.do("set", "mentor-ada", "hours-per-month=3")
    for text in (kept.git("log", "-p", "--format=%B"), kept.git("ls-files"), kept.git("stash", "list")):
        without_names(text)


@pytest.fixture
def hooked(kept: Place) -> Place:
    kept.do("setup", "hooks")
    return kept


def commit(place: Place) -> subprocess.CompletedProcess[str]:
    env = environment() | {"PATH": f"{Path(sys.executable).parent}:{os.environ['PATH']}"}
    command = ["git", "commit", "-qm", "by hand"]
    return subprocess.run(command, cwd=place.root, env=env, capture_output=True, text=True, check=False)


def test_the_hook_refuses_a_private_file(hooked: Place) -> None:
    hooked.git("add", "--force", "private/contacts.yaml")
    head = hooked.git("rev-parse", "HEAD")
    for words in ((), ("--staged",)):
        found = findings(hooked, "private-in-history", *words)
        assert [(one["file"], one["severity"]) for one in found] == [("private/contacts.yaml", "error")]
        assert "git rm --cached -- private/contacts.yaml" in str(found[0]["mend"])
    ended = commit(hooked)
    assert ended.returncode != 0
    assert "private-in-history" in ended.stdout + ended.stderr
    without_names(ended.stdout + ended.stderr)
    assert hooked.git("rev-parse", "HEAD") == head
    assert hooked.run("person", "name", "p-max", "Somebody Else").code == 3
    hooked.git("rm", "-q", "--cached", "--", "private/contacts.yaml")
    assert findings(hooked, "private-in-history") == []


def test_what_was_committed_is_found_where_the_place_is_not(kept: Place, tmp_path: Path) -> None:
    """As CI sees it: a clone, which has no private place of its own, but what somebody forced into it."""
    base = kept.git("rev-parse", "HEAD").strip()
    kept.git("add", "--force", "private/contacts.yaml")
    kept.git("commit", "-qm", "by hand", "--no-verify")
    kept.git("clone", "-q", str(kept.root), str(tmp_path / "clone"))
    clone = Place(tmp_path / "clone")
    for words in ((), ("--base", base, "--head", "HEAD")):
        assert [one["file"] for one in findings(clone, "private-in-history", *words)] == ["private/contacts.yaml"]
    assert clone.run("doctor").code == 3


def test_the_answers_of_a_form_are_no_file_of_the_register(hooked: Place) -> None:
    rows = [f"p-{number},Person Number{number},n{number}@home.example" for number in range(5)]
    hooked.do("person", "name", "--from", hooked.write("names.csv", "\n".join(["id,name,email", *rows])))
    (hooked.root / "form.csv").write_text("\n".join(["name,mail", *(row[4:] for row in rows)]), encoding="utf-8")
    assert findings(hooked, "personal-data") == [], "nobody has staged it"
    hooked.git("add", "form.csv")
    for words in ((), ("--staged",)):
        (found,) = findings(hooked, "personal-data", *words)
        assert (found["file"], found["severity"]) == ("form.csv", "error")
        assert "5 people" in str(found["message"])
    ended = commit(hooked)
    assert ended.returncode != 0
    assert "Number" not in ended.stdout + ended.stderr
    (hooked.root / "form.csv").write_text(f"Thanks to {NAME}\n", encoding="utf-8")
    hooked.git("add", "form.csv")
    (found,) = findings(hooked, "personal-data", "--staged")
    assert (found["severity"], PERSON in str(found["message"])) == ("warning", True)
    assert commit(hooked).returncode == 0
    assert findings(hooked, "personal-data") == [], "what has landed is told of a branch, and no more each day"
    assert findings(hooked, "personal-data", "--base", "HEAD~1", "--head", "HEAD")


def test_a_repository_of_its_own_is_no_file_of_the_register(kept: Place) -> None:
    home = Place(kept.root / "private")
    home.git("init", "-q", "-b", "main")
    home.git("add", "contacts.yaml")
    home.git("commit", "-qm", "names")
    kept.git("-c", "advice.addEmbeddedRepo=false", "add", "--force", "private")
    assert kept.git("ls-files", "--stage", "private").startswith("160000")
    assert findings(kept, "private-in-history") == []


def test_no_copy_of_a_private_file_comes_into_history(kept: Place) -> None:
    (kept.root / "private" / "form.txt").write_text(f"I am {NAME}\n", encoding="utf-8")
    said = kept.wrong("add", "mentee-max", "application-form", "private/form.txt", "--copy")
    assert "lies in the private place" in said.err
    kept.do("add", "mentee-max", "application-form", "private/form.txt")
    assert kept.json("show", "mentee-max")["record"]["evidence"][-1]["claimed"] is True
