"""Demands for something shown: evidence, an open period, a filled scorecard."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date, datetime

from partnerkit.kinds.problems import an
from partnerkit.kinds.statements import Evidence, Scores
from partnerkit.policies.demands import EvidenceDemand, PeriodDemand, ScoresDemand
from partnerkit.policies.policy import Policy
from partnerkit.register import RecordFile
from partnerkit.rules.commands import WHY, line, withdrawing
from partnerkit.rules.question import Answer, Question, suppliers
from partnerkit.steps import Live, binding_gates, of_sort


def evidence(question: Question, demand: EvidenceDemand) -> Answer:
    """Enough pieces of the right kind, fresh, with an outcome that serves."""
    found = question.mine("evidence")
    pieces = of_sort(found, Evidence)
    reasons = {said.id: why for piece, said in pieces if (why := _against(question, demand, piece, said))}
    good = [piece for piece in found if piece.said.id not in reasons]
    wanted = question.count(demand.at_least)
    if wanted == 1:
        good = _outweighed(question, demand, found, good, reasons)
    notes = question.notes(demand.at_least, demand.fresh_for)
    if demand.single and len(found) > 1 and good:
        older = next((piece for piece in found if piece not in good), good[0]).said
        return Answer(
            met=False,
            missing=f"{len(found)} pieces stand, and only one may: withdraw what no longer counts",
            people=suppliers(question)[1],
            roles=suppliers(question)[0],
            command=withdrawing(question.record.id, older),
            notes=notes,
        )
    if len(good) >= wanted or any(_not_needed(piece) for piece in good):
        return Answer(met=True, uses=[piece.said.id for piece in good], notes=notes)
    roles, people = suppliers(question)
    return Answer(
        met=False,
        missing=_what_is_missing(question, demand, len(good), wanted, list(reasons.values())),
        roles=roles,
        people=people,
        command=_evidence_command(question, demand),
        notes=notes,
    )


def _outweighed(
    question: Question, demand: EvidenceDemand, found: list[Live], good: list[Live], reasons: dict[str, str]
) -> list[Live]:
    """The pieces that serve, or none where a later one came out differently: the latest finding counts."""
    serving = {*demand.outcomes, "not-needed", None}
    against = [one for one in found if isinstance(one.said, Evidence) and one.said.outcome not in serving]
    if not (demand.outcomes and good and against):
        return good
    when = _when(question)
    latest, newest = max(against, key=when), max(good, key=when)
    if when(latest) < when(newest):
        return good
    reasons[latest.said.id] += f", and it is newer than {newest.said.id}: the latest finding counts"
    return []


def _when(question: Question) -> Callable[[Live], tuple[date, datetime, int]]:
    return lambda one: (question.day_of(one), one.said.at, one.index)


def _not_needed(piece: Live) -> bool:
    return isinstance(piece.said, Evidence) and piece.said.outcome == "not-needed"


def _against(question: Question, demand: EvidenceDemand, piece: Live, said: Evidence) -> str | None:
    """Why a piece of evidence does not serve, or None."""
    if said.outcome == "not-needed":
        return _not_needed_against(question, demand, said)
    if said.kind not in demand.kinds:
        return f"{said.id} is {an(said.kind)}, not {an(' or '.join(demand.kinds))}"
    if demand.outcomes and said.outcome not in demand.outcomes:
        return f"{said.id} has the outcome {said.outcome or 'unstated'}, wanted is {' or '.join(demand.outcomes)}"
    if demand.with_digest and said.digest is None:
        return f"{said.id} does not record the digest of its bytes"
    return _too_old(question, demand, piece, said)


def _not_needed_against(question: Question, demand: EvidenceDemand, said: Evidence) -> str | None:
    """Why a piece that says nothing is needed does not serve, or None."""
    if not demand.not_needed:
        return f"{said.id} says it is not needed, which is not possible here"
    return None if said.summary else f"{said.id} says it is not needed, and not why: {question.name} needs summary="


def _too_old(question: Question, demand: EvidenceDemand, piece: Live, said: Evidence) -> str | None:
    day = question.day_of(piece)
    if day > question.day:
        return f"{said.id} is dated {day}, which is still to come"
    if said.valid_until is not None and said.valid_until < question.day:
        return f"{said.id} was valid until {said.valid_until}"
    fresh_for = question.duration(demand.fresh_for)
    if fresh_for is not None and fresh_for.after(day) < question.day:
        return f"{said.id} of {day} is older than {fresh_for}"
    return None


def _what_is_missing(question: Question, demand: EvidenceDemand, good: int, wanted: int, reasons: list[str]) -> str:
    kinds = alternatives(demand.kinds)
    count = f"{wanted - good} more of {wanted} ({kinds})" if wanted > 1 else kinds
    outcome = f", with the outcome {alternatives(demand.outcomes)}" if demand.outcomes else ""
    ask = f"{question.requirement.ask} " if question.requirement.ask else ""
    against = f" ({'; '.join(reasons)})" if reasons else ""
    spared = "; or outcome=not-needed with a summary= that says why" if demand.not_needed else ""
    return f"{ask}Missing: {count}{outcome}{spared}{against}"


def alternatives(words: Sequence[str]) -> str:
    """`a, b or c`."""
    return " or ".join(part for part in (", ".join(words[:-1]), words[-1]) if part)


def _evidence_command(question: Question, demand: EvidenceDemand) -> str:
    place = "<document>" if demand.with_digest else "<file-or-link>"
    words = ["add", question.record.id, question.name, place]
    if demand.outcomes:
        words.append("outcome=<outcome>" if len(demand.outcomes) > 1 else f"outcome={demand.outcomes[0]}")
    return line(*words)


def fetching(record: RecordFile, policy: Policy, document: str) -> str:
    """The line that adds a document; where a gate that asks for it stands and is to be gone back behind, that one."""
    for gate in binding_gates(record, policy):
        back = policy.lifecycles[record.kind].find(record.stage, gate.from_) if gate.from_ else None
        if document in gate.needs and back is not None:
            return line("advance", record.id, back.to, *WHY)
    return line("add", record.id, document, "<document>")


def period(question: Question, demand: PeriodDemand) -> Answer:
    """Opened since the record last went back, stood open long enough, and closed as the demand says."""
    notes = question.notes(demand.open_for)
    roles, people = suppliers(question)
    every = of_sort(question.mine("evidence"), Evidence)
    ever = [piece for piece, said in every if said.kind == "opened"]
    opened = [piece for piece in ever if not question.outdated(piece)]
    ask = f"{question.requirement.ask} " if question.requirement.ask else ""
    if not opened:
        opening = line("add", question.record.id, question.name, "<file-or-link>", "kind=opened")
        missing = f"{ask}Missing: {_not_opened(question, ever)}"
        return Answer(False, missing, [], [], roles, people, opening, notes)
    closed = [
        piece
        for piece, said in every
        if said.kind == "closed"
        and not question.outdated(piece)
        and question.day_of(piece) <= question.day
        and (said.summary or demand.closes_with == "nothing")
    ]
    began = question.rules.day(question.record.model.history[0].at)
    start = max(question.day_of(opened[-1]), began)  # nothing was open before there was a record
    open_for = question.duration(demand.open_for)
    until = open_for.after(start) if open_for else start
    later = [piece for piece in closed if question.day_of(piece) >= until]
    if later:
        return Answer(met=True, uses=[opened[-1].said.id, later[-1].said.id], notes=notes)
    missing, command = _not_closed(question, demand, closed, start, until)
    said = question.day_of(opened[-1])
    if said < began:
        missing += f" ({opened[-1].said.id} says {said}, but the record is there since {began}: that day counts)"
    return Answer(False, missing, [], [], roles, people, command, notes)


def _not_opened(question: Question, before: list[Live]) -> str:
    if not before:
        return "it has not been opened"
    return f"what was open before {question.record.id} went back does not count: it is opened anew"


def _not_closed(
    question: Question, demand: PeriodDemand, closed: list[Live], start: date, until: date
) -> tuple[str, str | None]:
    """Why what was opened is not closed, and the line that closes it; none where only time can."""
    if question.day < until:
        return f"open since {start}; it must stay open until {until}", None
    command = line("add", question.record.id, question.name, "kind=closed", "summary=<summary>")
    if closed:
        return f"it was closed on {question.day_of(closed[-1])}, before it had been open until {until}", command
    return f"open since {start} and not closed{' with a summary' if demand.closes_with == 'summary' else ''}", command


def scores(question: Question, demand: ScoresDemand) -> Answer:
    """Every criterion of the card judged, with its reason, adding up to enough."""
    card = question.policy.scorecards[demand.card]
    notes = question.notes(demand.minimum)
    roles, people = suppliers(question)
    every = of_sort(question.mine("scores"), Scores)
    filled = [said for found, said in every if question.day_of(found) <= question.day]
    command = line("add", question.record.id, question.name, "<scores>")
    if not filled:
        missing = f"Missing: the scorecard “{card.title}” ({len(card.criteria)} criteria)"
        return Answer(False, missing, [], [], roles, people, command, notes)
    latest = filled[-1]
    marks = latest.marks
    absent = [key for key in card.criteria if key not in marks]
    if absent:
        missing = f"the scorecard {latest.id} lacks {', '.join(absent)}"
        return Answer(False, missing, [], [], roles, people, command, notes)
    judged = {key: card.objection(key, marks[key].score, marks[key].why) for key in card.criteria}
    against = [f"{key}: {why}" for key, why in judged.items() if why]
    if against:
        missing = f"the scorecard {latest.id} does not serve ({'; '.join(against)})"
        return Answer(False, missing, [], [], roles, people, command, notes)
    total = sum(mark.score for mark in marks.values() if mark.score is not None)
    minimum = question.value(demand.minimum)
    if minimum is not None and total < minimum:
        missing = f"the scores add up to {total}, and {minimum} are needed"
        return Answer(False, missing, [], [], roles, people, command)
    return Answer(met=True, uses=[latest.id], notes=notes)
