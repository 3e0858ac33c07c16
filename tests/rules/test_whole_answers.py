"""What each party answers to a question of the policy: what counts, what waits, where an answer leads."""

from __future__ import annotations

from typing import Any

import pytest

from partnerkit.kinds.canonical import canonical
from partnerkit.policies.consistency import problems
from partnerkit.policies.demands import AcknowledgedDemand
from partnerkit.rules.question import Answer
from tests.policies.fulfil import World
from tests.policies.samples import parsed
from tests.rules.bench import asked, missing, policy, world
from tests.rules.whole import EVERYBODY

ANSWERS: dict[str, Any] = {
    "good": {"means": "met"},
    "unsure": {"means": "waits"},
    "bad": {"means": "stops", "leads-to": "ended", "of": {"name": "Acme"}, "when": {"title": "Ours"}},
}
KNOWN = "(bad, good or unsure)"  # the keys of a policy in memory are sorted


def answering(**answers: dict[str, Any]) -> World:
    """An agreement of two parties, each of whom has answered `good`."""
    data = policy(kind="agreement", acknowledged={"by-each": "parties", "answers": answers or ANSWERS})
    cycle = data["lifecycles"]["agreement"]
    cycle["stages"]["ended"] = {"title": "Ended"}
    cycle["transitions"].append({"from": "draft", "to": "ended"})
    here = world(data)
    here.put("title", "Ours")
    here.put("parties", [{"id": "us", "name": "We"}, {"id": "partner", "name": "Acme"}])
    here.record["acknowledgements"], here._count = [], 0
    for party in ("us", "partner"):
        here.say("acknowledgements", "k", "more", party=party, answer="good")
    assert asked(here) == Answer(met=True, uses=["k-000000000001", "k-000000000002"])
    return here


def say(here: World, party: str, answer: str | None, at: str = "2026-05-02T12:00:00Z", **more: Any) -> dict[str, Any]:
    here.say("acknowledgements", "k", "more", party=party, **({"answer": answer} if answer else {}), **more)
    said: dict[str, Any] = here.record["acknowledgements"][-1]
    said["at"] = at
    return said


def test_who_has_not_answered_is_asked_with_the_answers_there_are():
    here = answering()
    del here.record["acknowledgements"][0]
    line = "partnerkit add subject more party=us answer=<answer>"
    words = f"Missing: the answer of us {KNOWN}"
    assert asked(here) == Answer(False, words, people=EVERYBODY, command=line, absent=("us",))


def test_who_is_not_sure_is_waited_for_and_may_answer_again():
    here = answering()
    say(here, "us", "unsure")
    line = "partnerkit add subject more party=us answer=<answer>"
    words = "Missing: us answered unsure: so it waits"
    assert asked(here) == Answer(False, words, people=EVERYBODY, command=line, absent=("us",))
    say(here, "us", "good")  # at the same moment: what stands later in the file was said later
    assert asked(here).uses == ["k-000000000004", "k-000000000002"]


def test_the_latest_answer_counts_whatever_the_order_of_the_file():
    here = answering()
    say(here, "us", "bad", at="2026-04-30T12:00:00Z")
    assert asked(here).met
    here.record["acknowledgements"][-1]["at"] = "2026-05-03T12:00:00Z"
    assert missing(here) == "Missing: us answered bad: whoever looks after it is to see to it"


def test_an_answer_leads_elsewhere_where_the_party_and_the_record_are_as_it_says():
    here = answering()
    say(here, "partner", "bad")
    given = asked(here)
    assert given.missing == "Missing: partner answered bad: it leads to ended"
    assert given.command == "partnerkit advance subject ended --reason <reason>"
    here.put("title", "Another")
    given = asked(here)
    assert given.missing == "Missing: partner answered bad: whoever looks after it is to see to it"
    assert given.command == "partnerkit add subject more party=partner answer=<answer>"


def test_where_an_answer_leads_is_offered_before_others_are_asked():
    here = answering()
    here.record["acknowledgements"] = []
    say(here, "partner", "bad")
    given = asked(here)
    assert given.missing == f"Missing: the answer of us {KNOWN}; partner answered bad: it leads to ended"
    assert given.command == "partnerkit advance subject ended --reason <reason>"
    assert given.absent == ("us", "partner")


def test_an_answer_that_was_taken_back_brings_no_older_one_back():
    here = answering()
    back = {"at": "2026-05-03T12:00:00Z", "by": "p-rosa", "reason": "typed for another"}
    say(here, "us", "bad", withdrawn=back)
    assert missing(here) == "Missing: us took back an answer (k-000000000003), and has not answered since"
    say(here, "us", "good", at="2026-05-04T12:00:00Z")
    assert asked(here).met
    here.record["acknowledgements"][-1]["withdrawn"] = back | {"at": "2026-05-05T12:00:00Z"}
    assert missing(here) == "Missing: us took back an answer (k-000000000003), and has not answered since"


@pytest.mark.parametrize(
    ("answer", "words"),
    [(None, "us has not said which of the answers it is"), ("fine", "us answered fine, which is none of the answers")],
)
def test_what_is_none_of_the_answers_counts_for_nothing(answer, words):
    here = answering()
    say(here, "us", answer)
    assert missing(here) == f"Missing: {words}"


def test_an_answer_on_a_day_to_come_is_none_yet():
    here = answering()
    say(here, "us", "bad", on="2026-06-02")
    assert asked(here).met
    here.record["acknowledgements"][-1]["on"] = "2026-06-01"
    assert not asked(here).met


@pytest.mark.parametrize(
    ("spec", "why"),
    [
        ({"means": "waits", "leads-to": "ended"}, "only an answer that stops"),
        ({"means": "stops", "of": {"name": "x"}}, "say `leads-to` too"),
        ({"means": "stops"}, "none of the answers meets it"),
    ],
)
def test_answers_that_say_nothing_together_are_refused(spec, why):
    with pytest.raises(ValueError, match=why):
        AcknowledgedDemand.model_validate({"by-each": "parties", "answers": {"one": spec}})


def test_of_asks_of_blocks_and_not_of_names():
    stops = {"means": "stops", "leads-to": "ended", "of": {"name": "x"}}
    with pytest.raises(ValueError, match="names parties alone"):
        AcknowledgedDemand.model_validate({"by": ["us"], "answers": {"good": {"means": "met"}, "bad": stops}})


def test_an_answer_leads_only_where_there_is_a_way():
    data = answering().data
    assert problems(parsed(canonical(data))) == []
    spec = data["requirements"]["more"]["acknowledged"]["answers"]["bad"]
    spec["leads-to"] = "nowhere"
    assert [one.message for one in problems(parsed(canonical(data)))] == [
        "no way of an agreement leads from draft to nowhere"
    ]
    spec |= {"leads-to": "ended", "of": {"nam": "x"}}
    assert "parties.nam" in problems(parsed(canonical(data)))[0].message
