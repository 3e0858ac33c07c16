"""A proposal: who with whom, by which points, who is left, and the prices that prove it best. It pairs nobody."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass, replace
from datetime import date
from typing import Annotated, Any

from pydantic import Field

from partnerkit.kinds.parts import Day, Digest, Format, Id, Moment, Name, Part, Slug, Text
from partnerkit.matching.best import Proof, Reached
from partnerkit.matching.market import NOBODY, Matching
from partnerkit.matching.run import Run
from partnerkit.matching.solving import Answer, Method, blocking, not_shown, pairs_of
from partnerkit.matching.unplaced import Unplaced, unplaced

Price = Annotated[int, Field(ge=1)]
Prices = dict[Id, Price]


class Pair(Part):
    """Two who are proposed for each other."""

    mentor: Id = Field(description="The mentor's application.")
    mentee: Id = Field(description="The mentee's application.")
    points: int = Field(ge=0, le=1000, description="The points in all, of 1000.")
    by: dict[Slug, int] = Field(description="The points by criterion, of 100 each.")


class Left(Part):
    """Somebody for whom nobody is proposed."""

    application: Id = Field(description="Their application.")
    code: Slug = Field(description="The first true reason, as a word.")
    why: Text = Field(description="The same in a sentence.")
    would_help: Text | None = Field(None, description="The smallest change by which they would have somebody.")


class Aims(Part):
    """How far the aims are reached, in their order."""

    placed: int = Field(ge=0, description="How many people are placed.")
    waited: int = Field(ge=0, description="The cycles that those people waited, in sum.")
    lowest: int = Field(ge=0, le=1000, description="The points of the pair that has the fewest.")
    total: int = Field(ge=0, description="The points of all pairs in sum.")
    kept: int = Field(ge=0, description="How many pairs are those of the proposal before.")


class Certificate(Part):
    """Prices of one place at a mentor, where they are not 0, that prove each aim reached."""

    placing: Prices = Field(default_factory=dict, description="Nobody could place more, or who waited longer.")
    higher: Prices | None = Field(None, description="With more points at least in every pair, fewer could be placed.")
    scoring: Prices = Field(default_factory=dict, description="No sum of points is higher.")
    tying: Prices = Field(default_factory=dict, description="No other answer is as good.")


class Proposal(Part):
    """What a run of the matching proposes."""

    format: Format = Field(description="Version of the file format.")
    proposal: Slug = Field(description="The programme.")
    policy: Annotated[str, Field(max_length=40)] = Field(description="The policy by whose criteria.")
    cycle: Slug = Field(description="The cycle.")
    on: Day = Field(description="The day for which it was made.")
    at: Moment = Field(description="When it was made, in UTC.")
    commit: Annotated[str, Field(pattern=r"^[0-9a-f]{40}([0-9a-f]{24})?$")] = Field(
        description="The commit from which everything was read."
    )
    made_with: Name = Field(description="The version of partnerkit that made it.")
    method: Method = Field(description="How it was chosen.")
    inputs: Digest = Field(description="Digest of everything about people on which it depends.")
    rules: Digest = Field(description="Digest of the criteria and their weights.")
    before: dict[Id, Id] = Field(
        default_factory=dict, description="The pairs of the proposal before, mentee to mentor, of which few change."
    )
    pairs: list[Pair] = Field(description="Who with whom.")
    left: list[Left] = Field(default_factory=list, description="Who has nobody, and why.")
    reached: Aims = Field(description="How far the aims are reached.")
    closed: list[Id] = Field(
        default_factory=list, description="Groups: the mentors whose group would be too small, and who have nobody."
    )
    blocking: int = Field(ge=0, description="Pairs that would both rather have each other than whom they have.")
    certificate: Certificate | None = Field(None, description="What proves that nothing is better.")


@dataclass(frozen=True, slots=True)
class Origin:
    """Where a proposal comes from.

    Attributes:
        on: the day for which it is made.
        at: when it is made, as records write it.
        commit: the commit from which everything was read.
        made_with: the version of partnerkit.
    """

    on: date
    at: str
    commit: str
    made_with: str


def proposal(run: Run, found: Answer, origin: Origin) -> dict[str, Any]:
    """A proposal as it is written."""
    data: dict[str, Any] = {
        "format": 1,
        "proposal": run.programme,
        "policy": run.policy.policy,
        "cycle": run.cycle,
        "on": origin.on.isoformat(),
        "at": origin.at,
        "commit": origin.commit,
        "made-with": origin.made_with,
        "method": found.method,
        "inputs": run.inputs,
        "rules": run.rules,
        "before": dict(sorted(run.before.items())),
        "closed": [one.id for one, room in zip(run.mentors, found.pool.places, strict=True) if one.room and not room],
        "pairs": [_pair(run, mentee, mentor) for mentee, mentor in pairs_of(run, found.matching)],
        "left": [_left(one) for one in unplaced(run, found)],
        "reached": asdict(found.reached),
        "blocking": found.blocking,
    }
    if found.proof is not None:
        data["certificate"] = _certificate(run, found.proof)
    return {key: value for key, value in data.items() if key in _ALWAYS or value not in ({}, [])}


#: The lists that say something by being empty.
_ALWAYS = frozenset({"pairs"})


def _pair(run: Run, mentee: int, mentor: int) -> dict[str, Any]:
    return {
        "mentor": run.mentors[mentor].id,
        "mentee": run.mentees[mentee].id,
        "points": run.scorer.total(mentee, mentor),
        "by": dict(zip(run.scorer.criteria, run.scorer.by_criterion(mentee, mentor), strict=True)),
    }


def _left(one: Unplaced) -> dict[str, Any]:
    found = {"application": one.id, "code": one.code, "why": one.why, "would-help": one.would_help}
    return {key: value for key, value in found.items() if value is not None}


def _certificate(run: Run, proof: Proof) -> dict[str, Any]:
    every = {
        "placing": proof.placing, "higher": proof.higher, "scoring": proof.scoring, "tying": proof.tying,
    }  # laid out by hand, to be read at a glance  # fmt: skip
    return {
        name: {run.mentors[mentor].id: price for mentor, price in enumerate(prices) if price}
        for name, prices in every.items()
        if prices is not None
    }


def unproven(run: Run, said: Proposal) -> str | None:
    """What is not shown of a proposal, by the people and rules worked out anew; None where it is the best there is."""
    for what, claimed, found in (("people", said.inputs, run.inputs), ("criteria", said.rules, run.rules)):
        if claimed != found:
            return f"it was made for other {what}: {claimed} and not {found}"
    mentors = {one.id: place for place, one in enumerate(run.mentors)}
    mentees = {one.id: place for place, one in enumerate(run.mentees)}
    matching: Matching = [NOBODY] * len(mentees)
    for pair in said.pairs:
        why = _misstated(run, pair, mentors, mentees, matching)
        if why is not None:
            return why
        matching[mentees[pair.mentee]] = mentors[pair.mentor]
    if run.shape == "peers":
        for one, other in enumerate(list(matching)):
            if other != NOBODY:
                matching[other] = one
    proof = None if said.certificate is None else _proof(said.certificate, [one.id for one in run.mentors])
    if isinstance(proof, str):
        return proof
    closed = set(said.closed)
    places = tuple(0 if one.id in closed else one.room for one in run.mentors)
    reached = Reached(**said.reached.model_dump())
    why = not_shown(run, said.method, replace(run.pool, places=places), matching, reached, proof)
    if why is None and blocking(run, said.method, matching) != said.blocking:
        return f"{said.blocking} pairs are said to rather have each other, and that is not so"
    return why


def _misstated(
    run: Run, pair: Pair, mentors: dict[str, int], mentees: dict[str, int], matching: Matching
) -> str | None:
    """What is wrong with what a proposal says of a pair."""
    named = f"{pair.mentee} with {pair.mentor}"
    if pair.mentor not in mentors or pair.mentee not in mentees:
        return f"{named}: one of them is not among those who can be matched"
    mentee, mentor = mentees[pair.mentee], mentors[pair.mentor]
    if matching[mentee] != NOBODY:
        return f"{pair.mentee} stands there twice"
    if run.ruling.why(mentee, mentor) is not None:
        return f"{named} is not possible"
    points = dict(zip(run.scorer.criteria, run.scorer.by_criterion(mentee, mentor), strict=True))
    if pair.by != points or pair.points != run.scorer.total(mentee, mentor):
        return f"{named}: the points are others"
    return None


def _proof(said: Certificate, mentors: Sequence[str]) -> Proof | str:
    """The prices by place of the mentor; or what is wrong with them."""
    given = [prices for prices in (said.placing, said.higher, said.scoring, said.tying) if prices is not None]
    unknown = next((one for prices in given for one in prices if one not in set(mentors)), None)
    if unknown is not None:
        return f"the certificate has a price for {unknown}, who is not among the mentors"

    def listed(prices: Prices) -> list[int]:
        return [prices.get(one, 0) for one in mentors]

    higher = None if said.higher is None else listed(said.higher)
    return Proof(listed(said.placing), higher, listed(said.scoring), listed(said.tying))
