"""The views of an exported database: what is asked so often that it has a name."""

from __future__ import annotations

from partnerkit.store.disk.database import View

VIEWS: tuple[View, ...] = (
    View(
        "pipeline",
        "How many records stand in a stage that is not over, and for how long.",
        "SELECT records.policy, records.kind, stages.place, records.stage, count(*) AS records, "
        "min(since) AS oldest_since, round(avg(days_in_stage), 1) AS mean_days, max(days_in_stage) AS most_days "
        "FROM records JOIN stages USING (policy, kind, stage) WHERE records.over = 0 "
        "GROUP BY records.policy, records.kind, records.stage ORDER BY records.policy, records.kind, stages.place",
    ),
    View(
        "overdue",
        "What is late, the latest first.",
        "SELECT obligations.days_late, obligations.first_due, obligations.due, obligations.record, records.name, "
        "obligations.title, obligations.missed, obligations.role, obligations.clause, obligations.command "
        "FROM obligations LEFT JOIN records ON records.id = obligations.record WHERE obligations.state = 'late' "
        "ORDER BY obligations.days_late DESC, obligations.id",
    ),
    View(
        "expiring",
        "What runs out within a year, and until when notice can be given; the next first.",
        "SELECT obligations.due, obligations.record, records.name, obligations.title, obligations.clause, "
        "obligations.command FROM obligations LEFT JOIN records ON records.id = obligations.record "
        "WHERE obligations.source IN ('expiry', 'notice') AND obligations.state <> 'late' "
        "ORDER BY obligations.due, obligations.id",
    ),
)
