"""Demands for something to be shown: evidence, a time in which something stood open, a scorecard."""

from __future__ import annotations

from datetime import date

from tests.second_judge.asking import Asked, Met
from tests.second_judge.past import Said
from tests.second_judge.reading import Data, later
from tests.second_judge.words import number, setting


def evidence(asked: Asked, demand: Data) -> Met | None:
    """Enough pieces that serve; of findings that contradict each other the latest counts."""
    every = asked.said("evidence")
    good = [one for one in every if _serves(asked, demand, one)]
    wanted = number(asked.policy, demand.get("at-least"))
    if wanted == 1 and demand.get("outcomes") and good:
        fine = [*demand["outcomes"], "not-needed", None]
        bad = [one for one in every if one.raw.get("outcome") not in fine]
        if bad and _latest(asked, bad) >= _latest(asked, good):
            good = []
    if demand.get("single") and len(every) > 1 and good:
        return None
    spared = any(one.raw.get("outcome") == "not-needed" for one in good)
    return Met(tuple(one.id for one in good)) if spared or len(good) >= wanted else None


def _latest(asked: Asked, found: list[Said]) -> tuple[date, str, int]:
    return max((asked.day(one), one.at, one.index) for one in found)


def _serves(asked: Asked, demand: Data, one: Said) -> bool:
    outcome = one.raw.get("outcome")
    if outcome == "not-needed":
        return bool(demand.get("not-needed") and one.raw.get("summary"))
    if one.raw["kind"] not in demand["kinds"]:
        return False
    if demand.get("outcomes") and outcome not in demand["outcomes"]:
        return False
    if demand.get("with-digest") and one.raw.get("digest") is None:
        return False
    day, until = asked.day(one), one.raw.get("valid-until")
    if day > asked.today or (until is not None and date.fromisoformat(until) < asked.today):
        return False
    fresh = asked.span(demand.get("fresh-for"))
    return fresh is None or later(day, fresh) >= asked.today


def period(asked: Asked, demand: Data) -> Met | None:
    """Opened since the record last went back, open long enough, and closed, by now and in words."""
    found = [one for one in asked.said("evidence") if not asked.from_before(one)]
    opened = [one for one in found if one.raw["kind"] == "opened"]
    if not opened:
        return None
    first_day = asked.rules.day(asked.record["history"][0]["at"])
    start = max(first_day, asked.day(opened[-1]))
    span = asked.span(demand.get("open-for"))
    until = start if span is None else later(start, span)
    silent = demand.get("closes-with") == "nothing"
    closed = [
        one
        for one in found
        if one.raw["kind"] == "closed" and until <= asked.day(one) <= asked.today and (silent or one.raw.get("summary"))
    ]
    return Met((opened[-1].id, closed[-1].id)) if closed else None


def scores(asked: Asked, demand: Data) -> Met | None:
    """The latest card judges every criterion, with words exactly where they belong, and adds up to enough."""
    cards = [one for one in asked.said("scores") if asked.day(one) <= asked.today]
    if not cards:
        return None
    marks = cards[-1].raw["marks"]
    card = asked.policy["scorecards"][demand["card"]]
    least_each, most_each = card.get("scale") or (0, 100)
    for key, criterion in card["criteria"].items():
        if key not in marks or bool(marks[key].get("why")) == bool(criterion.get("points-only")):
            return None
        if not least_each <= marks[key].get("score", least_each) <= most_each:
            return None
    total = sum(mark["score"] for mark in marks.values() if mark.get("score") is not None)
    least = setting(asked.policy, demand.get("minimum"))
    return Met((cards[-1].id,)) if least is None or total >= least else None
