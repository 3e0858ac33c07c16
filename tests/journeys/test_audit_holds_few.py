"""`audit` holds few records at a time and reads the others again: it says what one says that holds all of them."""

from __future__ import annotations

import pytest

from partnerkit.register import SETTINGS_PATH
from partnerkit.store import ledger
from partnerkit.store.ledger import Ledger
from tests.made import copied
from tests.place import Place
from tests.scenarios.cheat import ACME, commit


@pytest.fixture
def hold_one(monkeypatch):
    """From when it is called on, one record is held at a time; which were read again."""
    again: list[str] = []
    reads = Ledger._again

    def noted(self: Ledger, record_id: str):
        again.append(record_id)
        return reads(self, record_id)

    def begin() -> list[str]:
        monkeypatch.setattr(ledger, "HELD", 1)
        monkeypatch.setattr(ledger, "_AT_ONCE", 2)
        monkeypatch.setattr(Ledger, "_again", noted)
        return again

    return begin


def told(place: Place) -> dict[str, object]:
    place.day = None
    return {key: value for key, value in place.json("audit", "--full").items() if key != "looked_at"}


def test_of_all_four_policies(few, tmp_path, hold_one):
    root = tmp_path / "few"
    copied(few, root)
    place = Place(root)
    of_all = told(place)
    again = hold_one()
    assert told(place) == of_all
    assert len(again) > len({*again}) > 1, "several were read again, and some more than once"


@pytest.mark.parametrize("how", ["deleted", "unreadable", "no rules"])
def test_what_is_missing_for_a_while_is_told_all_the_same(at, hold_one, how):
    """It comes back with the last commit, in another shape."""
    place = at("decided")
    file = place.root / (SETTINGS_PATH if how == "no rules" else ACME)
    before = file.read_bytes()
    file.unlink() if how != "unreadable" else file.write_bytes(b"a: 1\na: 2\n")
    commit(place)
    file.write_bytes(before.replace(b"seq: 1\n", b"seq: 4\n", 1))
    commit(place)
    of_all = told(place)
    assert of_all["findings"]
    hold_one()
    assert told(place) == of_all
