"""Whether a policy agrees with itself: names it uses exist, stages can be reached, clauses it cites are there."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import Any

from partnerkit.kinds.catalogue import KINDS
from partnerkit.kinds.modelled import BaseModel
from partnerkit.kinds.problems import an
from partnerkit.policies import clauses as clause_tree
from partnerkit.policies import courses
from partnerkit.policies.amending import amendable
from partnerkit.policies.citing import citations
from partnerkit.policies.counting import countable
from partnerkit.policies.fields import TRIGGER
from partnerkit.policies.matched import matching_agrees
from partnerkit.policies.policy import Policy
from partnerkit.policies.problem import Problem, unknown
from partnerkit.policies.reach import (
    each_reads_a_list,
    excluded_are_named,
    kinds_needing,
    linked_fields_exist,
    named_agree,
    naming_can_be,
    subjects_are_asked,
)
from partnerkit.policies.reads import fields_read
from partnerkit.policies.requirement import Requirement
from partnerkit.policies.shapes import has_field
from partnerkit.policies.sorts import SORTED
from partnerkit.policies.values import Variable


def problems(policy: Policy) -> list[Problem]:
    """Everything in which the policy contradicts itself."""
    found = [problem for check in _CHECKS for problem in check(policy)]
    return found or [problem for check in SORTED for problem in check(policy)]


def _clauses(policy: Policy) -> Iterator[Problem]:
    known = clause_tree.known(policy.clauses)
    for cited, source, place in citations(policy):
        if cited not in known:
            yield Problem(place, f"{source} cites {cited}: {unknown('clause', cited, known)}")
    for clause_id, clause in policy.clauses.items():
        above = clause_tree.parent(clause_id, clause)
        if above is not None and above not in policy.clauses:
            yield Problem(("clauses", clause_id), f"its heading {above} is not among the clauses")


def _requirements(policy: Policy) -> Iterator[Problem]:
    for name, requirement in policy.requirements.items():
        path = ("requirements", name)
        lists = {
            "rests-on": requirement.rests_on,
            "after": requirement.after,
            "subject-meets": requirement.subject_meets or [],
            "any-of": requirement.any_of or [],
        }
        for key, named in lists.items():
            for index, other in enumerate(named):
                if other not in policy.requirements:
                    yield Problem((*path, key, index), unknown("requirement", other, policy.requirements))
        for index, other in enumerate(requirement.named.meets if requirement.named else ()):
            if other not in policy.requirements:
                place = (*path, "named", "meets", index)
                yield Problem(place, unknown("requirement", other, policy.requirements))
        for role in requirement.who:
            if role not in policy.roles:
                yield Problem((*path, "who"), unknown("role", role, policy.roles))
        yield from _demand(policy, name, requirement)


def _demand(policy: Policy, name: str, requirement: Requirement) -> Iterator[Problem]:
    path = ("requirements", name, requirement.type)
    if requirement.approval and not isinstance(requirement.approval.role, Variable):
        role = requirement.approval.role
        if role not in policy.roles:
            yield Problem(path, unknown("role", role, policy.roles))
    if requirement.approval and requirement.approval.assurance and requirement.waivable:
        message = "what asks for `assurance` cannot be waived: a waiver is a name in the record alone"
        yield Problem(("requirements", name, "waivable"), message)
    if requirement.scores and requirement.scores.card not in policy.scorecards:
        yield Problem(path, unknown("scorecard", requirement.scores.card, policy.scorecards))
    if requirement.signed and requirement.signed.document not in policy.requirements:
        yield Problem(path, unknown("requirement", requirement.signed.document, policy.requirements))
    if requirement.linked:
        lifecycle = policy.lifecycles.get(requirement.linked.kind)
        if lifecycle is None:
            yield Problem(path, unknown("lifecycle for the kind", requirement.linked.kind, policy.lifecycles))
        else:
            for stage in requirement.linked.in_:
                if stage not in lifecycle.stages:
                    yield Problem(path, unknown(f"{requirement.linked.kind} stage", stage, lifecycle.stages))


def _standing(policy: Policy) -> Iterator[Problem]:
    """Standing demands name kinds and stages that are there."""
    for name, requirement in policy.requirements.items():
        path = ("requirements", name)
        if requirement.of is not None and requirement.of not in policy.lifecycles:
            yield Problem((*path, "of"), unknown("lifecycle for the kind", requirement.of, policy.lifecycles))
        kinds = [kind for kind in kinds_needing(policy, name) if kind in policy.lifecycles]
        known = {stage for kind in kinds for stage in policy.lifecycles[kind].stages}
        for stage in requirement.standing if kinds else ():
            if stage not in known:
                yield Problem((*path, "standing"), unknown("stage", stage, known))


def _names(policy: Policy) -> Iterator[Problem]:
    """Names stand for fields that there are, and demands that leave one out know it."""
    for asked, requirement in policy.requirements.items():
        for left_out in requirement.unmentioned or []:
            if left_out not in policy.names:
                yield Problem(("requirements", asked, "unmentioned"), unknown("name", left_out, policy.names))
    for name, rule in policy.names.items():
        for kind, paths in rule.fields.items():
            if kind not in KINDS:
                yield Problem(("names", name, "fields"), unknown("kind", kind, KINDS))
                continue
            for field in paths:
                if not has_field(policy, kind, field):
                    yield Problem(("names", name, "fields"), f"{an(kind)} under this policy has no field {field!r}")


def _votes(policy: Policy) -> Iterator[Problem]:
    for name, requirement in policy.requirements.items():
        demand = requirement.approval
        if demand is not None and policy.value(demand.at_least) == 0:
            where = demand.at_least
            path = ("variables", where.name) if isinstance(where, Variable) else ("requirements", name, "approval")
            yield Problem(path, f"{name} would be decided by nobody: at least 1 must decide")


def _variables(policy: Policy) -> Iterator[Problem]:
    for path, variable in _references(policy, ()):
        if variable.name not in policy.variables:
            yield Problem(path, unknown("variable", variable.name, policy.variables))


def _references(value: Any, path: tuple[str | int, ...]) -> Iterator[tuple[tuple[str | int, ...], Variable]]:
    """The variables that are named in a value, and where: those of a part stand in what was said of it."""
    if isinstance(value, Variable):
        yield path, value
        return
    for key, item in _within(value):
        if isinstance(item, _MAY_NAME):
            yield from _references(item, (*path, key))


def _within(value: Any) -> Iterable[tuple[str | int, Any]]:
    if isinstance(value, BaseModel):
        said = value.model_fields_set
        fields = type(value).model_fields.items()
        return [(one.alias or name, getattr(value, name)) for name, one in fields if name in said]
    return value.items() if isinstance(value, dict) else enumerate(value)


#: What may be a variable, or hold some.
_MAY_NAME = (Variable, BaseModel, dict, list)


def _roles(policy: Policy) -> Iterator[Problem]:
    for path, role in _roles_named(policy):
        if role is not None and not isinstance(role, Variable) and role not in policy.roles:
            yield Problem(path, unknown("role", role, policy.roles))


def _roles_named(policy: Policy) -> Iterator[tuple[tuple[str | int, ...], str | None]]:
    for kind, lifecycle in policy.lifecycles.items():
        for index, transition in enumerate(lifecycle.transitions):
            yield ("lifecycles", kind, "transitions", index, "by"), transition.by
    for name, requirement in policy.requirements.items():
        yield ("requirements", name, "waivable"), requirement.waivable.by if requirement.waivable else None
    for name, cadence in policy.cadences.items():
        yield ("cadences", name, "role"), cadence.role
    for name, spec in policy.variables.items():
        yield ("variables", name, "value"), str(spec.value) if spec.unit == "role" and spec.value else None


def _fields(policy: Policy) -> Iterator[Problem]:
    for kind, specs in policy.fields.items():
        if kind not in KINDS:
            yield Problem(("fields", kind), unknown("kind", kind, KINDS))
            continue
        for path in specs:
            if "." in path and not has_field(policy, kind, path.rpartition(".")[0]):
                yield Problem(("fields", kind, path), f"{an(kind)} has no field {path.rpartition('.')[0]!r}")
    for name, requirement in policy.requirements.items():
        for kind in kinds_needing(policy, name):
            for place, field in fields_read(requirement):
                if not has_field(policy, kind, field):
                    where = ("requirements", name, *place)
                    yield Problem(where, f"{an(kind)} under this policy has no field {field!r}")


def _falling_due(policy: Policy) -> Iterator[Problem]:
    """A day on which something falls due has a day beside it that says when it was done."""
    for kind, specs in policy.fields.items():
        parts = {f"{path}.{name}": part for path, spec in specs.items() for name, part in (spec.fields or {}).items()}
        every = {**specs, **parts}
        for path, spec in every.items():
            above = path.rpartition(".")[0]
            beside = every.get(".".join(part for part in (above, spec.falls_due) if part)) if spec.falls_due else None
            if spec.falls_due is not None and (beside is None or beside.type != "day"):
                yield Problem(("fields", kind), f"{path} falls due unless {spec.falls_due}: declare that day beside it")


def _ends(policy: Policy) -> Iterator[Problem]:
    """What both sides agree on, and what comes by itself, is said of what ends something: else nobody reads it."""
    for kind, specs in policy.fields.items():
        for path, spec in specs.items():
            for word in ("mutual", "lapses"):
                if getattr(spec, word) and path != TRIGGER:
                    yield Problem(("fields", kind, path, word), f"`{word}` goes with {TRIGGER}: it says which ends are")


def _unused(policy: Policy) -> Iterator[Problem]:
    used = {name for cycle in policy.lifecycles.values() for t in cycle.transitions for name in t.needs}
    for requirement in policy.requirements.values():
        used |= set(requirement.any_of or []) | set(requirement.rests_on)
        used |= {requirement.signed.document} if requirement.signed else set()
        used |= set(requirement.named.meets) if requirement.named else set()
    for name, requirement in policy.requirements.items():
        if name not in used and requirement.of is None:
            yield Problem(("requirements", name), "no transition needs it: it would never be demanded")


_CHECKS: tuple[Callable[[Policy], Iterator[Problem]], ...] = (
    _clauses,
    _requirements,
    _standing,
    each_reads_a_list,
    subjects_are_asked,
    excluded_are_named,
    linked_fields_exist,
    named_agree,
    naming_can_be,
    _names,
    courses.migrations,
    amendable,
    _votes,
    _variables,
    courses.lifecycles,
    courses.answers,
    _roles,
    courses.cadences,
    courses.rhythms,
    countable,
    _fields,
    _falling_due,
    _ends,
    matching_agrees,
    _unused,
)
