"""What is classified above what the register holds: told with the line that says it by a reference."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from partnerkit.findings import Finding
from partnerkit.rules.classified import in_words, inline, told, touch
from partnerkit.rules.elsewhere import content_stays_elsewhere, nothing_classified_comes_in
from partnerkit.rules.steps import judge_step
from partnerkit.steps import Step
from tests.policies.fulfil import World
from tests.rules.bench import look, moved, policy, question, register, world
from tests.rules.expunging import LISTED
from tests.rules.sealing import found, seen

REFERENCE = "vault/deal.pdf sha256:" + "1" * 64
SAID = {"at": "2026-05-20T12:00:00Z", "by": "p-bob", "reason": "It named somebody."}


def secret() -> World:
    """A confidential partnership in which everybody says something."""
    here = world(policy(approval={"role": "board"}))
    here.record |= {"classification": "confidential", "objectives": [{"id": "o1", "text": "To make money."}]}
    here.record["approvals"][0] |= {"reason": "They are kind.", "withdrawn": SAID}
    here.say("evidence", "e", "more", kind="report", ref="a thing", summary="They are rich.")
    here.say("scores", "c", "more", marks={"fit": {"score": 3, "why": "They fit."}})
    here.say("waivers", "w", "more", role="board", reason="They are known.", until="2026-12-31")
    moved(here, "active", reason="They asked for it.")
    moved(here, "proposed", type_="undo", reason="A slip.", undoes=here.record["history"][-1]["id"])
    return here


def mends(here: World) -> dict[str, str]:
    """Every text that must not stand there, with the line that mends it."""
    seen = look(here)
    found = inline(seen.record, seen.policy, "internal")
    return {one.text: str(told(seen.record, one, "internal").mend) for one in found}


def test_every_text_is_told_with_its_line():
    assert mends(secret()) == {
        "To make money.": "partnerkit set subject objectives.o1.text=<reference>",
        "They are kind.": "partnerkit approve subject more",
        "They are rich.": "partnerkit add subject more <file-or-link>",
        "They fit.": "partnerkit add subject more <scores>",
        "They are known.": "partnerkit gates subject more",
        "They asked for it.": "partnerkit advance subject active --reason <reference>",
    }


def test_why_something_was_taken_back_speaks_of_itself_alone():
    assert not {"A slip.", SAID["reason"]} & mends(secret()).keys()


def test_why_text_was_taken_out_speaks_of_itself_alone():
    here = secret()
    here.record["expunged"] = [LISTED]
    assert mends(here) == mends(secret())
    assert LISTED["reason"] not in mends(here)


def test_a_reference_may_stand():
    here = secret()
    here.record["objectives"][0]["text"] = REFERENCE
    assert "To make money." not in mends(here)
    assert REFERENCE not in mends(here)


@pytest.mark.parametrize("locked", [False, True])
def test_what_a_gate_locks_is_a_warning(locked):
    here = world(policy(reason=True, covers=["objectives"] if locked else []))
    here.record |= {"classification": "confidential", "objectives": [{"id": "o1", "text": "To make money."}]}
    moved(here, "active", reason=REFERENCE)
    [found] = content_stays_elsewhere(look(here))
    assert found.severity == ("warning" if locked else "error")
    assert ("It is locked by a gate that was passed" in found.message) == locked


def test_what_was_there_before_does_not_come_in():
    here = secret()
    after = register(here)
    here.record = {**here.record, "objectives": []}
    before = register(here)
    new = after.records["subject"]
    step = Step(before, after)
    found = list(nothing_classified_comes_in(step, before.records["subject"], new))
    assert [one.message.partition(" says")[0] for one in found] == ["objectives.o1.text"]


def test_of_a_record_without_a_policy_only_that_is_said():
    """Nobody knows what is classified where nobody knows the policy: the step is refused for that."""
    here = secret()
    before = register(here, records={}, policies={})
    after = replace(before, records=register(here).records)
    assert {one.code for one in judge_step(Step(before, after))} >= {"policy-unknown"}
    new = after.records["subject"]
    assert list(nothing_classified_comes_in(Step(before, after), None, new)) == []


CLAUSES = ["§1.1", "§1.1/checks"]
FIELDS: dict[str, Any] = {
    "deal": {"type": "list", "clause": CLAUSES, "title": "The deal.", "classification": "confidential"},
    "aims": {"type": "text", "clause": "§1.1", "title": "What for.", "classification": "confidential"},
    "open": {"type": "text", "clause": "§1.1", "title": "What everybody may read.", "classification": "internal"},
}


def dealt(**fields: Any) -> World:
    """A partnership under a policy by which the deal is confidential, and the record itself may be."""
    data = policy(reason=True)
    data["fields"] = {"partnership": fields or FIELDS}
    here = world(data)
    here.record |= {"deal": ["A lot of money.", REFERENCE], "aims": "To get rich.", "open": "Us."}
    return here


def whole(here: World, **how: Any) -> list[Finding]:
    look_ = seen(here)
    return [told(look_.record, one, "internal", **how) for one in inline(look_.record, look_.policy, "internal")]


FORM = "Write where it is kept, a space, and the digest of its bytes: vault/deal.pdf sha256:<64 hex digits>"
NOTHING = "this register holds nothing above internal."


def test_a_field_that_the_policy_classifies_is_told_with_its_clauses():
    here = dealt()
    both = "SMALL §1.1, SMALL §1.1/checks"
    deal = f"deal says it in words, and deal is confidential: {NOTHING} {FORM}"
    aims = f"aims says it in words, and aims is confidential: {NOTHING} {FORM}"
    assert sorted(whole(here), key=lambda one: one.message, reverse=True) == [
        found("inline-content", ("deal", 0), deal, clause=both, mend="partnerkit set subject deal=<deal>"),
        found("inline-content", ("aims",), aims, clause="SMALL §1.1", mend="partnerkit set subject aims=<reference>"),
    ]
    [one, *_] = whole(here, why="It is locked.", severity="warning")
    assert one.message.endswith(f"{NOTHING} It is locked.")
    assert one.severity == "warning"
    here.record |= {"deal": [REFERENCE], "aims": REFERENCE}
    assert whole(here) == []


def test_what_the_register_may_hold_is_told_nothing():
    look_ = seen(dealt())
    found_ = inline(look_.record, look_.policy, "internal")
    assert sorted((one.text, one.who, one.level) for one in found_) == [
        ("A lot of money.", "deal", "confidential"),
        ("To get rich.", "aims", "confidential"),
    ]
    assert list(inline(look_.record, look_.policy, "confidential")) == []


def test_a_record_that_is_classified_is_told_by_its_own_clause():
    spec = {"type": "choice", "choices": ["internal", "confidential"], "clause": "§1.1/checks", "title": "How secret."}
    data = policy(reason=True)
    data["fields"] = {"partnership": {"classification": spec}}
    here = world(data)
    here.record |= {"classification": "confidential", "objectives": [{"id": "o1", "text": "To make money."}]}
    message = f"objectives.o1.text says it in words, and subject is confidential: {NOTHING} {FORM}"
    mend = "partnerkit set subject objectives.o1.text=<reference>"
    assert whole(here) == [
        found("inline-content", ("objectives", 0, "text"), message, clause="SMALL §1.1/checks", mend=mend)
    ]
    without = world(policy(reason=True))
    without.record |= {"classification": "confidential", "objectives": [{"id": "o1", "text": "To make money."}]}
    assert [one.clause for one in whole(without)] == [None]
    here.record["classification"] = "internal"
    assert whole(here) == []


def test_what_is_said_of_it_is_known_by_its_keys():
    look_ = look(secret())
    found_ = {one.text: one for one in inline(look_.record, look_.policy, "internal")}
    assert [one.said for one in found_.values()].count(False) == 1
    assert not found_["To make money."].said
    assert found_["To make money."].field == "objectives.text"
    assert (found_["To make money."].who, found_["To make money."].level) == ("subject", "confidential")


@pytest.mark.parametrize(
    ("one", "other", "touches"),
    [
        ("a", "a", True),
        ("a.b", "a", True),
        ("a", "a.b", True),
        ("ab", "a", False),
        ("a", "ab", False),
        ("b", "a", False),
    ],
)
def test_paths_touch_where_one_leads_into_the_other(one, other, touches):
    assert touch(one, other) == touches


def test_a_demand_is_not_met_by_what_belongs_elsewhere():
    here = world(policy(filled=["objectives"]))
    here.record |= {"classification": "confidential", "website": "https://harbour.example"}
    here.record["objectives"] = [{"id": "o1", "text": REFERENCE}, {"id": "o2", "text": "To make money."}]
    for name in ("p-a", "p-b"):
        here.say("evidence", "e", "more", kind="report", ref="a thing", summary=name)
    told_so = in_words(question(here))
    assert told_so is not None
    assert told_so.message.startswith("objectives.o2.text says it in words, and subject is confidential")
    here.record["objectives"] = [{"id": "o1", "text": REFERENCE}]
    assert in_words(question(here)) is None
    settings = register(here).settings.model_copy(update={"classification": "confidential"})
    here.record["objectives"] = [{"id": "o1", "text": "To make money."}]
    assert in_words(question(here, settings=settings)) is None
