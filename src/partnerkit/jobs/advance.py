"""Advance records through their stages, only when everything demanded is there."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

from partnerkit.dataclass import dataclass
from partnerkit.findings import Finding
from partnerkit.jobs.chosen import Chosen, One, all_or_none
from partnerkit.jobs.desk import Desk
from partnerkit.jobs.landing import Landed, Outcome, Planned, land
from partnerkit.jobs.named_record import record, source
from partnerkit.jobs.statements import entry, trailers, with_entry
from partnerkit.jobs.ways import transition
from partnerkit.policies.lifecycle import Transition
from partnerkit.register import PolicyFile, RecordFile
from partnerkit.rules.at_gate import refusal
from partnerkit.rules.case import Case
from partnerkit.rules.gate import Asked, Situation, gate
from partnerkit.rules.proposing import is_amendment
from partnerkit.rules.refused import Refused
from partnerkit.store.draft import Draft


@dataclass(frozen=True, slots=True)
class Moved:
    """A record that changed its stage: from where to where, by which entry, and what satisfied the gate."""

    record: RecordFile
    from_: str
    to: str
    entry: dict[str, Any]
    asked: list[Asked]


def advance(desk: Desk, records: Chosen, stage: str | None = None, reason: str | None = None) -> Landed:
    """Move records on, all of them or none, and land it as one commit.

    Args:
        desk: where and when.
        records: which records; a row of a sheet may name its own stage and reason.
        stage: the stage to which they go; the next one where None.
        reason: why.

    Raises:
        WrongCallError: an unknown record or stage.
        Refused: something that the policy demands is missing; every missing thing is a finding.
    """
    return land(desk, _plan(desk, records, stage, reason))


def advance_each(desk: Desk, records: Chosen, stage: str | None, reason: str | None) -> Iterator[Landed]:
    """Move records on, one commit for each, given as it lands; the first refusal ends it.

    Raises:
        WrongCallError: an unknown record or stage.
        Refused: something that the policy demands of one is missing; those before it have landed.
    """
    from partnerkit.jobs.landing_each import beginning, land_each  # noqa: PLC0415 - mostly one commit is made of all

    line = beginning(desk)
    each = records.once_each(desk, line.loaded.demand())
    yield from land_each(desk, [(one.id, _plan(desk, Chosen(rows=(one,)), stage, reason)) for one in each], line)


def _plan(desk: Desk, records: Chosen, stage: str | None, reason: str | None) -> Callable[[Draft], Planned]:
    def plan(draft: Draft) -> Planned:
        actor = desk.actor(draft.base)

        def moved(one: One) -> Moved:
            one.demand_columns(("stage", "reason"))
            found = record(draft.after, one.id)
            why = one.cells.get("reason") or reason
            return move(desk, draft, found, one.cells.get("stage") or stage, why, actor)

        each = records.once_each(desk, draft.after)
        planned = _planned(each, made := all_or_none(desk, each, moved))
        planned.notes += [note for one in made for note in _amends(draft, one.record)]
        return planned

    return plan


def _amends(draft: Draft, found: RecordFile) -> list[str]:
    """What whoever decides on a case must not overlook, where it amends its policy."""
    if not is_amendment(source(draft.base, found).policy, found):
        return []
    from partnerkit.jobs.proposed import amends  # noqa: PLC0415 - dear to import, and hardly a record is one

    return amends(draft.base, draft.tree, found)


def move(desk: Desk, draft: Draft, found: RecordFile, stage: str | None, reason: str | None, actor: str) -> Moved:
    """One record moved in a draft, if everything demanded is there.

    Raises:
        WrongCallError: an unknown stage.
        Refused: something is missing; every missing thing is a finding.
    """
    policy = source(draft.base, found)
    way = transition(policy, found, stage)
    asked = asked_at(desk, draft, found, way, reason)
    uses = [use for one in asked for use in one.answer.uses]
    relies_on = [other for one in asked for other in one.answer.relies_on]
    new = entry(
        desk,
        draft.after,
        found.data,
        source=policy,
        kind=found.kind,
        type_="move",
        to=way.to,
        by=actor,
        uses=sorted(set(uses)),
        relies_on=sorted(set(relies_on)),
        fields={"reason": reason},
    )
    after = draft.put(with_entry(found.data, new), found.path)
    unmet = [one for one in asked if not one.answer.met]
    if unmet:
        case = _case(desk, draft, after, policy)
        count = f"{len(unmet)} things are missing" if len(unmet) > 1 else "one thing is missing"
        raise Refused(
            f"{found.id}: refused, {count}; nothing changed", [_here(found, refusal(case, one)) for one in unmet]
        )
    return Moved(after, found.stage, way.to, new, asked)


def asked_at(desk: Desk, draft: Draft, found: RecordFile, way: Transition, reason: str | None) -> list[Asked]:
    """What the gate of a way asks of a record in a draft, answered."""
    policy, since = source(draft.base, found), found.came.at
    before = draft.base.records.get(found.id) if not draft.makes(found.id) else found
    return gate(Situation(found, before, draft.base, draft.after, policy, desk.now, since, reason), way)


def _case(desk: Desk, draft: Draft, after: RecordFile, policy: PolicyFile) -> Case:
    history = after.data["history"]
    index = len(history) - 1
    model = after.model.history[index]
    return Case(model, history[index], index, after, history[:index], draft.base, draft.after, policy, desk.now)


def _here(found: RecordFile, finding: Finding) -> Finding:
    """A refusal concerns the record as it stands, at its stage."""
    line_, column = found.place(("stage",))
    return finding.at(found.path, line_, column)


def _planned(each: list[One], made: list[Moved]) -> Planned:
    first = made[0]
    if len(made) == 1:
        subject = f"{first.record.kind}/{first.record.id}: {first.from_} → {first.to}"
    else:
        subject = f"{first.record.kind}: {len(made)} records → {first.to}"
    body: list[str] = []
    for one in made:
        if len(made) > 1:
            body.append(f"{one.record.id}: {one.from_} → {one.to}")
        body += [satisfied(asked) for asked in one.asked]
        if one.entry.get("reason"):
            body.append(f"reason: {one.entry['reason']}")
    notes = list(dict.fromkeys(note for one in made for asked in one.asked for note in asked.answer.notes))
    outcomes = [
        Outcome(moved.record.id, f"{moved.from_} → {moved.to}", one.place)
        for one, moved in zip(each, made, strict=True)
    ]
    entries = trailers("advance", [(one.record, one.entry) for one in made])
    return Planned(subject, made, body, entries, notes, outcomes)


def satisfied(asked: Asked) -> str:
    """A line that says by what a requirement was met."""
    clauses = ", ".join(asked.question.requirement.clauses)
    by = ", ".join([*asked.answer.uses, *asked.answer.relies_on]) or "the record itself"
    waived = " (waived)" if asked.answer.waived else ""
    return f"{clauses} {asked.question.name}: {by}{waived}"
