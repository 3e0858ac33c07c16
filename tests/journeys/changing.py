"""Edits of any register, drawn from a seed: what records say, which there are, what they rest on, and what day it is."""

from __future__ import annotations

import re
import subprocess
import time
from collections.abc import Callable
from datetime import datetime, timedelta, tzinfo
from pathlib import Path
from random import Random
from types import SimpleNamespace

import pytest

from partnerkit.cli import options
from partnerkit.jobs import kept_answers
from tests.place import environment

_VALUE = re.compile(r"(?m)^( *(?:- )?[a-z_-]+: )(\S.*)$")


def clock(monkeypatch: pytest.MonkeyPatch, ahead: Callable[[], timedelta]) -> None:
    """The clock of the command goes so far ahead."""

    class Clock(datetime):
        @classmethod
        def now(cls, tz: tzinfo | None = None) -> datetime:  # type: ignore[override]  # it is one of those
            return datetime.now(tz) + ahead()

    monkeypatch.setattr(options, "datetime", Clock)
    seconds = SimpleNamespace(
        time=lambda: time.time() + ahead().total_seconds(),
        time_ns=lambda: time.time_ns() + int(ahead().total_seconds()) * 10**9,
    )
    monkeypatch.setattr(kept_answers, "time", seconds)


class Changing:
    """A register in which things change.

    Attributes:
        root: where it is.
        days: how many days have passed.
    """

    def __init__(self, root: Path, seed: int) -> None:
        self.root = root
        self.days = 0
        self._chance = Random(seed)  # noqa: S311 - what is drawn has to be drawn again
        self._values: dict[str, list[str]] = {}
        for path in self._records():
            for key, value in _VALUE.findall(path.read_text(encoding="utf-8")):
                self._values.setdefault(key.strip(" -"), []).append(value)

    def once(self) -> str:
        """Something changes; what did."""
        edits: list[Callable[[], str]] = [self._value] * 5 + [self._commit] * 3 + [self._back, self._reset]
        edits += [self._remove, self._copy, self._rename, self._file, self._day, self._day, self._line, self._classify]
        return self._chance.choice(edits)()

    def _records(self) -> list[Path]:
        top = self.root / "records"
        found = (path for path in sorted(top.rglob("*.yaml")) if path.parent != top and path.parent.name != "policies")
        return [path for path in found if "evidence" not in path.parts]

    def _one(self) -> Path:
        return self._chance.choice(self._records())

    def _value(self) -> str:
        """A value is another one that stands under the same key somewhere."""
        path = self._one()
        text = path.read_text(encoding="utf-8")
        where = self._chance.choice(list(_VALUE.finditer(text)))
        value = self._chance.choice(self._values[where[1].strip(" -")])
        path.write_text(text[: where.start(2)] + value + text[where.end(2) :], encoding="utf-8")
        return f"{path.name}: {where[1].strip()} {value}"

    def _line(self) -> str:
        """A line is gone."""
        path = self._one()
        lines = path.read_text(encoding="utf-8").splitlines(keepends=True)
        gone = self._chance.randrange(len(lines))
        path.write_text("".join(lines[:gone] + lines[gone + 1 :]), encoding="utf-8")
        return f"{path.name}: without line {gone + 1}"

    def _classify(self) -> str:
        """A record says of itself how it is classified, or does not any more."""
        path = self._one()
        text, level = path.read_text(encoding="utf-8"), self._chance.choice(("public", "confidential", "restricted"))
        plain = re.sub(r"(?m)^classification: .*\n", "", text)
        path.write_text(plain if plain != text else f"{text}classification: {level}\n", encoding="utf-8")
        return f"{path.name} is classified otherwise"

    def _remove(self) -> str:
        path = self._one()
        path.unlink()
        return f"{path.name} is gone"

    def _copy(self) -> str:
        """A record comes that says what another one says, its statements too."""
        path = self._one()
        name = f"{path.stem}-{self._chance.randrange(100)}"
        text = re.sub(rf"(?m)^id: {re.escape(path.stem)}$", f"id: {name}", path.read_text(encoding="utf-8"))
        path.with_name(f"{name}.yaml").write_text(text, encoding="utf-8")
        return f"{path.name} also as {name}"

    def _rename(self) -> str:
        path = self._one()
        path.rename(path.with_name(f"{path.stem}-x.yaml"))
        return f"{path.name} is called otherwise"

    def _file(self) -> str:
        """A file on which records may rest is another one, or gone."""
        found = [one for one in sorted((self.root / "records").rglob("*")) if one.is_file() and one.suffix != ".yaml"]
        if not found:
            return "no file"
        path = self._chance.choice(found)
        if self._chance.random() < 0.5:
            path.unlink()
            return f"{path.name} is gone"
        path.write_bytes(path.read_bytes() + b"\nmore\n")
        return f"{path.name} says more"

    def _day(self) -> str:
        self.days += self._chance.choice((1, 1, 7, 40, 200))
        return f"{self.days} days on"

    def _commit(self) -> str:
        self._git("add", "-A")
        self._git("commit", "-q", "--no-verify", "--allow-empty", "-m", "an edit")
        return "commit"

    def _back(self) -> str:
        self._git("checkout", "-q", "-f", "HEAD", "--", ".")
        return "put back"

    def _reset(self) -> str:
        self._git("reset", "-q", "--hard", self._chance.choice(("HEAD", "HEAD~1", "HEAD~2", "ORIG_HEAD")))
        self._git("clean", "-q", "-f", "-d")
        return "another commit"

    def _git(self, *words: str) -> None:
        subprocess.run(["git", *words], cwd=self.root, env=environment(), check=False, capture_output=True)
