"""The lifecycle of a policy as a state diagram."""

from __future__ import annotations

from collections.abc import Mapping

from partnerkit.policies.lifecycle import Transition
from partnerkit.policies.policy import Policy
from partnerkit.reports.charts.diagram import Demand, Diagram, Stage, Way
from partnerkit.reports.charts.figure import Head
from partnerkit.rules.conditions import in_short


def lifecycle(
    head: Head,
    policy: Policy,
    kind: str,
    *,
    counts: Mapping[str, int] | None = None,
    hrefs: Mapping[str, str] | None = None,
    records: str = "records",
    here: str | None = None,
) -> Diagram:
    """The diagram of a kind's lifecycle under a policy.

    Args:
        head: what every chart has.
        policy: the policy.
        kind: the kind of record.
        counts: how many records stand in each stage (none where it does not say); None: they are not counted.
        hrefs: where stages lead.
        records: what is counted, such as `partnerships`.
        here: the stage in which the record stands that the page is about.
    """
    cycle = policy.lifecycles[kind]
    stages = [
        Stage(
            name,
            stage.title,
            None if counts is None else counts.get(name, 0),
            (hrefs or {}).get(name),
            cycle.is_over(name),
        )
        for name, stage in cycle.stages.items()
    ]
    ways = [_way(policy, way, left) for way in cycle.transitions for left in way.from_]
    return Diagram(head, cycle.starts, stages, ways, records, here)


def _way(policy: Policy, way: Transition, left: str) -> Way:
    needs = [Demand(name, policy.requirements[name].clauses) for name in way.needs]
    by = _role(policy, way)
    return Way(left, way.to, way.main, needs, by, in_short(way.when) if way.when else "", way.clauses)


def _role(policy: Policy, way: Transition) -> str:
    """Who may make it: the title of the role; where nobody has decided which, the variable that says it."""
    if way.by is None:
        return ""
    role = policy.value(way.by)
    return policy.roles[role].title if role in policy.roles else str(role or way.by)
