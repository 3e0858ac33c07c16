"""Ways aside and back under OPS-05-03: declined, withdrawn, suspended, adopted; and what belongs to a partnership."""

from __future__ import annotations

from tests.conftest import At
from tests.journeys.telling import teaches
from tests.place import Place
from tests.story import ACME, DEAL, DRAFT, tell


def errors(place: Place) -> list[str]:
    """The codes of the errors that check finds."""
    return [one["code"] for one in place.findings() if one["severity"] == "error"]


def way(place: Place, record: str) -> list[str]:
    """The stages that a record's history went through."""
    return [entry["to"] for entry in place.json("log", record)["entries"]]


def test_declined_and_proposed_again_decisions_count_anew(at: At) -> None:
    """What was shown stays shown; who had decided decides again, and what was open is opened again."""
    place = at("decision")
    tell(place, "decided")
    said = place.refuse("advance", ACME, "declined")
    teaches(
        said,
        record=ACME,
        clause="§3.2.3/final-decision",
        missing="Missing: the reason for the move",
        command="partnerkit advance acme declined --reason <reason>",
    )
    place.do("advance", ACME, "declined", "--reason", "no capacity this year")
    place.do("advance", ACME, "proposed", "--reason", "they asked again", day="2026-09-01")
    for _ in range(3):
        place.do("advance", ACME, day="2026-09-01")
    said = place.refuse("advance", ACME, day="2026-09-01")
    teaches(
        said,
        record=ACME,
        clause="§3.2.3/core-team-review",
        missing="p-jonas decided before acme went back, so it is decided anew",
        who="core-team (p-jonas, p-timo)",
        command="partnerkit approve acme core-team-review --for p-jonas --seen <seen>",
    )
    place.do("approve", ACME, "core-team-review", by="p-jonas", day="2026-09-02")
    place.do("add", ACME, "community-input", "https://forum.example/t/2", "kind=opened", day="2026-09-02")
    place.do("add", ACME, "community-input", "kind=closed", "summary=12 in favour", day="2026-09-16")
    place.do("approve", ACME, "final-decision", by="p-timo", day="2026-09-16")
    place.do("advance", ACME, day="2026-09-16")
    assert way(place, ACME)[4:] == ["declined", "proposed", "assessment", "detailed-review", "decision", "agreement"]
    assert errors(place) == []


def test_withdrawn_needs_its_reason_and_leads_back_only_to_the_start(at: At) -> None:
    place = at("assessment")
    place.refuse("advance", ACME, "withdrawn")
    place.do("advance", ACME, "withdrawn", "--reason", "Acme took it back")
    assert "it goes to proposed" in place.refuse("advance", ACME, "assessment").err
    assert place.json("log", ACME)["entries"][-1]["reason"] == "Acme took it back"


def test_suspended_and_resumed_only_while_an_agreement_is_in_force(at: At) -> None:
    place = at("active")
    place.refuse("advance", ACME, "suspended")
    place.do("advance", ACME, "suspended", "--reason", "their outage")
    place.do("advance", DEAL, "terminated", "--reason", "breach")
    said = place.refuse("advance", ACME, "active", "--reason", "they are back")
    teaches(
        said,
        record=ACME,
        clause="§3.2.3/partnership-agreement",
        missing="acme-2026 is in terminated",
        command="partnerkit new agreement <title> partnership=acme",
    )
    place.do("undo")
    place.do("advance", ACME, "active", "--reason", "they are back")
    assert way(place, ACME)[-2:] == ["suspended", "active"]
    assert errors(place) == []


def test_adopted_stays_visible_for_ever_and_check_passes(place: Place) -> None:
    """A partnership older than the register is never passed off as judged: log, show, why and JSON say so."""
    adopt = ("new", "partnership", "Old Friends", "type=universities", "--adopt", "active")
    assert "--adopt needs --since and --reason" in place.wrong(*adopt, "--since", "2019-05-01").err
    assert "there is no stage 'actve'; did you mean active?" in place.wrong(*adopt[:-1], "actve", *_SINCE).err
    assert "still to come" in place.refuse(*adopt, "--since", "2030-01-01", "--reason", "older").err
    place.do(*adopt, *_SINCE)
    entry = place.json("log", "old-friends")["entries"][0]
    assert (entry["type"], entry["to"], entry["since"], entry["reason"]) == ("adopt", "active", "2019-05-01", "older")
    assert errors(place) == []
    warned = [one["code"] for one in place.findings("old-friends")]
    assert "standing-breach" in warned
    place.do("set", "old-friends", "website=https://old.example")
    place.do("advance", "old-friends", "suspended", "--reason", "they moved")
    for command in ("log", "show", "why"):
        said = place.do(command, "old-friends").out
        assert "adopt" in said, said
        assert "2019-05-01" in said, said
        assert "never judged" in said, said
        assert "older" in said, said
    assert errors(place) == []


_SINCE = ("--since", "2019-05-01", "--reason", "older")


