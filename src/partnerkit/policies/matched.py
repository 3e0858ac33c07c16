"""Whether the matching of a policy names what is there: stages, requirements, criteria, fields of applications."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from partnerkit.kinds.problems import an
from partnerkit.policies.matching import MatchingSpec
from partnerkit.policies.policy import Policy
from partnerkit.policies.problem import Problem, unknown
from partnerkit.policies.shapes import has_field

#: The kinds that are matched, and that a match makes.
POOL, MADE = "application", "pairing"


def matching_agrees(policy: Policy) -> Iterator[Problem]:
    """The matching uses only what the policy has."""
    if policy.matching is not None:
        yield from _stages(policy, policy.matching)
        yield from _requirements(policy, policy.matching)
        yield from _programmes(policy, policy.matching)
        yield from _criteria(policy, policy.matching)


def _stages(policy: Policy, spec: MatchingSpec) -> Iterator[Problem]:
    named: tuple[tuple[str, str, Iterable[str]], ...] = (
        (POOL, "pool", spec.pool),
        (MADE, "taken", spec.taken),
        (MADE, "not-again", spec.not_again),
        (MADE, "did-not-last", spec.did_not_last),
        (MADE, "rejected", [spec.rejected]),
    )
    for kind, key, stages in named:
        lifecycle = policy.lifecycles.get(kind)
        if lifecycle is None:
            yield Problem(("matching", key), unknown("lifecycle for the kind", kind, policy.lifecycles))
            continue
        for index, stage in enumerate(stages):
            if stage not in lifecycle.stages:
                yield Problem(("matching", key, index), unknown(f"{kind} stage", stage, lifecycle.stages))


def _requirements(policy: Policy, spec: MatchingSpec) -> Iterator[Problem]:
    for index, name in enumerate(spec.needs):
        requirement = policy.requirements.get(name)
        if requirement is None:
            yield Problem(("matching", "needs", index), unknown("requirement", name, policy.requirements))
        elif not set(spec.pool) & set(requirement.standing):
            message = f"{name} does not stand in any stage of the pool: say `standing` there"
            yield Problem(("matching", "needs", index), message)
    wanted: dict[str, tuple[str | None, str]] = {
        "shown-by": (spec.shown_by, "evidence"),
        "judged-by": (spec.judged_by, "scores"),
        "looked-at": (spec.looked_at, "evidence"),
        "reviewed-by": (spec.reviewed_by, "approval"),
    }
    for key, (wished, type_) in wanted.items():
        found = policy.requirements.get(wished or "")
        if wished is not None and found is None:
            yield Problem(("matching", key), unknown("requirement", wished, policy.requirements))
        elif found is not None and found.type != type_:
            yield Problem(("matching", key), f"{wished} is met by {found.type}, and this asks for {type_}")


def _programmes(policy: Policy, spec: MatchingSpec) -> Iterator[Problem]:
    field = policy.fields.get(MADE, {}).get("programme")
    choices = list(field.choices or []) if field is not None else []
    ordered = any(one.order is not None for one in spec.criteria.values())
    for name, programme in spec.programmes.items():
        if choices and name not in choices:
            yield Problem(("matching", "programmes", name), unknown("programme", name, choices))
        if programme.steps is not None and not ordered:
            yield Problem(("matching", "programmes", name, "steps"), "no criterion has the measure steps")
        if programme.steps is None and ordered:
            yield Problem(("matching", "programmes", name), "say `steps`: a criterion has that measure")


def _criteria(policy: Policy, spec: MatchingSpec) -> Iterator[Problem]:
    judged = policy.requirements.get(spec.judged_by)
    card = policy.scorecards.get(judged.scores.card) if judged is not None and judged.scores is not None else None
    for name, one in spec.criteria.items():
        place = ("matching", "criteria", name)
        if card is not None and name not in card.criteria:
            yield Problem(place, unknown("criterion", name, card.criteria))
        for key, field in (("mentor", one.mentor), ("mentee", one.mentee)):
            if field is not None and not has_field(policy, POOL, field):
                yield Problem((*place, key), f"{an(POOL)} under this policy has no field {field!r}")
    if not any(one.weight for one in spec.criteria.values()):
        yield Problem(("matching", "criteria"), "no criterion counts: give at least one a `weight` above 0")
