"""Sources: what waits for somebody: for a decision, an answer, the end of a period, or for whoever began it."""

from __future__ import annotations

from collections.abc import Iterator

from partnerkit.kinds.catalogue import KINDS
from partnerkit.kinds.dated import AwaitsAnswer, OnceDecided, items, marked
from partnerkit.kinds.statements import Approval, Evidence
from partnerkit.obligations.obligation import Obligation
from partnerkit.obligations.outlook import Outlook, cited, clause_of_field, day_at, in_words
from partnerkit.policies.lifecycle import Transition
from partnerkit.policies.policy import Policy
from partnerkit.policies.requirement import Requirement
from partnerkit.register import RecordFile
from partnerkit.rules.commands import line
from partnerkit.rules.gate import Asked, Situation, answer, applies, ask
from partnerkit.rules.look import situation_of
from partnerkit.steps import is_filled, value_at


def decisions(outlook: Outlook) -> Iterator[Obligation]:
    """Gates that lack nothing but somebody's approval."""
    for policy in outlook.policies:
        deciding = {name for name, one in policy.requirements.items() if one.approval is not None}
        for record in outlook.records(policy):
            found: dict[str, Asked] = {}
            for way in (one for one in outlook.ways(policy, record) if deciding & set(one.needs)):
                found |= {one.question.name: one for one in _undecided(outlook, record, way, deciding)}
            yield from (_decision(outlook, one) for one in found.values())


def _undecided(outlook: Outlook, record: RecordFile, way: Transition, deciding: set[str]) -> list[Asked]:
    """The approvals that a gate lacks, where it lacks nothing else.

    A way beside the usual one waits for nobody before somebody has done something for it.
    """
    situation = situation_of(outlook.look(record))
    others = [name for name in way.needs if name not in deciding]
    if not way.main and not others:
        return []
    if not all(_met(situation, way, name) for name in others):
        return []
    questions = [ask(situation, way.to, name) for name in way.needs if name in deciding]
    asked = [Asked(question, answer(question)) for question in questions if applies(question)]
    return [one for one in asked if not one.answer.met]


def _met(situation: Situation, way: Transition, name: str) -> bool:
    question = ask(situation, way.to, name)
    return not applies(question) or answer(question).met


def _decision(outlook: Outlook, asked: Asked) -> Obligation:
    question, given = asked.question, asked.answer
    return outlook.owed(
        question.policy,
        question.record,
        "decision",
        question.name,
        question.requirement.title or in_words(question.name),
        waiting=True,
        since=outlook.register.day(question.since),
        clause=cited(question.policy, question.requirement.clauses),
        role=given.roles[0] if given.roles else None,
        people=tuple(given.people),
        command=given.command,
        note=given.missing,
    )


def answers(outlook: Outlook) -> Iterator[Obligation]:
    """What was said to somebody who has not answered yet."""
    for policy in outlook.policies:
        for kind in outlook.kinds(policy):
            for field, mark in marked(KINDS[kind], AwaitsAnswer):
                for record in outlook.records(policy, kind):
                    if not outlook.is_over(policy, record):
                        yield from _awaited(outlook, policy, record, (field.parents, field.key), mark)


def _awaited(
    outlook: Outlook, policy: Policy, record: RecordFile, field: tuple[tuple[str, ...], str], mark: AwaitsAnswer
) -> Iterator[Obligation]:
    parents, key = field
    for name, item in items(record.data, parents):
        since = day_at(item, mark.since)
        if item.get(key) is True and (since is None or since <= outlook.day):
            yield outlook.owed(
                policy,
                record,
                "answer",
                name,
                "Answer awaited",
                words=str(item.get(mark.about)),
                waiting=True,
                since=since,
                clause=cited(policy, clause_of_field(policy, record.kind, ".".join((*parents, key)))),
                people=outlook.watchers(record),
                person=item.get(mark.whom),
                command=line("set", record.id),
            )


