from __future__ import annotations

import copy
import difflib
from collections.abc import Callable, Sequence
from typing import Any

import pytest

from partnerkit.store.yaml import editor, emit
from partnerkit.store.yaml.editor import EditError, render, rewrite
from partnerkit.store.yaml.nodes import Document
from partnerkit.store.yaml.proof import same
from partnerkit.store.yaml.reader import read
from partnerkit.store.yaml.splices import Splice, apply
from partnerkit.store.yaml.tidy import normalise, repair


def document(text: str) -> Document:
    found, findings = read(text.encode(), "acme.yaml")
    assert findings == []
    assert found is not None
    return found


def edit(text: str, change: Callable[[Any], object], order: Sequence[str] = ()) -> str:
    found = document(text)
    new = copy.deepcopy(found.data)
    change(new)
    return rewrite(found, new, order)


def diff(before: str, after: str) -> list[str]:
    lines = difflib.unified_diff(before.splitlines(), after.splitlines(), n=0, lineterm="")
    return [line for line in lines if not line.startswith(("---", "+++", "@@"))]


TEXT = """\
# A record, by hand.

format: 1     # of files
id: acme
name: 'Acme "Co"'
stage: draft  # where it stands

# what was done
evidence:
  - ref: minutes   # of May
    kind: "note"
    text: |  # in full
      one
      two

  # the second
  - {ref: mail, url: "https://example.org"}

# about tags
tags: [a, "b"]
empty: []
nothing:
nested:
    deep:
        x: 1
        # inside
        w: 2

history:
  - to: draft
    seal: {gate: "c1:0a", before: null}   # first

# the end
"""
ORDER = ("format", "kind", "id", "policy", "stage", "name", "*", "evidence", "approvals", "history")


def put(path: list[str | int], value: Any) -> Callable[[Any], None]:
    def change(data: Any) -> None:
        *way, last = path
        for step in way:
            data = data[step]
        data[last] = value

    return change


def drop(*path: str | int) -> Callable[[Any], None]:
    def change(data: Any) -> None:
        *way, last = path
        for step in way:
            data = data[step]
        del data[last]

    return change


def add(path: list[str | int], *values: Any) -> Callable[[Any], None]:
    def change(data: Any) -> None:
        for step in path:
            data = data[step]
        data.extend(values)

    return change


