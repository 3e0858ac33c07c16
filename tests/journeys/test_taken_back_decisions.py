"""Gates rest on what was decided and shown: no undo, policy change or withdrawal leaves a gate that rests on nothing."""

from __future__ import annotations

from typing import Any

import pytest

from tests.conftest import At
from tests.place import Place
from tests.scenarios.cheat import commit, rewrite
from tests.story import ACME, DEAL

OTHERS = "objectives=[{id: o9, text: Give them everything, supports: [mutually-beneficial]}]"


def _latest(place: Place, name: str = ACME) -> str:
    found: str = place.json("log", name)["entries"][-1]["id"]
    return found


def _returned(place: Place, name: str = ACME, to: str = "decision") -> str:
    """The record goes back, and the entry by which it does."""
    place.do("advance", name, to, "--reason", "look again")
    return _latest(place, name)


def _read_by_a_lawyer(at: At) -> Place:
    place = at("drafted")
    place.do("advance", DEAL)
    place.do("approve", DEAL, "agreement-legal-review", by="p-lea")
    place.do("advance", DEAL)
    return place


def test_no_undo_puts_another_document_behind_the_lawyers_approval(at: At) -> None:
    place = _read_by_a_lawyer(at)
    returned = _returned(place, DEAL, "draft")
    pact = place.json("show", DEAL)["record"]["evidence"][0]["id"]
    place.do("add", DEAL, "agreement-document", f"withdraw={pact}", "--reason", "new")
    place.do("add", DEAL, "agreement-document", place.write("evil.md", "We owe them everything.\n"), "--copy")

    said = place.refuse("undo", returned, "--reason", "not needed")

    assert "rested-on-changed" in said.err
    assert "agreement-document" in said.err
    assert "§" in said.err
    assert f"partnerkit gates {DEAL}" in said.err


def test_another_document_behind_the_approval_is_found_long_after(at: At) -> None:
    place = _read_by_a_lawyer(at)
    returned = _returned(place, DEAL, "draft")
    place.do("undo", returned, "--reason", "not needed")
    place.do("add", DEAL, "signature-process", "party=us", "method=ink")

    def other(data: dict[str, Any]) -> None:
        first = data["evidence"][0]
        data["evidence"].append({**first, "id": "e-000000000000"})
        first["withdrawn"] = {"at": first["at"], "by": "p-rosa", "reason": "new"}

    rewrite(place, DEAL, other)
    commit(place)

    found = [one for one in place.findings() if one["code"] == "rested-on-changed"]
    assert [(one["severity"], one["record"]) for one in found] == [("error", DEAL)]
    assert "agreement-legal-review" in found[0]["message"]


@pytest.mark.parametrize("loosened", [(), ("core-team-votes=1",)])
def test_no_policy_change_lets_an_undo_bring_back_other_fields(at: At, loosened: tuple[str, ...]) -> None:
    place = at("active")
    returned = _returned(place)
    place.do("set", ACME, OTHERS)
    if loosened:
        place.do("policy", "set", "OPS-05-03", *loosened, "--seen", "minutes/2.md")

    said = place.refuse("undo", returned, "--reason", "oops")

    assert "content-differs" in said.err


def test_what_was_sealed_stays_sealed_when_the_policy_covers_less(at: At) -> None:
    """Whichever fields a later policy covers: a passed gate vouches for those that it vouched for."""
    place = at("active")
    covered = "covers: [name, type, objectives, commitments]"
    _policy(place, lambda text: text.replace(covered, "covers: [name, type]"))
    assert _errors(place) == []

    rewrite(place, ACME, lambda data: data["objectives"][0].update(text="Give them everything"))

    assert "content-differs" in _errors(place)
    place.git("add", "--all")
    assert "content-differs" in {one["code"] for one in place.findings("--staged")}
    commit(place)
    assert "content-differs" in _errors(place)


def test_a_policy_that_covers_more_makes_no_passed_gate_illegal(at: At) -> None:
    place = at("active")
    covered = "covers: [name, type, objectives, commitments]"
    _policy(place, lambda text: text.replace(covered, "covers: [name, type, objectives, commitments, exit-strategy]"))

    assert _errors(place) == []
    place.do("undo", _returned(place), "--reason", "not needed")
    assert _errors(place) == []


def _policy(place: Place, change: Any) -> None:
    path = place.root / "records/policies/OPS-05-03.yaml"
    text = path.read_text(encoding="utf-8")
    assert change(text) != text
    path.write_text(change(text), encoding="utf-8")
    commit(place)


def _errors(place: Place) -> list[str]:
    return [one["code"] for one in place.findings() if one["severity"] == "error"]


REJECT = ("--decision", "reject", "--reason", "the price")


@pytest.mark.parametrize(
    ("person", "requirement"), [("p-timo", "final-decision"), ("p-jonas", "core-team-review")], ids=["final", "review"]
)
def test_no_undo_brings_back_a_gate_whose_decision_was_turned_round(at: At, person: str, requirement: str) -> None:
    place = at("agreement")
    returned = _returned(place)
    place.do("approve", ACME, requirement, *REJECT, by=person)

    said = place.refuse("undo", returned, "--reason", "back")

    assert "decision-withdrawn" in said.err
    assert person in said.err
    assert f"§3.2.3/{requirement}" in said.err


