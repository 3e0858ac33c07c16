"""The part of a file that a finding is about: named so that it is the same wherever in the file it stands."""

from __future__ import annotations

import pytest

from partnerkit.findings import part_of

DATA = {
    "name": "Acme",
    "objectives": [{"id": "o1", "text": "x"}, {"text": "y"}, "z"],
    "history": [{"id": "1f", "seq": 1, "seal": {"gate": "c1:0"}}],
    "people": [{"id": 7}],
}


@pytest.mark.parametrize(
    ("keys", "part"),
    [
        ((), ""),
        (("name",), "name"),
        (("objectives", 0, "text"), "objectives.o1.text"),
        (("objectives", 1, "text"), "objectives.1.text"),
        (("objectives", 2), "objectives.2"),
        (("history", 0, "seal", "gate"), "history.1f.seal.gate"),
        (("people", 0), "people.0"),
        (("objectives", 9, "text"), "objectives.9.text"),
        (("absent", "deeper", 3), "absent.deeper.3"),
        (("name", "first"), "name.first"),
    ],
)
def test_items_are_named_by_their_ids_and_all_else_by_its_keys(keys: tuple[str | int, ...], part: str) -> None:
    assert part_of(DATA, keys) == part
