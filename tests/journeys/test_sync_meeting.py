"""`partnerkit sync` where two people worked on the same: merged by what they say, judged anew, and told who was first."""

from __future__ import annotations

import json
import re
import sys
from pathlib import Path

import yaml

from tests.sharing import Two
from tests.signing import OPENSSH, Key, sign_with
from tests.story import ACME


def ready(two: Two) -> None:
    """Everything that the decision needs is there, in both clones; the gate is open for both."""
    day = "2026-03-20"
    two.rosa.do("approve", ACME, "core-team-review", by="p-jonas", day="2026-03-06")
    two.rosa.do("add", ACME, "community-input", "https://forum.example/t/1", "kind=opened", day="2026-03-06")
    two.rosa.do("add", ACME, "community-input", "kind=closed", "summary=31 in favour", day=day)
    two.rosa.do("approve", ACME, "final-decision", "--for", "p-timo", "--seen", "minutes/1.md", day=day)
    two.rosa.do("sync")
    two.jonas.do("sync")
    two.rosa.day = two.jonas.day = day


def test_two_approvals_of_one_record_are_both_there(deciding: Two):
    two, before = deciding, deciding.rosa.text(ACME)
    two.rosa.path(ACME).write_text(before.replace("stage: decision", "stage: decision  # soon"), encoding="utf-8")
    two.rosa.git("commit", "-qam", "a remark")
    two.rosa.do("approve", ACME, "core-team-review", by="p-timo", day="2026-03-06")
    two.jonas.do("approve", ACME, "core-team-review", day="2026-03-06")
    two.rosa.do("sync")
    two.jonas.do("sync")
    two.assert_alike()
    record = yaml.load(two.rosa.text(ACME), yaml.CSafeLoader)
    approvals = [one["by"] for one in record["approvals"] if one["requirement"] == "core-team-review"]
    assert sorted(approvals) == ["p-jonas", "p-timo"]
    assert "# soon" in two.jonas.text(ACME)


@OPENSSH
def test_a_signed_decision_stays_signed_however_often_it_is_made_again(deciding: Two, tmp_path: Path):
    """The signature is under the decision itself: `sync` needs nobody to sign anew."""
    two, key = deciding, Key.made(tmp_path, "p-jonas")
    two.rosa.do("person", "set", "p-jonas", "--key", f"{key.path}.pub")
    two.rosa.do("sync")
    two.jonas.do("sync")
    sign_with(two.jonas, key)
    two.jonas.do("approve", ACME, "core-team-review", "--sign", day="2026-03-06")
    two.rosa.do("approve", ACME, "core-team-review", by="p-timo", day="2026-03-06")
    two.rosa.do("sync")
    two.jonas.do("sync")
    two.assert_alike()
    approvals = yaml.load(two.rosa.text(ACME), yaml.CSafeLoader)["approvals"]
    (mine,) = [one for one in approvals if one["by"] == "p-jonas" and one["requirement"] == "core-team-review"]
    assert two.rosa.json("audit")["statements"][mine["id"]] == "signed-statement"


def test_the_loser_of_a_race_is_told_who_and_where_and_loses_nothing(deciding: Two):
    two = deciding
    ready(two)
    two.jonas.do("advance", ACME)
    moved = two.jonas.git("rev-parse", "HEAD").strip()
    two.jonas.do("sync")
    two.rosa.do("advance", ACME)
    mine = two.rosa.git("rev-parse", "HEAD").strip()
    two.rosa.do("new", "partnership", "Other", "type=cloud-providers")
    kept = two.rosa.git("rev-parse", "HEAD").strip()
    said = two.rosa.run("sync")
    assert said.code == 1, said.all
    assert (
        f"p-jonas moved acme to agreement on 2026-03-20 ({moved[:10]}): your move to agreement is not made again"
    ) in said.out
    assert f"partnerkit/kept-{kept[:10]}" in said.out
    assert two.rosa.git("rev-parse", f"partnerkit/kept-{kept[:10]}").strip() == kept
    assert mine in two.rosa.git("rev-list", f"partnerkit/kept-{kept[:10]}").split()
    two.assert_alike()
    assert [one["to"] for one in yaml.load(two.rosa.text(ACME), yaml.CSafeLoader)["history"]].count("agreement") == 1
    assert two.jonas.path("other").exists()


