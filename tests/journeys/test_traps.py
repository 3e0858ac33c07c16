"""Traps of the written policies that no other journey meets, each through the real command."""

from __future__ import annotations

import shlex
from pathlib import Path

import pytest

from tests.conftest import At
from tests.journeys.telling import teaches
from tests.made import copied
from tests.place import PEOPLE, Place
from tests.scenarios.cheat import commit, forge
from tests.story import ACME, DEAL, form


def codes(place: Place, *words: str) -> set[str]:
    return {one["code"] for one in place.findings(*words)}


def test_what_the_text_leaves_open_is_named_and_closed_by_the_line_that_is_offered(at: At) -> None:
    """T11: no number is made up; what depends on one says so, with the line that settles it."""
    place = at("assessment")
    gaps = {one["variable"]: one for one in place.json("policy", "gaps", "OPS-05-03")["gaps"]}
    assert {"notice", "references", "score-minimum", "community-input-open"} <= set(gaps)
    assert all(one["question"].endswith("?") and one["clause"] for one in gaps.values())
    place.do("add", ACME, "reference-checks", "summary=One, and good")
    [asked] = [one for one in place.json("gates", ACME)["requirements"] if one["id"] == "reference-checks"]
    assert asked["met"]
    assert "leaves open (§3.2.1/reference-checks): How many references" in asked["notes"][0]
    assert "policy set OPS-05-03 references=<value> --seen <seen>" in asked["notes"][0]
    place.do("policy", "set", "OPS-05-03", "references=2", "--seen", "minutes/2.md")
    assert "references" not in {one["variable"] for one in place.json("policy", "gaps", "OPS-05-03")["gaps"]}
    assert "1 more of 2" in place.refuse("advance", ACME).err


def test_a_mailbox_that_several_people_read_decides_nothing(at: At) -> None:
    """T13: it is listed, cannot be anybody's address, and neither approves nor changes anything."""
    place = at("decision")
    mailbox = "community@lighthouse.example"
    roster = place.root / "records" / "people.yaml"
    roster.write_text(roster.read_text(encoding="utf-8") + f"shared-mailboxes: [{mailbox}]\n", encoding="utf-8")
    place.git("commit", "-qam", "The mailbox of all eight contacts")
    assert f"shared mailboxes, which never approve: {mailbox}" in place.do("person", "show").out
    before = place.snapshot()
    for words in (("approve", ACME, "core-team-review"), ("advance", ACME), ("set", ACME, "website=https://a.example")):
        said = place.run(*words, by=mailbox)
        assert said.code == 3
        assert "is a shared mailbox" in said.err
    assert "is a shared mailbox" in place.wrong("person", "add", "p-all", "--email", mailbox).err
    assert place.snapshot() == before
    place.do("approve", ACME, "core-team-review", by="p-jonas")


def test_a_partner_who_is_a_sponsor_is_seen_whenever_it_is_said(tmp_path: Path) -> None:
    """T22: at the gate and after it, until what was agreed about pictures is written down; nothing is refused."""
    place = Place(tmp_path / "register")
    place.root.mkdir()
    place.git("init", "-q", "-b", "main")
    place.do("init", "--name", "School", "--policy", "OTS-PG", "--person", "p-rosa", "--role", "local-team")
    event = ("event=Rails night", "event-city=Dortmund", "event-day=2026-04-10", "values-fit=Open to all")
    who = ("support=official", "co-partnered=true", "partners=[{id: hub, name: Hub}]")
    place.do("new", "partnership", "Hub", "id=hub", *event, *who)
    place.do("add", "hub", "contributions", "kind=coaches", "text=Four coaches")
    place.do("approve", "hub", "team-decision")
    place.do("advance", "hub")
    for item in [one["id"] for one in place.json("gates", "hub")["requirements"] if not one["met"]]:
        place.do("add", "hub", item, "party=hub")
    place.do("advance", "hub")
    assert codes(place) == set()
    place.do("set", "hub", "partners.hub.sponsor=true")
    [found] = place.findings()
    assert (found["code"], found["severity"]) == ("advice", "warning")
    assert "A partner is a sponsor too" in found["message"]
    assert found["mend"] == "partnerkit set hub recording-consent=<recording-consent>"
    place.do("set", "hub", "recording-consent=Who is in a picture is asked before a sponsor uses it")
    assert codes(place) == set()


