"""A gate: all that one transition demands of one record at one moment, answered."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime
from importlib import import_module
from typing import Any

from partnerkit.conditions import holds
from partnerkit.dataclass import dataclass, field, replace
from partnerkit.policies.demands import NamedDemand
from partnerkit.policies.lifecycle import Transition
from partnerkit.register import PolicyFile, RecordFile, Register
from partnerkit.rules.question import Answer, Question, suppliers
from partnerkit.steps import live, reopened_at

#: What answers each sort of demand that speaks of the record alone: functions of modules of `rules.demands`.
_ANSWERED_BY = {
    "evidence": "shown.evidence",
    "period": "shown.period",
    "scores": "shown.scores",
    "approval": "decided.approval",
    "acknowledged": "worded.acknowledged",
    "signed": "decided.signed",
    "filled": "stated.filled",
    "compare": "stated.compare",
    "dwell": "stated.dwell",
    "notice": "stated.notice",
    "linked": "belonging.linked",
    "reason": "stated.reason",
    "empty": "stated.empty",
    "unmentioned": "unmentioned.unmentioned",
    "matches": "stated.matches",
    "each": "listed.each",
    "listed": "counted.counted",
    "named-by": "naming.named_by",
    "apart": "apart.apart",
}


class _Answering(dict[str, Callable[[Question, Any], Answer]]):
    """What answers each sort of demand, imported when one of the sort is judged: the gates of a record ask for few."""

    def __missing__(self, sort: str) -> Callable[[Question, Any], Answer]:
        module, _, name = _ANSWERED_BY[sort].partition(".")
        self[sort] = getattr(import_module(f"partnerkit.rules.demands.{module}"), name)
        return self[sort]


@dataclass(frozen=True, slots=True)
class Situation:
    """A record at a moment, and what it is judged by: what every requirement of a gate shares.

    Beside what a Question says: `earlier` are the entries before the one that is judged (None: all there are).
    """

    record: RecordFile
    named_before: RecordFile | None
    rules: Register
    links: Register
    source: PolicyFile
    moment: datetime
    since: datetime
    reason: str | None = None
    relied: Mapping[str, str] = field(default_factory=dict)
    earlier: list[dict[str, Any]] | None = None
    stands: bool = True


@dataclass(frozen=True, slots=True)
class Asked:
    """One requirement of a gate with its answer."""

    question: Question
    answer: Answer


def ask(situation: Situation, to: str, name: str) -> Question:
    """One requirement asked in a situation."""
    return Question(
        name=name,
        requirement=situation.source.policy.requirements[name],
        to=to,
        record=situation.record,
        named_before=situation.named_before,
        rules=situation.rules,
        links=situation.links,
        source=situation.source,
        moment=situation.moment,
        live=live(situation.record, situation.moment),
        since=situation.since,
        reopened=reopened_at(
            situation.record.data["history"] if situation.earlier is None else situation.earlier,
            situation.source.policy,
            situation.record.kind,
        ),
        reason=situation.reason,
        relied=situation.relied,
        stands=situation.stands,
    )


def applies(question: Question) -> bool:
    """Whether the requirement is demanded of this record at all."""
    when = question.requirement.when
    return when is None or holds(when, question.record.data)


def gate(situation: Situation, transition: Transition) -> list[Asked]:
    """Every requirement of a transition that applies, answered, in the order of the policy."""
    questions = [ask(situation, transition.to, name) for name in transition.needs]
    return [Asked(question, answer(question)) for question in questions if applies(question)]


def answer(question: Question) -> Answer:
    """Whether the requirement is met, by what, or by a waiver; else what would meet it.

    What is only advice refuses nothing: unmet, it counts as met, says what is missing all the same, and is a note.
    """
    given = judged(question)
    if given.met or not question.requirement.advisory:
        return given
    return replace(given, met=True, notes=[*given.notes, f"{question.name}: {given.missing}"])


def judged(question: Question) -> Answer:
    """Whether the requirement is met, be it only advice."""
    given = _DEMANDS[question.requirement.type](question, question.requirement.demand)
    if given.met:
        given = _kept_out(question) or given
    if given.met:
        return given
    from partnerkit.rules.demands.waived import waiver  # noqa: PLC0415 - as all that answers demands

    given = _told_early(question, given)
    given_up = waiver(question)
    if given_up is None:
        return given
    return replace(given, met=True, waived=True, missing=None, command=None, uses=[given_up.id])


def _kept_out(question: Question) -> Answer | None:
    """That what meets the requirement may not stand in the record; None where it may."""
    from partnerkit.rules.classified import in_words  # noqa: PLC0415 - where nothing was met there is nothing to see

    inline = in_words(question)
    return Answer(met=False, missing=inline.message, command=inline.mend) if inline is not None else None


def _told_early(question: Question, given: Answer) -> Answer:
    """The answer, saying which statements came too early to count."""
    early = [one.said.id for one in question.live if one.said.requirement == question.name and question.early(one)]
    if not early:
        return given
    first = " and ".join(question.requirement.after)
    return replace(given, missing=f"{given.missing} ({', '.join(early)} came before {first}, and does not count)")


def _any_of(question: Question, names: list[str]) -> Answer:
    """One of several requirements suffices."""
    asked = alternatives(question, names)
    answers = [one.answer for one in asked]
    met = next((given for given in answers if given.met), None)
    if met is not None:
        return met
    ask_ = f"{question.requirement.ask} " if question.requirement.ask else ""
    missing = f"{ask_}One of these: " + "; or ".join(
        f"{one.question.name} ({one.answer.missing}{_by_command(one.answer)})" for one in asked
    )
    first = answers[0] if answers else Answer(met=False)
    return replace(first, missing=missing, notes=[note for given in answers for note in given.notes])


def _named(question: Question, demand: NamedDemand) -> Answer:
    """The records named serve, and meet what is asked of them once this one stands where it goes."""
    from partnerkit.rules.demands.named import named  # noqa: PLC0415 - as all that answers demands

    given = named(question, demand)
    if not given.met or not demand.meets:
        return given
    there = replace(question, ahead={question.record.id: question.to})
    others = [_of_other(there, question.links.records[other]) for other in dict.fromkeys(given.relies_on)]
    asked = [one for other in others for one in alternatives(other, demand.meets) if not one.answer.met]
    if not asked:
        return given
    roles, people = suppliers(question)
    ask_ = f"{question.requirement.ask} " if question.requirement.ask else ""
    missing = "; ".join(
        f"{one.question.record.id} lacks {one.question.name} ({one.answer.missing}{_by_command(one.answer)})"
        for one in asked
    )
    return Answer(False, f"{ask_}{missing}", roles=roles, people=people, command=asked[0].answer.command)


def _subject_meets(question: Question, names: list[str]) -> Answer:
    """The record it belongs to meets requirements of its own, as they would be judged there at this moment."""
    subject = question.links.records.get(question.record.subject or "")
    roles, people = suppliers(question)
    ask_ = f"{question.requirement.ask} " if question.requirement.ask else ""
    if subject is None or subject.model.policy != question.policy.policy:
        return Answer(False, f"{ask_}Missing: the record it belongs to", roles=roles, people=people)
    asked = [one for one in alternatives(_of_other(question, subject), names) if not one.answer.met]
    if not asked:
        return Answer(met=True, relies_on=[subject.id])
    lacks = "; ".join(f"{one.question.name} ({one.answer.missing}{_by_command(one.answer)})" for one in asked)
    first = asked[0].answer
    return replace(first, missing=f"{ask_}{subject.id} lacks {lacks}")


def _of_other(question: Question, other: RecordFile) -> Question:
    """The same moment, for another record."""
    past = [one for one in other.model.history if one.at <= question.moment]
    return replace(
        question,
        to=question.stage_of(other) or other.stage,
        record=other,
        named_before=question.rules.records.get(other.id),
        live=live(other, question.moment),
        since=next((one.at for one in reversed(past) if one.type != "correct"), question.moment),
        reopened=reopened_at(other.data["history"][: len(past)], question.policy, other.kind),
        reason=None,
    )


def alternatives(question: Question, names: list[str]) -> list[Asked]:
    """The alternatives of a requirement that apply to the record, each answered."""
    others = [replace(question, name=name, requirement=question.policy.requirements[name]) for name in names]
    return [Asked(other, answer(other)) for other in others if applies(other)]


def _by_command(given: Answer) -> str:
    return f"; {given.command}" if given.command else ""


_DEMANDS = _Answering({"named": _named, "subject-meets": _subject_meets, "any-of": _any_of})
