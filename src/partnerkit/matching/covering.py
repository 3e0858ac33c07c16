"""What a search for circles proves: cases that make up all answers, with prices for each. No search checks it.

Cases are written in a row, each before its parts: one that is divided says by what, one that is not has prices of the
mentees by which no answer within it is worth more than the bound; without prices those of the case before hold again.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from partnerkit.dataclass import dataclass
from partnerkit.matching.cases import Question
from partnerkit.matching.searching import Found, Node

#: So many prices a proof has at most; one that would need more is cut off at the case of all answers.
MOST_PRICES = 30_000


@dataclass(frozen=True, slots=True)
class Step:
    """One case of those that make up all answers.

    Attributes:
        mentor: by whose circle it is divided; None where it is not.
        hour: by which of its hours; None: by whether it is made.
        prices: by mentee, of a case that is not divided; None: those of the one before.
    """

    mentor: int | None = None
    hour: int | None = None
    prices: Sequence[int] | None = None


def covering(question: Question, found: Found, enough: int) -> list[Step]:
    """What a search proves: that nothing is worth more than is enough, if it does; else the bound of all answers.

    Args:
        question: what was looked for.
        found: the search.
        enough: what nothing is to be worth more than.
    """
    steps, prices, count = list[Step](), list[int](), 0
    for node, divided in _in_row(found.root, enough):
        if divided and node.asks is not None:
            steps.append(Step(*node.asks))
            continue
        if node.bound is not None and node.bound > enough:
            return [Step(prices=found.root.prices)]
        if prices and _settles(question, node, prices, enough):
            steps.append(Step())
            continue
        prices = node.prices
        count += sum(1 for price in prices if price)
        steps.append(Step(prices=prices))
        if count > MOST_PRICES:
            return [Step(prices=found.root.prices)]
    return steps


def _settles(question: Question, node: Node, prices: Sequence[int], enough: int) -> bool:
    worth = question.bound(node.case, prices).worth
    return worth is None or worth <= enough


def _in_row(root: Node, enough: int) -> Iterator[tuple[Node, bool]]:
    """Each case before its parts, none divided further than is needed; and whether it is divided."""
    waiting = [root]
    while waiting:
        one = waiting.pop()
        divided = bool(one.parts) and one.bound is not None and one.bound > enough
        yield one, divided
        if divided:
            waiting += reversed(one.parts)


def bound_of(question: Question, steps: Sequence[Step]) -> int:
    """What no answer is worth more than, by cases that make up all answers.

    Raises:
        ValueError: they do not, or a price is below 0 or missing.
    """
    waiting, prices, worth = [question.every], None, 0
    for step in steps:
        if not waiting:
            raise ValueError("the proof goes on after all cases are settled")
        case = waiting.pop()
        if step.mentor is not None:
            waiting += [case.part(step.mentor, step.hour, whether) for whether in (False, True)]
            continue
        prices = step.prices if step.prices is not None else prices
        if prices is None:
            raise ValueError("the proof has a case without prices")
        worth = max(worth, question.bound(case, prices).worth or 0)
    if waiting:
        raise ValueError("the cases of the proof are not all that there are")
    return worth
