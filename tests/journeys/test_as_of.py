"""`show ID --as-of`: the register as it was at the end of a day where it is, or in a commit."""

from __future__ import annotations

import re
import subprocess

import pytest

from tests.conftest import At
from tests.place import Place, environment
from tests.story import ACME

#: Long after the story, whatever day the tests run on: nothing else lands then.
SUMMER, AUTUMN = "2090-07-01", "2090-10-29"


@pytest.fixture
def place(at: At) -> Place:
    """A partnership that has been proposed, in a register in Berlin."""
    place = at("proposed")
    path = place.root / "records" / "register.yaml"
    text = path.read_text(encoding="utf-8")
    path.write_text(re.sub("time-zone: .*", "time-zone: Europe/Berlin", text), encoding="utf-8")
    return place


def named_at(place: Place, moment: str, name: str) -> None:
    """Somebody calls it otherwise, and that lands at a moment."""
    place.path(ACME).write_text(re.sub("(?m)^name: .*", f"name: {name}", place.text(ACME)), encoding="utf-8")
    env = environment() | {"GIT_COMMITTER_DATE": moment, "GIT_AUTHOR_DATE": moment}
    subprocess.run(["git", "commit", "-qam", name, "--no-verify"], cwd=place.root, env=env, check=True)


def name(place: Place, as_of: str) -> str:
    found: str = place.json("show", ACME, "--as-of", as_of)["record"]["name"]
    return found


def test_a_day_ends_at_midnight_where_the_register_is(place):
    named_at(place, f"{SUMMER}T21:59:59Z", "Last of the day")
    named_at(place, f"{SUMMER}T22:00:00Z", "First of the next")
    assert name(place, SUMMER) == "Last of the day"
    assert name(place, "2090-07-02") == "First of the next"
    assert name(place, "2090-06-30") == "Acme"


def test_the_hour_that_comes_twice_belongs_to_its_day(place):
    """In Berlin the day on which clocks are put back ends at 23:00 UTC."""
    named_at(place, f"{AUTUMN}T22:59:59Z", "Last of the day")
    named_at(place, f"{AUTUMN}T23:00:00Z", "First of the next")
    assert name(place, AUTUMN) == "Last of the day"


def test_what_landed_later_was_not_there_whatever_its_clock_says(place):
    """Commits count in the order in which they landed, as in the audit."""
    named_at(place, f"{SUMMER}T12:00:00Z", "Landed in July")
    named_at(place, "2090-05-01T12:00:00Z", "Landed after it, dated in May")
    assert name(place, "2090-06-01") == "Acme"
    assert name(place, SUMMER) == "Landed after it, dated in May"


def test_a_commit_is_named_with_the_day_on_which_it_landed(place):
    named_at(place, f"{SUMMER}T23:30:00Z", "Past midnight")
    oid = place.git("rev-parse", "HEAD").strip()
    assert f"as of HEAD: commit {oid[:10]}, landed 2090-07-02" in place.do("show", ACME, "--as-of", "HEAD").out
    assert place.json("show", ACME, "--as-of", "2090-08-01")["as_of"] == oid


def test_a_record_that_came_later_is_said_to(place):
    """By when it was created, not by an id that looks alike."""
    place.git("commit", "-qam", "Berlin", "--no-verify")
    before = place.git("rev-parse", "HEAD").strip()
    place.do("new", "partnership", "Beta")
    said = place.wrong("show", "beta", "--as-of", before)
    assert f"beta was not there in {before}: it was created on 2026-03-02" in said.err
    assert "partnerkit log beta" in said.err
    assert (
        "there was no record 'acne' in HEAD; did you mean acme?" in place.wrong("show", "acne", "--as-of", "HEAD").err
    )


def test_before_the_register_began(place):
    first = place.git("rev-list", "--max-parents=0", "HEAD").strip()
    assert (
        "there was no register at the end of 1999-12-31: it began on 20"
        in place.wrong("show", ACME, "--as-of", "1999-12-31").err
    )
    assert f"{ACME} was not there in {first}" in place.wrong("show", ACME, "--as-of", first).err


