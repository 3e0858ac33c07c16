"""Two judges, written apart, say the same of random steps: legal or not, and with which codes at which record.

PARTNERKIT_STEPS says how many steps are judged (200; 10,000 before a release). A step is made again by its number.
"""

from __future__ import annotations

import ast
import os
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from tests import second_judge
from tests.properties.conftest import Supplied
from tests.properties.forging import NothingToChangeError
from tests.properties.mutations import GENTLE, HARSH
from tests.properties.random_steps import Campaign, draft
from tests.properties.supply import UnreadableError, first_verdict
from tests.second_judge.verdict import verdict

from partnerkit.rules import steps

STEPS = int(os.environ.get("PARTNERKIT_STEPS", "200"))

#: Nothing of the judge, nor of what it is made of, may be known to the second one.
KNOWN = {"__future__", "calendar", "collections", "dataclasses", "datetime", "decimal", "fractions", "functools"}
KNOWN |= {"hashlib", "json", "math", "re", "typing", "unicodedata", "yaml", "zoneinfo"}


def test_the_second_judge_takes_nothing_from_the_first() -> None:
    for path in Path(second_judge.__path__[0]).glob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.ImportFrom):
                names = [node.module or ""]
            else:
                names = [one.name for one in node.names] if isinstance(node, ast.Import) else []
            assert [one for one in names if one.split(".")[0] not in KNOWN and "second_judge" not in one] == [], path


@pytest.mark.long
def test_both_judges_agree_on_what_the_commands_did_and_on_random_steps(
    supplied: Supplied, record_property: Callable[[str, Any], None]
) -> None:
    supply = supplied.commits
    for before, after in zip([None, *supply], supply, strict=False):
        first = first_verdict(before.tree if before else None, after.tree, after.at)
        second = verdict(before.world if before else None, after.world, after.at)
        assert (first, second) == (set(), set())

    campaign = Campaign()
    for number in range(3 * STEPS):
        if campaign.judged < STEPS:
            campaign.judge(supply, number)
    assert campaign.differing == []
    assert campaign.judged == STEPS
    assert min(campaign.legal, campaign.illegal) > STEPS * 0.3
    assert campaign.not_covered == {}
    record_property("figures", {"steps before two judges": campaign.figures})


@pytest.mark.long
def test_rules_that_are_not_asked_would_say_nothing(supplied: Supplied, monkeypatch: pytest.MonkeyPatch) -> None:
    judged = 0
    for number in range(STEPS):
        try:
            step = draft(supplied.commits, number, GENTLE, HARSH)
            before, after = step.trees()
            found = first_verdict(before, after, step.landed)
        except (UnreadableError, NothingToChangeError):
            continue
        with monkeypatch.context() as every:
            every.setattr(steps, "_asked", lambda _parts: steps.STEP_RULES)
            assert first_verdict(before, after, step.landed) == found, number
        judged += 1
    assert judged > STEPS * 0.3
