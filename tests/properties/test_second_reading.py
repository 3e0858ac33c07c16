"""Pieces that the second reader knows already: with them it reads what it reads of all, or refuses what it refuses."""

from __future__ import annotations

from functools import partial
from typing import Any

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from tests.chance import examples

from partnerkit.store.yaml import emit, opinion
from partnerkit.store.yaml.editor import rewrite
from partnerkit.store.yaml.nodes import Document
from partnerkit.store.yaml.opinion import second_reading, whole_reading
from partnerkit.store.yaml.proof import prove, same
from partnerkit.store.yaml.reader import read

ONE, OTHER, STANDING = (f"c1:{digit * 63}{last}" for digit, last in ("aa", "bb", "00"))

#: Lines before the entries, as people and the tool write them, and as somebody would who wants readers to differ.
HEADS = [
    "name: Acme",
    "stage: proposed",
    "true: text",
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

#: Ids and moments, those among them that stand for others, and what only looks like one.
DRAWN = [
    *("65b670fcfdb802bd", "0fafd645a05bc38a", "f000000000000000", "f000000000000001", "1234567890123456"),
    *("12345678901234e6", "0b11000000000000", "e-391f1bb86962", "e-000000000000", "e-000000000001", "a-391f1bb86962"),
    *("2026-01-06T10:40:00Z", "2026-13-32T25:61:61Z", "0000-01-01T00:00:00Z", "0001-01-01T00:00:00Z"),
]

#: Lines with digests, ids and moments, as values of their own, and otherwise.
DIGESTS = [
    *(f"    id: {one}" for one in DRAWN),
    *(f"      - {one}" for one in DRAWN),
    f"    reason: x # - {DRAWN[0]}",
    f"    reason: x - {DRAWN[5]}",
    f"    reason: '- {DRAWN[7]}",
    f'    id: "{DRAWN[2]}"',
    f"    {DRAWN[1]}: {DRAWN[0]}",
    f"      {DRAWN[0]}",
    f'    seal: {{gate: "{ONE}", covers: "{OTHER}"}}',
    f'    seal: {{gate: "{OTHER}", covers: "{ONE}"}}',
    f'    seal: {{gate: "{ONE}", covers: {STANDING}}}',
    f'    seal: {{"{ONE}": x}}',
    f"    reason: 'it says \"{ONE}\"'",
    f'    reason: x # "{ONE}"',
    f'    id: "{OTHER}"',
    f"    id: {STANDING}",
    "    seal:",
    f'      gate: "{ONE}"',
    f'      gate: "{OTHER}"',
]

heads = st.lists(st.sampled_from(HEADS), min_size=1, max_size=3)
entry = st.tuples(st.sampled_from(LINES[:2]), st.lists(st.sampled_from(LINES[2:13] + DIGESTS), max_size=3)).map(
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
    [
        "l:\n  - x\n",
        "l:\n  - x\n  - &o a\n  - *o\n  - &o b\n  - *o\n",
    ]
)
@example([f"""a: 1\nb: 'it says "{ONE}"'\n""", f"""a: 1\nb: 'it says "{OTHER}"'\n""", f'b: "{ONE}"\n'])
@example(["a: |+\n  x\n   \nb: 1\n", "b: 1\na: |+\n  x\n   \n"])
@example(
    ["a: 1\nhistory:\n  - &o a\n  - *o\n", "a: 1\nhistory:\n  - b\n  - *o\n", "a: 1\nhistory:\n  - &o c\n  - *o\n"]
)
def test_what_is_read_with_known_entries_is_what_is_read_of_all(several: list[str]) -> None:
    """Each text is read on what the ones before it left."""
    opinion._known.clear()
    for text in several:
        assert said(second_reading, text) == said(whole_reading, text), text


@settings(max_examples=examples(150), deadline=None)
@given(texts, texts)
@example("a: |\n", "a: |\nb: 1\n")
@example("a: 1\nb: 2\n", 'c: "x\na: 1\nb: 2"\n')
@example("a: 1\nb: 2\n", "c: [x,\na: 1\n")
@example("a: 1\n", "---\na: 1\n...\n")
@example("l:\n  - a: 1\n    b: 2\n", "l:\n  - c: 'x\n    b: 2\n  - a: 1\n    b: 2'\n")
@example("l:\n  - &o a\n  - *o\n", "l:\n  - &o a\n  - *o\n  - &o b\n  - *o\n")
def test_what_is_read_beside_what_stood_is_what_is_read_of_all(before: str, after: str) -> None:
    """Where the two readers were at one about the text before, whatever comes after it."""
    document = agreed(before)
    opinion._known.clear()
    if document is not None:
        assert said(partial(second_reading, stood=document), after) == said(whole_reading, after)


def agreed(text: str) -> Document | None:
    """A text that both readers read, and as the same."""
    document, _ = read(text.encode(), "f")
    agree = document is not None and said(whole_reading, text) == said(lambda _: document.data, text)
    return document if agree else None


digests = st.sampled_from([ONE, OTHER, STANDING, STANDING.replace("00", "01"), "c1:0a", *DRAWN])
words = st.sampled_from(
    ["x", "R&D", "a *b*", "5", "1.10", "no", "a: b", "#", "two\nlines\n", "'", '"', "", "2026-01-05"]
)
names = st.sampled_from(["id", "by", "on", "true", "uses", "seal", "null", "a-b", "a b", "5"])
sealed = st.dictionaries(names, digests | words, min_size=1, max_size=3).map(emit.Flow)
flat = words | digests | sealed | st.none() | st.booleans() | st.integers(-5, 5)
nested = flat | st.lists(flat, max_size=3) | st.dictionaries(names, flat, max_size=3)
values = nested | st.lists(nested, max_size=3) | st.dictionaries(names, nested, max_size=3)
records = st.dictionaries(st.sampled_from(["id", "name", "stage", "evidence", "history"]), values, min_size=1)


@settings(max_examples=examples(100), deadline=None)
@given(st.data(), records, st.lists(records, min_size=1, max_size=2))
def test_the_proof_of_an_edit_refuses_what_the_proof_of_the_whole_refuses(
    data: Any, old: Any, edits: list[Any]
) -> None:
    """Every edit is proven, and whatever else is made of its text is seen as by a reader of all of it."""
    document, _ = read(emit.block(old).encode(), "f")
    assert document is not None
    for edit in edits:
        new = {**document.data, **edit}
        text = rewrite(document, new)
        assert same(whole_reading(text), new), text
        spoilt = spoil(data, text)
        assert said(partial(second_reading, stood=document), spoilt) == said(whole_reading, spoilt), spoilt
        assert prove(spoilt, new, "f", stood=document)[1] == prove(spoilt, new, "f")[1], spoilt
        document, _ = read(text.encode(), "f")
        assert document is not None


def spoil(data: Any, text: str) -> str:
    """A text with a line more, less or other, or with signs put somewhere in it."""
    lines = text.split("\n")
    at: int = data.draw(st.integers(0, len(lines) - 1))
    kind: int = data.draw(st.integers(0, 3))
    if kind == 0:
        return "\n".join([*lines[:at], data.draw(st.sampled_from(LINES + HEADS + DIGESTS)), *lines[at:]])
    if kind == 1:
        return "\n".join(lines[:at] + lines[at + 1 :])
    if kind == 2:
        return "\n".join([*lines[:at], data.draw(st.sampled_from(LINES + HEADS + DIGESTS)), *lines[at + 1 :]])
    signs: str = data.draw(
        st.sampled_from(['"', "'", "{", "]", ": ", "# ", " ", "  ", "\n", "- ", "&a ", "*a", "|", "\t"])
    )
    place: int = data.draw(st.integers(0, len(text)))
    return text[:place] + signs + text[place:]


def test_a_text_that_is_refused_spoils_none_that_comes_after_it() -> None:
    with pytest.raises(Exception, match="duplicate key"):
        second_reading("a:\n  b: 1\na:\n  b: 1\n  b: 2\n")
    assert second_reading("history:\n  - seq: 1\n") == {"history": [{"seq": 1}]}


def test_what_was_read_is_not_read_again(monkeypatch: pytest.MonkeyPatch) -> None:
    """Of a text that differs in a key, or by one more entry, that is read; of what is known altogether, nothing."""
    opinion._known.clear()
    read: list[str] = []
    monkeypatch.setattr(opinion, "whole_reading", lambda text: read.append(text) or whole_reading(text))
    head, first, second = "name: Acme\nhistory:\n", "  - seq: 1\n    id: a\n", "  - seq: 2\n    id: b\n"
    assert second_reading(head + first) == {"name": "Acme", "history": [{"seq": 1, "id": "a"}]}
    history = [{"seq": 1, "id": "a"}, {"seq": 2, "id": "b"}]
    assert second_reading(head + first + second) == {"name": "Acme", "history": history}
    assert read == [head + first, "history:\n" + second]
    other = second_reading(head.replace("Acme", "Other") + first + second)
    assert (other, read[2:]) == ({"name": "Other", "history": history}, ["name: Other\n"])
    assert second_reading("name: Acme\nevidence:\n  - seq: 1\n    id: a\nhistory:\n" + second) == {
        "name": "Acme",
        "evidence": history[:1],
        "history": history[1:],
    }
    assert read[3:] == ["evidence:\n" + first]  # one entry tells what key it is
    assert second_reading(head + first) == {"name": "Acme", "history": history[:1]}
    mixed = "history:\n  - id: a\n    seq: 2\n  - seq: 3\n    id: b\n"
    assert second_reading(mixed) == {"history": [{"id": "a", "seq": 2}, {"seq": 3, "id": "b"}]}
    assert read[4:] == ["history:\n  - seq: 3\n"]


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
