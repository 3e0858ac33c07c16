"""A policy that counts by a field which holds no day, duration or number is told so; no record makes a command fail."""

from __future__ import annotations

import pytest

from tests.place import Place

FAIR = "spring-fair"
POLICY = "records/policies/KITE-1.yaml"

CADENCE = """
cadences:
  flown:
    {{clause: §1/day, of: partnership, while: [proposed], settled-by: activities, {more}}}
"""


def counting(place: Place, more: str) -> None:
    """A rhythm is written into the policy by hand, and lands past the hooks."""
    path = place.root / POLICY
    text = path.read_text(encoding="utf-8")
    path.write_text(text + CADENCE.format(more=more), encoding="utf-8")
    place.git("commit", "-qam", "a rhythm", "--no-verify")


@pytest.mark.parametrize(
    ("more", "told"),
    [
        ("every: note", "cadences.flown.every: note of a partnership is no duration"),
        ("every: P1M, from: note", "cadences.flown.from: note of a partnership is no day"),
        ("every: P1M, from: starts, until: note", "cadences.flown.until: note of a partnership is no day"),
        ("every: festival", "cadences.flown.every: festival of a partnership is no duration"),
    ],
)
def test_a_rhythm_is_counted_by_fields_of_its_sort(kites: Place, more: str, told: str) -> None:
    path = kites.root / POLICY
    text = path.read_text(encoding="utf-8")
    field = "    note: {type: text, clause: §1/day, title: A word on it.}\n    fee:"
    path.write_text(text.replace("    fee:", field, 1), encoding="utf-8")
    kites.git("commit", "-qam", "a note", "--no-verify")
    kites.do("set", FAIR, "note=weekly")
    counting(kites, more)
    for words in (("today",), ("gates", FAIR), ("list",), ("show", FAIR), ("check",)):
        said = kites.run(*words)
        assert said.code == 3, said.all
        assert told in said.err
        assert POLICY in said.err


@pytest.mark.parametrize("wanted", ["NaN", "sNaN", "-Infinity", "1e400", "1e999999999"])
@pytest.mark.parametrize("sign", ["<", ">=", "="])
def test_a_condition_with_what_looks_like_a_number(kites: Place, wanted: str, sign: str) -> None:
    kites.do("set", FAIR, "name=NaN")
    for field in ("name", "fee", "id", "since"):
        said = kites.run("list", "--where", f"{field}{sign}{wanted}")
        no_value = field == "since" or (field == "fee" and "1e" not in wanted) or (field == "id" and sign == "=")
        assert said.code in ({2} if no_value else {0}), said.all
