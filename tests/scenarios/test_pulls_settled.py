"""What a page says that a change settles: it is told where it is settled, and never of what nobody can read."""

from __future__ import annotations

import json
from typing import Any

from tests.scenarios.pulls.puller import SEEN, Puller

PARTNER = "northwind-cloud-cooperative"
DEAL = f"{PARTNER}-2026"


def _records(player: Puller, base: str) -> dict[str, dict[str, Any]]:
    return {one["id"]: one for one in json.loads(player.run("diff", base, "--json").said)["records"]}


def test_of_a_record_that_nobody_can_read_nothing_is_settled(player: Puller) -> None:
    with player:
        player.edit(PARTNER, "type: corporate/technology/cloud-providers", "type: clouds")
        player.commit("A typo")
        mine = _records(player, "HEAD~1")[PARTNER]
    assert (mine["how"], mine["settled"], mine["due"]) == ("unreadable", [], [])


def test_what_a_review_settles_is_told_of_the_review(player: Puller) -> None:
    """The agreement changes too, belongs to the same partnership, and comes first by its id."""
    with player:
        player.git("tag", "began")
        player.edit(DEAL, "text: First builds run", "text: The first builds run")
        player.commit("Words")
        over = ("rhythm=monthly", "from=2026-09-01", "until=2026-09-30")
        player.run("new", "review", "Monthly review 2026-09", f"of={PARTNER}", *over)
        (review,) = (player.root / "records/reviews").glob(f"{PARTNER}*2026-09*.yaml")
        name = review.stem
        player.run("set", name, "findings=Fine", "conclusion=continue")
        player.run("approve", name, "review-sign-off", *SEEN)
        player.run("advance", name, "done")
        records = _records(player, "began")
    mine = {one["title"] for one in records[name]["settled"] if one["record"] == PARTNER}
    assert "Monthly review" in mine
    assert not [one for one in records[DEAL]["settled"] if one["record"] == PARTNER]


def test_what_falls_due_on_another_day_is_not_settled(player: Puller) -> None:
    """The new end lies further ahead than is looked at; so does the last day to give notice of it."""
    with player:
        player.edit(DEAL, "ends: 2027-03-31", "ends: 2029-03-31")
        player.commit("Two years more")
        mine = _records(player, "HEAD~1")[DEAL]
        said = player.run("diff", "HEAD~1").said
    ends = [(one["was"]["due"], one["is"]["due"]) for one in mine["moved"] if one["is"]["title"] == "Agreement ends"]
    assert ends == [("2027-03-31", "2029-03-31")]
    assert len(mine["moved"]) == 2
    assert (mine["due"], mine["settled"]) == ([], [])
    assert f"Agreement ends: by 2029-03-31, so far by 2027-03-31 ({DEAL})" in said


def test_a_review_alone_makes_nothing_due_that_was_due_before(player: Puller) -> None:
    """What its partnership owes, and what other records of it settle, is read on either side of the change."""
    with player:
        over = ("rhythm=monthly", "from=2026-09-01", "until=2026-09-30")
        player.run("new", "review", "Monthly review 2026-09", f"of={PARTNER}", *over)
        (mine,) = _records(player, "HEAD~1").values()
    assert [one for one in mine["due"] if one["record"] == PARTNER] == []
    assert [one for one in mine["settled"] if one["record"] == PARTNER] == []
