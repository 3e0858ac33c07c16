"""`--out`: a file of somebody's own is written; nothing else that is there is replaced by one."""

from __future__ import annotations

import os
import socket
import stat
from pathlib import Path

import pytest

from tests.made import Played
from tests.place import Place
from tests.story import ACME

#: Every command that writes one file, with the ending of that.
WRITERS = {
    ("export", "csv", "partnership"): "csv",
    ("export", "json"): "json",
    ("export", "ndjson"): "ndjson",
    ("export", "audit"): "html",
    ("export", "person", "p-rosa"): "md",
    ("export", "sheet", "check-ins"): "csv",
    ("export", "sheet", "--next"): "csv",
    ("export", "dossier", ACME): "md",
    ("export", "calendar"): "ics",
    ("export", "sqlite"): "db",
}

TEXTS = [("export", "csv", "partnership"), ("export", "calendar"), ("export", "dossier", ACME)]


@pytest.fixture(scope="module")
def register(played: Played) -> Place:
    """A register that nothing here may change."""
    return Place(played.reach("active")[0], day="2026-05-04")


@pytest.mark.parametrize("words", WRITERS, ids=" ".join)
def test_only_files_are_replaced(register: Place, tmp_path: Path, words: tuple[str, ...]) -> None:
    ending = WRITERS[words]
    fifo = tmp_path / f"a.{ending}"
    os.mkfifo(fifo)
    link = tmp_path / f"b.{ending}"
    link.symlink_to(fifo)
    folder = tmp_path / f"c.{ending}"
    folder.mkdir()
    for path, what in ((fifo, "a pipe"), (link, "a pipe"), (folder, "a folder")):
        assert f"{path} is {what}, and no file" in register.wrong(*words, "--out", str(path)).err
    assert stat.S_ISFIFO(fifo.stat().st_mode)
    assert link.is_symlink()
    nowhere = tmp_path / "nodir" / f"a.{ending}"
    assert f"the folder {nowhere.parent} does not exist" in register.wrong(*words, "--out", str(nowhere)).err
    assert sorted(path.name[0] for path in tmp_path.iterdir()) == ["a", "b", "c"]


def test_a_socket_stays(register: Place, tmp_path: Path) -> None:
    with socket.socket(socket.AF_UNIX) as ear:
        ear.bind(str(tmp_path / "s"))
        assert "is a socket" in register.wrong("export", "json", "--out", str(tmp_path / "s")).err


@pytest.mark.parametrize("name", ["records/people.yaml", ".git/config", "schemas/new.json", "records/x/new.json"])
def test_nothing_of_the_register_is_written_over(register: Place, tmp_path: Path, name: str) -> None:
    path = register.root / name
    config = (register.root / ".git" / "config").read_bytes()
    said = register.wrong("export", "json", "--out", str(path)).err
    assert "belongs to the register: nothing but its own commands writes in " in said
    link = tmp_path / "link.db"
    link.symlink_to(path)
    register.wrong("export", "sqlite", "--out", str(link))
    assert (register.root / ".git" / "config").read_bytes() == config


def test_what_git_tracks_stays_and_what_is_somebodys_own_is_replaced(place: Place, tmp_path: Path) -> None:
    kept, own = place.root / "kept.json", place.root / "own.json"
    kept.write_text("kept")
    own.write_text("own")
    place.git("add", "kept.json")
    place.wrong("export", "json", "--out", "kept.json")
    assert "belongs to the register" in place.run("export", "json", "--out", "kept.json").err
    place.do("export", "json", "--out", "own.json")
    assert own.read_text().startswith("{")
    link = tmp_path / "link.json"
    link.symlink_to(own)
    own.write_text("own")
    place.do("export", "json", "--out", str(link))
    assert (link.is_symlink(), own.read_text()[0]) == (True, "{")


@pytest.mark.parametrize("words", TEXTS, ids=" ".join)
def test_a_dash_is_the_screen(register: Place, words: tuple[str, ...]) -> None:
    said = register.run(*words, "--out", "-")
    assert said.out.startswith(("id,", "BEGIN:VCALENDAR", "# "))
    assert not (register.root / "-").exists()


def test_a_database_is_not_for_the_screen(register: Place) -> None:
    assert "- would be the screen" in register.wrong("export", "sqlite", "--out", "-").err
    assert "both be printed" in register.wrong("export", "calendar", "--out", "-", "--json").out


def test_links_that_lead_round_in_a_circle(register: Place, tmp_path: Path) -> None:
    (tmp_path / "a").symlink_to(tmp_path / "b")
    (tmp_path / "b").symlink_to(tmp_path / "a")
    assert "cannot be written" in register.wrong("export", "json", "--out", str(tmp_path / "a")).err
