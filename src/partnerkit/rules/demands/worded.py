"""Demands for the word of parties: that they acknowledge something, or what each of them answers."""

from __future__ import annotations

from collections.abc import Iterator

from partnerkit.conditions import holds
from partnerkit.dataclass import dataclass
from partnerkit.kinds.statements import Acknowledgement
from partnerkit.policies.demands import AcknowledgedDemand, AnswerSpec
from partnerkit.rules.commands import WHY, line
from partnerkit.rules.demands.shown import alternatives
from partnerkit.rules.question import Answer, Question, suppliers
from partnerkit.steps import blocks_at, of_sort, parties_at, statements


@dataclass(frozen=True, slots=True)
class Word:
    """The latest word of a party.

    Attributes:
        party: whose word it is.
        said: the statement.
        spec: what the policy makes of the answer; None where it asks for none, or knows no such answer.
        counts: whether it is what the requirement demands.
        leads_to: the stage to which the answer leads instead, if it leads somewhere.
    """

    party: str
    said: Acknowledgement
    spec: AnswerSpec | None
    counts: bool
    leads_to: str | None = None

    @property
    def waits(self) -> bool:
        """Whether the party has not made up its mind."""
        return self.spec is not None and self.spec.means == "waits"

    @property
    def in_words(self) -> str:
        """What the party said, and what that comes to."""
        if self.said.withdrawn is not None:
            return f"{self.party} took back an answer ({self.said.id}), and has not answered since"
        if self.said.answer is None:
            return f"{self.party} has not said which of the answers it is"
        if self.spec is None:
            return f"{self.party} answered {self.said.answer}, which is none of the answers"
        told = "so it waits" if self.waits else "whoever looks after it is to see to it"
        return f"{self.party} answered {self.said.answer}: {f'it leads to {self.leads_to}' if self.leads_to else told}"


def words(question: Question, demand: AcknowledgedDemand) -> dict[str, Word]:
    """The latest word of each party on the requirement, by party.

    Where answers are asked for, one that did not count and was withdrawn brings no older one back: whoever said it
    answers anew.
    """
    mine = of_sort(question.mine("acknowledgements"), Acknowledgement)
    found = [(said.at, one.index, said) for one, said in mine]
    known = {said.id for _at, _index, said in found}
    for one, said in of_sort(statements(question.record), Acknowledgement) if demand.answers else ():
        past = said.requirement == question.name and said.id not in known and said.at <= question.moment
        if past and not _counts(demand, said):
            found.append((said.at, one.index, said))
    latest: dict[str, Word] = {}
    for _at, _index, said in sorted(found, key=lambda one: one[:2]) if demand.answers else found:
        day = said.on or question.rules.day(said.at)
        if question.began <= day <= question.day:
            latest[said.party] = _word(question, demand, said)
    return latest


def _counts(demand: AcknowledgedDemand, said: Acknowledgement) -> bool:
    spec = demand.answers.get(said.answer or "")
    return not demand.answers or (spec is not None and spec.means == "met")


def _word(question: Question, demand: AcknowledgedDemand, said: Acknowledgement) -> Word:
    spec = demand.answers.get(said.answer or "")
    taken_back = said.withdrawn is not None and said.withdrawn.at <= question.moment
    if spec is None or taken_back:
        return Word(said.party, said, None, not demand.answers)
    leads = spec.leads_to if _leads(question, demand, said.party, spec) else None
    return Word(said.party, said, spec, _counts(demand, said), leads)


def _leads(question: Question, demand: AcknowledgedDemand, party: str, spec: AnswerSpec) -> bool:
    """Whether an answer leads elsewhere where this party gives it of this record."""
    data = question.record.data
    if spec.when is not None and not holds(spec.when, data):
        return False
    items = blocks_at(data, demand.by_each or "")
    return spec.of is None or any(one.get("id") == party and holds(spec.of, one) for one in items)


def asked_of(question: Question, demand: AcknowledgedDemand) -> list[str]:
    """The parties whose word is asked for."""
    return list(demand.by or parties_at(question.record.data, demand.by_each or ""))


def acknowledged(question: Question, demand: AcknowledgedDemand) -> Answer:
    """Every party has acknowledged it; where answers are asked for, has given one that counts."""
    parties = asked_of(question, demand)
    spoken = words(question, demand)
    absent = [party for party in parties if party not in spoken or not spoken[party].counts]
    if parties and not absent:
        return Answer(met=True, uses=[spoken[party].said.id for party in parties])
    roles, people = suppliers(question)
    ask = f"{question.requirement.ask} " if question.requirement.ask else ""
    silent = [party for party in absent if party not in spoken]
    others = [spoken[party] for party in absent if party in spoken]
    missing = "; ".join(_missing(demand, parties, silent, others))
    return Answer(
        met=False,
        missing=f"{ask}Missing: {missing}",
        roles=roles,
        people=people,
        command=_command(question, demand, silent, others),
        absent=tuple(absent),
    )


def _missing(demand: AcknowledgedDemand, parties: list[str], silent: list[str], others: list[Word]) -> Iterator[str]:
    if silent or not parties:
        of_whom = ", ".join(silent) or "the parties: the record lists none"
        known = f" ({alternatives(list(demand.answers))})" if demand.answers and silent else ""
        yield f"the answer of {of_whom}{known}" if demand.answers else f"acknowledgement by {of_whom}"
    yield from (one.in_words for one in others)


def _command(question: Question, demand: AcknowledgedDemand, silent: list[str], others: list[Word]) -> str | None:
    """The line that goes another way, where an answer leads there; else the one by which the next party speaks."""
    led = next((one.leads_to for one in others if one.leads_to), None)
    if led is not None:
        return line("advance", question.record.id, led, *WHY)
    waiting = sorted(others, key=lambda one: not one.waits)
    party = next(iter([*silent, *(one.party for one in waiting)]), None)
    return answering(question, demand, party) if party is not None else None


def answering(question: Question, demand: AcknowledgedDemand, party: str) -> str:
    """The line by which a party says its word."""
    answer = ["answer=<answer>"] if demand.answers else []
    return line("add", question.record.id, question.name, f"party={party}", *answer)