def test_a_commit_from_before_there_was_a_register(place):
    env = environment()
    tree = place.git("hash-object", "-t", "tree", "-w", "--stdin", stdin=b"").strip()
    made = ["git", "commit-tree", tree, "-m", "empty"]
    empty = subprocess.run(made, cwd=place.root, env=env, capture_output=True, check=True).stdout.decode().strip()
    assert f"there was no register in {empty}" in place.wrong("show", ACME, "--as-of", empty).err


@pytest.mark.parametrize("as_of", ["", "yesterday", "--exec=x", "HEAD~999", "2090-13-01", "x\x1b[2J"])
def test_what_names_no_day_and_no_commit_is_called_wrongly(place, as_of):
    said = place.wrong("show", ACME, f"--as-of={as_of}")
    assert "\x1b" not in said.err


@pytest.mark.parametrize("moment", [f"{SUMMER}T10:00", f"{SUMMER}T10:00:00Z", f"{SUMMER} 10:00"])
def test_a_moment_is_answered_with_its_day(place, moment):
    said = place.wrong("show", ACME, "--as-of", moment)
    assert "is a moment: what can be asked for is the end of a day, or a commit" in said.err
    assert f"→ --as-of {SUMMER}\n" in said.err


@pytest.mark.parametrize("word", ["today", "01.07.2090", "2090-7-1"])
def test_the_form_of_a_day_is_told(place, word):
    assert "→ a day is written YYYY-MM-DD" in place.wrong("show", ACME, "--as-of", word).err


def test_of_a_day_to_come_nothing_is_made_up(place):
    """What is shown is what is known, and says until when: today, or the last commit if its clock is ahead."""
    named_at(place, f"{SUMMER}T12:00:00Z", "Acme Holding")
    shown = f"as of {SUMMER}, since nobody knows yet how it stands on 2090-07-02: commit"
    assert shown in place.do("show", ACME, "--as-of", "2090-07-02").out
    assert place.json("show", ACME, "--as-of", "2090-07-02")["known_until"] == SUMMER
    for known in (SUMMER, "HEAD"):
        assert place.json("show", ACME, "--as-of", known)["known_until"] is None
        assert "nobody knows" not in place.do("show", ACME, "--as-of", known).out
    assert place.json("show", ACME, "--as-of", "2090-07-02", day="2090-07-02")["known_until"] is None


def test_a_record_that_landed_later_than_it_says_was_not_there_before_that(place):
    named_at(place, "2090-06-01T12:00:00Z", "Berlin")
    place.do("new", "partnership", "Beta")
    beta = place.path("beta").read_bytes()
    place.git("reset", "-q", "--hard", "HEAD~1")
    (place.path(ACME).parent / "beta.yaml").write_bytes(beta)
    place.git("add", ".")
    named_at(place, f"{SUMMER}T12:00:00Z", "Acme Holding")
    err = place.wrong("show", "beta", "--as-of", "2090-06-30").err
    assert f"it was created on 2026-03-02, and landed on {SUMMER}" in err
    (place.path(ACME).parent / "gamma.yaml").write_bytes(beta.replace(b"id: beta", b"id: gamma"))
    assert "gamma was called beta in HEAD" in place.wrong("show", "gamma", "--as-of", "HEAD").err
    assert "and has not landed yet" in place.wrong("show", "gamma", "--as-of", "HEAD~1").err


def test_a_day_that_has_not_come_is_told_by_the_day_that_was_set(place):
    """What landed after that day is told too: it can be asked for, though it is later than today."""
    named_at(place, f"{SUMMER}T12:00:00 +0000", "Acme of summer")
    words = ("doc", "announcement", ACME, "--as-of", "2199-01-01")
    said = place.wrong(*words, day="2026-03-02").err
    assert f"2199-01-01 has not come: today is 2026-03-02, what landed last is of {SUMMER}, and nobody knows" in said
    assert f"→ --as-of {SUMMER}, or no --as-of for what landed up to now" in said
    said = place.wrong(*words, day="2090-07-02").err
    assert "2199-01-01 has not come: today is 2090-07-02, and nobody knows" in said
