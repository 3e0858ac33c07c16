"""`log ID FIELD`: how a field came to be what it is, from git alone."""

from __future__ import annotations

from typing import Any

import pytest

from tests.conftest import At
from tests.place import Place
from tests.scenarios.cheat import commit
from tests.story import ACME

Places = list[tuple[str, Any, Any]]

_TWO = (
    "[{id: o2, text: Labs, supports: [mutually-beneficial]},"
    " {id: o1, text: Builds for all, supports: [mutually-beneficial]}]"
)


@pytest.fixture
def place(at: At) -> Place:
    """A partnership that has been proposed, with one objective, o1."""
    return at("proposed")


def changes(place: Place, field: str) -> list[tuple[str | None, Places]]:
    """Who made each change, and where it differs: from what to what."""
    return [
        (change["by"], [(one["path"], one["from"], one["to"]) for one in change["places"]])
        for change in place.json("log", ACME, field)["changes"]
    ]


def test_who_changed_it_from_what_to_what(place):
    place.do("set", ACME, "name=Acme Holding", by="p-jonas")
    told = place.json("log", ACME, "name")
    assert [told[key] for key in ("schema", "id", "field", "value", "unreadable")] == [
        "partnerkit.log-field/1",
        ACME,
        "name",
        "Acme Holding",
        [],
    ]
    assert changes(place, "name") == [
        ("p-rosa", [("name", None, "Acme")]),
        ("p-jonas", [("name", "Acme", "Acme Holding")]),
    ]
    landed = place.git("rev-list", "HEAD").split()
    assert told["changes"][1]["commit"] == landed[0]
    assert told["changes"][0]["entries"] == [place.json("log", ACME)["entries"][0]["id"]]
    page = place.do("log", ACME, "name").out
    assert f"p-jonas  {landed[0][:10]}" in page
    assert "    Acme → Acme Holding" in page


def test_an_undo_is_a_change_like_any_other(place):
    place.do("set", ACME, "website=https://acme.example")
    place.do("undo", "--reason", "not theirs")
    assert changes(place, "website") == [
        ("p-rosa", [("website", None, "https://acme.example")]),
        ("p-rosa", [("website", "https://acme.example", None)]),
    ]


def test_blocks_of_a_list_are_told_by_their_ids(place):
    place.do("set", ACME, "objectives.o1.text=Builds for all")
    place.do("set", ACME, f"objectives={_TWO}")
    assert changes(place, "objectives")[1:] == [
        ("p-rosa", [("objectives.o1.text", "Free builds for every member", "Builds for all")]),
        ("p-rosa", [("objectives.o2", None, {"id": "o2", "text": "Labs", "supports": ["mutually-beneficial"]})]),
    ]
    assert [places for _by, places in changes(place, "objectives.o1.text")] == [
        [("objectives.o1.text", None, "Free builds for every member")],
        [("objectives.o1.text", "Free builds for every member", "Builds for all")],
    ]
    page = place.do("log", ACME, "objectives").out
    assert "    objectives.o1.text: Free builds for every member → Builds for all" in page


def test_a_merge_is_one_change_by_whoever_landed_it(place):
    """What was tried on the branch and changed again never landed."""
    place.git("switch", "-qc", "change")
    for name in ("Ace", "Acme Holding"):
        place.do("set", ACME, f"name={name}", by="p-jonas")
    place.git("switch", "-q", "main")
    place.git("merge", "-q", "--no-ff", "--no-verify", "-m", "Merge branch 'change'", "change")
    assert changes(place, "name")[1:] == [("p-rosa", [("name", "Acme", "Acme Holding")])]


def test_what_is_not_committed_is_said_to_be_so(place):
    place.edit(ACME, "name: Acme", "name: Acne")
    told = place.json("log", ACME, "name")["changes"][-1]
    assert (told["commit"], told["at"], told["by"]) == (None, None, None)
    assert "not committed yet\n    Acme → Acne" in place.do("log", ACME, "name").out


def test_nobody_whom_the_roster_does_not_know_is_named_and_nothing_is_obeyed(place):
    place.edit(ACME, "name: Acme", 'name: "Acme]8;;https://evil.example"')
    place.person = "mallory@evil.example"
    place.git("commit", "-qam", "\x1b[2J::error::forged", "--no-verify")
    place.person = "p-rosa"
    said = place.do("log", ACME, "name")
    assert "\x1b" not in said.out
    assert "\\u001b[2J" in said.out
    assert "somebody whom no address of the roster names" in said.out
    data = place.run("log", ACME, "name", "--json").out
    assert place.json("log", ACME, "name")["changes"][-1]["by"] is None
    assert "mallory" not in said.out + data


