"""Signatures under decisions, and how surely somebody decided: whole findings, by the keys of the roster before."""

from __future__ import annotations

import base64
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from partnerkit.findings import Finding
from partnerkit.kinds.roster import Roster
from partnerkit.kinds.ssh import Signed, fingerprint
from partnerkit.kinds.statements import Approval, statement_digest
from partnerkit.policies.policy import Policy
from partnerkit.register import Register
from partnerkit.rules.assurance import LEVELS, Level, Witness, at_least, is_signed, level_of, said_in
from partnerkit.rules.demands.assured import decided_anew, in_person, too_weak, unsure
from partnerkit.rules.signed import NEEDED, signatures_are_genuine, signed_by_who_says_so
from partnerkit.steps import Live, Step, of_sort, statements
from tests.policies.fulfil import MOMENT, World
from tests.rules.bench import policy, question, register, world
from tests.rules.whole import by_keys, seen, told, where

ID = "a-000000000001"


def key(letter: bytes) -> str:
    """A public key that nobody holds the other half of."""
    parts = (b"ssh-ed25519", letter * 32)
    return "ssh-ed25519 " + base64.b64encode(b"".join(len(one).to_bytes(4, "big") + one for one in parts)).decode()


BOB, ANN = key(b"b"), key(b"a")


def people(**keys: list[str]) -> Roster:
    """A roster of the board, with the keys of each."""
    roles = [{"role": "board", "from": "2020-01-01"}]
    found = {person.replace("_", "-"): {"roles": roles, "keys": held} for person, held in keys.items()}
    return Roster.model_validate({"format": 1, "people": found})


def signed(assurance: str | None = "signed-statement", **said: Any) -> World:
    """A partnership on which p-bob has decided and signed."""
    demand = {"role": "board", "assurance": assurance} if assurance else {"role": "board"}
    here = world(policy(approval=demand, clause=["§1.1", "§1.2"]))
    here.record["approvals"][0] |= {"signature": "a seal", **said}
    return here


def verifying(made: Signed) -> Callable[[dict[str, Any]], Signed]:
    """Whoever verifies signatures: of this one that is what comes out."""
    return lambda said: made if said["signature"] else Signed(unable="there is none")


def look_with(here: World, made: Signed) -> list[Finding]:
    found = seen(here)
    return list(signatures_are_genuine(replace(found, register=replace(found.register, signed=verifying(made)))))


def test_a_signature_that_is_wrong_or_could_not_be_verified_is_told():
    here = signed()
    assert look_with(here, Signed(key=BOB)) == []
    place: Any = {"clause": "SMALL §1.1, SMALL §1.2"}
    words = f"the signature of p-bob under {ID} for more"
    mend = f"partnerkit add subject more withdraw={ID} --reason <reason>"
    keys = ("approvals", 0, "signature")
    bad = told("signature-bad", f"{words} is wrong: other bytes", *keys, mend=mend, **place)
    assert look_with(here, Signed(wrong="other bytes")) == [bad]
    unable = told("signature-unverified", f"{words} cannot be verified here: no program", *keys, mend=NEEDED, **place)
    assert look_with(here, Signed(unable="no program")) == [unable]


def test_of_what_is_not_signed_withdrawn_or_expunged_nothing_is_told():
    taken = {"at": "2026-05-20T12:00:00Z", "by": "p-bob", "reason": "A slip."}
    wrong = Signed(wrong="other bytes")
    assert look_with(signed(withdrawn=taken), wrong) == []
    here = signed()
    del here.record["approvals"][0]["signature"]
    here.say("evidence", "e", "more", kind="report", ref="a thing")
    assert look_with(here, wrong) == []
    here = signed()
    now = statement_digest(here.record["approvals"][0])
    expunging = {"id": "x-000000000001", "at": "2026-05-20T12:00:00Z", "by": "p-ann", "reason": "A name."}
    digests = dict.fromkeys(("digest", "previous"), "c1:" + "0" * 64)
    here.record["expunged"] = [{**expunging, **digests, "places": 1, "again": {"c1:" + "1" * 64: now}}]
    assert look_with(here, wrong) == []


def test_every_signature_that_is_wrong_is_told():
    here = signed()
    here.record["approvals"].insert(0, {**here.record["approvals"][0], "id": "a-00000000000f"})
    here.record["approvals"].insert(0, {**here.record["approvals"][0], "id": "a-00000000000e"})
    del here.record["approvals"][1]["signature"]
    found = look_with(here, Signed(wrong="other bytes"))
    assert where(found) == [("approvals", 0, "signature"), ("approvals", 2, "signature")]


