"""Somebody who is asked about is found wherever they are named: nothing is left out, whatever stands around it."""

from __future__ import annotations

import re
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from partnerkit.kinds.named import Names
from partnerkit.kinds.private import Kept
from partnerkit.kinds.subject import Subject, part_of

PERSON = "p-0007"
OTHERS = st.sampled_from(["p-00071", "p-0007-2", "p-0008", "xp-0007", "p_0007", "acme", "2026-03-01", "", "p-", "0007"])
WORDS = st.one_of(OTHERS, st.just(PERSON), st.just(f"mentor-{PERSON}"), st.text("ap0-_.é", max_size=6))
TEXTS = st.lists(WORDS, max_size=4).map(" ".join)
DATA = st.recursive(
    TEXTS | st.integers() | st.booleans() | st.none(),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(TEXTS, inner, max_size=4),
    max_leaves=10,
)


def strings(value: Any) -> list[str]:
    """Every text of it, keys too, as they come."""
    if isinstance(value, dict):
        return [one for key, part in value.items() for one in (key, *strings(part))]
    if isinstance(value, list):
        return [one for part in value for one in strings(part)]
    return [value] if isinstance(value, str) else []


def holds(text: str) -> bool:
    """By hand: the id stands there, and no letter, digit or underscore before it, nor those or a hyphen behind it."""
    at = text.find(PERSON)
    while at >= 0:
        before, after = text[at - 1 : at], text[at + len(PERSON) :][:1]
        if not re.match(r"\w", before) and not re.match(r"[\w-]", after):
            return True
        at = text.find(PERSON, at + 1)
    return False


@given(st.dictionaries(TEXTS, DATA, max_size=5))
def test_every_place_and_no_other(data: dict[str, Any]) -> None:
    found = list(Subject(PERSON).within(data))
    assert sorted(value for _keys, value, _by in found) == sorted(one for one in strings(data) if holds(one))
    for keys, value, by in found:
        assert by == "id"
        assert leads(data, keys, value)
        path, _part = part_of(data, keys)
        assert keys[: len(path)] == path


def leads(data: Any, keys: tuple[str | int, ...], value: str) -> bool:
    """Whether the keys lead to the text, or the last of them is it."""
    for key in keys[:-1]:
        data = data[key]
    return keys[-1] == value or data[keys[-1]] == value


NAME = "Robin Öberg-Example"
LETTERS = st.sampled_from([str.upper, str.lower, str.title, str])
GAPS = st.sampled_from([" ", "\n", "\n      ", "\u00a0", "  "])
BEFORE = st.sampled_from(["", "by ", "(", "“", "\n# ", "x: '", "Anna, "])
AFTER = st.sampled_from(["", ".", "'s", ")", ", and", "\n", '"', " wrote"])


@given(LETTERS, GAPS, BEFORE, AFTER, st.integers(0, 5))
def test_a_name_is_found_in_any_letters_on_its_line(letters: Any, gap: str, before: str, after: str, line: int) -> None:
    text = "\n" * line + before + letters(NAME).replace(" ", gap) + after
    found = list(Names({PERSON: Kept(name=NAME)}).within(text))
    assert [(one.person, one.line) for one in found] == [(PERSON, line + 1 + before.count("\n"))]


@given(st.text(alphabet="RobinÖbergExample -.,\n", max_size=60))
def test_only_whole_words_one_behind_the_other(text: str) -> None:
    by_hand = re.search(r"(?<!\w)Robin(\.?\s+|[-.])Öberg(\.?\s+|[-.])Example(?!\w)", text, re.IGNORECASE)
    assert bool(list(Names({PERSON: Kept(name=NAME)}).within(text))) == bool(by_hand)
