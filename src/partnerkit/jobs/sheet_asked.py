"""What a record lacks on its way: what somebody could fill in for it, and what is met elsewhere."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from partnerkit.conditions import holds
from partnerkit.dataclass import dataclass, field
from partnerkit.jobs.sheet_demands import cells_for
from partnerkit.jobs.sheet_fillable import Cell
from partnerkit.policies.lifecycle import Transition
from partnerkit.policies.policy import Policy
from partnerkit.policies.reach import kinds_needing
from partnerkit.policies.requirement import Requirement
from partnerkit.register import RecordFile
from partnerkit.rules.conditions import open_to
from partnerkit.rules.gate import Situation, answer, applies, ask
from partnerkit.rules.question import Question
from partnerkit.steps import is_filled, value_at

#: What meets a requirement for which nobody fills in a cell, by its sort.
_ELSEWHERE = {
    "approval": "a decision",
    "linked": "another record",
    "named": "another record",
    "named-by": "another record",
    "subject-meets": "another record",
    "apart": "other people",
    "each": "another record",
    "compare": "time",
    "dwell": "time",
    "notice": "time",
    "reason": "a reason, as advance takes it",
}


@dataclass
class Asked:
    """What a record lacks on its way.

    Attributes:
        record: the record.
        policy: the policy that governs it.
        cells: what can be filled in, in the order of its gates.
        elsewhere: the requirements that nobody meets by filling something in, each with what would.
    """

    record: RecordFile
    policy: Policy
    cells: list[Cell] = field(default_factory=list)
    elsewhere: list[str] = field(default_factory=list)


def asked_of(situation: Situation, *, through: bool) -> Asked:
    """What the next main gate of a record still asks for, or all main gates on from where it stands.

    Beside that, what is asked for as long as it stands where it does. What is asked only once something else is filled
    in is asked for too, where that is asked for itself.
    """
    policy = situation.source.policy
    found = Asked(situation.record, policy)
    names: dict[str, str] = {}  # each requirement, with the stage that its gate leads to
    for way in _ways(situation, through=through):
        names |= {name: way.to for name in way.needs if name not in names}
    standing = (name for name in policy.requirements if _stands(policy, name, situation.record))
    names |= {name: situation.record.stage for name in standing if name not in names}
    assumed, todo = dict(situation.record.data), list(names)
    while ready := [name for name in todo if _applies(policy.requirements[name], assumed)]:
        todo = [name for name in todo if name not in ready]
        for name in ready:  # what one of them asks for may be what another waits for
            _ask(found, ask(situation, names[name], name), assumed)
    order = {name: place for place, name in enumerate(names)}
    found.cells.sort(key=lambda one: order[one.asked_by])
    return found


def _ways(situation: Situation, *, through: bool) -> Iterator[Transition]:
    """The next main way on, or all of them from where the record stands."""
    record, lifecycle = situation.record, situation.source.policy.lifecycles[situation.record.kind]
    stage, seen = record.stage, {record.stage}
    while True:
        ways = (one for one in lifecycle.leaving(stage) if one.main and open_to(one, record.data))
        way = next(ways, None)
        if way is None or way.to in seen:
            return
        yield way
        if not through:
            return
        seen.add(stage := way.to)


def _stands(policy: Policy, name: str, record: RecordFile) -> bool:
    """Whether a requirement is to be met for as long as the record stands where it does."""
    requirement = policy.requirements[name]
    mine = requirement.of == record.kind if requirement.of else record.kind in kinds_needing(policy, name)
    return mine and record.stage in requirement.standing


def _applies(requirement: Requirement, assumed: dict[str, Any]) -> bool:
    return requirement.when is None or holds(requirement.when, assumed)


def _ask(found: Asked, question: Question, assumed: dict[str, Any]) -> None:
    """The cells for a requirement that is not met; where there are none, that it is met elsewhere."""
    given = answer(question)
    if given.met and applies(question):
        return
    known = {(one.column, one.party) for one in found.cells}
    cells = list(cells_for(question, given))
    new = [one for one in cells if (one.column, one.party) not in known]
    if not cells and applies(question):
        found.elsewhere.append(f"{question.name} ({_ELSEWHERE.get(question.requirement.type, 'by hand')})")
    found.cells += new
    for one in new:
        if one.field is not None and not is_filled(value_at(assumed, one.field)):
            _assume(assumed, one.field)


def _assume(data: dict[str, Any], path: str) -> None:
    """Note that a field will hold something, so that what waits for that is asked too."""
    head, _, rest = path.partition(".")
    if not rest:
        data.setdefault(head, "…")
    elif isinstance(data.get(head, {}), dict):
        data[head] = dict(data.get(head, {}))
        _assume(data[head], rest)
