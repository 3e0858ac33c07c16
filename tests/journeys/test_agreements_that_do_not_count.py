"""Ways to `active` on an agreement that nobody judged, that ran out, or that belongs to nothing; each of them closed."""

from __future__ import annotations

from tests.conftest import At
from tests.place import Place
from tests.story import ACME, DEAL, DRAFT

ADOPT = ("--adopt", "active", "--reason", "no time for the lawyers", "--since")


def _through(place: Place, record: str, day: str) -> None:
    """A drafted agreement taken as far as its gates let it."""
    place.do("add", record, "agreement-document", place.write("p.md", "# Old\n"), day=day)
    place.do("advance", record, day=day)
    place.do("approve", record, "agreement-legal-review", day=day, by="p-lea")


def _signed(place: Place, record: str, day: str) -> None:
    place.do("advance", record, day=day)
    for party in ("us", "partner"):
        place.do("add", record, "signature-process", f"party={party}", day=day)
    place.do("add", record, "agreement-documentation", place.write("s.md", "# Signed\n"), day=day)
    place.do("advance", record, day=day)
    place.do("add", record, "agreement-implementation", "summary=done", "outcome=done", day=day)


def test_what_came_about_under_the_register_is_not_adopted(at: At) -> None:
    """Adoption is for what is older than the register's knowledge of it."""
    place = at("agreement")
    said = place.refuse("new", "agreement", "Quick", f"partnership={ACME}", *ADOPT, "2026-03-21", day="2026-03-21")
    assert "adopted-late" in said.err
    assert "acme, above it, has been in the register since 2026-03-02" in said.err
    assert "partnerkit new agreement <title>" in said.err


def test_an_adopted_agreement_below_a_judged_partnership_is_visible_for_ever(at: At) -> None:
    place = at("agreement")
    day = "2026-03-21"
    place.do("new", "agreement", "Quick", f"partnership={ACME}", "id=quick", *ADOPT, "2025-01-01", day=day)
    assert "Never judged: it stands there since 2025-01-01. no time for the lawyers" in place.git(
        "log", "-1", "--format=%B"
    )
    place.do("set", ACME, "roles.partnership-manager=p-rosa", "exit-strategy=Own machines", day=day)
    said = place.do("advance", ACME, day=day)
    assert "quick was adopted as it stood, and never judged under the policy" in said.out
    assert "quick (adopted as it stood, never judged)" in place.do("why", ACME, day=day).out
    (found,) = [one for one in place.json("check", day="2026-09-01")["findings"] if one["code"] == "adopted-below"]
    assert (found["severity"], found["record"]) == ("warning", "quick")


def test_an_agreement_that_ran_out_is_none(at: At) -> None:
    """§3.2.3/partnership-agreement: its last day ends what was met; what runs out later becomes a standing breach."""
    place = at("agreement")
    day = "2026-03-21"
    draft = [word for word in DRAFT if not word.startswith(("starts=", "ends="))]
    term = ("starts=2024-04-01", "ends=2025-03-31")
    place.do("new", "agreement", "Old", "id=old", f"partnership={ACME}", *draft, *term, day=day)
    _through(place, "old", day)
    _signed(place, "old", day)
    place.do("advance", "old", day=day)
    place.do("set", ACME, "roles.partnership-manager=p-rosa", "exit-strategy=Own machines", day=day)
    said = place.refuse("advance", ACME, day=day)
    assert "old is in active, and its last day was 2025-03-31" in said.err


def test_it_stops_counting_the_day_after_its_last_one(at: At) -> None:
    place = at("active")
    assert "standing-breach" not in {one["code"] for one in place.json("check", day="2027-03-31")["findings"]}
    assert "standing-breach" in {one["code"] for one in place.json("check", day="2027-04-01")["findings"]}


def test_nobody_signs_for_a_partnership_that_came_to_nothing(at: At) -> None:
    place = at("drafted")
    day = "2026-03-22"
    place.do("advance", DEAL, day=day)
    place.do("approve", DEAL, "agreement-legal-review", day=day, by="p-lea")
    place.do("advance", ACME, "withdrawn", "--reason", "they have no money", day=day)
    said = place.refuse("advance", DEAL, day=day)
    assert "agreement-of-a-partnership" in said.err
    assert "acme is in withdrawn" in said.err


def test_a_risk_is_not_closed_before_anybody_looked_into_it(at: At) -> None:
    """§9.1.2/risk-analysis: closing it by the way would have met the assessment of the risks."""
    place = at("detailed-review")
    place.do("new", "risk", "They fold", f"of={ACME}", "type=financial")
    said = place.refuse("advance", "acme-they-fold", "closed", "--reason", "nah")
    assert "risk-analysis" in said.err
    place.do("set", "acme-they-fold", "analysis=Their bank wrote", "owner=p-rosa")
    place.do("add", "acme-they-fold", "assessments", "likelihood=1", "impact=4", "why=they showed their books")
    place.do("advance", "acme-they-fold", "closed", "--reason", "the books are sound")


def test_an_agreement_that_has_not_begun_is_none_yet(at: At) -> None:
    """Signed ahead of its first day: the partnership runs from there on, not before."""
    place = at("drafted")
    day = "2026-03-22"
    place.do("set", DEAL, "starts=2026-05-01", day=day)
    place.do("advance", DEAL, day=day)
    place.do("approve", DEAL, "agreement-legal-review", day=day, by="p-lea")
    _signed(place, DEAL, day)
    place.do("advance", DEAL, day=day)
    place.do("set", ACME, "roles.partnership-manager=p-rosa", "exit-strategy=Own machines", day=day)
    said = place.refuse("advance", ACME, day="2026-04-30")
    assert "acme-2026 is in active, and its first day is 2026-05-01" in said.err
    place.do("advance", ACME, day="2026-05-01")
