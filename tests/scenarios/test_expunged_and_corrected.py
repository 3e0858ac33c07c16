"""What was forgotten stays so when something else is corrected, and hinders no correction of what landed after it."""

from __future__ import annotations

import pytest

from tests.conftest import At
from tests.place import Place
from tests.scenarios.landing import audited
from tests.scenarios.test_corrections import WHY, altered
from tests.scenarios.test_voids import errors, latest

NAME = "Ada Lovelace"


def forgotten(place: Place, text: str = NAME) -> None:
    place.do("person", "forget", place.write("sought.txt", text), "--reason", "their request")


def in_a_statement(place: Place) -> None:
    place.do("add", "acme", "due-diligence", f"summary={NAME} looked", "outcome=pass")


def in_the_history(place: Place) -> None:
    place.do("advance", "acme", "decision", "--reason", f"{NAME} asked")
    place.do("undo", latest(place), "--reason", f"{NAME} was wrong")


@pytest.mark.parametrize("typed", [in_a_statement, in_the_history])
def test_what_was_forgotten_before_something_else_was_altered_stays_forgotten(at: At, typed) -> None:
    place = at("agreement")
    typed(place)
    assert NAME in place.text("acme")
    forgotten(place)
    assert "nothing that had landed of acme was altered" in place.wrong("undo", "acme", "--correct", *WHY).err
    was = place.json("show", "acme")["record"]["commitments"]
    altered(place)
    place.do("undo", "acme", "--correct", *WHY, day="2026-07-02")
    assert NAME not in place.text("acme")
    assert place.json("show", "acme")["record"]["commitments"] == was
    assert place.run("check").code == 0
    found = audited(place)
    assert found["proven"], errors(found["findings"])


def test_a_history_that_may_hold_what_was_forgotten_since_is_not_put_back(at: At) -> None:
    place = at("agreement")
    in_the_history(place)
    altered(place, lambda data: data["history"][-1].update(by="p-timo"))
    forgotten(place)
    said = place.wrong("undo", "acme", "--correct", *WHY).err
    assert "the history of acme is not put back: text was expunged from the record since" in said
    assert NAME not in place.text("acme")


def test_a_file_from_which_text_was_forgotten_is_not_put_back(at: At) -> None:
    place = at("agreement")
    path = place.root / "records/evidence/acme/proposal.md"
    assert "Labs" in path.read_text(encoding="utf-8")
    forgotten(place, "Labs")
    without = path.read_bytes()
    assert b"Labs" not in without
    altered(place)
    path.write_bytes(b"Something else\n")
    place.git("commit", "-qam", "and its proposal", "--no-verify")
    place.do("undo", "acme", "--correct", *WHY, day="2026-07-02")
    assert path.read_bytes() == without
    found = audited(place)
    assert found["proven"], errors(found["findings"])