def notifications(outlook: Outlook) -> Iterator[Obligation]:
    """Decisions that were taken and not told to those whom they concern."""
    for policy in outlook.policies:
        for kind in outlook.kinds(policy):
            for field, mark in marked(KINDS[kind], OnceDecided):
                path = ".".join((*field.parents, field.key))
                for record in outlook.records(policy, kind):
                    if not is_filled(value_at(record.data, path)) and not _asked_for_good(policy, record, path):
                        yield from _untold(outlook, policy, record, path, mark)


def _asked_for_good(policy: Policy, record: RecordFile, path: str) -> bool:
    """Whether the policy itself asks for the field as long as the stage lasts, and so says when it is due."""
    return any(
        record.stage in one.standing and one.of in {None, record.kind} and path in _fields(one)
        for one in policy.requirements.values()
    )


def _fields(requirement: Requirement) -> list[str | None]:
    compared = requirement.compare
    return [*(requirement.filled or []), *((compared.field, compared.before) if compared is not None else ())]


def _untold(outlook: Outlook, policy: Policy, record: RecordFile, path: str, mark: OnceDecided) -> Iterator[Obligation]:
    entry = record.came
    if entry.type != "move" or not any(use.startswith(f"{Approval.letter}-") for use in entry.uses):
        return
    yield outlook.owed(
        policy,
        record,
        "notification",
        path,
        mark.what,
        since=outlook.register.day(entry.at),
        clause=cited(policy, clause_of_field(policy, record.kind, path)),
        people=outlook.watchers(record),
        command=line("set", record.id, f"{path}=<day>"),
    )


def periods(outlook: Outlook) -> Iterator[Obligation]:
    """Periods that were opened, from the day on which they can be closed."""
    for policy in outlook.policies:
        names = {name for name, one in policy.requirements.items() if one.period is not None}
        for record in outlook.records(policy) if names else ():
            opened = {one.requirement for one in record.model.evidence if one.kind == "opened"}
            for way in outlook.ways(policy, record) if opened & names else []:
                for name in way.needs:
                    if name in opened & names:
                        yield from _open_period(outlook, record, way, name)


def _open_period(outlook: Outlook, record: RecordFile, way: Transition, name: str) -> Iterator[Obligation]:
    question = ask(situation_of(outlook.look(record)), way.to, name)
    opened = [one for one in question.mine("evidence") if isinstance(one.said, Evidence) and one.said.kind == "opened"]
    if not opened or not applies(question) or (given := answer(question)).met:
        return
    demand = question.requirement.period
    open_for = question.duration(demand.open_for) if demand is not None else None
    start = max(question.day_of(opened[-1]), outlook.register.day(record.model.history[0].at))
    since = open_for.after(start) if open_for is not None else start
    if outlook.sees(None, since):
        yield outlook.owed(
            question.policy,
            record,
            "period",
            name,
            f"{question.requirement.title or in_words(name)}: close it",
            since=since,
            clause=cited(question.policy, question.requirement.clauses),
            role=question.requirement.who[0] if len(question.requirement.who) == 1 else None,
            people=tuple(given.people) if question.requirement.who else outlook.watchers(record),
            command=given.command or line("add", record.id, name, "kind=closed", "summary=<summary>"),
        )


def drafts(outlook: Outlook) -> Iterator[Obligation]:
    """Records about a time (reviews) that were begun and not finished."""
    for policy in outlook.policies:
        for kind in outlook.kinds(policy):
            for record in outlook.records(policy, kind) if KINDS[kind].period is not None else ():
                if not outlook.is_finished(policy, record) and not outlook.is_over(policy, record):
                    yield _draft(outlook, policy, record)


def _draft(outlook: Outlook, policy: Policy, record: RecordFile) -> Obligation:
    from partnerkit.obligations.lines import going_on  # noqa: PLC0415 - only where something was begun

    subject = outlook.subject(record)
    return outlook.owed(
        policy,
        record,
        "draft",
        record.kind,
        f"{in_words(record.kind)} begun and not finished",
        since=outlook.register.day(record.model.history[0].at),
        clause=cited(policy, clause_of_field(policy, record.kind, KINDS[record.kind].sort or "")),
        people=outlook.watchers(subject) if subject is not None else (),
        command=going_on(outlook, record),
        draft=record.id,
    )
