"""What a command does not need is not imported: start-up is most of what a short command costs."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
from collections.abc import Mapping

import pytest

from tests.place import Place, environment

# Runs a command in a fresh interpreter, and prints the modules that are loaded at its end.
PROBE = """
import atexit, json, os, sys
before = set(sys.modules)
out = os.dup(1)
os.dup2(os.open(os.devnull, os.O_WRONLY), 1)
from partnerkit.cli.main import main
try:
    main()
finally:
    os.write(out, json.dumps(sorted(set(sys.modules) - before)).encode())
"""

#: What Typer, the methods of dataclasses, time zones other than UTC and much to hash need, and no short command.
LATE = {"typer", "dataclasses", "inspect", "zoneinfo", "sysconfig", "hashlib", "_hashlib"}
HEAVY = {"git", "yaml", "ruamel", "rich", "jinja2", "pydantic"}
#: What is looked at again and again, with how many modules of our own it loads at most: pydantic judges what is new.
LOOKING = {
    ("today",): 126,
    ("today", "--json"): 126,
    ("today", "--format", "html"): 126,
    ("show", "acme"): 123,
    ("gates", "acme"): 131,
    ("gates", "acme", "withdrawn"): 131,
    ("gates", "acme", "--json"): 131,
    ("list",): 144,
    ("list", "partnership", "--json"): 144,
    ("log", "acme"): 99,
    ("why", "acme"): 119,
    ("why", "id-differs"): 35,
    ("export", "csv", "partnership"): 141,
}
#: What judges or serves those who decide, likewise, with what it may load of what is heavy.
JUDGING: dict[tuple[str, ...], tuple[int, set[str]]] = {
    ("check", "acme"): (163, set()),
    ("diff",): (215, {"git"}),
    ("audit", "acme"): (220, set()),
    ("show", "acme", "--as-of", "HEAD"): (131, set()),
    ("fmt", "--check"): (110, {"pydantic", "yaml"}),
    ("setup", "schemas", "--check"): (121, {"pydantic", "yaml"}),
    ("policy", "show"): (200, set()),
    ("policy", "gaps"): (200, set()),
    ("policy", "figures"): (210, set()),
}


def modules(*words: str, cwd: object = None, extra: Mapping[str, str] | None = None) -> set[str]:
    """The modules that a command loads beyond those of a bare interpreter."""
    ended = subprocess.run(
        [sys.executable, "-c", PROBE, *words],
        cwd=str(cwd or os.getcwd()),
        env=environment() | dict(extra or {}),
        capture_output=True,
        check=False,
    )
    assert ended.returncode == 0, ended.stderr.decode()
    found: list[str] = json.loads(ended.stdout)
    return set(found)


def heavy(found: set[str]) -> set[str]:
    return {name.partition(".")[0] for name in found} & HEAVY


@pytest.fixture
def acme(place: Place) -> Place:
    place.do("new", "partnership", "Acme", "type=cloud-providers")
    return place


def test_version_loads_a_handful() -> None:
    """`--version` loads our own three modules and nothing that has to be installed."""
    found = modules("--version")
    assert {name for name in found if name.startswith("partnerkit")} == {
        "partnerkit",
        "partnerkit.cli",
        "partnerkit.cli.main",
    }
    assert heavy(found) == set()
    assert not any(name.startswith("typer") for name in found)


@pytest.mark.parametrize("words", [["--help"], ["gates", "--help"], ["advance", "--help"], ["policy", "--help"]])
def test_help_loads_nothing_heavy(words: list[str]) -> None:
    assert heavy(modules(*words)) == set()


@pytest.mark.parametrize("typed", ["partnerkit ga", "partnerkit gates ac", "partnerkit check --ba"])
def test_completion_of_commands_and_ids_loads_nothing_heavy(acme: Place, typed: str) -> None:
    words = {"_PARTNERKIT_COMPLETE": "complete_bash", "COMP_WORDS": typed, "COMP_CWORD": str(len(typed.split()) - 1)}
    found = modules(cwd=acme.root, extra=words)
    assert heavy(found) == set()
    assert ("typer" in found) == ("--ba" in typed)  # options by their names are Typer's to tell


@pytest.mark.parametrize("typed", ["gates acme with", "why stage-ed", "log acme na"])
def test_completion_from_files_loads_the_fast_reader_alone(acme: Place, typed: str) -> None:
    words = {"_PARTNERKIT_COMPLETE": "complete_bash", "COMP_WORDS": f"partnerkit {typed}"}
    found = modules(cwd=acme.root, extra=words | {"COMP_CWORD": str(len(typed.split()))})
    assert heavy(found) <= {"yaml"}


def ours(found: set[str]) -> set[str]:
    return {name for name in found if name.startswith("partnerkit.")}


def again(place: Place, words: tuple[str, ...]) -> set[str]:
    """What a command loads where it was asked before: what it judged then it need not judge again."""
    place.run(*words, day=place.day)
    return modules("-C", str(place.root), "--today", str(place.day), *words)


@pytest.mark.parametrize(("words", "most"), LOOKING.items())
def test_looking_again_at_the_working_tree_asks_neither_git_nor_pydantic(
    acme: Place, words: tuple[str, ...], most: int
) -> None:
    found = again(acme, words)
    assert not heavy(found)
    assert not LATE & found
    assert not {"partnerkit.store.commit.atomic", "partnerkit.store.yaml.editor", "partnerkit.kinds.twins"} & found
    assert len(ours(found)) <= most


@pytest.mark.parametrize(("words", "allowed"), JUDGING.items())
def test_judging_loads_nothing_of_writers(acme: Place, words: tuple[str, ...], allowed: tuple[int, set[str]]) -> None:
    most, loaded = allowed
    found = again(acme, words)
    assert heavy(found) <= loaded
    assert "typer" not in found
    assert len(ours(found)) <= most
    if words[0] in {"check", "show"}:
        assert not {"partnerkit.store.commit.atomic", "partnerkit.store.yaml.editor"} & found
        reports = {f"partnerkit.reports.{name}" for name in ("outcome", "github", "sarif", "markdown_findings")}
        assert not reports & found


#: What asks of gates, of history commit by commit, and of what was taken in or altered.
ASKED_OF_ENTRIES = {
    *("partnerkit.rules.gate", "partnerkit.rules.demands", "partnerkit.rules.entries", "partnerkit.rules.offering"),
    *("partnerkit.rules.verdict", "partnerkit.jobs.altered", "partnerkit.jobs.one_by_one", "partnerkit.store.replay"),
}


@pytest.mark.parametrize(("words", "most"), [((), 197), (("--base", "HEAD", "--changed"), 176)])
def test_judging_a_change_that_adds_no_entry_loads_nothing_that_judges_entries(
    acme: Place, words: tuple[str, ...], most: int
) -> None:
    acme.run("check", day=acme.day)
    path = acme.root / "records" / "partnerships" / "acme.yaml"
    path.write_text(f"# Looked through.\n{path.read_text(encoding='utf-8')}", encoding="utf-8")
    found = modules("-C", str(acme.root), "--today", str(acme.day), "check", *words)
    assert not heavy(found)
    assert not {"typer", "dataclasses", "fractions"} & found
    assert not ASKED_OF_ENTRIES & found
    assert len(ours(found)) <= most


def test_a_check_that_is_told_again_loads_nothing_heavy(acme: Place) -> None:
    time.sleep(0.025)  # what was written just now is not relied on
    acme.do("check", day=acme.day)
    found = modules("-C", str(acme.root), "--today", str(acme.day), "check")
    assert heavy(found) == set()
    loaded = {name for name in found if name.startswith(("typer", "partnerkit.kinds", "partnerkit.rules"))}
    assert loaded <= {"partnerkit.kinds", "partnerkit.kinds.calendar"}  # by which the day is read


def test_a_diff_of_git_loads_the_quick_reader_alone(acme: Place) -> None:
    """Git asks for each file of a log: what it starts must be little."""
    found = modules("fmt", "--textconv", "records/partnerships/acme.yaml", cwd=acme.root)
    assert not heavy(found)


@pytest.mark.parametrize(
    "words",
    [
        ("set", "acme", "name=Acme Cooperative"),
        ("new", "partnership", "Northwind", "type=cloud-providers"),
        ("add", "acme", "partnership-proposal", "https://files.example/proposal.pdf"),
        ("add", "acme", "communications", "kind=core-team-updates", "summary=All is well"),
    ],
)
def test_what_is_said_plainly_is_written_without_pydantic(acme: Place, words: tuple[str, ...]) -> None:
    acme.run("check", day=acme.day)
    found = modules("-C", str(acme.root), "--today", str(acme.day), *words)
    assert heavy(found) <= {"ruamel"}
    assert "typer" not in found


def test_writing_loads_no_rich_and_no_templates(acme: Place) -> None:
    found = modules("-C", str(acme.root), "advance", "acme", "withdrawn", "--reason", "why")
    assert heavy(found) == {"ruamel"}
    assert not {"typer", "partnerkit.jobs.through", "partnerkit.jobs.proposed"} & found
