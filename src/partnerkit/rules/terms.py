"""What a word of a policy means: a requirement, a role, a stage, a rhythm … or the policy; and where it is used."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any

from partnerkit.dataclass import dataclass
from partnerkit.kinds.problems import an
from partnerkit.policies.lifecycle import Transition
from partnerkit.policies.policy import Policy
from partnerkit.policies.requirement import Requirement
from partnerkit.policies.values import Clauses, clause_list
from partnerkit.register import PolicyFile, Register
from partnerkit.rules.commands import line
from partnerkit.rules.conditions import in_short


@dataclass(frozen=True, slots=True)
class Term:
    """What a word means in one policy.

    Attributes:
        policy: the policy.
        sort: policy, requirement, role, stage, variable, rhythm or figure.
        name: the word.
        clauses: where the written policy says it.
        facts: what is to be said of it, each with what that is.
        next: the command that tells more.
    """

    policy: str
    sort: str
    name: str
    clauses: list[str]
    facts: list[tuple[str, str]]
    next: str


#: Parts of a policy that are told as they are written, with what each is called.
_AS_WRITTEN = {"variables": "variable", "cadences": "rhythm", "metrics": "figure"}


def terms(register: Register, word: str, day: date) -> list[Term]:
    """What a word means, in every policy in force that knows it."""
    return [one for source in register.policies.values() for one in _in(source, register, word, day)]


def known_terms(register: Register) -> list[str]:
    """Every word that a policy in force knows."""
    policies = [source.policy for source in register.policies.values()]
    stages = (stage for one in policies for cycle in one.lifecycles.values() for stage in cycle.stages)
    named = (name for one in policies for name in (one.policy, *one.requirements, *one.roles, *_written_names(one)))
    return list(dict.fromkeys((*named, *stages)))


def _written_names(policy: Policy) -> list[str]:
    return [*policy.variables, *policy.cadences, *policy.metrics]


def _in(source: PolicyFile, register: Register, word: str, day: date) -> Iterator[Term]:
    policy = source.policy
    if word == policy.policy:
        yield Term(word, "policy", word, [], _of_policy(register, policy), line("policy", "show", word))
    if word in policy.requirements:
        one = policy.requirements[word]
        facts = [*_of_requirement(source, word, one), *_used(policy, word)]
        yield Term(policy.policy, "requirement", word, one.clauses, facts, line("policy", "show", policy.policy))
    if word in policy.roles:
        role = policy.roles[word]
        holders = ", ".join(register.roster.holders(word, day)) or "nobody"
        facts = [("means", role.title), (f"held on {day} by", holders), *_asked_of(policy, word)]
        yield Term(policy.policy, "role", word, _clauses(role.clause), facts, line("today", "--role", word))
    for kind, cycle in policy.lifecycles.items():
        if word in cycle.stages:
            stage = cycle.stages[word]
            more = line("list", kind, "--where", f"stage={word}")
            yield Term(
                policy.policy,
                f"stage of {an(kind)}",
                word,
                _clauses(stage.clause),
                list(_of_stage(policy, kind, word)),
                more,
            )

    for group, sort in _AS_WRITTEN.items():
        written = source.data.get(group) or {}
        if word in written:
            facts = [(key, _as_written(policy, part)) for key, part in written[word].items() if key != "clause"]
            clauses = clause_list(written[word]["clause"])
            yield Term(policy.policy, sort, word, clauses, facts, _more(policy, sort, word))


def _more(policy: Policy, sort: str, word: str) -> str:
    """The line that tells more of what is told as it is written."""
    if sort == "figure":
        return line("policy", "figures", policy.policy, "--figure", word)
    return line("policy", "gaps", policy.policy) if sort == "variable" else line("today")


def _clauses(cited: Clauses | None) -> list[str]:
    return clause_list(cited) if cited else []


def _of_policy(register: Register, policy: Policy) -> list[tuple[str, str]]:
    default = register.settings.policies.default
    facts = {
        "title": policy.title,
        "version": policy.version,
        "next review": policy.review_due,
        "governs": ", ".join(kind for kind in policy.lifecycles),
        "by default": ", ".join(kind for kind, name in default.items() if name == policy.policy),
    }
    return [(what, str(said)) for what, said in facts.items() if said]


def _of_requirement(source: PolicyFile, name: str, one: Requirement) -> Iterator[tuple[str, str]]:
    policy = source.policy
    if one.title:
        yield "means", one.title
    if one.ask:
        yield "asks", one.ask
    yield f"demands ({one.type})", _as_written(policy, source.data["requirements"][name][one.type])
    if one.when is not None:
        yield "only where", in_short(one.when)
    if one.who:
        yield "usually from", " or ".join(one.who)
    if one.covers:
        yield "vouches for", ", ".join(one.covers)
    if one.waivable is not None:
        yield "can be waived by", _as_written(policy, str(one.waivable.by))
    if one.standing:
        yield "goes on as long as it stands in", " or ".join(one.standing)


def _as_written(policy: Policy, value: Any) -> str:
    """What a demand says, in a line: variables as they are set."""
    if isinstance(value, dict):
        return "; ".join(f"{key}: {_as_written(policy, part)}" for key, part in value.items())
    if isinstance(value, list):
        return ", ".join(_as_written(policy, part) for part in value)
    name = value[1:] if isinstance(value, str) and value.startswith("$") else None
    if name in policy.variables:
        setting = policy.variables[name].value
        return f"{setting} (${name})" if setting is not None else f"${name}, which nobody has decided"
    if value is None:
        return "nothing yet"
    return "yes" if value is True else "no" if value is False else str(value)


def _used(policy: Policy, name: str) -> Iterator[tuple[str, str]]:
    """Which gates ask for a requirement, by itself or as one of several ways."""
    others = [other for other, one in policy.requirements.items() if name in (one.any_of or [])]
    for kind, way in _ways(policy):
        if name in way.needs:
            yield f"asked of {an(kind)}", _told(way)
    if others:
        yield "is one way to meet", ", ".join(others)
    above = [other for other, one in policy.requirements.items() if name in (one.subject_meets or [])]
    if above:
        yield "asked again by", ", ".join(above)


def _ways(policy: Policy) -> Iterator[tuple[str, Transition]]:
    for kind, cycle in policy.lifecycles.items():
        for way in cycle.transitions:
            yield kind, way


def _told(way: Transition) -> str:
    only = f" (where {in_short(way.when)})" if way.when else ""
    return f"{' | '.join(way.from_)} → {way.to}{only}"


def _asked_of(policy: Policy, role: str) -> Iterator[tuple[str, str]]:
    """What a role is for: what it decides, supplies, waives, makes and sees to."""
    every = policy.requirements.items()
    yield from _listed(
        "decides", [name for name, one in every if one.approval and _is(policy, one.approval.role, role)]
    )
    yield from _listed("usually supplies", [name for name, one in every if role in one.who])
    yield from _listed(
        "may waive", [name for name, one in every if one.waivable and _is(policy, one.waivable.by, role)]
    )
    yield from _listed(
        "alone makes", [f"{kind} {_told(way)}" for kind, way in _ways(policy) if _is(policy, way.by, role)]
    )
    cadences = policy.cadences.items()
    yield from _listed("sees to", [name for name, one in cadences if _is(policy, one.role, role)])


def _is(policy: Policy, given: Any, role: str) -> bool:
    return given is not None and policy.value(given) == role


def _listed(what: str, names: list[str]) -> Iterator[tuple[str, str]]:
    if names:
        yield what, ", ".join(names)


def _of_stage(policy: Policy, kind: str, stage: str) -> Iterator[tuple[str, str]]:
    cycle = policy.lifecycles[kind]
    yield "means", cycle.stages[stage].title
    if stage == cycle.starts:
        yield "is where", f"a new {kind} begins"
    yield from _listed(
        "reached from", [_gate(one, " | ".join(one.from_)) for one in cycle.transitions if one.to == stage]
    )
    yield from _listed("leads to", [_gate(one, one.to) for one in cycle.leaving(stage)])
    if cycle.is_over(stage):
        yield "is over", "nothing falls due in it any more"


def _gate(way: Transition, stage: str) -> str:
    count = len(way.needs)
    return f"{stage} ({count} requirement{'' if count == 1 else 's'})" if count else stage
