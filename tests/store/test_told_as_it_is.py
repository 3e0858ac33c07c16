"""What the reader says of tabs and of what git could not merge: words that name it, and a mend that works."""

from __future__ import annotations

import pytest

from partnerkit.store.yaml.reader import read
from partnerkit.store.yaml.tidy import repair

FILE = "records/risks/acme.yaml"


@pytest.mark.parametrize(
    ("text", "by_fmt"), [("a:\n\t- b\n", True), ("a:\n \t- b\n", True), ("a:\tb\n", False), ("a: b\t# why\n", False)]
)
def test_fmt_is_offered_only_for_the_tab_that_it_mends(text: str, by_fmt: bool) -> None:
    _none, [found] = read(text.encode(), FILE)
    assert (found.code, "partnerkit fmt" in str(found.mend)) == ("yaml-tab", by_fmt)

    again = read(repair(text.encode()), FILE)[1]
    assert (again == []) == by_fmt


SIDES = "<<<<<<< HEAD\nname: One\n=======\nname: Other\n>>>>>>> branch\n"


@pytest.mark.parametrize("before", ["", "format: 1\nkind: risk\n"])
def test_a_conflict_is_called_one(before: str) -> None:
    _none, [found] = read((before + SIDES).encode(), FILE)
    assert (found.code, found.line) == ("yaml-syntax", before.count("\n") + 1)
    assert "git left a conflict" in found.message
    assert str(found.mend).startswith("git status ")


def test_half_of_its_signs_are_no_conflict() -> None:
    _none, [found] = read(b"<<<<<<< HEAD\nname: One\n", FILE)
    assert "conflict" not in found.message
