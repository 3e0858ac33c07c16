"""Waive a requirement, where the policy lets somebody do so, with a reason and an end."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date

from partnerkit.dataclass import dataclass, replace
from partnerkit.errors import WrongCallError
from partnerkit.jobs.chosen import Chosen, One, all_or_none, shortened
from partnerkit.jobs.desk import Desk
from partnerkit.jobs.landing import Landed, Outcome, Planned, land
from partnerkit.jobs.named_record import record, source
from partnerkit.jobs.statements import SPOKEN, Voice, statement, trailers, with_statement
from partnerkit.jobs.typed_day import typed_day
from partnerkit.kinds.problems import did_you_mean
from partnerkit.kinds.statements import Waiver
from partnerkit.register import RecordFile
from partnerkit.rules.commands import line
from partnerkit.rules.demands.assured import in_person
from partnerkit.rules.demands.waived import NOBODY, may_waive, waiver_against
from partnerkit.rules.gate import Situation, ask
from partnerkit.rules.places import at
from partnerkit.rules.question import Question
from partnerkit.rules.refused import Refused
from partnerkit.steps import statements
from partnerkit.store.draft import Draft


@dataclass(frozen=True, slots=True)
class Waived:
    """What is waived, why, and the last day on which that may be relied on."""

    requirement: str
    reason: str | None
    until: date | None


def waive(desk: Desk, records: Chosen, waived: Waived, voice: Callable[[str], Voice]) -> Landed:
    """Record a waiver for one or many records and land it as one commit.

    Args:
        desk: where and when.
        records: which records; a row of a sheet may say its own reason and end, and who said it where and when.
        waived: what is waived.
        voice: whose word it is.

    Raises:
        WrongCallError: no such requirement, or no reason or end.
        Refused: the policy lets nobody waive it, not this person, or not for so long.
    """

    def plan(draft: Draft) -> Planned:
        general = voice(desk.actor(draft.base))

        def made(one: One) -> tuple[RecordFile, str, str]:
            one.demand_columns(("reason", "until", *SPOKEN))
            until = typed_day(one.cells["until"]) if "until" in one.cells else waived.until
            mine = Waived(waived.requirement, one.cells.get("reason") or waived.reason, until)
            return _made(desk, draft, one.id, mine, general.of_row(one.cells, draft.base))

        each = records.each(desk, draft.after)
        done = all_or_none(desk, each, made)
        outcomes = [Outcome(new.id, does, one.place) for one, (new, does, _why) in zip(each, done, strict=True)]
        first, does, why = done[0]
        subject = f"{first.kind}/{shortened([one.id for one, _does, _why in done])}: {does}"
        body = [why] if len(done) == 1 else [f"{new.id}: {does}; {why}" for new, does, why in done]
        after = [new for new, _does, _why in done]
        return Planned(subject, after, body, trailers("waive", [(new, None) for new in after]), outcomes=outcomes)

    return land(desk, plan)


def _made(desk: Desk, draft: Draft, record_id: str, waived: Waived, spoken: Voice) -> tuple[RecordFile, str, str]:
    """The record with the waiver, what was done in words, and why."""
    name, reason, until = waived.requirement, waived.reason, waived.until
    found = record(draft.after, record_id)
    policy = source(draft.base, found).policy
    requirement = policy.requirements.get(name)
    if requirement is None:
        near = did_you_mean(name, policy.requirements)
        raise WrongCallError(f"{policy.policy} has no requirement {name!r}{near}", line("gates", record_id))
    if not reason or until is None:
        raise WrongCallError(f"a waiver of {name} says why, and until when", _again(record_id, waived, spoken.words))
    if until < desk.today(draft.base):
        again = _again(record_id, replace(waived, until=None), spoken.words)
        raise WrongCallError(f"--until {until} has passed", again)
    role = policy.value(requirement.waivable.by) if requirement.waivable else None
    fields = {"role": str(role or NOBODY), "reason": reason, "until": until.isoformat()}
    said = statement(desk, "waivers", name, spoken, fields)
    new = draft.put(with_statement(found.data, "waivers", said), found.path)
    _demand_may(desk, draft, found, new, waived, spoken)
    return new, f"{spoken.by} waives {name} until {until}", reason


def _demand_may(desk: Desk, draft: Draft, before: RecordFile, new: RecordFile, waived: Waived, spoken: Voice) -> None:
    """The waiver just recorded is one that counts; what the judge says against it, with the line that would do."""
    origin = source(draft.base, before)
    since = new.came.at
    situation = Situation(new, before, draft.base, draft.after, origin, desk.now, since)
    question = ask(situation, new.stage, waived.requirement)
    found = [one for one in statements(new) if one.group == "waivers"][-1]
    wrong = waiver_against(question, found.said, found) if isinstance(found.said, Waiver) else None
    if wrong is None:
        return
    clause = ", ".join(question.policy.full(one) for one in question.requirement.clauses)
    mend = _mend(question, wrong[0], question.day_of(found), waived, spoken)
    raise Refused("nothing changed", [at(before, ("stage",), *wrong, clause=clause, mend=mend)])


def _mend(question: Question, code: str, day: date, waived: Waived, spoken: Voice) -> str:
    waivable, record_id = question.requirement.waivable, question.record.id
    longest = question.duration(waivable.for_at_most) if waivable else None
    if waivable is None and question.requirement.approval and question.requirement.approval.assurance:
        return in_person(question, question.requirement.approval)
    if waivable is None:
        return line("gates", record_id)
    if code == "waived-too-long" and longest is not None:
        return _again(record_id, replace(waived, until=longest.after(day)), spoken.words)
    others = [one for one in may_waive(question, day) if one != spoken.by]
    return _again(record_id, waived, ["--for", others[0] if others else "<person>", "--seen", "<seen>"])


def _again(record_id: str, waived: Waived, spoken: Sequence[str]) -> str:
    """The line as it was typed, with what it lacks."""
    said = ("--reason", waived.reason or "<reason>", "--until", str(waived.until or "<day>"))
    return line("waive", record_id, waived.requirement, *said, *spoken)
