"""Which records a command means: by id, or by a condition."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from typing import Any

from partnerkit.errors import WrongCallError
from partnerkit.jobs.known_values import value_meant
from partnerkit.kinds.catalogue import KINDS
from partnerkit.kinds.entries import TOMBSTONE_STAGE
from partnerkit.kinds.problems import an, did_you_mean
from partnerkit.kinds.readable import as_number
from partnerkit.policies.shapes import has_field
from partnerkit.register import PolicyFile, RecordFile, Register
from partnerkit.rules.refused import Refused
from partnerkit.steps import value_at
from partnerkit.store.records import Records

#: What can be asked of a record though its file does not write it so.
_READ = {"name", "since"}

_CONDITION = re.compile(r"([a-z0-9][a-z0-9.-]*)(!=|<=|>=|=|<|>|~)(.*)\Z", re.DOTALL)


def record(register: Register, record_id: str) -> RecordFile:
    """A record by its id.

    Raises:
        WrongCallError: there is none of that id.
        Refused: it cannot be read; says why.
    """
    found = register.records.get(record_id)
    if found is not None:
        return found
    records = register.records
    if record_id in register.broken and isinstance(records, Records):
        problems = [finding for finding in records.findings if finding.file == records.paths[record_id]]
        raise Refused(f"{record_id} cannot be read; nothing changed", problems)
    known = records.paths if isinstance(records, Records) else records
    raise WrongCallError(
        f"there is no record {record_id!r}{did_you_mean(record_id, known)}", "partnerkit list shows them"
    )


def source(register: Register, found: RecordFile) -> PolicyFile:
    """The policy that governs a record."""
    return register.policies[found.model.policy]


def demand_field(register: Register, field: str, kind: str | None = None) -> None:
    """Whether any record (of that kind) could have the field: a misspelt one would find nothing, and say nothing.

    Raises:
        WrongCallError: none could.
    """
    policies = [one.policy for one in register.policies.values()]
    kinds = [kind] if kind else list(KINDS)
    if field in _READ or any(has_field(policy, one, field) for policy in policies for one in kinds):
        return
    known = {info.alias or name for one in kinds for name, info in KINDS[one].model_fields.items()} | _READ
    known |= {path for policy in policies for one in kinds for path in policy.fields.get(one, {})}
    whose = an(kind) if kind else "a record"
    message = f"{whose} has no field {field!r}{did_you_mean(field, known)}"
    raise WrongCallError(message, f"its fields: {', '.join(sorted(known))}")


def field_of(text: str) -> str:
    """The field of which a condition speaks."""
    match = _CONDITION.match(text)
    return match[1] if match else text


def selected(register: Register, ids: Iterable[str], where: Iterable[str], kind: str | None = None) -> list[RecordFile]:
    """The records named, or those for which all conditions hold.

    Raises:
        WrongCallError: neither ids nor conditions, a condition that cannot be read, or nothing found.
    """
    named = list(dict.fromkeys(ids))
    conditions = list(where)
    if named and conditions:
        raise WrongCallError("name records, or say --where: not both")
    if named:
        return [record(register, record_id) for record_id in named]
    if not conditions:
        raise WrongCallError("say which records: their ids, or --where stage=active")
    found = [one for one in fitting(register, conditions, kind) if one.stage != TOMBSTONE_STAGE]
    if not found:
        raise WrongCallError(f"no record fits --where {' '.join(conditions)}", "partnerkit list shows what there is")
    return found


def fitting(register: Register, where: Iterable[str], kind: str | None = None) -> list[RecordFile]:
    """The records for which all conditions hold, by id; those taken back only where a condition asks for the stage.

    Raises:
        WrongCallError: a condition that cannot be read, or an unknown field.
    """
    conditions = list(where)
    fields = [field_of(text) for text in conditions]
    for text in conditions:
        condition(text)
    for field in fields:
        demand_field(register, field, kind)
    tests = [condition(_meant(register, text, kind)) for text in conditions]
    hidden = set() if "stage" in fields else {TOMBSTONE_STAGE}
    every = (one for one in register.of_kind(kind) if one.stage not in hidden)
    return [one for one in every if all(test(register, one) for test in tests)]


def _meant(register: Register, text: str, kind: str | None) -> str:
    """A condition as records can fulfil it: with a value that the field can have, a category by its whole path."""
    match = _CONDITION.match(text)
    if match is None or match[2] not in {"=", "!="}:
        return text
    field, sign, wanted = match.groups()

    def held(value: str) -> bool:
        return any(_test(field_value(register, one, field), "=", value) for one in register.of_kind(kind))

    return f"{field}{sign}{value_meant(register, field, wanted, kind, held)}"


def field_value(register: Register, one: RecordFile, field: str) -> Any:
    """The value of a record's field, also of those that its file does not write so: name and since."""
    if field == "name":
        return one.name
    if field == "since":
        return register.since(one).isoformat()
    return value_at(one.data, field)


def condition(text: str) -> Callable[[Register, RecordFile], bool]:
    """A test from `field=value`, `!=`, `<`, `<=`, `>`, `>=` or `~` (contains, whatever the case).

    Raises:
        WrongCallError: it cannot be read.
    """
    match = _CONDITION.match(text)
    if match is None:
        raise WrongCallError(
            f"{text!r} is no condition", "write for instance stage=active, ends<2027-03-01 or name~cloud"
        )
    field, sign, wanted = match.groups()
    return lambda register, one: _test(field_value(register, one, field), sign, wanted)


def _test(value: Any, sign: str, wanted: str) -> bool:
    values = value if isinstance(value, list) else [value]
    if sign == "!=":
        return all(_text(item) != wanted for item in values)
    return any(_one(item, sign, wanted) for item in values if item is not None)


def _text(value: Any) -> str:
    return {True: "true", False: "false", None: ""}.get(value, str(value)) if not isinstance(value, dict) else ""


def _one(value: Any, sign: str, wanted: str) -> bool:
    text = _text(value)
    if sign == "=":
        return text == wanted
    if sign == "~":
        return wanted.casefold() in text.casefold()
    left, right = as_number(text), as_number(wanted)
    if left is None or right is None:
        return {"<": text < wanted, "<=": text <= wanted, ">": text > wanted, ">=": text >= wanted}[sign]
    return {"<": left < right, "<=": left <= right, ">": left > right, ">=": left >= right}[sign]
