"""A SQLite file that is written whole: the old one or the new one, and no name that could be more than a name."""

from __future__ import annotations

import sqlite3
from pathlib import Path

import pytest

from partnerkit.errors import CannotWorkError
from partnerkit.store.disk import database
from partnerkit.store.disk.database import Column, Table, View, written

THINGS = Table("things", "A thing.", (Column("id", "Its id.", "TEXT PRIMARY KEY"), Column("says", "What.")))


def names(folder: Path) -> list[str]:
    return [path.name for path in sorted(folder.iterdir())]


def test_what_fails_on_the_way_leaves_the_old_file(tmp_path: Path) -> None:
    path = tmp_path / "it.db"
    with written(path, [THINGS], [], 1) as base:
        base.add("things", "a", "one")
    before = path.read_bytes()
    with pytest.raises(CannotWorkError, match="bindings"), written(path, [THINGS], [], 1) as base:
        base.add("things", "a")
    with pytest.raises(KeyError), written(path, [THINGS], [], 1) as base:
        base.add("others", "a")
    assert path.read_bytes() == before
    assert names(tmp_path) == ["it.db"]


def test_a_disk_that_is_full_at_the_end_leaves_the_old_file(tmp_path: Path, monkeypatch) -> None:
    path = tmp_path / "it.db"
    path.write_bytes(b"old")

    def full(operation: str, _path: Path) -> None:
        if operation == "fsync":
            raise OSError(28, "No space left on device")

    monkeypatch.setattr(database, "point", full)
    with pytest.raises(OSError, match="No space"), written(path, [THINGS], [], 1):
        pass
    assert path.read_bytes() == b"old"
    assert names(tmp_path) == ["it.db"]


@pytest.mark.parametrize("name", ['a"; DROP TABLE things', "", "A", "a b", "sqlite-x", "a\n"])
def test_no_other_name_becomes_part_of_a_statement(tmp_path: Path, name: str) -> None:
    with (
        pytest.raises(ValueError, match="no name"),
        written(tmp_path / "it.db", [Table(name, "", THINGS.columns)], [], 1),
    ):
        pass
    assert names(tmp_path) == []


def test_a_view_and_an_index_are_there(tmp_path: Path) -> None:
    view = View("first", "The first.", "SELECT id FROM things ORDER BY id LIMIT 1")
    table = Table("things", "A thing.", THINGS.columns, indexed=("says",), searched=("says",))
    with written(tmp_path / "it.db", [table], [view], 1) as base:
        base.add("things", "b", "two words")
        base.add("things", "a", "one word")
    with sqlite3.connect(tmp_path / "it.db") as asked:
        assert asked.execute("SELECT * FROM first").fetchall() == [("a",)]
        assert asked.execute("SELECT says FROM things_fts WHERE things_fts MATCH 'two'").fetchall() == [("two words",)]
        found = asked.execute("SELECT name FROM sqlite_master WHERE type = 'index' AND sql IS NOT NULL").fetchall()
    asked.close()
    assert found == [("things_by_says",)]
