"""Ways round the policy that somebody tried, each of them closed."""

from __future__ import annotations

import os
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from tests.conftest import At
from tests.place import Place
from tests.scenarios.cheat import commit, rewrite
from tests.story import ACME, COMMANDS, DEAL, tell


def _latest(place, name: str = ACME) -> str:
    found: str = place.json("log", name)["entries"][-1]["id"]
    return found


def test_undoing_a_return_does_not_bring_back_a_gate_whose_fields_were_changed(at: At) -> None:
    place = at("active")
    place.do("advance", ACME, "decision", "--reason", "look again")
    returned = _latest(place)
    place.do("set", ACME, "objectives=[{id: o1, text: sell the members, supports: [mutually-beneficial]}]")

    said = place.refuse("undo", returned, "--reason", "oops")

    assert "content-differs" in said.err


def test_undoing_a_return_that_changed_nothing_locks_the_fields_again(at: At) -> None:
    place = at("active")
    place.do("advance", ACME, "decision", "--reason", "look again")
    place.do("undo", _latest(place), "--reason", "not needed")

    said = place.refuse("set", ACME, "objectives=[{id: o1, text: sell the members, supports: [mutually-beneficial]}]")

    assert "locked-field-changed" in said.err


def test_undo_leads_into_no_stage_that_lacks_what_it_must_have(at: At) -> None:
    place = at("active")
    agreement = next(one["id"] for one in place.json("list", "agreement")["records"] if one["stage"] == "active")
    place.do("advance", ACME, "suspended", "--reason", "a pause")
    place.do("advance", agreement, "terminated", "--reason", "over")

    said = place.refuse("undo", _latest(place), "--reason", "go on")

    assert "agreement-in-force" in said.err


def test_what_was_decided_before_going_back_one_stage_is_decided_anew(at: At) -> None:
    place = at("agreement")
    place.do("advance", ACME, "decision", "--reason", "look again", day="2026-09-01")

    said = place.refuse("advance", ACME, day="2026-09-01")

    assert "core-team-review" in said.err
    assert "decided anew" in said.err


@pytest.mark.parametrize("way", ["the other order in the file", "said at one moment"])
def test_a_rejection_counts_wherever_it_stands_in_the_file(at: At, way: str) -> None:
    place = at("decision")
    tell(place, "decided")
    vote = ("approve", ACME, "final-decision")
    place.do(*vote, "--decision", "reject", "--reason", "the price", by="p-timo", day="2026-03-21")

    def turn(data: dict[str, Any]) -> None:
        approval, rejection = data["approvals"][-2:]
        data["approvals"][-2:] = [rejection, approval]
        if way == "said at one moment":
            rejection["at"] = approval["at"]

    rewrite(place, ACME, turn)
    commit(place)

    said = place.refuse("advance", ACME, day="2026-03-22")

    assert "p-timo decided: reject" in said.err


def test_no_entry_is_dated_back_to_when_what_it_relies_on_still_stood(at: At) -> None:
    """The agreement was terminated in May; in April the partnership could have become active."""
    place = at("drafted")
    tell(place, "executed")
    tell(place, "in-force")
    place.do("set", ACME, "roles.partnership-manager=p-rosa", "exit-strategy=Members move elsewhere")
    place.do("advance", DEAL, "terminated", "--reason", "over", day="2026-05-02")

    said = place.refuse("advance", ACME, day="2026-04-09")

    assert "entry-backdated" in said.err
    assert "requirement-unmet" in place.refuse("advance", ACME, day="2026-05-02").err


SEEN = ("--for", "p-jonas", "--seen", "minutes/1.md")


def _to_be_decided(place: Place, how: str) -> None:
    """`back`: acme went back to its decision on 1 September; `new`: there is beta since 1 April, up to its decision."""
    if how == "back":
        place.do("advance", ACME, "decision", "--reason", "look again", day="2026-09-01")
        return
    end = next(number for number, command in enumerate(COMMANDS, 1) if command.reached == "decision")
    for command in COMMANDS[:end]:
        words = tuple(word.replace(ACME, "beta") for word in command.words)
        replace(command, words=words, day="2026-04-01").run(place)


OLDER = pytest.mark.parametrize(
    ("how", "name", "why"), [("back", ACME, "decided anew"), ("new", "beta", "before there was beta")]
)


@OLDER
def test_a_decision_named_by_an_older_day_is_none(at: At, how: str, name: str, why: str) -> None:
    """`--on` says when somebody spoke: not before the record went back, and not before it was there."""
    place = at("agreement")
    _to_be_decided(place, how)

    said = place.refuse("approve", name, "core-team-review", *SEEN, "--on", "2026-03-05", day="2026-09-02")

    assert "statement-too-early" in said.err
    assert why in said.err


