"""Which records may name an id is told by their bytes; whoever asks learns the same as if all had been read."""

from __future__ import annotations

from dataclasses import replace

import pytest

from partnerkit.kinds.catalogue import KINDS
from partnerkit.store.git.repository import Git
from partnerkit.store.git.trees import WorkingTree
from partnerkit.store.load import load
from tests.house.make_records import ROOT
from tests.place import Place


def test_what_belongs_to_a_record_is_the_same_as_when_all_are_read() -> None:
    tree = WorkingTree(Git(ROOT))
    whole, lazy = load(tree), load(tree)
    register = whole.demand()
    found = 0
    for record in (*register.of_kind("partnership"), *register.of_kind("pairing")):
        quick = replace(lazy.demand(), mentioning=load(tree).records.mentioning)
        for kind in KINDS:
            expected = [one.id for one in register.linked(record.id, kind)]
            assert [one.id for one in quick.linked(record.id, kind)] == expected
            found += len(expected)
    assert found > 5


@pytest.mark.parametrize("written", ["acme", "'acme'", '"acme"', '"\\x61cme"', '"\\u0061c\\x6de"'])
def test_however_it_is_written(place: Place, written: str) -> None:
    place.do("new", "partnership", "Acme", "id=acme", "type=universities")
    place.do("new", "risk", "They fold", "id=fold", "of=acme", "type=financial")
    place.do("new", "partnership", "Other", "id=other", "type=universities")
    place.do("new", "risk", "Nobody comes", "id=nobody", "of=other", "type=financial")
    place.edit("fold", "of: acme\n", f"of: {written}\n")
    loaded = load(WorkingTree(Git.discover(place.root)))
    register = replace(loaded.demand(), mentioning=loaded.records.mentioning)

    assert [one.id for one in register.linked("acme", "risk")] == ["fold"]
    assert set(loaded.records.documents) == {"fold"}
    assert [one.id for one in register.naming("acme", "risk", "of")] == ["fold"]
