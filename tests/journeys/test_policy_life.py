"""A policy lives: it is compared, taken in, reaffirmed, followed when its pack changes, and migrated when stages go."""

from __future__ import annotations

import copy
import json
from pathlib import Path
from typing import Any

import pytest
import yaml

from partnerkit.kinds.canonical import digest
from tests.conftest import At
from tests.place import Place
from tests.policies.packs import PACKS, pack_data
from tests.scenarios.codes.running import findings, none_left, only, paste
from tests.story import ACME

NAME = "OPS-05-03"
FILE = f"records/policies/{NAME}.yaml"


def _write(place, text: str) -> None:
    (place.root / FILE).write_text(text)


def _land(place, subject: str) -> None:
    place.git("commit", "-qam", subject, "--no-verify")


def _changed(place, change) -> None:
    """The register's policy, changed in the working tree."""
    path = place.root / FILE
    data = pack_data(NAME) | {"derived-from": yaml.load(path.read_text(), yaml.CSafeLoader)["derived-from"]}
    data["variables"] = yaml.load(path.read_text(), yaml.CSafeLoader)["variables"]
    change(data)
    path.write_text(yaml.safe_dump(data, sort_keys=False, allow_unicode=True))


def _needs(data: dict[str, Any], to: str) -> list[str]:
    return next(way["needs"] for way in data["lifecycles"]["partnership"]["transitions"] if way["to"] == to)


def test_diff_says_which_gates_get_harder_and_what_becomes_void(at: At) -> None:
    place = at("decision")
    place.do("approve", ACME, "core-team-review", by="p-jonas")
    said = place.json("show", ACME)["record"]["approvals"][-1]["id"]

    def change(data: dict[str, Any]) -> None:
        _needs(data, "agreement").append("exit-strategy")
        data["requirements"]["core-team-review"]["approval"]["at-least"] = 2

    _changed(place, change)
    found = place.json("policy", "diff", NAME)

    assert {"what": "gate", "name": "partnership decision → agreement"}.items() <= found["changes"][1].items()
    effect = next(one for one in found["records"] if one["to"] == "agreement")
    assert effect["harder"] == ["core-team-review", "exit-strategy"]
    assert effect["void"] == [said]
    assert "harder: would be missing core-team-review, exit-strategy" in place.do("policy", "diff").out


def test_diff_of_words_says_so_and_concerns_no_record(at: At) -> None:
    place = at("decision")
    _changed(place, lambda data: data["requirements"]["core-team-review"].update(ask="Read everything."))
    found = place.json("policy", "diff", NAME)
    assert [(one["name"], one["demands"]) for one in found["changes"]] == [("core-team-review", False)]
    assert found["records"] == []


def test_without_a_name_every_policy_that_differs_is_told(at: At) -> None:
    place = at("decision")
    place.do("policy", "add", "MANDALA-PCP")
    assert "no policy differs" in place.do("policy", "diff").out
    assert place.json("policy", "diff") == {"schema": "partnerkit.policy-diffs/1", "policies": []}
    _changed(place, lambda data: data["requirements"]["core-team-review"].update(ask="Read everything."))
    assert place.json("policy", "diff")["policy"] == NAME
    other = place.root / "records" / "policies" / "MANDALA-PCP.yaml"
    other.write_text(other.read_text().replace("title: Closure and feedback", "title: Closure"))
    other.write_text(other.read_text().replace("A signed agreement in force", "An agreement in force"))
    assert [one["policy"] for one in place.json("policy", "diff")["policies"]] == ["MANDALA-PCP", NAME]


def test_reaffirmed_it_is_no_longer_overdue_and_voids_nothing(at: At) -> None:
    place = at("decision")
    place.do("approve", ACME, "core-team-review", by="p-jonas")
    [overdue] = [one for one in place.json("check")["findings"] if one["code"] == "policy-review-overdue"]
    assert overdue["mend"] == f"partnerkit policy reaffirm {NAME} --seen <seen> --next <day>"
    assert "say where the review can be seen" in place.wrong("policy", "reaffirm", NAME).err
    assert "say when it is due again" in place.wrong("policy", "reaffirm", NAME, "--seen", "minutes.md").err
    early = place.wrong("policy", "reaffirm", NAME, "--seen", "minutes.md", "--next", "2026-01-01")
    assert "lies no later than this one" in early.err

    place.do("policy", "reaffirm", NAME, "--seen", "minutes.md", "--next", "2027-03-02")

    codes = {one["code"] for one in place.json("check")["findings"]}
    assert not codes & {"policy-review-overdue", "approval-void"}


