"""A pull request gets the same verdict however it lands, legal or not; and where it may differ, why.

PARTNERKIT_LANDINGS says how many pull requests land in each way (100; 1,000 before a release), PARTNERKIT_SEED which (any
word; the same word gives the same ones).
"""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from tests.properties.conftest import Supplied
from tests.properties.supply import Commit
from tests.properties.trail.judging import Found
from tests.properties.trail.pulling import Pull, landed, pull

SEED = os.environ.get("PARTNERKIT_SEED", "a")
LANDINGS = int(os.environ.get("PARTNERKIT_LANDINGS", "100"))

#: What only a commit of its own can be: dated ahead of the moment at which it landed. When the whole lands, the day has come.
AHEAD = {"day-to-come", "entry-in-future", "statement-in-future", "withdrawal-misdated"}

#: What only commits made one can be: words that were there when they were classified, and now come in classified.
AT_ONCE = {"inline-content"}

#: What text that is taken out of a record is in a step in which more becomes of it; apart each would have landed alone.
ALONE = "expunging-untrue"

#: What rules and stages that land in one commit are; apart they would have landed one after the other.
TOGETHER = "rules-and-records-together"


@pytest.mark.long
def test_a_pull_request_gets_the_same_verdict_however_it_lands(
    supplied: Supplied, tmp_path: Path, record_property: Callable[[str, Any], None]
) -> None:
    root = supplied.copy(tmp_path / "register")
    pulls = [pull(supplied.commits, number, SEED) for number in range(LANDINGS)]
    found = landed(root, supplied.commits, pulls)
    differing = [
        f"pull request {one.number} from commit {one.place} ({one.cheat or 'legal'}): {wrong}; {found[one.number]}"
        for one in pulls
        for wrong in _differing(supplied.commits, one, found[one.number])
    ]
    assert differing == [], f"PARTNERKIT_SEED={SEED} PARTNERKIT_LANDINGS={LANDINGS}"
    clean = sum(not any(by_method.values()) for by_method in found.values())
    assert LANDINGS * 0.2 < clean < LANDINGS * 0.8
    record_property("figures", {"landed in four ways": {"pull requests": LANDINGS, "clean": clean}})


def _differing(supply: list[Commit], one: Pull, found: dict[str, Found]) -> list[str]:
    """In what the verdicts differ that may not."""
    wrong = [] if found["fast-forward"] == found["rebase"] else ["rebased it is another thing than fast-forwarded"]
    wrong += [] if found["merge"] == found["squash"] else ["merged it is another thing than squashed"]
    apart, whole = found["rebase"], found["squash"]
    if one.rules:
        absent = {record for record in _moved(supply, one) if (TOGETHER, record) not in whole}
        return [*wrong, *(f"{record} moved with the rules" for record in sorted(absent))]
    if not one.apart:  # a later commit may mend, undo or rest on what the cheat did: what never landed breaks no rule
        illegal = {code for code, _record in whole} - {*AT_ONCE, ALONE}
        return [*wrong, *(["legal step by step, illegal at once"] if illegal and not apart else [])]
    only = {pair for pair in apart - whole if pair[0] not in AHEAD}
    only |= {pair for pair in whole - apart if pair[0] != ALONE}
    return [*wrong, *(f"{code} at {record} in one way only" for code, record in sorted(only))]


def _moved(supply: list[Commit], one: Pull) -> set[str]:
    """The records whose stages the pull request changes, other than by the rules that it brings."""
    before, after = supply[one.place].world.records, one.commits[-1].world.records
    new = {
        name: record["history"][len(before[name]["history"]) if name in before else 0 :]
        for name, record in after.items()
    }
    return {name for name, entries in new.items() if any(entry["type"] != "migrate" for entry in entries)}
