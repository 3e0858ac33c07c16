"""Records as a table or as data for other programs, with columns that stay."""

from __future__ import annotations

import json
from typing import Any

from partnerkit.jobs.desk import Desk
from partnerkit.jobs.finding_records import demand_field, fitting
from partnerkit.jobs.worked_out import asking
from partnerkit.kinds.catalogue import KINDS
from partnerkit.kinds.record import FIXED, key_order
from partnerkit.register import RecordFile, Register
from partnerkit.store.disk.sheets import as_csv

_FIRST = ("id", "kind", "policy", "stage", "since")


def records(desk: Desk, kind: str | None, where: list[str]) -> list[RecordFile]:
    """The records of a kind for which the conditions hold, by id; those taken back only where the stage is asked for.

    Raises:
        WrongCallError: a condition that cannot be read, or an unknown field.
    """
    return fitting(asking(desk, desk.working_tree().demand()), where, kind)


def table(desk: Desk, kind: str, where: list[str], columns: list[str] | None) -> str:
    """The records of a kind as CSV, which `new --from` and `import` read back.

    A list is written `a, b`, or as JSON where its items are more than words; a block key by key as
    `termination.effective`.

    Raises:
        WrongCallError: an unknown field.
    """
    asked = asking(desk, desk.working_tree().demand())
    found = fitting(asked, where, kind)
    for field in columns or []:
        demand_field(asked.register, field, kind)
    names = columns or _columns(asked.register, kind)
    return as_csv(names, [[_text(asked.value(one, name)) for name in names] for one in found])


def _columns(register: Register, kind: str) -> list[str]:
    """Every field of the kind that a cell can hold: those of the kind first, then those that policies declare."""
    own = [key for key in key_order(KINDS[kind]) if key not in FIXED and key != "*"]
    policies = [source.policy for source in register.policies.values() if kind in source.policy.lifecycles]
    declared = [path for policy in policies for path in policy.fields.get(kind, {}) if path.split(".")[0] not in own]
    used = [path for one in register.of_kind(kind) for path in _paths(one.data, own)]
    inner = [path for path in dict.fromkeys(used) if "." in path]
    flat = [name for name in own if not any(path.startswith(f"{name}.") for path in inner)]
    return [*_FIRST, *dict.fromkeys([*flat, *sorted(inner), *declared])]


def _paths(data: dict[str, Any], own: list[str]) -> list[str]:
    """The keys of a record's blocks, as dotted paths."""
    return [f"{key}.{inner}" for key in own if isinstance(data.get(key), dict) for inner in data[key]]


def _text(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, list) and all(isinstance(item, str) and "," not in item for item in value):
        return ", ".join(value)
    if isinstance(value, list | dict):
        return json.dumps(value, ensure_ascii=False)
    return str(value)


def as_lines(found: list[RecordFile]) -> str:
    """One JSON object a line, a record each, its data as written."""
    return "".join(json.dumps(one.data, ensure_ascii=True) + "\n" for one in found)


def as_data(found: list[RecordFile]) -> dict[str, Any]:
    """Every record as one JSON document, its data as written."""
    return {"schema": "partnerkit.records/1", "records": [one.data for one in found]}
