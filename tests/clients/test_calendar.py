"""khal takes the calendar in, again and again: each event is there once, and what moved has moved."""

from __future__ import annotations

import os
import subprocess
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.clients.conftest import program
from tests.conftest import At
from tests.place import Place
from tests.story import DEAL

_SETTINGS = """
[calendars]
[[due]]
path = {home}/due
[locale]
timeformat = %H:%M
dateformat = %Y-%m-%d
longdateformat = %Y-%m-%d
datetimeformat = %Y-%m-%d %H:%M
longdatetimeformat = %Y-%m-%d %H:%M
[sqlite]
path = {home}/khal.db
"""


@dataclass
class Khal:
    """A calendar of somebody, as khal keeps it."""

    home: Path

    def run(self, *words: str) -> str:
        line = [program("khal"), "-c", str(self.home / "config"), *words]
        env = os.environ | {"HOME": str(self.home), "LC_ALL": "C.UTF-8"}
        ended = subprocess.run(line, env=env, capture_output=True, text=True, check=False)
        assert ended.returncode == 0, ended.stderr
        return ended.stdout

    def take_in(self, place: Place, *words: str, day: str | None = None) -> None:
        file = self.home / "due.ics"
        place.do("export", "calendar", "--out", str(file), *words, day=day)
        self.run("import", "--batch", "-a", "due", str(file))

    @property
    def events(self) -> list[tuple[str, str, str, str]]:
        """All that it shows: day, title, name, and whether it is cancelled."""
        form = "{start-date}\t{title}\t{uid}\t{cancelled}"
        said = self.run("list", "--once", "--format", form, "--day-format", "", "2025-01-01", "2028-01-01")
        return sorted(tuple(line.split("\t")) for line in said.splitlines() if "\t" in line)  # type: ignore[misc] # four each


@pytest.fixture
def khal(tmp_path: Path) -> Khal:
    home = tmp_path / "khal"
    (home / "due").mkdir(parents=True)
    (home / "config").write_text(_SETTINGS.format(home=home), encoding="utf-8")
    return Khal(home)


def test_what_is_imported_twice_is_there_once_and_what_moved_has_moved(at: At, khal: Khal) -> None:
    place = at("active", "2026-05-04")
    khal.take_in(place)
    first = khal.events
    assert len(first) > 10
    assert len({uid for _day, _title, uid, _gone in first}) == len(first)
    khal.take_in(place)
    assert khal.events == first
    place.edit(DEAL, "due: 2026-04-15", "due: 2026-10-15")
    khal.take_in(place, day="2026-05-05")
    was = [(day, uid) for day, title, uid, _gone in first if title == f"Late: {DEAL}: Milestone"]
    now = [(day, uid) for day, title, uid, _gone in khal.events if title.endswith(f"{DEAL}: Milestone")]
    assert was == [("2026-04-15", was[0][1])]
    assert now == [("2026-10-15", was[0][1])]
    assert len(khal.events) == len(first)


def test_what_is_done_is_cancelled_and_not_doubled(at: At, khal: Khal) -> None:
    place = at("active", "2026-05-04")
    khal.take_in(place)
    before = {uid for _day, _title, uid, _gone in khal.events}
    place.do("set", DEAL, "milestones.m1.done=2026-05-04", day="2026-05-04")
    khal.take_in(place, day="2026-05-05")
    after = khal.events
    assert {uid for _day, _title, uid, _gone in after} == before
    [(title, gone)] = [(title, gone) for _day, title, _uid, gone in after if title.endswith(f"{DEAL}: Milestone")]
    assert title.startswith("Settled: ")
    assert gone.strip() == "CANCELLED"
