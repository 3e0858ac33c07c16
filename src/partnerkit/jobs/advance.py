"""Advance records through their stages, only when everything demanded is there."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from partnerkit.findings import Finding
from partnerkit.jobs.desk import Desk
from partnerkit.jobs.finding_records import selected, source
from partnerkit.jobs.landing import Landed, Planned, land
from partnerkit.jobs.statements import entry, trailers, with_entry
from partnerkit.jobs.ways import transition
from partnerkit.register import PolicyFile, RecordFile
from partnerkit.rules.case import Case
from partnerkit.rules.entry_types import refusal
from partnerkit.rules.gate import Asked, Situation, gate
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


def advance(
    desk: Desk, ids: list[str], where: list[str], stage: str | None = None, reason: str | None = None
) -> Landed:
    """Move records on, all of them or none, and land it as one commit.

    Raises:
        WrongCallError: an unknown record or stage.
        Refused: something that the policy demands is missing; every missing thing is a finding.
    """

    def plan(draft: Draft) -> Planned:
        actor = desk.actor(draft.base)
        made: list[Moved] = []
        refused: list[Finding] = []
        for one in selected(draft.base, ids, where):
            try:
                made.append(_move(desk, draft, one, stage, reason, actor))
            except Refused as no:
                refused += no.findings
        if refused:
            raise Refused(_refused_words(ids, refused), refused)
        return _planned(made)

    return land(desk, plan)


def advance_each(
    desk: Desk, ids: list[str], where: list[str], stage: str | None, reason: str | None
) -> Iterator[Landed]:
    """Move records on, one commit for each, given as it lands; the first refusal ends it.

    Raises:
        WrongCallError: an unknown record or stage.
        Refused: something that the policy demands of one is missing; those before it have landed.
    """
    register = desk.tree_of("HEAD")[1].demand()
    for one in selected(register, ids, where):
        yield advance(desk, [one.id], [], stage, reason)


def _refused_words(ids: list[str], refused: list[Finding]) -> str:
    records = list(dict.fromkeys(finding.record or "" for finding in refused))
    count = f"{len(refused)} things are missing" if len(refused) > 1 else "one thing is missing"
    return f"{', '.join(records)}: refused, {count}; nothing changed" if ids or records else "nothing changed"


def _move(desk: Desk, draft: Draft, found: RecordFile, stage: str | None, reason: str | None, actor: str) -> Moved:
    policy = source(draft.base, found)
    way = transition(policy, found, stage)
    since = found.model.history[-1].at
    situation = Situation(found, found, draft.base, draft.after, policy, desk.now, since, reason)
    asked = gate(situation, way)
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
    record = draft.put(with_entry(found.data, new), found.path)
    unmet = [one for one in asked if not one.answer.met]
    if unmet:
        case = _case(desk, draft, record, policy)
        raise Refused(f"{found.id}: refused; nothing changed", [_here(found, refusal(case, one)) for one in unmet])
    return Moved(record, found.stage, way.to, new, asked)


def _case(desk: Desk, draft: Draft, after: RecordFile, policy: PolicyFile) -> Case:
    history = after.data["history"]
    index = len(history) - 1
    model = after.model.history[index]
    return Case(model, history[index], index, after, history[:index], draft.base, draft.after, policy, desk.now)


def _here(found: RecordFile, finding: Finding) -> Finding:
    """A refusal concerns the record as it stands, at its stage."""
    line_, column = found.place(("stage",))
    return finding.at(found.path, line_, column)


def _planned(made: list[Moved]) -> Planned:
    first = made[0]
    if len(made) == 1:
        subject = f"{first.record.kind}/{first.record.id}: {first.from_} → {first.to}"
    else:
        subject = f"{first.record.kind}: {len(made)} records → {first.to}"
    body: list[str] = []
    for one in made:
        if len(made) > 1:
            body.append(f"{one.record.id}: {one.from_} → {one.to}")
        body += [_satisfied(asked) for asked in one.asked]
        if one.entry.get("reason"):
            body.append(f"reason: {one.entry['reason']}")
    notes = list(dict.fromkeys(note for one in made for asked in one.asked for note in asked.answer.notes))
    return Planned(subject, made, body, trailers("advance", [(one.record, one.entry) for one in made]), notes)


def _satisfied(asked: Asked) -> str:
    clauses = ", ".join(asked.question.requirement.clauses)
    by = ", ".join([*asked.answer.uses, *asked.answer.relies_on]) or "the record itself"
    waived = " (waived)" if asked.answer.waived else ""
    return f"{clauses} {asked.question.name}: {by}{waived}"
