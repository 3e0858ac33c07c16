"""The search for the best circles: branch and bound over cases, by prices of the mentees. Whole numbers only.

A case is looked at by its bound (`cases`). The prices come from the best matching of the case in which least sizes and
hours are put aside, and are then moved up where a mentee is in several circles, and down where one has a price and is
in none (subgradients: Held and Karp 1971; the size of steps: Polyak 1969). A case that is not settled by that is
divided in two: a mentee is in a circle, or is not.
"""

from __future__ import annotations

from collections.abc import Mapping
from heapq import heappop, heappush

from partnerkit.dataclass import dataclass, field
from partnerkit.matching.cases import Bound, Case, Question
from partnerkit.matching.market import NOBODY, Matching
from partnerkit.matching.relaxing import Relaxed, relaxed

#: How often prices are moved for a case, and for each size of a step at the first.
_MOVES, _FIRST_MOVES = 12, 5
#: After so many moves that gain nothing the steps become half as long.
_PATIENCE = 4


@dataclass(slots=True)
class Node:
    """A case that was looked at.

    Attributes:
        case: the case.
        prices: by mentee.
        bound: what no answer within it is worth more than; None where there is none.
        asks: by which mentor it was divided, and by which hour; None for the hour: by whether the circle is made.
        parts: where it is made, or meets then; and where not.
    """

    case: Case
    prices: list[int]
    bound: int | None
    asks: tuple[int, int | None] | None = None
    parts: list[Node] = field(default_factory=list)


@dataclass(slots=True)
class Found:
    """What came of a search.

    Attributes:
        matching: the best answer found; None where none is worth more than was asked for.
        worth: what it is worth; else what was asked for.
        root: the cases, from that of all answers on.
        looked: how many were looked at.
    """

    matching: Matching | None
    worth: int
    root: Node
    looked: int


def sought(
    question: Question, more_than: int, limit: int, goal: int | None = None, known: Matching | None = None
) -> Found:
    """The best answer to a question.

    Args:
        question: what it has to be best at.
        more_than: only answers that are worth more than this are looked for.
        limit: how many cases are looked at, at most.
        goal: an answer that is worth so much is good enough.
        known: an answer that is tried to be made better first.
    """
    search = _Search(question, more_than, goal)
    if known is not None:
        search.improve(known, limit)
    search.run(limit)
    return Found(search.best, search.worth, search.root, search.looked)


