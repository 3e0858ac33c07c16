from __future__ import annotations

import time

import pytest

from partnerkit.store.yaml.nodes import Document, Mapping, Scalar, Sequence
from partnerkit.store.yaml.reader import MOST_BYTES, read


def document(text: str) -> Document:
    found, findings = read(text.encode(), "a.yaml")
    assert findings == []
    assert found is not None
    return found


def refusals(text: str | bytes) -> list[tuple[str, int | None, int | None]]:
    found, findings = read(text if isinstance(text, bytes) else text.encode(), "a.yaml")
    assert (found is None) == bool(findings)
    for finding in findings:
        assert finding.severity == "error"
        assert finding.file == "a.yaml"
        assert finding.message
        assert finding.mend
    return [(finding.code, finding.line, finding.column) for finding in findings]


BAD: dict[str, tuple[str | bytes, str, int | None, int | None]] = {
    "too large": (b"a: b\n" * (MOST_BYTES // 5 + 1), "yaml-too-large", None, None),
    "latin-1": ("a: 1\nb: é".encode("latin-1"), "yaml-not-utf8", 2, 4),
    "half a character": (b"a: 1\n\xc3\xa9: \xed\xa0\x80", "yaml-not-utf8", 2, 4),
    "bom": (b"\xef\xbb\xbfa: 1", "yaml-bom", 1, 1),
    "utf-16": ("a: 1".encode("utf-16"), "yaml-bom", 1, 1),
    "crlf": ("a: 1\r\nb: 2\r\n", "yaml-crlf", 1, 5),
    "lone cr": ("a: 1\rb: 2", "yaml-crlf", 1, 5),
    "tab indents": ("a:\n\tb: 1\n", "yaml-tab", 2, 1),
    "tab separates": ("a:\tb\n", "yaml-tab", 1, 3),
    "tab in a comment": ("a: b # x\ty\n", "yaml-tab", 1, 9),
    "tab in quotes": ('a: "x\ty"\n', "yaml-control-character", 1, 6),
    "tab in a text block": ("a: |\n  x\ty\n", "yaml-control-character", 2, 4),
    "escaped tab": ('a: "x\\ty"\n', "yaml-control-character", 1, 4),
    "nul": ("a: 1\nb: x\0y\n", "yaml-control-character", 2, 5),
    "escape sequence": ("a: \x1b[31m\n", "yaml-control-character", 1, 4),
    "escaped escape sequence": ('a: 1\nb: "\\e[31m"\n', "yaml-control-character", 2, 4),
    "del": ("a: \x7f\n", "yaml-control-character", 1, 4),
    "next line": ("a: x\u0085y\n", "yaml-control-character", 1, 5),
    "line separator": ("a: x\u2028y\n", "yaml-control-character", 1, 5),
    "mark in the text": ("a: x\ufeffy\n", "yaml-control-character", 1, 5),
    "noncharacter": ("a: x\U0001fffey\n", "yaml-control-character", 1, 5),
    "escaped surrogate": ('a: "\\ud800"\n', "yaml-control-character", 1, 7),
    "control in a comment": ("# \x07\na: 1\n", "yaml-control-character", 1, 3),
    "bidi": ("a: x\u202ey\n", "yaml-bidi-character", 1, 5),
    "bidi in a comment": ("a: 1 # \u2066\n", "yaml-bidi-character", 1, 8),
    "escaped bidi": ('a: "\\u202e"\n', "yaml-bidi-character", 1, 4),
    "zero width space": ("a: x\u200by\n", "yaml-bidi-character", 1, 5),
    "soft hyphen in a key": ("a\u00adb: 1\n", "yaml-bidi-character", 1, 2),
    "open quote": ("a: 1\nb: 'x\n", "yaml-syntax", 3, 1),
    "two colons": ("a: b: c\n", "yaml-syntax", 1, 5),
    "bad indentation": ("a: 1\n  b: 2\n", "yaml-syntax", 2, 4),
    "at sign": ("a: @b\n", "yaml-syntax", 1, 4),
    "no colon": ("a: 1\nb\nc: 2\n", "yaml-syntax", 3, 1),
    "comment at a block sign": ("a: |#c\n  x\n", "yaml-syntax", 1, 4),
    "pair in a list": ("a: [b: c]\n", "yaml-syntax", 1, 5),
    "key without value": ("a: {b:1}\n", "yaml-syntax", 1, 5),
    "too deep": ("a: " + "[" * 40 + "]" * 40, "yaml-too-deep", 1, 35),
    "too many nodes": ("a:\n" + "- x\n" * 50_001, "yaml-too-many-nodes", 49_999, 3),
    "anchor": ("a: &x 1\n", "yaml-anchor", 1, 4),
    "alias": ("a: 1\nb: *x\n", "yaml-anchor", 2, 4),
    "tag": ("a: !!str 1\n", "yaml-tag", 1, 4),
    "python tag": ("a: !!python/object/apply:os.system [x]\n", "yaml-tag", 1, 4),
    "bare tag": ("a: ! b\n", "yaml-tag", 1, 4),
    "merge": ("a: 1\n<<: {stage: active}\n", "yaml-merge-key", 2, 1),
    "quoted merge": ("a: 1\n'<<': {stage: active}\n", "yaml-merge-key", 2, 1),
    "duplicate": ("a: 1\nb: 2\na: 3\n", "yaml-duplicate-key", 3, 1),
    "duplicate in quotes": ("a: 1\n'a': 3\n", "yaml-duplicate-key", 2, 1),
    "duplicate in flow": ("a: {b: 1, b: 2}\n", "yaml-duplicate-key", 1, 11),
    "duplicate when composed": ("\u00e9: 1\ne\u0301: 3\n", "yaml-duplicate-key", 2, 1),
    "start marker": ("---\na: 1\n", "yaml-many-documents", 1, 1),
    "end marker": ("a: 1\n...\n", "yaml-many-documents", 2, 1),
    "second document": ("a: 1\n---\nb: 2\n", "yaml-many-documents", 2, 1),
    "directive": ("# x\n%YAML 1.2\n---\na: 1\n", "yaml-many-documents", 2, 1),
    "unknown directive": ("%FOO\n---\na: 1\n", "yaml-many-documents", 1, 1),
    "empty": ("", "yaml-empty", 1, 1),
    "comments only": ("# x\n\n", "yaml-empty", 1, 1),
    "list": ("\n- a\n", "yaml-not-a-mapping", 2, 1),
    "text": ("hello\n", "yaml-not-a-mapping", 1, 1),
    "number as key": ("a: 1\n5: x\n", "yaml-key-not-text", 2, 1),
    "true as key": ("true: x\n", "yaml-key-not-text", 1, 1),
    "null as key": ("null: x\n", "yaml-key-not-text", 1, 1),
    "question mark": ("a: 1\n? b\n: c\n", "yaml-complex-key", 2, 3),
    "question mark in flow": ("a: {x: 1, ? b : c}\n", "yaml-complex-key", 1, 13),
    "question mark in list": ("a: [? b : c]\n", "yaml-complex-key", 1, 5),
    "list as key": ("a: {[b]: c}\n", "yaml-complex-key", 1, 5),
    "text block as key": ("? |\n  a\n: b\n", "yaml-complex-key", 1, 3),
    "ambiguous key": ("on: push\n", "yaml-ambiguous-scalar", 1, 1),
}


@pytest.mark.parametrize(("text", "code", "line", "column"), BAD.values(), ids=BAD.keys())
def test_what_is_refused_and_where(text, code, line, column):
    assert (code, line, column) in refusals(text)


AMBIGUOUS = [
    "yes",
    "Yes",
    "NO",
    "no",
    "on",
    "Off",
    "y",
    "N",
    "True",
    "TRUE",
    "tRUE",
    "False",
    "Null",
    "NULL",
    "~",
    "010",
    "-07",
    "00",
    "+5",
    "1_000",
    "1,000",
    "0x1F",
    "0o17",
    "0b11",
    "1e3",
    "1E-3",
    "1.5e3",
    ".5",
    "5.",
    "+1.5",
    "01.5",
    ".inf",
    "-.INF",
    ".nan",
    "12:30",
    "1:30:00",
    "1:30.5",
    "=",
    "<<",
    "1234567890123456789",
    "2026-1-5",
    "2026-01-5",
    "2026-11-20T1:00:00Z",
    "2026-11-20t10:00:00Z",
    "._1",
    "1__0",
    "-0x1",
]


@pytest.mark.parametrize("text", [*AMBIGUOUS, "2026-11-20 10:00:00", "2026-11-20 10:00:00 Z"])
def test_what_readers_type_differently_is_refused_and_accepted_in_quotes(text):
    """T30: no, on, 010, 1_000, 12:30 mean different things to different readers: in quotes, or not at all."""
    assert refusals(f"a: {text}\n") == [("yaml-ambiguous-scalar", 1, 4)]
    assert refusals(f"a:\n  - {text}\n") == [("yaml-ambiguous-scalar", 2, 5)]
    assert document(f'a: "{text}"\n').data == {"a": text}


def test_the_mend_names_the_quoted_form_and_what_else_may_be_meant():
    mends = {text: read(f"a: {text}".encode(), "f")[1][0].mend for text in ("no", "010", "~", "12:30", "+5")}
    assert mends == {
        "no": 'write "no" if text is meant, false if yes or no is meant',
        "010": 'write "010" if text is meant, 10 if a number is meant',
        "~": 'write "~" if text is meant, null if nothing is meant',
        "12:30": 'write "12:30" if text is meant',
        "+5": 'write "+5" if text is meant, 5 if a number is meant',
    }


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("", None),
        ("null", None),
        ("true", True),
        ("false", False),
        ("0", 0),
        ("-12", -12),
        ("999999999999999999", 999999999999999999),
        ("4.50", "4.50"),
        ("-0.5", "-0.5"),
        ("2026-11-20", "2026-11-20"),
        ("2025-30-01", "2025-30-01"),
        ("2026-11-20T10:00:00Z", "2026-11-20T10:00:00Z"),
        ("2026-11-20T10:00:00.25+01:00", "2026-11-20T10:00:00.25+01:00"),
        ("yes please", "yes please"),
        ("1.2.3", "1.2.3"),
        ("P30D", "P30D"),
        ("https://example.org/a?b=c#d", "https://example.org/a?b=c#d"),
        ("é 𝄞 नमस्ते\u200dx", "é 𝄞 नमस्ते\u200dx"),
        ("'it''s'", "it's"),
        ('"a\\nb\\u00e9"', "a\nbé"),
        ("[a, 1, [b]]", ["a", 1, ["b"]]),
        ("{a: 1, 'b': {}}", {"a": 1, "b": {}}),
        ("|\n  x\n   y\n\n", "x\n y\n"),
        (">-\n  x\n  y\n", "x y"),
        ("|+\n  x\n", "x\n\n"),
        ("\n  x\n  y", "x y"),
        ("\n- 1\n- \n- a: b\n  c: d", [1, None, {"a": "b", "c": "d"}]),
    ],
)
def test_what_is_accepted_and_what_it_means(text, value):
    data = document(f"# first\na: {text}\n").data
    assert data == {"a": value}
    assert type(data["a"]) is type(value)


