"""Whether the figures of a policy can be counted as it says: kinds, stages, fields; numbers where they are added."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from decimal import Decimal

from partnerkit.kinds.catalogue import KINDS
from partnerkit.kinds.problems import an
from partnerkit.policies.metric import Counted, Mean, Sum, Tally
from partnerkit.policies.policy import Policy
from partnerkit.policies.problem import Problem, unknown
from partnerkit.policies.shapes import has_field

Place = tuple[str | int, ...]


def field_at(policy: Policy, tally: Tally, path: str) -> str | None:
    """Where a field of what is counted stands: of a record, or of an item and the blocks that it is in; or None."""
    for above in levels(tally):
        whole = f"{above}.{path}" if above else path
        if has_field(policy, tally.of, whole):
            return whole
    return None


def levels(tally: Tally) -> list[str]:
    """The paths below which a field of what is counted can stand: of an item its list, then the lists around that."""
    if tally.items is None:
        return [""]
    parts = tally.items.split(".")
    return [".".join(parts[:count]) for count in range(len(parts), 0, -1)]


def named_in(tally: Tally) -> Iterator[tuple[str, str]]:
    """The fields that a tally reads of what it counts, each with the key under which it names it."""
    yield from (("days", path) for path in tally.days)
    yield from (("where", path) for path in tally.where or {})
    yield from [("each", tally.each)] if tally.each else []
    yield from [("value", tally.value)] if isinstance(tally, Sum) else []
    yield from [("weight", tally.weight)] if isinstance(tally, Mean) and tally.weight else []


def countable(policy: Policy) -> Iterator[Problem]:
    """What is counted is of a kind that is there, in stages and by fields that it has; a share is of its own sort."""
    for name, metric in policy.metrics.items():
        for place, tally in metric.tallies:
            yield from _tally(policy, ("metrics", name, *place), tally)
        if metric.share is not None and _sort(metric.share.of) != _sort(metric.share.that):
            message = "`of` and `that` count different things: give both the same `of` and `items`, or `each`"
            yield Problem(("metrics", name, "share"), message)


def _sort(tally: Tally) -> tuple[str | None, ...]:
    return ("each",) if tally.each is not None else (tally.of, tally.items)


def _tally(policy: Policy, path: Place, tally: Tally) -> Iterator[Problem]:
    lifecycle = policy.lifecycles.get(tally.of)
    if lifecycle is None or tally.of not in KINDS:
        yield Problem((*path, "of"), unknown("lifecycle for the kind", tally.of, policy.lifecycles))
        return
    for key, stages in (("in", tally.in_), ("reached", tally.reached), ("after", tally.after)):
        for stage in stages:
            if stage not in lifecycle.stages:
                yield Problem((*path, key), unknown(f"{tally.of} stage", stage, lifecycle.stages))
    whole = [("when", field) for field in tally.when or {}] + ([("items", tally.items)] if tally.items else [])
    for key, field in whole:
        if not has_field(policy, tally.of, field):
            yield Problem((*path, key), f"{an(tally.of)} under this policy has no field {field!r}")
    if tally.items is not None and not has_field(policy, tally.of, tally.items):
        return
    for key, field in named_in(tally):
        if field_at(policy, tally, field) is None:
            what = f"an item of {tally.items}" if tally.items else an(tally.of)
            yield Problem((*path, key), f"{what} under this policy has no field {field!r}")


def compared(policy: Policy, counted: Counted) -> Iterator[tuple[str, str, type]]:
    """The fields that a tally takes as days and as numbers: the key under which it says so, the field, as what."""
    tally = counted.tally
    for key, field in named_in(tally):
        taken = (
            date if key == "days" else Decimal if key in {"value", "weight"} and not _of_choices(tally, key) else None
        )
        found = field_at(policy, tally, field)
        if taken is not None and found is not None:
            yield key, found, taken


def _of_choices(tally: Tally, key: str) -> bool:
    return key == "value" and isinstance(tally, Mean) and tally.points is not None
