"""The roster as a command shows it; roles for a scope stand in test_own_policy.py."""

from __future__ import annotations

import shlex
from collections.abc import Callable
from typing import Any

import pytest
import yaml

from tests.conftest import At
from tests.place import Place


def test_person_show_says_who_holds_what_and_when(place: Place) -> None:
    place.do("person", "end", "p-jonas", "core-team", "--until", "2026-03-05")
    place.do("person", "role", "p-jonas", "legal-reviewer", "--from", "2026-05-01")
    said = place.do("person", "show", "p-jonas", day="2026-04-01").out
    assert said.splitlines() == [
        "p-jonas  jonas@lighthouse.example",
        "  core-team         from 2026-03-02 until 2026-03-05  ended",
        "  legal-reviewer    from 2026-05-01                   not yet",
    ]
    whole = place.do("person", "show").out
    assert whole.endswith("4 people\n")
    assert "p-lea  lea@lighthouse.example\n  legal-reviewer" in whole
    assert "did you mean p-jonas" in place.wrong("person", "show", "p-jona").err


def test_a_role_that_is_held_already_says_where_to_look(place: Place) -> None:
    said = place.wrong("person", "role", "p-jonas", "core-team").err
    assert "p-jonas holds the role core-team on 2026-03-02 already" in said
    assert "→ partnerkit person show p-jonas" in said
    assert "→ partnerkit person show p-jonas" in place.wrong("person", "end", "p-jonas", "legal-reviewer").err


ROSTER = "records/people.yaml"


@pytest.mark.parametrize(
    "address", ["", "  ", "nope", "@lighthouse.example", "a b@x.example", "a@x.example\nb@x.example"]
)
def test_what_is_no_address_is_refused_and_found(place: Place, address: str) -> None:
    said = place.wrong("person", "add", "p-nina", "--email", address)
    assert "is no e-mail address" in said.err
    assert "partnerkit person add p-nina --email <email>" in said.err
    rewrite_roster(place, lambda data: data["people"]["p-lea"].update(emails=[address]))
    [found] = [one for one in place.findings() if one["file"] == ROSTER]
    assert found["code"] == "wrong-value"
    assert "is no e-mail address" in found["message"]
    assert found["line"] == line_of(place, "p-lea") + 2


def test_an_address_is_the_same_in_other_letters_and_with_spaces_around_it(place: Place) -> None:
    for address in (" lea@lighthouse.example", "LEA@Lighthouse.example ", "lea@lighthouse.example"):
        assert "is the address of p-lea already" in place.wrong("person", "add", "p-nina", "--email", address).err
    place.do("person", "add", "p-nina", "--email", " nina@lighthouse.example ", "--role", "core-team")
    assert "- nina@lighthouse.example\n" in (place.root / ROSTER).read_text(encoding="utf-8")
    place.do("person", "show", by="NINA@lighthouse.example")


@pytest.mark.parametrize("what", ["emails", "shared-mailboxes"])
def test_a_space_in_the_file_hides_no_address(place: Place, what: str) -> None:
    def change(data: dict[str, Any]) -> None:
        (data if what == "shared-mailboxes" else data["people"]["p-lea"])[what] = [" Timo@lighthouse.example"]

    rewrite_roster(place, change)
    assert {"wrong-value"} <= {one["code"] for one in place.findings() if one["file"] == ROSTER}


def test_a_role_is_not_ended_before_what_was_decided_in_it(at: At) -> None:
    place = at("agreement")
    said = place.refuse("person", "end", "p-timo", "core-team", "--until", "2026-03-10")
    assert "acme: p-timo decided on final-decision as core-team on 2026-03-20" in said.err
    assert "→ partnerkit person end p-timo core-team --until 2026-03-20" in said.err
    place.do("person", "end", "p-timo", "core-team", "--until", "2026-03-20")
    assert not [one for one in place.findings() if one["severity"] == "error"]


def test_a_role_that_was_ended_too_early_by_hand_is_given_back_by_the_line_that_is_offered(at: At) -> None:
    place = at("agreement", day="2026-03-25")
    rewrite_roster(place, lambda data: data["people"]["p-timo"]["roles"][0].update(until="2026-03-10"))
    place.git("commit", "-qam", "He left", "--no-verify")
    [found] = [one for one in place.findings() if one["code"] == "role-not-held"]
    assert found["mend"] == "partnerkit person role p-timo core-team --from 2026-03-20"
    place.do(*shlex.split(found["mend"])[1:])
    assert not [one for one in place.findings() if one["severity"] == "error"]


def test_a_decision_by_somebody_who_never_held_the_role_is_taken_back_by_the_line_that_is_offered(at: At) -> None:
    place = at("decision")
    place.do("approve", "acme", "core-team-review", by="p-jonas", day="2026-03-06")
    rewrite_roster(place, lambda data: data["people"]["p-jonas"].update(roles=[]))
    place.git("commit", "-qam", "He never was", "--no-verify")
    place.day = "2026-03-07"
    [found] = [one for one in place.findings() if one["code"] == "role-not-held"]
    where, _, offered = found["mend"].partition("; if the decision was never theirs: ")
    assert where.startswith("git show ")  # a slip in the roster comes first
    place.do(*shlex.split(offered.replace("<reason>", "mistaken"))[1:])
    assert not [one for one in place.findings() if one["severity"] == "error"]


def rewrite_roster(place: Place, change: Callable[[dict[str, Any]], None]) -> None:
    """Change people.yaml by hand."""
    path = place.root / ROSTER
    data = yaml.safe_load(path.read_text(encoding="utf-8").replace("from: 2026-03-02", 'from: "2026-03-02"'))
    change(data)
    path.write_text(yaml.safe_dump(data, sort_keys=False), encoding="utf-8")


def line_of(place: Place, text: str) -> int:
    """The line of people.yaml that holds a text first."""
    lines = (place.root / ROSTER).read_text(encoding="utf-8").splitlines()
    return next(number for number, line in enumerate(lines, 1) if text in line)
