"""Why what is shown, stated, listed or named does not meet a demand: in so many words, with the line that mends it."""

from __future__ import annotations

import pytest
from pydantic import ValidationError

from partnerkit.policies.consistency import problems
from partnerkit.policies.policy import Policy
from tests.rules.bench import asked, held, missing, policy, world

REPORT = {"evidence": {"kinds": ["report"]}}


@pytest.mark.parametrize(
    ("demand", "said", "why"),
    [
        ({}, {"kind": "poem"}, "e-000000000001 is a poem, not a report"),
        (
            {},
            {"outcome": "not-needed", "summary": "It is a charity."},
            "e-000000000001 says it is not needed, which is not possible here",
        ),
        (
            {"not-needed": True},
            {"outcome": "not-needed"},
            "e-000000000001 says it is not needed, and not why: more needs summary=",
        ),
        ({}, {"on": "2026-06-02"}, "e-000000000001 is dated 2026-06-02, which is still to come"),
        ({}, {"valid-until": "2026-05-31"}, "e-000000000001 was valid until 2026-05-31"),
        ({"fresh-for": "P30D"}, {"on": "2026-05-01"}, "e-000000000001 of 2026-05-01 is older than P30D"),
        ({"outcomes": ["pass"]}, {"outcome": "fail"}, "e-000000000001 has the outcome fail, wanted is pass"),
        ({"with-digest": True}, {"digest": None}, "e-000000000001 does not record the digest of its bytes"),
    ],
)
def test_why_a_piece_of_evidence_does_not_serve(demand, said, why):
    here = world(policy(evidence={"kinds": ["report"], **demand}))
    [piece] = here.record["evidence"]
    here.record["evidence"] = [{key: one for key, one in {**piece, **said}.items() if one is not None}]
    assert missing(here).endswith(f" ({why})")


def card(scale=None, **demand):
    data = policy(scores={"card": "fit", **demand})
    criteria = {"values": {"clause": "§1.1", "title": "Values"}, "manner": {"clause": "§1.1", "title": "Manner"}}
    data["scorecards"] = {"fit": {"title": "Does it fit?", "criteria": criteria} | ({"scale": scale} if scale else {})}
    return world(data)


def test_a_scorecard_is_whole_gives_its_reasons_and_adds_up_to_enough():
    here = card(minimum=6)
    assert asked(here).met
    marks = here.record["scores"][0]["marks"]
    del marks["values"]["why"]
    assert missing(here) == "the scorecard c-000000000001 does not serve (values: the reason is missing)"
    marks["values"] = {"score": 2, "why": "so"}
    assert missing(here) == "the scores add up to 5, and 6 are needed"
    del marks["manner"]
    assert missing(here) == "the scorecard c-000000000001 lacks manner"
    here.record["scores"] = []
    assert missing(here) == "Missing: the scorecard “Does it fit?” (2 criteria)"


def test_points_that_the_scale_does_not_have_do_not_serve():
    """They were typed by hand: `add` refuses them."""
    here = card(scale=[1, 5])
    marks = here.record["scores"][0]["marks"]
    marks["values"]["score"], marks["manner"]["score"] = 5, 6
    assert missing(here) == "the scorecard c-000000000001 does not serve (manner: 6 is not on the scale from 1 to 5)"
    marks["manner"]["score"] = 1
    assert asked(here).met


@pytest.mark.parametrize("scale", [[5, 1], [1, 1], [1], [1, 2, 3], [0, 101]])
def test_a_scale_is_least_and_then_most(scale):
    with pytest.raises(ValidationError):
        card(scale=scale)


def test_a_role_is_not_filled_by_somebody_who_does_not_hold_it():
    here = world(policy(filled=["roles.board", "website"], ask="Say who looks after it."))
    here.record |= {"roles": {"board": "p-ann"}, "website": "https://files.example/1"}
    assert asked(here).met
    given = asked(here, roster=held(p_ann=[{"role": "board", "until": "2026-05-31"}], p_bob=[{"role": "board"}]))
    assert given.missing == (
        "Say who looks after it. roles.board names p-ann, who does not hold the role board on 2026-06-01"
    )
    assert given.command == "partnerkit set subject roles.board=<roles.board>"
    assert given.people == ["p-bob"]


def test_a_text_that_is_no_number_is_out_of_every_bound():
    """A step may bring the text together with a policy that allows it: it is judged by the one before."""
    data = policy(compare={"field": "size", "minimum": 3})
    data["fields"] = {"partnership": {"size": {"type": "text", "clause": "§1.1", "title": "How many they are."}}}
    here = world(data)
    here.record["size"] = "12"
    assert asked(here).met
    here.record["size"] = "a dozen"
    assert missing(here) == "Missing: size is no number yet"


def notice(field="notice"):
    agreed = {"kind": "agreement", "in": ["executed"], "field": field}
    demand = {"given": "termination.notice-given", "effective": "termination.effective", "at-least": "P10D"}
    data = policy(notice={**demand, "agreed-in": agreed})
    data["lifecycles"]["agreement"] = {
        "starts": "draft",
        "stages": {"draft": {"title": "Draft"}, "executed": {"title": "In force"}},
        "transitions": [{"from": "draft", "to": "executed"}],
    }
    here = world(data)
    here.record["termination"] = {"trigger": "breach", "notice-given": "2026-05-01", "effective": "2026-06-01"}
    for stage, span in (("draft", "P2Y"), ("executed", "P60D")):
        other = here.made("agreement", f"of-{stage}", stage)
        here.linked.append({**other, "partnership": "subject", "notice": span})
    return here


