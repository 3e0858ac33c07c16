"""A pairing that did not last counts as a cycle waited, from the records alone, until one of the same person lasted."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from partnerkit.kinds.roster import Roster
from partnerkit.kinds.settings import Settings
from partnerkit.matching.people import People, gathered
from partnerkit.register import RecordFile, Register
from tests.obligations.world import ZERO
from tests.policies.packs import pack
from tests.policies.samples import shape

POLICY = pack("MEM-02-03")


def record(kind: str, id_: str, stage: str, day: str, **fields: Any) -> RecordFile:
    entry = {"seq": 1, "id": "0" * 16, "type": "create", "to": stage, "at": f"{day}T12:00:00Z", "by": "p-rosa"}
    data = {"format": 1, "kind": kind, "id": id_, "policy": "MEM-02-03", "stage": stage, "title": "x", **fields}
    data["history"] = [{**entry, "seal": ZERO}]
    return RecordFile(id_, data, shape(POLICY, kind).model_validate(data))


def application(id_: str, part: str, **fields: Any) -> RecordFile:
    given = {"applicant": f"p-{id_}", "as": part, "programmes": ["formal"], "applied": "2026-01-05", **fields}
    return record("application", id_, "accepted", "2026-01-05", **given)


def pairing(stage: str, day: str, mentee: str = "max") -> RecordFile:
    people = [
        {"id": f"p-{one}", "as": part, "application": one} for one, part in (("ada", "mentor"), (mentee, "mentee"))
    ]
    return record("pairing", f"{mentee}-{stage}-{day}", stage, day, programme="formal", participants=people)


def people(*pairings: RecordFile, **mentee: Any) -> People:
    """Everybody of the formal programme: a mentor with room for two, and two mentees."""
    everybody = [
        application("ada", "mentor", capacity=2),
        application("max", "mentee", **mentee),
        application("eve", "mentee"),
    ]
    settings = {"format": 1, "name": "x", "time-zone": "UTC", "policies": {"allowed": ["MEM-02-03"]}}
    roster = Roster.model_validate({"format": 1, "people": {}})
    records = {one.id: one for one in (*everybody, *pairings)}
    register = Register(Settings.model_validate(settings), roster, {}, records)
    return gathered(register, POLICY, "formal", date(2026, 6, 1), {})


@pytest.mark.parametrize(
    ("pairings", "lapsed"),
    [
        ([], ()),
        ([("rematch", "2026-02-01")], ("max-rematch-2026-02-01",)),
        ([("terminated", "2026-02-01")], ("max-terminated-2026-02-01",)),
        ([("completed", "2026-02-01")], ()),
        ([("dropped", "2026-02-01")], ()),
        (
            [("rematch", "2026-02-01"), ("terminated", "2026-03-01")],
            ("max-rematch-2026-02-01", "max-terminated-2026-03-01"),
        ),
        ([("terminated", "2026-03-01"), ("completed", "2026-04-01")], ()),
        ([("terminated", "2026-05-01"), ("completed", "2026-04-01")], ("max-terminated-2026-05-01",)),
        ([("terminated", "2026-03-01"), ("dropped", "2026-04-01")], ("max-terminated-2026-03-01",)),
    ],
)
def test_what_did_not_last_counts_from_the_last_that_did(pairings, lapsed):
    found = people(*(pairing(*one) for one in pairings)).by_id
    assert (found["max"].lapsed, found["max"].waited) == (lapsed, len(lapsed))
    assert (found["eve"].waited, found["ada"].waited) == (0, 0)


def test_it_counts_beside_the_cycles_that_somebody_wrote_down():
    found = people(pairing("rematch", "2026-02-01"), **{"cycles-waited": 2}).by_id
    assert found["max"].waited == 3
