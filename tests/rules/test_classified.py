"""What is classified above what the register holds: told with the line that says it by a reference."""

from __future__ import annotations

from dataclasses import replace

import pytest

from partnerkit.rules.classified import inline, told
from partnerkit.rules.elsewhere import content_stays_elsewhere, nothing_classified_comes_in
from partnerkit.rules.steps import judge_step
from partnerkit.steps import Step
from tests.policies.fulfil import World
from tests.rules.bench import look, moved, policy, register, world

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
