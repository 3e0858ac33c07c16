"""Rows of a database: the policies with their stages, clauses, requirements and gates; the people and their roles."""

from __future__ import annotations

import json
from datetime import date
from typing import Protocol

from partnerkit.policies.coverage import Leaf, coverage
from partnerkit.policies.policy import Policy
from partnerkit.register import Register
from partnerkit.rules.sight import Sight


class Rows(Protocol):
    """Takes rows."""

    def add(self, table: str, *values: str | float | None) -> None:
        """Add a row to a table: a value for each of its columns."""

    def knows(self, who: str) -> bool:
        """Whether that is somebody: on the roster, or named as one by a record. A party of a record is nobody."""

    def person(self, who: str | None) -> str | None:
        """Somebody of whom a row tells, and who is to be found among the people."""


def day_text(day: date | None) -> str | None:
    """A day as records write it."""
    return day.isoformat() if day is not None else None


def add_policies(rows: Rows, register: Register) -> None:
    """Every policy, with what it says."""
    for _name, source in sorted(register.policies.items()):
        one = source.policy
        taken = one.derived_from.pack if one.derived_from is not None else None
        days = (day_text(one.effective), day_text(one.review_due))
        rows.add("policies", one.policy, one.title, one.version, *days, one.owner, taken, one.pack_version)
        _stages(rows, one)
        for leaf in coverage(one).leaves:
            state = "implemented" if leaf.by else "narrative" if leaf.narrative is not None else "unaccounted"
            rows.add("clauses", *_clause(one, leaf, state))
        _gates(rows, one)


def _clause(policy: Policy, leaf: Leaf, state: str) -> tuple[str | None, ...]:
    return policy.full(leaf.clause), policy.policy, leaf.clause, state, ", ".join(leaf.by) or None, leaf.narrative


def _stages(rows: Rows, policy: Policy) -> None:
    for kind, lifecycle in policy.lifecycles.items():
        for place, (stage, spec) in enumerate(lifecycle.stages.items(), 1):
            rows.add("stages", None, policy.policy, kind, stage, spec.title, place, lifecycle.is_over(stage))


def _gates(rows: Rows, policy: Policy) -> None:
    for name, one in policy.requirements.items():
        waivable = str(one.waivable.by) if one.waivable is not None else None
        said = (name, one.title, one.type, ", ".join(one.clauses), one.advisory, waivable)
        rows.add("requirements", f"{policy.policy}/{name}", policy.policy, *said)
    for kind, lifecycle in policy.lifecycles.items():
        for way in lifecycle.transitions:
            for left in way.from_:
                for needed in [f"{policy.policy}/{name}" for name in way.needs] or (None,):
                    rows.add("gates", None, policy.policy, kind, left, way.to, way.main, needed)


def add_people(rows: Rows, seen: Sight, named: set[str], day: date) -> None:
    """Everybody who is on the roster or was named, and who holds which role."""
    people = seen.register.roster.people if seen.level != "public" else {}  # who holds what is for those inside
    for who in sorted({*people, *named}):
        rows.add("people", who, seen.names.get(who), who in people)
    for who, person in sorted(people.items()):
        for held in person.roles:
            scope = json.dumps(held.scope, sort_keys=True) if held.scope else None
            days = (day_text(held.from_), day_text(held.until))
            rows.add("people_roles", None, who, held.role, *days, scope, held.on(day))
