"""Undo takes back by a new change that names what it takes back; history never shrinks."""

from __future__ import annotations

import pytest

from tests.conftest import At
from tests.place import Place
from tests.story import ACME


def test_undo_of_an_advance_leads_back_and_names_the_entry(at: At) -> None:
    place = at("assessment")
    undone = place.json("log", ACME)["entries"][-1]["id"]
    place.do("undo", "--reason", "wrong partner")
    entries = place.json("log", ACME)["entries"]
    assert (entries[-1]["type"], entries[-1]["undoes"], entries[-1]["to"]) == ("undo", undone, "proposed")
    assert entries[-1]["reason"] == "wrong partner"
    assert len(entries) == 3
    place.do("set", ACME, "type=tool-providers")
    place.do("advance", ACME)
    assert place.run("check").code == 0


def test_undo_of_a_set_restores_the_fields_byte_for_byte(at: At) -> None:
    place = at("assessment")
    before = place.text(ACME)
    place.do("set", ACME, "website=https://acme.example", "name=Acme Limited")
    place.do("undo")
    assert place.text(ACME) == before


def test_undo_of_an_add_withdraws_what_was_added_and_keeps_it(at: At) -> None:
    place = at("assessment")
    place.do("add", ACME, "due-diligence", "https://files.example/dd", "outcome=pass")
    place.do("undo", "--reason", "another partner's file")
    said = [one for one in place.json("log", ACME)["statements"] if one["requirement"] == "due-diligence"]
    assert [one["withdrawn"]["reason"] for one in said] == ["another partner's file"]
    gate = place.json("gates", ACME)["requirements"]
    assert [one["met"] for one in gate if one["id"] == "due-diligence"] == [False]
    assert place.run("check").code == 0


def test_undo_of_a_new_leaves_a_tombstone_whose_id_is_taken_for_ever(place: Place) -> None:
    place.do("new", "partnership", "Acme")
    place.do("undo", "--reason", "a slip")
    assert place.json("show", ACME)["stage"] == "void"
    assert place.json("list")["records"] == []
    assert "taken" in place.wrong("new", "partnership", "Another", "id=acme").err
    said = place.wrong("undo").err
    assert said.startswith("✗ the latest commit (")
    assert "is an undo itself" in said
    assert "partnerkit log acme shows" in said
    assert place.do("new", "partnership", "Acme").out.startswith("✓ partnership/acme-2: new")
    assert "there is already a record acme-2" in place.wrong("new", "partnership", "Acme").err
    assert place.run("check").code == 0


def test_undo_by_entry_takes_only_the_latest_of_a_record(at: At) -> None:
    place = at("assessment")
    first, latest = [entry["id"] for entry in place.json("log", ACME)["entries"]]
    place.do("new", "partnership", "Another")
    said = place.wrong("undo", first)
    assert f"partnerkit undo {latest}" in said.err
    assert "no record has an entry 'ffffff'" in place.wrong("undo", "ffffff").err
    place.do("undo", latest)
    assert place.json("show", ACME)["stage"] == "proposed"
    assert place.json("show", "another")["stage"] == "proposed"


def test_undo_of_many_takes_back_all_of_them(place: Place) -> None:
    rows = place.write("new.csv", "name,type\nOne,universities\nTwo,bootcamps\n")
    place.do("new", "partnership", "--from", rows)
    place.do("undo")
    assert [place.json("show", one)["stage"] for one in ("one", "two")] == ["void", "void"]
    place.do("new", "partnership", "--from", rows)
    assert [one["id"] for one in place.json("list")["records"]] == ["one-2", "two-2"]


def test_undo_where_the_latest_commit_changed_no_record_says_how_that_is_taken_back(place: Place) -> None:
    place.do("person", "add", "p-new", "--email", "new@lighthouse.example")
    said = place.wrong("undo").err
    assert "“people: p-new joins the roster”) changed no record" in said
    words = next(text for text in said.splitlines() if "git revert" in text).split()
    place.git("revert", "--no-edit", words[words.index("revert") + 1])
    assert place.run("check").code == 0