def test_only_an_agreement_that_binds_makes_notice_longer():
    here = notice()
    assert "P60D" in missing(here)
    here.linked.pop()
    assert asked(here).met, "a draft agrees on nothing"


def test_notice_says_when_it_was_given_and_no_day_to_come():
    here = notice()
    here.record["termination"]["notice-given"] = "2026-06-02"
    assert missing(here) == "notice is dated 2026-06-02, which is still to come"
    del here.record["termination"]["notice-given"]
    given = asked(here)
    assert given.missing == "Missing: termination.notice-given"
    assert given.command == "partnerkit set subject termination.notice-given=<termination.notice-given>"


def test_an_agreement_that_says_no_duration_agrees_on_no_notice():
    here = notice("title")
    assert asked(here).met
    assert placed(here.data) == [("requirements.more.notice.agreed-in.field", "title of an agreement is no duration")]
    assert placed(notice().data) == []


def placed(data):
    return [(".".join(map(str, one.path)), one.message) for one in problems(Policy.model_validate(data))]


def listed(**demand):
    return world(policy(listed={"field": "activities", "where": {"kind": "talk"}, **demand}))


@pytest.mark.parametrize(
    ("on", "why"),
    [
        ("2026-06-02", "one is dated 2026-06-02, which is still to come"),
        ("2026-04-30", "one of 2026-04-30 is older than P31D"),
    ],
)
def test_why_an_item_does_not_count(on, why):
    here = listed(**{"fresh-for": "P31D"})
    here.record["activities"] = [{"on": on, "kind": "talk", "title": "A talk"}]
    given = asked(here)
    assert given.missing == f"Missing: 1 more of 1 in activities where kind is talk ({why})"
    assert given.command is not None
    assert given.command.startswith("partnerkit add subject activities ")
    here.record["activities"][0]["on"] = "2026-06-01"
    assert asked(here).met


def test_an_item_of_a_list_of_the_policys_own_may_say_on_in_words():
    data = policy(listed={"field": "tours", "at-least": 1})
    on = {"type": "text", "clause": "§1.1", "title": "On which occasion."}
    data["fields"] = {"partnership": {"tours": {"type": "items", "clause": "§1.1", "title": "T", "fields": {"on": on}}}}
    here = world(data)
    here.record["tours"] = [{"on": "the first day of spring"}]
    assert asked(here).met


def test_the_latest_finding_counts_not_the_best():
    here = world(policy(evidence={"kinds": ["report"], "outcomes": ["pass"]}))
    here.say("evidence", "e", "more", kind="report", ref="a thing", outcome="fail")
    assert missing(here).endswith(
        "(e-000000000002 has the outcome fail, wanted is pass, and it is newer than e-000000000001: "
        "the latest finding counts)"
    )
    here.record["evidence"][1]["on"] = "2026-04-30"
    assert asked(here).uses == ["e-000000000001"]


def test_where_only_one_may_stand_the_older_is_withdrawn():
    here = world(policy(evidence={"kinds": ["report"], "single": True}))
    here.say("evidence", "e", "more", kind="report", ref="another")
    given = asked(here)
    assert given.missing == "2 pieces stand, and only one may: withdraw what no longer counts"
    assert given.command == "partnerkit add subject more withdraw=e-000000000001 --reason <reason>"


def test_a_period_is_opened_stays_open_and_is_closed():
    here = world(policy(period={"open-for": "P14D"}))
    opened, closed = here.record["evidence"]
    assert missing(here) == "it was closed on 2026-05-01, before it had been open until 2026-05-15"
    closed["on"] = "2026-05-15"
    assert asked(here).uses == [opened["id"], closed["id"]]
    here.record["evidence"] = [opened]
    given = asked(here)
    assert given.missing == "open since 2026-05-01 and not closed with a summary"
    assert given.command == "partnerkit add subject more kind=closed summary=<summary>"
    opened["on"] = "2026-05-31"
    given = asked(here)
    assert (given.missing, given.command) == ("open since 2026-05-31; it must stay open until 2026-06-14", None)
    opened["on"] = "2025-02-01"
    assert missing(here).endswith(
        f"({opened['id']} says 2025-02-01, but the record is there since 2025-03-01: that day counts)"
    )
    here.record["evidence"] = []
    assert missing(here) == "Missing: it has not been opened"


def test_a_record_has_stood_long_enough_where_it_stands():
    here = world(policy(dwell={"at-least": "P1M"}))
    assert asked(here).met
    here.record["history"][-1]["at"] = "2026-05-02T12:00:00Z"
    assert missing(here) == "in proposed since 2026-05-02, and until 2026-06-02 at least"
    here.record["history"][-1]["at"] = "2026-05-01T12:00:00Z"
    assert asked(here).met, "the boundary is met"


def test_what_was_said_before_it_could_be_does_not_count():
    here = world(
        policy(evidence={"kinds": ["report"]}, after=["first"], others={"first": {"evidence": {"kinds": ["link"]}}})
    )
    assert asked(here).met
    first = next(one for one in here.record["evidence"] if one["requirement"] == "first")
    more = next(one for one in here.record["evidence"] if one["requirement"] == "more")
    first["at"] = "2026-05-02T12:00:00Z"
    assert missing(here) == f"Missing: report ({more['id']} came before first, and does not count)"


def test_one_of_several_suffices_and_all_are_named_where_none_is_met():
    others = {"report": {"evidence": {"kinds": ["report"]}}, "word": {"reason": True}}
    here = world(policy(any_of=["report", "word"], ask="Show it or say it.", others=others))
    assert asked(here).met
    here.record["evidence"] = []
    words = missing(here)
    assert words.startswith("Show it or say it. One of these: report (Missing: report; partnerkit add subject report ")
    assert "; or word (" in words