def test_several_problems_are_named_at_once_in_the_order_of_the_file():
    text = "a: yes\nb: &x 1\na: 2\nc: \u202e\nd: no\n"
    assert refusals(text) == [
        ("yaml-ambiguous-scalar", 1, 4),
        ("yaml-anchor", 2, 4),
        ("yaml-duplicate-key", 3, 1),
        ("yaml-bidi-character", 4, 4),
        ("yaml-ambiguous-scalar", 5, 4),
    ]


def test_a_duplicate_names_both_lines():
    finding = read(b"a: 1\nb: 2\na: 3\n", "f")[1][0]
    assert finding.message == "the key `a` stands twice: on line 1 and on line 3"


TEXT = """# head
é𝄞: 'ü'  # astral
list:
- ref: x
  body: |
    one

    two

# about flow
flow: {a: [1, "b"]}
none:
keep: |+
  k

last: >-
  z
"""


def test_places_of_nodes_in_characters():
    found = document(TEXT)
    assert isinstance(found.root, Mapping)
    spans = {key: TEXT[value.start : value.end] for key, (_, value) in found.root.entries.items()}
    assert spans == {
        "é𝄞": "'ü'",
        "list": "- ref: x\n  body: |\n    one\n\n    two",
        "flow": '{a: [1, "b"]}',
        "none": "",
        "keep": "|+\n  k\n",
        "last": ">-\n  z",
    }
    items = found.root.entries["list"][1]
    assert isinstance(items, Sequence)
    assert not items.flow
    scalar = found.root.entries["keep"][1]
    assert isinstance(scalar, Scalar)
    assert (scalar.style, scalar.value, scalar.line, scalar.column) == ("literal", "k\n\n", 12, 6)


