"""What a change makes of the fields of a record: those that differ, what binds them, the lines that logs gain."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from partnerkit.kinds.canonical import canonical
from partnerkit.kinds.catalogue import KINDS
from partnerkit.kinds.dated import happened
from partnerkit.kinds.record import FIXED
from partnerkit.obligations.outlook import clause_of_field
from partnerkit.policies.lifecycle import Lifecycle
from partnerkit.policies.policy import Policy
from partnerkit.policies.things import shown
from partnerkit.register import RecordFile
from partnerkit.reviewing.told import Field, Lines
from partnerkit.steps import locked_fields, same

#: How many of the lines that a log gains are told.
_TOLD = 3

_Leaf = tuple[str, Any, Any]


def fields_changed(old: RecordFile | None, new: RecordFile, policy: Policy | None) -> Iterator[Field]:
    """The fields that differ, each with what binds it, in the order of the file."""
    logs = _logs(new.kind)
    for path, was, now in _differing(_fields(old, logs), _fields(new, logs), ""):
        clause = clause_of_field(policy, new.kind, path) if policy is not None else None
        bound = bound_by(old or new, policy, path) if policy is not None and old is not None else ""
        yield Field(path, _told(was), _told(now), bound, ", ".join(clause or ()))
    for log in sorted(logs):
        _added, gone = _lines(old, new, log)
        yield from (Field(log, shown(one), None, "a line of the log is gone or altered") for one in gone)


def lines_added(old: RecordFile | None, new: RecordFile) -> Iterator[Lines]:
    """The lines that logs gain."""
    for log in sorted(_logs(new.kind)):
        added, _gone = _lines(old, new, log)
        if added:
            yield Lines(log, len(added), tuple(shown(one) for one in added[:_TOLD]))


def bound_by(record: RecordFile, policy: Policy, path: str) -> str:
    """Which passed gate locks a field of a record, or which decisions ahead cover it; empty where nothing does."""
    for covered, gate in locked_fields(record, policy).items():
        if within(path, covered):
            return f"locked since the gate to {gate.to}"
    names = covering(policy, record, path)
    return f"covered by {', '.join(names)}" if names else ""


def covering(policy: Policy, record: RecordFile, path: str) -> list[str]:
    """The requirements of the gates ahead that cover a field."""
    lifecycle: Lifecycle | None = policy.lifecycles.get(record.kind)
    names = dict.fromkeys(one for way in (lifecycle.leaving(record.stage) if lifecycle else ()) for one in way.needs)
    return [one for one in names if any(within(path, covered) for covered in policy.requirements[one].covers)]


def within(path: str, covered: str) -> bool:
    """Whether a dotted path leads to what another covers, or into it, or to what holds it."""
    return path == covered or path.startswith(f"{covered}.") or covered.startswith(f"{path}.")


def _told(value: Any) -> str | None:
    return None if value is None else shown(value)


def _logs(kind: str) -> set[str]:
    """The lists of a kind whose items each say on which day they happened."""
    return {parents[0] for parents, key in happened(KINDS[kind]) if len(parents) == 1 and key == "on"}


def _fields(record: RecordFile | None, logs: set[str]) -> dict[str, Any]:
    data = record.data if record is not None else {}
    return {key: value for key, value in data.items() if key not in FIXED and not _is_log(key, value, logs)}


def _is_log(key: str, value: Any, logs: set[str]) -> bool:
    return key in logs and isinstance(value, list)


def _lines(old: RecordFile | None, new: RecordFile, log: str) -> tuple[list[Any], list[Any]]:
    """The lines that a log gained, and those that it lost."""
    was, now = (_items(one.data.get(log) if one is not None else None) for one in (old, new))
    return [now[one] for one in now if one not in was], [was[one] for one in was if one not in now]


def _items(found: Any) -> dict[str, Any]:
    return {repr(canonical(one)): one for one in (found if isinstance(found, list) else [])}


def _differing(was: Any, now: Any, path: str) -> Iterator[_Leaf]:
    """The dotted paths under which two values differ, down to what holds no more keys."""
    left, right = _by_id(was), _by_id(now)
    if isinstance(left, dict) and isinstance(right, dict):
        for key in dict.fromkeys([*left, *right]):
            yield from _differing(left.get(key), right.get(key), f"{path}.{key}" if path else str(key))
    elif not same(was, now):
        yield path, was, now


def _by_id(value: Any) -> Any:
    """A list whose items have ids, by these; anything else as it is."""
    items = value if isinstance(value, list) else []
    ids = [one.get("id") for one in items if isinstance(one, dict)]
    named = len(ids) == len(items) > 0 and all(isinstance(one, str) for one in ids) and len(set(ids)) == len(ids)
    return dict(zip(ids, items, strict=True)) if named else value
