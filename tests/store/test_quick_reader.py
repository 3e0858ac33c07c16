"""The quick reader says nothing that the full one does not say: of what it reads, the same; of a mistake, nothing."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from random import Random
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from partnerkit.store.yaml import emit
from partnerkit.store.yaml.parser import parse
from partnerkit.store.yaml.quick import quick
from partnerkit.store.yaml.reader import MOST_BYTES, read
from tests.chance import TIMES, examples

ROOT = Path(__file__).resolve().parents[2]

#: Parts of lines, of which most texts are no YAML of the dialect, and some are.
INDENTS = ["", "", "", " ", "  ", "  ", "    ", "      "]
DASHES = ["", "", "", "- ", "- ", "- - ", "-", "-  "]
KEYS = ["a: ", "b: ", "c:", "d:", '"on": ', "on: ", "a:  ", "e-f: ", "§1: ", '"x y": ', "1: ", "null: ", "<<: ", '"<<": ', ": ", "? "]  # fmt: skip
VALUES = [
    *("", "", "x", "word two", "two  spaces", "end ", "5", "-5", "007", "1.5", "1e3", "yes", "no", "null", "~", "true", "True"),
    *("2026-01-02", "2026-1-2", "12:30", "a:b", "a: b", "a:", "a #b", "a#b", "#c", "https://x.example/?q=1#y", "- x", "-x"),
    *('"q"', '"q: r"', '"q" x', '"q\\"r"', "'q'", '""', '"', "'", "|", "|-", "|+", ">", ">-", "|2", "&a x", "*a", "!t x", "%x", "@x", "`x"),
    *("[]", "{}", "[ ]", "[x, y]", "[x,y]", '[x y, "z"]', "[[x], {a: y}]", "{a: x}", '{a: "x, y", b: 5}', "{a: x:y}", "{a: x, a: y}"),
    *("{a:x}", "{a: }", "{a}", "{a: x]", '{a: "x"]', "[x}", "[a: x]", "[x, ]", "[x", "{a: x} y", "{a: x # y}", "{a: yes}", "{yes: a}", "[-1]", "{a: 2026-01-02T10:00:00Z}"),
    *("...", "---", ".", ".5", "é", "日本", "e\u0301", "\u00a0x", "x\u00a0", "x\ty", "\u200c", "?x", "? x", "=", "<<", "x]", "x}", "x, y"),
]  # fmt: skip
SIGNS = [*" -:#\"'[]{}|>\n&*!,?x0.", ": ", "- ", " #", "\n  ", "\n- ", "\n\n", "\n# c\n", "  ", "a: ", ""]
ODD = ["", " ", "# c", "   # c", "---", "...", "%YAML 1.2", "\ufeff"]
COMMENTS = ["", "", "", "", " # c", "#c"]


def same(text: str) -> bool:
    """Whether the quick reader read a text; where it did, it must have read what the full one reads."""
    found = quick(text)
    if found is None:
        return False
    full = parse(text)
    assert full.findings == []
    assert json.dumps(found) == json.dumps(full.data)  # the types too, and the order of keys
    return True


def lines(chance: Random) -> str:
    """A few lines, each of parts that may or may not go together."""

    def line() -> str:
        return "".join(map(chance.choice, (INDENTS, DASHES, [*KEYS, *[""] * 4], VALUES, COMMENTS)))

    found = [line() if chance.random() < 0.9 else chance.choice(ODD) for _ in range(chance.randint(0, 4))]
    return "\n".join(found) + chance.choice(["", "\n", "\n\n"])


def edited(chance: Random) -> str:
    """A text as it is written, edited by hand in one place or more."""

    def value(depth: int) -> Any:
        many = range(chance.randint(0, 3))
        if depth and chance.random() < 0.4:
            return [value(depth - 1) for _ in many]
        if depth and chance.random() < 0.5:
            made = {chance.choice(["a", "b-c", "on", "§2"]): value(depth - 1) for _ in many}
            return emit.Flow(made) if chance.random() < 0.3 else made
        return chance.choice([*VALUES, 7, None, True, "one\ntwo", "one\n\ntwo\n"])

    layout = emit.Layout(chance.choice([1, 2, 4]), chance.choice([0, 2, 4]))
    text = emit.block({key: value(3) for key in "abc"}, 0, layout)
    for _ in range(chance.choice([0, 1, 1, 2])):
        at = chance.randint(0, len(text))
        text = text[:at] + chance.choice(SIGNS) + text[at + chance.randint(0, 2) :]
    return text


@pytest.mark.parametrize(("make", "usual", "least"), [(lines, 20_000, 30), (edited, 3000, 500)])
def test_whatever_chance_makes_it_reads_none_otherwise(make: Callable[[Random], str], usual: int, least: int) -> None:
    chance = Random(f"{make.__name__} {TIMES}")  # noqa: S311 - the same texts each time
    assert sum(same(make(chance)) for _ in range(examples(usual))) >= least, "it reads too little for this to say much"


@pytest.mark.parametrize("indent", ["", "  "])
@pytest.mark.parametrize("before", ["a: 1\n{0}b: ", "a:\n{0}- ", "a:\n  - b: 1\n{0}    c: ", "- ", ""])
def test_each_value_in_each_place(before: str, indent: str) -> None:
    for value in VALUES:
        for after in (
            "",
            "\n",
            "\nz: 1\n",
            "\n  z: 1\n",
            "\n    text\n\n",
            "\n   text\n  less\n",
            "\n      more\n    z: 1\n",
        ):
            same(before.format(indent) + value + after)


words = st.text(st.characters(exclude_categories=["Cs", "Cc", "Cf", "Cn", "Zl", "Zp"]), max_size=12)
text = st.one_of(words, st.sampled_from(["yes", "5", "2026-01-02", "a: b", "a #b", "one\ntwo", "one\ntwo\n", "- x"]))
scalars = st.one_of(text, st.integers(-(10**6), 10**6), st.booleans(), st.none())
flows = st.dictionaries(st.sampled_from("abcde"), st.one_of(scalars, st.lists(scalars, max_size=2)), max_size=3)
values: Any = st.recursive(
    st.one_of(scalars, flows.map(emit.Flow)),
    lambda inner: st.one_of(
        st.lists(inner, max_size=4),
        st.dictionaries(st.sampled_from(["a", "b-c", "on", "§2", "x y"]), inner, max_size=4),
    ),
    max_leaves=20,
)
layouts = st.builds(
    emit.Layout, step=st.sampled_from([1, 2, 4]), dash=st.sampled_from([0, 2, 4]), literals=st.booleans()
)


@settings(max_examples=examples(100))
@given(st.dictionaries(st.sampled_from(["a", "b", "c d", "no"]), values, min_size=1, max_size=4), layouts)
def test_what_is_written_is_read_back(data: dict[str, Any], layout: emit.Layout) -> None:
    written = emit.block(data, 0, layout)
    if same(written):
        assert quick(written) == data


def test_it_reads_what_registers_hold() -> None:
    folders = (ROOT / "records", ROOT / "src/partnerkit/policies/packs", ROOT / "src/partnerkit/store")
    texts = [path.read_text(encoding="utf-8") for folder in folders for path in folder.rglob("*.yaml")]
    read_so = sum(map(same, texts))
    assert read_so >= 0.95 * len(texts), f"{read_so} of {len(texts)}: it is of no use where it reads little"


@pytest.mark.parametrize(
    "text",
    [
        "a: " + "[" * 20 + "]" * 20,
        "".join(f"{'  ' * depth}a:\n" for depth in range(30)),
        "a:\n" + "- - " * 12 + "x\n",
        "a: [" + ", ".join(["x"] * 30_000) + "]\n",
        "".join(f"k{number}: [1, 2, 3]\n" for number in range(13_000)),
        "a: |\n" + "  x\n" * 60_000,
        "a: " + "x" * MOST_BYTES,
        f"{'k' * 2000}: x\n",
        f"a: {{{'k' * 1025}: x}}\n",
        f'a: {{"{"k" * 1023}": x}}\n',
        f"a: [{{{'k' * 1025}: x}}]\n",
        "a:\n" + "- " * 22 + "[" * 10 + "]" * 10 + "\n",
        "".join(f"{'  ' * depth}a:\n" for depth in range(19)) + " " * 38 + "a: " + "[" * 14 + "]" * 14 + "\n",
    ],
    ids=[
        "brackets",
        "depth",
        "dashes",
        "wide",
        "long",
        "block",
        "value",
        "key",
        "word",
        "quoted",
        "inner",
        "both",
        "all",
    ],
)
def test_it_has_no_limits_but_those_of_the_full_reader(text: str) -> None:
    found, findings = read(text.encode(), "a.yaml")
    full = parse(text) if len(text) <= MOST_BYTES else None
    if full is None or full.findings:
        assert found is None
        assert findings
    else:
        assert found is not None
        assert found.data == full.data
