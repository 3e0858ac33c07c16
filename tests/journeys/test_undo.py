"""Undo takes back by a new change that names what it takes back; history never shrinks."""

from __future__ import annotations

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
    said = place.wrong("new", "partnership", "Acme")
    assert "there is already a record acme" in said.err
    assert "taken" in place.wrong("new", "partnership", "Another", "id=acme").err
    assert place.wrong("undo").err.startswith("✗ the latest entry of acme is an undo")
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


def test_undo_where_the_latest_commit_changed_no_record_says_so(place: Place) -> None:
    assert "changed no record" in place.wrong("undo").err


def test_a_record_that_was_taken_back_changes_no_more(place: Place) -> None:
    place.do("new", "partnership", "Passing Cloud", "type=cloud-providers")
    place.do("undo")

    said = place.refuse("set", "passing-cloud", "website=https://passing.example")

    assert "tombstone-changed" in said.err