def test_after_one_that_is_genuine_others_are_looked_at():
    here = signed()
    here.record["approvals"].append({**here.record["approvals"][0], "id": "a-00000000000f"})
    found = seen(here)

    def verify(said: dict[str, Any]) -> Signed:
        return Signed(key=BOB) if said["id"] == ID else Signed(wrong="other bytes")

    asked = replace(found, register=replace(found.register, signed=verify))
    assert where(list(signatures_are_genuine(asked))) == [("approvals", 1, "signature")]


def brought(here: World, made: Signed, before: Roster, after: Roster, old: Any = "none") -> list[Finding]:
    """What is told of a step that brings the signature."""
    found = register(here, roster=after, signed=verifying(made))
    new = replace(found.records["subject"], place=by_keys)
    was = None if old == "none" else old
    return list(signed_by_who_says_so(Step(replace(found, roster=before), found), was, new))


def test_a_signature_is_by_a_key_that_stood_at_whoever_decides():
    here = signed()
    bob = people(p_bob=[BOB], p_ann=[ANN])
    assert brought(here, Signed(key=BOB), bob, bob) == []
    words = (
        f"{ID} for more names p-bob, and is signed with a key ({fingerprint(ANN)}) that stood at p-ann before this step"
    )
    mend = "partnerkit person set p-bob --key <key-file>"
    keys = ("approvals", 0, "signature")
    assert brought(here, Signed(key=ANN), bob, bob) == [told("signature-bad", words, *keys, mend=mend)]
    nobody = people(p_bob=[])
    found = f"({fingerprint(ANN)}) that stood at nobody on the roster before this step"
    assert [one.message.partition(" key ")[2] for one in brought(here, Signed(key=ANN), nobody, nobody)] == [found]
    both = people(p_bob=[BOB], p_ann=[BOB])
    assert "that stood at p-bob and p-ann before" in brought(here, Signed(key=BOB), both, both)[0].message
    [late] = brought(here, Signed(key=BOB), nobody, bob)
    assert late.message.endswith(
        "nobody on the roster before this step; it stands at p-bob only from this very step on, "
        "and the roster lands first"
    )


def test_only_a_signature_that_the_step_brings_is_held_against_the_roster():
    here = signed()
    none = people(p_bob=[])
    old = register(signed()).records["subject"]
    assert brought(here, Signed(key=BOB), none, none, old) == []
    assert brought(here, Signed(wrong="other bytes"), none, none) == [], "told elsewhere"
    here.record["approvals"][0]["signature"] = "another seal"
    assert [one.code for one in brought(here, Signed(key=BOB), none, none, old)] == ["signature-bad"]
    without = signed()
    del without.record["approvals"][0]["signature"]
    assert len(brought(here, Signed(key=BOB), none, none, register(without).records["subject"])) == 1
    here.record["approvals"].append({**here.record["approvals"][0], "id": "a-00000000000f"})
    here.record["approvals"].insert(0, {**here.record["approvals"][0], "id": ID, "signature": "a seal"})
    here.record["approvals"][1]["id"] = "a-00000000000e"
    found = brought(here, Signed(key=BOB), none, none, old)
    assert where(found) == [("approvals", 1, "signature"), ("approvals", 2, "signature")]


def approval(here: World, found: Register) -> Live:
    [(live, _said)] = of_sort(statements(found.records["subject"]), Approval)
    return live


@pytest.mark.parametrize(
    ("assurance", "made", "said", "why"),
    [
        (None, Signed(wrong="other bytes"), {}, None),
        ("signed-statement", Signed(key=BOB), {}, None),
        ("author", Signed(wrong="other bytes"), {}, None),
        ("author", Signed(wrong="other bytes"), {"recorded-by": "p-bob"}, None),
        ("signed-commit", Signed(wrong="x"), {"recorded-by": "p-ann", "seen": "m"}, "p-ann recorded it for p-bob, who decides in person"),
        ("author", Signed(key=BOB), {"recorded-by": "p-ann", "seen": "m"}, None),
        ("signed-statement", Signed(key=ANN), {}, f"the approval of p-bob ({ID}) is not signed with a key of theirs"),
        ("signed-statement", Signed(wrong="x"), {}, f"the approval of p-bob ({ID}) is not signed with a key of theirs"),
        ("signed-statement", Signed(unable="no program"), {}, "the signature of p-bob cannot be verified here: no program"),
        ("signed-statement", Signed(unable="no program"), {"signature": None}, f"the approval of p-bob ({ID}) is not signed with a key of theirs"),
    ],
)  # laid out by hand, to be read at a glance  # fmt: skip
def test_whether_a_decision_is_as_sure_as_the_policy_asks(assurance, made, said, why):
    here = signed(assurance, **said)
    if here.record["approvals"][0]["signature"] is None:
        del here.record["approvals"][0]["signature"]
    asked = question(here, roster=people(p_bob=[BOB], p_ann=[ANN]), signed=verifying(made))
    demand = asked.requirement.approval
    assert demand is not None
    assert too_weak(asked, demand, approval(here, asked.rules)) == why


