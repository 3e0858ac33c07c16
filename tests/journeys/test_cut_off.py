"""What is asked of the past where a clone holds only a part of it: nothing that it lacks is made up."""

from __future__ import annotations

import pytest

from tests.conftest import At
from tests.journeys.test_as_of import SUMMER, named_at
from tests.place import Place
from tests.story import ACME

UNSHALLOW = "→ git fetch --unshallow (in CI: fetch-depth: 0), then ask again"


@pytest.fixture
def whole(at: At) -> Place:
    """A partnership that has been proposed, was named otherwise in summer, and another that came later."""
    place = at("proposed")
    named_at(place, f"{SUMMER}T12:00:00Z", "Acme Holding")
    return place


def cloned(place: Place, *how: str) -> Place:
    place.git("config", "uploadpack.allowFilter", "true")
    root = place.root.parent / "cloned"
    place.git("clone", "-q", *how, place.root.as_uri(), str(root))
    return Place(root, day=place.day)


def cannot(place: Place, *words: str) -> str:
    said = place.run(*words)
    assert (said.code, said.out) == (3, "")
    assert UNSHALLOW in said.err
    return said.err


def test_a_field_is_not_said_to_begin_where_history_was_cut_off(whole):
    cut = cloned(whole, "--depth", "1")
    oid = cut.git("rev-parse", "HEAD").strip()
    assert f"cut off at {oid[:10]} when this repository was cloned" in cannot(cut, "log", ACME, "name")
    # What landed after that is all there.
    cut.git("config", "user.email", "rosa@lighthouse.example")
    cut.do("new", "partnership", "Beta")
    (change,) = cut.json("log", "beta", "name")["changes"]
    assert change["places"] == [{"path": "name", "from": None, "to": "Beta"}]


def test_a_day_before_history_was_cut_off_is_not_said_to_be_before_the_register(whole):
    cut = cloned(whole, "--depth", "1")
    assert "how the register stood before that cannot be said" in cannot(cut, "show", ACME, "--as-of", "2090-06-30")
    assert "'HEAD~1' names no commit that this clone holds" in cannot(cut, "show", ACME, "--as-of", "HEAD~1")
    for there in (SUMMER, "HEAD"):
        assert cut.json("show", ACME, "--as-of", there)["record"]["name"] == "Acme Holding"


def test_what_the_record_itself_tells_needs_no_history(whole):
    cut = cloned(whole, "--depth", "1")
    for words in (("log", ACME), ("why", ACME), ("show", ACME)):
        assert cut.do(*words).out == whole.do(*words).out


def test_a_partial_clone_fetches_what_it_lacks_or_says_that_it_cannot(whole):
    part = cloned(whole, "--filter=blob:none")
    asked = [("log", ACME, "name"), ("show", ACME, "--as-of", "2090-06-30")]
    away = whole.root.rename(whole.root.parent / "away")
    for words in asked:
        said = part.run(*words)
        assert (said.code, said.out) == (3, "")
        assert "this is a partial clone, which fetches what it lacks when it is asked for, and that failed" in said.err
        assert "→ clone it again without --filter, or ask again where its remote can be reached" in said.err
    away.rename(whole.root)
    for words in asked:
        assert part.do(*words).out == whole.do(*words).out


@pytest.mark.parametrize("words", [("diff",), ("check", "--head", "HEAD", "--base"), ("show", ACME, "--as-of")])
def test_a_commit_that_was_cut_off_is_no_wrong_name(whole, words):
    cut = cloned(whole, "--depth", "1")
    assert "'HEAD~1' names no commit that this clone holds" in cannot(cut, *words, "HEAD~1")
    wrong = cut.run(*words, "10.02.2026")
    assert (wrong.code, "names no commit here" in wrong.err) == (2, True)
