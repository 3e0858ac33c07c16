"""`list` and `today` after changes: they read only what changed, and say what they say when they read everything."""

from __future__ import annotations

import shutil
from datetime import timedelta
from pathlib import Path

import pytest

from partnerkit.jobs import known_before
from partnerkit.store.records import Records
from tests.chance import examples
from tests.journeys.changing import Changing, clock
from tests.place import Place, Said

LISTS = (
    ("list",),
    ("list", "partnership"),
    ("list", "--where", "stage=active", "--sort", "-since", "--columns", "id,belongs-to,policy,name"),
)
TODAY = (("today",), ("today", "--json"), ("today", "--role", "partnership-manager", "--format", "html"))
LINES = LISTS + TODAY
PARTNER = "records/partnerships/tidewater-rowing-club.yaml"


@pytest.fixture(autouse=True)
def _at_home(monkeypatch: pytest.MonkeyPatch) -> None:
    """Where a clone is used again and again, of few records too: in continuous integration nothing is kept."""
    monkeypatch.delenv("CI", raising=False)
    monkeypatch.setattr(known_before, "_FEW", 0)


@pytest.fixture
def register(few: Path, tmp_path: Path) -> Place:
    """A copy of the example register, of which everything was asked before."""
    root = tmp_path / "register"
    shutil.copytree(few, root, symlinks=True)
    place = Place(root, day=None)
    for line in LINES:
        place.run(*line)
    return place


@pytest.fixture
def read(monkeypatch: pytest.MonkeyPatch) -> set[str]:
    """The ids of the records of which a file was read."""
    found: set[str] = set()
    load = Records.load

    def noted(self: Records, ids: list[str]) -> None:
        wanted = list(ids)
        found.update(wanted)
        load(self, wanted)

    monkeypatch.setattr(Records, "load", noted)
    return found


def anew(place: Place, line: tuple[str, ...]) -> Said:
    """What it says where nothing that was kept is believed."""
    with pytest.MonkeyPatch.context() as here:
        here.setenv("CI", "1")
        return place.run(*line)


def same(place: Place) -> bool:
    return all(place.run(*line) == anew(place, line) for line in LINES)


def edit(place: Place, old: str, new: str, path: str = PARTNER) -> None:
    file = place.root / path
    text = file.read_text(encoding="utf-8")
    assert old in text
    file.write_text(text.replace(old, new), encoding="utf-8")


def test_only_what_changed_is_read(register, read):
    edit(register, "name: ", "name: New ")
    assert "New " in register.run("list", "partnership").out
    assert read == {"tidewater-rowing-club"}
    register.git("commit", "-q", "-a", "--no-verify", "-m", "an edit")
    register.run("list", "partnership")
    read.clear()
    assert "New " in register.run("list", "partnership").out
    assert not read


@pytest.mark.parametrize(
    "words", [("--columns", "id,type"), ("--where", "type~corporate"), ("--by", "stage"), ("--search", "cloud")]
)
def test_what_is_not_kept_is_read(register, read, words):
    register.run("list", "partnership", *words)
    assert read


def test_a_record_that_is_edited_broken_taken_away_renamed_added_or_put_back(register):
    full = register.root / PARTNER
    was = full.read_text(encoding="utf-8")
    edit(register, "name: ", "name: New ")
    assert same(register)
    full.write_text(was.replace("stage:", "stages:"), encoding="utf-8")
    assert same(register)
    full.write_text(was + "\n  : [", encoding="utf-8")
    assert same(register)
    full.unlink()
    assert same(register)
    other = full.with_name("another-club.yaml")
    other.write_text(was.replace("id: tidewater-rowing-club\n", "id: another-club\n"), encoding="utf-8")
    assert same(register)
    full.write_text(was, encoding="utf-8")
    assert same(register)


def test_rules_that_are_edited_and_committed(register):
    for path, old, new in (
        ("records/register.yaml", "Europe/Berlin", "Pacific/Kiritimati"),
        ("records/people.yaml", "people:", "# a word more\npeople:"),
    ):
        edit(register, old, new, path)
        assert same(register)
        register.git("commit", "-q", "-a", "--no-verify", "-m", "other rules")
        assert same(register)


def test_another_branch_and_a_tree_that_git_lost(register):
    register.git("checkout", "-q", "-b", "other")
    edit(register, "name: ", "name: New ")
    register.git("commit", "-q", "-a", "--no-verify", "-m", "an edit")
    assert same(register)
    register.git("checkout", "-q", "-")
    assert same(register)
    register.git("branch", "-q", "-D", "other")
    register.git("reflog", "expire", "--expire=now", "--all")
    register.git("gc", "-q", "--prune=now")
    assert same(register)


def test_what_others_could_have_written_or_is_torn_is_not_believed(register, read):
    kept = register.root / ".git" / "partnerkit" / "listed-partnership.sqlite"
    kept.chmod(0o666)
    assert same(register)
    assert read
    kept.chmod(0o600)
    kept.write_bytes(b"SQLite format 3\x00" + b"\xff" * 5000)
    assert same(register)
    assert same(register)


@pytest.mark.parametrize("seed", range(examples(1)))
def test_whatever_changed_it_says_what_it_says_of_everything(register, monkeypatch, seed):
    changing = Changing(register.root, seed)
    clock(monkeypatch, lambda: timedelta(days=changing.days))
    done: list[str] = []
    for _ in range(8):
        done.append(changing.once())
        assert same(register), done
