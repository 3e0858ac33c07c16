"""What a change of a policy says, and what it means for records, as text and as JSON."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from partnerkit.reports.page import WELL, Page, Span
from partnerkit.rules.effects import Difference, Effect

_MARK = {"added": ("+", WELL), "removed": ("-", "red"), "changed": ("~", "yellow")}


def as_page(found: Sequence[Difference]) -> Page:
    """Of each policy what differs, then what it means for each record in flight, then the count."""
    if not found:
        return Page().add("no policy differs")
    page = Page()
    for index, one in enumerate(found):
        page = page.add() if index else page
        page.extend(_one(one))
    return page


def _one(found: Difference) -> Page:
    policy, effects, looked_at = found.policy, found.effects, found.looked_at
    page = Page().add(Span(policy, "bold"), f" · from {found.before} to {found.after}")
    if not found.changes:
        return page.add("nothing differs")
    for change in sorted(found.changes, key=lambda one: not one.demands):
        mark, style = _MARK[change.how]
        detail = f": {change.detail}" if change.detail else ""
        words = "" if change.demands else "  (words only)"
        page.add(Span(f"  {mark} ", style), f"{change.what} ", Span(change.name, "bold"), detail, Span(words, "dim"))
    page.add()
    for effect in effects:
        _effect(page, effect)
    refused = len({one.record.id for one in effects if one.refused})
    page.add(
        f"{looked_at} record{'' if looked_at == 1 else 's'} under {policy}: "
        f"{len({one.record.id for one in effects})} concerned, {refused} could be refused where they are not today"
    )
    return page.add(Span("Gates that were passed are never judged again.", "dim"))


def _effect(page: Page, effect: Effect) -> None:
    way = f"{effect.record.stage} → {effect.to}" if effect.to else effect.record.stage
    page.add("  ", Span(effect.record.id, "bold"), f"  {way}")
    for text in (effect.problem, effect.news):
        if text:
            page.add(Span("      ! ", "yellow"), text)
    if effect.harder:
        page.add(Span("      harder: ", "red"), f"would be missing {', '.join(effect.harder)}")
    if effect.easier:
        page.add(Span("      easier: ", WELL), f"no longer missing {', '.join(effect.easier)}")
    if effect.void:
        page.add(Span("      void: ", "red"), f"approvals {', '.join(effect.void)}")


def as_json(found: Sequence[Difference]) -> dict[str, Any]:
    """The same for other programs; of several policies, or of none, a list."""
    if len(found) == 1:
        return _one_json(found[0])
    return {"schema": "partnerkit.policy-diffs/1", "policies": [_one_json(one) for one in found]}


def _one_json(found: Difference) -> dict[str, Any]:
    return {
        "schema": "partnerkit.policy-diff/1",
        "policy": found.policy,
        "before": found.before,
        "after": found.after,
        "changes": [
            {"what": one.what, "name": one.name, "how": one.how, "detail": one.detail, "demands": one.demands}
            for one in found.changes
        ],
        "records": [
            {
                "id": one.record.id,
                "stage": one.record.stage,
                "to": one.to,
                "harder": list(one.harder),
                "easier": list(one.easier),
                "void": list(one.void),
                "problem": one.problem,
                "news": one.news,
            }
            for one in found.effects
        ],
        "looked_at": found.looked_at,
    }
