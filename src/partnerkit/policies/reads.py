"""The fields that a requirement reads of its own record, and where it names them."""

from __future__ import annotations

from partnerkit.policies.demands import MOMENTS, SUBJECT
from partnerkit.policies.requirement import Requirement

#: A place in the requirement (a path of keys), and the field that it names.
Read = tuple[tuple[str | int, ...], str]


def fields_read(requirement: Requirement) -> list[Read]:
    """The fields that a requirement reads of its own record, each with the place in the requirement that names it."""
    found: list[Read] = []
    for key, paths in (("covers", requirement.covers), ("filled", requirement.filled), ("empty", requirement.empty)):
        found += [((key, index), path) for index, path in enumerate(paths or [])]
    for key, condition in (("when", requirement.when), ("matches", requirement.matches)):
        found += [((key, path), path) for path in condition or {}]
    return found + _of_demand(requirement)


def _of_demand(requirement: Requirement) -> list[Read]:
    found: list[Read] = []
    if requirement.waivable is not None:
        found += [(("waivable", "scope", scope), path) for scope, path in requirement.waivable.scope.items()]
    if (approval := requirement.approval) is not None:
        for key, paths in (("not", approval.not_), ("not-bound-to", approval.not_bound_to)):
            own = ((index, path) for index, path in enumerate(paths) if not path.startswith(SUBJECT))
            found += [(("approval", key, index), path) for index, path in own]
        found += [(("approval", "scope", scope), path) for scope, path in approval.scope.items()]
    if (compare := requirement.compare) is not None:
        days = (("field", compare.field), ("before", compare.before))
        found += [(("compare", key), path) for key, path in days if path is not None and path not in MOMENTS]
    if (each := requirement.each) is not None:
        found += [(("each", "by"), each.by)]
        found += [(("each", "where", part), f"{each.by.partition('.')[0]}.{part}") for part in each.where or {}]
        found += [(("each", "items"), each.items)] if each.of == "self" else []
    if (items := requirement.listed) is not None:
        found += [(("listed", "field"), items.field)]
        found += [(("listed", "where", part), f"{items.field}.{part}") for part in items.where or {}]
    if (named := requirement.named) is not None:
        found += [(("named", "field"), named.field), *((("named", "same", own), own) for own in named.same)]
    if (apart := requirement.apart) is not None:
        places = (("field", apart.field), ("from", apart.from_))
        found += [(("apart", key), path) for key, path in places if path is not None]
    return found + _of_bounds(requirement)


def _of_bounds(requirement: Requirement) -> list[Read]:
    found: list[Read] = []
    if (naming := requirement.named_by) is not None and naming.bound_in is not None:
        found += [(("named-by", "at-most"), naming.bound_in)]
    if (notice := requirement.notice) is not None:
        found += [(("notice", "given"), notice.given), (("notice", "effective"), notice.effective)]
    if requirement.signed:
        found.append((("signed", "by-each"), requirement.signed.by_each))
    return found + _of_answers(requirement)


def _of_answers(requirement: Requirement) -> list[Read]:
    demand = requirement.acknowledged
    if demand is None:
        return []
    found: list[Read] = [(("acknowledged", "by-each"), demand.by_each)] if demand.by_each else []
    for name, one in demand.answers.items():
        place = ("acknowledged", "answers", name)
        found += [((*place, "of", part), f"{demand.by_each}.{part}") for part in one.of or {}]
        found += [((*place, "when", path), path) for path in one.when or {}]
    return found
