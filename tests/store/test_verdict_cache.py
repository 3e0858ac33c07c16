"""The file of verdicts is made anew where it is torn, and never taken from whoever writes in it."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from partnerkit.store.disk import own_base
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


def test_a_torn_file_is_made_anew(tmp_path: Path) -> None:
    path = tmp_path / "verdicts.sqlite"
    path.write_bytes(b"no database at all " * 100)
    path.chmod(0o600)
    cache = VerdictCache(path)
    cache.keep([("one", "sound")])
    assert cache.known(["one"]) == {}
    cache.keep([("one", "sound")])
    assert cache.known(["one"]) == {"one": "sound"}


@pytest.mark.parametrize(
    "torn", ["substr(body, 1, length(body) / 2)", "replace(body, 'whole', 'w\n\nle')", "NULL", "x'ff'", "'[]'"]
)
def test_what_is_not_whole_any_more_is_not_there(tmp_path: Path, torn: str) -> None:
    path = tmp_path / "verdicts.sqlite"
    cache = VerdictCache(path)

    def keeps() -> None:
        cache.keep_meanings([("one", '["whole"]')], {"one"})
        cache.keep_sound({"one": '["whole"]', "two": ""}, alone=True)

    def known() -> list[dict[str, str]]:
        return [cache.meant(["one"]), {**cache.sound(["one", "two"])}]

    keeps()
    assert known() == [{"one": '["whole"]'}, {"one": '["whole"]', "two": ""}]
    with closing(sqlite3.connect(path)) as base, base:
        for table in ("meanings", "sound"):
            base.execute(f"UPDATE {table} SET body = {torn} WHERE oid = 'one'")  # noqa: S608 - words of this test
    assert known() == [{}, {"two": ""}]
    keeps()
    assert known() == [{"one": '["whole"]'}, {"one": '["whole"]', "two": ""}]
