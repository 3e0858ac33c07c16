"""A register of any size in a temporary folder, made by the command itself in a few commits."""

from __future__ import annotations

import os
import subprocess
import sys
from dataclasses import dataclass, field
from pathlib import Path

PERSON = {"NAME": "Rosa", "EMAIL": "rosa@lighthouse.example"}

#: The day on which the register is made, and the one on which `today` looks at it.
MADE_ON, SEEN = "2026-01-05", "2026-11-20"


def environment() -> dict[str, str]:
    """The environment of a person at a shell: compiled modules are kept, this machine's git settings are not read."""
    ours = ("GIT_", "PARTNERKIT", "PYTHON")
    env = {key: value for key, value in os.environ.items() if not key.startswith(ours) and key != "CI"}
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
    """A register to measure in; `extra` is added to the environment of what makes it."""

    root: Path
    records: int
    extra: dict[str, str] = field(default_factory=dict)

    def run(self, *words: str) -> None:
        line = argv(self.root, "--today", MADE_ON, *words)
        ended = subprocess.run(line, env=environment() | self.extra, check=False, capture_output=True)
        if ended.returncode != 0:
            raise SystemExit(f"{' '.join(line)} ended with {ended.returncode}: {ended.stderr.decode()}")


def make(root: Path, records: int) -> Made:
    """A register in which three of ten records are active partnerships, three their reviews, the rest in assessment.

    One more was just proposed. The reviews are of one month: all others are missed, which is the most work for `today`.
    """
    root.mkdir(parents=True)
    subprocess.run(["git", "init", "-q", "-b", "main", str(root)], env=environment(), check=True)
    made = Made(root, records)
    roles = ("--role", "core-team", "--role", "partnership-manager")
    made.run("init", "--name", "Bench", "--policy", "OPS-05-03", "--person", "p-rosa", *roles)
    active = records * 3 // 10
    _adopt(made, "Active", active, "active")
    _adopt(made, "Partner", records - 2 * active - 1, "assessment")
    month = ("rhythm=monthly", "from=2025-12-01", "until=2025-12-31", "findings=All well", "conclusion=continue")
    made.run("new", "review", "December", *month, "--where", "stage=active", *_adopted("done"))
    made.run("new", "partnership", "Acme", "type=cloud-providers")
    return made


def _adopt(made: Made, name: str, count: int, stage: str) -> None:
    sheet = made.root.with_suffix(".csv")
    rows = "".join(f"{name} {number},cloud-providers\n" for number in range(1, count + 1))
    sheet.write_text(f"name,type\n{rows}", encoding="utf-8")
    made.run("new", "partnership", "--from", str(sheet), *_adopted(stage))


def _adopted(stage: str) -> tuple[str, ...]:
    return ("--adopt", stage, "--since", "2025-01-01", "--reason", "older than the register")
