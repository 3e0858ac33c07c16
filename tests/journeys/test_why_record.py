"""`why ID` as a trustee reads it: each gate with its clauses, who decided on what, and what of it rests on trust."""

from __future__ import annotations

from tests.conftest import At
from tests.place import Place
from tests.story import ACME


def trust(place: Place, record_id: str = ACME) -> dict[str, list[str]]:
    return {one["what"]: one["of"] for one in place.json("why", record_id)["trust"]}


def test_a_gate_is_told_with_who_decided_on_what(at: At):
    place = at("agreement")
    said = {one["requirement"]: one for one in place.json("show", ACME)["record"]["approvals"]}
    final = said["final-decision"]["id"]
    page = place.do("why", ACME).out
    assert "stands in agreement" in page
    assert f"final-decision: {final} approve as core-team by p-timo" in page
    assert f"    - {final} for final-decision: p-timo, recorded by p-rosa, seen in minutes/1.md\n" in page
    assert "partnerkit audit acme proves the rest from git" in page


def test_for_other_programs(at: At):
    place = at("assessment")
    found = place.json("why", ACME)
    assert found["schema"] == "partnerkit.log/1"
    assert {"id", "stage", "entries", "statements", "expunged", "passed", "trust"} <= found.keys()
    created, moved = found["passed"]
    assert (created["met"], created["rewritten"]) == ([], False)
    met = {one["requirement"]: one for one in moved["met"]}
    proposal = met["partnership-proposal"]
    assert proposal["clauses"] == ["§3.2.1/partnership-proposal"]
    assert proposal["statements"] == [found["statements"][0]["id"]]
    assert met["proposer-named"]["statements"] == met["proposer-named"]["records"] == []


def test_what_is_kept_in_the_register_is_no_matter_of_trust(at: At):
    """The proposal lies in history, with its digest; the report of due diligence is a link."""
    linked = trust(at("detailed-review"))["evidence in words, or only linked: what it said then cannot be proven"]
    assert any("for due-diligence: https://files.example/dd" in one for one in linked)
    assert not any("partnership-proposal" in one for one in linked)


def test_what_was_withdrawn_after_the_gate_is_said(at: At):
    place = at("detailed-review")
    used = next(one for one in place.json("show", ACME)["record"]["evidence"] if one["requirement"] == "due-diligence")
    place.edit(
        ACME,
        f"  - id: {used['id']}\n",
        f"  - id: {used['id']}\n    withdrawn:\n      at: 2026-03-04T12:00:00Z\n      by: p-rosa\n      reason: forged\n",
    )
    assert trust(place)["withdrawn since"] == [f"{used['id']} for due-diligence"]


def test_a_gate_that_the_policy_has_rewritten_since_is_said_to_be(at: At):
    place = at("assessment")
    assert "demands otherwise here now" not in place.do("why", ACME).out
    path = place.root / "records" / "policies" / "OPS-05-03.yaml"
    text = path.read_text(encoding="utf-8")
    old = "    filled: [proposer]\n"
    assert old in text
    path.write_text(text.replace(old, "    filled: [proposer, website]\n"), encoding="utf-8")
    assert "demands otherwise here now: it was judged by what was demanded that day" in place.do("why", ACME).out


def test_what_was_adopted_or_skipped_hooks_rests_on_trust(place: Place):
    adopt = ("new", "partnership", "Old", "type=universities", "--adopt", "active")
    place.do(*adopt, "--since", "2019-05-01", "--reason", "older than the register", "--no-verify")
    found = trust(place, "old")
    assert found["taken in as it stood, never judged"] == ["entry 1, in active since 2019-05-01, by p-rosa"]
    assert found["commit hooks were skipped"] == ["entry 1"]
    assert found["dated by hand: when it was truly made, the commit says"] == ["entry 1"]


def test_a_record_that_was_taken_back_says_so(at: At):
    place = at("proposed")
    place.do("new", "partnership", "Beta")
    place.do("undo", "--reason", "never was")
    for command, begins in (("show", "stage void"), ("why", "stands in void")):
        said = place.do(command, "beta").out
        assert f"{begins} (taken back: it never counted, and only its id stays) since 2026-03-02" in said
    assert "taken back" not in place.do("show", "beta", "--as-of", "HEAD~1").out
