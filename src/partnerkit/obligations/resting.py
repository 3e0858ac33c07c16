"""From which fields of a record the day of an obligation is worked out: who may not see them may not know the day."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from partnerkit.kinds.catalogue import KINDS
from partnerkit.kinds.dated import NoticeBefore, RepeatsBy, marked
from partnerkit.obligations.obligation import Obligation
from partnerkit.policies.policy import Policy
from partnerkit.policies.values import Variable

#: Those whose day, or whose being open, follows from fields of the record.
_FROM_FIELDS = frozenset({"cadence", "milestone", "expiry", "notice", "answer", "notification"})


def tells_of(one: Obligation, policy: Policy, paths: Iterable[str]) -> bool:
    """Whether an obligation would give away what stands in any of these fields of its record."""
    if one.source not in _FROM_FIELDS:
        return False
    rests = list(_rests_on(one, policy))
    return any(_touches(path.split("."), field.split(".")) for path in paths for field in rests)


def _rests_on(one: Obligation, policy: Policy) -> Iterator[str]:
    """The fields, as dotted paths; with the ids of items in them."""
    yield one.what
    if one.source == "notice":
        yield from (mark.end for field, mark in marked(KINDS[one.kind], NoticeBefore) if field.key == one.what)
    if one.source != "cadence":
        return
    cadence = policy.cadences.get(one.what)
    if cadence is None:  # a rhythm that the record has of its own
        yield from (mark.log for field, mark in marked(KINDS[one.kind], RepeatsBy) if field.key == one.what)
        return
    given = (cadence.from_, cadence.until, cadence.per, cadence.every)
    yield from (str(path) for path in given if path is not None and not isinstance(path, Variable))
    yield from (name.partition("/")[0] for name in (cadence.settled_by, *cadence.restarts))
    yield from cadence.when or {}


def _touches(path: list[str], field: list[str]) -> bool:
    """Whether a field lies at a path, below it, or above it, where ids of items stand between the keys."""
    keys = iter(field)
    below = path[0] == field[0] and all(key in keys for key in path)
    return below or field == path[: len(field)]