def test_a_move_whose_evidence_was_withdrawn_meanwhile_is_not_made_again(deciding: Two):
    two = deciding
    ready(two)
    two.jonas.do("approve", ACME, "core-team-review", "--decision", "withdraw", "--reason", "I had misread it")
    two.jonas.do("sync")
    two.rosa.do("advance", ACME)
    said = two.rosa.run("sync", "--json")
    assert said.code == 1, said.all
    (left,) = said.json["left"]
    assert left["subject"] == "partnership/acme: decision → agreement"
    assert "core-team-review" in str(left["findings"])
    assert any(one["clause"].startswith("OPS-05-03 §3.2.3/core-team-review") for one in left["findings"])
    assert said.json["kept"]
    two.assert_alike()
    assert yaml.load(two.rosa.text(ACME), yaml.CSafeLoader)["stage"] == "decision"


def test_a_move_is_made_again_with_the_same_entry_where_others_only_added(deciding: Two):
    two = deciding
    ready(two)
    two.jonas.do("add", ACME, "communications", "kind=core-team-updates", "summary=All is well")
    two.jonas.do("sync")
    two.rosa.do("advance", ACME)
    entry = yaml.load(two.rosa.text(ACME), yaml.CSafeLoader)["history"][-1]
    two.rosa.do("sync")
    assert yaml.load(two.rosa.text(ACME), yaml.CSafeLoader)["history"][-1] == entry
    two.assert_alike()


def test_one_field_set_otherwise_by_two_is_named(two: Two):
    two.rosa.do("new", "partnership", "Acme", "type=cloud-providers")
    two.rosa.do("sync")
    two.jonas.do("sync")
    two.jonas.do("set", "acme", "partner=company")
    two.jonas.do("sync")
    two.rosa.do("set", "acme", "partner=organisation", "exit-strategy=Own machines")
    said = two.rosa.run("sync")
    assert said.code == 1
    assert "acme: partner was changed here and by others" in said.out
    assert "(company there, organisation here)" in said.out
    assert "partnerkit set acme partner=organisation" in said.out
    two.assert_alike()
    two.rosa.do("set", "acme", "partner=organisation")
    two.assert_alike()


def test_different_fields_and_lines_of_a_log_come_together(two: Two):
    two.rosa.do("new", "partnership", "Acme", "type=cloud-providers")
    two.rosa.do("sync")
    two.jonas.do("sync")
    for place, text in ((two.rosa, "They like it"), (two.jonas, "They like it less")):
        place.do("add", "acme", "communications", "kind=core-team-updates", f"summary={text}")
    two.rosa.do("set", "acme", "partner=company")
    two.jonas.do("set", "acme", "exit-strategy=Own machines")
    two.rosa.do("sync")
    two.jonas.do("sync")
    two.assert_alike()
    record = yaml.load(two.rosa.text("acme"), yaml.CSafeLoader)
    assert {one["summary"] for one in record["communications"]} == {"They like it", "They like it less"}
    assert (record["partner"], record["exit-strategy"]) == ("company", "Own machines")


def test_two_people_join_the_roster_in_two_clones(two: Two):
    two.rosa.do("person", "add", "p-ines", "--email", "ines@lighthouse.example", "--role", "core-team")
    two.jonas.do("person", "add", "p-omar", "--email", "omar@lighthouse.example", "--role", "core-team")
    two.rosa.do("sync")
    two.jonas.do("sync")
    two.assert_alike()
    assert {"p-ines", "p-omar"} <= set(
        yaml.load((two.rosa.root / "records/people.yaml").read_text(), yaml.CSafeLoader)["people"]
    )
    offered = json.loads((two.jonas.root / "schemas" / "roster.json").read_text(encoding="utf-8"))
    assert {"p-rosa", "p-jonas"} < set(offered["$defs"]["person"]["examples"])
    assert two.jonas.run("setup", "schemas", "--check").code == 0


def test_schemas_that_both_changed_are_made_of_what_both_come_to(two: Two):
    """One brings a person, the other a policy: both change the file from which editors offer people and policies."""
    two.rosa.do("person", "add", "p-ines", "--email", "ines@lighthouse.example", "--role", "core-team")
    two.jonas.do("policy", "add", "OTS-PG")
    two.rosa.do("sync")
    two.jonas.do("sync")
    assert two.jonas.run("setup", "schemas", "--check").code == 0
    offered = json.loads((two.jonas.root / "schemas" / "roster.json").read_text(encoding="utf-8"))["$defs"]
    assert "p-ines" in offered["person"]["examples"]
    assert offered["policy"]["examples"] == ["OPS-05-03", "OTS-PG"]


