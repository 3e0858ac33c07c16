"""Many people at once into the private place, as an import does: all or nobody, beside others, and put back."""

from __future__ import annotations

import subprocess
import sys
from typing import Any

import pytest

from partnerkit.cli import options
from partnerkit.errors import PartnerkitError, WrongCallError
from partnerkit.jobs.desk import Desk
from partnerkit.jobs.private import known
from partnerkit.jobs.private_keeping import keep_private, taken_back
from partnerkit.kinds.private import agreed
from partnerkit.kinds.settings import Settings
from partnerkit.store.disk import files
from tests.journeys.private_place import contacts, without_names
from tests.journeys.telling import Teller
from tests.place import Place, environment

MANY = {f"p-{number:04}": {"name": f"Person {number}", "emails": [f"{number}@home.example"]} for number in range(300)}


@pytest.fixture
def empty(programme: Teller) -> Place:
    programme.place.do("setup", "private")
    return programme.place


def at(place: Place, *, dry_run: bool = False) -> tuple[Desk, Settings]:
    options.OPTIONS.restore(options.Options(directory=place.root))
    desk = options.desk(dry_run=dry_run)
    return desk, desk.working_tree().demand().settings


def test_many_at_once_and_put_back(empty: Place) -> None:
    before = contacts(empty)
    desk, settings = at(empty)
    done = keep_private(desk, settings, MANY)
    assert done.new == list(MANY)
    assert {who: kept.name for who, kept in known(desk, settings).items()} == {
        w: row["name"] for w, row in MANY.items()
    }
    assert taken_back(desk, done)
    assert contacts(empty) == before


def test_what_others_wrote_since_stays(empty: Place) -> None:
    desk, settings = at(empty)
    done = keep_private(desk, settings, MANY)
    keep_private(desk, settings, {"p-x": {"name": "Later Person"}})
    assert not taken_back(desk, done)
    assert set(known(desk, settings)) == {*MANY, "p-x"}


def test_a_dry_run_writes_nothing(empty: Place) -> None:
    before = contacts(empty)
    desk, settings = at(empty, dry_run=True)
    done = keep_private(desk, settings, MANY)
    assert done.new == list(MANY)
    assert taken_back(desk, done)
    assert contacts(empty) == before


@pytest.mark.parametrize(
    "row", [{"emails": ["at home"]}, {"name": ""}, {"name": "x" * 201}, {"contacts": {"Phone!": "1"}}, {"nam": "x"}]
)
def test_one_that_is_wrong_and_nobody_is_kept(empty: Place, row: dict[str, Any]) -> None:
    before = contacts(empty)
    if row == {"name": ""} or "nam" in row:
        keep_private(*at(empty), {"p-x": row})  # it says nothing, and nothing is kept of it
        assert "nam" not in contacts(empty)
        return
    with pytest.raises(WrongCallError) as said:
        keep_private(*at(empty), {**MANY, "p-x": row})
    assert "p-x" in said.value.message
    assert "at home" not in said.value.message
    assert contacts(empty) == before


def test_more_than_is_read_is_refused(empty: Place) -> None:
    before = contacts(empty)
    rows = {f"p-{number}": {"name": "x" * 190} for number in range(6000)}
    with pytest.raises(PartnerkitError) as said:
        keep_private(*at(empty), rows)
    assert "bytes are read" in said.value.message
    assert contacts(empty) == before


@pytest.mark.parametrize("operation", ["create", "write", "fsync", "rename"])
def test_a_disk_that_fails_leaves_what_was_there(empty: Place, operation: str, monkeypatch: pytest.MonkeyPatch) -> None:
    keep_private(*at(empty), {"p-0": {"name": "First Person"}})
    before = contacts(empty)

    def point(what: str, path: object) -> None:
        if what == operation and "contacts.yaml" in str(path):
            raise OSError(28, "No space left on device")

    monkeypatch.setattr(files, "point", point)
    with pytest.raises(OSError, match="No space"):
        keep_private(*at(empty), MANY)
    assert contacts(empty) == before
    assert [path.name for path in (empty.root / "private").iterdir()] == ["contacts.yaml"]


def test_eight_at_once_lose_nobody(empty: Place) -> None:
    command = [sys.executable, "-m", "partnerkit", "person", "name"]
    running = [
        subprocess.Popen([*command, f"p-{number}", f"Person {number}"], cwd=empty.root, env=environment())
        for number in range(8)
    ]
    assert [one.wait() for one in running] == [0] * 8
    assert sorted(known(*at(empty))) == [f"p-{number}" for number in range(8)]


def test_no_id_is_made_of_a_title_with_a_name_in_it(kept: Place) -> None:
    """An id is the name of a file, in every clone for good; the name is not repeated."""
    said = kept.wrong("new", "case", "Robin oberg and others", "type=appeal", "of=mentor-ada", "opened=2026-03-02")
    assert "a word of the title is a name that the private place keeps" in said.err
    assert "id=" in said.err
    without_names(said.err)
    said = kept.wrong("new", "partnership", "Öberg Clouds", "type=cloud-providers")
    without_names(said.err)
    named = ("new", "application", "Oberg", "applicant=p-new", "as=mentor", "applied=2026-03-01")
    without_names(kept.wrong(*named).err)
    kept.do(*named, "id=mentor-new")


def test_somebody_agrees_to_be_named_and_takes_it_back(empty: Place) -> None:
    empty.do("person", "name", "p-0001", "Person One")
    desk, settings = at(empty)
    assert agreed(known(desk, settings), "internal") == {}
    empty.do("person", "name", "p-0001", "--consent", "internal", "--seen", "forms/1", "--on", "2026-03-01")
    assert agreed(known(desk, settings), "internal") == {"p-0001": "Person One"}
    assert agreed(known(desk, settings), "restricted") == {"p-0001": "Person One"}
    assert agreed(known(desk, settings), "public") == {}, "those of the organisation are not everybody"
    assert "on: 2026-03-01" in contacts(empty).replace('"', "")
    empty.do("person", "name", "p-0001", "--consent", "public", "--seen", "forms/2")
    assert agreed(known(desk, settings), "public") == {"p-0001": "Person One"}
    empty.do("person", "name", "p-0001", "--without", "consent")
    assert agreed(known(desk, settings), "restricted") == {}


@pytest.mark.parametrize(
    ("words", "why"),
    [
        (("--consent", "internal"), "say where their consent can be seen"),
        (("--consent", "all", "--seen", "forms/1"), "does not say before whom"),
    ],
)
def test_a_consent_says_before_whom_and_where_it_can_be_seen(empty: Place, words: tuple[str, ...], why: str) -> None:
    before = contacts(empty)
    assert why in empty.wrong("person", "name", "p-0001", "Person One", *words).all
    assert contacts(empty) == before
