"""With whom a partnership is: whom the record is named after, or those whom it lists beside what is done together."""

from __future__ import annotations

from partnerkit.documents.facts import Facts, in_a_row
from partnerkit.documents.marks import Blank


def listed(facts: Facts) -> list[str] | None:
    """Those who are listed, by name; None where the policy has no such list: the record is named after the partner.

    It has one where its gates ask each of a list of the record to acknowledge something, or to sign.
    """
    lifecycle, needs = facts.policy.lifecycles[facts.seen.kind], facts.policy.requirements
    asked = [needs[name] for way in lifecycle.transitions for name in way.needs]
    demands = [demand for one in asked for demand in (one.acknowledged, one.signed) if demand is not None]
    fields = dict.fromkeys(demand.by_each for demand in demands if demand.by_each)
    if not fields:
        return None
    return [row["name"] for field in fields for row in facts.rows(field, "name")]


def with_whom(facts: Facts) -> str:
    """The partner or partners in a row; a blank where they are to be listed and none is."""
    found = listed(facts)
    return facts.name if found is None else in_a_row(found) or Blank("the partners")
