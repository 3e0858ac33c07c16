"""Which records may name others is found by git in their bytes, however it is written there."""

from __future__ import annotations

import pytest

from partnerkit.kinds.catalogue import BELONGING, KINDS, REFERRING
from partnerkit.store.git.repository import Git
from partnerkit.store.neighbours import belonging, looked_for, mentioning
from tests.store.repos import Repo

#: What stands in the files of risks, by their names.
_SAID = {
    "plain": "of: acme\n",
    "quoted": "of: 'acme'\n",
    "numbers": 'of: "\\x61cme"\n',
    "lines": 'of: "ac\\\n  me"\n',
    "windows": "of: acme\r\n",
    "last": "of: acme",
    "longer": "of: acme-2\n",
    "breaks": 'title: "a \\"word\\"\\nand \\\\\\"more\\t"\n',
    "file": "ref: records/evidence/a (1)+[b].md\n",
    "statement": "  - id: e-0123456789ab\n",
}


@pytest.fixture
def written(repo: Repo) -> Repo:
    for name, text in _SAID.items():
        repo.write(f"records/risks/{name}.yaml", text)
    repo.write("records/partnerships/other.yaml", "name: acme\n")
    repo.land()
    return repo


def test_what_names_others_is_known_without_the_models() -> None:
    assert {kind: model.subjects for kind, model in KINDS.items() if model.subject is not None} == BELONGING
    assert tuple(kind for kind, model in KINDS.items() if model.refers) == REFERRING


@pytest.mark.parametrize("commit", [None, "HEAD"])
def test_however_it_is_written(written: Repo, commit: str | None) -> None:
    git, anything = Git.discover(written.root), {"numbers", "lines"}
    whole = {"plain", "quoted", "windows", "last", *anything}

    assert belonging(git, (commit,), {"acme"})() == whole
    assert mentioning(git, commit, {"acme"}) == {*whole, "other"}
    assert mentioning(git, commit, {"acme-2", "nobody"}) == {"longer", *anything}
    assert mentioning(git, commit, {"records/evidence/a (1)+[b].md"}) == {"file", *anything}
    assert mentioning(git, commit, {"e-0123456789ab", "z\n\nq)"}) == {"statement", *anything}
    assert mentioning(git, commit, ()) == set()


def test_of_many_words_each_is_found_and_places_are_put_together(written: Repo) -> None:
    git = Git.discover(written.root)
    many = {*(f"partner-{number}" for number in range(1200)), "zebra", "acme-2"}
    assert looked_for(git, "HEAD", many)() == {"longer", "numbers", "lines"}
    written.write("records/risks/new.yaml", "of: zebra\n")
    assert belonging(git, (None, "HEAD"), many)() == {"longer", "numbers", "lines", "new"}