class _Search:
    def __init__(self, question: Question, more_than: int, goal: int | None) -> None:
        self.question, self.goal = question, goal
        self.best: Matching | None = None
        self.worth = more_than
        self.looked = 0
        self.eased: Matching = []
        self.root = Node(question.every, [0] * len(question.worth), None)
        self.heap: list[tuple[int, int, int, Node]] = []

    def run(self, limit: int) -> None:
        """Cases in the order of their bounds, the deeper first of those that are alike."""
        self._look(self.root, 0)
        while self.heap and self.looked < limit and not self._good_enough():
            _, depth, _, node = heappop(self.heap)
            if node.bound is None or node.bound <= self.worth or node.asks is None:
                continue
            mentor, hour = node.asks
            for whether in (True, False):
                part = Node(node.case.part(mentor, hour, whether), node.prices, None)
                node.parts.append(part)
                self._look(part, depth - 1)

    def improve(self, known: Matching, limit: int) -> None:
        """Up to so many answers with the circles and hours of one that is known, but for one circle at a time."""
        circles = self.question.circles
        hours: dict[int, int] = {}
        for mentor, mentees in enumerate(circles.members(known)):
            members = sum(1 << mentee for mentee in mentees)
            if members:
                hours[mentor] = next(at for at, hour in enumerate(circles.hours[mentor]) if not members & ~hour)
        self._meeting(hours)
        tries, better = 0, True
        while better and tries < limit:
            better = False
            for mentor, every in enumerate(circles.hours):
                for hour in (*range(len(every)), None):
                    if hour == hours.get(mentor) or tries == limit:
                        continue
                    tries += 1
                    other = {one: at for one, at in (*hours.items(), (mentor, hour)) if at is not None}
                    if hour is None:
                        del other[mentor]
                    if self._meeting(other):
                        hours, better = other, True

    def _meeting(self, hours: Mapping[int, int]) -> bool:
        """Whether the best answer with these circles at these hours is better than the best so far."""
        before = self.worth
        self._offer(relaxed(self.question, _only(self.root.case, hours)).matching)
        return self.worth > before

    def _good_enough(self) -> bool:
        return self.goal is not None and self.worth >= self.goal

    def _look(self, node: Node, depth: int) -> None:
        """Look at a case: it is settled, or waits for being divided."""
        self.looked += 1
        bound = self._priced(node)
        if bound is None or node.bound is None or node.bound <= self.worth:
            return
        node.asks = self._divided(node, bound)
        heappush(self.heap, (-node.bound, depth, self.looked, node))

    def _priced(self, node: Node) -> Bound | None:
        """The lowest bound that is found for a case, put down at it; on the way answers are found."""
        question = self.question
        bound = question.bound(node.case, node.prices)
        node.bound = bound.worth
        if bound.worth is None or bound.worth <= self.worth:
            return bound
        ease = relaxed(question, node.case)
        self._offer(ease.matching)
        self.eased = ease.matching
        bound = self._better(node, bound, ease)
        if node is self.root:
            step = 1 << max(0, max((worth for row in question.worth for _, worth in row), default=1).bit_length() - 2)
            while step and not self._settled(node):
                bound = self._moved(node, bound, _FIRST_MOVES, step)
                step >>= 1
        for _ in range(2):
            if self._settled(node):
                return bound
            bound = self._moved(node, bound, _MOVES, None)
            repaired = self._repaired(node.case, bound)
            if repaired is not None and not self._settled(node):
                bound = self._better(node, bound, repaired)
        return bound

    def _settled(self, node: Node) -> bool:
        return node.bound is None or node.bound <= self.worth

    def _better(self, node: Node, bound: Bound, ease: Relaxed) -> Bound:
        """The bound by the prices of a matching, where it is lower."""
        found = self.question.bound(node.case, ease.prices)
        if found.worth is None or (bound.worth is not None and found.worth < bound.worth):
            node.prices, node.bound = ease.prices, found.worth
            return found
        return bound

    def _moved(self, node: Node, bound: Bound, moves: int, step: int | None) -> Bound:
        """The bound after moving prices, by steps of a size or by how far it is from the best answer."""
        best, here, prices, patience, parts = bound, bound, node.prices, 0, 1
        for _ in range(moves):
            if best.worth is None or best.worth <= self.worth or here.worth is None:
                break
            counts = _counts(here, len(prices))
            off = sum((count - 1) ** 2 for count, price in zip(counts, prices, strict=True) if count or price)
            if not off:
                self._offer(_matching(here, len(prices)))
                break
            size = step if step is not None else max(1, (here.worth - self.worth) // (parts * off))
            prices = [max(0, price + size * (count - 1)) for price, count in zip(prices, counts, strict=True)]
            here = self.question.bound(node.case, prices)
            if here.worth is None or here.worth < best.worth:
                best, node.prices, node.bound, patience = here, prices, here.worth, 0
                continue
            patience += 1
            if patience == _PATIENCE:
                if step is not None:
                    break
                here, prices, patience, parts = best, node.prices, 0, 2 * parts
        return best

    def _repaired(self, case: Case, bound: Bound) -> Relaxed | None:
        """The best matching of the circles and hours that the bound chose; what is too small is closed."""
        hours = {mentor: circle.hour for mentor, circle in enumerate(bound.circles) if circle is not None}
        while True:
            found = relaxed(self.question, _only(case, hours))
            short = [mentor for mentor in hours if found.sizes[mentor] < self.question.circles.fewest]
            if not short:
                self._offer(found.matching)
                return found
            closing = [mentor for mentor in short if not case.made[mentor]]
            if not closing:
                return None
            del hours[min(closing, key=lambda mentor: (found.sizes[mentor], mentor))]

    def _divided(self, node: Node, bound: Bound) -> tuple[int, int | None] | None:
        """By what a case is divided: the hour of the circle of which most would not come, else a circle too small."""
        circles, case = self.question.circles, node.case
        wrong: list[tuple[int, int, int, int | None]] = []
        for mentor, mentees in enumerate(circles.members(self.eased)):
            hours = [(place, circles.hours[mentor][place]) for place in case.hours[mentor]]
            members = sum(1 << mentee for mentee in mentees)
            if mentees and all(members & ~hour for _, hour in hours):
                lost = min((members & ~hour).bit_count() for _, hour in hours)
                circle = bound.circles[mentor]
                most = max(hours, key=lambda one: ((members & one[1]).bit_count(), -one[0]))[0]
                wrong.append((1, lost, -mentor, circle.hour if circle is not None else most))
            elif 0 < len(mentees) < circles.fewest:
                wrong.append((0, len(mentees), -mentor, None))
        if not wrong:
            return None
        _, _, mentor, hour = max(wrong, key=lambda one: one[:3])
        return -mentor, hour

    def _offer(self, matching: Matching) -> None:
        """An answer that was found, where it is one and better."""
        worth = self.question.worth_of(matching)
        if worth > self.worth and self.question.circles.against(matching) is None:
            self.best, self.worth = matching, worth


def _only(case: Case, hours: Mapping[int, int]) -> Case:
    """The case in which just these circles are made, each at its hour."""
    made = tuple(mentor in hours for mentor in range(len(case.made)))
    return Case(made, tuple((hours[mentor],) if mentor in hours else () for mentor in range(len(made))))


def _counts(bound: Bound, mentees: int) -> list[int]:
    """In how many circles each mentee is."""
    found = [0] * mentees
    for circle in bound.circles:
        for mentee in circle.mentees if circle is not None else ():
            found[mentee] += 1
    return found


def _matching(bound: Bound, mentees: int) -> Matching:
    found = [NOBODY] * mentees
    for mentor, circle in enumerate(bound.circles):
        for mentee in circle.mentees if circle is not None else ():
            found[mentee] = mentor
    return found
