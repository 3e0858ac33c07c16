"""Acknowledgements and signatures: the whole answer, with who may supply what is missing, and the line."""

from __future__ import annotations

from partnerkit.policies.policy import Policy
from partnerkit.rules.question import Answer
from tests.policies.fulfil import FILE, World
from tests.rules.bench import asked, missing, moved, policy, question, world
from tests.rules.whole import EVERYBODY, TOLD, lacking

NOBODY_LISTED = "the parties: the record lists none"


def acknowledged(**more) -> World:
    here = world(policy(acknowledged={"by": ["us", "partner"]}, **more))
    here.record["acknowledgements"].pop(0)
    return here


def test_an_acknowledgement_that_is_missing_is_told_whole():
    words, line = "Missing: acknowledgement by us", "partnerkit add subject more party=us"
    assert asked(acknowledged()) == Answer(False, words, people=EVERYBODY, command=line, absent=("us",))
    assert asked(acknowledged(**TOLD)) == lacking(f"Do it. {words}", line, absent=("us",))
    here = acknowledged()
    here.record["acknowledgements"] = []
    assert asked(here).missing == "Missing: acknowledgement by us, partner"


def test_an_acknowledgement_counts_from_the_first_day_and_is_used_in_the_order_of_the_parties():
    here = world(policy(acknowledged={"by": ["us", "partner"]}))
    here.record["acknowledgements"][0]["on"] = "2025-03-01"
    here.record["acknowledgements"].reverse()
    assert asked(here) == Answer(met=True, uses=["k-000000000001", "k-000000000002"])


def test_an_acknowledgement_on_a_day_to_come_is_none_yet():
    here = world(policy(acknowledged={"by": ["us", "partner"]}))
    here.record["acknowledgements"][0]["on"] = "2026-06-01"
    assert asked(here).met
    here.record["acknowledgements"][0]["on"] = "2026-06-02"
    assert missing(here) == "Missing: acknowledgement by us"


def test_where_no_parties_are_listed_nobody_has_acknowledged_or_signed():
    here = world(policy(kind="agreement", acknowledged={"by-each": "parties"}))
    del here.record["parties"]
    words = f"Missing: acknowledgement by {NOBODY_LISTED}"
    assert asked(here) == Answer(False, words, people=EVERYBODY)
    here = signing()
    del here.record["parties"]
    assert asked(here) == Answer(False, f"Missing: the signature of {NOBODY_LISTED}", people=EVERYBODY)


def signing(**more) -> World:
    deed = {"deed": {"evidence": {"kinds": ["document"], "with-digest": True}}}
    here = world(policy(kind="agreement", signed={"by-each": "parties", "document": "deed"}, others=deed, **more))
    assert asked(here).met
    return here


def test_a_signature_that_is_missing_is_told_whole():
    here = signing(**TOLD)
    first, *others = [one["id"] for one in here.record["parties"]]
    here.record["signatures"].pop(0)
    line = f"partnerkit add subject more party={first} --on <day>"
    assert asked(here) == lacking(f"Do it. Missing: the signature of {first}", line, absent=(first,))
    here.record["signatures"] = []
    assert asked(here).missing == f"Do it. Missing: the signature of {', '.join([first, *others])}"
    here.record["evidence"] = []
    words = "there is no document with a digest to be signed"
    assert asked(here) == lacking(words, "partnerkit add subject deed <document>")


def test_signatures_are_used_in_the_order_of_the_parties_and_every_reason_is_told():
    here = signing()
    for one in here.record["signatures"]:
        one["on"] = "2026-06-01"
    here.record["signatures"].reverse()
    ids = {one["party"]: one["id"] for one in here.record["signatures"]}
    assert asked(here) == Answer(met=True, uses=[ids[one["id"]] for one in here.record["parties"]])
    for one in here.record["signatures"]:
        one["on"] = "2025-03-01"
    assert asked(here).met, "from the first day"
    for one in here.record["signatures"]:
        one["on"] = "2026-06-02"
    parties = [one["party"] for one in here.record["signatures"]]
    dated = "; ".join(f"the signature of {one} is dated 2026-06-02, which is still to come" for one in parties)
    assert missing(here).endswith(f" ({dated})")


def test_the_latest_document_is_the_one_to_be_signed():
    here = signing()
    assert here.record["signatures"][0]["document"] == FILE
    here.say("evidence", "e", "deed", kind="document", ref="another", digest="sha256:" + "2" * 64, claimed=True)
    assert "signed another document, sha256:111111111111…" in missing(here)
    here.record["evidence"].pop()
    here.say("evidence", "e", "other", kind="document", ref="another", digest="sha256:" + "2" * 64, claimed=True)
    assert asked(here).met, "what is shown for something else is not signed"
    del here.record["evidence"][0]["digest"]
    assert missing(here) == "there is no document with a digest to be signed"


def test_the_way_back_to_an_earlier_gate_brings_another_document():
    """Where a gate that asks for the document was passed, it is exchanged only after going back behind that gate."""
    here = signing()
    data = here.data
    ways = data["lifecycles"]["agreement"]["transitions"]
    data["lifecycles"]["agreement"]["stages"]["sealed"] = {"title": "Sealed"}
    ways[0] = {"from": "draft", "to": "sealed", "needs": ["deed"]}
    ways.append({"from": "sealed", "to": "executed", "needs": ["more"]})
    here.policy = Policy.model_validate(data)
    moved(here, "sealed")
    here.record["evidence"] = []
    found = question(here)
    assert found.record.stage == "sealed"
    assert asked(here).command == "partnerkit add subject deed <document>", "no way leads back"
    ways.append({"from": "sealed", "to": "draft"})
    here.policy = Policy.model_validate(data)
    assert asked(here).command == "partnerkit advance subject draft --reason <reason>"
