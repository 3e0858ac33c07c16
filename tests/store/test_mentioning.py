"""Which records may name an id is told by their bytes; whoever asks learns the same as if all had been read."""

from __future__ import annotations

from dataclasses import replace

import pytest

from partnerkit.kinds.catalogue import KINDS
from partnerkit.store.git.repository import Git
from partnerkit.store.git.trees import CommitTree, WorkingTree
from partnerkit.store.load import load
from partnerkit.store.mentions import Mentions
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


def test_files_are_looked_through_once_and_a_record_set_since_is_found(place: Place) -> None:
    place.do("new", "partnership", "Acme", "id=acme", "type=universities")
    place.do("new", "risk", "They fold", "id=fold", "of=acme", "type=financial")
    place.do("new", "partnership", "Other", "id=other", "type=universities")
    loaded = load(WorkingTree(Git.discover(place.root)))
    records = loaded.records
    fetched: list[str] = []
    fetch = records._fetch
    records._fetch = lambda paths: fetch([one for one in paths if not fetched.append(one)])

    assert records.mentioning("risk", "other") == []
    assert records.mentioning("risk", "gone") == []
    assert records.mentioning("risk", "acme") == ["fold"]
    assert fetched == ["records/risks/fold.yaml"] * 2, "looked through, and read: never again"
    fold = records["fold"]
    records.put(replace(fold, data={**fold.data, "of": "other"}), records.documents["fold"])
    assert records.mentioning("risk", "other") == ["fold"], "what was set may say anything"


def test_the_bytes_of_a_file_tell_of_an_id_as_a_word_only() -> None:
    raw = {"one": b"of: acme\n", "two": b"of: acme-2\n", "three": b'of: "\\x61cme"\n', "four": b"title: acme's, acme\n"}
    found = Mentions(raw, {"acme", "acme-2"})

    assert found.of("acme") == {"one", "three", "four"}
    assert found.of("acme-2") == {"two", "three"}
    assert found.of("cme-") == {"two", "three"}, "what is no known id is looked for everywhere"


def test_another_tree_with_most_of_the_same_files_is_looked_through_once_for_both(place: Place) -> None:
    place.do("new", "partnership", "Acme", "id=acme", "type=universities")
    place.do("new", "partnership", "Other", "id=other", "type=universities")
    for name, of in (("fold", "acme"), ("leave", "acme"), ("stay", "other")):
        place.do("new", "risk", name.title(), f"id={name}", f"of={of}", "type=financial")
    git = Git.discover(place.root)
    before = str(git.head())
    place.edit("fold", "of: acme\n", "of: other\n")
    place.git("commit", "-qam", "Another")
    place.do("new", "risk", "Come", "id=come", "of=acme", "type=financial")
    was, now = (load(CommitTree(git, oid)).records for oid in (before, str(git.head())))
    fetched: list[str] = []
    fetch = was._fetch
    was._fetch = lambda paths: fetch([one for one in paths if not fetched.append(one)])

    was.as_in(now, {"fold", "come"})
    assert sorted(was.mentioning("risk", "acme")) == ["fold", "leave"]
    assert sorted(was.mentioning("risk", "other")) == ["fold", "stay"], "what differs may say anything"
    assert sorted(now.mentioning("risk", "acme")) == ["come", "leave"]
    assert sorted(fetched) == [f"records/risks/{one}.yaml" for one in ("fold", "leave", "stay")], "each to be read"
