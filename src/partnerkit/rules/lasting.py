"""What must hold for as long as a stage lasts, and does not: for whoever warns of it, and whoever sees it come."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import TYPE_CHECKING

from partnerkit.dataclass import dataclass
from partnerkit.rules.look import Look, situation_of

if TYPE_CHECKING:
    from partnerkit.rules.question import Answer, Question


@dataclass(frozen=True, slots=True)
class Unmet:
    """A standing demand that is not met.

    Attributes:
        question: the requirement, asked of the record where it stands.
        answer: what is missing.
        until: the last day on which it need not be met yet; None where it must be met at once.
    """

    question: Question
    answer: Answer
    until: date | None

    def in_time(self, day: date) -> bool:
        """Whether it need not be met yet on that day."""
        return self.until is not None and day <= self.until


def unmet_standing(look: Look) -> Iterator[Unmet]:
    """The standing demands of the record's stage that apply to it and are not met, those in time too."""
    stage = look.record.stage
    for name, requirement in look.policy.lasting.items():
        if stage not in requirement.standing or not concerns(look, name):
            continue
        from partnerkit.rules.gate import applies, ask, judged  # noqa: PLC0415 - only where something is asked for

        question = ask(situation_of(look), look.record.stage, name)
        if applies(question) and not (answer := judged(question)).met:
            span = question.duration(requirement.within)
            until = span.after(look.register.day(question.since)) if span is not None else None
            yield Unmet(question, answer, until)


def concerns(look: Look, name: str) -> bool:
    """Whether a requirement is one of the record's kind: it stands for it, or a gate of its lifecycle asks for it."""
    if look.policy.requirements[name].of is not None:
        return look.policy.requirements[name].of == look.record.kind
    lifecycle = look.policy.lifecycles.get(look.record.kind)
    return lifecycle is not None and any(name in transition.needs for transition in lifecycle.transitions)
