"""People to be matched, made up: whatever a test does not say is nothing."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cache
from typing import Any

from partnerkit.matching.people import LeftOut, People, Person
from partnerkit.matching.run import Run
from partnerkit.policies.policy import Policy
from tests.policies.packs import pack


def person(id_: str, part: str = "mentee", **said: Any) -> Person:
    """Somebody who says what is given; `room`, `waited`, `quarters`, `ids`, `shuns`, `bound`, `prefers` are theirs."""
    own = {key: said.pop(key) for key in ("room", "waited", "quarters", "prefers") if key in said}
    sets = {key: frozenset(said.pop(key, ())) for key in ("shuns", "bound")}
    ids = frozenset([f"p-{id_}", *said.pop("ids", ())])
    data = {"as": part, **{key.replace("_", "-"): value for key, value in said.items()}}
    return Person(
        id=id_,
        person=f"p-{id_}",
        ids=ids,
        data=data,
        room=own.get("room", 1),
        waited=own.get("waited", 0),
        quarters=own.get("quarters"),
        shuns=sets["shuns"],
        bound=sets["bound"],
        prefers=tuple(own.get("prefers", ())),
    )


def mentor(id_: str, **said: Any) -> Person:
    """The same, of a mentor."""
    return person(id_, "mentor", **said)


def run(
    mentors: Sequence[Person],
    mentees: Sequence[Person],
    programme: str = "formal",
    *,
    before: Mapping[str, str] | None = None,
    apart: Sequence[tuple[str, str]] = (),
    left_out: Sequence[LeftOut] = (),
    policy: Policy | None = None,
) -> Run:
    """A run of the matching over some people."""
    everybody = [*mentors, *mentees]
    people = People(
        tuple(sorted(mentors, key=lambda one: one.id)),
        tuple(sorted(mentees, key=lambda one: one.id)),
        tuple(left_out),
        frozenset(frozenset(pair) for pair in apart),
        (),
        {one.id: one for one in everybody},
    )
    return Run(policy or _policy(), programme, "2026-spring", people, before or {})


@cache
def _policy() -> Policy:
    return pack("MEM-02-03")