@pytest.mark.parametrize(
    ("assurance", "by", "sign", "sure"),
    [
        (None, "p-ann", False, True),
        ("author", "p-bob", False, True),
        ("author", "p-ann", True, False),
        ("signed-commit", "p-bob", False, True),
        ("signed-statement", "p-bob", True, True),
        ("signed-statement", "p-bob", False, False),
        ("signed-statement", "p-ann", True, False),
    ],
)
def test_whether_a_decision_about_to_be_recorded_would_count(assurance, by, sign, sure):
    demand = question(signed(assurance)).requirement.approval
    assert demand is not None
    why = f"it counts only as {assurance}: {LEVELS[assurance]}" if assurance else None
    assert unsure(demand, by, "p-bob", sign=sign) == (None if sure else why)


@pytest.mark.parametrize(
    ("assurance", "line"),
    [
        (None, "partnerkit approve subject more --for p-bob --seen <seen>"),
        ("author", "partnerkit approve subject more"),
        ("signed-statement", "partnerkit approve subject more --sign"),
    ],
)
def test_a_decision_is_recorded_again_in_the_words_that_the_policy_asks_for(assurance, line):
    here = signed(assurance)
    found = approval(here, register(here))
    assert decided_anew(here.policy, "subject", found.said) == line
    if assurance:
        asked = question(here)
        assert asked.requirement.approval is not None
        assert in_person(asked, asked.requirement.approval) == line
    for other in (policy(reason=True), {**policy(reason=True), "requirements": {}}):
        for lifecycle in other["lifecycles"].values():
            lifecycle["transitions"][0]["needs"] = []
        for_bob = "partnerkit approve subject more --for p-bob --seen <seen>"
        assert decided_anew(Policy.model_validate(other), "subject", found.said) == for_bob


def test_levels_are_told_from_the_weakest_to_the_strongest():
    order: list[Level] = ["on-behalf", "claimed", "author", "signed-commit", "signed-statement"]
    assert list(LEVELS) == order
    for at, level in enumerate(order):
        assert [at_least(level, wanted) for wanted in order] == [at >= number for number in range(5)]


@pytest.mark.parametrize(
    ("author", "signer", "recorded_by", "level"),
    [
        ("p-bob", "p-bob", None, "signed-commit"),
        ("p-bob", "p-ann", None, "author"),
        ("p-ann", "p-ann", None, "claimed"),
        (None, None, None, "claimed"),
        ("p-bob", "p-bob", "p-ann", "on-behalf"),
        ("p-bob", None, "p-bob", "author"),
    ],
)
def test_what_a_commit_shows_of_who_made_it(author, signer, recorded_by, level):
    witness = Witness(author, signer, MOMENT)
    assert witness.level("p-bob", recorded_by) == level
    here = signed(**({"recorded-by": recorded_by, "seen": "minutes"} if recorded_by else {}))
    found = register(here, roster=people(p_bob=[BOB], p_ann=[ANN]), signed=verifying(Signed(key=BOB)))
    assert level_of(approval(here, found), witness, found) == "signed-statement"
    found = replace(found, signed=verifying(Signed(key=ANN)))
    assert level_of(approval(here, found), witness, found) == level


@pytest.mark.parametrize(("days", "saw"), [(-1, True), (0, True), (1, True), (1.001, False)])
def test_what_landed_within_a_day_was_witnessed(days, saw):
    assert Witness(None, None, MOMENT).saw(MOMENT - timedelta(days=days)) == saw


def test_only_a_decision_can_be_signed():
    here = signed()
    here.say("evidence", "e", "more", kind="report", ref="a thing")
    found = register(here, roster=people(p_bob=[BOB]), signed=verifying(Signed(key=BOB)))
    one, other = statements(found.records["subject"])
    assert (is_signed(one, found), is_signed(other, found)) == (False, True)
    nobody = replace(found, signed=lambda _said: Signed(key=None))
    assert not is_signed(other, replace(nobody, roster=people()))
    del here.record["approvals"][0]["signature"]
    found = register(here, roster=people(p_bob=[BOB]), signed=verifying(Signed(key=BOB)))
    assert not is_signed(statements(found.records["subject"])[1], found)


def test_what_a_step_adds_is_what_was_not_said_before():
    here = signed()
    old = register(here).records["subject"]
    here.say("evidence", "e", "more", kind="report", ref="a thing")
    new = register(here).records["subject"]
    assert [one.said.id for one in said_in(old, new)] == [here.record["evidence"][0]["id"]]
    assert [one.said.id for one in said_in(None, new)] == [here.record["evidence"][0]["id"], ID]