def test_one_id_given_to_two_people_in_two_clones_is_contested(two: Two):
    for place, house in ((two.jonas, "x"), (two.rosa, "y")):
        place.do("person", "add", "p-kim", "--email", f"kim@{house}.example", "--role", "core-team")
    two.jonas.do("sync")
    mine = two.rosa.git("rev-parse", "HEAD").strip()
    said = two.rosa.run("sync")
    assert said.code == 1, said.all
    assert "people.p-kim was made here and by others" in said.out
    assert "(emails: [kim@x.example] there, emails: [kim@y.example] here)" in said.out
    assert re.search(r"p-jonas \([0-9a-f]{10}\) was first", said.out)
    assert "partnerkit person show p-kim" in said.out
    assert two.rosa.git("rev-parse", f"partnerkit/kept-{mine[:10]}").strip() == mine
    two.assert_alike()
    people = yaml.load((two.rosa.root / "records/people.yaml").read_text(), yaml.CSafeLoader)["people"]
    assert people["p-kim"]["emails"] == ["kim@x.example"]


def test_one_persons_role_ended_on_two_days_is_contested(two: Two):
    two.rosa.do("person", "add", "p-kim", "--email", "kim@x.example", "--role", "core-team")
    two.rosa.do("sync")
    two.jonas.do("sync")
    for place, day in ((two.jonas, "2026-12-30"), (two.rosa, "2026-12-31")):
        place.do("person", "end", "p-kim", "core-team", "--until", day)
    two.jonas.do("sync")
    said = two.rosa.run("sync", "--json")
    assert said.code == 1, said.all
    (left,) = said.json["left"]
    assert [one["code"] for one in left["findings"]] == ["contested"]
    assert "people.p-kim.roles" in left["findings"][0]["message"]
    two.assert_alike()
    assert "2026-12-30" in (two.rosa.root / "records/people.yaml").read_text()


def test_a_list_that_two_set_is_contested_and_the_approval_of_it_stays(deciding: Two):
    two = deciding
    two.jonas.do("set", ACME, "commitments=[{by: partner, text: Sixty}]", day="2026-03-06")
    two.jonas.do("approve", ACME, "core-team-review", day="2026-03-06")
    two.jonas.do("sync")
    two.rosa.do("set", ACME, "commitments=[{by: partner, text: Fifty}]", day="2026-03-06")
    said = two.rosa.run("sync")
    assert said.code == 1, said.all
    assert f"{ACME}: commitments was changed here and by others" in said.out
    two.assert_alike()
    assert [one["text"] for one in yaml.load(two.rosa.text(ACME), yaml.CSafeLoader)["commitments"]] == ["Sixty"]
    assert "approval-void" not in str(two.rosa.findings())


def test_an_approval_that_came_together_with_another_text_is_told_as_void(deciding: Two):
    two = deciding
    two.jonas.do("approve", ACME, "core-team-review", day="2026-03-06")
    two.jonas.do("sync")
    two.rosa.do("set", ACME, "commitments=[{by: partner, text: Fifty}]", day="2026-03-06")
    planned = two.rosa.do("sync", "--dry-run", "--json").json["void"]
    said = two.rosa.do("sync", "--json").json["void"]
    assert [(one["code"], one["record"]) for one in said] == [("approval-void", ACME)]
    assert "of p-jonas for core-team-review is void" in said[0]["message"]
    assert planned == said
    got = two.jonas.do("sync")
    assert "of p-jonas for core-team-review is void" in got.out
    assert "partnerkit approve acme core-team-review" in got.out
    assert "is void" not in two.jonas.do("sync").out
    two.assert_alike()


def test_an_approval_that_a_policy_from_elsewhere_makes_void_is_told(deciding: Two):
    """The record's own file is the same on both sides."""
    two = deciding
    two.rosa.do("approve", ACME, "core-team-review", by="p-jonas", day="2026-03-06")
    two.rosa.do("sync")
    two.jonas.do("policy", "set", "OPS-05-03", "core-team-votes=2", "--seen", "minutes/9.md", day="2026-03-06")
    two.jonas.do("sync")
    said = two.rosa.do("sync", "--json").json["void"]
    assert [(one["code"], one["record"]) for one in said] == [("approval-void", ACME)]


