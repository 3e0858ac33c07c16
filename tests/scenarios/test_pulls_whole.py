"""Nothing that changes is left out of a page because it is long, or because much else changes beside it."""

from __future__ import annotations

import json
from typing import Any

from tests.scenarios.pulls.puller import ROBOTS, Puller

DEAL = "northwind-cloud-cooperative"
SMALL_PRINT = f"Ten robot kits, {'as was agreed upon in the spring, ' * 8}and the partner keeps all data"


def _told(player: Puller) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(player.run("diff", "HEAD~1", "HEAD", "--json").said)
    return found


def test_a_long_value_is_told_whole_and_a_bound_one_is_to_be_read(player: Puller) -> None:
    with player:
        player.edit(ROBOTS, "text: Ten robot kits", f"text: {SMALL_PRINT}")
        player.edit(ROBOTS, "name:", f"exit-strategy: {'nothing, ' * 40}is ever deleted\nname:")
        player.commit("Words")
        (mine,) = _told(player)["records"]
        page = player.run("diff", "HEAD~1", "HEAD", "--format", "markdown").said
        only = player.run("diff", "HEAD~1", "HEAD", "--only", ROBOTS).said
    said = {one["field"]: one["is"] for one in mine["fields"]}
    assert "the partner keeps all data" in said["commitments"]
    assert said["exit-strategy"].endswith("is ever deleted")
    for told in (page, only):
        words = " ".join(told.split())
        assert "and the partner keeps all data" in words
        assert "nothing, is ever deleted" in words
        assert "read all of commitments, of which a line shows only the beginning" in words


def test_many_new_records_bury_no_change_of_one_that_was_there(player: Puller) -> None:
    rows = "".join(
        f"Neighbourhood chapter of the federation of local makers {number},organisation\n" for number in range(60)
    )
    sheet = player.root.parent / "chapters.csv"
    sheet.write_text(f"name,partner\n{rows}", encoding="utf-8")
    with player:
        player.run("new", "partnership", "--from", str(sheet))
        player.run("set", DEAL, "exit-strategy=Members lose everything at once")
        records = json.loads(player.run("diff", "HEAD~2", "HEAD", "--json").said)["records"]
        page = player.run("diff", "HEAD~2", "HEAD", "--format", "markdown").said
    assert (len(records), records[0]["id"]) == (61, DEAL)
    assert "Members lose everything at once" in page


def test_a_policy_that_asks_in_other_words_is_to_be_looked_at(player: Puller) -> None:
    path = player.root / "records/policies/OPS-05-03.yaml"
    text = path.read_text(encoding="utf-8")
    begin = text.index("ask: ", text.index("  core-team-review:"))
    said = text[begin : text.index("\n", begin)]
    with player:
        text = text.replace(said, "ask: Any one person may approve this by post.").replace("at-least: 2", "at-least: 1")
        text = text.replace("title: Initial Assessment", "title: The first look")
        path.write_text(text, encoding="utf-8")
        player.commit("Words")
        told = _told(player)
        page = player.run("diff", "HEAD~1", "HEAD", "--format", "markdown").said
    (eye,) = [one for one in told["look_at"] if one["sort"] == "asked-otherwise"]
    assert said.removeprefix("ask: ").strip("'\"") in eye["words"]
    assert "asks for «Any one person may approve this by post.»" in eye["words"]
    assert "requirement core-team-review asks in other words" in page
    assert "1 more in words only" in page, "beside a demand that changes too, nothing that does not is forgotten"
