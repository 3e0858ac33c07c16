"""Who of a register can be matched for a programme, and who takes up places."""

from __future__ import annotations

from datetime import date
from typing import Any

from partnerkit.kinds.application import Application
from partnerkit.kinds.pairing import Pairing
from partnerkit.matching.people import gathered
from partnerkit.register import RecordFile, Register
from partnerkit.store.packs import load
from tests.policies.fulfil import ZERO
from tests.rules.bench import policy, register, world

CAME = {
    "seq": 1,
    "id": "0" * 16,
    "type": "create",
    "to": "accepted",
    "at": "2026-01-10T12:00:00Z",
    "by": "p-rosa",
    "seal": ZERO,
}


def application(name: str, part: str, **more: Any) -> RecordFile:
    data = {
        "format": 1, "id": name, "policy": "MEM-02-03", "stage": "accepted", "history": [CAME],
        "title": name, "applicant": f"p-{name}", "applied": "2026-01-05", "as": part, "programmes": ["formal", "peer"],
        **more,
    }  # laid out as the record is  # fmt: skip
    return RecordFile(f"records/applications/{name}.yaml", data, Application.model_validate(data))


def pairing(name: str, programme: str, people: list[tuple[str, str]]) -> RecordFile:
    data = {
        "format": 1, "id": name, "policy": "MEM-02-03", "stage": "active", "title": name, "programme": programme,
        "history": [{**CAME, "to": "active"}],
        "participants": [{"id": f"p-{who}", "as": part, "application": who} for who, part in people],
    }  # laid out as the record is  # fmt: skip
    return RecordFile(f"records/pairings/{name}.yaml", data, Pairing.model_validate(data))


def of(*records: RecordFile) -> Register:
    return register(world(policy(reason=True)), records={one.id: one for one in records})


def names(people: Any) -> set[str]:
    return {one.id for one in people}


def test_only_applications_under_the_policy_and_for_the_programme_count():
    found = gathered(
        of(
            application("ada", "mentor", capacity=2),
            application("max", "mentee"),
            application("eve", "mentee", programmes=["group"]),
            application("kim", "mentee", policy="OTHER-1"),
            application("tom", "mentee", stage="waiting"),
        ),
        load("MEM-02-03").policy, "formal", date(2026, 3, 2), {},
    )  # fmt: skip
    assert (names(found.mentors), names(found.mentees)) == ({"ada"}, {"max"})


def test_a_pairing_of_peers_takes_up_a_place_in_its_own_programme_alone():
    here = of(
        application("max", "mentee"),
        application("eve", "mentee"),
        pairing("peer-1", "peer", [("max", "peer"), ("eve", "peer")]),
    )
    rules = load("MEM-02-03").policy
    assert names(gathered(here, rules, "formal", date(2026, 3, 2), {}).mentees) == {"max", "eve"}
    peers = gathered(here, rules, "peer", date(2026, 3, 2), {})
    assert names(peers.mentees) == set()
    assert {(one.id, one.code, one.why) for one in peers.left_out} == {
        ("max", "paired", "has a place in peer-1 (active)"),
        ("eve", "paired", "has a place in peer-1 (active)"),
    }


def test_a_mentor_has_the_places_that_pairings_of_any_programme_leave():
    taken = pairing("group-1", "group", [("ada", "mentor"), ("kim", "mentee"), ("tom", "mentee")])
    rules = load("MEM-02-03").policy
    for capacity, room in ((3, {"ada"}), (2, set())):
        here = of(application("ada", "mentor", capacity=capacity), taken)
        found = gathered(here, rules, "formal", date(2026, 3, 2), {})
        assert names(found.mentors) == room
        assert room or found.left_out[0].why == "has no place left: group-1"
