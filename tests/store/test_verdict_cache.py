"""The file of verdicts is made anew where it is torn, and never taken from whoever writes in it."""

from __future__ import annotations

import contextlib
import os
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from partnerkit.store import verdict_cache
from partnerkit.store.disk import own_base
from partnerkit.store.disk.lock import Lock
from partnerkit.store.verdict_cache import VerdictCache


def test_a_file_in_which_somebody_else_writes_is_left_there(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Also where it is of an earlier version, which knew fewer tables."""
    monkeypatch.setattr(own_base, "_PATIENCE", 0.0)
    path = tmp_path / "verdicts.sqlite"
    cache = VerdictCache(path)
    cache.keep([("one", "sound")])
    with closing(sqlite3.connect(path, isolation_level=None)) as other:
        other.execute("DROP TABLE sound")
        other.execute("BEGIN EXCLUSIVE")
        inode = path.stat().st_ino
        assert cache.known(["one"]) == {}
        assert path.exists()
        assert path.stat().st_ino == inode
        other.execute("COMMIT")
    assert cache.known(["one"]) == {"one": "sound"}


def test_whoever_is_at_work_in_it_is_waited_for_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(own_base, "_PATIENCE", 0.01)
    path, waited, really = tmp_path / "verdicts.sqlite", list[float](), sqlite3.connect
    VerdictCache(path).keep([("one", "sound")])

    def noted(file: Path, *, timeout: float) -> sqlite3.Connection:
        waited.append(timeout)
        return really(file, timeout=timeout)

    with closing(really(path, isolation_level=None)) as other, monkeypatch.context() as here:
        other.execute("BEGIN EXCLUSIVE")
        here.setattr(sqlite3, "connect", noted)
        assert [VerdictCache(path).known(["one"]) for _ in range(3)] == [{}] * 3
        other.execute("COMMIT")
        assert [VerdictCache(path).known(["one"]) for _ in range(2)] == [{"one": "sound"}] * 2
    assert waited == [0.01, 0.0, 0.0, 0.0, 0.01]


def test_a_torn_file_is_made_anew(tmp_path: Path) -> None:
    path = tmp_path / "verdicts.sqlite"
    path.write_bytes(b"no database at all " * 100)
    path.chmod(0o600)
    cache = VerdictCache(path)
    cache.keep([("one", "sound")])
    assert cache.known(["one"]) == {}
    cache.keep([("one", "sound")])
    assert cache.known(["one"]) == {"one": "sound"}


@pytest.fixture
def kept(tmp_path: Path) -> Path:
    """Where it is kept that one is sound."""
    path = tmp_path / "own" / "verdicts.sqlite"
    VerdictCache(path).keep([("one", "sound")])
    return path


def test_a_folder_in_which_others_can_write_is_passed_over(kept: Path) -> None:
    """Whoever can put a journal beside a database has SQLite write into it what they like."""
    assert VerdictCache(kept).known(["one"]) == {"one": "sound"}
    for mode in (0o775, 0o757, 0o1777):
        kept.parent.chmod(mode)
        assert VerdictCache(kept).known(["one"]) == {}
    kept.parent.chmod(0o755)
    assert VerdictCache(kept).known(["one"]) == {"one": "sound"}


@pytest.mark.parametrize("end", ["-journal", "-wal"])
def test_what_others_put_beside_it_while_they_could_is_not_played_back(kept: Path, end: str) -> None:
    beside = kept.with_name(f"{kept.name}{end}")
    beside.write_bytes(b"")
    beside.chmod(0o666)
    assert VerdictCache(kept).known(["one"]) == {}
    assert beside.exists()
    beside.unlink()
    assert VerdictCache(kept).known(["one"]) == {"one": "sound"}


def test_however_lenient_the_mask_is_nobody_else_can_write_there(tmp_path: Path) -> None:
    before = os.umask(0)
    try:
        path = tmp_path / "own" / "verdicts.sqlite"
        VerdictCache(path).keep([("one", "sound")])
        Lock.take(tmp_path / "locked" / "lock").release()
    finally:
        os.umask(before)
    assert VerdictCache(path).known(["one"]) == {"one": "sound"}
    assert [(tmp_path / one).stat().st_mode & 0o777 for one in ("own", "locked")] == [0o755, 0o755]


@pytest.mark.parametrize("mode", [0o660, 0o606])
def test_a_file_that_others_could_have_written_is_passed_over(kept: Path, mode: int) -> None:
    kept.chmod(mode)
    assert VerdictCache(kept).known(["one"]) == {}


def test_what_another_tool_kept_of_anything_is_not_known(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "verdicts.sqlite"
    cache = VerdictCache(path)
    cache.keep([("one", "sound")])
    cache.add_meanings([("one", "sound")])
    cache.add_standing([("one", "sound")])
    cache.keep_answer("one", {"told": "sound"})
    cache.keep_sound({"one": "sound"}, alone=True)

    def asked(one: VerdictCache) -> list[object]:
        each = one.known(["one"]), one.meant(["one"]), one.stood(["one"]), dict(one.sound(["one"]))
        with contextlib.suppress(KeyError):
            return [*each, {"one": one.answered("one", "told")}]
        return [*each, {}]

    assert asked(VerdictCache(path)) == [{"one": "sound"}] * 5
    monkeypatch.setattr(verdict_cache, "stamp", lambda: "another")
    assert asked(VerdictCache(path)) == [{}] * 5


@pytest.mark.parametrize(
    "torn", ["substr(body, 1, length(body) / 2)", "replace(body, 'whole', 'w\n\nle')", "NULL", "x'ff'", "'[]'"]
)
def test_what_is_not_whole_any_more_is_not_there(tmp_path: Path, torn: str) -> None:
    path = tmp_path / "verdicts.sqlite"
    cache = VerdictCache(path)

    def keeps() -> None:
        cache.keep_meanings([("one", '["whole"]')], {"one"})
        cache.keep_sound({"one": '["whole"]', "two": ""}, alone=True)
        cache.keep([("one", '["whole"]')])
        cache.add_standing([("one", '["whole"]')])

    def known() -> list[dict[str, str]]:
        return [cache.meant(["one"]), cache.known(["one"]), cache.stood(["one"]), {**cache.sound(["one", "two"])}]

    whole = [*([{"one": '["whole"]'}] * 3), {"one": '["whole"]', "two": ""}]
    keeps()
    assert known() == whole
    with closing(sqlite3.connect(path)) as base, base:
        for table in ("meanings", "verdicts", "standing", "sound"):
            base.execute(f"UPDATE {table} SET body = {torn} WHERE oid = 'one'")  # noqa: S608 - words of this test
    assert known() == [{}, {}, {}, {"two": ""}]
    keeps()
    assert known() == whole
