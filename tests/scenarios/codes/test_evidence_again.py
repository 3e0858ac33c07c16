"""A file of evidence that is gone or says something else comes back by the line of its mend, landed or not."""

from __future__ import annotations

import pytest

from tests.conftest import At
from tests.place import Place
from tests.scenarios.cheat import commit
from tests.scenarios.codes.running import none_left, only, paste
from tests.story import ACME

PROPOSAL = "records/evidence/acme/proposal.md"
CODES = ["evidence-missing", "evidence-changed"]


def altered(place: Place, code: str) -> bytes:
    path = place.root / PROPOSAL
    was = path.read_bytes()
    if code == "evidence-missing":
        path.unlink()
    else:
        path.write_bytes(was + b"more\n")
    return was


@pytest.mark.parametrize("code", CODES)
def test_what_landed_is_corrected(at: At, code: str) -> None:
    place = at("active")
    was = altered(place, code)
    commit(place)
    found = only(place.findings(), code)

    assert found["mend"].startswith(f"partnerkit undo {ACME} --correct ")
    assert "git restore" not in found["mend"]
    paste(place, found["mend"], {}, None)

    none_left(place.findings(), code)
    assert (place.root / PROPOSAL).read_bytes() == was
    assert place.run("audit").code == 0


@pytest.mark.parametrize("code", CODES)
def test_what_has_not_landed_is_taken_back(at: At, code: str) -> None:
    place = at("active")
    was = altered(place, code)
    found = only(place.findings(), code)

    assert "--correct" not in found["mend"]
    paste(place, found["mend"], {}, None)

    none_left(place.findings(), code)
    assert ((place.root / PROPOSAL).read_bytes(), place.git("status", "--porcelain")) == (was, "")
