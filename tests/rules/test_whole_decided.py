"""Decisions: the whole answer, with who may supply what is missing, and the line."""

from __future__ import annotations

import pytest

from partnerkit.policies.policy import Policy
from partnerkit.rules.question import Answer
from tests.policies.fulfil import World
from tests.rules.bench import asked, held, missing, policy, world
from tests.rules.whole import lacking, note, opened

BOARD = {"role": "board"}
ID = "a-000000000001"


def to_decide(data=None, **demand) -> World:
    """A partnership on which nobody has decided yet."""
    here = world(data or policy(approval={"role": "board", **demand}, ask="Decide.", who=["board"]))
    here.record["approvals"] = []
    return here


def test_a_decision_that_is_missing_is_told_whole():
    words = "Decide. Missing: approval by board, 0 of 1"
    line = "partnerkit approve subject more --for p-ann --seen <seen>"
    assert asked(to_decide()) == lacking(words, line)
    nobody = lacking(words, "partnerkit person role <person> board", people=[])
    assert asked(to_decide(), roster=held(p_ann=[{"role": "chair"}])) == nobody
    in_person = lacking(words, "partnerkit approve subject more --sign")
    assert asked(to_decide(assurance="signed-statement")) == in_person
    assert asked(to_decide(assurance="author")).command == "partnerkit approve subject more"


def test_a_decision_names_its_votes_and_what_the_policy_leaves_open():
    data = opened(policy(approval={"role": "board", "at-least": "$many"}), many="count")
    here = world(data)
    assert asked(here) == Answer(met=True, uses=[ID], notes=[note("many")])
    here.record["approvals"] = []
    line = "partnerkit approve subject more --for p-ann --seen <seen>"
    assert asked(here) == lacking("Missing: approval by board, 0 of 1", line, note("many"))


def test_whoever_has_decided_is_not_asked_again():
    here = world(policy(approval={"role": "board", "at-least": 3}))
    given = asked(here)
    assert given.missing == "Missing: approval by board, 2 of 3"
    assert given.people == ["p-rosa"]
    assert given.command == "partnerkit approve subject more --for p-rosa --seen <seen>"


def test_nobody_has_said_who_decides_and_what_else_is_open():
    data = policy(approval={"role": "board", "at-least": "$many"})
    here = world(data)
    here.data["requirements"]["more"]["approval"]["role"] = "$decider"
    here.policy = Policy.model_validate(opened(here.data, many="count"))
    words = "SMALL does not say who decides (Who?), and nobody has set it"
    line = "partnerkit policy set SMALL decider=<role> --seen <seen>"
    assert asked(here) == Answer(False, words, command=line, notes=[note("many")])


def test_a_role_that_no_variable_gives_is_asked_for_all_the_same():
    """A step may bring the requirement together with the variable: it is judged by the policy before it."""
    here = world(policy(approval={"role": "board"}))
    here.data["requirements"]["more"]["approval"]["role"] = "$head"
    here.policy = Policy.model_validate(here.data)
    words = "SMALL does not say who decides (Who decides?), and nobody has set it"
    assert asked(here) == Answer(False, words, command="partnerkit policy set SMALL head=<role> --seen <seen>")


def in_dortmund(**demand) -> World:
    data = policy(approval={"role": "board", "scope": {"city": "city", "part": "part"}, **demand})
    text = {"type": "text", "clause": "§1.1", "title": "Where it is."}
    data["fields"] = {"partnership": {"city": text, "part": text}}
    data["roles"]["board"]["scopes"] = ["city", "part"]
    here = world(data)
    here.record |= {"city": "Dortmund", "part": "North"}
    return here


def test_a_role_for_two_scopes_is_asked_and_given_for_both():
    here = in_dortmund()
    here.record["approvals"] = []
    given = asked(here, roster=held(p_ann=[{"role": "chair"}]))
    assert given.missing == "Missing: approval by board for Dortmund, North, 0 of 1"
    assert given.command == "partnerkit person role <person> board --scope city=Dortmund --scope part=North"
    del here.record["part"]
    half = asked(here, roster=held(p_ann=[BOARD]))
    assert (half.missing, half.people) == ("Missing: approval by board for Dortmund, 0 of 1", [])


