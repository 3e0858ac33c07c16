"""Which records a command means where it may mean several: named ones, or those for which conditions hold."""

from __future__ import annotations

from collections.abc import Iterable

from partnerkit.errors import WrongCallError
from partnerkit.jobs.comparing import Condition, condition, holds
from partnerkit.jobs.known_values import demand_comparable, value_meant, values_of
from partnerkit.jobs.named_record import every
from partnerkit.jobs.worked_out import WORKED_OUT, Asked, Asking, SummaryT
from partnerkit.kinds.catalogue import KINDS
from partnerkit.kinds.entries import TOMBSTONE_STAGE
from partnerkit.kinds.problems import an, did_you_mean
from partnerkit.policies.shapes import has_field
from partnerkit.register import RecordFile, Register

#: So many fields are named that one which is misspelt may have been.
_NEAR = 5


def demand_field(register: Register, field: str, kind: str | None = None) -> None:
    """Whether any record (of that kind) could have the field: a misspelt one would find nothing, and say nothing.

    Raises:
        WrongCallError: none could.
    """
    policies = [one.policy for one in register.policies.values()]
    kinds = [kind] if kind else list(KINDS)
    if field in WORKED_OUT or any(has_field(policy, one, field) for policy in policies for one in kinds):
        return
    known = {info.alias or name for one in kinds for name, info in KINDS[one].model_fields.items()} | set(WORKED_OUT)
    known |= {path for policy in policies for one in kinds for path in policy.fields.get(one, {})}
    whose = an(kind) if kind else "a record"
    message = f"{whose} has no field {field!r}{did_you_mean(field, known)}"
    from difflib import get_close_matches  # noqa: PLC0415 - only where a word is not known

    near = get_close_matches(field, sorted(known), n=_NEAR, cutoff=0)
    raise WrongCallError(message, f"nearest to it: {', '.join(near)}; all of them stand in docs/records.md")


def selected(asking: Asking, ids: Iterable[str], where: Iterable[str], kind: str | None = None) -> list[RecordFile]:
    """The records named, or those for which all conditions hold.

    Raises:
        WrongCallError: neither ids nor conditions, a condition that cannot be read, or nothing found.
    """
    named = list(dict.fromkeys(ids))
    conditions = list(where)
    if named and conditions:
        raise WrongCallError("name records, or say --where: not both")
    if named:
        return every(asking.register, named)
    if not conditions:
        raise WrongCallError("say which records: their ids, or --where stage=active")
    found = [one for one in fitting(asking, conditions, kind) if one.stage != TOMBSTONE_STAGE]
    if not found:
        raise WrongCallError(f"no record fits --where {' '.join(conditions)}", "partnerkit list shows what there is")
    return found


def fitting(asking: Asked[SummaryT], where: Iterable[str], kind: str | None = None) -> list[SummaryT]:
    """The records for which all conditions hold, by id; those taken back only where a condition asks for the stage.

    Raises:
        WrongCallError: a condition that cannot be read, or an unknown field.
    """
    register = asking.register
    conditions = [condition(text) for text in where]
    for one in conditions:
        demand_field(register, one.field, kind)
    tests = [_meant(asking, one, kind) for one in conditions]
    hidden = set() if any(one.field == "stage" for one in conditions) else {TOMBSTONE_STAGE}
    every = (one for one in asking.of_kind(kind) if one.stage not in hidden)
    return [one for one in every if all(holds(test, asking.value(one, test.field), asking.day) for test in tests)]


def _meant(asking: Asked[SummaryT], asked: Condition, kind: str | None) -> Condition:
    """A condition as records can fulfil it: with values that the field can have, categories by their whole paths."""
    demand_comparable(asking.register, asked, kind, asking.day)
    if asked.sign not in {"=", "!="}:
        return asked

    def held(value: str) -> bool:
        test = asked._replace(sign="=", values=(value,))
        return any(holds(test, asking.value(one, asked.field), asking.day) for one in asking.of_kind(kind))

    values = asked.values
    if len(values) > 1 and values_of(asking.register, asked.field, kind) is not None:
        values = values[1:]  # of certain values none has a comma
    meant = (value_meant(asking.register, asked.field, value, kind, held) for value in values)
    return asked._replace(values=tuple(meant))
