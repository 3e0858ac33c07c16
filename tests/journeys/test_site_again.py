"""`export site` again: pages of which all that they rest on is as it was are not pages_made, and it is the site made anew."""

from __future__ import annotations

import os
import shutil
import signal
import sqlite3
from contextlib import closing
from datetime import timedelta
from pathlib import Path

import pytest

from partnerkit.jobs import in_parts, site_owed, site_putting
from partnerkit.reports.site.pages import RecordPage
from partnerkit.store.pages_before import PagesBefore
from tests.chance import examples
from tests.journeys.changing import Changing, clock
from tests.journeys.test_site import built, pages
from tests.made import copied
from tests.place import Place, Said
from tests.story import ACME, RISK

LEVELS = ("public", "internal", "confidential")


@pytest.fixture
def pages_made(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The ids of the records whose pages are made."""
    found: list[str] = []
    make = RecordPage.make

    def noted(page: RecordPage) -> bytes:
        found.append(page._line.id)
        return make(page)

    monkeypatch.setattr(RecordPage, "make", noted)
    return found


@pytest.fixture
def out(tmp_path: Path) -> Path:
    return tmp_path / "site"


def anew(place: Place, out: Path, monkeypatch: pytest.MonkeyPatch, *words: str) -> tuple[Said, dict[str, bytes]]:
    """The site as one makes it who knows of no page."""
    shutil.rmtree(out, ignore_errors=True)
    with monkeypatch.context() as without:
        without.setattr(PagesBefore, "of", lambda *_given: None)
        without.setattr(PagesBefore, "keep", lambda *_given: None)
        said = place.run("export", "site", "--out", str(out), *words)
    return said, pages(out) if out.exists() else {}


def test_where_nothing_changed_no_page_of_a_record_is_made(at, out, pages_made):
    place = at("ended")
    first = built(place, out)
    assert sorted(pages_made) == sorted({one.removesuffix(".html")[8:] for one in first if one.startswith("records/")})
    pages_made.clear()
    assert built(place, out) == first
    assert not pages_made


def test_a_page_is_made_again_where_what_it_tells_changed(at, out, pages_made):
    place = at("ended")
    built(place, out)
    pages_made.clear()
    place.do("set", RISK, "analysis=Another reason")
    built(place, out)
    assert pages_made == [RISK]
    pages_made.clear()
    place.do("set", RISK, "title=Another title")
    built(place, out)
    assert sorted(pages_made) == sorted([ACME, RISK]), "what belongs to a record stands on its page by name"


def test_a_page_is_made_again_where_another_record_comes_that_it_names(at, out, pages_made, monkeypatch, tmp_path):
    place = at("decision")
    place.do("set", RISK, "analysis=acme-later-record")
    built(place, out)
    pages_made.clear()
    place.do("new", "risk", "Later record", f"of={ACME}", "type=operational")
    found = built(place, out)
    assert RISK in pages_made
    assert b'href="../records/acme-later-record.html"' in found[f"records/{RISK}.html"]
    assert found == anew(place, tmp_path / "anew", monkeypatch)[1]


def test_a_folder_in_which_no_page_is_left_goes_with_the_last(at, out):
    place = at("decision")
    built(place, out)
    assert (out / "records").is_dir()
    for path in (place.root / "records").glob("*/*.yaml"):
        if path.parent.name != "policies":
            path.unlink()
    place.git("commit", "-q", "-a", "--no-verify", "-m", "nothing is left")
    (out / "policies" / "mine.txt").write_text("Mine.", encoding="utf-8")
    built(place, out)
    assert not (out / "records").exists()
    assert (out / "policies" / "mine.txt").is_file()


def test_each_level_and_each_folder_has_its_own(at, tmp_path, pages_made):
    place = at("ended")
    for level in LEVELS:
        built(place, tmp_path / level, "--classification", level)
    pages_made.clear()
    for level in LEVELS:
        built(place, tmp_path / level, "--classification", level)
    assert not pages_made
    whole = built(place, tmp_path / "elsewhere")
    assert pages_made, "where nothing is nothing can be left as it is"
    assert whole == pages(tmp_path / "internal")


def test_who_is_named_is_named_at_once(at, out, pages_made):
    place = at("ended")
    place.do("setup", "private")
    place.do("person", "name", "p-rosa", "Rosa Canary")
    before = built(place, out)
    place.do("person", "name", "p-rosa", "--consent", "internal", "--seen", "forms/1")
    assert b"Canary" not in b"".join(before.values())
    assert b"Rosa Canary (p-rosa)" in built(place, out)[f"records/{ACME}.html"]


@pytest.mark.parametrize("kept", ["", "no database", "written by others"])
def test_what_is_kept_may_go_at_any_time(at, out, kept):
    place = at("ended")
    whole = built(place, out)
    path = place.root / ".git" / "partnerkit" / "site-internal.sqlite"
    assert path.exists()
    path.unlink()
    if kept:
        path.write_text(kept, encoding="utf-8")
        path.chmod(0o666 if kept == "written by others" else 0o600)
    assert built(place, out) == whole
    assert built(place, out) == whole


@pytest.mark.parametrize("asked", ["", "[", "{}", "[1]", "[[]]", '[["nothing"]]', '[["name"]]', '[["entered", "x"]]'])
def test_a_torn_row_of_what_is_kept_is_passed_over(at, out, asked):
    place = at("decision")
    whole = built(place, out)
    with closing(sqlite3.connect(place.root / ".git/partnerkit/site-internal.sqlite")) as base, base:
        base.execute("UPDATE pages SET asked = ?, digest = 'x'", (asked,))
    assert built(place, out) == whole


@pytest.mark.parametrize("seed", range(examples(2)))
def test_whatever_changed_it_is_the_site_made_anew(few, tmp_path, monkeypatch, seed):
    """By one process or by two; where one is refused the other is, too."""
    root = tmp_path / "register"
    copied(few, root)
    place, changing = Place(root, day=None), Changing(root, seed)
    clock(monkeypatch, lambda: timedelta(days=changing.days))
    done, levels = list[str](), LEVELS
    for step in range(8):
        done.append(changing.once())
        level = levels[step % 2]
        words, out = ("--classification", level), tmp_path / level
        among(monkeypatch, 1 + step % 2)
        said = place.run("export", "site", "--out", str(out), *words)
        among(monkeypatch, 1)
        other, whole = anew(place, tmp_path / "anew", monkeypatch, *words)
        assert said.code == other.code, done
        if said.code == 0:
            assert pages(out) == whole, done


def among(monkeypatch: pytest.MonkeyPatch, processes: int) -> None:
    """So many processes make it, a few pages each at a time."""
    monkeypatch.setattr(site_putting, "_MANY", 0 if processes > 1 else 1_000)
    monkeypatch.setattr(in_parts, "_MANY", 0 if processes > 1 else 1_000)
    for one in (site_putting, site_owed):
        monkeypatch.setattr(one, "_AT_ONCE", 2)
        monkeypatch.setattr(one, "processes", lambda: processes)


def test_several_processes_make_what_one_makes_and_know_it_later(at, tmp_path, monkeypatch, pages_made):
    place = at("ended")
    one = built(place, tmp_path / "one")
    (place.root / ".git" / "partnerkit" / "site-internal.sqlite").unlink()
    among(monkeypatch, 3)
    assert built(place, tmp_path / "three") == one
    among(monkeypatch, 1)
    pages_made.clear()
    assert built(place, tmp_path / "three") == one
    assert not pages_made, "what other processes made is known as well"


def test_what_a_process_made_as_it_ended_is_made_by_another(at, tmp_path, monkeypatch):
    place = at("ended")
    whole = built(place, tmp_path / "one")
    among(monkeypatch, 2)
    for each in (site_owed, site_putting):
        monkeypatch.setattr(each._Share, "told", lambda *_given: os.kill(os.getpid(), signal.SIGKILL))
    assert built(place, tmp_path / "two") == whole
    assert not [*tmp_path.joinpath("two").glob(".site-files*")]
