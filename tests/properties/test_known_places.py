"""An edit of which the places are known from the lines comes out as one for which every place was looked up."""

from __future__ import annotations

from functools import partial
from typing import Any

from hypothesis import example, given, settings
from hypothesis import strategies as st
from tests.chance import examples

from partnerkit.store.yaml import editor, emit
from partnerkit.store.yaml.known_places import spliced
from partnerkit.store.yaml.reader import read

ORDER = ("id", "stage", "name", "*", "evidence", "approvals")

#: What stands at the margin, in the house's form and beside it.
BLOCKS = [
    "id: acme",
    "stage: proposed",
    "stage: 'proposed'",
    "stage: proposed # where it stands",
    "stage:  proposed",
    "name: two words\n  and two more",
    "name: |\n  text\n  and text",
    "name: >-\n  text",
    "tags: [a, b]",
    "tags: []",
    "tags:\n- a",
    "tags:\n    - a",
    "tags:\n  - a\n  - b",
    "tags:\n  - a # first\n  # last",
    "tags:\n  - - a\n    - b",
    "terms:\n  of: a year",
    "terms:\n    of: a year",
    "evidence:\n  - id: one\n    uses:\n      - a",
    "evidence:\n  - id: one\n    uses:\n    - a",
    "evidence:\n  - id: one\n    text: |\n      x",
    "evidence:\n  -   id: one",
    "history:\n  - seq: 1\n    to: proposed",
    "history:\n  - seq: 1\n    seal: {gate: x}\n  - seq: 2",
    "history:\n  # none before\n  - seq: 1",
    "",
    "# a comment",
    "  # a comment further in",
]

texts = st.tuples(
    st.lists(st.sampled_from(BLOCKS), min_size=1, max_size=6), st.sampled_from(["\n", "\n", "\n", ""])
).map(lambda parts: "\n".join(parts[0]) + parts[1])
words = st.sampled_from(["x", "active", "a: b", "no", "5", "", "two\nlines\n", "it's", "#", "2026-01-05T09:00:00Z"])
flat = words | st.none() | st.booleans() | st.integers(-5, 5)
sealed = st.dictionaries(st.sampled_from(["gate", "covers"]), words, max_size=2).map(emit.Flow)
inner = flat | sealed | st.lists(flat, max_size=2) | st.dictionaries(st.sampled_from(["a", "b"]), flat, max_size=2)
item = inner | st.dictionaries(st.sampled_from(["seq", "id", "seal"]), inner, min_size=1, max_size=3)
added = st.lists(item, min_size=1, max_size=2)


@st.composite
def edits(draw: Any, old: dict[str, Any]) -> dict[str, Any]:
    """What commands do most: a word becomes another, lists grow at their end, keys come; now and then something else."""
    new = dict(old)
    for key, value in old.items():
        kind = draw(st.integers(0, 4))
        if isinstance(value, list) and kind < 3:
            new[key] = [*value, *draw(added)]
        elif kind == 0:
            new[key] = draw(words)
        elif kind == 1:
            new[key] = draw(item)
    for key in draw(st.lists(st.sampled_from(["stage", "other", "evidence", "approvals", "history"]), max_size=2)):
        new.setdefault(key, draw(item | added))
    return new


@settings(max_examples=examples(150), deadline=None)
@given(st.data(), texts)
@example(None, "id: acme\nstage: proposed\nhistory:\n  - seq: 1\n    to: proposed\n")
def test_places_known_from_the_lines_are_those_that_are_looked_up(data: Any, text: str) -> None:
    document, _ = read(text.encode(), "f")
    if document is None:
        return
    usual = {
        "stage": "active",
        "history": [*(document.data.get("history") or []), {"seq": 2, "seal": emit.Flow(gate="x")}],
    }
    new = {**document.data, **usual} if data is None else data.draw(edits(document.data))
    placing = partial(editor._placed, order=ORDER)
    found = spliced(document.text, document.data, new, placing)
    if found is not None and new != document.data:
        assert found == editor._changed(document, new, ORDER, editor._layout(document), frozenset()), (text, new)
    assert found is not None or data is not None


def test_what_commands_do_most_needs_no_places() -> None:
    text = "id: acme\nstage: proposed\nevidence:\n  - id: one\nhistory:\n  - seq: 1\n    to: proposed\n"
    document, _ = read(text.encode(), "f")
    assert document is not None
    data = document.data
    second = {"seq": 2, "uses": ["one"], "seal": emit.Flow(gate="x")}
    new = {**data, "stage": "active", "approvals": [{"id": "two"}], "history": [*data["history"], second]}
    assert spliced(text, data, new, partial(editor._placed, order=ORDER)) == (
        "id: acme\nstage: active\nevidence:\n  - id: one\napprovals:\n  - id: two\nhistory:\n"
        "  - seq: 1\n    to: proposed\n  - seq: 2\n    uses:\n      - one\n    seal: {gate: x}\n"
    )
