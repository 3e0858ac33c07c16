"""Who decided on an application is written otherwise, decides on the appeal against it, and puts it back: that stays found."""

from __future__ import annotations

import pytest

from tests.journeys import mentoring
from tests.journeys.mentoring import MENTEE
from tests.journeys.telling import Teller
from tests.place import Place
from tests.scenarios.cheat import commit, rewrite
from tests.scenarios.landing import audited
from tests.scenarios.test_corrections import WHY

APPEAL = f"{MENTEE}-appeal"


@pytest.fixture
def appealed(programme: Teller) -> Place:
    """p-jonas declined, and an appeal waits for somebody else."""
    place = programme.place
    place.do("person", "role", "p-jonas", "core-team")
    mentoring.mentee(place, MENTEE, "p-max")
    place.do("approve", MENTEE, "decline", by="p-jonas")
    place.do("advance", MENTEE, "declined", "--reason", "§4.1.2/realistic-expectations", by="p-jonas")
    place.do("new", "case", "Appeal", f"of={MENTEE}", "type=appeal", "opened=2026-03-02")
    place.do("add", APPEAL, "case-file", "summary=With the core team")
    place.do("advance", APPEAL)
    return place


def written_otherwise(place: Place) -> None:
    def change(data) -> None:
        data["approvals"][-1]["by"] = "p-timo"
        data["history"][-1]["by"] = "p-timo"

    rewrite(place, MENTEE, change)
    commit(place)


@pytest.mark.parametrize("by_hand", [True, False])
def test_it_stays_found_however_it_is_put_back(appealed: Place, *, by_hand: bool) -> None:
    appealed.refuse("approve", APPEAL, "appeal-upheld", by="p-jonas")
    before = appealed.path(MENTEE).read_bytes()
    written_otherwise(appealed)
    appealed.do("approve", APPEAL, "appeal-upheld", by="p-jonas")
    appealed.do("advance", APPEAL, "upheld", by="p-jonas")
    if by_hand:
        appealed.path(MENTEE).write_bytes(before)
        commit(appealed)
    appealed.run("undo", MENTEE, "--correct", *WHY)
    found = audited(appealed)
    codes = {(one["code"], one["record"]) for one in found["findings"] if one["severity"] == "error"}
    assert not found["proven"]
    assert ("entry-edited", MENTEE) in codes
    assert ("statement-edited", MENTEE) in codes


def test_what_nobody_used_is_put_back_and_over(appealed: Place) -> None:
    """The twin: the same slip, put back before anybody decided on the appeal."""
    written_otherwise(appealed)
    appealed.do("undo", MENTEE, "--correct", *WHY)
    assert audited(appealed)["proven"]
    appealed.refuse("approve", APPEAL, "appeal-upheld", by="p-jonas")
    appealed.do("approve", APPEAL, "appeal-upheld", by="p-lea")
    appealed.do("advance", APPEAL, "upheld", by="p-lea")
    assert audited(appealed)["proven"]