def test_a_policy_of_ones_own_is_taken_in_and_records_stand_under_it(at: At, tmp_path: Path) -> None:
    place = at("assessment")
    own = tmp_path / "own.yaml"
    own.write_text((PACKS / f"{NAME}.yaml").read_text().replace(f"policy: {NAME}", "policy: OWN-1", 1))

    place.do("policy", "add", str(own))

    place.do("new", "partnership", "Brook", "policy=OWN-1", "type=cloud-providers")
    assert place.json("gates", "brook")["requirements"][0]["clause"].startswith("OWN-1")
    assert "has the policy OWN-1 already" in place.wrong("policy", "add", str(own)).err
    assert "no pack 'OWN-2' is shipped" in place.wrong("policy", "add", "OWN-2").err
    own.write_text(own.read_text().replace("policy: OWN-1", "policy: OWN-3").replace("main: true", "main: maybe", 1))
    assert "write true or false" in place.refuse("policy", "add", str(own)).err


@pytest.fixture
def older(at: At):
    """A register that took the pack when it was older: it lacked a requirement and had another title."""
    place = at("assessment")
    old = pack_data(NAME)
    old["title"], old["pack-version"] = "Partnership Policy (old)", "0"
    _needs(old, "active").remove("exit-strategy")
    del old["requirements"]["exit-strategy"]
    old["clauses"]["§9.2.1"]["narrative"] = {"exit-strategies": "not yet"}
    for field in old["fields"].values():
        for spec in field.values():
            if spec.get("clause") == "§9.2.1/exit-strategies":
                spec["clause"] = "§9.2.1/due-diligence"
    before = copy.deepcopy(old)
    old["derived-from"] = {"pack": NAME, "version": "0", "digest": digest(before)}
    _write(place, yaml.safe_dump(old, sort_keys=False, allow_unicode=True))
    _land(place, "an older pack")
    place.do("policy", "set", NAME, "notice=P30D", "--seen", "minutes.md")
    return place


def test_an_upgrade_takes_what_the_pack_changed_and_keeps_what_was_decided_here(older) -> None:
    said = older.do("policy", "upgrade", NAME)

    data = yaml.load((older.root / FILE).read_text(), yaml.CSafeLoader)
    assert "exit-strategy" in _needs(data, "active")
    assert data["title"] == "Partnership Policy"
    assert data["variables"]["notice"]["value"] == "P30D"
    assert data["derived-from"]["version"] == pack_data(NAME)["pack-version"]
    assert "kept as it is here: variables.notice.value" in said.all
    assert "follows version" in older.do("policy", "upgrade", NAME).out
    assert older.run("check").code == 0


def test_an_upgrade_is_decided_in_a_case_where_the_policy_asks_for_one(older) -> None:
    data = yaml.load((older.root / FILE).read_text(), yaml.CSafeLoader)
    data["amended-by"] = {"clause": "§9.2.2/crisis-response", "case": "amendment", "in": ["unfounded"]}
    data["fields"]["case"]["type"]["choices"]["amendment"] = "§9.2.2/crisis-response"
    decides = {"clause": "§9.2.2", "covers": ["type", "amends-to"], "approval": {"role": "core-team"}}
    data["requirements"]["team-decides"] = decides
    for way in data["lifecycles"]["case"]["transitions"]:
        way["needs"] = [*way["needs"], "team-decides"] if way["to"] == "unfounded" else way["needs"]
    _write(older, yaml.safe_dump(data, sort_keys=False, allow_unicode=True))
    _land(older, "decided in a case from now on")

    said = older.refuse("policy", "upgrade", NAME)
    assert f"partnerkit policy upgrade {NAME} --amendment <case>" in said.err
    older.do("new", "case", "Newer", "id=newer", f"of={NAME}", "type=amendment", "opened=2026-03-02")
    said = older.do("policy", "upgrade", NAME, "--amendment", "newer")
    assert "kept as it is here: variables.notice.value" in said.all
    older.do("approve", "newer", "team-decides", by="p-jonas")
    older.do("advance", "newer", "unfounded", "--reason", "decided")
    older.do("policy", "amend", "newer")
    data = yaml.load((older.root / FILE).read_text(), yaml.CSafeLoader)
    assert (data["title"], data["amendments"]) == ("Partnership Policy", ["newer"])
    assert "follows version" in older.do("policy", "upgrade", NAME).out


