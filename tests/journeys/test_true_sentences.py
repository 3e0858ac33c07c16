"""What gates, refusals and `why` say is so: no more than what happened, and no less than what would help."""

from __future__ import annotations

from typing import Any

from tests.conftest import At
from tests.place import Place
from tests.story import ACME


def asked(place: Place, name: str, **how: Any) -> dict[str, Any]:
    found: dict[str, Any] = {one["id"]: one for one in place.json("gates", ACME, **how)["requirements"]}[name]
    return found


def test_not_needed_without_its_why_is_told_what_is_missing(place: Place) -> None:
    place.do("new", "partnership", "Acme")
    said = place.do("add", ACME, "community-impact", "outcome=not-needed").all
    assert "and not why: community-impact needs summary=" in said
    assert "or outcome=not-needed with a summary= that says why" in said
    assert "not possible here" not in said


def test_only_the_evidence_that_changed_is_named(at: At) -> None:
    place = at("decision")
    place.do("approve", ACME, "core-team-review", by="p-jonas")
    place.do("add", ACME, "financial-review", "https://files.example/new", "outcome=pass")
    assert "the evidence for financial-review changed since p-jonas" in asked(place, "core-team-review")["missing"]


def test_an_approval_given_anew_is_the_one_that_is_looked_at(at: At) -> None:
    place = at("decision")
    place.do("approve", ACME, "core-team-review", by="p-jonas")
    place.do("set", ACME, "commitments=[{by: us, text: rooms}]")
    assert [one["code"] for one in place.findings()].count("approval-void") == 1
    place.do("approve", ACME, "core-team-review", by="p-jonas")
    assert "approval-void" not in {one["code"] for one in place.findings()}


def test_whoever_holds_a_role_and_may_not_use_it_is_named(at: At) -> None:
    place = at("decision")
    for person in ("p-jonas", "p-timo"):
        place.do("person", "end", person, "core-team")
    place.day = "2026-06-01"
    said = place.refuse("advance", ACME).err
    assert "core-team (nobody else may; held by p-rosa)" in said
    assert "core-team: nobody else may; held by p-rosa" in place.run("gates", ACME).out


def test_a_period_said_to_be_opened_before_the_record_says_which_day_counts(at: At) -> None:
    place = at("decision")
    place.do("add", ACME, "community-input", "https://forum.example/t", "kind=opened", "--on", "2026-01-01")
    missing = asked(place, "community-input")["missing"]
    assert "says 2026-01-01, but the record is there since 2026-03-02: that day counts" in missing


def test_each_alternative_has_its_line(at: At) -> None:
    place = at("detailed-review")
    place.do("add", ACME, "strategic-review", "https://files.example/s", "outcome=fail")
    said = place.wrong("add", ACME, "risk-assessment", "https://files.example/r").err
    assert "partnerkit new risk <title> of=acme type=<risk.type>" in said
    assert "add one of" not in said
    assert "; partnerkit new risk <title> of=acme" in asked(place, "risk-assessment")["missing"]
    assert "partnerkit set acme exit-strategy" not in place.wrong("add", ACME, "final-decision", "x").err


def test_why_names_what_a_move_rested_on(at: At) -> None:
    place = at("active")
    said = place.do("why", ACME).out
    assert "proposal-objectives: by the record itself" in said
    assert "agreement-in-force: acme-2026" in said
