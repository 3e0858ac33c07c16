"""Altering a record, using that, and putting it back: no correction, void or withdrawal makes it never have been."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from partnerkit.steps import content_digest
from tests.conftest import At
from tests.place import Place
from tests.scenarios.amending import CASE, TEXT, errors, proposed, write
from tests.scenarios.cheat import commit, forge, register, rewrite
from tests.scenarios.landing import audited
from tests.scenarios.test_amendment_cheats import digest_of, of_another_text
from tests.scenarios.test_corrections import WHY, advanced_meanwhile
from tests.scenarios.test_voids import latest
from tests.story import COMMANDS

RISK = "records/risks/acme-sanctions.yaml"


def proven(place: Place) -> bool:
    """Whether the audit has no error; the same when all is judged anew."""
    found = audited(place)
    assert audited(place, "--full") == found
    return bool(found["proven"])


def before_decision(at: At) -> Place:
    """Everything that the gate asks for is there but for a look at one risk."""
    place, play = at("detailed-review"), False
    for command in COMMANDS:
        if play and command.words[:2] == ("advance", "acme"):
            break
        if play:
            command.run(place)
        play = play or command.reached == "detailed-review"
    place.do("new", "risk", "Sanctions", "of=acme", "type=reputation", "id=acme-sanctions", day="2026-03-04")
    return place


def corrected_once(place: Place, change, record: str = "acme") -> bytes:
    """A slip that lands, and is put back and corrected; the record as it is then."""
    rewrite(place, record, change)
    commit(place)
    place.do("undo", record, "--correct", *WHY)
    return place.path(record).read_bytes()


def test_a_lawful_entry_taken_out_is_not_corrected_by_naming_an_early_one(at: At) -> None:
    place = at("active", day="2026-07-01")
    first = place.json("show", "acme")["record"]["history"][0]["id"]
    good = corrected_once(place, lambda data: data["history"][2].update(by="p-jonas"))
    assert proven(place)
    place.do("advance", "acme", "suspended", "--reason", "they cheated", day="2026-07-03")
    place.path("acme").write_bytes(good)
    commit(place)
    forge(place, "acme", "active", type_="correct", undoes=first, reason="as it was", day="2026-07-05")
    commit(place)
    assert not proven(place)


def test_a_void_that_was_taken_out_voids_nothing(at: At) -> None:
    place = at("detailed-review", day="2026-07-01")
    first = place.json("show", "acme")["record"]["history"][0]["id"]
    corrected_once(place, lambda data: data["history"][1].update(by="p-jonas"))
    forge(place, "acme", "decision", day="2026-07-02")
    commit(place)
    bad = place.path("acme").read_bytes()
    place.do("undo", latest(place), "--void", *WHY, by="p-jonas", day="2026-07-03")
    assert proven(place)
    place.path("acme").write_bytes(bad)
    commit(place)
    forge(place, "acme", "decision", type_="correct", undoes=first, reason="as it was", day="2026-07-05")
    commit(place)
    assert "requirement-unmet" in errors(audited(place)["findings"])


def seen_elsewhere(said: str) -> Callable[[dict[str, Any]], None]:
    """A slip in where an approval was seen."""

    def slip(data: dict[str, Any]) -> None:
        next(one for one in data["approvals"] if one["id"] == said)["seen"] = "m/9"

    return slip


def test_a_withdrawal_that_was_taken_out_stays_an_error(at: At) -> None:
    place = at("decided", day="2026-03-20")
    record = place.json("show", "acme")["record"]
    said = next(one["id"] for one in record["approvals"] if one["requirement"] == "final-decision")
    good = corrected_once(place, seen_elsewhere(said))
    place.do("add", "acme", "final-decision", f"withdraw={said}", "--reason", "changed my mind")
    place.path("acme").write_bytes(good)
    commit(place)
    forge(place, "acme", "decision", type_="correct", undoes=record["history"][0]["id"], reason="so", day="2026-03-20")
    commit(place)
    assert not proven(place)


@pytest.mark.parametrize("corrected", [True, False], ids=["after a correction", "after a slip"])
def test_what_the_commit_of_the_correction_takes_out_is_not_settled_by_it(at: At, *, corrected: bool) -> None:
    """A withdrawal is taken out in the very commit of the correction, which names the slip before it."""
    place = at("decided", day="2026-03-20")
    record = place.json("show", "acme")["record"]
    first = record["history"][0]["id"]
    said = next(one["id"] for one in record["approvals"] if one["requirement"] == "final-decision")
    lawful = place.path("acme").read_bytes()
    rewrite(place, "acme", seen_elsewhere(said))
    commit(place)
    if corrected:
        place.do("undo", "acme", "--correct", *WHY)
        lawful = place.path("acme").read_bytes()
    place.do("add", "acme", "final-decision", f"withdraw={said}", "--reason", "changed my mind")
    place.path("acme").write_bytes(lawful)
    forge(place, "acme", "decision", type_="correct", undoes=first, reason="as it was", day="2026-03-20")
    commit(place)
    assert not proven(place)


def deleted(place: Place) -> None:
    place.git("rm", "-q", RISK)
    place.git("commit", "-qm", "gone")


def handed_on(place: Place) -> None:
    place.do("new", "partnership", "Other", "id=other", "type=cloud-providers", "proposer=p-rosa")
    place.edit("acme-sanctions", "of: acme", "of: other")
    commit(place)


@pytest.mark.parametrize("hide", [deleted, handed_on])
def test_what_stood_in_the_way_of_a_gate_is_not_hidden_and_brought_back(at: At, hide) -> None:
    place = before_decision(at)
    raw = (place.root / RISK).read_bytes()
    place.refuse("advance", "acme")
    hide(place)
    place.do("advance", "acme")
    (place.root / RISK).parent.mkdir(exist_ok=True)
    (place.root / RISK).write_bytes(raw)
    commit(place)
    place.run("undo", "acme-sanctions", "--correct", *WHY)
    assert not proven(place)


def reopened(data: dict[str, Any]) -> None:
    """The end of the record, and what led to it, is cut off its history."""
    while data["stage"] != "active":
        data["history"].pop()
        data["stage"] = data["history"][-1]["to"]


def test_an_end_is_not_cut_off_to_begin_something_below_it(at: At) -> None:
    place = at([one.reached for one in COMMANDS if one.reached][-1], day="2026-11-20")
    late = ("new", "risk", "Late one", "of=acme", "type=financial", "id=late")
    assert "subject-over" in place.refuse(*late).err
    raw = place.path("acme").read_bytes()
    rewrite(place, "acme", reopened)
    commit(place)
    place.do(*late)
    place.path("acme").write_bytes(raw)
    commit(place)
    place.run("undo", "acme", "--correct", *WHY)
    assert not proven(place)


def test_a_text_that_nobody_decided_does_not_land_by_a_case_that_was_made_to_fit(there: Place) -> None:
    text = of_another_text(there)
    rewrite(there, CASE, lambda data: data.update({"amends-to": digest_of(text)}))
    known = register(there)
    case = known.records[CASE]
    asked = known.policies[case.model.policy].policy.requirements

    def bound(data) -> None:
        for one in data["approvals"]:
            one["binds"]["content"] = content_digest(data, asked[one["requirement"]].covers)

    rewrite(there, CASE, bound)
    commit(there)
    write(there, text)
    base = commit(there)
    assert "amended-undecided" in errors(there.findings("--base", base, "--head", "HEAD"))
    there.run("undo", CASE, "--correct", *WHY)
    assert "amended-undecided" in errors(audited(there)["findings"])


def test_the_move_of_a_case_that_amended_a_policy_is_not_voided(here: Place) -> None:
    proposed(here)
    for person in ("p-jonas", "p-timo"):
        here.do("approve", CASE, "board-decides", by=person)
    uses = sorted(one["id"] for one in here.json("show", CASE)["record"]["approvals"])
    forge(here, CASE, "adopted", day="2026-03-02", by="p-mallory", uses=uses)
    commit(here)
    write(here, (here.root / TEXT).read_text(encoding="utf-8"))
    commit(here)
    said = here.refuse("undo", latest(here, CASE), "--void", "--reason", "nobody decided it", by="p-jonas")
    assert "CHARTER-1 was amended as longer-notice decided, and that landed" in said.err
    assert not proven(here)


def test_one_record_is_told_as_in_the_whole(at: At) -> None:
    place = advanced_meanwhile(at)
    place.do("undo", "acme-2026", "--correct", *WHY, by="p-jonas", day="2026-07-02")
    place.day = None
    assert place.run("audit").code == 1
    assert place.run("audit", "acme-2026").code == 1


def evidence(place: Place):
    every = place.json("show", "acme")["record"]["evidence"]
    return place.root / next(one["ref"] for one in every if str(one.get("ref")).startswith("records/evidence"))


def test_what_contradicted_itself_twice_is_told_twice(at: At) -> None:
    place = before_decision(at)
    path = evidence(place)
    raw = path.read_bytes()
    for text in (b"other\n", raw, b"we refuse\n", raw):
        path.write_bytes(text)
        commit(place)
    found = [one for one in audited(place)["findings"] if one["code"] == "evidence-changed"]
    assert len({one["commit"] for one in found}) == 2


def test_a_correction_settles_nothing_of_another_record(at: At) -> None:
    place = before_decision(at)
    place.do("new", "partnership", "Other", "id=other", "type=cloud-providers", "proposer=p-rosa")
    path = evidence(place)
    raw = path.read_bytes()
    path.write_bytes(b"other\n")
    rewrite(place, "other", lambda data: data.update(stage="assessment"))
    commit(place)
    path.write_bytes(raw)
    rewrite(place, "other", lambda data: data.update(stage="proposed"))
    commit(place)
    place.do("undo", "other", "--correct", *WHY)
    assert "evidence-changed" in errors(audited(place)["findings"])
