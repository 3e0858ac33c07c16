"""Rules bent in the step that relies on them are found: roster, settings, policies, roles named in a record."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from partnerkit.findings import Finding
from partnerkit.store import rule_files
from tests.scenarios.cheat import ACME, REVIEW, WAYS, commit, expect, findings, rewrite
from tests.scenarios.codes.running import pasted
from tests.scenarios.test_statement_cheats import decided

PEOPLE, SETTINGS, POLICY = "records/people.yaml", "records/register.yaml", "records/policies/OPS-05-03.yaml"


def edit(place, path, old, new):
    text = (place.root / path).read_text(encoding="utf-8")
    assert old in text
    (place.root / path).write_text(text.replace(old, new, 1), encoding="utf-8")


def landed_together(place, change):
    """A stage change made by the command, and the rules changed beside it in one range."""
    base = place.git("rev-parse", "HEAD").strip()
    place.do("advance", "acme", "withdrawn", "--reason", "they lost interest")
    change(place)
    commit(place)
    return place.findings("--base", base, "--head", "HEAD"), place.findings("--base", base)


@pytest.mark.parametrize(
    ("path", "old", "new", "words"),
    [
        (PEOPLE, "rosa@lighthouse.example", "rosa@elsewhere.example", "people.yaml"),
        (POLICY, "title: Why it is withdrawn", "title: Why", "OPS-05-03.yaml"),
        (POLICY, "outcomes: [pass, conditions]", "outcomes: [pass, conditions, fail]", "OPS-05-03.yaml"),
        (SETTINGS, "name: Lighthouse Community", "name: Lighthouse", "register.yaml"),
        (SETTINGS, "separation-of-duties: require", "separation-of-duties: off", "loosened from require to off"),
    ],
)
def test_rules_changed_in_the_same_range_as_a_stage(at, path, old, new, words):
    for found in landed_together(at("decided"), lambda place: edit(place, path, old, new.replace("off", '"off"'))):
        mine = [one for one in found if one["code"] == "rules-and-records-together"]
        assert [(one["file"], one["record"]) for one in mine] == [(ACME, "acme")]
        assert words in mine[0]["message"]
        assert path in mine[0]["mend"]


def test_rules_changed_beside_an_uncommitted_stage_change(at):
    """The same, all of it lying in the working tree."""
    place = at("decided")
    place.do("advance", "acme", "withdrawn", "--reason", "they lost interest")
    place.git("reset", "--soft", "HEAD~1")
    edit(place, SETTINGS, "separation-of-duties: require", 'separation-of-duties: "off"')
    found = place.findings()
    expect(place, found, (("rules-and-records-together", ACME, "seq: 5"),))
    assert "loosened" in next(one["message"] for one in found if one["code"] == "rules-and-records-together")


def test_rules_alone_may_change(at):
    place = at("decided")
    edit(place, SETTINGS, "name: Lighthouse Community", "name: Lighthouse")
    assert [one for one in place.findings() if one["severity"] == "error"] == []


@pytest.fixture
def two_policies(at):
    """A register that allows a second policy, which asks for nothing."""

    def made(state):
        place = at(state)
        lax = (place.root / POLICY).read_text(encoding="utf-8").replace("policy: OPS-05-03\n", "policy: LAX\n", 1)
        (place.root / "records/policies/LAX.yaml").write_text(lax, encoding="utf-8")
        edit(place, SETTINGS, "OPS-05-03", "LAX, OPS-05-03") if "[OPS-05-03]" in (
            place.root / SETTINGS
        ).read_text() else edit(place, SETTINGS, "- OPS-05-03", "- OPS-05-03\n    - LAX")
        commit(place)
        assert [one for one in place.findings() if one["severity"] == "error"] == []
        return place

    return made


@pytest.mark.parametrize("way", WAYS)
@pytest.mark.parametrize("state", ["decided", "agreement"])
def test_policy_switched_to_a_laxer_one_that_is_allowed_too(two_policies, state, way):
    place = two_policies(state)
    place.edit("acme", "policy: OPS-05-03", "policy: LAX")
    expect(
        place,
        findings(place, way),
        (
            ("identity-changed", ACME, "policy: LAX"),
            ("policy-of-another", "records/risks/acme-they-fold.yaml", "policy: OPS-05-03"),
        ),
    )
    if way == "range":
        codes = {one["code"] for one in place.findings() if one["file"] == ACME}
        assert "content-differs" in codes, "the first seal vouches for the policy"


@pytest.fixture
def in_record(at):
    """A register whose policy lets only the manager named in the partnership sign reviews off; p-timo is one too."""
    place = at("review")
    edit(
        place,
        POLICY,
        "    approval:\n      role: partnership-manager\n",
        "    approval:\n      role: partnership-manager\n      in-record: true\n",
    )
    commit(place)
    place.do("person", "role", "p-timo", "partnership-manager")
    assert [one for one in place.findings() if one["severity"] == "error"] == []
    return place


@pytest.mark.parametrize("way", WAYS)
@pytest.mark.parametrize("advanced", [False, True], ids=["approval only", "stage too"])
def test_named_in_a_record_and_approving_in_the_same_step(in_record, way, advanced):
    """p-timo is put into the partnership's roles and signs off in one step: he was not named before it."""
    place = in_record
    base = place.git("rev-parse", "HEAD").strip()
    place.do("set", "acme", "roles.partnership-manager=p-timo")
    place.do("approve", "acme-march", "review-sign-off", by="p-timo")
    if advanced:
        place.do("advance", "acme-march")
    assert [one for one in place.findings() if one["severity"] == "error"] == [], "step by step it is legal"
    if way == "working tree":
        place.git("reset", "--soft", base)
        found = place.findings()
    else:
        found = place.findings("--base", base, "--head", "HEAD")
    expect(place, found, (("role-not-named-before", REVIEW, "id: a-"),))
    if advanced:
        expect(place, found, (("requirement-unmet", REVIEW, "seq: 2"),))
    if way == "working tree":
        pasted(place, "role-not-named-before")


