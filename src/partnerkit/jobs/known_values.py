"""Values that a condition can ask for: a stage, category, record or day that nobody could mean is refused."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from datetime import date
from decimal import Decimal
from typing import Any

from partnerkit.errors import WrongCallError
from partnerkit.jobs.comparing import Condition, day_meant
from partnerkit.jobs.worked_out import SORTS, Days
from partnerkit.kinds.catalogue import KINDS
from partnerkit.kinds.duration import Duration
from partnerkit.kinds.entries import TOMBSTONE_STAGE
from partnerkit.kinds.problems import did_you_mean
from partnerkit.kinds.readable import as_duration, as_number
from partnerkit.policies.policy import Policy
from partnerkit.policies.shapes import has_field
from partnerkit.policies.sorts import held as types_held
from partnerkit.register import Register
from partnerkit.rules.commands import line
from partnerkit.store.records import Records

_CATEGORIES, _CHOICES = {"category", "categories"}, {"choice", "choices"}


def value_meant(register: Register, field: str, wanted: str, kind: str | None, held: Callable[[str], bool]) -> str:
    """The value as records hold it: a category by its whole path, where it was named by its last part.

    Args:
        register: whose policies say which values a field can have.
        field: the field.
        wanted: the value that is asked for.
        kind: only records of this kind are meant.
        held: whether any record holds a value, though no policy knows it any more.

    Raises:
        WrongCallError: the field takes certain values only, and that is none of them; or several categories have it.
    """
    known = values_of(register, field, kind)
    if known is None or wanted in known or not wanted:
        return wanted
    whole = sorted(name for name in known if name.rpartition("/")[2] == wanted)
    if len(whole) == 1:
        return whole[0]
    if whole:
        raise WrongCallError(f"{wanted} is the name of several categories: {', '.join(whole)}")
    if held(wanted):
        return wanted
    near = did_you_mean(wanted, sorted({*known, *(name.rpartition("/")[2] for name in known)}))
    mend = line("list") if field == "id" else line("list", "--by", field)
    raise WrongCallError(f"no {field} is called {wanted!r}{near}", f"{mend} shows which there are")


def values_of(register: Register, field: str, kind: str | None) -> set[str] | None:
    """Every value that the field can have; None where it takes others than certain ones."""
    policies = [source.policy for source in register.policies.values()]
    if field == "kind":
        return set(KINDS)
    if field == "policy":
        return set(register.policies)
    if field in {"id", "belongs-to"} or any(field in {KINDS[one].subject, *KINDS[one].refers} for one in _kinds(kind)):
        records = register.records
        ids = records.paths if isinstance(records, Records) else records
        return {*ids, *(register.policies if field != "id" else ())}
    pairs = [(one, other) for one in policies for other in one.lifecycles if kind is None or other == kind]
    if field == "stage":
        return {TOMBSTONE_STAGE, *(stage for one, other in pairs for stage in one.lifecycles[other].stages)}
    found: set[str] = set()
    for policy, other in pairs:
        if has_field(policy, other, field):
            values = _declared(policy, other, field)
            if values is None:
                return None
            found |= set(values)
    return found or None


def _kinds(kind: str | None) -> list[str]:
    return [kind] if kind else list(KINDS)


def _declared(policy: Policy, kind: str, field: str) -> Iterable[str] | None:
    """The values to which a policy narrows a field; None where it leaves it open."""
    spec = policy.fields.get(kind, {}).get(field)
    if spec is None:
        return None
    return policy.categories() if spec.type in _CATEGORIES else spec.choices if spec.type in _CHOICES else None


#: What to write where days are compared.
_A_DAY = (
    "write a day (2026-03-31), today, or how long after or before it: ends<P90D is over by 90 days from now, "
    "since<-P60D began more than 60 days ago"
)


def demand_comparable(register: Register, asked: Condition, kind: str | None, today: date) -> None:
    """Whether a field that holds days, durations or numbers is compared with one.

    Raises:
        WrongCallError: it is not; whatever records said, it would find nothing that was meant.
    """
    types = set(_types(register, asked.field, kind))
    if not asked.compares and asked.sign not in {"=", "!="}:
        return
    if types == {date}:
        _demand(asked, "days", _A_DAY, lambda text: day_meant(text, today) is not None)
    elif types == {Duration}:
        _demand(asked, "durations", "write one such as P60D, P2W, P6M or P1Y", _is_duration)
    elif types == {Days}:
        how = f"write a number of days, or a duration such as P2M: {asked.field}>60"
        _demand(asked, "days", how, lambda text: _is_number(text) or _is_duration(text))
    elif types and types <= {int, Decimal}:
        _demand(asked, "numbers", f"write one: {asked.field}{asked.sign}10", _is_number)


def _types(register: Register, field: str, kind: str | None) -> Iterator[Any]:
    if field in SORTS:
        yield SORTS[field]
        return
    for source in register.policies.values():
        for one in _kinds(kind):
            yield from types_held(source.policy, one, field) if one in source.policy.lifecycles else ()


def _demand(asked: Condition, sort: str, mend: str, fits: Callable[[str], bool]) -> None:
    wrong = [asked.wanted] if asked.compares and not fits(asked.wanted) else []
    if not asked.compares:
        wrong = [one for one in asked.values if "," not in one and not fits(one)]
    if wrong:
        raise WrongCallError(f"{asked.field} holds {sort}, and {wrong[0]!r} is none", mend)


def _is_number(text: str) -> bool:
    return as_number(text) is not None


def _is_duration(text: str) -> bool:
    return as_duration(text) is not None
