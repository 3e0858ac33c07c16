"""Whether what a requirement reads in other records can be there: fields of the record above, of those below."""

from __future__ import annotations

from collections.abc import Iterator

from partnerkit.kinds.catalogue import KINDS
from partnerkit.kinds.problems import an
from partnerkit.policies.demands import SUBJECT, NamedByDemand, NamedDemand
from partnerkit.policies.policy import Policy
from partnerkit.policies.problem import Problem, unknown
from partnerkit.policies.shapes import has_field


def kinds_needing(policy: Policy, name: str) -> set[str]:
    """The kinds of which a requirement is asked: by a gate, as an alternative in one, standing, or of what is named."""
    return policy.asked_of.get(name, set()) & KINDS.keys()


def each_reads_a_list(policy: Policy) -> Iterator[Problem]:
    """Lists whose items must be spoken to are lists of the records named."""
    for name, requirement in policy.requirements.items():
        each = requirement.each
        if each is None or each.of == "self":
            continue
        path = ("requirements", name, "each")
        if each.of == "subject":
            if each.in_:
                yield Problem((*path, "in"), "`in` names stages of a kind: say the kind instead of `subject`")
            yield from _of_subjects(policy, name, (*path, "items"), each.items)
            continue
        lifecycle = policy.lifecycles.get(each.of)
        if lifecycle is None:
            yield Problem((*path, "of"), unknown("lifecycle for the kind", each.of, policy.lifecycles))
            continue
        if each.of in KINDS and not has_field(policy, each.of, each.items):
            yield Problem((*path, "items"), f"{an(each.of)} under this policy has no field {each.items!r}")
        for stage in each.in_:
            if stage not in lifecycle.stages:
                yield Problem((*path, "in"), unknown(f"{each.of} stage", stage, lifecycle.stages))


def subjects_are_asked(policy: Policy) -> Iterator[Problem]:
    """What the record above must meet is asked of a kind of record that can be above."""
    for name, requirement in policy.requirements.items():
        above = _above(policy, name)
        for index, other in enumerate(requirement.subject_meets or []):
            if other in policy.requirements and not above & kinds_needing(policy, other):
                kinds = " or ".join(sorted(above)) or "no record at all"
                message = f"it belongs to {kinds}, of which {other} is never asked"
                yield Problem(("requirements", name, "subject-meets", index), message)


def excluded_are_named(policy: Policy) -> Iterator[Problem]:
    """People whom a field of the record above names: there is such a field."""
    for name, requirement in policy.requirements.items():
        demand = requirement.approval
        barred = [("not", demand.not_), ("not-bound-to", demand.not_bound_to)] if demand is not None else []
        for key, path in ((key, path) for key, paths in barred for path in paths if path.startswith(SUBJECT)):
            yield from _of_subjects(policy, name, ("requirements", name, "approval", key), path.removeprefix(SUBJECT))


def _above(policy: Policy, name: str) -> set[str]:
    """The kinds of record to which one can belong of which the requirement is asked."""
    return {one for kind in kinds_needing(policy, name) for one in KINDS[kind].subjects if one in policy.lifecycles}


def _of_subjects(policy: Policy, name: str, where: tuple[str | int, ...], field: str) -> Iterator[Problem]:
    """A field that no record has to which a record of the requirement can belong."""
    above = _above(policy, name)
    if not any(has_field(policy, kind, field) for kind in above):
        kinds = " or ".join(an(kind) for kind in sorted(above)) or "nothing above it"
        yield Problem(where, f"{kinds} under this policy has no field {field!r}")


def linked_fields_exist(policy: Policy) -> Iterator[Problem]:
    """Fields by which linked records are told apart are fields of theirs."""
    for name, requirement in policy.requirements.items():
        demand = requirement.linked
        if demand is None or demand.kind not in KINDS or demand.kind not in policy.lifecycles:
            continue
        read = [
            *(("where", field) for field in demand.where or {}),
            *((key, field) for key, field in (("from", demand.from_), ("until", demand.until)) if field),
        ]
        for key, field in read:
            if not has_field(policy, demand.kind, field):
                where = ("requirements", name, "linked", key, field)
                yield Problem(where, f"{an(demand.kind)} under this policy has no field {field!r}")


def named_agree(policy: Policy) -> Iterator[Problem]:
    """Records that a requirement wants named can stand where they must, and have the fields that must agree."""
    for name, requirement in policy.requirements.items():
        demand = requirement.named
        if demand is None:
            continue
        theirs = [("same", field) for field in demand.same.values()]
        path = ("requirements", name, "named")
        yield from _of_others(policy, path, demand, theirs)
        for index, other in enumerate(demand.meets):
            asked = policy.requirements.get(other)
            if asked is not None and (asked.named or asked.any_of or asked.subject_meets):
                message = (
                    f"{other} asks for {asked.type}, and what is met here asks for no further requirement or record"
                )
                yield Problem((*path, "meets", index), message)


def naming_can_be(policy: Policy) -> Iterator[Problem]:
    """Records that may name one can stand where they count, and have the fields that are read in them."""
    for name, requirement in policy.requirements.items():
        demand = requirement.named_by
        if demand is not None:
            below = f"{demand.count}." if demand.count else ""
            theirs = [("by", demand.by), *([("count", demand.count)] if demand.count else [])]
            theirs += [("where", f"{below}{field}") for field in demand.where or {}]
            yield from _of_others(policy, ("requirements", name, "named-by"), demand, theirs)


def _of_others(
    policy: Policy, path: tuple[str, ...], demand: NamedDemand | NamedByDemand, fields: list[tuple[str, str]]
) -> Iterator[Problem]:
    """What a demand says of records of another kind: their kind, their stages, their fields."""
    lifecycle = policy.lifecycles.get(demand.kind)
    if lifecycle is None or demand.kind not in KINDS:
        yield Problem((*path, "kind"), unknown("lifecycle for the kind", demand.kind, policy.lifecycles))
        return
    for stage in demand.in_:
        if stage not in lifecycle.stages:
            yield Problem((*path, "in"), unknown(f"{demand.kind} stage", stage, lifecycle.stages))
    for key, field in fields:
        if not has_field(policy, demand.kind, field):
            yield Problem((*path, key), f"{an(demand.kind)} under this policy has no field {field!r}")
