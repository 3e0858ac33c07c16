"""What was found of a statement that was withdrawn: settled, unless something that counts rests on it."""

from __future__ import annotations

from dataclasses import replace

import pytest

from partnerkit.findings import Finding
from partnerkit.rules.settled import Settlement, correction, withdrawn
from tests.policies.fulfil import World
from tests.rules.bench import moved
from tests.rules.ended import SAID, here
from tests.rules.sealing import BACK, stood

OTHER = "e-00000000000f"
FOUND = Finding("person-unknown", "It is wrong.", record="subject", statement=OTHER)


def said(*, back: bool = True, times: int = 1) -> World:
    """A record with a statement on which nothing rests."""
    one = here()
    more = {**one.record["evidence"][0], "id": OTHER} | ({"withdrawn": BACK} if back else {})
    one.record["evidence"] += [more] * times
    return one


def test_what_nothing_rests_on_is_settled():
    register = stood(said())
    away = register.records["subject"].model.evidence[-1].withdrawn
    assert away is not None
    about = frozenset({OTHER})
    expected = Settlement("subject", OTHER, "withdraw", away.by, away.at, away.reason, about)
    assert withdrawn(FOUND, register) == expected
    told = expected.told(FOUND)
    assert (told.severity, told.settled) == ("warning", OTHER)
    assert told.message == f"It is wrong; withdrawn by p-bob on 2026-05-20: A slip. (statement {OTHER})"


@pytest.mark.parametrize(
    "changed",
    [{"record": None}, {"record": "another"}, {"statement": None}, {"statement": "e-0"}, {"severity": "warning"}],
)
def test_what_else_is_not(changed):
    assert withdrawn(replace(FOUND, **changed), stood(said())) is None


def test_what_stands_still_is_not():
    assert withdrawn(FOUND, stood(said(back=False))) is None


def test_of_two_with_one_id_nobody_knows_which_was_withdrawn():
    assert withdrawn(FOUND, stood(said(times=2))) is None


def test_what_an_entry_rests_on_is_not():
    one = here()
    one.record["evidence"][0]["withdrawn"] = BACK
    assert withdrawn(replace(FOUND, statement=SAID), stood(one)) is None
    one.record["history"][1]["uses"] = []
    assert withdrawn(replace(FOUND, statement=SAID), stood(one)) is not None


def test_what_an_approval_is_bound_to_on_which_an_entry_rests_is_not():
    one = said()
    made = {
        "id": "a-00000000000f",
        "requirement": "decided",
        "record": "subject",
        "decision": "approve",
        "at": "2026-05-01T12:00:00Z",
        "by": "p-bob",
        "role": "committee",
        "binds": {"definition": "c1:" + "0" * 64, "content": "c1:" + "0" * 64, "evidence": {OTHER: "c1:" + "0" * 64}},
    }
    one.record["approvals"] = [made]
    assert withdrawn(FOUND, stood(one)) is not None
    one.record["history"][1]["uses"] = [made["id"]]
    assert withdrawn(FOUND, stood(one)) is None


def test_what_corrects_a_record_is_its_latest_correction():
    one = here()
    for id_ in ("4" * 16, "5" * 16):
        moved(one, "ended", id=id_, type_="correct", undoes="3" * 16, reason="It was a slip.")
    moved(one, "active", id="6" * 16)
    record = stood(one).records["subject"]
    last = record.model.history[-2]
    expected = Settlement("subject", "5" * 16, "correct", last.by, last.at, "It was a slip.", frozenset())
    assert correction(record) == expected
