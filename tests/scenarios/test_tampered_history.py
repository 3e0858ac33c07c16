"""Every cheat, landed in every way that a main branch knows, is found by `audit`; its untampered twin is clean."""

from __future__ import annotations

import pytest

from partnerkit.store.git.repository import Git
from partnerkit.store.git.trees import CommitTree
from partnerkit.store.yaml.reader import read
from tests.scenarios.cheat import Cheat
from tests.scenarios.landing import METHODS, audited, landed
from tests.scenarios.test_history_cheats import CHEATS as HISTORY
from tests.scenarios.test_over_cheats import CHEATS as OVER
from tests.scenarios.test_record_cheats import CHEATS as RECORD
from tests.scenarios.test_statement_cheats import CHEATS as STATEMENT

CHEATS = [*HISTORY, *STATEMENT, *RECORD, *OVER]


def meaning(place, rev):
    """What the files of a commit say, layout aside."""
    tree = CommitTree(Git.discover(place.root), place.git("rev-parse", rev).strip())
    files = tree.read_many(tree.files("records"))
    documents = {path: read(raw, path)[0] for path, raw in files.items() if path.endswith(".yaml")}
    return files | {path: document.data for path, document in documents.items() if document is not None}


@pytest.mark.parametrize("method", METHODS)
@pytest.mark.parametrize("cheat", CHEATS, ids=str)
def test_it_is_found_however_it_landed(at, cheat: Cheat, method):
    place = at(cheat.state)
    base = landed(place, method, cheat.do)
    found = audited(place, "--since", base)["findings"]
    if method in {"merge", "squash"} and meaning(place, base) == meaning(place, "HEAD"):
        assert found == []  # done and taken back on the branch: nothing of it has landed
        return
    codes = {(one["code"], one["file"]) for one in found}
    for code, file, _text in cheat.finds:
        assert (code, file) in codes, (code, file, [(one["code"], one["file"], one["message"]) for one in found])
    assert all(one["mend"] for one in found)