def test_no_undo_brings_back_a_gate_whose_decision_was_withdrawn(at: At) -> None:
    place = at("agreement")
    returned = _returned(place)
    place.do("approve", ACME, "final-decision", "--decision", "withdraw", "--reason", "misled", by="p-timo")

    assert "decision-withdrawn" in place.refuse("undo", returned, "--reason", "back").err


def test_no_undo_brings_back_a_gate_whose_evidence_was_withdrawn_since(at: At) -> None:
    place = at("detailed-review")
    returned = _returned(place, to="assessment")
    report = next(
        one for one in place.json("show", ACME)["record"]["evidence"] if one["requirement"] == "due-diligence"
    )
    place.do("add", ACME, "due-diligence", f"withdraw={report['id']}", "--reason", "forged")

    said = place.refuse("undo", returned, "--reason", "back")

    assert "rested-on-changed" in said.err
    assert "due-diligence" in said.err


def test_an_undo_by_hand_of_what_was_turned_round_is_found(at: At) -> None:
    """Judged as a range: by hand the rejection is dated between the return and the undo."""
    place = at("agreement")
    base = place.git("rev-parse", "HEAD").strip()
    returned = _returned(place)
    place.do("approve", ACME, "final-decision", *REJECT, by="p-timo", day="2026-03-21")
    rejection = place.json("show", ACME)["record"]["approvals"][-1]
    place.git("reset", "-q", "--hard", "HEAD~1")
    place.do("undo", returned, "--reason", "back", day="2026-03-22")
    rewrite(place, ACME, lambda data: data["approvals"].append(rejection))
    commit(place)
    place.day = "2026-03-22"

    found = place.findings("--base", base, "--head", "HEAD")
    assert "decision-withdrawn" in {one["code"] for one in found if one["severity"] == "error"}
    assert "decision-withdrawn" in {one["code"] for one in place.findings()}


def test_a_withdrawn_decision_is_told_for_as_long_as_its_gate_stands(at: At) -> None:
    place = at("in-force")
    withdraw = ("approve", ACME, "final-decision", "--decision", "withdraw", "--reason", "I was misled")

    said = place.do(*withdraw, by="p-timo")

    assert "p-timo withdrew" in said.all
    back = f"partnerkit advance {ACME} decision --reason <reason>"
    assert back in place.do("gates", ACME).out
    assert back in " ".join(place.json("gates", ACME)["notes"])
    warning = [one for one in place.findings() if one["code"] == "decision-withdrawn"]
    assert [(one["severity"], one["mend"]) for one in warning] == [("warning", back)]
    assert "§3.2.3/final-decision" in warning[0]["clause"]

    place.do("advance", ACME, "decision", "--reason", "p-timo was misled")
    assert [one for one in place.findings() if one["code"] == "decision-withdrawn"] == []
    assert "withdrew" not in place.do("gates", ACME).out


def test_where_enough_others_decided_a_withdrawal_changes_nothing(at: At) -> None:
    place = at("decision")
    place.do("set", ACME, "commitments=[{by: partner, text: Fifty lab seats}]")
    for person in ("p-jonas", "p-timo"):
        place.do("approve", ACME, "core-team-review", by=person, day="2026-03-06")
    place.do("add", ACME, "community-input", "https://forum.example/t/1", "kind=opened", day="2026-03-06")
    place.do("add", ACME, "community-input", "kind=closed", "summary=31 in favour", day="2026-03-20")
    place.do("approve", ACME, "final-decision", by="p-timo", day="2026-03-20")
    place.do("advance", ACME, day="2026-03-20")
    place.day = "2026-03-21"
    place.do("approve", ACME, "core-team-review", "--decision", "withdraw", "--reason", "busy", by="p-jonas")

    assert [one for one in place.findings() if one["code"] == "decision-withdrawn"] == []
    place.do("undo", _returned(place), "--reason", "not needed")


def test_what_is_decided_anew_is_laid_open_anew(at: At) -> None:
    place = at("agreement", day="2026-04-02")
    _returned(place)
    place.do("set", ACME, OTHERS)
    place.do("approve", ACME, "core-team-review", by="p-jonas")

    asked = {one["id"]: one for one in place.json("gates", ACME)["requirements"]}["community-input"]
    assert not asked["met"]
    assert "before acme went back" in asked["missing"]
    assert "community-input" in place.refuse("advance", ACME).err

    place.do("add", ACME, "community-input", "https://forum.example/t/2", "kind=opened")
    place.do("add", ACME, "community-input", "kind=closed", "summary=4 in favour", day="2026-04-20")
    asked = {one["id"]: one for one in place.json("gates", ACME, day="2026-04-20")["requirements"]}["community-input"]
    assert asked["met"]
