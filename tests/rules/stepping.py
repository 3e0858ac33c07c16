"""Steps of the partnership that came to its end, and what a rule tells of one."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from partnerkit.findings import Finding
from partnerkit.steps import Step
from tests.policies.fulfil import World
from tests.rules.ended import here


def first() -> World:
    """The partnership of three entries, when it had made one."""
    one = here()
    del one.record["history"][1:]
    one.record["stage"] = "proposed"
    return one


def second() -> World:
    one = here()
    del one.record["history"][2:]
    one.record["stage"] = "active"
    return one


def beside(made: Step, before: dict[str, Any] | None = None, after: dict[str, Any] | None = None) -> Step:
    """The same step with other records in it."""
    assert made.before is not None
    return Step(
        replace(made.before, records={**made.before.records, **(before or {})}),
        replace(made.after, records={**made.after.records, **(after or {})}),
        made.landed_at,
    )


def told(rule: Any, made: Step) -> list[Finding]:
    """What a rule tells of the record, the same where another record comes or goes before it."""
    found_: list[Finding] = list(rule(made, None))
    assert made.before is not None
    one = next(side.records["subject"] for side in (made.before, made.after) if "subject" in side.records)
    other = {"another": replace(one, path="another", model=one.model.model_copy(update={"id": "another"}))}
    for same in (beside(made, before=other), beside(made, after=other)):
        assert [each for each in rule(same, None) if each.record == "subject"] == found_
    assert list(rule(replace(made, known={}), {"another"})) == []
    return found_
