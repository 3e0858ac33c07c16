"""A proposal: who with whom, by which points, who is left, and the prices that prove it best. It pairs nobody."""

from __future__ import annotations

from dataclasses import asdict
from datetime import date
from typing import Annotated, Any

from partnerkit.dataclass import dataclass
from partnerkit.kinds.modelled import Field
from partnerkit.kinds.parts import Day, Digest, Format, Id, Moment, Name, Part, Slug, Text
from partnerkit.matching import peers_proof
from partnerkit.matching.best import Proof
from partnerkit.matching.circle_proof import Meeting, Prices, Searched, meetings, searched
from partnerkit.matching.market import Matching
from partnerkit.matching.peers import Covers
from partnerkit.matching.peers_proof import PeersCertificate
from partnerkit.matching.run import Run
from partnerkit.matching.solving import Answer, Method, circles, fewest, pairs_of
from partnerkit.matching.unplaced import Unplaced, unplaced


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
        default_factory=list, description="Groups: the mentors with room for one whose group is not made."
    )
    circles: list[Meeting] = Field(default_factory=list, description="Groups: when each can meet.")
    blocking: int = Field(ge=0, description="Pairs that would both rather have each other than whom they have.")
    certificate: Certificate | None = Field(None, description="What proves that nothing is better.")
    covers: PeersCertificate | None = Field(None, description="Peers: what proves that nothing is better.")
    searched: Searched | None = Field(None, description="Groups: how they were searched, and what proves it.")


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
        **worked_out(run, found),
    }
    if isinstance(found.proof, Covers):
        data["covers"] = peers_proof.told(found.proof, [one.id for one in run.mentees])
    elif found.proof is not None:
        data["certificate"] = _certificate(run, found.proof)
    if found.grouped is not None:
        data["searched"] = searched(found.grouped)
    return {key: value for key, value in data.items() if key in _ALWAYS or value not in ({}, [])}


def worked_out(run: Run, found: Answer) -> dict[str, Any]:
    """What a proposal says that follows from the people, the rules, and who is with whom: all but its proof."""
    grouped = run.shape == "groups" and found.method == "best"
    return {
        "method": found.method,
        "inputs": run.inputs,
        "rules": run.rules,
        "before": dict(sorted(run.before.items())),
        "closed": closed(run, found.matching) if grouped else [],
        "pairs": [_pair(run, mentee, mentor) for mentee, mentor in pairs_of(run, found.matching)],
        "left": [_left(one) for one in unplaced(run, found)],
        "reached": asdict(found.reached),
        "blocking": found.blocking,
        "circles": meetings(circles(run), found.matching) if grouped else [],
    }


def closed(run: Run, matching: Matching) -> list[str]:
    """The mentors with room for a group whose group is not made."""
    if run.shape != "groups":
        return []
    return [one.id for place, one in enumerate(run.mentors) if one.room >= fewest(run) and place not in matching]


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
