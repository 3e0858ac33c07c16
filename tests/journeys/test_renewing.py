"""An agreement that goes on: renewed, or amended, from what was concluded; with a partner looked into lately enough."""

from __future__ import annotations

from typing import Any

import pytest

from tests.conftest import At
from tests.place import Place
from tests.story import ACME, DEAL

RENEWAL = "acme-2027"
AMENDMENT = f"{DEAL}-amendment-1"
DAY = "2026-11-02"


def _terms(place: Place) -> dict[str, Any]:
    """An agreement in force, for a year from April on."""
    return dict(place.json("show", DEAL)["record"])


def _draft(place: Place, record: str) -> None:
    """What a renewal does not take over, for it has days of its own."""
    place.do("add", record, "milestones", "text=Labs open again", "due=2027-05-01", day=DAY)
    place.do("add", record, "agreement-document", place.write("new.md", "# Agreement, again\n"), day=DAY)


def test_a_renewal_takes_over_what_was_agreed_and_keeps_the_first_day(at: At) -> None:
    place = at("active")
    old = _terms(place)
    said = place.do("new", "agreement", f"renews={DEAL}", day=DAY)
    assert "agreement/acme-2027: new" in said.out
    new = place.json("show", RENEWAL)["record"]
    assert (new["title"], new["renews"], new["partnership"]) == ("Agreement 2027", DEAL, ACME)
    assert (old["starts"], old["ends"]) == ("2026-04-01", "2027-03-31")
    assert (new["original-start"], new["starts"], new["ends"]) == ("2026-04-01", "2027-04-01", "2028-03-31")
    for key in ("parties", "objectives", "responsibilities", "commitments", "terms"):
        assert new[key] == old[key], key
    assert not {"milestones", "evidence", "approvals", "signatures"} & set(new)
    again = place.wrong("new", "agreement", f"renews={DEAL}", day=DAY)
    assert "acme-2026 has a renewal already: acme-2027, in draft" in again.err
    assert "partnerkit gates acme-2027" in again.err
    assert place.do("new", "agreement", f"renews={DEAL}", "id=second-try", day=DAY).code == 0


def test_the_first_day_stays_through_a_line_of_renewals(at: At) -> None:
    place = at("active")
    place.do("new", "agreement", f"renews={DEAL}", day=DAY)
    place.do("new", "agreement", f"renews={RENEWAL}", "starts=2028-05-01", day=DAY)
    third = place.json("show", "acme-2028")["record"]
    assert (third["original-start"], third["starts"], third["ends"]) == ("2026-04-01", "2028-05-01", "2029-04-30")


def test_due_diligence_that_has_grown_old_asks_again(at: At) -> None:
    """T27: §3.2.1/due-diligence counts for as long as the organisation said; the renewal asks for a new one."""
    place = at("active")
    place.do("policy", "set", "OPS-05-03", "due-diligence-valid=P6M", "--seen", "minutes/4.md")
    place.do("new", "agreement", f"renews={DEAL}", day=DAY)
    _draft(place, RENEWAL)
    said = place.refuse("advance", RENEWAL, day=DAY)
    assert "due-diligence-again" in said.err
    assert "acme lacks due-diligence" in said.err
    assert "§3.2.1/due-diligence" in said.err
    assert "→ partnerkit add acme due-diligence <file-or-link> outcome=<outcome>" in said.err
    place.do("add", ACME, "due-diligence", "https://files.example/dd-2027", "outcome=pass", day=DAY)
    place.do("advance", RENEWAL, day=DAY)
    assert place.json("show", RENEWAL)["stage"] == "legal-review"
    why = place.do("why", RENEWAL, day=DAY).out
    assert "due-diligence-again: acme" in why
    assert [one for one in place.json("check", day=DAY)["findings"] if one["severity"] == "error"] == []


def test_what_it_renews_must_have_been_concluded(at: At) -> None:
    place = at("drafted")
    place.do("new", "agreement", f"renews={DEAL}", "starts=2027-04-01", day=DAY)
    _draft(place, RENEWAL)
    said = place.refuse("advance", RENEWAL, day=DAY)
    assert "agreement-renewed" in said.err
    assert f"{DEAL} is in draft" in said.err


