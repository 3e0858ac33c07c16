"""Where a top-level key's value stands is told by the line alone, and never elsewhere than the full reader says."""

from __future__ import annotations

import pytest

from partnerkit.store.yaml.nodes import Mapping
from partnerkit.store.yaml.parser import parse
from partnerkit.store.yaml.quick import line_of, quick
from partnerkit.store.yaml.reader import read
from tests.house.make_records import ROOT

_WRITTEN = {
    "first and last": "a: 1\nb: two\nc: 3",
    "in a block of text": "note: |\n  b: not this\n  c: nor this\nb: this\n",
    "below another key": "a:\n  b: not this\nb: this\n",
    "in an item of a list": "a:\n- b: not this\n- b: nor this\nb: this\n",
    "after a comment": "# b: not this\na: 1\n\nb: this\n",
    "as the end of a longer key": "ab: not this\na-b: nor this\nb: this\n",
    "on one line": "a: {b: not this}\nb: [this, that]\n",
    "in quotes": '"b": "this"\na: "b: not this"\n',
    "folded": "b: >-\n  this\n  and that\na: 1\n",
    "on the lines below": "b:\n  c: this\na:\n  - that\n",
    "wider than a byte": "é: 1\nb: ü\n",
}


@pytest.mark.parametrize("text", _WRITTEN.values(), ids=_WRITTEN)
def test_however_it_is_written(text: str) -> None:
    assert quick(text) is not None
    assert _told(text) or text == _WRITTEN["on the lines below"]


def test_in_every_record_of_the_example() -> None:
    texts = [path.read_text(encoding="utf-8") for path in sorted((ROOT / "records").rglob("*.yaml"))]
    assert sum(_told(text) for text in texts if quick(text) is not None) > 200


def test_no_parser_is_asked_where_a_line_says_it() -> None:
    document, _ = read(b"format: 1\nstage: active\nnote: |\n  stage: none\n", "records/partnerships/acme.yaml")
    assert document is not None

    def never() -> Mapping:
        raise AssertionError("the line says it")

    document.places = never

    assert document.position(("stage",)) == (2, 8)


def _told(text: str) -> int:
    """How many top-level keys a line tells the place of; it is that which the full reader finds."""
    root = parse(text).root
    assert root is not None
    told = 0
    for key, (_key, value) in root.entries.items():
        found = line_of(text, key)
        assert found in {None, (value.line + 1, value.column + 1)}, key
        told += found is not None
    assert line_of(text, "no-such-key") is None
    return told
