"""What has landed: decisions that are less sure than they must be, and what a merge left out of a branch."""

from __future__ import annotations

import copy
from typing import Any

import pytest

from partnerkit.kinds.ssh import Signed
from partnerkit.kinds.statements import STATEMENT_LISTS
from partnerkit.register import RecordFile, Register
from partnerkit.rules.assurance import Level
from partnerkit.rules.landed import decided_surely
from partnerkit.rules.merged import nothing_is_dropped
from partnerkit.rules.refused import Refused
from partnerkit.steps import Step
from tests.policies.fulfil import World
from tests.rules.bench import held, moved, policy, register, world
from tests.rules.placed import placed, whole

ID = "a-000000000001"
ENTRY = "a" * 16


def decided(wanted: str | None = "author", **entry: Any) -> World:
    """A partnership that became active by a decision of p-bob."""
    demand = {"role": "board"} | ({"assurance": wanted} if wanted else {})
    here = world(policy(approval=demand, clause=["§1.1", "§1"]))
    moved(here, "active", **{"id": ENTRY, "uses": [ID], **entry})
    return here


def record(found: Register) -> RecordFile:
    return found.records["subject"]


def landed(here: World, level: Level | None, old: int | None = 1, **changed: Any) -> list[dict[str, Any]]:
    """What is found of a decision that landed so surely, where so many entries stood before."""
    after = placed(register(here, **changed))
    before = copy.copy(here)
    before.record = {**here.record, "history": here.record["history"][:old], "stage": "proposed"}
    was = record(register(before)) if old is not None else None
    asked: list[str] = []
    found = whole(decided_surely(Step(after, after), was, record(after), lambda said: asked.append(said) or level))
    assert set(asked) <= {ID}
    return found


UNSURE = {
    "code": "assurance-too-low",
    "message": f"entry 2 (active) rests on {ID} of p-bob for more, which counts only as author (the address of the "
    "commit's author is theirs); it landed as claimed (named in the record alone)",
    "severity": "error",
    "file": "subject",
    "place": "history.1",
    "record": "subject",
    "clause": "SMALL §1.1, SMALL §1",
    "mend": "partnerkit approve subject more --sign",
    "entry": ENTRY,
}


def test_a_decision_is_as_sure_as_its_requirement_asks():
    assert landed(decided(), "claimed") == [UNSURE]
    assert landed(decided(), "author") == landed(decided(), "signed-commit") == []


@pytest.mark.parametrize("level", [None, "signed-commit"])
def test_what_has_not_landed_yet_is_not_judged(level):
    assert landed(decided("signed-commit"), level) == []
    assert len(landed(decided("signed-commit"), "author")) == 1


@pytest.mark.parametrize("wanted", [None, "signed-statement"])
def test_nothing_is_asked_of_the_landing_or_the_gate_has_asked_it(wanted):
    assert landed(decided(wanted), "claimed") == []


def test_what_landed_before_was_judged_then():
    assert landed(decided(), "claimed", old=2) == []
    assert landed(decided(), "claimed", old=None) == [UNSURE]


def test_an_entry_whose_id_another_has_too_is_not_named():
    unnamed = {key: value for key, value in UNSURE.items() if key != "entry"}
    assert landed(decided(id="0" * 16), "claimed") == [unnamed]


def test_every_decision_of_an_entry_and_every_entry_is_asked_about():
    here = decided()
    second = {**here.record["approvals"][0], "id": "a-00000000000b", "by": "p-ann"}
    here.record["approvals"].append(second)
    here.record["history"][1]["uses"] = [ID, "a-00000000000b", "a-00000000000c"]
    moved(here, "proposed", uses=[])
    moved(here, "active", uses=[ID], id="b" * 16)
    after = placed(register(here))
    found = whole(decided_surely(Step(after, after), None, record(after), lambda _said: "on-behalf"))
    said = [(one["place"], one["entry"], one["message"].partition(" for ")[0]) for one in found]
    assert said == [
        ("history.1", ENTRY, f"entry 2 (active) rests on {ID} of p-bob"),
        ("history.1", ENTRY, "entry 2 (active) rests on a-00000000000b of p-ann"),
        ("history.3", "b" * 16, f"entry 4 (active) rests on {ID} of p-bob"),
    ]


def test_what_is_sure_enough_or_has_not_landed_hides_nothing_that_follows():
    here = decided()
    [first] = here.record["approvals"]
    here.record["approvals"] += [{**first, "id": f"a-00000000000{letter}"} for letter in "bcd"]
    here.record["approvals"][3]["requirement"] = "gone"
    here.record["history"][1]["uses"] = ["a-00000000000d", ID, "a-00000000000b", "a-00000000000c"]
    after = register(here)
    levels: dict[str, Level] = {"a-00000000000b": "author", "a-00000000000c": "claimed"}
    [one] = decided_surely(Step(after, after), None, record(after), levels.get)
    assert one.message.startswith("entry 2 (active) rests on a-00000000000c of p-bob for more")


def test_what_is_signed_itself_is_as_sure_as_can_be():
    key = "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAI" + "A" * 43
    roster = held(p_bob=[{"role": "board"}])
    roster.people["p-bob"].keys.append(key)
    here = decided()
    here.record["approvals"][0]["signature"] = "a seal"
    assert landed(here, "claimed", roster=roster, signed=lambda _said: Signed(key=key)) == []
    assert landed(here, "claimed", roster=roster, signed=lambda _said: Signed(key="another")) == [UNSURE]


def test_a_policy_that_knows_the_requirement_no_more_asks_nothing():
    here = decided()
    assert len(landed(here, "claimed")) == 1
    assert landed(here, "claimed", policies={}) == []
    for group in STATEMENT_LISTS:
        for one in here.record.get(group, []):
            one["requirement"] = "gone"
    assert landed(here, "claimed") == []


def test_evidence_is_no_decision():
    here = world(policy(evidence={"kinds": ["report"]}))
    moved(here, "active", uses=["e-000000000001"])
    after = register(here)
    assert list(decided_surely(Step(after, after), None, record(after), lambda _said: "on-behalf")) == []


def test_a_merge_that_leaves_an_entry_out_is_told():
    here = world(policy(reason=True))
    after = placed(register(here))
    [first] = here.record["history"]
    second = {"id": "b" * 16, "to": "active", "by": "p-bob"}
    dropped = {
        "code": "merge-dropped",
        "message": "the branch that was merged had moved subject to active (by p-bob), and the merge left that out: "
        "the move has not landed",
        "severity": "warning",
        "file": "subject",
        "place": "history",
        "record": "subject",
        "mend": "partnerkit gates subject",
    }
    other = {**second, "id": "c" * 16, "to": "ended"}
    aside: list[dict[str, Any]] = [
        {"id": "gone", "history": [second]},
        {"id": "subject", "history": "lost"},
        {"id": "subject"},
        {"history": [second]},
        {"id": "subject", "history": [first, "no entry", second]},
        {"id": "subject", "history": [other]},
    ]
    last = {**dropped, "message": dropped["message"].replace("active", "ended")}
    assert whole(nothing_is_dropped(after, aside)) == [dropped, last]
    assert list(nothing_is_dropped(after, [here.record])) == []


def test_a_refusal_says_why():
    one = Refused("not allowed", [])
    assert (str(one), one.findings, one.exit_code) == ("not allowed", [], 1)
