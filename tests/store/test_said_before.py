"""What a file said when it was read makes the same document again, wherever one asks in it."""

from __future__ import annotations

import pytest

from partnerkit.store.yaml.nodes import Document
from partnerkit.store.yaml.reader import as_said, known, read
from tests.policies.packs import ROOT

FILES = sorted(ROOT.glob("records/**/*.yaml"))[::7] + sorted(ROOT.glob("src/partnerkit/policies/packs/*.yaml"))

#: Forms that only the full reader knows, lists within lists, and letters of every plane.
ODD = (
    b"a: 'x'\nb: [true, null, -3, \"no\"]\n",
    b"a: |\n  one\n\n  two\n'b':   0\n",
    b"'a': {b: 1}\n",
    b"a:\n  - - 1\n    - 2\n",
    "a: 𝄞 ü\n".encode(),
)


def same(one: Document, other: Document) -> bool:
    """Whether two documents say the same, of the same types, and place it alike."""
    asked = [(key,) for key in one.data] + [(key, 0) for key in one.data] + [("nowhere",)]
    places = [[(each.position(path), each.key_position(path)) for path in asked] for each in (one, other)]
    facts = [(each.file, each.text, repr(each.data), each.root) for each in (one, other)]
    return places[0] == places[1] and facts[0] == facts[1]


RAW = {path.relative_to(ROOT).as_posix(): path.read_bytes() for path in FILES}
RAW |= {f"odd {number}": raw for number, raw in enumerate(ODD)}


@pytest.mark.parametrize("name", RAW)
def test_a_document_made_of_what_was_said_is_the_one_that_was_read(name: str) -> None:
    raw = RAW[name]
    document, _found = read(raw, "records/x.yaml")
    assert document is not None
    assert same(document, known(raw, "records/x.yaml", as_said(document)))
