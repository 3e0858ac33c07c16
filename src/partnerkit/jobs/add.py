"""Add what a requirement asks for (evidence, scores, acknowledgement, signature) or a line of a log."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from partnerkit.errors import WrongCallError, told_of
from partnerkit.jobs.adding import Added, Work
from partnerkit.jobs.desk import Desk
from partnerkit.jobs.evidence import evidence
from partnerkit.jobs.finding_records import selected, source
from partnerkit.jobs.landing import Landed, Planned, land
from partnerkit.jobs.logbook import log_line
from partnerkit.jobs.parties import acknowledged, signed
from partnerkit.jobs.scorecard import scores
from partnerkit.jobs.statements import Voice, trailers, withdrawn
from partnerkit.register import RecordFile
from partnerkit.rules.commands import line
from partnerkit.rules.gate import Situation, answer, applies, ask
from partnerkit.store.draft import Draft

#: How long the list of ids in a commit message's first line may be.
_SUBJECT = 60


_WRITERS: dict[str, Callable[[Work], tuple[dict[str, Any], Any]]] = {
    "evidence": evidence,
    "period": evidence,
    "scores": scores,
    "acknowledged": acknowledged,
    "signed": signed,
}


def add(desk: Desk, ids: list[str], where: list[str], added: Added, voice: Callable[[str], Voice]) -> Landed:
    """Add one thing to one or many records, as one commit.

    Raises:
        WrongCallError: an unknown record, requirement, log or key, or a file that cannot be read.
        Refused: the result would not satisfy the model or the policy.
    """
    return add_rows(desk, lambda draft: [(one.id, added) for one in selected(draft.base, ids, where)], voice)


def add_rows(desk: Desk, rows: Callable[[Draft], list[tuple[str, Added]]], voice: Callable[[str], Voice]) -> Landed:
    """Add something to each of several records, as one commit: all or nothing."""

    def plan(draft: Draft) -> Planned:
        actor = desk.actor(draft.base)
        spoken = voice(actor)
        spoken.check(draft.base.roster)
        made: list[tuple[RecordFile, str, Any]] = []
        notes: list[str] = []
        for record_id, added in rows(draft):
            with told_of(added.row):
                record = selected(draft.after, [record_id], [])[0]
                data, result = _one(Work(desk, draft, record, spoken, added))
                made.append((draft.put(data, record.path), added.what, result))
            notes += _still_missing(desk, draft, made[-1][0], added)
        ids = ", ".join(dict.fromkeys(record.id for record, _what, _result in made))
        words = ", ".join(dict.fromkeys(what for _record, what, _result in made))
        subject = f"{made[0][0].kind}/{ids if len(ids) <= _SUBJECT else f'{len(made)} records'}: add {words}"
        body = [f"{record.id}: {what} {_shown(result)}" for record, what, result in made]
        entries = trailers("add", [(record, None) for record, _what, _result in made])
        return Planned(subject, made, body, entries, notes)

    return land(desk, plan)


def _still_missing(desk: Desk, draft: Draft, record: RecordFile, added: Added) -> list[str]:
    """What the requirement still lacks after what was added to it."""
    origin = source(draft.after, record)
    if added.what not in origin.policy.requirements or "withdraw" in added.values:
        return []
    since = record.model.history[-1].at
    situation = Situation(record, record, draft.base, draft.after, origin, desk.now, since)
    question = ask(situation, record.stage, added.what)
    given = answer(question)
    return [] if given.met or not applies(question) else [f"{added.what} is not met yet. {given.missing}"]


def _shown(result: Any) -> str:
    return str(result.get("id", "")) if isinstance(result, dict) else ""


def _one(work: Work) -> tuple[dict[str, Any], Any]:
    added = work.added
    if "withdraw" in added.values:
        reason = added.reason or added.values.get("reason")
        if not reason:
            raise WrongCallError("a statement is withdrawn with its reason", "--reason '<reason>'")
        target = added.values["withdraw"]
        return withdrawn(work.desk, work.record.data, target, work.voice.actor, reason), {"id": target}
    if added.what in work.policy.requirements:
        writer = _WRITERS.get(work.requirement.type)
        if writer is None:
            raise WrongCallError(*_not_added(work))
        return writer(work)
    return log_line(work)


def _not_added(work: Work) -> tuple[str, str]:
    name, record_id = work.added.what, work.record.id
    how = {
        "approval": line("approve", record_id, name),
        "filled": line("set", record_id, *(f"{path}=<{path}>" for path in work.requirement.filled or [])),
        "reason": line("advance", record_id, "<stage>", "--reason", "<reason>"),
        "any-of": f"add one of {', '.join(work.requirement.any_of or [])}",
    }.get(work.requirement.type, line("gates", record_id))
    return f"{name} is not met by adding something ({work.requirement.type})", how
