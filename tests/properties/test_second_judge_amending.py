"""Two judges, written apart, say the same of random changes of a policy that says how it is changed."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

from tests.chance import TIMES
from tests.place import Place
from tests.properties.alter_amendments import aimed, asked_otherwise, edited, landed, listed, unworded
from tests.properties.alter_records import adopt, entry_word, field, move, undo
from tests.properties.alter_statements import decide, withdraw
from tests.properties.random_steps import Campaign
from tests.properties.supply import Commit, commits, first_verdict
from tests.scenarios.amending import SEEN, adopted, opened, proposed, under_charter
from tests.second_judge.verdict import verdict

STEPS = 150 * TIMES


def _history(root: Path) -> Place:
    """Cases decided, landed, overtaken, taken back, undone, and one that is no amendment."""
    place = under_charter(root)
    about = ("of=CHARTER-1", "opened=2026-03-02")
    days = (f"2026-03-{day:02}" for day in range(2, 30))

    def next_day() -> None:
        place.day = next(days)

    next_day()
    place.do("new", "case", "They quarrel", "id=quarrel", "type=quarrel", *about)
    place.do("advance", "quarrel")
    next_day()
    proposed(place)
    next_day()
    adopted(place)
    proposed(place, "overtaken", "promises=2")
    next_day()
    adopted(place, "overtaken")
    place.do("policy", "amend", "longer-notice")
    proposed(place, "shorter", "notice=P30D")
    adopted(place, "shorter")
    next_day()
    place.do("approve", "shorter", "board-decides", "--decision", "withdraw", "--reason", "misread", by="p-timo")
    next_day()
    place.do("advance", "shorter", "open", "--reason", "misread")
    next_day()
    adopted(place, "shorter")
    next_day()
    place.do("undo", "--reason", "too early")
    place.do("advance", "shorter")
    place.do("advance", "overtaken", "dropped", "--reason", "overtaken")
    place.do("policy", "amend", "shorter")
    opened(place, "another")
    place.do("policy", "reaffirm", "CHARTER-1", *SEEN, "--next", "2027-03-02", "--amendment", "another")
    return place


def _supply(root: Path) -> list[Commit]:
    return commits(_history(root).root)


def test_both_judges_agree_on_amendments(tmp_path: Path, record_property: Callable[[str, Any], None]) -> None:
    supply = _supply(tmp_path / "register")
    for before, after in zip([None, *supply], supply, strict=False):
        first = first_verdict(before.tree if before else None, after.tree, after.at)
        second = verdict(before.world if before else None, after.world, after.at)
        assert (first, second) == (set(), set())

    policies = [landed, landed, landed, edited, listed, aimed]
    others = [unworded, asked_otherwise, field, move, undo, decide, withdraw, adopt, entry_word]
    campaign = Campaign(gentle=[landed, decide, withdraw], harsh=[*policies, *others])
    for number in range(5 * STEPS):
        if campaign.judged < STEPS:
            campaign.judge(supply, number)
    assert campaign.differing == []
    assert campaign.judged == STEPS
    assert campaign.codes["amended-undecided"] > STEPS / 10
    assert campaign.not_covered == {}
    record_property("figures", {"amendments before two judges": campaign.figures})