def test_a_renewal_supersedes_the_agreement_before_it(at: At) -> None:
    """The successor takes the whole way; the old one names it and is locked on that."""
    place = at("active")
    place.refuse("advance", DEAL, "superseded")
    place.do(
        *("new", "agreement", "Cooperation agreement 2027", "partnership=acme", f"renews={DEAL}"),
        *("starts=2027-04-01", "ends=2028-03-31", *DRAFT[2:]),
    )
    successor = "acme-2027"
    place.do("add", successor, "agreement-document", place.write("next.md", "# Agreement 2027\n"))
    tell(place, "executed", deal=successor, day=place.day)
    tell(place, "in-force", deal=successor, day=place.day)
    assert (
        "superseded-by names acme-2028, and there is no such record"
        in place.refuse("set", DEAL, "superseded-by=acme-2028").err
    )
    place.do("set", DEAL, f"superseded-by={successor}")
    place.do("advance", DEAL, "superseded")
    assert "superseded-by is locked" in place.refuse("set", DEAL, "superseded-by=").err
    assert errors(place) == []
    assert [one["id"] for one in place.json("gates", ACME, "suspended")["requirements"]] == ["suspension-reason"]
    codes = {
        day: [one["code"] for one in place.json("check", ACME, day=day)["findings"]]
        for day in (place.day, "2027-04-01")
    }
    assert ["standing-breach" in found for found in codes.values()] == [True, False]  # the successor begins only then


def test_a_review_is_found_counted_and_signed_off(at: At) -> None:
    place = at("active")
    period = ("from=2026-01-01", "until=2026-03-31")
    said = place.wrong("new", "review", "First quarter", "of=acme", *period)
    assert "the review acme-first-quarter also needs rhythm" in said.err
    place.do("new", "review", "First quarter", "of=acme", "rhythm=quarterly", *period)
    review = "acme-first-quarter"
    said = place.refuse("advance", review)
    assert all(name in said.err for name in ("review-findings", "review-figures", "review-sign-off"))
    place.do("set", review, "findings=Builds are used", "conclusion=continue")
    figure = ("name=member-engagement", "value=42", "unit=members", *period, "source=the sign-in list")
    place.do("add", review, "figures", *figure)
    place.do("approve", review, "review-sign-off")
    said = place.do("set", review, "findings=Builds are used a lot")
    assert "is void" in said.out
    assert "findings" in place.refuse("advance", review).err
    place.do("approve", review, "review-sign-off")
    place.do("advance", review)
    assert way(place, review) == ["draft", "done"]


def test_a_risk_is_assessed_treated_accepted_for_a_time_and_closed(at: At) -> None:
    place = at("active")
    place.do("new", "risk", "Free builds end", "of=acme", "type=operational")
    risk = "acme-free-builds-end"
    assert "risk-prioritization" in place.refuse("advance", risk).err
    place.do("set", risk, "analysis=A sponsor may leave", "owner=p-rosa")
    assert "6" in place.refuse("add", risk, "assessments", "likelihood=6", "impact=1", "why=sure").err
    place.do("add", risk, "assessments", "likelihood=2", "impact=4", "why=seen before")
    place.do("advance", risk)
    place.refuse("advance", risk)
    place.do("add", risk, "controls", "kind=exit-strategies", "text=A second provider")
    place.do("advance", risk)
    assert (
        "partnerkit policy set OPS-05-03 risk-accepter=<role>" in place.refuse("approve", risk, "risk-acceptance").err
    )
    place.do("policy", "set", "OPS-05-03", "risk-accepter=core-team", "--seen", "minutes/9.md")
    place.do("set", risk, "accepted-until=2026-12-31")
    place.do("approve", risk, "risk-acceptance", by="p-timo")
    place.do("advance", risk, "accepted")
    assert "accepted-until is locked" in place.refuse("set", risk, "accepted-until=2027-12-31").err
    place.do("advance", risk, "assessed", "--reason", "the year is over")
    place.do("advance", risk, "closed", "--reason", "the offer is for ever")
    assert way(place, risk) == ["open", "assessed", "treated", "accepted", "assessed", "closed"]
    assert errors(place) == []


def test_a_case_is_logged_without_ado_answered_and_learnt_from(at: At) -> None:
    place = at("active")
    place.do("new", "case", "Outage", "of=acme", "type=crisis", "opened=2026-03-01")
    case = "acme-outage"
    place.refuse("advance", case)
    place.do("set", case, "response=Status page; the partnership manager leads")
    place.do("advance", case)
    place.do("add", case, "timeline", "text=Builds run again")
    place.do("set", case, "communication-plan=Members on the day", "recovery=A second provider")
    place.do("advance", case)
    place.do("set", case, "lessons=Test the second provider twice a year")
    place.do("advance", case)
    place.refuse("advance", case, "responding")
    place.do("advance", case, "responding", "--reason", "it happened again")
    assert way(place, case) == ["open", "responding", "recovering", "closed", "responding"]
    assert errors(place) == []