@pytest.mark.parametrize(
    "text", ["name: [\n", "history: words\nexpunged: 5\n", "history: [words]\n", "expunged: [5]\n"]
)
def test_a_version_that_nobody_can_read_is_named(place, text):
    good = place.text(ACME)
    place.path(ACME).write_text(text, encoding="utf-8")
    commit(place)
    lost = place.git("rev-parse", "HEAD").strip()
    place.path(ACME).write_text(good.replace("name: Acme", "name: Acme Holding"), encoding="utf-8")
    commit(place)
    assert place.json("log", ACME, "name")["unreadable"] == [lost]
    assert changes(place, "name")[1:] == [("p-rosa", [("name", "Acme", "Acme Holding")])]
    page = place.do("log", ACME, "name").out
    assert f"! {lost[:10]}: the record was not there, or nobody could read it" in page


def test_what_was_expunged_since_is_not_told_again(place):
    place.do("set", ACME, "objectives.o1.text=Labs led by Ann Berg")
    place.do("person", "forget", place.write("names.txt", "Ann Berg\n"), "--reason", "their own request")
    told = place.do("log", ACME, "objectives.o1.text").out
    assert "Free builds for every member → Labs led by expunged:x-" in told
    assert "Ann" not in told
    shown = place.do("show", ACME, "--as-of", "HEAD~1").out
    assert "Labs led by expunged:x-" in shown
    assert "1 text of it expunged since" in shown
    assert "Ann" not in shown + place.run("show", ACME, "--as-of", "HEAD~1", "--json").out


@pytest.mark.parametrize(
    ("field", "near"),
    [
        ("nmae", "did you mean name"),
        ("objectives.o2.text", "did you mean objectives.o1.text"),
        ("website.address", "never had a field 'website.address'"),
        ("\x1b[2J", "never had a field"),
    ],
)
def test_a_field_that_it_never_had_is_called_wrongly(place, field, near):
    said = place.wrong("log", ACME, field)
    assert near in said.err
    assert "\x1b" not in said.err


def test_a_field_that_says_nothing_yet(place):
    assert changes(place, "website") == []
    assert "it never said anything" in place.do("log", ACME, "website").out


@pytest.mark.parametrize(("to", "known_as"), [("2026/acme", "acme"), ("2026/ace", "ace")])
def test_a_file_that_was_moved_or_named_otherwise_is_followed(place, to, known_as):
    """Against the rules, and landed all the same; that it was then nobody else's is told by its first entry."""
    place.do("set", ACME, "website=https://acme.example")
    folder = place.path(ACME).parent
    (folder / "2026").mkdir()
    place.git("mv", str(folder / "acme.yaml"), str(folder / f"{to}.yaml"))
    place.edit(known_as, "id: acme", f"id: {known_as}")
    commit(place)
    place.edit(known_as, "name: Acme", "name: Acme Holding")
    commit(place)
    told = [
        [(one["path"], one["from"], one["to"]) for one in change["places"]]
        for change in place.json("log", known_as, "name")["changes"]
    ]
    assert told == [[("name", None, "Acme")], [("name", "Acme", "Acme Holding")]]
    assert place.json("log", known_as, "website")["changes"][0]["commit"] == place.git("rev-parse", "HEAD~2").strip()


def test_what_only_looks_alike_is_not_followed(place):
    """Another record, which came as this one went, has another first entry."""
    place.do("set", ACME, "name=Acme Holding")
    begun = place.json("log", ACME)["entries"][0]["id"]
    place.git("mv", str(place.path(ACME)), str(place.path(ACME).parent / "ace.yaml"))
    place.edit("ace", "id: acme", "id: ace")
    place.edit("ace", begun, begun[::-1])
    commit(place)
    (change,) = place.json("log", "ace", "name")["changes"]
    assert [one["from"] for one in change["places"]] == [None]


@pytest.mark.parametrize(
    ("field", "told"),
    [
        (
            "objectives.0",
            "objectives is told as a whole, or part by part (objectives.o1): partnerkit log acme objectives",
        ),
        (
            "objectives.text",
            "objectives is told as a whole, or part by part (objectives.o1): partnerkit log acme objectives",
        ),
        (
            "objectives.o1.supports.0",
            "objectives.o1.supports is told as a whole: partnerkit log acme objectives.o1.supports",
        ),
        ("name.first", "name is told as a whole: partnerkit log acme name"),
    ],
)
def test_what_a_field_does_not_hold_is_answered_with_what_can_be_asked(place, field, told):
    said = place.wrong("log", ACME, field)
    assert f"acme never had a field {field!r}" in said.err
    assert f"  → {told}" in said.err.splitlines()


def test_no_word_is_offered_twice(place):
    assert "did you mean name?" in place.wrong("log", ACME, "nmae").err
