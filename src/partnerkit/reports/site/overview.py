"""The first page of a site, what is due, and the figures."""

from __future__ import annotations

from collections import Counter
from typing import Any

from markupsafe import Markup

from partnerkit.findings import Finding
from partnerkit.kinds.catalogue import KINDS
from partnerkit.obligations.obligation import STATES
from partnerkit.policies.coverage import Coverage
from partnerkit.policies.values import clause_list
from partnerkit.publishing.site import Counted, Site
from partnerkit.reports.audit import verdict
from partnerkit.reports.figures import why
from partnerkit.reports.site.charts_of import charts
from partnerkit.reports.site.kinds import plural
from partnerkit.reports.site.owed import rows
from partnerkit.reports.site.values import Shown, Value

#: How many things that are late or due stand on the first page.
_FIRST = 12

_POLICY = ("Policy", "Version", "In force since", "Its own review", "Clauses implemented")

_GROUPS = {"late": "Late", "due": "Due", "upcoming": "Coming", "waiting": "Waiting for somebody"}


def overview(site: Site) -> dict[str, Any]:
    """What the first page says."""
    shown = Shown(site, up="")
    urgent = [one for one in site.obligations if one.state in {"late", "due"}]
    counted = Counter(one.kind for one in site.records)
    named = [_so_many(counted[kind], kind) for kind in KINDS if counted[kind]]
    return {
        "counts": ", ".join(named) or _nothing(site),
        "proven": site.audited.proven,
        "verdict": _verdict(site),
        "problems": [] if site.for_everybody else [_problem(site, one, shown) for one in site.findings],
        "nothing": _left_out(site),
        "urgent": rows(urgent[:_FIRST], shown),
        "more": max(len(urgent) - _FIRST, 0),
        "charts": [Markup(one) for one in charts(site)],  # noqa: S704 - charts encode what they are made of themselves
        "policies": [_policy(site, name) for name in site.policies],
        "policy_columns": [*_POLICY, *([] if site.for_everybody else ["Left open"])],
        "made": list(_made(site).items()),
    }


def _nothing(site: Site) -> str:
    held = any(True for _one in site.sight.register.of_kind(None))
    return "nothing that these readers may see" if held else "no records yet"


def _so_many(count: int, kind: str) -> str:
    return f"{count} {plural(kind).lower() if count != 1 else kind}"


def _verdict(site: Site) -> str:
    if not site.for_everybody:
        adopted = len(site.audited.facts.adopted)
        taken = f"; of these {adopted} {'was' if adopted == 1 else 'were'} taken in as they stood, not judged"
        return verdict(site.audited) + (taken if adopted else "")
    if not site.audited.proven:
        return "Some change of a stage did not follow the rules of its day."
    but = ", but for what was taken in as it stood, which nobody judged" if site.audited.facts.adopted else ""
    return f"Every change of a stage followed the rules of its day{but}."


def _problem(site: Site, one: Finding, shown: Shown) -> list[Any]:
    where = one.record or one.file or ""
    return [one.code, Value("text", where, shown.record(where)), site.withholding.unaddressed(one.message)]


def _left_out(site: Site) -> str:
    if site.sight.level == "restricted":
        return ""
    return f"Only what is classified {site.sight.level} or less strictly is shown and counted here."


def _policy(site: Site, name: str) -> list[Any]:
    policy, covered = site.policies[name].policy, site.coverage[name]
    due = policy.review_due
    late = " (late)" if due is not None and due < site.day else ""
    gaps = sum(spec.value is None for spec in policy.variables.values())
    title = f"{name}: {policy.title}" if policy.title else name
    return [
        Value("text", title, f"policies/{name}.html"),
        policy.version or "none",
        policy.effective or "not said",
        f"due {due}{late}" if due is not None else "no day set",
        share(covered),
        *([] if site.for_everybody else [gaps or "nothing"]),
    ]


def share(covered: Coverage) -> str:
    """How much of a policy is implemented, in words."""
    narrative = f", {len(covered.narrative)} narrative" if covered.narrative else ""
    missing = f", {len(covered.unaccounted)} missing" if covered.unaccounted else ""
    return f"{len(covered.implemented)} of {len(covered.leaves)}{narrative}{missing}"


def _made(site: Site) -> dict[str, str]:
    head = site.audited.head
    return {
        "Commit": head.oid,
        "Landed": str(site.local(head.at)),
        "Commits audited": str(site.audited.landed),
        "Root of trust": site.audited.trust_root,
        "Time zone": str(site.sight.register.settings.zone),
    }


def due(site: Site, most: int) -> list[dict[str, Any]]:
    """What the pages of what is due say, so many things on each at most: the most urgent first."""
    shown = Shown(site, up="")
    ordered = sorted(site.obligations, key=lambda one: STATES.index(one.state))
    totals = Counter(one.state for one in ordered)
    parts = [ordered[start : start + most] for start in range(0, len(ordered), most)] or [[]]
    found = []
    for part in parts:
        states = [state for state in STATES if any(one.state == state for one in part)]
        groups = [(state, [one for one in part if one.state == state]) for state in states]
        found.append({"groups": [(f"{_GROUPS[state]} ({totals[state]})", rows(some, shown)) for state, some in groups]})
    return found


def figures(site: Site) -> dict[str, Any]:
    """What the page of the figures says."""
    return {"groups": [_group(site, one) for one in site.counted]}


def _group(site: Site, one: Counted) -> dict[str, Any]:
    period = f"{one.label}, up to {one.until}" if one.until is not None else one.label
    told = [
        {
            "title": figure.metric.title,
            "value": _value(site, one, figure),
            "over": figure.over if figure.name not in one.unseen else None,
            "definition": figure.metric.definition,
            "clause": ", ".join(clause_list(figure.metric.clause)),
        }
        for figure in one.figures
    ]
    return {"policy": one.policy.policy, "period": period, "rows": told}


def _value(site: Site, one: Counted, figure: Any) -> str:
    if figure.name in one.unseen:
        return f"not told: it counts records that are classified above {site.sight.level}"
    if figure.value is None:
        return why(one.policy, figure)
    return f"{figure.value.normalize():f} {figure.metric.unit or ''}".rstrip()
