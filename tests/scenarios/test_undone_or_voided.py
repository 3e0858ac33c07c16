"""Taking something back settles what was wrong with it, or is refused with the line that does."""

from __future__ import annotations

import pytest

from tests.conftest import At
from tests.scenarios.cheat import commit, forge
from tests.scenarios.landing import audited
from tests.scenarios.test_laundering import before_decision
from tests.scenarios.test_voids import WHY, advanced_by_hand, errors, latest


@pytest.mark.parametrize("named", [True, False])
def test_an_entry_that_broke_the_rules_is_not_undone_but_voided(at: At, *, named: bool) -> None:
    place = at("assessment")
    bad = advanced_by_hand(place)
    said = place.wrong("undo", *([bad] if named else []), *WHY, by="p-jonas", day="2026-03-03").err
    assert (
        f"entry {bad} of acme landed against the rules (requirement-unmet): undone, it would be found for ever" in said
    )
    assert f"partnerkit undo {bad} --void --reason <reason>, by somebody else than p-rosa" in said
    place.do("undo", bad, "--void", *WHY, by="p-jonas", day="2026-03-03")
    assert place.run("check").code == 0
    assert audited(place)["proven"]


def test_what_stands_in_the_way_is_not_buried(at: At) -> None:
    """A tombstone is for what nothing has happened to yet: it passes no gate."""
    place = before_decision(at)
    place.do("set", "acme-sanctions", "analysis=They are on a list", "owner=p-rosa")
    place.do("add", "acme-sanctions", "assessments", "likelihood=4", "impact=5", "why=It is so")
    place.do("advance", "acme-sanctions")
    forge(place, "acme-sanctions", "void", type_="tombstone", reason="gone", day="2026-03-04")
    assert "no-such-transition" in errors(place.findings())
    commit(place)
    assert "no-such-transition" in errors(audited(place)["findings"])
    (found,) = [one for one in audited(place)["findings"] if one["entry"] == latest(place, "acme-sanctions")]
    assert "acme-sanctions has left where it began" in found["message"]


def test_an_agreement_that_has_ended_opens_no_gate_at_the_moment_of_its_end(at: At) -> None:
    """The end had landed: that both are dated noon does not make the gate the first of them."""
    place = at("in-force", day="2026-07-01")
    place.do("set", "acme", "roles.partnership-manager=p-rosa", "exit-strategy=Own machines", day="2026-04-01")
    head = place.git("rev-parse", "HEAD").strip()
    place.do("advance", "acme", day="2026-06-30")
    moved = place.path("acme").read_bytes()
    place.git("reset", "-q", "--hard", head)
    place.do("advance", "acme-2026", "terminated", "--reason", "both want to stop", day="2026-06-30")
    place.path("acme").write_bytes(moved)
    assert "entry-backdated" in errors(place.findings())
    commit(place)
    assert "entry-backdated" in errors(audited(place)["findings"])
