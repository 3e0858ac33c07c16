"""The page of a policy: what it is, the stages of each kind and who stands where, and what implements each clause."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from typing import Any

from markupsafe import Markup

from partnerkit.obligations.outlook import in_words
from partnerkit.policies.coverage import Leaf
from partnerkit.policies.policy import Policy
from partnerkit.policies.values import clause_list
from partnerkit.publishing.site import Site
from partnerkit.reports.charts import Head, diagram, lifecycle
from partnerkit.reports.site.charts_of import found_in
from partnerkit.reports.site.kinds import list_name, plural
from partnerkit.reports.site.overview import share
from partnerkit.reports.site.owed import rows
from partnerkit.reports.site.values import Shown, Value

#: How many records of one stage are named.
_MOST = 25


def policy_page(site: Site, name: str) -> dict[str, Any]:
    """What the page of a policy says."""
    policy, covered = site.policies[name].policy, site.coverage[name]
    return {
        "policy": policy,
        "facts": list(_facts(site, policy)),
        "owed": rows(site.beside.owed(name), Shown(site)),
        "kinds": [_kind(site, policy, kind) for kind in policy.lifecycles],
        "open": [] if site.for_everybody else [_question(policy, key) for key in _undecided(policy)],
        "coverage": f"{share(covered)} of the points of the written policy are implemented.",
        "clauses": [_leaf(policy, leaf) for leaf in covered.leaves],
    }


def _undecided(policy: Policy) -> Iterator[str]:
    return (key for key, spec in policy.variables.items() if spec.value is None)


def _facts(site: Site, policy: Policy) -> Iterator[tuple[str, str]]:
    if policy.version:
        yield "Version", policy.version
    for name, day in (
        ("In force since", policy.effective),
        ("Approved", policy.approved),
        ("Reviewed", policy.reviewed),
    ):
        if day is not None:
            yield name, str(day)
    due = policy.review_due
    yield "Its own review", f"due {due}{', late' if due < site.day else ''}" if due is not None else "no day is set"
    for name, who in (("Approved by", policy.approved_by), ("Owner", policy.owner)):
        if who:
            yield name, who


def _kind(site: Site, policy: Policy, kind: str) -> dict[str, Any]:
    """The stages of a kind, with how many records stand in each."""
    counted = Counter(one.stage for one in site.records if one.kind == kind and one.policy == policy.policy)
    hrefs = {stage: f"../{found_in(policy, kind, stage)}" for stage in counted}
    head = Head(f"stages-{kind}", f"{plural(kind)}: the stages, and how many stand in each")
    drawn = diagram(lifecycle(head, policy, kind, counts=counted, hrefs=hrefs, records=plural(kind).lower()))
    where = [_standing(site, policy, kind, stage) for stage in policy.lifecycles[kind].stages if counted[stage]]
    return {"kind": kind, "title": plural(kind), "list": list_name(kind), "where": where, "diagram": Markup(drawn)}  # noqa: S704 - it encodes what it is made of


def _standing(site: Site, policy: Policy, kind: str, stage: str) -> dict[str, Any]:
    """The records of a stage, those that came last first; the first of them where there are many."""
    there = [one for one in site.records if (one.policy, one.kind, one.stage) == (policy.policy, kind, stage)]
    latest = sorted(there, key=lambda one: (-one.since.toordinal(), one.id))
    shown = Shown(site)
    named = [Value("text", one.name, shown.record(one.id)) for one in latest[:_MOST]]
    return {"stage": in_words(stage), "count": len(there), "records": named, "more": max(len(there) - _MOST, 0)}


def _question(policy: Policy, name: str) -> list[str]:
    spec = policy.variables[name]
    return [spec.question, ", ".join(clause_list(spec.clause))]


def _leaf(policy: Policy, leaf: Leaf) -> list[str]:
    heading, _, point = leaf.clause.partition("/")
    title = policy.clauses[heading].title if heading in policy.clauses else ""
    words = f"{leaf.clause} {title}" if not point else leaf.clause
    return [words, ", ".join(leaf.by) if leaf.by else f"nothing: {leaf.narrative or 'nobody says why'}"]
