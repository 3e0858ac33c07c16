"""Nothing that changes is left out of a page because it is long, or because much else changes beside it."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from tests.scenarios.pulls.puller import ROBOTS, Puller, copied

DEAL = "northwind-cloud-cooperative"
SMALL_PRINT = f"Ten robot kits, {'as was agreed upon in the spring, ' * 8}and the partner keeps all data"


@pytest.fixture
def change(pulled: Path, tmp_path: Path) -> Puller:
    return copied(pulled, tmp_path / "register", "whole")


def _told(player: Puller) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(player.run("diff", "HEAD~1", "HEAD", "--json").said)
    return found


def test_a_long_value_is_told_whole_and_a_bound_one_is_to_be_read(change: Puller) -> None:
    with change:
        change.edit(ROBOTS, "text: Ten robot kits", f"text: {SMALL_PRINT}")
        change.edit(ROBOTS, "name:", f"exit-strategy: {'nothing, ' * 40}is ever deleted\nname:")
        change.commit("Words")
        (mine,) = _told(change)["records"]
        page = change.run("diff", "HEAD~1", "HEAD", "--format", "markdown").said
        only = change.run("diff", "HEAD~1", "HEAD", "--only", ROBOTS).said
    said = {one["field"]: one["is"] for one in mine["fields"]}
    assert "the partner keeps all data" in said["commitments"]
    assert said["exit-strategy"].endswith("is ever deleted")
    for told in (page, only):
        words = " ".join(told.split())
        assert "and the partner keeps all data" in words
        assert "nothing, is ever deleted" in words
        assert "read all of commitments, of which a line shows only the beginning" in words


def test_many_new_records_bury_no_change_of_one_that_was_there(change: Puller) -> None:
    rows = "".join(
        f"Neighbourhood chapter of the federation of local makers {number},organisation\n" for number in range(60)
    )
    sheet = change.root.parent / "chapters.csv"
    sheet.write_text(f"name,partner\n{rows}", encoding="utf-8")
    with change:
        change.run("new", "partnership", "--from", str(sheet))
        change.run("set", DEAL, "exit-strategy=Members lose everything at once")
        records = json.loads(change.run("diff", "HEAD~2", "HEAD", "--json").said)["records"]
        page = change.run("diff", "HEAD~2", "HEAD", "--format", "markdown").said
    assert (len(records), records[0]["id"]) == (61, DEAL)
    assert "Members lose everything at once" in page


def test_a_policy_that_asks_in_other_words_is_to_be_looked_at(change: Puller) -> None:
    path = change.root / "records/policies/OPS-05-03.yaml"
    text = path.read_text(encoding="utf-8")
    begin = text.index("ask: ", text.index("  core-team-review:"))
    said = text[begin : text.index("\n", begin)]
    with change:
        path.write_text(text.replace(said, "ask: Any one person may approve this by post."), encoding="utf-8")
        change.commit("Words")
        told = _told(change)
        page = change.run("diff", "HEAD~1", "HEAD", "--format", "markdown").said
    (eye,) = [one for one in told["look_at"] if one["sort"] == "asked-otherwise"]
    assert said.removeprefix("ask: ").strip("'\"") in eye["words"]
    assert "asks for «Any one person may approve this by post.»" in eye["words"]
    assert "requirement core-team-review asks in other words" in page
    assert "in words only" not in page
