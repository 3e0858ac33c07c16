"""Entries that the second reader knows already: with them it reads what it reads of all, or refuses what it refuses."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from tests.chance import examples

from partnerkit.store.yaml import opinion
from partnerkit.store.yaml.opinion import second_reading, whole_reading

#: Lines before the entries, as people and the tool write them, and as somebody would who wants readers to differ.
HEADS = [
    "name: Acme",
    "stage: proposed",
    'name: "open',
    "name: 'open",
    'name: "history:',
    "notes: |",
    "notes: >+",
    "  text",
    "  - text",
    "tags: [a,",
    "tags: [a, b]",
    "history: [1, 2]",
    "history:",
    '"history": [1]',
    "? history",
    ": [1]",
    "note: &a text",
    "# a comment",
    "%YAML 1.1",
    "---",
    "...",
    "- history",
    "",
    "other:",
    "  - seq: 1",
]

#: Lines of entries, whole ones and parts.
LINES = [
    "  - seq: 1",
    "  - seq: 2",
    "    id: a",
    "    id: yes",
    "    on: 2026-01-05",
    "    at: 1.10",
    "    flag: true",
    "    reason: to and fro",
    "      and on",
    "    reason: |",
    "    reason: |+",
    "    reason: >",
    "      text",
    "      - text",
    '    reason: "open',
    '    closed"',
    '  - closed"',
    "    reason: 'it''s'",
    "    seal: {gate: x, covers: y}",
    "    seal: {gate: x,",
    "    covers: y}",
    "    uses: [a, b",
    "    c]",
    "    uses:",
    "      - one",
    "    # a comment",
    "    reason: x # a comment",
    "    reason:",
    "    : x",
    "    ? x",
    "    seq: 1",
    "  - [a, b]",
    "  - plain",
    "  - ",
    "  - - a",
    "    - b",
    "  - |",
    "  - &one a",
    "  - *one",
    "    to: &two b",
    "    from: *two",
    "    <<: *two",
    "  - !!str 1",
    "    - dash",
    "    stray",
    "    history:",
    "   three: 3",
    "  two: 2",
    "",
    "history:",
    "name: again",
    "    tab:\tx",
    "    line:\u2028x",
    "    next:\x85x",
    "    wide: \u3000x",
]

heads = st.lists(st.sampled_from(HEADS), min_size=1, max_size=3)
entry = st.tuples(st.sampled_from(LINES[:2]), st.lists(st.sampled_from(LINES[2:13]), max_size=3)).map(
    lambda both: [both[0], *both[1]]
)
odd = st.lists(st.sampled_from(LINES), min_size=1, max_size=3)
entries = st.lists(entry | odd, min_size=1, max_size=4)
sections = st.tuples(heads, st.sampled_from(["history:", "evidence:"]), entries).map(
    lambda parts: [*parts[0], parts[1], *(line for one in parts[2] for line in one)]
)
texts = st.tuples(st.lists(sections, min_size=1, max_size=3), st.sampled_from(["\n", ""])).map(
    lambda parts: "\n".join(line for one in parts[0] for line in one) + parts[1]
)


def said(reads: Any, text: str) -> str:
    """What a reading says, types and all; nothing of why it refused."""
    try:
        found = reads(text)
    except Exception:  # noqa: BLE001 - whatever it raises, it refused
        return "refused"
    return repr(sorted(found.items(), key=repr)) if isinstance(found, dict) else repr(found)


@settings(max_examples=examples(150), deadline=None)
@given(st.lists(texts, min_size=2, max_size=6))
@example(
    ['history: [1, 2]\nx: "\nhistory:\n  - a\n  - b"\n', "x: 1\nhistory:\n  - a\n", "x: 1\nhistory:\n  - a\n  - c\n"]
)
@example(["a: 1\nhistory:\n  - x\n    'y\n  - z'\n", "a: 1\nhistory:\n  - x\n    'y\n  - q\n"])
@example(
    ["a: 1\nhistory:\n  - &o a\n  - *o\n", "a: 1\nhistory:\n  - b\n  - *o\n", "a: 1\nhistory:\n  - &o c\n  - *o\n"]
)
def test_what_is_read_with_known_entries_is_what_is_read_of_all(several: list[str]) -> None:
    """Each text is read on what the ones before it left."""
    opinion._known.clear()
    for text in several:
        assert said(second_reading, text) == said(whole_reading, text), text


def test_a_text_that_is_refused_spoils_none_that_comes_after_it() -> None:
    with pytest.raises(Exception, match="duplicate key"):
        second_reading("a:\n  b: 1\na:\n  b: 1\n  b: 2\n")
    assert second_reading("history:\n  - seq: 1\n") == {"history": [{"seq": 1}]}


def test_what_was_read_is_not_read_again(monkeypatch: pytest.MonkeyPatch) -> None:
    """Of a text that differs in a part, or by one more entry, that is read; of what is known altogether, nothing."""
    opinion._known.clear()
    read: list[str] = []
    monkeypatch.setattr(opinion, "whole_reading", lambda text: read.append(text) or whole_reading(text))
    head, first, second = "name: Acme\nhistory:\n", "  - seq: 1\n    id: a\n", "  - seq: 2\n    id: b\n"
    assert second_reading(head + first) == {"name": "Acme", "history": [{"seq": 1, "id": "a"}]}
    history = [{"seq": 1, "id": "a"}, {"seq": 2, "id": "b"}]
    assert second_reading(head + first + second) == {"name": "Acme", "history": history}
    assert read == [head + first, "history:\n" + second]
    other = second_reading(head.replace("Acme", "Other") + first + second)
    assert (other["name"], read[2]) == ("Other", "name: Other\nhistory:\n" + first)  # one entry tells what key it is
    assert second_reading("name: Acme\nevidence:\n  - seq: 1\n    id: a\nhistory:\n" + second) == {
        "name": "Acme",
        "evidence": history[:1],
        "history": history[1:],
    }
    assert read[3:] == ["evidence:\n" + first]
    assert second_reading(head + first) == {"name": "Acme", "history": history[:1]}
    assert read[4:] == []


def test_what_names_a_value_or_is_long_is_read_each_time(monkeypatch: pytest.MonkeyPatch) -> None:
    opinion._known.clear()
    long = "name: " + "x" * opinion._LONGEST + "\n"
    second_reading("a: &one 1\nb: *one\n" + long)
    assert opinion._known == {}
    monkeypatch.setattr(opinion, "_MOST_KNOWN", 1)
    second_reading("a: 1\nb: 2\n")
    second_reading("c: 3\n")
    assert list(opinion._known) == ["c: 3\n"]


def test_what_is_known_stays_at_hand_while_a_text_is_read(monkeypatch: pytest.MonkeyPatch) -> None:
    """Whatever else is forgotten meanwhile because too much is known."""
    opinion._known.clear()
    second_reading("a: 1\nlist:\n  - x\n  - y\n")
    monkeypatch.setattr(opinion, "_MOST_KNOWN", 1)
    assert second_reading("a: 1\nb: 2\nlist:\n  - x\n  - z\n") == {"a": 1, "b": 2, "list": ["x", "z"]}


def test_a_key_that_is_there_twice_is_refused_whatever_is_known_of_it() -> None:
    opinion._known.clear()
    second_reading("a: 1\nb: 2\n")
    second_reading("a: 3\n")
    with pytest.raises(Exception, match="duplicate key"):
        second_reading("a: 1\na: 3\n")