CASES = {
    "plain scalar, comment kept": (
        put(["stage"], "active"),
        ["-stage: draft  # where it stands", "+stage: active  # where it stands"],
    ),
    "quotes kept": (put(["name"], "it's"), ["-name: 'Acme \"Co\"'", "+name: 'it''s'"]),
    "double quotes kept": (put(["evidence", 0, "kind"], "mail"), ['-    kind: "note"', '+    kind: "mail"']),
    "to a number": (put(["name"], 3), ["-name: 'Acme \"Co\"'", "+name: 3"]),
    "to a text block": (
        put(["stage"], "a\nb"),
        ["-stage: draft  # where it stands", "+stage: |-  # where it stands", "+    a", "+    b"],
    ),
    "line of a text block": (
        put(["evidence", 0, "text"], "one\n2\n"),
        ["-      two", "+      2"],
    ),
    "text block to a word, its comment kept": (
        put(["evidence", 0, "text"], "x"),
        ["-    text: |  # in full", "-      one", "-      two", "+    text: x  # in full"],
    ),
    "nothing to a word": (put(["nothing"], "x"), ["-nothing:", "+nothing: x"]),
    "nothing to a list": (put(["nothing"], ["x"]), ["+  - x"]),
    "item appended before the comment of the next key": (
        add(["evidence"], {"ref": "x", "url": "w"}),
        ["+  - ref: x", "+    url: w"],
    ),
    "first of an empty list": (put(["empty"], [{"a": 1}]), ["-empty: []", "+empty:", "+  - a: 1"]),
    "flow list stays flow": (add(["tags"], "c"), ['-tags: [a, "b"]', "+tags: [a, b, c]"]),
    "scalar in flow": (put(["tags", 1], "c: d"), ['-tags: [a, "b"]', '+tags: [a, "c: d"]']),
    "scalar in nested flow": (
        put(["evidence", 1, "ref"], "call"),
        ['-  - {ref: mail, url: "https://example.org"}', '+  - {ref: call, url: "https://example.org"}'],
    ),
    "flow list to block": (
        put(["tags"], [{"a": 1}]),
        ['-tags: [a, "b"]', "+tags:", "+  - a: 1"],
    ),
    "flow item to block": (
        put(["evidence", 1], {"ref": {"a": ["b"]}}),
        ['-  - {ref: mail, url: "https://example.org"}', "+  - ref:", "+        a:", "+          - b"],
    ),
    "item removed, comments kept": (
        drop("evidence", 1),
        ['-  - {ref: mail, url: "https://example.org"}'],
    ),
    "first item removed": (
        drop("evidence", 0),
        ["-  - ref: minutes   # of May", '-    kind: "note"', "-    text: |  # in full", "-      one", "-      two"],
    ),
    "item inserted first": (
        lambda data: data["evidence"].insert(0, "x"),
        ["+  - x"],
    ),
    "item inserted between": (
        lambda data: data["evidence"].insert(1, "x"),
        ["+  - x"],
    ),
    "first key of an item removed": (
        drop("evidence", 0, "ref"),
        ["-  - ref: minutes   # of May", '-    kind: "note"', '+  - kind: "note"'],
    ),
    "nested key added in the file's own indentation": (
        put(["nested", "deep", "z"], {"q": 1}),
        ["+        z:", "+            q: 1"],
    ),
    "nested key removed": (drop("nested", "deep", "x"), ["-        x: 1"]),
    "last nested key removed": (drop("nested", "deep", "w"), ["-        w: 2"]),
    "key removed, comments around it kept": (drop("tags"), ['-tags: [a, "b"]']),
    "first key removed": (drop("format"), ["-format: 1     # of files"]),
    "mapping emptied": (
        put(["nested", "deep"], {}),
        ["-    deep:", "-        x: 1", "-        # inside", "-        w: 2", "+    deep: {}"],
    ),
    "block to a word": (
        put(["nested"], "x"),
        ["-nested:", "-    deep:", "-        x: 1", "-        # inside", "-        w: 2", "+nested: x"],
    ),
    "block of other keys": (
        put(["nested"], {"a": 1}),
        ["-    deep:", "-        x: 1", "-        # inside", "-        w: 2", "+    a: 1"],
    ),
    "keys in their order": (
        lambda data: data.update(kind="partnership", approvals=[], zeal="own"),
        ["+kind: partnership", "+zeal: own", "+approvals: []"],
    ),
    "history entry with its seal on one line": (
        add(["history"], {"to": "active", "seal": emit.Flow(gate="c1:1b")}),
        ["+  - to: active", '+    seal: {gate: "c1:1b"}'],
    ),
    "several at once": (
        lambda data: (data.update(stage="active"), data.pop("empty"), data["evidence"].append("x")),
        ["-stage: draft  # where it stands", "+stage: active  # where it stands", "+  - x", "-empty: []"],
    ),
}


@pytest.mark.parametrize(("change", "expected"), CASES.values(), ids=CASES.keys())
def test_edits_touch_only_what_changes(change, expected):
    assert diff(TEXT, edit(TEXT, change, ORDER)) == expected


def test_an_appended_item_stands_right_after_the_last():
    after = edit(TEXT, add(["evidence"], "x"))
    assert '"https://example.org"}\n  - x\n\n# about tags\n' in after
    assert after.endswith("# the end\n")


def test_nothing_changes_nothing():
    assert edit(TEXT, dict) == TEXT