def test_what_both_changed_is_contested_until_somebody_says_whose_counts(older) -> None:
    data = yaml.load((older.root / FILE).read_text(), yaml.CSafeLoader)
    data["title"] = "Our own title"
    _write(older, yaml.safe_dump(data, sort_keys=False, allow_unicode=True))
    _land(older, "our title")

    said = older.refuse("policy", "upgrade", NAME)
    assert "title was changed here and in the pack" in said.err
    assert "--ours title" in said.err
    assert "requirements is not contested" in older.wrong("policy", "upgrade", NAME, "--ours", "requirements").err

    paste(older, only(findings(older, ("policy", "upgrade", NAME), None), "policy-contested")["mend"], {}, None)
    assert yaml.load((older.root / FILE).read_text(), yaml.CSafeLoader)["title"] == "Our own title"


def _renamed(place, tmp_path: Path) -> Path:
    """A version in which the stage `assessment` is called `vetting`."""
    data = pack_data(NAME)
    lifecycle = data["lifecycles"]["partnership"]
    lifecycle["stages"] = {("vetting" if key == "assessment" else key): one for key, one in lifecycle["stages"].items()}
    for way in lifecycle["transitions"]:
        for key in ("from", "to"):
            value = way[key]
            names = [value] if isinstance(value, str) else value
            names = ["vetting" if name == "assessment" else name for name in names]
            way[key] = names[0] if isinstance(value, str) else names
    data["variables"] = yaml.load((place.root / FILE).read_text(), yaml.CSafeLoader)["variables"]
    path = tmp_path / "new.yaml"
    path.write_text(yaml.safe_dump(data, sort_keys=False, allow_unicode=True))
    return path


def test_a_migration_moves_records_whose_stage_is_gone_with_the_policy_in_one_commit(at: At, tmp_path: Path) -> None:
    place = at("assessment")
    new = str(_renamed(place, tmp_path))
    base = place.git("rev-parse", "HEAD").strip()
    why = ("--reason", "the board renamed it")

    assert "a migration says why" in place.wrong("policy", "migrate", NAME, "--from", new).err
    said = place.refuse("policy", "migrate", NAME, "--from", new, *why)
    assert "stage-gone" in said.err
    assert "acme stands in assessment, which the new version of OPS-05-03 no longer has" in said.err
    assert (
        "has no stage 'assesment'"
        in place.wrong("policy", "migrate", "--from", new, "--stage", "assesment=x", *why).err
    )
    place.refuse("policy", "migrate", NAME, "--from", new, "--stage", "assessment=nowhere", *why)
    assert place.git("rev-parse", "HEAD").strip() == base

    place.do("policy", "migrate", NAME, "--from", new, "--stage", "assessment=vetting", *why)

    assert place.json("show", ACME)["stage"] == "vetting"
    assert place.json("log", ACME)["entries"][-1]["type"] == "migrate"
    assert place.run("check").code == 0
    assert place.run("check", "--base", base).code == 0
    locked = place.refuse("set", ACME, "proposer=p-timo")
    assert "locked-field-changed" in locked.err  # the gate passed before the migration still vouches


def _without(place, tmp_path: Path, gone: str) -> Path:
    """A version in which a stage of the usual way is gone: one gate asks what two asked."""
    data = pack_data(NAME)
    lifecycle = data["lifecycles"]["partnership"]
    del lifecycle["stages"][gone]
    ways = [
        {**way, "from": [way["from"]] if isinstance(way["from"], str) else way["from"]}
        for way in lifecycle["transitions"]
    ]
    into = next(way for way in ways if way["to"] == gone and way.get("main"))
    out = next(way for way in ways if way["from"] == [gone] and way.get("main"))
    joined = {**into, "to": out["to"], "needs": [*into["needs"], *out["needs"]]}
    kept = [
        {**way, "from": [one for one in way["from"] if one != gone]}
        for way in ways
        if gone != way["to"] and way is not out
    ]
    lifecycle["transitions"] = [joined, *(way for way in kept if way["from"])]
    for requirement in data["requirements"].values():
        named = requirement.get("named", {})
        named |= {"in": [one for one in named["in"] if one != gone]} if named.get("kind") == "partnership" else {}
    data["variables"] = yaml.load((place.root / FILE).read_text(), yaml.CSafeLoader)["variables"]
    path = tmp_path / "new.yaml"
    path.write_text(yaml.safe_dump(data, sort_keys=False, allow_unicode=True))
    return path


