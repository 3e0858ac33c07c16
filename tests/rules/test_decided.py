"""Why a decision, an acknowledgement or a signature does not count: in so many words, with the line that mends it."""

from __future__ import annotations

import pytest

from partnerkit.kinds.ssh import Signed
from partnerkit.kinds.statements import Waiver
from partnerkit.policies.policy import Policy
from partnerkit.rules.demands.waived import may_waive, waiver_against
from partnerkit.steps import of_sort, statements
from tests.policies.fulfil import World
from tests.rules.bench import asked, held, missing, policy, question, world

BOARD = {"role": "board"}
TWO = held(p_bob=[BOARD], p_ann=[BOARD])
ID = "a-000000000001"


def decided(*, covers=("website",), **demand) -> World:
    """A partnership on which p-bob, of the board, has decided."""
    here = world(policy(approval={"role": "board", **demand}, covers=list(covers)))
    assert asked(here).met
    return here


@pytest.mark.parametrize(
    ("said", "why"),
    [
        ({"decision": "reject"}, "p-bob decided: reject"),
        ({"role": "chair"}, "p-bob approved as chair, not as board"),
        ({"on": "2026-06-02"}, "the approval of p-bob is dated 2026-06-02, which is still to come"),
        (
            {"on": "2025-02-28"},
            "the approval of p-bob is dated 2025-02-28, before there was subject (2025-03-01)",
        ),
        ({"record": "another"}, f"the approval {ID} was given for another, not for subject"),
        ({"by": "p-eve"}, "p-eve does not hold the role board on 2026-06-01"),
        (
            {"decision": "reject", "withdrawn": {"at": "2026-05-02T12:00:00Z", "by": "p-bob", "reason": "A slip."}},
            f"p-bob took back a no ({ID}), and has not decided since",
        ),
    ],
)
def test_why_an_approval_does_not_count(said, why):
    here = decided()
    here.record["approvals"][0] |= said
    assert missing(here, roster=TWO) == f"Missing: approval by board, 0 of 1 ({why})"


def test_whoever_holds_the_role_today_did_not_always():
    late = held(p_bob=[{"role": "board", "from": "2026-05-02"}])
    assert missing(decided(), roster=late) == (
        "Missing: approval by board, 0 of 1 (p-bob did not hold the role board on 2026-05-01)"
    )


def test_what_was_decided_before_the_record_went_back_is_decided_anew():
    here = decided()
    first, *_ = here.record["history"]
    for number, (from_, to) in enumerate((("proposed", "active"), ("active", "proposed")), 2):
        more = {"seq": number, "id": f"{number:016x}", "type": "move", "from": from_, "to": to}
        here.record["history"].append({**first, **more, "at": f"2026-05-0{number}T12:00:00Z"})
    assert missing(here, roster=TWO).endswith("(p-bob decided before subject went back, so it is decided anew)")


def test_a_role_for_one_city_decides_for_no_other_and_for_none_that_is_not_named():
    data = policy(approval={"role": "board", "scope": {"city": "city"}})
    data["fields"] = {"partnership": {"city": {"type": "text", "clause": "§1.1", "title": "Where it is."}}}
    data["roles"]["board"]["scopes"] = ["city"]
    here = world(data)
    here.record["city"] = "Dortmund"
    roster = held(p_bob=[{**BOARD, "scope": {"city": "Bochum"}}], p_ann=[{**BOARD, "scope": {"city": "Dortmund"}}])
    given = asked(here, roster=roster)
    assert given.missing == (
        "Missing: approval by board for Dortmund, 0 of 1 "
        "(p-bob does not hold the role board for Dortmund (only for Bochum) on 2026-06-01)"
    )
    assert given.people == ["p-ann"]
    del here.record["city"]
    everywhere = asked(here, roster=held(p_bob=[BOARD]))
    assert (everywhere.met, everywhere.people) == (False, []), "nobody decides for a city that is not named"
    assert everywhere.command == "partnerkit person role <person> board"


@pytest.mark.parametrize(
    ("demand", "votes"),
    [({"at-least": 2}, 2), ({"fraction": "2/3"}, 2), ({"more-than": "1/2"}, 2), ({"at-least": 0}, 1)],
)
def test_how_many_must_decide(demand, votes):
    here = decided(**demand)
    here.record["approvals"] = []
    assert missing(here) == f"Missing: approval by board, 0 of {votes}"


@pytest.mark.parametrize("separation", ["require", "warn", "off"])
def test_whoever_proposed_it_does_not_decide_where_duties_are_separate(separation):
    data = policy(approval={"role": "board"}) | {"separation-of-duties": separation}
    here = world(data)
    here.record["proposer"] = "p-bob"
    note = "p-bob decided on subject and is its proposer or a party to it"
    given = asked(here, roster=held(p_bob=[BOARD]))
    assert given.met == (separation != "require")
    assert (note in given.notes) == (separation == "warn")
    if separation == "require":
        assert given.missing == (
            "Missing: approval by board, 0 of 1 (p-bob is the proposer of subject or a party to it, and may not decide; "
            "p-bob may not: proposer or party)"
        )
        assert given.command == "partnerkit person role <person> board"


def test_only_whom_the_record_names_decides_where_the_policy_says_so():
    here = decided(**{"in-record": True})
    here.record["roles"]["board"] = "p-ann"
    assert missing(here) == (
        "Missing: approval by board, 0 of 1 (p-bob is not named as board in subject (from before this step))"
    )


