"""What a word of a policy means: a requirement, a role, a stage, or the policy itself."""

from __future__ import annotations

from typing import Any

from partnerkit.reports.page import COMMAND, Page, Span
from partnerkit.rules.terms import Term


def as_page(found: list[Term]) -> Page:
    """What it means in each policy that knows it, for a person."""
    page = Page()
    for one in found:
        page.add(Span(one.name, "bold"), f" · {one.sort}" + ("" if one.sort == "policy" else f" · {one.policy}"))
        if one.clauses:
            page.add("  ", Span(", ".join(one.clauses), "cyan"))
        page.table([(Span(what, "dim"), said) for what, said in one.facts], indent="  ")
        page.add()
    for step in dict.fromkeys(one.next for one in found):
        page.add(Span("Next: ", "bold"), Span(step, COMMAND))
    return page


def as_json(found: list[Term]) -> dict[str, Any]:
    """The same for other programs."""
    terms = [
        {
            "policy": one.policy,
            "sort": one.sort,
            "name": one.name,
            "clauses": one.clauses,
            "facts": [{"what": what, "says": said} for what, said in one.facts],
        }
        for one in found
    ]
    return {"schema": "partnerkit.why/1", "terms": terms}
