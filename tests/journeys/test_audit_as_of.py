"""`audit --as-of`: what an audit would have said in a clone that ended there."""

from __future__ import annotations

import shutil
import sqlite3
from contextlib import closing
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from tests.conftest import At
from tests.journeys.test_as_of import named_at
from tests.journeys.test_audit_again import kept, told
from tests.made import copied
from tests.place import Place
from tests.scenarios.cheat import commit, rewrite
from tests.story import ACME, DEAL

FORMS = (["--json"], ["--format", "text"], ["--format", "markdown"], ["--format", "sarif"])


@pytest.fixture
def place(at: At) -> Place:
    """A story to its end, in which an approval was turned by hand on the way and put back, and one was not."""
    place = at("ended")
    was = place.path(DEAL).read_bytes()
    rewrite(place, DEAL, lambda data: data["approvals"][0].update(decision="reject"))
    commit(place)
    place.path(DEAL).write_bytes(was)
    commit(place)
    place.do("undo", DEAL, "--correct", "--reason", "Turned by hand")
    rewrite(place, ACME, lambda data: data.update(website="https://elsewhere.example"))
    commit(place)
    return place


def clone(place: Place, folder: Path) -> Place:
    copied(place.root, folder)
    found = Place(folder, day=place.day)
    shutil.rmtree(kept(found).parent, ignore_errors=True)
    return found


def test_it_is_what_a_clone_that_ends_there_says(place, tmp_path):
    """In every form, with the same bytes; of all, of some records, and of what landed after a commit."""
    other = clone(place, tmp_path / "clone")
    chain = place.git("rev-list", "--first-parent", "--reverse", "HEAD").split()
    proven = set()
    for index, oid in enumerate([*chain[5:-5:6], *chain[-5:]]):
        other.git("reset", "-q", "--hard", oid)
        words = [*([], [ACME], ["--since", chain[2]])[index % 3], *FORMS[index % 4]]
        then, there = place.run("audit", *words, "--as-of", oid), other.run("audit", *words)
        assert (then.code, then.out) == (there.code, there.out), (oid, words)
        proven.add(there.code)
    assert proven == {0, 1}


def test_what_is_kept_of_the_end_stays(place):
    """Whoever looks back costs the next audit nothing, and what it keeps beside that is right."""
    now = told(place)
    before = kept(place).read_bytes()
    past = [told(place, "--as-of", back) for back in ("HEAD~3", "HEAD~9", "HEAD~9")]
    assert past[1] == past[2] != past[0] != now
    after = kept(place).read_bytes()
    assert told(place) == now == told(place, "--full")
    assert kept(place).read_bytes() == after
    assert len(after) >= len(before)


def test_what_was_judged_looking_back_is_kept_for_the_end(place):
    """Nothing has to be judged twice, and it is the same as judged at once."""
    for back in ("HEAD~20", "HEAD~4", "HEAD~12"):
        told(place, "--as-of", back)
    with closing(sqlite3.connect(kept(place))) as base:
        (judged,) = base.execute("SELECT count(*) FROM verdicts").fetchone()
    assert judged == len(place.git("rev-list", "--first-parent", "HEAD~4").split())
    assert told(place) == told(place, "--full")


def test_a_day_is_its_last_commit(place):
    named_at(place, "2090-07-01T12:00:00Z", "Last of the day")
    named_at(place, "2090-07-02T12:00:00Z", "First of the next")
    assert told(place, "--as-of", "2090-07-01") == told(place, "--as-of", "HEAD~1")
    assert place.json("audit", "--as-of", "2090-07-01")["head"] == place.git("rev-parse", "HEAD~1").strip()


def test_what_was_not_there_yet_is_said(place):
    """A day before the register, a record that came later, a start that lies after the end."""
    said = place.wrong("audit", "--as-of", "2001-01-01").err
    assert "there was no register at the end of 2001-01-01: it began on" in said
    early = place.git("rev-list", "--first-parent", "--reverse", "HEAD").split()[12]
    assert f"{DEAL} is no record" in place.wrong("audit", DEAL, "--as-of", early).err
    assert "no commit of the main line up to" in place.wrong("audit", "--since", "HEAD", "--as-of", early).err
    assert "leave --since, --as-of" in place.wrong("audit", "--as-of", "HEAD~1", "--checkpoint", "proven.json").err


def test_where_there_is_no_working_tree(place, tmp_path):
    """A day ends where the register is: the commit says where that is."""
    bare = Place(tmp_path / "bare.git")
    place.git("clone", "-q", "--bare", "--no-local", str(place.root), str(bare.root))
    landed = datetime.fromisoformat(place.git("log", "-1", "--format=%cI").strip())
    zone = place.git("grep", "-h", "time-zone", "HEAD", "--", "records/register.yaml").split()[1]
    day = str(landed.astimezone(ZoneInfo(zone)).date())
    assert told(bare, "--as-of", day) == told(place)