def test_a_record_stands_under_one_policy_for_ever(place: Place) -> None:
    """T26: what one policy offers and the other forbids never meets in one record."""
    place.do("policy", "add", "OTS-PG")
    place.do("new", "partnership", "Acme", "id=acme", "type=cloud-providers")
    place.do("new", "partnership", "Rails", "id=rails", "policy=OTS-PG", "event=Rails night")
    assert "a partnership has no field 'event'" in place.wrong("set", "acme", "event=Rails night").err
    assert "never" in place.wrong("set", "acme", "policy=OTS-PG").err
    place.refuse("add", "rails", "benefits", "kind=discount-programs", "to=community", "text=Half price", "status=none")
    said = place.run("new", "agreement", "Deal", "partnership=rails", "policy=OPS-05-03")
    assert said.code in {1, 2}
    place.do("new", "agreement", "Deal", "id=deal", "partnership=acme")
    place.edit("deal", "policy: OPS-05-03", "policy: OTS-PG")
    assert "wrong-value" in codes(place)  # the guidelines know no agreement
    place.edit("deal", "policy: OTS-PG", "policy: OPS-05-03")
    place.edit("acme", "policy: OPS-05-03", "policy: OTS-PG")
    assert {"identity-changed", "policy-of-another"} <= codes(place)
    assert place.run("check").code == 1


def test_evidence_that_has_run_out_opens_no_gate(at: At) -> None:
    """T27: it says itself until when, or the policy says how old it may be; the boundary day counts."""
    place = at("assessment", "2026-03-03")
    place.do("add", ACME, "due-diligence", "https://files.example/dd", "outcome=pass", "valid-until=2026-03-10")
    place.do("add", ACME, "reference-checks", "summary=Two, both good", "--on", "2026-02-10")

    def met(name: str, day: str) -> tuple[bool, str]:
        asked = place.json("gates", ACME, day=day)["requirements"]
        return next((one["met"], one["missing"] or "") for one in asked if one["id"] == name)

    assert met("due-diligence", "2026-03-10") == (True, "")
    assert not met("due-diligence", "2026-03-11")[0]
    assert "was valid until 2026-03-10" in met("due-diligence", "2026-03-11")[1]
    assert met("reference-checks", "2028-01-01")[0]
    decided = ("references-valid=P1M", "due-diligence-valid=P1Y", "--seen", "minutes/3.md")
    place.do("policy", "set", "OPS-05-03", *decided)
    assert met("reference-checks", "2026-03-10")[0]
    assert "of 2026-02-10 is older than P1M" in met("reference-checks", "2026-03-11")[1]
    said = place.refuse("advance", ACME, day="2026-03-11")
    teaches(
        said,
        record=ACME,
        clause="§3.2.1/reference-checks",
        missing="is older than P1M",
        command="partnerkit add acme reference-checks <file-or-link>",
    )
    place.do("add", ACME, "due-diligence", "https://files.example/dd2", "outcome=pass", day="2026-03-11")
    assert met("due-diligence", "2026-03-11") == (True, "")


