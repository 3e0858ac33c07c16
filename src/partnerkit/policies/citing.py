"""Citations: which clause each part of a policy names, and where in the file it does."""

from __future__ import annotations

from collections.abc import Iterator

from partnerkit.policies.fields import FieldSpec
from partnerkit.policies.policy import Policy
from partnerkit.tuples import NamedTuple

Place = tuple[str | int, ...]


class Citation(NamedTuple):
    """A clause cited, what cites it in words, and the path of keys at which it does."""

    clause: str
    source: str
    place: Place


def citations(policy: Policy) -> Iterator[Citation]:
    """Every citation of a policy."""
    for key, clauses in policy.stated_in.items():
        yield from _cited(clauses, f"head {key}", ("stated-in", key))
    if policy.amended_by is not None:
        yield from _cited(policy.amended_by.clause, "its own amendment", ("amended-by", "clause"))
    yield from _by_names(policy)
    yield from _by_lifecycles(policy)
    yield from _beside(policy)


def _cited(clauses: str | list[str] | None, source: str, place: Place) -> Iterator[Citation]:
    """The citations of one key, which holds one clause or a list of them."""
    if isinstance(clauses, str):
        yield Citation(clauses, source, place)
        return
    for index, clause in enumerate(clauses or []):
        yield Citation(clause, source, (*place, index))


def _by_names(policy: Policy) -> Iterator[Citation]:
    for name, role in policy.roles.items():
        yield from _cited(role.clause, f"role {name}", ("roles", name, "clause"))
    for group_id, group in policy.taxonomy.items():
        for index, leaf in enumerate(group.leaves):
            place: Place = ("taxonomy", group_id, "leaves", index)
            yield Citation(f"{group.clause}/{leaf}", f"category {group_id}/{leaf}", place)
    for card_name, card in policy.scorecards.items():
        for key, criterion in card.criteria.items():
            place = ("scorecards", card_name, "criteria", key, "clause")
            yield Citation(criterion.clause, f"criterion {card_name}.{key}", place)
    for kind, specs in policy.fields.items():
        for path, spec in specs.items():
            yield from _by_field(spec, f"field {kind}.{path}", ("fields", kind, path))
    for name, requirement in policy.requirements.items():
        yield from _cited(requirement.clause, f"requirement {name}", ("requirements", name, "clause"))


def _by_field(spec: FieldSpec, source: str, place: Place) -> Iterator[Citation]:
    """What a field cites, with its choices and the parts of its items."""
    yield from _cited(spec.clause, source, (*place, "clause"))
    if isinstance(spec.choices, dict):
        for choice, clause in spec.choices.items():
            yield Citation(clause, source, (*place, "choices", choice))
    for name, part in (spec.fields or {}).items():
        yield from _by_field(part, source, (*place, "fields", name))


def _by_lifecycles(policy: Policy) -> Iterator[Citation]:
    for kind, lifecycle in policy.lifecycles.items():
        above: Place = ("lifecycles", kind)
        for stage_name, stage in lifecycle.stages.items():
            yield from _cited(stage.clause, f"stage {kind}.{stage_name}", (*above, "stages", stage_name, "clause"))
        for index, transition in enumerate(lifecycle.transitions):
            name = f"transition {kind} {'|'.join(transition.from_)} → {transition.to}"
            yield from _cited(transition.clause, name, (*above, "transitions", index, "clause"))


def _beside(policy: Policy) -> Iterator[Citation]:
    for name, cadence in policy.cadences.items():
        yield from _cited(cadence.clause, f"cadence {name}", ("cadences", name, "clause"))
    for key, rule in policy.names.items():
        yield from _cited(rule.clause, f"name {key}", ("names", key, "clause"))
    for key, words in policy.wording.items():
        yield from _cited(words.clause, f"wording {key}", ("wording", key, "clause"))
    if policy.matching is not None:
        yield from _cited(policy.matching.clause, "the matching", ("matching", "clause"))
        for name, programme in policy.matching.programmes.items():
            place: Place = ("matching", "programmes", name, "clause")
            yield from _cited(programme.clause, f"matching of {name}", place)
    for name, metric in policy.metrics.items():
        yield from _cited(metric.clause, f"metric {name}", ("metrics", name, "clause"))
    for name, contact in policy.contacts.items():
        yield Citation(contact.clause, f"contact {name}", ("contacts", name, "clause"))
    for name, variable in policy.variables.items():
        yield Citation(variable.clause, f"variable {name}", ("variables", name, "clause"))