@pytest.mark.parametrize(
    ("held_by_bob", "why"),
    [
        ([{"role": "chair"}], "p-bob does not hold the role board for Dortmund, North on 2026-06-01"),
        (
            [
                {"role": "board", "scope": {"city": "Essen", "part": "West"}},
                {"role": "board", "scope": {"city": "Hamm"}},
            ],
            "p-bob does not hold the role board for Dortmund, North (only for Essen, West and Hamm) on 2026-06-01",
        ),
        (
            [
                {"role": "board", "from": "2026-05-02"},
                {"role": "board", "scope": {"city": "Hamm"}},
                {"role": "chair", "scope": {"city": "Bonn"}},
            ],
            "p-bob did not hold the role board for Dortmund, North on 2026-05-01",
        ),
    ],
)
def test_for_what_else_somebody_holds_the_role(held_by_bob, why):
    assert missing(in_dortmund(), roster=held(p_bob=held_by_bob)) == (
        f"Missing: approval by board for Dortmund, North, 0 of 1 ({why})"
    )


def test_a_role_asked_for_everything_is_not_held_for_a_part():
    here = world(policy(approval=BOARD))
    roster = held(p_bob=[{"role": "board", "scope": {"city": "Hamm"}}])
    assert missing(here, roster=roster) == (
        "Missing: approval by board, 0 of 1 "
        "(p-bob does not hold the role board for everything (only for Hamm) on 2026-06-01)"
    )


@pytest.mark.parametrize(
    ("demand", "people", "wanted"),
    [
        ({"fraction": "2/3"}, 1, 1),
        ({"fraction": "2/3"}, 3, 2),
        ({"fraction": "2/3"}, 4, 3),
        ({"more-than": "1/2"}, 3, 2),
        ({"more-than": "1/2"}, 4, 3),
        ({"more-than": "2/3"}, 4, 3),
        ({"at-least": 3, "fraction": "1/2"}, 4, 3),
        ({"at-least": 3, "more-than": "1/4"}, 4, 3),
        ({"at-least": 0}, 2, 1),
        ({"at-least": 2}, 1, 2),
        ({"fraction": "1/3"}, 0, 1),
    ],
)
def test_how_many_of_so_many_must_decide(demand, people, wanted):
    roster = held(**{f"p_{number}": [BOARD] for number in range(people)})
    assert missing(to_decide(**demand), roster=roster).endswith(f"approval by board, 0 of {wanted}")


def test_votes_are_counted_among_those_who_hold_the_role_for_the_scope():
    here = in_dortmund(fraction="1/1")
    here.record["approvals"] = []
    both = {"role": "board", "scope": {"city": "Dortmund", "part": "North"}}
    other = {"role": "board", "scope": {"city": "Hamm"}}
    roster = held(p_ann=[both], p_bob=[both], p_eve=[other], p_old=[{**both, "until": "2026-05-31"}])
    given = asked(here, roster=roster)
    assert (given.missing, given.people) == (
        "Missing: approval by board for Dortmund, North, 0 of 2",
        ["p-ann", "p-bob"],
    )


def said(here: World, **more) -> None:
    """One more word of p-bob on it."""
    binds = here.record["approvals"][0]["binds"]
    here.say("approvals", "a", "more", **{"record": "subject", "role": "board", "binds": binds, **more})


YES, NO = {"decision": "approve"}, {"decision": "reject"}
LATER, TAKEN = "2026-05-02T12:00:00Z", {"at": "2026-05-03T12:00:00Z", "by": "p-bob", "reason": "A slip."}


@pytest.mark.parametrize(
    ("first", "then", "why"),
    [
        (YES, {**NO, "at": LATER}, "p-bob decided: reject"),
        ({**NO, "at": LATER}, YES, "p-bob decided: reject"),  # in the order of time, not of the file
        (NO, {**YES, "at": LATER}, None),
        (NO, YES, "p-bob decided: reject"),  # said at one moment, the approval gives way
        (YES, NO, "p-bob decided: reject"),
        (YES, {"decision": "request-changes", "at": LATER}, "p-bob decided: request changes"),
        (YES, {**NO, "at": LATER, "withdrawn": TAKEN}, "p-bob took back a no (a-000000000002), and has not decided since"),
        ({**NO, "withdrawn": TAKEN}, {**YES, "at": LATER}, None),  # decided since
        (YES, {**NO, "at": "2026-06-02T12:00:00Z", "withdrawn": {**TAKEN, "at": "2026-06-03T12:00:00Z"}}, None),
        (YES, {**YES, "at": LATER, "withdrawn": TAKEN}, None),  # a yes that was withdrawn counts for nothing
        (YES, {**NO, "at": LATER, "withdrawn": {**TAKEN, "at": "2026-06-02T12:00:00Z"}}, "p-bob decided: reject"),
        (YES, {**NO, "at": LATER, "withdrawn": {**TAKEN, "at": "2026-06-01T12:00:00Z"}}, "p-bob took back a no (a-000000000002), and has not decided since"),
    ],
)  # laid out by hand, to be read at a glance  # fmt: skip
def test_the_latest_word_of_somebody_counts(first, then, why):
    here = world(policy(approval=BOARD))
    here.record["approvals"][0] |= first
    said(here, **then)
    given = asked(here, roster=held(p_bob=[BOARD]))
    assert given.met == (why is None)
    if why:
        assert given.missing == f"Missing: approval by board, 0 of 1 ({why})"


