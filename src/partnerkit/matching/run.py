"""One run of the matching: the people of a programme, the pairs that are possible, and what they are worth."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from functools import cached_property
from typing import Any

from partnerkit.dataclass import dataclass
from partnerkit.kinds.canonical import digest
from partnerkit.matching.pairs import Pairs, pays_off
from partnerkit.matching.people import People, Person
from partnerkit.matching.points import Scorer
from partnerkit.matching.pool import Pool
from partnerkit.matching.ruling_out import RulingOut
from partnerkit.policies.matching import MatchingSpec, Shape
from partnerkit.policies.policy import Policy


@dataclass(frozen=True)
class Run:
    """A run of the matching.

    Attributes:
        policy: the policy.
        programme: which of its programmes.
        cycle: which cycle, such as 2026-spring: with the programme it decides between answers that are as good.
        people: everybody of the programme.
        before: the pairs of the proposal before, mentee's application to mentor's.
    """

    policy: Policy
    programme: str
    cycle: str
    people: People
    before: Mapping[str, str]

    @cached_property
    def spec(self) -> MatchingSpec:
        """How the policy matches."""
        if self.policy.matching is None:
            raise ValueError(f"{self.policy.policy} matches nobody")
        return self.policy.matching

    @property
    def shape(self) -> Shape:
        """Whether pairs, groups or peers are looked for."""
        return self.spec.programmes[self.programme].shape

    @property
    def mentors(self) -> Sequence[Person]:
        """Who takes somebody on; among peers everybody."""
        return self.people.mentees if self.shape == "peers" else self.people.mentors

    @property
    def mentees(self) -> Sequence[Person]:
        """Who is taken on."""
        return self.people.mentees

    @cached_property
    def _places(self) -> tuple[dict[str, int], dict[str, int]]:
        mentors = {one.id: place for place, one in enumerate(self.mentors)}
        return mentors, {one.id: place for place, one in enumerate(self.mentees)}

    def mentor_at(self, application: str) -> int:
        """The place of a mentor in the list, by their application."""
        return self._places[0][application]

    def mentee_at(self, application: str) -> int:
        """The place of a mentee in the list, by their application."""
        return self._places[1][application]

    @cached_property
    def scorer(self) -> Scorer:
        """The points of every pair."""
        return Scorer(self.spec, self.programme, self.mentors, self.mentees)

    @cached_property
    def ruling(self) -> RulingOut:
        """What rules out pairs."""
        return RulingOut(self.spec, self.programme, self.people, self.mentors, self.mentees, self.scorer)

    @cached_property
    def pool(self) -> Pool:
        """All of it in numbers."""
        places = self._places[0]
        before = {
            (mentee, places[mentor])
            for mentee, one in enumerate(self.mentees)
            if (mentor := self.before.get(one.id)) in places
        }
        return Pool(
            mentors=tuple(one.id for one in self.mentors),
            mentees=tuple(one.id for one in self.mentees),
            places=tuple(one.room for one in self.mentors),
            waited=tuple(one.waited for one in self.mentees),
            points=self._points(),
            before=frozenset(before | {(other, one) for one, other in before if self.shape == "peers"}),
            seed=f"{self.programme} {self.cycle}",
        )

    def _points(self) -> tuple[tuple[tuple[int, int], ...], ...]:
        """By mentee, the possible mentors with the points; of peers the lower of what each would have of the other."""
        left = [self.ruling.left(mentee) for mentee in range(len(self.mentees))]
        if self.shape != "peers" and pays_off(left):
            pairs = self.scorer.enough_of_all(Pairs.of_bits(left, len(self.mentors)))
            return pairs.rows(self.scorer.total_of_all(pairs), len(self.mentees))
        rows = [
            {mentor: self.scorer.total(mentee, mentor) for mentor in self.ruling.possible(mentee, bits)}
            for mentee, bits in enumerate(left)
        ]
        if self.shape == "peers":
            rows = [
                {other: min(points, rows[other][one]) for other, points in row.items() if one in rows[other]}
                for one, row in enumerate(rows)
            ]
        return tuple(tuple(row.items()) for row in rows)

    @cached_property
    def inputs(self) -> str:
        """Digest of everything about people on which the answer depends."""
        paths = {path for one in self.spec.criteria.values() for path in (one.mentor, one.mentee) if path}
        top = sorted({path.partition(".")[0] for path in paths})
        told = [_told(one, top) for one in (*self.people.mentors, *self.people.mentees)]
        return digest({"people": told, "apart": sorted(sorted(pair) for pair in self.people.apart)})

    @cached_property
    def rules(self) -> str:
        """Digest of how it is matched: the criteria with their weights, and what the programme asks for."""
        programme = self.spec.programmes[self.programme]
        asked = {
            "criteria": {name: one.model_dump(mode="json") for name, one in self.spec.criteria.items()},
            "programme": programme.model_dump(mode="json"),
            "values": [str(self.policy.value(one)) for one in (programme.fewest, programme.most)],
        }
        return digest(asked)


def _told(one: Person, top: Iterable[str]) -> dict[str, Any]:
    """What an answer depends on of one person, as it can be digested: of what they say some keys."""
    return {
        "id": one.id,
        "ids": sorted(one.ids),
        "room": one.room,
        "waited": one.waited,
        "quarters": None if one.quarters is None else f"{one.quarters:x}",
        "shuns": sorted(one.shuns),
        "bound": sorted(one.bound),
        "prefers": list(one.prefers),
        "says": {key: one.data[key] for key in top if key in one.data},
    }
