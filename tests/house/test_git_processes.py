"""How many git processes a command starts: what each costs is most of what a short command costs.

The table says which, in their order. A command may start others when there is a reason: then it says so here.
"""

from __future__ import annotations

import subprocess
import time
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest
from git.cmd import Git as GitPython

from partnerkit.cli.table import COMMANDS
from partnerkit.findings import Finding
from partnerkit.store.git.starting import started as starts
from partnerkit.store.yaml.nodes import Document
from partnerkit.store.yaml.reader import read
from tests.place import Place

#: What lands: who acts and how, what stands, what is new, the commit, what is staged; the index and the branch follow.
LANDS = "var cat-file unpack-objects commit-tree ls-files update-index update-ref"
REFUSES = "var cat-file"
#: What compares a branch with where it began.
COMPARES = "cat-file merge-base status check-attr var ls-files diff-index rev-list diff-tree"

#: What is typed, one after the other in one register, and what it starts.
TABLE = {
    "new partnership Acme type=cloud-providers": LANDS,
    "set acme name=Another": LANDS,
    "set acme type=unheard-of": REFUSES,
    "add acme partnership-proposal https://files.example/proposal --dry-run": "cat-file var",
    "add acme partnership-proposal https://files.example/proposal": LANDS,
    "approve acme core-team-review": REFUSES,
    "waive acme partnership-proposal --reason why --until 2026-12-31": REFUSES,
    "advance acme withdrawn --reason why": LANDS,
    "undo": LANDS.replace("cat-file", "cat-file log log log"),
    "person add p-new --email new@lighthouse.example --role core-team": LANDS,
    "policy set OPS-05-03 notice=P60D --seen minutes.md": LANDS,
    "today": "",
    "show acme": "",
    "show acme --as-of HEAD": "cat-file log",
    "gates acme": "",
    "list": "",
    "log acme": "",
    "log acme stage": "cat-file log diff-tree",
    "why acme": "",
    "policy gaps": "",
    "fmt --check": "",
    "setup schemas --check": "",
    "doctor": "version var check-attr check-attr config ls-files",
    "check --no-cache": "cat-file status check-attr ls-files diff-index",
    "check records/partnerships/acme.yaml": "cat-file status",
    "check --base HEAD~2 --no-cache": COMPARES,
    "diff HEAD~2": f"{COMPARES} rev-list rev-list diff-tree status grep grep",
    "audit": "cat-file for-each-ref config rev-list diff-tree",
    "audit acme": "cat-file for-each-ref config rev-list",
    "export csv partnership --out ../acme.csv": "",
    "export calendar --out ../acme.ics": "cat-file log log",
    "export dossier acme --out ../acme.html": "cat-file log for-each-ref config rev-list log log log",
    "sync": "var for-each-ref cat-file status fetch merge-base rev-list rev-list rev-list diff-tree rev-list log for-each-ref config push diff-tree",
}

#: Words of the command that are not held here, each with its reason.
NOT_HERE = {
    "init": "it makes the register, once",
    "demo": "it runs many of the others",
    "import": "it makes what `new` and `add` make, of many rows",
    "match": "it needs people who wait; it lands as `set` does",
    "doc": "it needs an agreement; it reads as `show` does",
}


@pytest.fixture
def started(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The git processes that were started: of each what it was asked to do."""
    found: list[str] = []
    execute = GitPython.execute

    def note(command: Sequence[str]) -> None:
        options = iter(command[1:])
        found.append(next(one for one in options if not (one == "-c" and next(options))))

    def executed(self: GitPython, command: list[str], *words: object, **how: object) -> object:
        note(command)
        return execute(self, command, *words, **how)  # type: ignore[call-overload]  # as it was called

    def begun(root: Path, command: Sequence[str], *words: Any, **how: Any) -> subprocess.Popen[bytes]:
        note(command)
        return starts(root, command, *words, **how)

    monkeypatch.setattr(GitPython, "execute", executed)
    monkeypatch.setattr("partnerkit.store.git.repository.started", begun)
    return found


def test_every_word_is_held_or_says_why_not() -> None:
    assert {line.split()[0] for line in TABLE} | NOT_HERE.keys() == COMMANDS.keys()


def test_a_command_starts_the_git_processes_of_the_table(place: Place, tmp_path: Path, started: list[str]) -> None:
    place.git("init", "-q", "--bare", str(tmp_path / "elsewhere"))
    place.git("remote", "add", "origin", str(tmp_path / "elsewhere"))
    place.git("push", "-q", "-u", "origin", "main")
    told: dict[str, str] = {}
    for line, wanted in TABLE.items():
        started.clear()
        said = place.run(*line.split())
        assert said.code in ({0} if wanted != REFUSES else {1, 2}), said.all
        told[line] = " ".join(started)
    assert told == TABLE


@pytest.mark.parametrize(
    ("words", "wanted"),
    [((), "cat-file config diff-index"), (("--base", "HEAD~1", "--head", "HEAD"), "cat-file config")],
)
def test_a_check_that_is_told_again_starts_these_alone(
    place: Place, started: list[str], monkeypatch: pytest.MonkeyPatch, words: tuple[str, ...], wanted: str
) -> None:
    place.do("new", "partnership", "Acme", "type=cloud-providers")
    time.sleep(0.025)  # what was written just now is not relied on
    place.do("check", *words)
    started.clear()
    asked: list[str] = []

    def noted(command: tuple[str, ...], **how: Any) -> subprocess.Popen[bytes]:
        options = iter(command[3:])
        asked.append(next(one for one in options if not (one == "-c" and next(options))))
        return popen(command, **how)

    popen = subprocess.Popen
    monkeypatch.setattr("partnerkit.store.git.glance.subprocess.Popen", noted)
    place.do("check", *words)
    assert (" ".join(asked), started) == (wanted, [])


def test_check_reads_every_record_once(place: Place, monkeypatch: pytest.MonkeyPatch) -> None:
    """What stands at HEAD is read only where something of it differs, or is found."""
    for name in ("Acme", "Beta", "Gamma"):
        place.do("new", "partnership", name, "type=cloud-providers")
    place.edit("acme", "name: Acme", "name: Another")
    seen: list[str] = []

    def noted(raw: bytes, file: str, was: Document | None) -> tuple[Document | None, list[Finding]]:
        seen.append(file.rpartition("/")[2])
        return read(raw, file, was)

    monkeypatch.setattr("partnerkit.store.records.read", noted)
    place.do("check")
    assert sorted(seen) == ["acme.yaml", "acme.yaml", "beta.yaml", "gamma.yaml"]
