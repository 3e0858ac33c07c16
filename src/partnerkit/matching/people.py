"""The people of a programme who can be matched now, and who cannot, with the reason."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any

from partnerkit.dataclass import dataclass, field
from partnerkit.kinds.application import Application
from partnerkit.kinds.entries import TOMBSTONE_STAGE
from partnerkit.kinds.pairing import Pairing
from partnerkit.kinds.week import free
from partnerkit.policies.matching import MatchingSpec
from partnerkit.policies.policy import Policy
from partnerkit.register import RecordFile, Register

#: How many people are in a group at most where nobody says.
_ANY = 1_000_000


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody who can be matched, by one application.

    Attributes:
        id: the application's id.
        person: the id of whoever made it.
        ids: that id and the others under which the register knows the same person.
        data: the application as written.
        room: how many mentees there is room for; 1 for a mentee or a peer.
        waited: for how many cycles they have waited, with what was lost by pairings that did not last.
        quarters: the quarters of an hour of a week in UTC at which they are free; None where they do not say.
        shuns: people with whom they are not to be paired: their own wish.
        bound: people to whom something else binds them.
        prefers: with whom they would like to be paired, from the first choice on.
        lapsed: the pairings that did not last, each of which counts as a cycle waited.
    """

    id: str
    person: str
    ids: frozenset[str]
    data: Mapping[str, Any]
    room: int
    waited: int
    quarters: int | None
    shuns: frozenset[str]
    bound: frozenset[str]
    prefers: tuple[str, ...]
    lapsed: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class LeftOut:
    """Somebody who applied for the programme and is not matched now.

    Attributes:
        id: the application's id.
        code: why: `needs`, `resting`, `full`, `paired`.
        why: in a sentence.
    """

    id: str
    code: str
    why: str


@dataclass(frozen=True, slots=True)
class Taken:
    """A pairing that takes up places.

    Attributes:
        id: its id.
        programme: which programme it belongs to.
        stage: where it stands.
        mentor: the mentor's application; None among peers.
        others: the applications of the mentees, or of all peers.
    """

    id: str
    programme: str
    stage: str
    mentor: str | None
    others: tuple[str, ...]


@dataclass(frozen=True)
class People:
    """Everybody of a programme.

    Attributes:
        mentors: who can take somebody on, by id; nobody among peers.
        mentees: who can be taken on, by id; all peers.
        left_out: who applied and is not matched now.
        apart: pairs of people who are not paired again.
        taken: the pairings that take up places.
    """

    mentors: tuple[Person, ...]
    mentees: tuple[Person, ...]
    left_out: tuple[LeftOut, ...] = ()
    apart: frozenset[frozenset[str]] = frozenset()
    taken: tuple[Taken, ...] = ()
    by_id: Mapping[str, Person] = field(default_factory=dict)


def gathered(
    register: Register,
    policy: Policy,
    programme: str,
    on: date,
    barred: Mapping[str, str],
    released: frozenset[str] = frozenset(),
) -> People:
    """Everybody of a programme on a day.

    Args:
        register: the register.
        policy: the policy whose matching it is; it has one.
        programme: which of its programmes.
        on: the day.
        barred: why an application is left out, for those that do not meet what must hold of them.
        released: pairings that are looked at as if they were not there, to see what keeping them costs.
    """
    spec = policy.matching
    if spec is None or programme not in spec.programmes:
        raise ValueError(f"{policy.policy} matches nobody for {programme}")
    taken = tuple(one for one in _taken(register, policy, spec, programme) if one.id not in released)
    lapsed = _lapsed(register, policy, spec)
    found: list[Person] = []
    out: list[LeftOut] = []
    for record in _pool(register, policy, spec, programme):
        one = _person(record, policy, programme, on, taken, lapsed)
        why = _left_out(record, programme, one, on, barred, taken)
        if why is None:
            found.append(one)
        else:
            out.append(why)
    peers = spec.programmes[programme].shape == "peers"
    mentors = () if peers else tuple(one for one in found if one.data["as"] == "mentor")
    mentees = tuple(found) if peers else tuple(one for one in found if one.data["as"] == "mentee")
    by_id = {one.id: one for one in found}
    return People(mentors, mentees, tuple(out), frozenset(_apart(register, policy, spec)), taken, by_id)


def _pool(register: Register, policy: Policy, spec: MatchingSpec, programme: str) -> Iterator[RecordFile]:
    for record in register.of_kind("application"):
        model = record.model
        if not isinstance(model, Application) or model.policy != policy.policy:
            continue
        if programme in model.programmes and model.stage in spec.pool:
            yield record