def test_named_before_and_approving_is_legal(in_record):
    base = in_record.git("rev-parse", "HEAD").strip()
    in_record.do("approve", "acme-march", "review-sign-off", by="p-rosa")
    in_record.do("advance", "acme-march")
    assert [one for one in in_record.findings("--base", base) if one["severity"] == "error"] == []


@pytest.mark.parametrize("way", WAYS)
def test_given_a_role_and_deciding_in_the_same_step(at, way):
    """p-lea becomes a member of the core team and decides, all in one step."""
    place = at("decided")
    edit(place, PEOPLE, "role: legal-reviewer", "role: core-team")
    decided("acme", "final-decision", "p-lea", "core-team")(place)
    expect(place, findings(place, way), (("role-not-held", ACME, "id: a-"),))


@pytest.mark.parametrize("way", WAYS)
def test_proposer_changed_and_deciding_in_the_same_step(at, way):
    """The proposer hands the proposal to somebody else on paper and decides: the step is judged by who proposed before."""
    place = at("decided")
    rewrite(place, "acme", lambda data: data.update(proposer="p-lea"))
    decided("acme", "final-decision", "p-rosa", "core-team")(place)
    expect(place, findings(place, way), (("not-separate", ACME, "id: a-"),))


def test_rules_that_cannot_be_read_in_the_base_stop_the_check(at):
    place = at("decided")
    (place.root / PEOPLE).write_text("format: 1\npeople: [\n", encoding="utf-8")
    commit(place)
    (place.root / PEOPLE).write_text("format: 1\npeople: {}\n", encoding="utf-8")
    said = place.run("check")
    assert said.code == 3
    assert "people.yaml:3" in said.err


def test_a_register_that_vanishes_is_no_pass(at):
    place = at("decided")
    shutil.rmtree(place.root / "records")
    assert place.run("check").code != 0
    base = commit(place)
    assert place.run("check", "--base", base, "--head", "HEAD").code != 0


@pytest.mark.parametrize("name", ["lax/OPS-05-03.yaml", "lax/deep/LAX.yaml"])
def test_a_policy_anywhere_but_in_its_place_stops_everything(at, name):
    """Nothing says which of two files judges, so none does: not even a laxer copy in a sub-folder."""
    place = at("decided")
    path = place.root / "records/policies" / name
    path.parent.mkdir(parents=True, exist_ok=True)
    lax = (place.root / POLICY).read_text(encoding="utf-8").replace("fraction:", "at-least: 1 #")
    path.write_text(lax, encoding="utf-8")
    expect(place, place.findings(), (("unknown-folder", f"records/policies/{name}", None),))
    commit(place)
    said = place.run("advance", "acme")
    assert (said.code, "nothing changed" in said.err or name in said.err) == (3, True)
    assert name in place.run("check").err


def test_a_policy_that_comes_twice_judges_nothing():
    """Where a file system tells no capitals apart, or a name was mistaken, two files can hold one policy."""
    found: list[Finding] = []
    raw = Path("src/partnerkit/policies/packs/OPS-05-03.yaml").read_bytes()
    policies = rule_files._policies({POLICY: raw, "records/policies/x/OPS-05-03.yaml": raw}, found)
    assert [policies["OPS-05-03"].path, *(one.code for one in found)] == [POLICY, "id-repeated"]
