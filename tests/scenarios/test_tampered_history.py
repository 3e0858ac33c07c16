"""Every cheat, landed in every way that a main branch knows, is found by `audit`; its untampered twin is clean."""

from __future__ import annotations

import pytest

from partnerkit.store.git.repository import Git
from partnerkit.store.git.trees import CommitTree
from partnerkit.store.yaml.reader import read
from tests.chance import TIMES
from tests.scenarios.cheat import Cheat
from tests.scenarios.landing import METHODS, audited, landed
from tests.scenarios.test_history_cheats import CHEATS as HISTORY
from tests.scenarios.test_over_cheats import CHEATS as OVER
from tests.scenarios.test_record_cheats import CHEATS as RECORD
from tests.scenarios.test_statement_cheats import CHEATS as STATEMENT

CHEATS = [*HISTORY, *STATEMENT, *RECORD, *OVER]

#: Commits one by one (fast-forward, rebase) and as one (merge, squash): of each a way for every cheat, all in a long run.
LANDED = [
    pytest.param(cheat, method, id=f"{cheat}-{method}")
    for number, cheat in enumerate(CHEATS)
    for turn, method in enumerate(METHODS)
    if TIMES > 1 or (number + turn) % 2 == 0
]


def means_the_same(place, base):
    """Whether the files say at the end what they said before, layout aside."""
    changed = place.git("diff", "--name-only", "--no-renames", base, "HEAD", "--", "records").split()
    return all(data(place, base, path) == data(place, "HEAD", path) for path in changed)


def data(place, rev, path):
    """What a file of a commit says; None where there is none or it says nothing that can be read."""
    raw = CommitTree(Git.discover(place.root), place.git("rev-parse", rev).strip()).read_many([path]).get(path)
    document = read(raw, path)[0] if raw is not None else None
    return document.data if document is not None else raw


@pytest.mark.parametrize(("cheat", "method"), LANDED)
def test_it_is_found_however_it_landed(at, cheat: Cheat, method):
    place = at(cheat.state)
    base = landed(place, method, cheat.do)
    found = audited(place, "--since", base)["findings"]
    if method in {"merge", "squash"} and means_the_same(place, base):
        assert found == []  # done and taken back on the branch: nothing of it has landed
        return
    codes = {(one["code"], one["file"]) for one in found}
    for code, file, _text in cheat.finds:
        assert (code, file) in codes, (code, file, [(one["code"], one["file"], one["message"]) for one in found])
    assert all(one["mend"] for one in found)