def test_undo_says_what_it_takes_back_and_whose_it_was(at: At) -> None:
    place = at("assessment")
    place.do("set", ACME, "website=https://acme.example")
    said = place.do("undo")
    assert said.out.startswith("✓ partnership/acme: undo “set website”")
    assert "“partnership/acme: set website”, made by p-rosa\n" in said.out
    place.do("set", ACME, "website=https://acme.example", by="p-jonas")
    assert ["made by p-jonas, not by you" in note for note in place.json("undo")["notes"]] == [True]
    latest = place.json("log", ACME)["entries"][-1]["id"]
    said = place.do("undo", latest, by="p-jonas")
    assert said.out.startswith("✓ partnership/acme: undo “proposed → assessment”")
    assert f"took back entry {latest} of acme (proposed → assessment), made by p-rosa, not by you" in said.out


def test_undo_of_what_was_changed_by_hand_says_so(at: At) -> None:
    place = at("assessment")
    place.edit(ACME, "name: Acme", "name: Acme Works")
    place.git("commit", "-qam", "A better name")
    said = place.do("undo", by="p-jonas")
    assert "“A better name”, made by p-rosa, not by you; it was not made by partnerkit" in said.out
    assert place.json("show", ACME)["record"]["name"] == "Acme"


@pytest.mark.parametrize(
    ("words", "again"),
    [
        (("set", ACME, "website=https://acme.example"), "partnerkit set acme website=https://acme.example"),
        (("add", ACME, "due-diligence", "summary=Fine", "outcome=pass"), "partnerkit log acme shows"),
        (("advance", ACME, "withdrawn", "--reason", "later"), "partnerkit advance acme withdrawn --reason later"),
    ],
    ids=["set", "add", "advance"],
)
def test_an_undo_is_not_undone_but_done_again(at: At, words: tuple[str, ...], again: str) -> None:
    place = at("assessment")
    place.do(*words)
    place.do("undo")
    said = place.wrong("undo").err
    assert "is an undo itself" in said
    assert again in said
    if " shows" not in again:
        place.do(*again.split()[1:])


def test_after_an_undo_no_line_is_offered_that_fails_when_it_is_pasted(place: Place) -> None:
    """What cannot be said whole, or is of many records, is shown instead: a new record lacks its fields in such a line."""
    place.do("new", "partnership", "Passing Cloud", "type=cloud-providers")
    place.do("undo")
    said = place.wrong("undo").err
    assert "→ partnerkit log passing-cloud shows what was taken back\n" in said
    assert "partnerkit new" not in said
    rows = place.write("new.csv", "name,type\nOne Cloud,cloud-providers\nTwo Cloud,cloud-providers\n")
    place.do("new", "partnership", "--from", rows)
    place.do("undo")
    said = place.wrong("undo").err
    assert "→ partnerkit log one-cloud shows what was taken back, of one-cloud as of 1 more\n" in said
    place.do("log", "one-cloud")


def test_undo_of_a_withdrawal_says_that_it_stands(at: At) -> None:
    place = at("assessment")
    place.do("add", ACME, "due-diligence", "summary=Fine", "outcome=pass")
    said = place.json("log", ACME)["statements"][-1]["id"]
    place.do("add", ACME, "due-diligence", f"withdraw={said}", "--reason", "wrong file")
    assert "what is withdrawn stays withdrawn" in place.wrong("undo").err


def test_a_record_that_was_taken_back_changes_no_more(place: Place) -> None:
    place.do("new", "partnership", "Passing Cloud", "type=cloud-providers")
    place.do("undo")

    said = place.refuse("set", "passing-cloud", "website=https://passing.example")

    assert "tombstone-changed" in said.err
