"""The matching of people who are alike that is worth most, with the prices that prove it.

At first everybody seeks and gives, as if these were two different people: of that answer all pairs stay, of each odd
ring all but one. Then a tree of people who could change partners grows from each who is left, cheapest change first,
until it ends with somebody who is alone or with somebody who had better be left out. An odd ring of people any of
whom could be the one to leave is drawn together to a blossom, and taken apart again where its price comes down to
nothing (Edmonds 1965; Galil 1986; Derigs and Metz 1986 for the beginning). Prices are doubled, so that they are whole
numbers.

Between two searches it holds: every pair is covered by the prices (covers.py), and just so where the two are together
or neighbours in a ring; whoever is alone has the price 0, or their search is to come; nobody but the base of a
blossom is with anybody outside it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from heapq import heappop, heappush
from itertools import count, takewhile

from partnerkit.matching.assignment import assigned_at_prices
from partnerkit.matching.covers import Cover, Rows
from partnerkit.matching.market import NOBODY, Market, Matching
from partnerkit.matching.rings import Edge, Label, Node, Rings


def heaviest(rows: Rows) -> tuple[Matching, Cover]:
    """A matching that is worth most, and the prices that prove it.

    Args:
        rows: by person, the others with whom a pair is possible and what it is worth, above 0; each pair in both rows.
    """
    half, left, right = assigned_at_prices(Market((1,) * len(rows), rows))
    prices = [one + other for one, other in zip(left, right, strict=True)]
    rings = Rings(_made_whole(half))
    doubled = [[(other, 2 * weight) for other, weight in row] for row in rows]
    for person, price in enumerate(prices):
        if price and rings.mate[person] == NOBODY:
            _Tree(rings, prices, doubled, person).grow()
    sets = [(tuple(sorted(one.people)), one.price) for one in rings.blossoms() if one.price]
    return rings.mate, Cover(prices, sets)


def _made_whole(half: Matching) -> Matching:
    """Pairs of a matching in which everybody stands twice, once as who seeks and once as who gives.

    Whoever follows each other in it are a line or a ring, in which every second pair is taken. Of an odd ring one is
    left; elsewhere whoever is left has the price 0, for both halves of a line or an even ring are worth as much.
    """
    mate: Matching = [NOBODY] * len(half)
    given = set(half)
    for first in sorted(range(len(half)), key=given.__contains__):  # lines from their beginning, then rings
        one, other = first, half[first]
        while other != NOBODY and mate[one] == mate[other] == NOBODY:
            mate[one], mate[other] = other, one
            one = half[other]
            other = half[one] if one != NOBODY else NOBODY
    return mate


class _Tree:
    """The changes of partners by which somebody who is left could have one.

    As it grows, the price of every even person falls and that of every odd one rises by what `now` has risen; the price
    of an even blossom rises and that of an odd one falls by twice as much. What was asked of a price is what it was
    when the label began.

    Attributes:
        now: by how much the price of the first has fallen.
        end: by how much at most it falls: then somebody can be had who is alone, or somebody had better be left out.
        stop: who of the tree that would be, and with whom; NOBODY where they are left out.
        nearest: by person who is not even, when somebody even could have them if their price were 0, and who.
    """

    def __init__(self, rings: Rings, prices: list[int], rows: Rows, first: int) -> None:
        self.rings, self.prices, self.rows = rings, prices, rows
        self.now = 0
        self.end, self.stop = prices[first], (first, NOBODY)
        self.nearest: dict[int, tuple[int, int]] = {}
        self.heap: list[tuple[int, int, Edge | Node | int]] = []
        self.count = count()
        self.labelled: dict[Node, None] = {}
        self._even(rings.outer[first], None)

    def grow(self) -> None:
        """Everybody changes partners who had better, and all prices are as that needs."""
        while self.heap and self.heap[0][0] < self.end:
            self.now, _, what = heappop(self.heap)
            if isinstance(what, int):
                self._reach(what)
            elif isinstance(what, Node):
                self._take_apart(what)
            else:
                self._draw_together(*what)
        self.now = self.end
        for node in self.labelled:
            if node.inside is None:
                self._settle(node, Label.NONE)
        self._change(*self.stop)

    def _at(self, when: int, what: Edge | Node | int) -> None:
        if when < self.end:
            heappush(self.heap, (when, next(self.count), what))

    def _settle(self, node: Node, label: Label) -> None:
        """Prices as they are now; from now on it is labelled otherwise."""
        fallen = self.now - node.since
        if node.label is not Label.NONE and fallen:
            sign = 1 if node.label is Label.ODD else -1
            for person in node.people:
                self.prices[person] += sign * fallen
            node.price -= 2 * sign * fallen if node.ring else 0
        node.label, node.since = label, self.now
        self.labelled[node] = None

    def _even(self, node: Node, entry: Edge | None) -> None:
        self._settle(node, Label.EVEN)
        node.entry = entry
        self._look(node, node.people)

    def _odd(self, node: Node, entry: Edge) -> None:
        """Somebody with a partner can be had: then the partner could have another."""
        self._settle(node, Label.ODD)
        node.entry = entry
        if node.ring:
            self._at(self.now + node.price // 2, node)
        mate = self.rings.mate[node.base]
        if self.rings.outer[mate].label is not Label.EVEN:
            self._even(self.rings.outer[mate], (node.base, mate))

    def _look(self, node: Node, people: Iterable[int]) -> None:
        """Whom the people of an even part could have, and when; or when they had better be left out."""
        outer, prices, nearest, now = self.rings.outer, self.prices, self.nearest, self.now
        for person in people:
            if now + prices[person] < self.end:
                self.end, self.stop = now + prices[person], (person, NOBODY)
            ahead = now + prices[person]
            for other, weight in self.rows[person]:
                part = outer[other]
                if part is node:
                    continue
                when = ahead - weight
                if part.label is Label.EVEN:
                    slack = when - now + prices[other] - (now - part.since)
                    self._at(now + slack // 2, (person, other))
                elif other not in nearest or when < nearest[other][0]:
                    nearest[other] = when, person
                    if part.label is Label.NONE:
                        self._could_have(other)

    def _could_have(self, other: int) -> None:
        """Somebody outside the tree could be had by the nearest in it: at once the end, if they are alone."""
        when, person = self.nearest[other]
        when += self.prices[other]
        if self.rings.mate[self.rings.outer[other].base] != NOBODY:
            self._at(when, other)
        elif when < self.end:
            self.end, self.stop = when, (person, other)

    def _reach(self, other: int) -> None:
        """Somebody outside the tree, who has a partner, hangs on it from now on."""
        part = self.rings.outer[other]
        when, person = self.nearest[other]
        if part.label is Label.NONE and when + self.prices[other] == self.now:
            self._odd(part, (person, other))

    def _upwards(self, node: Node) -> Iterator[Node]:
        """A part of the tree and all before it."""
        yield node
        while node.entry is not None:
            node = self.rings.outer[node.entry[0]]
            yield node

    def _draw_together(self, one: int, other: int) -> None:
        """Two even parts could have each other: with all between them they are a blossom."""
        first, second = self.rings.outer[one], self.rings.outer[other]
        if first is second:
            return
        above = set(self._upwards(first))
        shared = next(node for node in self._upwards(second) if node in above)
        left, right = self._below(first, shared), self._below(second, shared)
        ring = [shared, *reversed(left), *right]
        edges = [_entry(node) for node in reversed(left)]
        edges += [(one, other), *((mine, before) for before, mine in map(_entry, right))]
        newly_even = [person for node in ring if node.label is Label.ODD for person in node.people]
        for node in ring:
            self._settle(node, Label.NONE)
        node = self.rings.draw_together(ring, edges)
        self._settle(node, Label.EVEN)
        node.entry = shared.entry
        self._look(node, newly_even)

    def _below(self, node: Node, shared: Node) -> list[Node]:
        """A part and those before it, as far as one that is not among them."""
        return list(takewhile(lambda one: one is not shared, self._upwards(node)))

    def _take_apart(self, node: Node) -> None:
        """An odd blossom whose price is nothing: half of its ring stays in the tree, the other half is out of it."""
        if node.label is not Label.ODD or node.inside is not None:
            return
        before, mine = _entry(node)
        at, ring, edges = self.rings.part(node, mine), node.ring, node.edges
        self._settle(node, Label.NONE)
        self.rings.take_apart(node)
        self._odd(ring[at], (before, mine))
        if at % 2:
            for place in range(at + 2, len(ring) + 1, 2):
                self._odd(ring[place % len(ring)], edges[place - 1])
        else:
            for place in range(at - 2, -1, -2):
                one, other = edges[place]
                self._odd(ring[place], (other, one))
        for part in ring:
            for person in part.people if part.label is Label.NONE else ():
                if person in self.nearest:
                    self._could_have(person)

    def _change(self, person: int, other: int) -> None:
        """Somebody of the tree is with another, or left out; all before them in the tree change partners."""
        rings, mate = self.rings, self.rings.mate
        if other != NOBODY:
            rings.rebase(rings.outer[other], other)
            mate[other] = person
        node = rings.outer[person]
        while True:
            rings.rebase(node, person)
            mate[person] = other
            if node.entry is None:
                return
            odd = rings.outer[node.entry[0]]
            person, other = _entry(odd)
            rings.rebase(odd, other)
            mate[other] = person
            node = rings.outer[person]


def _entry(node: Node) -> Edge:
    """By which two people a part that is not the first hangs on the tree."""
    assert node.entry is not None  # noqa: S101 - only the first of a tree hangs on nobody
    return node.entry