def _person(
    record: RecordFile,
    policy: Policy,
    programme: str,
    on: date,
    taken: tuple[Taken, ...],
    lapsed: Mapping[str, tuple[str, ...]],
) -> Person:
    model = record.model
    assert isinstance(model, Application)  # noqa: S101 - what _pool yields
    zone = model.time_zone
    lost = lapsed.get(record.id, ())
    return Person(
        id=record.id,
        person=model.applicant,
        ids=frozenset([model.applicant, *model.also]),
        data=record.data,
        room=_room(model, policy, programme, taken),
        waited=(model.cycles_waited or 0) + len(lost),
        quarters=free(model.free, zone, on) if model.free and zone is not None else None,
        shuns=frozenset(model.not_with),
        bound=frozenset(model.conflicts),
        prefers=tuple(model.prefers),
        lapsed=lost,
    )


def _room(model: Application, policy: Policy, programme: str, taken: tuple[Taken, ...]) -> int:
    """How many more somebody can be paired with."""
    spec = policy.matching.programmes[programme] if policy.matching is not None else None
    if model.as_ == "mentee" or spec is None or spec.shape == "peers":
        return 1
    mine = [one for one in taken if one.mentor == model.id]
    left = (model.capacity or 1) - sum(len(one.others) for one in mine)
    if spec.shape == "groups":
        most = policy.value(spec.most)
        left = 0 if any(one.programme == programme for one in mine) else min(left, most if most is not None else _ANY)
    return max(left, 0)


def _left_out(
    record: RecordFile, programme: str, one: Person, on: date, barred: Mapping[str, str], taken: tuple[Taken, ...]
) -> LeftOut | None:
    rests = record.model.rests_until if isinstance(record.model, Application) else None
    mine = next((pairing for pairing in taken if pairing.programme == programme and one.id in pairing.others), None)
    if one.id in barred:
        return LeftOut(one.id, "needs", barred[one.id])
    if rests is not None and on < rests:
        return LeftOut(one.id, "resting", f"takes on nothing new before {rests}")
    if mine is not None:
        return LeftOut(one.id, "paired", f"has a place in {mine.id} ({mine.stage})")
    if one.room == 0:
        held = ", ".join(pairing.id for pairing in taken if pairing.mentor == one.id)
        return LeftOut(one.id, "full", f"has no place left{f': {held}' if held else ''}")
    return None


def _taken(register: Register, policy: Policy, spec: MatchingSpec, programme: str) -> Iterator[Taken]:
    for record in register.of_kind("pairing"):
        model = record.model
        if not isinstance(model, Pairing) or model.policy != policy.policy or model.stage not in spec.taken:
            continue
        mentor = next((one.application for one in model.participants if one.as_ == "mentor"), None)
        others = tuple(
            one.application for one in model.participants if one.as_ != "mentor" and one.application is not None
        )
        if mentor is not None or model.programme == programme:
            yield Taken(record.id, model.programme, model.stage, mentor, others)


def _lapsed(register: Register, policy: Policy, spec: MatchingSpec) -> dict[str, tuple[str, ...]]:
    """By application, the pairings that did not last, since one that did: whoever lost one goes before others."""
    over = [one for one in register.of_kind("pairing") if one.stage not in {*spec.taken, TOMBSTONE_STAGE}]
    found: dict[str, tuple[str, ...]] = {}
    for record in sorted(over, key=lambda one: (one.came.at, one.id)):
        model = record.model
        if not isinstance(model, Pairing) or model.policy != policy.policy:
            continue
        for one in model.participants:
            if one.as_ == "mentor" or one.application is None:
                continue
            if model.stage in spec.did_not_last:
                found[one.application] = (*found.get(one.application, ()), record.id)
            elif model.stage not in spec.not_again:
                found.pop(one.application, None)
    return found


def _apart(register: Register, policy: Policy, spec: MatchingSpec) -> Iterator[frozenset[str]]:
    """Pairs of people who were paired once, and are not again."""
    for record in register.of_kind("pairing"):
        model = record.model
        if isinstance(model, Pairing) and model.policy == policy.policy and model.stage in spec.not_again:
            people = [(one.id, one.as_) for one in model.participants]
            for person, part in people:
                for other, _ in people:
                    if person != other and part != "mentee":
                        yield frozenset([person, other])
