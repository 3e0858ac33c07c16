"""Source: evidence, items of lists and waivers that count until a day only, while something still rests on them."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from partnerkit.kinds.statements import Evidence, Waiver
from partnerkit.obligations.obligation import Obligation
from partnerkit.obligations.outlook import Outlook, cited, day_at, in_words
from partnerkit.policies.policy import Policy
from partnerkit.register import RecordFile
from partnerkit.rules.commands import line
from partnerkit.rules.gate import applies, ask, judged
from partnerkit.rules.look import situation_of
from partnerkit.rules.question import Question, suppliers
from partnerkit.steps import binding_gates, value_at


def expiring(outlook: Outlook) -> Iterator[Obligation]:
    """What runs out, or has run out, though a gate that was passed rests on it or one to come asks for it."""
    for policy in outlook.policies:
        for record in outlook.records(policy):
            if not outlook.is_over(policy, record):
                yield from _of_record(outlook, policy, record)


def _of_record(outlook: Outlook, policy: Policy, record: RecordFile) -> Iterator[Obligation]:
    said = {one.requirement for one in (*record.model.evidence, *record.model.waivers)} | _ageing(policy, record)
    if not said & set(policy.requirements):
        return
    passed, asked = _passed(policy, record), _asked_again(outlook, policy, record)
    situation = situation_of(outlook.look(record))
    for name in sorted(said & (passed | asked)):
        question = ask(situation, record.stage, name)
        waived = _waived_until(question)
        if _concerns(outlook, question, waived) and not _met_by_itself(question):
            yield _obligation(outlook, question, "waivers", f"{_title(question)}: waived until {waived}", waived)
        last = _last_day(question, again=name in asked)
        if _concerns(outlook, question, last):
            yield _obligation(outlook, question, "evidence", f"{_title(question)}: it runs out", last)


def _ageing(policy: Policy, record: RecordFile) -> set[str]:
    """The requirements for lists of things that grow old, where the record has any."""
    return {
        name
        for name, one in policy.requirements.items()
        if one.listed is not None and one.listed.fresh_for is not None and value_at(record.data, one.listed.field)
    }


def _concerns(outlook: Outlook, question: Question, last: date | None) -> bool:
    """Whether something that runs out on a day is to be seen; where it must stand for good, it is missed later."""
    stands = question.record.stage in question.requirement.standing
    return last is not None and outlook.sees(last) and not (stands and last < outlook.day)


def _passed(policy: Policy, record: RecordFile) -> set[str]:
    """The requirements of the gates that were passed and still bind."""
    lifecycle = policy.lifecycles.get(record.kind)
    gates = binding_gates(record, policy) if lifecycle is not None else []
    ways = [lifecycle.find(gate.from_, gate.to) for gate in gates if lifecycle is not None and gate.from_]
    return _with_alternatives(policy, [name for way in ways if way is not None for name in way.needs])


def _asked_again(outlook: Outlook, policy: Policy, record: RecordFile) -> set[str]:
    """The requirements that are asked for as long as the stage lasts, or by a way that leads out of it."""
    ahead = [name for way in outlook.ways(policy, record) for name in way.needs]
    lasting = [name for name, one in policy.requirements.items() if record.stage in one.standing]
    return _with_alternatives(policy, [*ahead, *lasting])


def _with_alternatives(policy: Policy, names: list[str]) -> set[str]:
    return {other for name in names for other in (name, *(policy.requirements[name].any_of or []))}


def _waived_until(question: Question) -> date | None:
    """The day until which it is waived at the longest; None where nobody waived it."""
    until = [one.said.until for one in question.mine("waivers") if isinstance(one.said, Waiver)]
    return max(until, default=None)


def _met_by_itself(question: Question) -> bool:
    given = judged(question)
    return given.met and not given.waived


def _last_day(question: Question, *, again: bool) -> date | None:
    """The last day on which enough of what is asked for can be relied on; None where that has no end.

    How old it may be when a gate is passed matters only where the gate is still to be passed, or asks for good.
    """
    if not applies(question):
        return None
    days = sorted(_last_days(question, again=again), reverse=True)
    demand = question.requirement.evidence or question.requirement.listed
    wanted = max(question.count(demand.at_least), 1) if demand is not None else 1
    return days[wanted - 1] if len(days) >= wanted and days[wanted - 1] < date.max else None


def _last_days(question: Question, *, again: bool) -> Iterator[date]:
    """The last day of each piece of evidence, or of each item of a list; the end of the calendar where it has none."""
    evidence, listed = question.requirement.evidence, question.requirement.listed
    demand = evidence or listed
    fresh_for = question.duration(demand.fresh_for) if demand is not None and again else None
    for found in question.mine("evidence"):
        if isinstance(found.said, Evidence) and question.day_of(found) <= question.day:
            fresh = fresh_for.after(question.day_of(found)) if fresh_for is not None else date.max
            yield min(found.said.valid_until or date.max, fresh)
    if listed is not None:
        from partnerkit.rules.demands.counted import of_the_sort  # noqa: PLC0415 - as all that answers demands

        for item in of_the_sort(question, listed):
            day = day_at(item, "on")
            if day is not None and day <= question.day:
                yield fresh_for.after(day) if fresh_for is not None else date.max


def _title(question: Question) -> str:
    return question.requirement.title or in_words(question.name)


def _obligation(outlook: Outlook, question: Question, what: str, title: str, last: date | None) -> Obligation:
    roles, people = suppliers(question)
    return outlook.owed(
        question.policy,
        question.record,
        "expiry",
        f"{what}.{question.name}",
        title,
        suffix=(last,),
        due=last,
        clause=cited(question.policy, question.requirement.clauses),
        role=roles[0] if len(roles) == 1 else None,
        people=tuple(people) if roles else outlook.watchers(question.record),
        command=_command(question),
    )


def _command(question: Question) -> str:
    """The line that supplies it anew."""
    demand = question.requirement.evidence
    if question.requirement.listed is not None:
        from partnerkit.rules.demands.counted import adding  # noqa: PLC0415 - as all that answers demands

        return adding(question, question.requirement.listed)
    if demand is None:
        return line("gates", question.record.id)
    outcome = ["outcome=<outcome>"] if demand.outcomes else []
    thing = "<document>" if demand.with_digest else "<file-or-link>"
    return line("add", question.record.id, question.name, thing, *outcome)
