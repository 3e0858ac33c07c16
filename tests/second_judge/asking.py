"""One requirement asked of one record at one moment: what is known there, and who may say what."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import date
from typing import NamedTuple

from tests.second_judge.expunged import chain
from tests.second_judge.past import Said, counting, everything_said, went_back
from tests.second_judge.reading import Data, World, above, later, said_digest
from tests.second_judge.words import at_path, content, definition, people_in, requirements, setting


class Met(NamedTuple):
    """A demand that is met: by which statements, and by which other records."""

    uses: tuple[str, ...] = ()
    relies: tuple[str, ...] = ()


@dataclass(frozen=True)
class Asked:
    """A requirement, the record, and all by which it is judged.

    Attributes:
        name: the requirement.
        record: the record as the step leaves it.
        before: the record as the step found it.
        rules: the tree before the step: its rules judge.
        links: the tree after the step: there other records are read.
        policy: the policy, from the tree before.
        moment: when it is asked.
        since: when the record reached its stage.
        entries: the entries before the one that is judged.
        reason: the reason of the move.
        relied: the entries on which the move says that it relies.
        holds_still: whether the gate is passed still at the end of the step.
        to: the stage that the gate leads to.
        going: records that count as standing already where they go.
    """

    name: str
    record: Data
    before: Data | None
    rules: World
    links: World
    policy: Data
    moment: str
    since: str
    entries: list[Data]
    reason: str | None = None
    relied: dict[str, str] = field(default_factory=dict)
    holds_still: bool = True
    to: str = ""
    going: dict[str, str] = field(default_factory=dict)

    @property
    def need(self) -> Data:
        """What the policy says of the requirement."""
        return requirements(self.policy)[self.name]

    @property
    def today(self) -> date:
        """The day of the moment."""
        return self.rules.day(self.moment)

    @property
    def began(self) -> date:
        """Since when there has been the record."""
        return began(self.record, self.rules)

    @property
    def back(self) -> str | None:
        """When the record last went back."""
        return went_back(self.entries, self.policy, self.record["kind"])

    def of(self, name: str) -> Asked:
        """Another requirement in the same place."""
        return replace(self, name=name)

    def day(self, said: Said) -> date:
        """The day of which a statement speaks."""
        return spoken_on(said, self.rules)

    def live(self) -> list[Said]:
        """All that counts at the moment."""
        return counting(self.record, self.moment)

    def said(self, group: str) -> list[Said]:
        """What counts of a list for this requirement: nothing that came before what had to be met first."""
        mine = [one for one in self.live() if one.group == group and one.about == self.name]
        return [one for one in mine if not self._too_soon(one)]

    def _too_soon(self, one: Said) -> bool:
        first = self.need.get("after") or []
        words = [other for other in self.live() if other.about in first]
        if {other.about for other in words} != set(first):
            return True
        return any(one.at < other.at or self.day(one) < self.day(other) for other in words)

    def from_before(self, one: Said) -> bool:
        """Whether a statement is from before the record last went back."""
        return self.back is not None and (one.at < self.back or self.day(one) < self.rules.day(self.back))

    def span(self, given: str | None) -> str | None:
        """A duration of the policy; None while nobody has set it."""
        found = setting(self.policy, given)
        return str(found) if found is not None else None

    def barred(self) -> set[str]:
        """Who may not decide here: proposer, those with an interest here or above, and whom the requirement names."""
        more = (self.need.get("approval") or {}).get("not") or []
        found: set[str] = set()
        for source in (self.record, self.before):
            for path in ("proposer", "interested", *more):
                found |= people_in(source, path)
        for world in (self.rules, self.links):
            source = world.records.get(above(self.record) or "")
            for path in ("interested", *(path[len("subject.") :] for path in more if path.startswith("subject."))):
                found |= people_in(source, path)
        tied = (self.need.get("approval") or {}).get("not-bound-to") or []
        return found | (self._tied(tied) if tied else set())

    def _tied(self, paths: list[str]) -> set[str]:
        """Who is bound to the people at these paths: another id of one of them, or a conflict that either declared."""
        parent = above(self.record) or ""
        sources = [(self.record, ""), (self.before, "")]
        sources += [(world.records.get(parent), "subject.") for world in (self.rules, self.links)]
        concerned = {
            one
            for source, head in sources
            for path in paths
            if path.startswith("subject.") == bool(head)
            for one in people_in(source, path[len(head) :])
        }
        return self.tied_to(concerned)

    def tied_to(self, concerned: set[str]) -> set[str]:
        """These people under every id, and whoever a conflict ties to one of them that either declared."""
        every = [one for world in (self.rules, self.links) for one in world.records.values()]
        forms = [one for one in every if one["kind"] == "application"]
        same = [{one["applicant"], *one.get("also", [])} for one in forms]

        def whole(people: set[str]) -> set[str]:
            for _ in same:
                people = people.union(*(ids for ids in same if ids & people))
            return people

        them = whole(concerned)
        tied = {
            person
            for one, ids in zip(forms, same, strict=True)
            for person in [
                *(one.get("conflicts", []) if ids & them else []),
                *(ids if them & set(one.get("conflicts", [])) else []),
            ]
        }
        return them | whole(tied)

    def separate(self) -> bool:
        """Whether those who are barred may not decide."""
        return self.rules.separation(self.policy) == "require"

    def named(self, role: str) -> str | None:
        """Whom the record, or the one above it, named for a role before the step."""
        for source in (self.before, self.rules.records.get(above(self.record) or "")):
            found = at_path(source, f"roles.{role}")
            if isinstance(found, str):
                return found
        return None

    def scope(self, paths: dict[str, str] | None) -> dict[str, str]:
        """The scope for which a role is asked, as far as the record says it."""
        found = {key: at_path(self.record, path) for key, path in (paths or {}).items()}
        return {key: str(value) for key, value in found.items() if value is not None}


def began(record: Data, world: World) -> date:
    """Since when there has been a record; one that was adopted was there before."""
    first = record["history"][0]
    return date.fromisoformat(first["since"]) if first.get("since") else world.day(first["at"])


def spoken_on(said: Said, world: World) -> date:
    """The day of which a statement speaks."""
    on = said.raw.get("on")
    return date.fromisoformat(on) if on else world.day(said.at)


def bound_otherwise(asked: Asked, said: Data) -> bool:
    """Whether an approval is void: given for another record, on other words, other fields, other evidence."""
    bound = said["binds"]
    if said["record"] != asked.record["id"] or bound["definition"] != definition(asked.policy, asked.name):
        return True
    stands = content(asked.record, asked.need.get("covers") or [])
    if asked.holds_still and stands not in chain(asked.record, bound["content"]):
        return True
    under = asked.need.get("rests-on") or []
    shown = [one for one in asked.live() if one.group in ("evidence", "scores") and one.about in under]
    return other_ground(asked.record, bound, shown)


def other_ground(record: Data, bound: Data, shown: list[Said]) -> bool:
    """Whether an approval was bound to other evidence than this."""
    evidence = bound.get("evidence") or {}
    if set(evidence) != {one.id for one in shown}:
        return True
    return any(said_digest(one.raw) not in chain(record, evidence[one.id]) for one in shown)


def waiver_wrong(asked: Asked, said: Said) -> str | None:
    """The code of what is wrong with a waiver, whatever the day on which it is used; None where nothing is."""
    allowed = asked.need.get("waivable")
    if not allowed:
        return "not-waivable"
    role, day = setting(asked.policy, allowed["by"]), asked.day(said)
    if role is None or said.raw["role"] != role:
        return "role-not-held"
    if said.raw["by"] not in asked.rules.holders(role, day, asked.scope(allowed.get("scope"))):
        return "role-not-held"
    longest = asked.span(allowed.get("for-at-most"))
    if longest is not None and date.fromisoformat(said.raw["until"]) > later(day, longest):
        return "waived-too-long"
    return "not-separate" if asked.separate() and said.raw["by"] in asked.barred() else None


def waived(asked: Asked) -> Met | None:
    """By which waiver the requirement need not be met."""
    for said in asked.said("waivers"):
        in_force = asked.day(said) <= asked.today <= date.fromisoformat(said.raw["until"])
        if in_force and waiver_wrong(asked, said) is None:
            return Met((said.id,))
    return None


def all_said(asked: Asked, group: str) -> list[Said]:
    """Everything ever said in a list for the requirement, withdrawn or not."""
    return [one for one in everything_said(asked.record) if one.group == group and one.about == asked.name]
