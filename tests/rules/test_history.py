"""What entries make of each other, gone through once: however long a history is, each is looked at but a few times."""

from __future__ import annotations

from typing import Any

from partnerkit.kinds.canonical import digest, digests_of_beginnings
from partnerkit.kinds.history import followed, taken_back_next


class Asked(dict[str, Any]):
    """An entry that counts how often it is asked for anything."""

    times = 0

    def get(self, key: str, default: Any = None) -> Any:
        Asked.times += 1
        return super().get(key, default)


def voided_again_and_again(length: int) -> list[dict[str, Any]]:
    """A history in which every second entry voids the one before it."""
    found: list[dict[str, Any]] = [Asked(id="0", type="create", to="a")]
    for place in range(1, length, 2):
        found.append(Asked({"id": str(place), "type": "move", "from": "a", "to": "b"}))
        back = {"id": str(place + 1), "type": "void", "from": "b", "to": "a", "undoes": str(place)}
        found.append(Asked(back))
    return found


def asked(length: int) -> int:
    history = voided_again_and_again(length)
    Asked.times = 0
    found = followed(history)
    assert found.counting == [0]
    assert sorted(found.voided) == list(range(1, length, 2))
    return Asked.times


def test_ten_times_the_entries_are_ten_times_the_work():
    assert asked(2000) < 11 * asked(200)


def test_before_each_entry_stands_the_latest_that_is_not_voided():
    history = voided_again_and_again(4)
    assert followed(history).before == [None, 0, 0, 2, 2]


def test_every_beginning_has_the_digest_of_a_list_of_its_own():
    every = [dict(one) for one in voided_again_and_again(5)] + [{"é": ["ä", 1, None, {}]}]
    assert list(digests_of_beginnings(every)) == [digest(every[:end]) for end in range(len(every) + 1)]


def moved(name: str, from_: str | None, to: str, type_: str = "move", **more: str) -> dict[str, Any]:
    return {"id": name, "type": type_, "to": to, **({"from": from_} if from_ else {}), **more}


def test_a_migration_is_voided_or_the_move_below_it_is_taken_back():
    history = [moved("1", None, "a", "create"), moved("2", "a", "b"), moved("3", "b", "c", "migrate")]
    assert [one["id"] for one in taken_back_next(history)] == ["2", "3"]
    without = [*history, moved("4", "c", "b", "void", undoes="3")]
    assert [one["id"] for one in taken_back_next(without)] == ["2"]
    back = [*history, moved("4", "c", "a", "void", undoes="2")]
    assert [one["id"] for one in taken_back_next(back)] == ["1"]
    assert sorted(followed(back).voided) == [1]


def test_a_migration_below_a_move_stays_when_something_further_down_is_named():
    """An undo that names what is not the latest is found; what it makes of the list is nothing but that entry gone."""
    history = [moved("1", None, "a", "create"), moved("2", "a", "b", "migrate"), moved("3", "b", "c")]
    assert followed([*history, moved("4", "c", "a", "undo", undoes="1")]).counting == [1, 2]
