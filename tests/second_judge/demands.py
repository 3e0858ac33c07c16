"""Whether a requirement is met: every sort of demand by its own few lines, and what stands around them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from dataclasses import replace
from typing import Any

from tests.second_judge.asking import Asked, Met, waived
from tests.second_judge.content import stands_in_the_way
from tests.second_judge.listed import apart, each, listed, named, named_by
from tests.second_judge.mentions import unmentioned
from tests.second_judge.reading import Data, NotCoveredError, above
from tests.second_judge.shown import evidence, period, scores
from tests.second_judge.spoken import acknowledged, approval, signed
from tests.second_judge.stated import compare, dwell, empty, filled_in, linked, matches, notice
from tests.second_judge.words import meets, requirements

#: How often each sort of demand was judged, and what came of it.
TALLY: Counter[tuple[str, str]] = Counter()

#: Keys of a requirement beside its demand.
BESIDE = {
    "clause", "title", "ask", "covers", "rests-on", "after", "when", "who", "waivable", "standing", "of", "within",
    "advisory",
}  # fmt: skip  # short words, several to a line

#: Each demand with the words that are known in it; None where it is no block of words.
KNOWN: dict[str, tuple[Callable[[Asked, Any], Met | None], set[str] | None]] = {
    "evidence": (evidence, {"kinds", "at-least", "fresh-for", "outcomes", "not-needed", "with-digest", "single"}),
    "approval": (approval, {"role", "at-least", "fraction", "more-than", "not", "not-bound-to", "scope", "in-record"}),
    "period": (period, {"open-for", "closes-with"}),
    "scores": (scores, {"card", "minimum"}),
    "acknowledged": (acknowledged, {"by", "by-each", "answers"}),
    "signed": (signed, {"by-each", "document"}),
    "filled": (filled_in, None),
    "empty": (empty, None),
    "unmentioned": (unmentioned, None),
    "matches": (matches, None),
    "compare": (compare, {"field", "at-least", "at-most", "before", "minimum", "maximum"}),
    "dwell": (dwell, {"at-least"}),
    "notice": (notice, {"given", "effective", "at-least", "agreed-in"}),
    "linked": (linked, {"kind", "in", "at-least", "all", "where", "anew", "from", "until"}),
    "reason": (lambda asked, _demand: Met() if (asked.reason or "").strip() else None, None),
    "each": (each, {"items", "of", "in", "by", "where", "at-least"}),
    "listed": (listed, {"field", "where", "at-least", "at-most", "fresh-for"}),
    "named": (lambda asked, demand: _named(asked, demand), {"field", "kind", "in", "same", "optional", "meets"}),  # noqa: PLW0108 - the function is defined below the table
    "named-by": (named_by, {"kind", "by", "in", "count", "where", "at-most"}),
    "apart": (apart, {"field", "from"}),
    "subject-meets": (lambda asked, names: _above_meets(asked, names), None),  # noqa: PLW0108 - the function is defined below the table
    "any-of": (lambda asked, names: _any(asked, names), None),  # noqa: PLW0108 - the function is defined below the table
}


def answered(asked: Asked) -> Met | None:
    """By what a requirement is met, be it a waiver; None where it is not. What is only advice is always met."""
    need = asked.need
    sorts = [key for key in need if key not in BESIDE]
    if len(sorts) != 1 or sorts[0] not in KNOWN:
        raise NotCoveredError(f"the demand of {asked.name}: {', '.join(sorts)}")
    judge, words = KNOWN[sorts[0]]
    demand = need[sorts[0]]
    if words is not None and set(demand) - words:
        raise NotCoveredError(f"{asked.name}: {', '.join(sorted(set(demand) - words))} in {sorts[0]}")
    found = judge(asked, demand)
    if found is not None and stands_in_the_way(asked.record, asked.policy, asked.rules, need):
        found = None
    TALLY[sorts[0], "met" if found is not None else "unmet"] += 1
    if found is None:
        found = waived(asked)
        TALLY["waiver", "met"] += found is not None
    if found is None and need.get("advisory"):
        return Met()
    return found


def is_asked(asked: Asked) -> bool:
    """Whether the requirement is one for this record at all."""
    return meets(asked.need.get("when"), asked.record)


def gate(asked: Asked, needs: list[str]) -> dict[str, Met | None]:
    """Each requirement of a gate that is asked of the record, with what meets it."""
    each_ = [asked.of(name) for name in needs if name in requirements(asked.policy)]
    return {one.name: answered(one) for one in each_ if is_asked(one)}


def _any(asked: Asked, names: list[str]) -> Met | None:
    found = [answered(one) for name in names if is_asked(one := asked.of(name))]
    return next((one for one in found if one is not None), None)


def _named(asked: Asked, demand: Data) -> Met | None:
    """The records named serve, and each meets what is asked of its kind as if this one had gone on already."""
    met = named(asked, demand)
    if met is None or not demand.get("meets"):
        return met
    going = replace(asked, going={asked.record["id"]: asked.to})
    for name in met.relies:
        there = _there(going, asked.links.records[name])
        if any(is_asked(one) and answered(one) is None for one in map(there.of, demand["meets"])):
            return None
    return met


def _above_meets(asked: Asked, names: list[str]) -> Met | None:
    """The record above meets them on that day, as it would be judged there."""
    subject = asked.links.records.get(above(asked.record) or "")
    if subject is None or subject["policy"] != asked.policy["policy"]:
        return None
    there = _there(asked, subject)
    lacking = [name for name in names if is_asked(one := there.of(name)) and answered(one) is None]
    return None if lacking else Met(relies=(subject["id"],))


def _there(asked: Asked, other: Data) -> Asked:
    """The same moment, asked of another record."""
    past = [entry for entry in other["history"] if entry["at"] <= asked.moment]
    return replace(
        asked,
        record=other,
        before=asked.rules.records.get(other["id"]),
        since=([one["at"] for one in past if one["type"] != "correct"] or [asked.moment])[-1],
        entries=other["history"][: len(past)],
        reason=None,
    )