def test_evidence_that_runs_out_later_makes_no_past_move_illegal_and_is_to_be_renewed(at: At) -> None:
    """T27: `today` sees it come and offers the line; `check` stays clean; renewed, it is quiet."""
    place = at("assessment", "2026-03-03")
    place.do("add", ACME, "due-diligence", "https://files.example/dd", "outcome=pass", "valid-until=2026-03-20")
    place.do("add", ACME, "reference-checks", "summary=Two, both good")
    place.do("add", ACME, "initial-evaluation", "summary=Fits", "outcome=pass")
    place.do("add", ACME, "criteria-scored", form(place))
    place.do("advance", ACME)
    assert [one for one in place.findings() if one["severity"] == "error"] == []

    def ahead(day: str) -> list[dict[str, str]]:
        found = place.json("today", "--within", "P30D", day=day)["obligations"]
        return [one for one in found if one["what"] == "evidence.due-diligence"]

    [one] = ahead("2026-03-10")
    assert (one["state"], one["due"]) == ("upcoming", "2026-03-20")
    assert [one["state"] for one in ahead("2026-05-01")] == ["late"]
    assert place.run("check", day="2026-05-01").code == 0
    line = one["command"].replace("<file-or-link>", "https://files.example/dd2").replace("<outcome>", "pass")
    place.do(*shlex.split(line)[1:], day="2026-05-01")
    assert ahead("2026-05-01") == []


def test_a_cause_that_is_on_no_list_says_itself_and_a_term_runs_out_without_notice(at: At) -> None:
    """T28: the written list lacks both; `other` needs its reason, expiry needs an agreement that ran out."""
    place = at("active")
    ending = ("advance", ACME, "ending", "--reason", "It is over")
    said = place.run("set", ACME, "termination.trigger=insolvency", "termination.effective=2026-06-30")
    assert said.code == 1
    assert "mutual-agreement" in said.err
    notice = ("termination.notice-given=2026-04-01", "termination.effective=2026-06-30")
    place.do("set", ACME, "termination.trigger=other", *notice)
    said = place.refuse(*ending)
    teaches(
        said,
        record=ACME,
        clause="§10.1.1",
        missing="None of the written causes fits",
        command="partnerkit set acme termination.reason=<termination.reason>",
    )
    place.do("set", ACME, "termination.trigger=expiry", "termination.notice-given=")
    said = place.refuse(*ending)
    teaches(
        said,
        record=ACME,
        clause="§10.1.1",
        missing=f"{DEAL} is in active",
        command=f"partnerkit gates {DEAL}",
    )
    assert "Give notice" not in said.err
    place.do("set", ACME, "termination.trigger=other", "termination.reason=Their country forbids it", *notice)
    place.do(*ending, day="2026-05-02")


def test_the_server_judges_what_no_hook_saw_and_no_day_runs_backwards(at: At, tmp_path: Path) -> None:
    """T29: hooks were skipped and the commit dated back; `check --base`, which CI runs, says so all the same."""
    place = at("assessment")
    place.git("checkout", "-qb", "quick")
    clone = tmp_path / "server"
    forge(place, ACME, "detailed-review", day="2026-03-02")
    place.git("add", "--all")
    place.git("commit", "-qm", "Quick", "--no-verify", "--date", "2020-01-01T00:00:00Z")
    copied(place.root, clone)
    server = Place(clone, day="2026-03-05")
    assert "requirement-unmet" in codes(server, "--base", "main")
    assert server.run("check", "--base", "main").code == 1
    later = at("decision")
    forge(later, ACME, "declined", day="2026-03-01", reason="Earlier than what came before")
    assert "entry-backdated" in codes(later)
    base = commit(later)
    assert "entry-backdated" in codes(later, "--base", base, "--head", "HEAD")


@pytest.mark.parametrize("person", sorted(PEOPLE))
def test_each_word_is_a_persons(place: Place, person: str) -> None:
    """T13 and T17: what is recorded carries the opaque id of somebody on the roster, never an address."""
    place.do("new", "partnership", "Beta", "id=beta", "type=cloud-providers", by=person)
    place.do("add", "beta", "partnership-proposal", "https://files.example/1", by=person)
    assert f"by: {person}" in place.text("beta")
    assert "@" not in place.text("beta")
