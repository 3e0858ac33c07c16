"""What a change makes of the fields of a record: those that differ, what binds them, the lines that logs gain."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from difflib import SequenceMatcher
from itertools import zip_longest
from typing import Any

from partnerkit.kinds.canonical import canonical, same
from partnerkit.kinds.catalogue import KINDS
from partnerkit.kinds.dated import happened
from partnerkit.kinds.record import FIXED
from partnerkit.kinds.statements import core
from partnerkit.obligations.outlook import clause_of_field
from partnerkit.policies.lifecycle import Lifecycle
from partnerkit.policies.policy import Policy
from partnerkit.policies.things import became, both_shown, in_full, shown
from partnerkit.register import RecordFile
from partnerkit.reviewing.told import Eye, Field, Lines
from partnerkit.steps import locked_fields, statements

#: How many of the lines that a log gains are told.
_TOLD = 3

_Leaf = tuple[str, Any, Any]


def fields_changed(old: RecordFile | None, new: RecordFile, policy: Policy | None) -> Iterator[Field]:
    """The fields that differ, each with what binds it, in the order of the file."""
    logs = _logs(new.kind)
    for path, was, now in _differing(_fields(old, logs), _fields(new, logs), ""):
        clause = clause_of_field(policy, new.kind, path) if policy is not None else None
        bound = bound_by(old or new, policy, path) if policy is not None and old is not None else ""
        clauses = [policy.full(one) for one in clause or ()] if policy is not None else []
        yield _field(path, was, now, bound, ", ".join(clauses))
    for log, was, now in _lost(old, new):
        how = "gone" if now is None else "rewritten"
        yield _field(log, was, now, f"a line of the log is {how}", lost=True)
    for path, was, now in _edited(old, new):
        yield _field(path, was, now, "a statement is withdrawn, never edited", lost=True)


def lines_added(old: RecordFile | None, new: RecordFile) -> Iterator[Lines]:
    """The lines that logs gain."""
    for log in sorted(_logs(new.kind)):
        added = [now for was, now in _lines(old, new, log) if was is None]
        if added:
            yield Lines(log, len(added), tuple(shown(one) for one in added[:_TOLD]))


def eyes_of_logs(old: RecordFile | None, new: RecordFile) -> Iterator[Eye]:
    """The lines that logs lose, and those that say something else: no rule holds a log to what it said."""
    for log, was, now in _lost(old, new):
        how = "gone" if now is None else "rewritten"
        changes = [f"{path} {became(left, right)}" for path, left, right in _differing(was, now, "") if path]
        words = shown(was) if now is None or not changes else "; ".join(changes)
        yield Eye("log-rewritten", new.id, f"a line of {log}{_on(was)} is {how}, and a log only grows: {words}")


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


def eyes_of_fields(record: str, fields: Iterable[Field]) -> Iterator[Eye]:
    """The bound fields that say more than a line of the page can: each is to be read whole."""
    for one in fields:
        if one.whole is not None and one.bound and not one.lost:
            words = f"read all of {one.path}, of which a line shows only the beginning: {one.bound}"
            yield Eye("long-value", record, words)


def _field(path: str, was: Any, now: Any, bound: str, clause: str = "", *, lost: bool = False) -> Field:
    told = _told(was, now)
    texts = (in_full(was) if was is not None else "", in_full(now) if now is not None else "")
    return Field(path, *told, bound, clause, lost, None if texts == tuple(one or "" for one in told) else texts)


def _told(was: Any, now: Any) -> tuple[str | None, str | None]:
    if was is None or now is None:
        return (None if was is None else shown(was)), (None if now is None else shown(now))
    return both_shown(was, now)


def _edited(old: RecordFile | None, new: RecordFile) -> Iterator[_Leaf]:
    """In what statements that were there say something else, but for what may be added to them later."""
    after = {one.said.id: core(one.raw) for one in statements(new)}
    for one in statements(old) if old is not None else ():
        yield from _differing(core(one.raw), after.get(one.said.id), f"{one.group}.{one.said.id}")


def _logs(kind: str) -> set[str]:
    """The lists of a kind whose items each say on which day they happened."""
    return {parents[0] for parents, key in happened(KINDS[kind]) if len(parents) == 1 and key == "on"}


def _fields(record: RecordFile | None, logs: set[str]) -> dict[str, Any]:
    data = record.data if record is not None else {}
    return {key: value for key, value in data.items() if key not in FIXED and not _is_log(key, value, logs)}


def _is_log(key: str, value: Any, logs: set[str]) -> bool:
    return key in logs and isinstance(value, list)


def _lost(old: RecordFile | None, new: RecordFile) -> Iterator[_Leaf]:
    """The lines that logs lost, each with the one that stands in its place; None where none does."""
    for log in sorted(_logs(new.kind)):
        yield from ((log, was, now) for was, now in _lines(old, new, log) if was is not None)


def _lines(old: RecordFile | None, new: RecordFile, log: str) -> list[tuple[Any, Any]]:
    """The lines of a log that stand on one side only, what stands in the place of another beside it."""
    was, now = (_items(one.data.get(log) if one is not None else None) for one in (old, new))
    left, right = list(was), list(now)
    found: list[tuple[Any, Any]] = []
    for _how, start, end, begin, stop in SequenceMatcher(None, left, right, autojunk=False).get_opcodes():
        lost = [was[one] for one in left[start:end] if one not in now]
        gained = [now[one] for one in right[begin:stop] if one not in was]
        found += zip_longest(lost, gained)
    return found


def _on(line: Any) -> str:
    return f" of {line['on']}" if isinstance(line, dict) and "on" in line else ""


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
