"""Fields of a record in memory made to be as a condition says, or just not."""

from __future__ import annotations

import copy
from typing import Any

from partnerkit.conditions import holds
from partnerkit.kinds.record import Record
from partnerkit.policies.values import Match
from partnerkit.steps import value_at
from tests.policies.samples import allowed, sampled_once


def put(data: Any, keys: list[str], value: Any) -> None:
    """Set a value at a path; a path leads through a list into each of its items, None takes the key away."""
    if isinstance(data, list):
        for item in data:
            put(item, keys, value)
        return
    head, *rest = keys
    if rest:
        put(data.setdefault(head, {}), rest, value)
    elif value is None:
        data.pop(head, None)
    else:
        data[head] = value


def make_hold(record: dict[str, Any], condition: dict[str, Any], model: type[Record]) -> None:
    """The fields of a condition set so that it holds, with whatever their models demand beside them."""
    for path, wanted in condition.items():
        if holds({path: wanted}, record):
            continue
        if isinstance(wanted, Match) and wanted.filled is False:
            put(record, path.split("."), None)
            continue
        if isinstance(wanted, Match) and wanted.filled and wanted.is_ is None and wanted.not_ is None:
            fill(record, path, model)
            continue
        _room(record, path, model)
        for value in _values(wanted, path, model):
            put(record, path.split("."), value)
            if holds({path: wanted}, record):
                break
        assert holds({path: wanted}, record), (path, wanted)


def make_fail(record: dict[str, Any], condition: dict[str, Any], model: type[Record]) -> None:
    """The first field of a condition set so that it does not hold: to another of its values, or to none."""
    path, wanted = next(iter(condition.items()))
    _room(record, path, model)
    for value in [*allowed(model, path), None]:
        put(record, path.split("."), value)
        if not holds({path: wanted}, record):
            return
    raise AssertionError(f"nothing fails {path}: {wanted}")


def fill(record: dict[str, Any], path: str, model: type[Record]) -> None:
    """Something at a path, where there is nothing yet."""
    _room(record, path, model)
    if value_at(record, path) in (None, []):
        put(record, path.split("."), copy.deepcopy(value_at(sampled_once(model), path)))


def _room(record: dict[str, Any], path: str, model: type[Record]) -> None:
    head = path.split(".", maxsplit=1)[0]
    if "." in path and head not in record:
        record[head] = copy.deepcopy(sampled_once(model)[head])


def _values(wanted: Any, path: str, model: type[Record]) -> list[Any]:
    """Values that might do; of a list, one with a single item each."""
    values = wanted.is_ if isinstance(wanted, Match) else wanted
    found = allowed(model, path) if values is None else values if isinstance(values, list) else [values]
    return [[one] for one in found] if isinstance(sampled_once(model).get(path), list) else found
