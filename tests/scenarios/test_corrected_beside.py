"""What lands in the very commit of a correction, made as if before it, rests on what was altered all the same."""

from __future__ import annotations

from typing import Any

import pytest

from tests.conftest import At
from tests.place import Place
from tests.scenarios.amending import errors
from tests.scenarios.cheat import commit, forge, rewrite
from tests.scenarios.landing import audited, landed
from tests.scenarios.test_corrections import LONGER, WHY
from tests.scenarios.test_voids import latest

PACT = "acme-2026"


def made_meanwhile(place: Place, record: str, before: bytes, *words: str, day: str) -> bytes:
    """A record as a command makes it while another version of one record stands there; nothing of that is kept."""
    head = place.git("rev-parse", "HEAD").strip()
    place.path(record).write_bytes(before)
    commit(place)
    place.do(*words, day=day)
    made = place.path(words[1]).read_bytes()
    place.git("reset", "-q", "--hard", head)
    place.path(record).write_bytes(before)
    commit(place)
    return made


@pytest.mark.parametrize("corrected", ["2026-03-26", "2026-03-21"])
def test_a_decision_that_was_taken_back_moves_nothing_beside_its_withdrawal(at: At, corrected: str) -> None:
    """The withdrawal is taken out; then it is put back and corrected in the commit of a move dated before it."""
    place = at("decided", day="2026-03-20")
    last, undecided = latest(place), place.path("acme").read_bytes()
    said = place.json("show", "acme")["record"]["approvals"][-1]["id"]
    place.do("add", "acme", "final-decision", f"withdraw={said}", "--reason", "no", by="p-timo", day="2026-03-25")
    place.refuse("advance", "acme", day="2026-03-26")
    away = place.json("show", "acme")["record"]["approvals"][-1]["withdrawn"]
    place.path("acme").write_bytes(made_meanwhile(place, "acme", undecided, "advance", "acme", day="2026-03-21"))

    def back(data: dict[str, Any]) -> None:
        data["approvals"][-1]["withdrawn"] = away

    rewrite(place, "acme", back)
    forge(place, "acme", "agreement", type_="correct", undoes=last, reason="as it was", day=corrected)
    if corrected < away["at"][:10]:
        first_the_correction(place)
    commit(place)
    assert "statement-edited" in errors(audited(place)["findings"])


def first_the_correction(place: Place) -> None:
    """The two entries change places: the correction is made before the move, on a day before the withdrawal."""
    move = place.json("show", "acme")["record"]["history"][-2]
    corrected = place.json("show", "acme")["record"]["history"][-1]

    def without(data: dict[str, Any]) -> None:
        data["history"] = data["history"][:-2]
        data["stage"] = data["history"][-1]["to"]

    rewrite(place, "acme", without)
    forge(place, "acme", "decision", type_="correct", undoes=corrected["undoes"], reason="as it was", day="2026-03-21")
    forge(place, "acme", "agreement", day="2026-03-21", uses=move["uses"])


@pytest.mark.parametrize("day", ["2026-05-02", "2026-06-30"])
def test_an_agreement_that_has_ended_opens_no_gate_beside_its_correction(at: At, day: str) -> None:
    """Its end is cut off; then it is put back and corrected in the commit of a move as old as the end, or older."""
    place = at("in-force", day="2026-07-01")
    place.do("set", "acme", "roles.partnership-manager=p-rosa", "exit-strategy=Own machines", day="2026-04-01")
    last, running = latest(place, PACT), place.path(PACT).read_bytes()
    place.do("advance", PACT, "terminated", "--reason", "both want to stop", day="2026-06-30")
    place.refuse("advance", "acme")
    over = place.path(PACT).read_bytes()
    moved = made_meanwhile(place, PACT, running, "advance", "acme", day=day)
    place.path("acme").write_bytes(moved)
    place.path(PACT).write_bytes(over)
    forge(place, PACT, "terminated", type_="correct", undoes=last, reason="as it was", day="2026-06-30")
    commit(place)
    assert "entry-removed" in errors(audited(place)["findings"])


def test_what_is_done_after_a_correction_may_land_with_it(at: At) -> None:
    place = at("in-force", day="2026-07-01")
    place.do("set", "acme", "roles.partnership-manager=p-rosa", "exit-strategy=Own machines")
    place.edit(PACT, *LONGER)
    commit(place)

    def change(here: Place) -> None:
        here.do("undo", PACT, "--correct", *WHY)
        here.do("advance", "acme")

    landed(place, "squash", change)
    found = audited(place)
    assert found["proven"], errors(found["findings"])


def test_no_correction_is_dated_before_a_withdrawal(at: At) -> None:
    """It would prove nothing of what it puts back."""
    place = at("decided", day="2026-03-20")
    raw = place.path("acme").read_bytes()
    said = place.json("show", "acme")["record"]["approvals"][-1]["id"]
    place.do("add", "acme", "final-decision", f"withdraw={said}", "--reason", "no", by="p-timo", day="2026-03-25")
    place.path("acme").write_bytes(raw)
    commit(place)
    told = place.wrong("undo", "acme", "--correct", *WHY, day="2026-03-24").err
    assert f"{said} of acme was withdrawn at 2026-03-25 12:00, and no correction is dated before that" in told
    assert "without --today, or with a later day" in told
    place.do("undo", "acme", "--correct", *WHY, day="2026-03-26")
    assert audited(place)["proven"]
