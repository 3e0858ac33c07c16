"""What landed against the rules is taken back though the policy has a new version since, in which stages are called otherwise."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import yaml

from tests.place import Place
from tests.scenarios.cheat import commit, forge
from tests.scenarios.landing import audited
from tests.scenarios.test_voids import WHY, advanced_by_hand, errors, latest

FILE = "records/policies/OPS-05-03.yaml"


def called(value: Any, old: str, new: str) -> Any:
    """A part of a policy in which a stage has another name."""
    if isinstance(value, dict):
        return {called(key, old, new): called(one, old, new) for key, one in value.items()}
    if isinstance(value, list):
        return [called(one, old, new) for one in value]
    return new if value == old else value


def renamed(place: Place, old: str, new: str, *words: str) -> None:
    """The policy is migrated to a version in which a stage of a partnership is called otherwise."""
    data = yaml.load((place.root / FILE).read_text(encoding="utf-8"), yaml.CSafeLoader)
    data["lifecycles"]["partnership"] = called(data["lifecycles"]["partnership"], old, new)
    for one in data["requirements"].values():
        if one.get("named", {}).get("kind") == "partnership":
            one["named"] = called(one["named"], old, new)
    path = Path(place.write(f"{new}.yaml", yaml.safe_dump(data, sort_keys=False, allow_unicode=True)))
    how = ("--from", str(path), *words, "--reason", "a clearer word")
    place.do("policy", "migrate", "OPS-05-03", *how, day="2026-07-02")


def moves(old: str, new: str) -> tuple[str, str]:
    return "--stage", f"partnership.{old}={new}"


def test_an_illegal_advance_before_a_migration_is_voided(at):
    """The record was moved on to what the stage is called now: the illegal entry is the latest move still."""
    place = at("assessment")
    bad = advanced_by_hand(place)
    renamed(place, "detailed-review", "review", *moves("detailed-review", "review"))
    assert place.json("show", "acme")["stage"] == "review"
    mends = {one["mend"] for one in audited(place)["findings"] if one["entry"] == bad}
    assert all(f"partnerkit undo {bad} --void" in mend for mend in mends)
    place.do("undo", bad, "--void", *WHY, by="p-jonas", day="2026-07-03")
    assert place.json("show", "acme")["stage"] == "assessment"
    assert place.run("check").code == 0
    found = audited(place)
    assert found["proven"], errors(found["findings"])
    assert "voided" in place.do("log", "acme").out


def test_the_stage_to_which_a_void_leads_is_called_as_it_is_now(at):
    place = at("assessment")
    bad = advanced_by_hand(place)
    renamed(place, "assessment", "vetting")
    said = place.refuse("undo", bad, "--void", *WHY, by="p-jonas", day="2026-07-03")
    assert "leads acme to assessment, which OPS-05-03 has no more" in said.err
    how = f"partnerkit policy migrate OPS-05-03 --from {FILE} --stage partnership.assessment=<stage> --reason <reason>"
    assert how in said.err
    place.do("policy", "migrate", "OPS-05-03", "--from", FILE, *moves("assessment", "vetting"), "--reason", "forgotten")
    place.do("undo", bad, "--void", *WHY, by="p-jonas", day="2026-07-03")
    assert place.json("show", "acme")["stage"] == "vetting"
    assert place.run("check").code == 0
    assert audited(place)["proven"]


@pytest.mark.long
def test_both_are_called_otherwise_and_once_more(at):
    """What became of a stage is told through every version."""
    place = at("assessment")
    bad = advanced_by_hand(place)
    renamed(place, "detailed-review", "review", *moves("detailed-review", "review"))
    renamed(place, "assessment", "vetting", *moves("assessment", "vetting"))
    renamed(place, "vetting", "first-look", *moves("vetting", "first-look"))
    renamed(place, "review", "second-look", *moves("review", "second-look"))
    place.do("undo", bad, "--void", *WHY, by="p-jonas", day="2026-07-03")
    assert place.json("show", "acme")["stage"] == "first-look"
    assert place.run("check").code == 0
    assert audited(place)["proven"]


def test_a_move_is_undone_though_the_stage_before_it_is_called_otherwise(at):
    place = at("assessment")
    place.do("advance", "acme", "withdrawn", "--reason", "they left")
    renamed(place, "assessment", "vetting", *moves("assessment", "vetting"))
    place.do("undo", latest(place), "--reason", "they came back", day="2026-07-03")
    assert place.json("show", "acme")["stage"] == "vetting"
    assert place.run("check").code == 0
    assert audited(place)["proven"]
    assert "locked-field-changed" in place.refuse("set", "acme", "proposer=p-timo", day="2026-07-03").err


def test_a_move_is_undone_though_the_record_was_migrated_since(at):
    place = at("assessment")
    move = latest(place)
    renamed(place, "assessment", "vetting", *moves("assessment", "vetting"))
    place.do("undo", move, "--reason", "too early", day="2026-07-03")
    assert place.json("show", "acme")["stage"] == "proposed"
    place.do("advance", "acme", day="2026-07-03")
    assert place.json("show", "acme")["stage"] == "vetting"
    assert audited(place)["proven"]


def test_a_migration_is_not_undone_while_its_stage_is_gone(at):
    place = at("assessment")
    renamed(place, "assessment", "vetting", *moves("assessment", "vetting"))
    migration = latest(place)
    said = place.wrong("undo", migration, day="2026-07-03").err
    assert "took acme out of stages that OPS-05-03 no longer has" in said
    forge(place, "acme", "assessment", type_="undo", undoes=migration, reason="so", day="2026-07-03")
    assert "wrong-value" in errors(place.findings())


@pytest.mark.parametrize("to", ["active", "detailed-review"])
def test_a_migration_typed_by_hand_is_voided(at, to):
    place = at("assessment")
    forge(place, "acme", to, type_="migrate", reason="so", day="2026-07-02")
    commit(place)
    bad = latest(place)
    (found,) = audited(place)["findings"]
    assert found["code"] == "migrated-alone"
    assert f"partnerkit undo {bad} --void" in found["mend"]
    place.do("undo", bad, "--void", *WHY, by="p-jonas", day="2026-07-03")
    assert place.json("show", "acme")["stage"] == "assessment"
    assert audited(place)["proven"]


def test_what_was_voided_takes_its_migration_with_it(at):
    """Else the migration could be voided next, and lead to where nobody decided to put the record."""
    place = at("assessment")
    bad = advanced_by_hand(place)
    renamed(place, "detailed-review", "review", *moves("detailed-review", "review"))
    migration = latest(place)
    place.do("undo", bad, "--void", *WHY, by="p-jonas", day="2026-07-03")
    assert "not the latest" in place.wrong("undo", migration, "--void", *WHY, by="p-lea", day="2026-07-03").err
    forge(place, "acme", "review", type_="void", undoes=migration, reason="so", by="p-lea", day="2026-07-03")
    assert "undoes-another" in errors(place.findings())
