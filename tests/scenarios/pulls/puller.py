"""Somebody who makes a pull request: commands and edits on a branch of the example register."""

from __future__ import annotations

import os
import shutil
from dataclasses import dataclass
from pathlib import Path

from partnerkit.cli.player import Player
from partnerkit.store.git.repository import Git
from tests.house.make_records import ROOT

#: The partnership on which somebody is to decide, and one that is looked at more closely.
ROBOTS, SCHOOL = "harbour-robotics", "meadow-evening-school"
#: The day on which the pull requests are made.
TODAY = "2026-10-05"
SEEN = ("--seen", "minutes/2026-09-28.md")


@dataclass
class Puller(Player):
    """Works in a register that is there already."""

    def commit(self, subject: str) -> None:
        """Commit everything, past the command."""
        self.git("add", "--all")
        self.git("commit", "-q", "--no-verify", "-m", subject)

    def on(self, day: str, person: str = "p-rosa") -> Puller:
        """From now on, that day and that person."""
        super().on(day, person)
        return self

    def git(self, *words: str) -> str:
        """A git command as the person who works."""
        with self._surroundings(self.person):
            return Git(self.root).run(*words).text

    def path(self, name: str) -> Path:
        """The file of a record, or a file of rules."""
        return next((self.root / "records").rglob(f"{name}.yaml"))

    def edit(self, name: str, old: str, new: str) -> None:
        """Edit a file by hand."""
        text = self.path(name).read_text(encoding="utf-8")
        assert text.count(old) == 1, (name, old, text.count(old))
        self.path(name).write_text(text.replace(old, new), encoding="utf-8")

    def entry(self, record: str) -> str:
        """The id of the latest entry of a record."""
        lines = self.path(record).read_text(encoding="utf-8").partition("\nhistory:")[2].splitlines()
        return [line.split()[-1] for line in lines if line.strip().startswith("id: ")][-1]


def base(root: Path) -> None:
    """The example register as one commit, with a core team of which two must approve, and one has."""
    with Puller(root, "base") as player:
        shutil.copytree(ROOT / "records", root / "records")
        shutil.copy(ROOT / ".gitattributes", root)
        player.on("2026-10-01").commit("The register")
        player.run("person", "add", "p-kim", "--email", "kim@lighthouse.example", "--role", "core-team", *SEEN)
        deciders = ("core-team-votes=2", "risk-accepter=partnership-committee")
        player.run("policy", "set", "OPS-05-03", *deciders, *SEEN)
        player.on("2026-10-02", "p-jonas").run("approve", ROBOTS, "core-team-review")
        player.git("repack", "-adq")


def copied(made: Path, root: Path, name: str) -> Puller:
    """A copy of it, to be worked on."""
    shutil.copytree(made, root, symlinks=True, ignore=shutil.ignore_patterns("*.sample"))
    assert "GIT_DIR" not in os.environ
    return Puller(root, name).on(TODAY)
