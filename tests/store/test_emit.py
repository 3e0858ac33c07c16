from __future__ import annotations

import pytest

from partnerkit.store.yaml import emit
from partnerkit.store.yaml.emit import Flow, Layout, block, scalar
from partnerkit.store.yaml.opinion import second_reading
from partnerkit.store.yaml.reader import read


@pytest.mark.parametrize(
    ("value", "text"),
    [
        ("hello world", "hello world"),
        ("c1:0a", "c1:0a"),
        ("https://example.org/a#b", "https://example.org/a#b"),
        ("4.50", "4.50"),
        ("-4.50", "-4.50"),
        ("2026-11-20", "2026-11-20"),
        ("2026-11-20T10:00:00Z", "2026-11-20T10:00:00Z"),
        ("é", "é"),
        ("", '""'),
        ("5", '"5"'),
        ("-5", '"-5"'),
        ("no", '"no"'),
        ("Null", '"Null"'),
        ("null", '"null"'),
        ("true", '"true"'),
        ("12:30", '"12:30"'),
        ("1e3", '"1e3"'),
        ("2026-1-5", '"2026-1-5"'),
        ("- a", '"- a"'),
        ("-a", '"-a"'),
        ("a: b", '"a: b"'),
        ("a:", '"a:"'),
        ("a #b", '"a #b"'),
        (" a", '" a"'),
        ("a ", '"a "'),
        ("[a]", '"[a]"'),
        ('say "x"', 'say "x"'),
        ('"x"', '"\\"x\\""'),
        ("back\\slash: x", '"back\\\\slash: x"'),
        ("a\nb", '"a\\nb"'),
        ("a\u00a0b", '"a\u00a0b"'),
        ("\x1b", '"\\x1b"'),
        ("\u202e", '"\\u202e"'),
        ("\U0001fffe", '"\\U0001fffe"'),
        (5, "5"),
        (True, "true"),
        (False, "false"),
        (None, "null"),
    ],
)
def test_scalars(value, text):
    """T30: what a reader of another version could take for something else is written in quotes."""
    assert scalar(value) == text


def test_signs_of_flow_are_quoted_inside_flow():
    assert [scalar(text, flow=True) for text in ("a, b", "c1:0a", "a]", "a b")] == ['"a, b"', '"c1:0a"', '"a]"', "a b"]


def test_other_types_are_refused():
    with pytest.raises(TypeError, match="no float"):
        scalar(4.5)  # type: ignore[arg-type]  # what the test is about


HOUSE = """\
id: acme
evidence:
  - ref: minutes
    note: |
      one

      two
    tags: []
  - - a
    - |-
      x
      y
nested:
  deep:
    "yes": {}
last: |+
  z

seal: {gate: "c1:0a", count: 3, "no": null}
end: "a\\n b \\nc"
"""


def test_the_style_of_the_house():
    data = {
        "id": "acme",
        "evidence": [{"ref": "minutes", "note": "one\n\ntwo\n", "tags": []}, ["a", "x\ny"]],
        "nested": {"deep": {"yes": {}}},
        "last": "z\n\n",
        "seal": Flow(gate="c1:0a", count=3, no=None),
        "end": "a\n b \nc",
    }
    assert block(data) == HOUSE
    found, findings = read(HOUSE.encode(), "f")
    assert findings == []
    assert found is not None
    assert found.data == data
    assert second_reading(HOUSE) == data


def test_other_layouts():
    data = {"a": {"b": [{"c": "x\ny"}]}}
    assert block(data, 0, Layout(step=4, dash=0)) == "a:\n    b:\n    - c: |-\n          x\n          y\n"
    assert block(data, 2, Layout(literals=False)) == '  a:\n    b:\n      - c: "x\\ny"\n'


def test_blocks_of_what_fits_on_a_line():
    assert [block("x", 2), block([], 0), block(None, 0), block("a\nb\n", 2)] == [
        "  x\n",
        "[]\n",
        "null\n",
        "  |\n  a\n  b\n",
    ]


def test_flow_of_lists():
    assert emit.flow([1, "a:b", {"c": ["d"]}]) == '[1, "a:b", {c: [d]}]'