def test_an_amendment_takes_the_same_way_and_the_executed_text_stays_as_it_is(at: At) -> None:
    """§5.2.2/amendment-process: a document, a legal review and signatures of its own; nothing signed is edited."""
    place = at("active")
    assert "locked" in place.refuse("set", DEAL, "ends=2028-03-31").err
    place.do("new", "agreement", f"amends={DEAL}", "starts=2026-09-01", "commitments=[{by: partner, text: More seats}]")
    new = place.json("show", AMENDMENT)["record"]
    assert (new["title"], new["amends"]) == ("Agreement 2026, amendment 1", DEAL)
    assert new["ends"] == "2027-03-31"
    assert new["commitments"] == [{"by": "partner", "text": "More seats"}]
    assert "original-start" not in new
    place.do("add", AMENDMENT, "milestones", "text=More labs", "due=2026-10-01")
    place.do("add", AMENDMENT, "agreement-document", place.write("more.md", "# More seats\n"))
    place.do("advance", AMENDMENT)
    assert "agreement-legal-review" in place.refuse("advance", AMENDMENT).err
    place.do("approve", AMENDMENT, "agreement-legal-review", by="p-lea")
    place.do("advance", AMENDMENT)
    assert "the signature of us" in place.refuse("advance", AMENDMENT).err
    second = place.do("new", "agreement", f"amends={DEAL}")
    assert f"{DEAL}-amendment-2" in second.out


def test_a_renewal_that_cannot_be(at: At) -> None:
    """A name nobody has, a partnership, both at once, an end before its start: said, and nothing written."""
    place = at("active")
    before = place.snapshot()
    assert "did you mean acme-2026" in place.wrong("new", "agreement", "renews=acme-2062").err
    assert "acme is a partnership, not an agreement" in place.wrong("new", "agreement", f"renews={ACME}").err
    assert "renews and amends" in place.wrong("new", "agreement", f"renews={DEAL}", f"amends={DEAL}").err
    said = place.refuse("new", "agreement", f"renews={DEAL}", "ends=2027-03-01", day=DAY)
    assert "it ends (2027-03-01) before it starts (2027-04-01)" in said.err
    early = place.refuse("new", "agreement", f"renews={DEAL}", "starts=2026-01-01", "ends=2027-03-31", day=DAY)
    assert "which began on 2026-04-01, and would begin before that, on 2026-01-01" in early.err
    assert place.snapshot() == before


def test_check_finds_a_line_that_was_made_up(at: At) -> None:
    """By hand: another first day, and an agreement of another partnership renewed."""
    place = at("active")
    place.do("new", "agreement", f"renews={DEAL}", day=DAY)
    place.edit(RENEWAL, "original-start: 2026-04-01", "original-start: 2019-04-01")
    (found,) = [one for one in place.findings() if one["code"] == "continuation-mismatch"]
    assert "the first day of the line is 2026-04-01, and here it is 2019-04-01" in found["message"]
    assert found["line"] > 1
    place.git("checkout", "-q", "records")
    place.do("new", "partnership", "Globex", "partner=company")
    place.edit(RENEWAL, "partnership: acme", "partnership: globex")
    assert "continuation-mismatch" in {one["code"] for one in place.findings()}


def test_today_offers_the_renewal(at: At) -> None:
    place = at("active")
    lines = [one["command"] for one in place.json("today", "--within", "P1Y", day=DAY)["obligations"]]
    assert f"partnerkit new agreement renews={DEAL}" in lines
    place.do("new", "agreement", f"renews={DEAL}", day=DAY)
    lines = [one["command"] for one in place.json("today", "--within", "P1Y", day=DAY)["obligations"]]
    assert f"partnerkit new agreement renews={DEAL}" not in lines


@pytest.mark.parametrize(("way", "record"), [("renews", RENEWAL), ("amends", AMENDMENT)])
def test_what_an_agreement_goes_on_from_is_fixed_when_it_is_made(at: At, way: str, record: str) -> None:
    """A renewal that renews nothing any more would be asked for no due diligence."""
    place = at("active")
    place.do("new", "agreement", f"{way}={DEAL}", "starts=2027-04-01", "ends=2028-03-31", day=DAY)
    said = place.refuse("set", record, f"{way}=", day=DAY)
    assert "identity-changed" in said.err
    assert f"{way} was changed from {DEAL} to nothing" in said.err
    assert place.json("show", record)["record"][way] == DEAL
    place.do("new", "agreement", "Another", f"partnership={ACME}", "id=another", day=DAY)
    assert "identity-changed" in place.refuse("set", "another", f"{way}={DEAL}", day=DAY).err
