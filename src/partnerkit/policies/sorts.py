"""Sorts of fields: what a field can hold, and whether what a policy compares it with is of that sort.

A condition on a value that its field never holds makes a demand that is never made, and nobody would notice.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from datetime import date
from decimal import Decimal
from typing import Annotated, Any, Literal, get_args, get_origin

from partnerkit.kinds.catalogue import KINDS
from partnerkit.kinds.duration import Duration
from partnerkit.kinds.modelled import BaseModel
from partnerkit.kinds.problems import an, did_you_mean
from partnerkit.policies.counting import compared, field_at
from partnerkit.policies.demands import MOMENTS
from partnerkit.policies.metric import Mean, Tally
from partnerkit.policies.policy import Policy
from partnerkit.policies.problem import Problem, unknown
from partnerkit.policies.reach import kinds_needing
from partnerkit.policies.requirement import Requirement
from partnerkit.policies.shapes import model_for
from partnerkit.policies.values import Match, Variable
from partnerkit.tuples import NamedTuple

Place = tuple[str | int, ...]


class Read(NamedTuple):
    """A condition that a policy puts: where it stands, on what kind, below which field, and what it says."""

    place: Place
    kind: str
    above: str
    condition: Mapping[str, Any]


class Compared(NamedTuple):
    """A field by which a policy counts or compares: where it says so, the kind, the field, and as what it is taken."""

    place: Place
    kind: str
    path: str
    wanted: type


def held(policy: Policy, kind: str, path: str) -> list[Any]:
    """The types of what a record of the kind may hold at a path, inside lists and optional values; none if nothing."""
    return _at(model_for(policy, kind), path)


def _at(model: Any, path: str) -> list[Any]:
    found = [model]
    for segment in path.split("."):
        found = [inner for one in found for inner in _below(one, segment)]
    return found


def _below(one: Any, segment: str) -> list[Any]:
    if isinstance(one, type) and issubclass(one, BaseModel):
        infos = one.model_fields.items()
        return next((parts(info.annotation) for name, info in infos if (info.alias or name) == segment), [])
    return parts(get_args(one)[1]) if get_origin(one) is dict else []


def parts(annotation: Any) -> list[Any]:
    """The types that an annotation leaves a choice of, inside lists, without None."""
    origin, args = get_origin(annotation), get_args(annotation)
    if origin in {Annotated, list}:
        return parts(args[0])
    if origin is Literal or origin is dict or not args:
        return [] if annotation is type(None) else [annotation]
    return [found for part in args for found in parts(part)]


def choices(types: list[Any]) -> list[Any]:
    """The values that a field can hold at all, where they can be counted; else none."""
    counted = [list(get_args(one)) if get_origin(one) is Literal else [True, False] * (one is bool) for one in types]
    return [value for values in counted for value in values] if all(counted) else []


#: What a field of each type holds, where it is no text.
_HOLDS: dict[str, tuple[type, ...]] = {
    "number": (Decimal, int),
    "count": (int,),
    "percentage": (int,),
    "day": (date,),
    "duration": (Duration,),
    "yes-no": (bool,),
    "keys": (dict,),
    "items": (BaseModel,),
}


def narrowed_are_of_a_sort(policy: Policy) -> Iterator[Problem]:
    """A field that the kind has already is narrowed, and never turned into something else."""
    for kind, specs in policy.fields.items():
        for path, spec in specs.items() if kind in KINDS else ():
            wanted = _HOLDS.get(spec.type, (str,))
            if not all(issubclass(_plain(one), wanted) for one in _at(KINDS[kind], path)):
                message = f"{an(kind)} has a field {path} of another sort, and it is no {spec.type}"
                yield Problem(("fields", kind, path), f"{message}: give yours a name of its own")


def _plain(one: Any) -> type:
    """The class behind a type: text where values are listed."""
    return str if get_origin(one) is Literal else get_origin(one) or one


def conditions_can_hold(policy: Policy) -> Iterator[Problem]:
    """A condition names values that its field can hold."""
    for read in _conditions(policy):
        if read.kind not in KINDS:
            continue
        for path, wanted in read.condition.items():
            types = held(policy, read.kind, f"{read.above}{path}")
            for value in _named(wanted):
                why = _never(types, value)
                if why:
                    yield Problem((*read.place, path), f"{read.above}{path} of {an(read.kind)}: {why}")


def _conditions(policy: Policy) -> Iterator[Read]:
    for kind, lifecycle in policy.lifecycles.items():
        for index, way in enumerate(lifecycle.transitions):
            yield Read(("lifecycles", kind, "transitions", index, "when"), kind, "", way.when or {})
    for name, cadence in policy.cadences.items():
        yield Read(("cadences", name, "when"), cadence.of, "", cadence.when or {})
    for name, requirement in policy.requirements.items():
        place: Place = ("requirements", name)
        if (linked := requirement.linked) is not None:
            yield Read((*place, "linked", "where"), linked.kind, "", linked.where or {})
        if (naming := requirement.named_by) is not None:
            above = f"{naming.count}." if naming.count else ""
            yield Read((*place, "named-by", "where"), naming.kind, above, naming.where or {})
        for kind in sorted(kinds_needing(policy, name)):
            yield from _of_requirement(requirement, place, kind)

    for name, metric in policy.metrics.items():
        for place, tally in metric.tallies:
            yield from _of_tally(policy, tally, ("metrics", name, *place))


def _of_tally(policy: Policy, tally: Tally, place: Place) -> Iterator[Read]:
    """What a tally asks of records and of what it counts; what points are given to is a condition on its choices."""
    yield Read((*place, "when"), tally.of, "", tally.when or {})
    given = [("where", path, wanted) for path, wanted in (tally.where or {}).items()]
    if isinstance(tally, Mean) and tally.points is not None:
        given.append(("points", tally.value, list(tally.points)))
    for key, path, wanted in given:
        found = field_at(policy, tally, path)
        above, dot, last = (found or path).rpartition(".")
        yield Read((*place, key), tally.of, f"{above}{dot}", {last: wanted})


def _of_requirement(requirement: Requirement, place: Place, kind: str) -> Iterator[Read]:
    yield Read((*place, "when"), kind, "", requirement.when or {})
    yield Read((*place, "matches"), kind, "", requirement.matches or {})
    if (asked := requirement.acknowledged) is not None:
        for name, one in asked.answers.items():
            yield Read((*place, "acknowledged", "answers", name, "of"), kind, f"{asked.by_each}.", one.of or {})
            yield Read((*place, "acknowledged", "answers", name, "when"), kind, "", one.when or {})
    if (each := requirement.each) is not None:
        yield Read((*place, "each", "where"), kind, f"{each.by.partition('.')[0]}.", each.where or {})
    if (items := requirement.listed) is not None:
        yield Read((*place, "listed", "where"), kind, f"{items.field}.", items.where or {})


def _named(wanted: Any) -> list[Any]:
    """The values that a condition on a field names."""
    given = [wanted.is_, wanted.not_] if isinstance(wanted, Match) else [wanted]
    return [value for one in given if one is not None for value in (one if isinstance(one, list) else [one])]


def _never(types: list[Any], value: Any) -> str | None:
    """Why a field of these types never holds the value, or None."""
    known = choices(types)
    if known:
        if any(type(one) is type(value) and one == value for one in known):
            return None
        words = [str(one).lower() if isinstance(one, bool) else str(one) for one in known]
        return f"there is no choice {value!r} here{did_you_mean(str(value), words)} (it is one of {', '.join(words)})"
    if types and all(one is int for one in types) and (isinstance(value, bool) or not isinstance(value, int)):
        return f"it is a whole number, and never {value!r}"
    if types and all(one is str for one in types) and not isinstance(value, str):
        return f"it is text, and never {value!r}: put it in quotes, or ask whether it is filled"
    return None


def scopes_are_known(policy: Policy) -> Iterator[Problem]:
    """A decision is asked for in scopes for which its role is held."""
    for name, requirement in policy.requirements.items():
        demand = requirement.approval
        role = policy.roles.get(str(policy.value(demand.role))) if demand else None
        for scope in demand.scope if demand and role else ():
            if role and demand and scope not in role.scopes:
                what = f"scope of the role {policy.value(demand.role)}"
                held_for = f" (it is held for {', '.join(role.scopes)})" if role.scopes else " (it is held for none)"
                place = ("requirements", name, "approval", "scope", scope)
                yield Problem(place, f"{unknown(what, scope, role.scopes)}{held_for}")


def compared_are_of_a_sort(policy: Policy) -> Iterator[Problem]:
    """What is compared as a day is a day, what as a number is a number, and how long or how often is a duration."""
    for place, of, path, wanted in [*_of_requirements(policy), *_of_cadences(policy), *_of_metrics(policy)]:
        types = held(policy, of, path) if of in KINDS else []
        fitting = {wanted, int} if wanted is Decimal else {wanted}
        if types and not all(one in fitting for one in types):
            yield Problem(place, f"{path} of {an(of)} is no {_SORTS[wanted]}")


_SORTS: dict[type, str] = {date: "day", Decimal: "number", Duration: "duration"}


def _of_requirements(policy: Policy) -> Iterator[Compared]:
    for name, requirement in policy.requirements.items():
        for kind in sorted(kinds_needing(policy, name)):
            for place, of, path, wanted in _compared(requirement, kind):
                yield Compared(("requirements", name, *place), of, path, wanted)
        if (linked := requirement.linked) is not None:
            for key, day in (("from", linked.from_), ("until", linked.until)):
                if day is not None:
                    yield Compared(("requirements", name, "linked", key), linked.kind, day, date)


def _of_cadences(policy: Policy) -> Iterator[Compared]:
    for name, cadence in policy.cadences.items():
        often = cadence.every if not isinstance(cadence.every, Variable) else None
        for key, path, wanted in (
            ("every", often, Duration),
            ("from", cadence.from_, date),
            ("until", cadence.until, date),
        ):
            if isinstance(path, str):
                yield Compared(("cadences", name, key), cadence.of, path, wanted)


def _of_metrics(policy: Policy) -> Iterator[Compared]:
    for name, metric in policy.metrics.items():
        for counted in metric.tallies:
            for key, path, wanted in compared(policy, counted):
                yield Compared(("metrics", name, *counted.place, key), counted.tally.of, path, wanted)


def _compared(requirement: Requirement, kind: str) -> Iterator[tuple[Place, str, str, type]]:
    if (demand := requirement.compare) is not None:
        given = [(key, path) for key, path in (("field", demand.field), ("before", demand.before)) if path]
        for key, path in given:
            if path not in MOMENTS:
                yield ("compare", key), kind, path, Decimal if demand.before is None else date
    if (naming := requirement.named_by) is not None and naming.bound_in is not None:
        yield ("named-by", "at-most"), kind, naming.bound_in, Decimal
    if (notice := requirement.notice) is not None:
        yield ("notice", "given"), kind, notice.given, date
        yield ("notice", "effective"), kind, notice.effective, date
        if (agreed := notice.agreed_in) is not None and agreed.kind in KINDS:
            yield ("notice", "agreed-in", "field"), agreed.kind, agreed.field, Duration


#: What is asked of the fields themselves: it can be told once every field is there.
SORTED: tuple[Callable[[Policy], Iterator[Problem]], ...] = (
    narrowed_are_of_a_sort,
    conditions_can_hold,
    scopes_are_known,
    compared_are_of_a_sort,
)