def test_the_same_change_twice_is_one(two: Two):
    two.rosa.do("new", "partnership", "Acme", "type=cloud-providers")
    two.jonas.git("pull", "-q", str(two.rosa.root), "main")
    two.rosa.do("sync")
    (two.jonas.root / "NOTES.md").write_text("x\n", encoding="utf-8")
    two.jonas.git("add", "NOTES.md")
    two.jonas.git("commit", "-qm", "notes")
    two.assert_alike()
    assert two.rosa.git("rev-list", "--count", "--all", "--", "records/partnerships").strip() == "1"


def test_a_move_whose_decisions_were_taken_anew_rests_on_those(deciding: Two):
    """Its gate is open, but by other words than those it named: it is another entry, of today."""
    two = deciding
    ready(two)
    two.rosa.do("advance", ACME)
    first = yaml.load(two.rosa.text(ACME), yaml.CSafeLoader)["history"][-1]
    two.jonas.day = "2026-03-21"
    two.jonas.do("approve", ACME, "core-team-review", "--decision", "withdraw", "--reason", "I had misread it")
    two.jonas.do("approve", ACME, "core-team-review", by="p-timo")
    two.jonas.do("approve", ACME, "final-decision", "--for", "p-timo", "--seen", "minutes/2.md", day="2026-03-22")
    two.jonas.do("sync")
    two.rosa.day = two.jonas.day = "2026-03-23"
    two.rosa.do("sync")
    two.assert_alike()
    again = yaml.load(two.rosa.text(ACME), yaml.CSafeLoader)["history"][-1]
    assert (again["to"], again["by"], str(again["at"])[:10]) == ("agreement", "p-rosa", "2026-03-23")
    assert again["uses"] != first["uses"]
    assert again["id"] != first["id"]
    assert again["id"] in two.rosa.git("log", "-1", "--format=%B")


def test_an_undo_here_of_what_others_went_on_from_is_not_made_again(deciding: Two):
    two = deciding
    ready(two)
    two.jonas.do("advance", ACME)
    two.jonas.do("sync")
    two.rosa.do("sync")
    two.jonas.do("advance", ACME, "withdrawn", "--reason", "they closed")
    two.jonas.do("sync")
    two.rosa.do("undo", "--reason", "too early")
    said = two.rosa.run("sync")
    assert said.code == 1
    assert "p-jonas moved acme to withdrawn on 2026-03-20" in said.out
    two.assert_alike()


def test_what_was_not_made_again_is_told_though_nothing_can_be_sent(deciding: Two):
    two = deciding
    ready(two)
    two.jonas.do("advance", ACME)
    two.jonas.do("sync")
    two.rosa.do("advance", ACME)
    two.rosa.do("new", "partnership", "Other", "type=cloud-providers")
    two.rosa.git("config", "remote.origin.pushurl", "/nowhere/at/all")
    said = two.rosa.run("sync")
    assert said.code == 3
    assert "p-jonas moved acme to agreement" in said.err
    assert "git could not send to origin" in said.err
    two.rosa.git("config", "--unset", "remote.origin.pushurl")
    two.assert_alike()


def test_two_who_withdraw_the_same_word_are_told_what_stays(deciding: Two):
    two = deciding
    ready(two)
    for place, why in ((two.jonas, "I had misread it"), (two.rosa, "He had misread it")):
        place.do("approve", ACME, "core-team-review", "--decision", "withdraw", "--reason", why, by="p-jonas")
    two.jonas.do("sync")
    said = two.rosa.run("sync")
    assert said.code == 1
    assert "(reason: I had misread it there, reason: He had misread it here): theirs stays" in said.out
    assert "partnerkit show acme" in said.out
    two.assert_alike()


def test_what_is_committed_while_others_are_waited_for_is_kept_too(deciding: Two):
    """Somebody commits here after the sync began: where that is not made again either, a branch holds it."""
    two = deciding
    ready(two)
    two.jonas.do("advance", ACME)
    two.jonas.do("sync")
    late = f"{sys.executable} -m partnerkit -C {two.rosa.root} --today {two.rosa.day} advance {ACME}"
    two.rosa.git("config", "remote.origin.uploadpack", f"{late} >&2; git-upload-pack")
    said = two.rosa.run("sync")
    assert said.code == 1, said.all
    assert "p-jonas moved acme to agreement" in said.out
    kept = two.rosa.git("for-each-ref", "--format=%(refname)", "refs/heads/partnerkit/").split()
    assert [two.rosa.git("log", "-1", "--format=%s", one).strip() for one in kept] == [
        "partnership/acme: decision → agreement"
    ]
