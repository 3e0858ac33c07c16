"""What `audit` and `check` offer works when it is pasted: whatever landed, the register comes back to where both are clean.

PARTNERKIT_MENDS says after how many of the cheats that is tried (5; `all` before a release), PARTNERKIT_SEED which.
"""

from __future__ import annotations

import os

import pytest

from partnerkit.jobs.desk import seeded
from tests.scenarios.cheat import Cheat, commit
from tests.scenarios.mending import mended
from tests.scenarios.test_tampered_history import CHEATS

SEED = os.environ.get("PARTNERKIT_SEED", "1")
MENDS = os.environ.get("PARTNERKIT_MENDS", "5")

_NOT_VOIDED = (
    "an undo and a correction are not voided: the entry stays, and only a rewritten history would be without it"
)
_WITHDRAWN = "what is withdrawn stays withdrawn, and no statement says of a withdrawal that it never was"

#: The cheats after which no line brings it back, each with the reason.
BEYOND: dict[str, str] = {
    "undo of an entry that is not the latest": _NOT_VOIDED,
    "correction that moves the record": _NOT_VOIDED,
    "evidence withdrawn on a day to come": _WITHDRAWN,
    "evidence withdrawn before it was made": _WITHDRAWN,
    "evidence withdrawn before the gate that used it": _WITHDRAWN,
    "evidence withdrawn by somebody the roster does not know": _WITHDRAWN,
    "record renamed, its id too": "the copy is a record of its own, made past its gates from statements of another",
}


def sample() -> list[Cheat]:
    """The cheats that are tried, by the seed."""
    if MENDS == "all":
        return CHEATS
    return sorted(CHEATS, key=lambda cheat: seeded(f"{SEED} {cheat.name}")(16))[: int(MENDS)]


@pytest.mark.parametrize("cheat", sample(), ids=str)
def test_what_is_printed_brings_it_back(at, cheat: Cheat):
    place = at(cheat.state)
    cheat.do(place)
    if place.git("status", "--porcelain"):
        commit(place)
    assert mended(place) == (cheat.name not in BEYOND), BEYOND.get(cheat.name, f"PARTNERKIT_SEED={SEED}")


def test_what_no_line_brings_back_is_named_as_it_is():
    assert set(BEYOND) <= {cheat.name for cheat in CHEATS}