def test_what_was_approved_binds_what_stood_there():
    here = decided()
    here.record["website"] = "https://files.example/1"
    assert missing(here, roster=TWO).endswith("(one of website changed since p-bob approved)")
    here = decided()
    here.data["requirements"]["more"]["approval"]["at-least"] = 1
    assert missing(here, roster=TWO).endswith("(what more demands has changed since p-bob approved)")


def test_an_approval_rests_on_the_evidence_that_was_there():
    here = world(policy(approval=BOARD, rests_on=["report"], others={"report": {"evidence": {"kinds": ["report"]}}}))
    assert asked(here).met
    here.say("evidence", "e", "report", kind="report", ref="a thing")
    assert missing(here).endswith("(the evidence for report changed since p-bob approved)")
    here.record["evidence"] = []
    here.record["approvals"][0]["binds"]["evidence"] = {"e-00000000000f": "c1:" + "0" * 64}
    assert missing(here).endswith("(the evidence for report changed since p-bob approved)"), "gone, and still named"


def test_nobody_decides_where_nobody_has_said_who():
    here = decided()
    here.data = policy(approval={"role": "$decider"}, covers=["website"])
    here.policy = Policy.model_validate(here.data)
    given = asked(here)
    assert given.missing == "SMALL does not say who decides (Who?), and nobody has set it"
    assert given.command == "partnerkit policy set SMALL decider=<role> --seen <seen>"


@pytest.mark.parametrize(
    ("assurance", "said", "why"),
    [
        ("signed-statement", {}, f"the approval of p-bob ({ID}) is not signed with a key of theirs"),
        ("signed-statement", {"signature": "x"}, "the signature of p-bob cannot be verified here: nobody was asked"),
        ("author", {"recorded-by": "p-ann", "seen": "minutes"}, "p-ann recorded it for p-bob, who decides in person"),
    ],
)
def test_why_a_decision_is_not_as_sure_as_the_policy_asks(assurance, said, why):
    here = world(policy(approval={"role": "board", "assurance": assurance}))
    here.record["approvals"][0] |= said
    given = asked(here, roster=TWO)
    assert given.missing == f"Missing: approval by board, 0 of 1 ({why})"
    sign = " --sign" if assurance == "signed-statement" else ""
    assert given.command == f"partnerkit approve subject more{sign}"


def test_a_signature_that_is_wrong_is_none():
    here = world(policy(approval={"role": "board", "assurance": "signed-statement"}))
    here.record["approvals"][0]["signature"] = "x"
    why = f"the approval of p-bob ({ID}) is not signed with a key of theirs"
    assert missing(here, roster=TWO, signed=lambda _said: Signed(wrong="other bytes")).endswith(f"({why})")


def test_parties_acknowledge_once_there_is_a_record_and_all_of_them():
    here = world(policy(acknowledged={"by": ["us", "partner"]}))
    assert asked(here).met
    here.record["acknowledgements"][0]["on"] = "2025-02-28"
    given = asked(here)
    assert (given.missing, given.absent) == ("Missing: acknowledgement by us", ("us",))
    assert given.command == "partnerkit add subject more party=us"


def test_a_record_that_lists_no_parties_is_acknowledged_by_nobody():
    here = world(policy(kind="agreement", acknowledged={"by-each": "parties"}))
    here.record["parties"] = []
    data = {key: one for key, one in here.record.items() if key != "acknowledgements"}
    here.record = data | {"parties": [{"id": "us", "name": "Us"}, {"id": "partner", "name": "Them"}]}
    assert missing(here) == "Missing: acknowledgement by us, partner"


def signing() -> World:
    deed = {"deed": {"evidence": {"kinds": ["document"], "with-digest": True}}}
    here = world(policy(kind="agreement", signed={"by-each": "parties", "document": "deed"}, others=deed))
    assert asked(here).met
    return here


@pytest.mark.parametrize(
    ("said", "why"),
    [
        ({"document": "sha256:" + "2" * 64}, "signed another document, sha256:222222222222…"),
        ({"on": "2026-06-02"}, "is dated 2026-06-02, which is still to come"),
        ({"on": "2025-02-28"}, "is dated 2025-02-28, before there was subject (2025-03-01)"),
    ],
)
def test_why_a_signature_does_not_count(said, why):
    here = signing()
    here.record["signatures"][0] |= said
    party = here.record["signatures"][0]["party"]
    who = party if "document" in said else f"the signature of {party}"
    given = asked(here)
    assert given.missing == f"Missing: the signature of {party} ({who} {why})"
    assert given.command == f"partnerkit add subject more party={party} --on <day>"


def test_nothing_is_signed_without_a_document():
    here = signing()
    here.record["evidence"] = []
    given = asked(here)
    assert given.missing == "there is no document with a digest to be signed"
    assert given.command == "partnerkit add subject deed <document>"


def test_nobody_waives_what_nobody_may_waive_yet():
    here = world(policy(reason=True, waivable={"by": "$decider"}))
    here.reason = None
    here.say("waivers", "w", "more", role="board", reason="in a hurry", until="2026-12-31")
    found = question(here)
    [(waiver, said)] = of_sort(statements(found.record), Waiver)
    assert waiver_against(found, said, waiver) == (
        "role-not-held",
        "SMALL does not say who may waive more, and nobody has set it",
    )
    assert may_waive(found, found.day) == []
    assert not asked(here).waived