@pytest.mark.parametrize(
    ("before", "change", "after"),
    [
        ("a:\n- x\nb: 1\n", add(["a"], {"c": ["d"]}), "a:\n- x\n- c:\n  - d\nb: 1\n"),
        ("a:\n    - x # one", add(["a"], "w"), "a:\n    - x # one\n    - w\n"),
        ("a: 1", put(["b"], 2), "a: 1\nb: 2\n"),
        ("a: |\n  x", put(["b"], 2), "a: x\nb: 2\n"),
        ("a: |+\n  x\n\nb: 1\n\n# c\nc: 1\n", drop("b"), 'a: "x\\n\\n"\n\n# c\nc: 1\n'),
        ("a: >\n  x\n  w\nb: 1\n", put(["a"], "z\nq\n"), "a: |\n  z\n  q\nb: 1\n"),
        ("a:\n  - - x\n    - w\n", drop("a", 0, 0), "a:\n  - - w\n"),
        ("a:\n  - x: 1\n    # c\n    w: 2\n", drop("a", 0, "x"), "a:\n  -\n    # c\n    w: 2\n"),
        ("a:\n  - x: 1\n    # c\n    w: 2\n", put(["a", 0], "q"), "a:\n  - q\n"),
        ("a:\n  - b # c\n", put(["a", 0], {"x": 1}), "a:\n  - # c\n    x: 1\n"),
        ("a:\n  - b\n", put(["a", 0], {"x": 1, "w": 2}), "a:\n  - x: 1\n    w: 2\n"),
        ("a:\n  -   b\n", put(["a", 0], {"x": 1, "z": 2}), "a:\n  -   x: 1\n      z: 2\n"),
        ("a:\n  -   b: 1\n", put(["a", 0], {"x": 1, "z": 2}), "a:\n  -   x: 1\n      z: 2\n"),
        ("a:\n  -   b: 1\n", put(["a", 0], "p\nq"), "a:\n  -   |-\n    p\n    q\n"),
        ("a:\n  -\n  - q\n", put(["a", 0], {"x": 1, "z": 2}), "a:\n  - x: 1\n    z: 2\n  - q\n"),
        ("a: b # c\n", put(["a"], {"x": 1}), "a: # c\n  x: 1\n"),
        ("a:\n  # c\n  x: 1\n", put(["a"], "p\nq"), 'a: "p\\nq"\n  # c\n'),
        ("a: [x,\n  w]\nb: 1\n", put(["a"], ["x", "w", "z"]), "a: [x, w, z]\nb: 1\n"),
        ("{a: 1, b: x}\n", put(["a"], 2), "{a: 2, b: x}\n"),
        ("{a: 1}\n", put(["b"], [2]), "a: 1\nb:\n  - 2\n"),
        ("# c\na: 1 # d\n# e\n", lambda data: (data.pop("a"), data.update(b=2)), "# c\nb: 2\n# e\n"),
        ("a: 1\nhistory: []\n", put(["b"], 2), "a: 1\nb: 2\nhistory: []\n"),
        ("b: 1\nhistory: []\n", put(["a"], 2), "b: 1\na: 2\nhistory: []\n"),
        ("a: 1\n", put(["a"], True), "a: true\n"),
        ("a: true\nb: 1\n", put(["a"], 1), "a: 1\nb: 1\n"),
        ("a : x\n", put(["a"], "w"), "a : w\n"),
        ("a:\n  x\n", put(["a"], "w"), "a:\n  w\n"),
        ("'k: l': x\n", put(["k: l"], "w"), "'k: l': w\n"),
        ("a:\n  b: 1\n  c: 2\n", lambda data: (data["a"].pop("c"), data.update(d=3)), "a:\n  b: 1\nd: 3\n"),
    ],
)
def test_layouts_of_every_hand(before, change, after):
    assert edit(before, change) == after


def test_new_keys_before_the_first():
    assert edit("# head\n\nid: a\n", put(["format"], 1), ORDER) == "# head\n\nformat: 1\nid: a\n"


@pytest.mark.parametrize(
    ("value", "reason"),
    [("\x1b[31m", "control"), ("\u202e", "direction"), ("\ud800", "surrogate"), (10**18, "differently")],
)
def test_what_the_reader_would_refuse_is_not_written(value, reason):
    with pytest.raises(EditError, match=reason) as caught:
        edit(TEXT, put(["name"], value))
    assert "nothing was written" in str(caught.value.mend)
    assert caught.value.exit_code == 3


def test_types_that_no_record_holds_are_refused():
    with pytest.raises(TypeError):
        edit(TEXT, put(["name"], 1.5))


def test_blank_lines_after_all_that_is_replaced_stay_outside_of_it():
    """A text that ends in line feeds would take them in, were it written as a block."""
    found = document("k: a\n\n")
    after = rewrite(found, {"new key": "z\n\n"})
    again, findings = read(after.encode(), "f")
    assert (findings, again and again.data) == ([], {"new key": "z\n\n"})