def test_a_migration_past_gates_says_so_before_and_for_ever(at: At, tmp_path: Path) -> None:
    """What a migration skips is told of every record: by the dry run, by the note, by the commit, by log and why."""
    place = at("assessment")
    new = str(_without(place, tmp_path, "assessment"))
    stages = ("--stage", "assessment=detailed-review")
    words = ("policy", "migrate", NAME, "--from", new, *stages, "--reason", "fewer steps")
    told = "assessment → detailed-review, migrated, not judged; past due-diligence, reference-checks, "

    looked = json.loads(place.do(*words, "--dry-run", "--json").out)
    assert [one["id"] for one in looked["outcomes"]] == [ACME]
    assert looked["outcomes"][0]["does"].startswith(told)
    assert ACME in place.do(*words, "--dry-run").out

    done = place.do(*words)

    assert f"! {ACME}: {told}" in " ".join(done.out.split())
    assert f"{ACME}: {told}" in place.git("log", "-1", "--format=%b")
    for command in ("log", "why"):
        assert "migrated, not judged" in place.do(command, ACME).out
    assert place.run("check").code == 0


def test_a_migration_takes_no_record_past_a_decision(at: At, tmp_path: Path) -> None:
    """What was decided of no record is not skipped: refused with the record, the gate and the line that goes back."""
    place = at("decision")
    new = str(_without(place, tmp_path, "decision"))
    words = ("policy", "migrate", NAME, "--from", new, "--reason", "fewer steps")
    said = place.refuse(*words, "--stage", "decision=agreement")
    assert "migrated-past-decision" in said.err
    assert f"{ACME}: agreement lies behind core-team-review (detailed-review → agreement)" in said.err
    assert "final-decision (detailed-review → agreement), which was never passed" in said.err
    assert "OPS-05-03 §3.2.3/core-team-review" in said.err
    offered = "partnerkit policy migrate OPS-05-03 --from <file> --stage partnership.decision=detailed-review --reason <reason>"
    assert offered in said.err
    place.refuse(*words, "--stage", "decision=active")
    assert "migrated-past-decision" in place.refuse(*words, "--stage", "decision=suspended").err

    place.do(*words, "--stage", "partnership.decision=detailed-review")

    assert place.json("show", ACME)["stage"] == "detailed-review"
    assert place.run("check").code == 0
    place.refuse("advance", ACME, "agreement")


def test_a_decision_that_is_new_is_asked_of_no_record_that_comes_no_further(at: At, tmp_path: Path) -> None:
    """Gates that were passed are never judged again; but past a new one ahead of it, a record is taken no more."""
    place = at("assessment")
    path = _renamed(place, tmp_path)
    data = yaml.load(path.read_text(), yaml.CSafeLoader)
    first = next(one for one in data["requirements"].values() if "approval" in one)
    data["requirements"]["first-word"] = {"clause": copy.copy(first["clause"]), "approval": {"role": "core-team"}}
    for way in data["lifecycles"]["partnership"]["transitions"]:
        if way["to"] in {"vetting", "detailed-review"} and way.get("main"):
            way["needs"] = [*way["needs"], "first-word"]
    path.write_text(yaml.safe_dump(data, sort_keys=False, allow_unicode=True))
    words = ("policy", "migrate", NAME, "--from", str(path), "--reason", "a first word")

    said = place.refuse(*words, "--stage", "assessment=detailed-review")
    assert "detailed-review lies behind first-word (proposed → vetting)" in said.err
    assert "--stage partnership.assessment=vetting" in said.err
    place.do(*words, "--stage", "assessment=vetting")