@OLDER
def test_a_decision_given_an_older_day_by_hand_counts_for_no_gate(at: At, how: str, name: str, why: str) -> None:
    place = at("agreement")
    _to_be_decided(place, how)
    place.do("approve", name, "core-team-review", *SEEN, "--on", "2026-09-01", day="2026-09-02")
    place.edit(name, '"on": 2026-09-01', '"on": 2026-03-05')
    place.git("commit", "-qam", "an older day")

    assert "statement-too-early" in {one["code"] for one in place.findings("--base", "HEAD~2")}
    assert why in place.refuse("advance", name, day="2026-09-02").err


def test_a_signature_older_than_what_is_signed_is_none(at: At) -> None:
    place = at("drafted")
    place.do("advance", DEAL)
    place.do("approve", DEAL, "agreement-legal-review", by="p-lea")
    place.do("advance", DEAL)

    said = place.refuse("add", DEAL, "signature-process", "party=us", "capacity=director", "--on", "2026-03-20")

    assert "statement-too-early" in said.err
    place.do("add", DEAL, "signature-process", "party=us", "capacity=director", "--on", "2026-03-21")
    place.edit(DEAL, '"on": 2026-03-21', '"on": 2026-03-20')
    place.git("commit", "-qam", "an older day")
    assert "statement-too-early" in {one["code"] for one in place.findings("--base", "HEAD~2")}
    assert "came before agreement-legal-review, and does not count" in place.refuse("advance", DEAL).err


def test_an_adopted_agreement_is_named_as_never_judged(at: At) -> None:
    place = at("agreement")
    adopted = ("--adopt", "active", "--since", "2026-01-01", "--reason", "signed on paper")
    place.do("new", "agreement", "Older", f"partnership={ACME}", *adopted)

    assert "never judged" in place.do("gates", ACME).out


def test_the_proposer_cannot_be_changed_once_the_proposal_was_taken_up(at: At) -> None:
    said = at("assessment").refuse("set", ACME, "proposer=p-timo")

    assert "locked-field-changed" in said.err


def test_an_empty_word_undoes_nothing(at: At) -> None:
    assert "too short" in at("assessment").wrong("undo", "").err


@pytest.mark.parametrize(
    "words", [("set", ACME, "objectives=@{}"), ("add", ACME, "due-diligence", "{}", "outcome=pass")]
)
@pytest.mark.parametrize("what", ["/dev/zero", "pipe"])
def test_what_never_ends_is_not_read(at: At, tmp_path: Path, words: tuple[str, ...], what: str) -> None:
    if what == "pipe":
        what = str(tmp_path / "pipe")
        os.mkfifo(what)

    said = at("assessment").wrong(*(word.format(what) for word in words))

    assert "no plain file" in said.err


def _branched(place: Place) -> None:
    """A branch with one innocent commit, and a main that has gone on: acme moved, beta came to be."""
    place.git("switch", "-q", "-c", "side")
    place.do("add", ACME, "communications", "kind=core-team-updates", "summary=All is well")
    place.git("switch", "-q", "main")
    place.do("advance", ACME, "suspended", "--reason", "a pause")
    place.do("new", "partnership", "Beta", "id=beta", "type=cloud-providers")


def test_a_branch_is_judged_from_where_it_began(at: At) -> None:
    place = at("active")
    began = place.git("rev-parse", "HEAD").strip()
    _branched(place)
    place.git("switch", "-q", "side")

    for head in ((), ("--head", "side")):
        found = place.findings("--base", "main", *head)
        assert {one["code"] for one in found if one["severity"] == "error"} == set()
    place.edit(ACME, "stage: active", "stage: ended")
    place.git("commit", "-qam", "by hand")
    codes = {one["code"] for one in place.findings("--base", "main", "--head", "side")}
    assert codes == {one["code"] for one in place.findings("--base", began)}
    assert "stage-edited" in codes


def test_a_branch_that_nobody_can_place_is_not_judged(at: At, tmp_path: Path) -> None:
    place = at("active")
    _branched(place)
    place.git("commit-tree", "HEAD^{tree}", "-m", "from nowhere")
    nowhere = place.git("commit-tree", "HEAD^{tree}", "-m", "from nowhere").strip()

    said = place.run("check", "--base", nowhere)
    assert (said.code, "no commit in common" in said.err) == (3, True)

    url = place.root.as_uri()
    place.git("clone", "-q", "--depth", "1", "--no-single-branch", url, str(tmp_path / "shallow"))
    shallow = Place(tmp_path / "shallow")
    said = shallow.run("check", "--base", "origin/side")
    assert (said.code, "git fetch --unshallow" in said.err) == (3, True)
    assert shallow.run("check", "--base", "origin/main").code == 0


def test_an_interest_in_the_partnership_is_one_in_its_agreement(at: At) -> None:
    place = at("drafted")
    place.do("set", ACME, "interested=p-lea")
    place.do("advance", DEAL)

    said = place.refuse("approve", DEAL, "agreement-legal-review", by="p-lea")

    assert "not-separate" in said.err
