"""This repository holds an example register: made by commands, the same each time, and clean."""

from __future__ import annotations

from pathlib import Path

import pytest

from partnerkit.store.git.repository import Git
from partnerkit.store.git.trees import WorkingTree
from partnerkit.store.load import load
from tests.house.make_records import ROOT, differences, make
from tests.place import Place


def test_records_are_what_the_commands_make(tmp_path: Path) -> None:
    """When this fails: `make records` makes them again; read the difference."""
    make(tmp_path / "register")

    assert differences(tmp_path / "register") == []


def test_check_passes_on_the_records_of_this_repository() -> None:
    if not (ROOT / ".git").exists():
        pytest.skip("this is no git checkout, and check judges git trees")
    said = Place(ROOT, day=None).spawn("check", "--json")

    assert said.code == 0, said.all
    assert {one["severity"] for one in said.json["findings"]} <= {"warning"}


def test_the_example_shows_every_kind_and_many_stages() -> None:
    register = load(WorkingTree(Git(ROOT))).demand()
    kinds = {record.kind for record in register.of_kind(None)}
    stages = {record.stage for record in register.of_kind("partnership")}

    assert kinds == {"partnership", "agreement", "review", "risk", "case"}
    assert stages >= {"active", "decision", "assessment", "declined", "ended"}