def test_a_no_said_at_the_very_moment_counts_where_it_was_withdrawn():
    here = world(policy(approval=BOARD))
    said(here, **NO, at="2026-06-01T12:00:00Z", withdrawn={**TAKEN, "at": "2026-06-01T12:00:00Z"})
    assert "took back a no" in missing(here)


def test_a_no_on_something_else_is_none_here():
    others = {"other": {"approval": BOARD}}
    here = world(policy(approval=BOARD, others=others))
    said(here, requirement="other", **NO, at=LATER)
    said(here, requirement="other", **NO, at=LATER, withdrawn=TAKEN)
    assert asked(here).uses == [ID]


def test_every_reason_against_is_told():
    here = world(policy(approval={"role": "board", "at-least": 2}))
    here.record["approvals"][0]["decision"] = "reject"
    here.record["approvals"][1]["role"] = "chair"
    assert missing(here) == (
        "Missing: approval by board, 0 of 2 (p-ann approved as chair, not as board; p-bob decided: reject)"
    )


@pytest.mark.parametrize("separation", ["require", "warn", "off"])
def test_those_with_an_interest_are_named_where_they_decide_or_may_not(separation):
    data = opened(policy(approval={"role": "board", "at-least": "$many"}), many="count")
    here = world(data | {"separation-of-duties": separation})
    said(here, by="p-ann", **YES)
    here.record |= {"proposer": "p-bob", "interested": ["p-ann", "p-rosa"]}
    given = asked(here)
    if separation == "require":
        assert given.missing == (
            "Missing: approval by board, 0 of 1 "
            "(p-bob is the proposer of subject or a party to it, and may not decide; "
            "p-ann is the proposer of subject or a party to it, and may not decide; "
            "p-ann, p-bob, p-rosa may not: proposer or party)"
        )
        assert (given.people, given.command) == ([], "partnerkit person role <person> board")
        freed = asked(here, roster=held(p_ann=[BOARD], p_bob=[BOARD], p_eve=[BOARD]))
        assert "may not: proposer or party" not in str(freed.missing), "somebody else may"
        assert freed.people == ["p-eve"]
    else:
        words = "decided on subject and is its proposer or a party to it"
        warned = [f"p-ann {words}", f"p-bob {words}"] if separation == "warn" else []
        assert given == Answer(met=True, uses=[ID, "a-000000000002"], notes=[note("many"), *warned])


def test_nobody_is_barred_from_what_they_could_not_decide_anyway():
    here = in_dortmund()
    here.data["separation-of-duties"] = "require"
    here.policy = Policy.model_validate(here.data)
    here.record |= {"approvals": [], "interested": ["p-ann", "p-bob"]}
    there, elsewhere = {"city": "Dortmund", "part": "North"}, {"city": "Hamm"}
    roster = held(p_ann=[{"role": "board", "scope": elsewhere}], p_bob=[{"role": "board", "scope": there}])
    assert missing(here, roster=roster) == (
        "Missing: approval by board for Dortmund, North, 0 of 1 (p-bob may not: proposer or party)"
    )


def test_whoever_holds_the_role_for_that_very_scope_decides():
    there = {"role": "board", "scope": {"city": "Dortmund", "part": "North"}}
    assert asked(in_dortmund(), roster=held(p_bob=[there])) == Answer(met=True, uses=[ID])


def test_where_nobody_is_barred_nothing_is_said_of_it():
    data = policy(approval=BOARD) | {"separation-of-duties": "require"}
    here = to_decide(data)
    here.record["proposer"] = "p-eve"
    assert missing(here, roster=held(p_eve=[{"role": "chair"}])) == "Missing: approval by board, 0 of 1"


def test_nobody_who_is_named_for_the_role_is_asked_before_others():
    here = to_decide(**{"in-record": True})
    here.record["roles"] = {"board": "p-rosa"}
    given = asked(here)
    assert (given.people, given.command) == (
        ["p-rosa"],
        "partnerkit approve subject more --for p-rosa --seen <seen>",
    )


def test_a_decision_on_the_day_on_which_it_counts():
    here = world(policy(approval=BOARD))
    for day in ("2025-03-01", "2026-06-01"):
        here.record["approvals"][0]["on"] = day
        assert asked(here).met
