"""People who are alike, who is with whom, and the odd rings of them that are looked at as one: Edmonds' blossoms."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from enum import Enum

from partnerkit.matching.market import Matching

#: Two people by whom parts hang together.
Edge = tuple[int, int]


class Label(Enum):
    """What somebody is in a tree: an even one could have another partner, an odd one is with an even one."""

    NONE = 0
    EVEN = 1
    ODD = 2


class Node:
    """A person, or a blossom: an odd ring of persons and blossoms.

    Attributes:
        people: everybody in it.
        base: the one of them who is with nobody else of them.
        ring: of a blossom its parts, that of the base first.
        edges: how each part hangs together with the next: one of its people, and one of the next's.
        price: of a blossom its price, twice; as it was at `since`.
        inside: the blossom of whose ring it is a part.
        label: what it is in the tree.
        since: how far the search had come when that began.
        entry: by which two people it hangs on the tree: one of the part before it, and one of its own.
    """

    __slots__ = ("base", "edges", "entry", "inside", "label", "people", "price", "ring", "since")

    def __init__(self, people: list[int], base: int, ring: list[Node], edges: list[Edge]) -> None:
        self.people, self.base, self.ring, self.edges = people, base, ring, edges
        self.price, self.since = 0, 0
        self.inside: Node | None = None
        self.label = Label.NONE
        self.entry: Edge | None = None


class Rings:
    """Who is with whom, and which of them are drawn together to blossoms.

    Attributes:
        mate: by person, who is with them.
        leaves: by person, they alone.
        outer: by person, the outermost blossom that holds them.
    """

    def __init__(self, mate: Matching) -> None:
        self.mate = mate
        self.leaves = [Node([person], person, [], []) for person in range(len(mate))]
        self.outer = list(self.leaves)

    def blossoms(self) -> Iterator[Node]:
        """All of them, outer ones first."""
        waiting = list(dict.fromkeys(self.outer))[::-1]
        while waiting:
            node = waiting.pop()
            if node.ring:
                yield node
            waiting += node.ring[::-1]

    def part(self, node: Node, person: int) -> int:
        """At which place of a blossom's ring somebody is."""
        found = self.leaves[person]
        while found.inside is not None and found.inside is not node:
            found = found.inside
        return node.ring.index(found)

    def draw_together(self, ring: list[Node], edges: list[Edge]) -> Node:
        """A blossom of a ring, of which the first part holds whoever is not with another of it."""
        node = Node([person for one in ring for person in one.people], ring[0].base, ring, edges)
        for one in ring:
            one.inside = node
        for person in node.people:
            self.outer[person] = node
        return node

    def take_apart(self, node: Node) -> None:
        """The parts of a blossom stand for themselves again."""
        for one in node.ring:
            one.inside = None
            for person in one.people:
                self.outer[person] = one

    def rebase(self, node: Node, base: int) -> None:
        """Another of a blossom is the one who is with nobody else of it."""
        waiting = [(node, base)]
        while waiting:
            one, base = waiting.pop()
            if one.base != base:
                one.base = base
                waiting += self._turned(one, base)

    def _turned(self, node: Node, base: int) -> Iterable[tuple[Node, int]]:
        """Turn a ring so that it begins with somebody, and pair its other parts: of each, whom that leaves."""
        at = self.part(node, base)
        node.ring = node.ring[at:] + node.ring[:at]
        node.edges = node.edges[at:] + node.edges[:at]
        yield node.ring[0], base
        for place in range(1, len(node.ring), 2):
            one, other = node.edges[place]
            self.mate[one], self.mate[other] = other, one
            yield node.ring[place], one
            yield node.ring[place + 1], other