@pytest.mark.parametrize(
    ("path", "place", "key_place"),
    [
        ((), (2, 1), (2, 1)),
        (("é𝄞",), (2, 5), (2, 1)),
        (("list", 0, "ref"), (4, 8), (4, 3)),
        (("list", 0), (4, 3), (4, 3)),
        (("list", 0, "due_diligence", "ref"), (4, 8), (4, 3)),
        (("list", 0, "missing"), (4, 3), (4, 3)),
        (("list", 7), (4, 1), (3, 1)),
        (("flow", "a", 1), (11, 15), (11, 15)),
        (("none",), (12, 6), (12, 1)),
        (("nowhere",), (2, 1), (2, 1)),
    ],
)
def test_positions_of_paths(path, place, key_place):
    found = document(TEXT)
    assert found.position(path) == place
    assert found.key_position(path) == key_place


MIB = MOST_BYTES - 20
SLOW = {
    "1,000 deep": b"".join(b" " * i + b"a:\n" for i in range(1000)),
    "deep flow": b"a: " + b"[" * MIB,
    "deep dashes": b"- " * (MIB // 2),
    "alias bomb": b"a: &a [x, x]\n" + b"".join(b"k%d: &k%d [*a, *a]\n" % (i, i) for i in range(9000)),
    "10 MB": b"a: b\n" * 2_000_000,
    "30,000 keys": b"".join(b"k%d: v\n" % i for i in range(30_000)),
    "just below the nodes": b"".join(b"k%d: v\n" % i for i in range(24_900)),
    "line feeds": b"\n" * MIB,
    "blank text block": b"a: |\n  x\n" + b"\n" * (MIB - 10) + b"b: 1",
    "open quote": b'a: "' + b"x" * MIB,
    "question marks": b"? " * (MIB // 2),
    "flow list": b"a: [" + b"1," * 40_000 + b"]",
    "flow quotes": b"a: [" + b'"x" ' * 200_000,
    "ambiguous": b"a:\n" + b"- no\n" * 20_000,
    "tabs": b"a:\n" + b"\t- no\n" * 20_000,
    "tags": b"a:\n" + b"- !x y\n" * 40_000,
    "bidi": ("a: " + "\u202e" * 300_000).encode(),
    "escapes": b"a:\n" + b'- "\\0"\n' * 40_000,
    "digits": b"a: " + b"9" * MIB,
    "sexagesimal": b"a: 9" + b":9" * (MIB // 2) + b"x",
    "comments": b"  # x\n" * (MIB // 6) + b"%",
    "nul": b"\0" * MIB,
    "not utf-8": b"a" * MIB + b"\xff",
}


def spent(raw: bytes) -> float:
    """The seconds of work that reading costs."""
    start = time.process_time()
    read(raw, "a.yaml")
    return time.process_time() - start


@pytest.fixture(scope="module")
def ordinary() -> float:
    """What the largest file costs that is nothing but long."""
    return min(spent(SLOW["just below the nodes"]) for _time in range(3))


@pytest.mark.parametrize("raw", SLOW.values(), ids=SLOW.keys())
def test_hostile_files_are_read_or_refused_quickly(raw, ordinary, request):
    times = spent(raw) / ordinary
    print(f"{request.node.callspec.id}: {times:.1f} times what the largest ordinary file costs")
    assert times < 30


def test_messages_stay_short_whatever_the_file_holds():
    for raw in SLOW.values():
        findings = read(raw, "a.yaml")[1]
        assert len(findings) <= 50
        assert all(len(finding.message) + len(finding.mend or "") < 400 for finding in findings)