def test_no_text_without_the_second_readers_consent(monkeypatch):
    monkeypatch.setattr("partnerkit.store.yaml.proof.second_reading", lambda _text, _stood: {})
    with pytest.raises(EditError, match="ruamel"):
        edit("a: 1\n", put(["a"], 2))
    found = document("a: 1\n")
    assert rewrite(found, {"a": 2}, second_opinion=False) == "a: 2\n"


def test_splices_must_not_overlap():
    assert apply("abc", [Splice(1, 2, "x"), Splice(1, 1, "w"), Splice(1, 1, "z")]) == "awzxc"
    with pytest.raises(ValueError, match="overlap"):
        apply("abc", [Splice(0, 2, ""), Splice(1, 3, "")])


def test_render_orders_keys():
    data = {"history": [], "own": 1, "id": "a", "format": 1, "approvals": []}
    assert render(data, ORDER) == "format: 1\nid: a\nown: 1\napprovals: []\nhistory: []\n"
    with pytest.raises(EditError):
        render({"a": "\0"})


def test_normalise_puts_history_last_and_strips():
    before = "# head  \na: 1   \n\n# the past\nhistory:\n  - x  # w \n\n# b\nb: |  \n  k  \n\n\n\n# end\n\n"
    after = "# head\na: 1\n\n\n# b\nb: |\n  k  \n# the past\nhistory:\n  - x  # w\n\n\n\n# end\n"
    assert normalise(document(before)) == after
    assert normalise(document(after)) == after


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("a: |\n  x", "a: |-\n  x\n"),
        ("a: |+\n  x\n\n\n", "a: |+\n  x\n\n\n"),
        ("history: []\na: 1", "a: 1\nhistory: []\n"),
        ("{history: [], a: 1}", "{history: [], a: 1}\n"),
    ],
)
def test_normalise_keeps_the_meaning(before, after):
    assert normalise(document(before)) == after


def test_repair():
    raw = b"\xef\xbb\xbf# caf\xc3\xa9\r\na: yes  # sure\r\nb:\r\n\t- 010\r\n\t- x: 12:30  \r\n"
    mended = repair(raw)
    assert mended == '# café\na: "yes"  # sure\nb:\n  - "010"\n  - x: "12:30"\n'.encode()
    assert read(mended, "f")[1] == []
    assert repair(mended) == mended


@pytest.mark.parametrize("raw", [b"\xff", b"a: [", b"", b"- x\n"])
def test_repair_leaves_what_it_cannot_mend(raw):
    assert repair(raw) == raw


def test_names_the_rooms_need():
    assert set(editor.__all__) >= {"EditError", "render", "rewrite", "rewritten"}


def test_one_of_several_alike_leaves_and_the_others_stay_where_they_are():
    """The lines before it are not moved up to where a longer run of the same begins."""
    text = "k:\n- a\n\n-\n  q: a\n- a\n- a\nl: a\n"
    assert edit(text, drop("k", 1)) == "k:\n- a\n\n- a\n- a\nl: a\n"


def test_a_text_of_two_lines_before_a_comment_changes_nothing_else() -> None:
    """Written as a block it would take the comment in; so it is quoted, and what stands around it stays as it is."""
    text = "k:\n-\n  k: a\n  # two in\n-\n  'q': a\n- a\n"
    document, _ = read(text.encode(), "f")
    assert document is not None
    assert rewrite(document, {"k": ["x\ny", {"q": "a"}, "a"]}) == "k:\n- \"x\\ny\"\n  # two in\n-\n  'q': a\n- a\n"


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (True, 1),
        ({"a": True}, {"a": 1}),
        ({"a": [{"b": [0]}]}, {"a": [{"b": [False]}]}),
        ([1], [1, 1]),
        ([], {}),
        ({"a": None}, {}),
        ("1", 1),
    ],
)
def test_what_means_something_else_is_not_the_same(one: Any, other: Any) -> None:
    assert not same(one, other)
    assert not same(other, one)
    assert same(one, copy.deepcopy(one))


def test_the_order_of_keys_does_not_count() -> None:
    assert same({"a": 1, "b": [True]}, {"b": [True], "a": 1})
