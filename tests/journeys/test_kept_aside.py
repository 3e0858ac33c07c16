"""What is kept tells of what was committed: neither of a file that was away meanwhile, nor of what stood in it for a while."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from partnerkit.jobs import in_parts
from partnerkit.store.git.trees import WorkingTree
from tests.place import Place

LINES = (("check", "--json"), ("list",), ("list", "partnership"), ("today", "--all"))
PARTNER = "records/partnerships/tidewater-rowing-club.yaml"
AGREEMENT = "records/agreements/tidewater-rowing-club-2026.yaml"


pytestmark = pytest.mark.usefixtures("at_home")


def same(place: Place, line: tuple[str, ...]) -> bool:
    """Whether a line says what it says where nothing that was kept is believed."""
    with pytest.MonkeyPatch.context() as here:
        here.setenv("CI", "1")
        anew = place.run(*line)
    return place.run(*line) == anew


def link(path: Path) -> None:
    path.rename(path.parent / "elsewhere.txt")
    path.symlink_to("elsewhere.txt")


def put_back(place: Place) -> None:
    place.git("clean", "-q", "-f", "--", "records")
    place.git("checkout", "-q", "--", ".")


@pytest.mark.parametrize("line", LINES, ids=" ".join)
@pytest.mark.parametrize("away", [Path.unlink, link], ids=["gone", "a link"])
@pytest.mark.parametrize("before", ["nothing kept", "kept", "kept, and changed since"])
def test_a_record_that_was_away_is_looked_at_when_it_is_back(own_example, line, away: Callable[[Path], None], before):
    path = own_example.root / AGREEMENT
    if before != "nothing kept":
        own_example.run(*line)
    if before != "kept":  # something is wrong with it: whoever does not look at it does not say so
        text = path.read_text(encoding="utf-8")
        path.write_text(text.replace(": tidewater-rowing-club\n", ": nowhere\n", 1), encoding="utf-8")
        own_example.git("commit", "-q", "-a", "--no-verify", "-m", "an edit")
    for _time in range(2):
        away(path)
        assert same(own_example, line)
        put_back(own_example)
        assert same(own_example, line)


@pytest.mark.parametrize("line", LINES, ids=" ".join)
@pytest.mark.parametrize("path", [PARTNER, AGREEMENT])
@pytest.mark.parametrize("processes", [1, 2])
def test_what_stood_in_a_file_for_a_while_is_not_kept(own_example, monkeypatch, line, path, processes):
    """Somebody edits a record and takes that back, both while it is read, by this process or by another."""
    if processes > 1:
        monkeypatch.setattr(in_parts, "_MANY", 0)
        monkeypatch.setattr(in_parts, "AT_ONCE", 2)
        monkeypatch.setattr(in_parts, "processes", lambda: processes)
    reads, here = WorkingTree.read, own_example.root / path
    was = here.read_bytes()

    def read(self: WorkingTree, asked: str) -> bytes | None:
        if asked != path:
            return reads(self, asked)
        here.write_bytes(was.replace(b": tidewater-rowing-club\n", b": nowhere\n").replace(b"name: T", b"name: D"))
        try:
            return reads(self, asked)
        finally:
            here.write_bytes(was)

    with monkeypatch.context() as meanwhile:
        meanwhile.setattr(WorkingTree, "read", read)
        own_example.run(*line)
    assert same(own_example, line)