def test_an_adopted_record_is_migrated_though_nobody_decided_on_it_here(at: At, tmp_path: Path) -> None:
    """It was taken in as it stood, behind the decision."""
    place = at("assessment")
    old = ("--adopt", "agreement", "--since", "2025-01-01", "--reason", "older than the register")
    place.do("new", "partnership", "Rowing Club", "type=universities", *old)
    new = str(_without(place, tmp_path, "agreement"))
    words = ("policy", "migrate", NAME, "--from", new, "--reason", "one step")
    place.do(*words, "--stage", "agreement=active")
    assert place.json("show", "rowing-club")["stage"] == "active"


def test_who_has_the_decision_behind_it_is_migrated_on(at: At, tmp_path: Path) -> None:
    """Past the gate at which it was decided, a record goes where the new version says."""
    place = at("agreement")
    new = str(_without(place, tmp_path, "agreement"))
    place.do("policy", "migrate", NAME, "--from", new, "--reason", "one step", "--stage", "agreement=active")
    assert place.json("show", ACME)["stage"] == "active"


def test_a_migration_by_hand_skips_no_decision_either(at: At, tmp_path: Path) -> None:
    """The judge says so of the commit, whoever wrote it."""
    place = at("decision")
    base = place.git("rev-parse", "HEAD").strip()
    new = str(_without(place, tmp_path, "decision"))
    to = ("--stage", "decision=detailed-review", "--reason", "fewer steps")
    place.do("policy", "migrate", NAME, "--from", new, *to)
    path = place.root / FILE
    path.write_text(path.read_text().replace("decision: detailed-review", "decision: agreement"))
    head, entry = place.text(ACME).replace("stage: detailed-review", "stage: agreement", 1).rsplit("  - seq:", 1)
    place.path(ACME).write_text(f"{head}  - seq:{entry.replace('detailed-review', 'agreement')}")
    place.git("commit", "-qam", "by hand", "--no-verify")
    found = {one["code"] for one in place.json("check", "--base", base)["findings"]}
    assert "migrated-past-decision" in found
    place.git("reset", "-q", "--soft", base)
    place.edit(ACME, "    to: agreement\n    at", "    to: active\n    at")
    back = only(place.findings(), "migrated-elsewhere")["mend"].partition("; ")[0]
    paste(place, back, {}, None)
    none_left(place.findings(), "migrated-elsewhere")


def test_nobody_uses_a_migration_to_skip_a_gate(at: At) -> None:
    """The stage is still there, so nothing migrates; and without a change of the policy nothing does either."""
    place = at("assessment")
    path = place.root / "records/partnerships/acme.yaml"
    text = path.read_text().replace("type: move", "type: migrate", 1)
    path.write_text(text)
    place.git("commit", "-qam", "a migration that was none", "--no-verify")
    found = {one["code"] for one in place.json("check", "--base", "HEAD~1")["findings"]}
    assert "entry-edited" in found


def test_a_register_may_begin_under_a_policy_file_of_its_own(tmp_path: Path) -> None:
    file = Path(__file__).parent / "own_policy.yaml"
    place = Place(tmp_path / "register")
    place.root.mkdir()
    place.git("init", "-q", "-b", "main")
    begin = ("init", "--name", "Lighthouse", "--person", "p-rosa", "--role", "member", "--policy")
    assert "no pack 'nothing.yaml' is shipped" in place.run(*begin, "nothing.yaml").err
    broken = place.write("broken.yaml", "format: 1\npolicy: X\n")
    assert place.run(*begin, broken).code == 1
    place.do(*begin, str(file))
    assert (place.root / "records" / "policies" / "MEET-1.yaml").read_bytes() == file.read_bytes()
    place.do("new", "partnership", "Spring Meeting", "event-city=Dortmund")
    assert place.json("list")["records"][0]["policy"] == "MEET-1"
    assert place.run("check").code == 0


def test_what_was_begun_before_a_migration_is_no_crash_after_it(at: At, tmp_path: Path) -> None:
    """A stage that is gone was no end: what was begun of a record there was begun in time."""
    place = at("assessment")
    base = place.git("rev-parse", "HEAD").strip()
    place.do("new", "risk", "They fold", f"of={ACME}", "type=financial", day="2026-03-03")
    new = str(_renamed(place, tmp_path))
    words = ("policy", "migrate", NAME, "--from", new, "--stage", "assessment=vetting", "--reason", "its name")
    place.do(*words, day="2026-03-04")
    found = place.findings("--base", base, "--head", "HEAD")
    assert {one["code"] for one in found if one["severity"] == "error"} == {"rules-and-records-together"}
