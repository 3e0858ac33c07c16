"""Rules are governed too: who may change them is said by what stood before, and what they weaken is said in words."""

from __future__ import annotations

import re

import pytest

from tests.place import Place
from tests.scenarios.cheat import commit
from tests.scenarios.landing import METHODS, audited, landed

SETTINGS = "records/register.yaml"
POLICY = "records/policies/OPS-05-03.yaml"
LEGAL = "§3.2.2/legal-review no longer required for decision"


def errors(found):
    return [one["code"] for one in found if one["severity"] == "error"]


def edit(place: Place, path: str, old: str, new: str) -> None:
    file = place.root / path
    text = file.read_text(encoding="utf-8")
    assert old in text
    file.write_text(text.replace(old, new, 1), encoding="utf-8")


def governed(place: Place) -> Place:
    """Only those of the committee change the rules of this register."""
    roles = "policies: [partnership-committee], people: [partnership-committee], register: [partnership-committee]"
    edit(place, SETTINGS, "trust:\n", f"trust:\n  rules-changed-by: {{{roles}}}\n")
    commit(place)
    return place


def test_a_writer_without_the_role_is_refused_and_told_who_holds_it(at):
    place = governed(at("decided"))
    said = place.refuse("person", "role", "p-lea", "core-team")
    assert "partnership-committee: p-timo" in said.err
    place.do("person", "role", "p-lea", "core-team", by="p-timo")
    said = place.refuse("policy", "set", "OPS-05-03", "notice=P10D", "--seen", "minutes/x.md")
    assert "trust.rules-changed-by" in said.err
    place.do("policy", "set", "OPS-05-03", "notice=P10D", "--seen", "minutes/x.md", by="p-timo")
    assert audited(place)["proven"]


def test_records_are_still_everybodys(at):
    place = governed(at("decided"))
    place.do("set", "acme", "starts=2026-08-01")
    assert audited(place)["proven"]


@pytest.mark.parametrize("method", METHODS)
@pytest.mark.parametrize(
    ("path", "old", "new"),
    [
        ("records/people.yaml", "  p-lea:\n", "  p-eve:\n    emails: [eve@lighthouse.example]\n  p-lea:\n"),
        (POLICY, "partnership-proposal, due-diligence", "partnership-proposal, due-diligence"),
        (SETTINGS, "time-zone: ", "time-zone: Europe/Berlin # "),
    ],
    ids=["people", "policy", "register"],
)
def test_past_the_command_it_is_found_however_it_landed(at, method, path, old, new):
    place = governed(at("decided"))
    if path == POLICY:
        old, new = "title: ", "title: Our "
    edited = path

    def change(here):
        edit(here, edited, old, new)
        assert "rules-changed-by-another" in errors(here.findings())

    base = landed(place, method, change)
    found = audited(place, "--since", base)
    assert errors(found["findings"]) == ["rules-changed-by-another"]
    assert found["rules"][0]["files"] == [path]


def test_whoever_loosens_it_must_have_held_the_role_before(at):
    """The register that judges is the one before: nobody lets themselves in."""
    place = governed(at("decided"))
    text = (place.root / SETTINGS).read_text(encoding="utf-8")
    (place.root / SETTINGS).write_text(re.sub(r"  rules-changed-by:.*\n", "", text), encoding="utf-8")
    commit(place)
    found = audited(place)
    assert errors(found["findings"]) == ["rules-changed-by-another"]
    assert "policies may be changed by anybody on the roster instead of partnership-committee" in str(found["rules"])


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        (
            "needs: [strategic-review, financial-review, legal-review,",
            "needs: [strategic-review, financial-review,",
            LEGAL,
        ),
        ("at-least: 2", "at-least: 1", "at-least from 2 to 1"),
        ("separation-of-duties: require", 'separation-of-duties: "off"', "loosened from require to off"),
    ],
)
def test_what_is_weakened_is_said_in_words(at, old, new, told):
    place = at("decided")
    path = SETTINGS if "separation" in old else POLICY
    text = (place.root / path).read_text(encoding="utf-8")
    assert old in text
    (place.root / path).write_text(text.replace(old, new), encoding="utf-8")
    commit(place)
    found = audited(place)
    assert told in str(found["rules"][-1]["weakened"])
    assert told in place.run("audit").out


def test_a_role_given_and_an_address_added_are_said(at):
    place = at("decided")
    place.do("person", "role", "p-lea", "core-team")
    place.do("person", "add", "p-eve", "--email", "eve@lighthouse.example", "--role", "core-team")
    told = [words for one in audited(place)["rules"] for words in one["weakened"]]
    assert any(one.startswith("p-lea holds core-team from") for one in told)
    assert any(one.startswith("p-eve holds core-team from") for one in told)


def test_a_key_that_does_not_exist_is_refused(at):
    place = at("decided")
    edit(place, SETTINGS, "trust:\n", "trust:\n  rules-changed-by: {policy: [core-team]}\n")
    said = place.run("check")
    assert (said.code, "policies" in said.all) == (3 if said.code == 3 else 1, True)


CHANGES = {
    "records/people.yaml": ("  p-lea:\n", "  p-eve:\n    emails: [eve@lighthouse.example]\n  p-lea:\n"),
    POLICY: ("title: ", "title: Our "),
    SETTINGS: ("time-zone: ", "time-zone: Europe/Berlin # "),
}


@pytest.mark.parametrize(
    ("by", "may"),
    [
        ("p-lea", {"records/people.yaml"}),
        ("p-timo", {POLICY, SETTINGS}),
        ("p-jonas", {POLICY}),
        ("eve@elsewhere.example", set()),
    ],
)
def test_each_sort_of_rules_has_its_own_keepers(at, by, may):
    """All three are changed in one commit: what its author may not change is found, each with whose it is."""
    place = at("decided")
    own = "policies: [core-team], people: [legal-reviewer], register: [partnership-committee, legal-counsel]"
    edit(place, SETTINGS, "trust:\n", f"trust:\n  rules-changed-by: {{{own}}}\n")
    edit(
        place,
        "records/people.yaml",
        "      - role: core",
        "      - role: legal-counsel\n        from: 2026-01-01\n      - role: core",
    )
    commit(place)
    for path, (old, new) in CHANGES.items():
        edit(place, path, old, new)
    place.person = by
    commit(place)
    whose = {
        "records/people.yaml": "legal-reviewer: p-lea",
        POLICY: "core-team: p-jonas, p-rosa, p-timo",
        SETTINGS: "partnership-committee or legal-counsel: p-rosa, p-timo",
    }
    who = by if by.startswith("p-") else "somebody whom the roster does not know"
    found = [one for one in audited(place)["findings"] if one["code"] == "rules-changed-by-another"]
    assert [(one["file"], one["message"]) for one in found] == [
        (path, f"{path} is changed by {who}, and {SETTINGS} (trust.rules-changed-by) leaves that to {roles}")
        for path, roles in sorted(whose.items())
        if path not in may
    ]


def test_rules_that_nobody_could_ever_change_are_warned_of(at):
    place = at("decided")
    edit(place, SETTINGS, "trust:\n", "trust:\n  rules-changed-by: {policies: [bord], people: [core-team]}\n")
    (found,) = [one for one in place.findings() if one["code"] == "keepers-missing"]
    assert (found["severity"], found["file"]) == ("warning", SETTINGS)
    assert "leaves policies to bord, which nobody holds" in found["message"]
    assert found["mend"] == "partnerkit person role <person> bord"
