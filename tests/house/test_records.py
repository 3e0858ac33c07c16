"""This repository holds an example register: made by commands, the same each time, and clean."""

from __future__ import annotations

from pathlib import Path

import pytest

from partnerkit.store.git.repository import Git
from partnerkit.store.git.trees import WorkingTree
from partnerkit.store.load import load
from tests.house.make_records import ROOT, TODAY, differences
from tests.place import Place


@pytest.mark.long
def test_records_are_what_the_commands_make(example: Path) -> None:
    """When this fails: `make records` makes them again; read the difference."""
    assert differences(example) == []


@pytest.mark.long
def test_the_register_in_which_they_are_made_is_proven(example: Path) -> None:
    """Four policies, every kind, hundreds of commands: nothing in it broke a rule when it landed."""
    said = Place(example, day=None).run("audit", "--json", "--full")
    found = said.json
    errors = [(one["code"], one["record"], one["message"]) for one in found["findings"] if one["severity"] == "error"]
    assert (errors, said.code, found["proven"]) == ([], 0, True)
    assert len(found["entries"]) > len(list((example / "records").rglob("*.yaml")))


def test_check_passes_on_the_records_of_this_repository() -> None:
    if not (ROOT / ".git").exists():
        pytest.skip("this is no git checkout, and check judges git trees")
    said = Place(ROOT, day=None).spawn("check", "--json")

    assert said.code == 0, said.all
    assert {one["severity"] for one in said.json["findings"]} <= {"warning"}


def test_the_example_shows_every_kind_under_every_policy() -> None:
    register = load(WorkingTree(Git(ROOT))).demand()
    stages: dict[tuple[str, str], set[str]] = {}
    for record in register.of_kind(None):
        stages.setdefault((record.model.policy, record.kind), set()).add(record.stage)

    assert set(stages) == {
        *(("OPS-05-03", kind) for kind in ("partnership", "agreement", "review", "risk", "case")),
        *(("MANDALA-PCP", kind) for kind in ("partnership", "agreement", "review", "case")),
        *(("MEM-02-03", kind) for kind in ("application", "pairing", "review", "case")),
        ("OTS-PG", "partnership"),
    }
    assert stages["OPS-05-03", "partnership"] >= {"active", "decision", "assessment", "declined", "ended"}
    assert stages["MANDALA-PCP", "partnership"] == {"active", "engaging", "identified"}
    assert stages["MEM-02-03", "application"] == {"accepted", "waitlisted", "declined"}
    assert stages["OTS-PG", "partnership"] == {"after", "active", "promotion"}


def test_on_its_day_the_example_has_something_for_everybody_who_works_with_it() -> None:
    """Nothing breaches a policy that day; somebody is late, somebody is waited for, and the rest can be seen coming."""
    if not (ROOT / ".git").exists():
        pytest.skip("this is no git checkout, and check judges git trees")
    place = Place(ROOT, day=TODAY)
    assert place.json("check")["findings"] == []

    due = place.json("today", "--within", "P90D")["obligations"]
    groups = {(one["state"], one["policy"], one["record"]) for one in due}
    assert ("late", "OPS-05-03", "northwind-cloud-cooperative") in groups
    assert ("due", "MEM-02-03", "testing-summer-2026") in groups
    assert ("upcoming", "OTS-PG", "robot-evening") in groups
    assert ("waiting", "MANDALA-PCP", "saltmarsh-district-council") in groups
    assert [one["record"] for one in due if one["record"] is not None and not (one["people"] or one["role"])] == []
