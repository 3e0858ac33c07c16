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


def test_a_refusal_names_its_record_though_the_words_of_the_record_occur_in_it(place: Place) -> None:
    place.do("new", "partnership", "Assessment")
    place.do("new", "partnership", "Assessment Two")
    said = place.refuse("advance", "assessment", "assessment-two").err
    assert "    assessment: proposed → assessment needs partner-category" in said
    assert "    assessment-two: proposed → assessment needs partner-category" in said


def test_two_rows_of_one_name_are_told_of_each_other(place: Place) -> None:
    file = place.write("g.csv", "name,type\nSame,cloud-providers\nSame,cloud-providers\n")
    said = place.wrong("new", "partnership", "--from", file).err
    assert "g.csv:3: another line makes the record same already" in said
    assert "id=same-2" in said
    assert "partnerkit show same" not in said
    file = place.write("h.csv", "id,name\nsame,A\nsame,B\n")
    assert (
        "h.csv:3: another line makes the record same already" in place.wrong("new", "partnership", "--from", file).err
    )


def test_what_went_without_hooks_says_so(place: Place) -> None:
    place.do("new", "partnership", "Acme")
    for words in (
        ("add", ACME, "partnership-proposal", "https://files.example/p", "--no-verify"),
        ("set", ACME, "name=Acme Ltd", "--no-verify"),
        ("person", "add", "p-nina", "--email", "nina@lighthouse.example", "--no-verify"),
        ("policy", "set", "OPS-05-03", "notice=P60D", "--seen", "minutes/1.md", "--no-verify"),
    ):
        place.do(*words)
        assert place.git("log", "-1", "--format=%(trailers:key=Partnerkit-Hooks,valueonly)").strip() == "skipped", words
    place.do("set", ACME, "name=Acme")
    assert "Partnerkit-Hooks" not in place.git("log", "-1", "--format=%B")
    assert "Skip commit hooks; the commit says so" in " ".join(place.do("add", "--help").out.split())


def test_a_dry_run_has_taken_nothing_back(place: Place) -> None:
    place.do("new", "partnership", "Acme")
    said = place.do("undo", "--dry-run", "--reason", "no").out
    assert "would take back " in said
    assert "took back" not in said
    assert "took back " in place.do("undo", "--reason", "no").out


def test_what_of_a_policy_is_not_covered_has_its_place(place: Place) -> None:
    file = place.write("text.md", "# OPS\n\n## 1. Policy Overview\n\n### 1.9 Something new\n\nMore.\n")
    said = place.json("policy", "coverage", "OPS-05-03", "--source", file)["findings"]
    there = {one["code"]: one for one in reversed(said)}
    assert (there["clause-missing"]["file"], there["clause-missing"]["line"]) == (file, 5)
    invented = there["clause-invented"]
    assert invented["file"] == "records/policies/OPS-05-03.yaml"
    line = (place.root / invented["file"]).read_text().splitlines()[invented["line"] - 1]
    assert (invented["clause"], line.strip()) == ("OPS-05-03 §1.1", "title: Purpose")
    assert f"✗ {file}:5  clause-missing" in place.run("policy", "coverage", "--source", file).out


def test_a_rules_file_that_is_gone_is_brought_back_by_the_line_that_is_offered(place: Place) -> None:
    for name in ("people.yaml", "register.yaml"):
        (place.root / "records" / name).unlink()
        said = place.run("list")
        assert said.code == 3
        assert f"git restore -- records/{name}" in said.err
        assert "None" not in said.err
        told = place.run("check").all
        assert f"git restore -- records/{name}" in told
        assert "partnerkit init" not in told
        place.git("restore", "--", f"records/{name}")
        place.do("list")
    (place.root / "records/policies/OPS-05-03.yaml").unlink()
    assert "git restore -- records/policies/OPS-05-03.yaml" in place.run("check").all


def test_a_rules_file_that_a_commit_took_out_is_said_to_be_in_history(place: Place) -> None:
    place.git("rm", "-q", "records/people.yaml")
    place.git("commit", "-qm", "by hand", "--no-verify")
    said = place.run("new", "partnership", "Acme").err
    assert "git log -1 --diff-filter=D -- records/people.yaml" in said
