"""A register of any size in a temporary folder, made by the command itself in three commits."""

from __future__ import annotations

import os
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

PERSON = {"NAME": "Rosa", "EMAIL": "rosa@lighthouse.example"}
#: The record that goes to and fro between two stages, and the one that is looked at.
MOVING, LOOKED_AT = "acme", "partner-1"


def environment() -> dict[str, str]:
    """The environment of a person at a shell: compiled modules are kept, this machine's git settings are not read."""
    env = {key: value for key, value in os.environ.items() if not key.startswith(("GIT_", "PARTNERKIT", "PYTHON"))}
    people = {f"GIT_{role}_{key}": value for role in ("AUTHOR", "COMMITTER") for key, value in PERSON.items()}
    return env | people | {"GIT_CONFIG_GLOBAL": os.devnull, "GIT_CONFIG_SYSTEM": os.devnull, "TERM": "dumb"}


_SCRIPT = Path(sys.executable).with_name("partnerkit")
#: The command as a person starts it.
COMMAND = [str(_SCRIPT)] if _SCRIPT.exists() else [sys.executable, "-m", "partnerkit"]


def argv(root: Path, *words: str) -> list[str]:
    """A command line of partnerkit at work in a register."""
    return [*COMMAND, "-C", str(root), *words]


@dataclass(frozen=True)
class Made:
    """A register to measure in."""

    root: Path
    records: int

    def run(self, *words: str) -> None:
        subprocess.run(argv(self.root, *words), env=environment(), check=True, capture_output=True)


def make(root: Path, records: int) -> Made:
    """A register with partnerships in assessment, and one that was just proposed."""
    root.mkdir(parents=True)
    subprocess.run(["git", "init", "-q", "-b", "main", str(root)], env=environment(), check=True)
    made = Made(root, records)
    roles = ("--role", "core-team", "--role", "partnership-manager")
    made.run("init", "--name", "Bench", "--policy", "OPS-05-03", "--person", "p-rosa", *roles)
    sheet = root.with_suffix(".csv")
    rows = "".join(f"Partner {number},cloud-providers\n" for number in range(1, records))
    sheet.write_text(f"name,type\n{rows}", encoding="utf-8")
    adopted = ("--adopt", "assessment", "--since", "2025-01-01", "--reason", "older than the register")
    made.run("new", "partnership", "--from", str(sheet), *adopted)
    made.run("new", "partnership", "Acme", "type=cloud-providers")
    return made
