"""What is asked of the record above: it is asked there as it stood at that moment, and answered as a whole."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from partnerkit.policies.policy import Policy
from partnerkit.rules.gate import answer
from partnerkit.rules.question import Answer
from tests.policies.fulfil import World
from tests.rules.bench import asked, held, policy, question, register, world

EVERYBODY = ["p-ann", "p-bob", "p-rosa"]
REPORT: dict[str, Any] = {"evidence": {"kinds": ["report"]}}
GIVE = "Missing: report"


def above(requirement: dict[str, Any], **more: Any) -> World:
    """An agreement for which the partnership above it is to meet something."""
    return world(policy(kind="agreement", subject_meets=["checked"], others={"checked": requirement}, **more))


def test_the_record_above_meets_what_is_asked_of_it():
    here = above(REPORT, ask="Check them.")
    assert here.owner is not None
    assert asked(here) == Answer(True, relies_on=["owner"])
    here.owner["evidence"] = []
    words = f"Check them. owner lacks checked ({GIVE}; partnerkit add owner checked <file-or-link>)"
    command = "partnerkit add owner checked <file-or-link>"
    assert asked(here) == Answer(False, words, people=EVERYBODY, command=command)
    nobody = asked(here, records={"subject": register(here).records["subject"]})
    assert nobody == Answer(False, "Check them. Missing: the record it belongs to", people=EVERYBODY)


def test_everything_that_the_record_above_lacks_is_told():
    others = {"checked": REPORT, "named": {"filled": ["website"]}}
    here = world(policy(kind="agreement", subject_meets=["checked", "named"], others=others))
    assert here.owner is not None
    here.owner["evidence"] = []
    here.owner.pop("website", None)
    missing = asked(here).missing
    assert missing is not None
    assert missing.startswith(f"owner lacks checked ({GIVE}; partnerkit add owner checked <file-or-link>); named (")


@pytest.mark.parametrize("last", ["move", "correct"])
def test_the_record_above_has_stood_there_since_it_last_moved(last):
    """A correction moves nothing; what comes after the moment has not happened yet."""
    here = above({"dwell": {"at-least": "P60D"}})
    assert here.owner is not None
    assert asked(here).met
    [first] = here.owner["history"]
    more = {
        "seq": 2,
        "id": "b" * 16,
        "type": last,
        "from": first["to"],
        "to": first["to"],
        "at": "2026-05-01T12:00:00Z",
    }
    here.owner["history"].append({**first, **more})
    assert asked(here).met == (last == "correct")
    here.owner["history"][1] |= {"type": "move", "at": "2026-06-01T12:00:01Z"}
    assert asked(here).met
    here.owner["history"][1] |= {"at": "2026-06-01T12:00:00Z"}
    assert not asked(here).met


def test_before_there_was_the_record_above_it_stood_nowhere():
    here = above({"dwell": {"at-least": "P60D"}})
    assert here.owner is not None
    here.owner["history"][0]["at"] = "2026-06-02T12:00:00Z"
    assert not asked(here).met


def decided(**more: Any) -> World:
    """The partnership above the agreement is to be approved, and is."""
    here = above({"approval": {"role": "board", **more}})
    assert here.owner is not None
    here.owner["approvals"][0]["record"] = "owner"
    return here


def test_of_the_record_above_counts_whom_it_named_before():
    here = decided(**{"in-record": True})
    here.data["roles"]["board"]["in-record"] = True
    here.policy = Policy.model_validate(here.data)
    assert asked(here).met
    made = question(here)
    old = made.rules.records["owner"]
    unnamed = {**old.data, "roles": {}}
    nobody = replace(old, data=unnamed, model=type(old.model).model_validate(unnamed))
    before = replace(made.rules, records={**made.rules.records, "owner": nobody})
    assert not answer(replace(made, rules=before)).met


def test_of_the_record_above_what_was_decided_before_it_went_back_is_decided_anew():
    here = decided()
    assert here.owner is not None
    history = here.owner["history"]
    here.owner["stage"] = history[0]["to"] = "proposed"
    assert asked(here).met
    for seq, (stage, at) in enumerate((("active", "2026-05-10"), ("proposed", "2026-06-01")), 2):
        more = {"seq": seq, "id": f"{seq}" * 16, "type": "move", "from": history[-1]["to"], "to": stage}
        history.append({**history[-1], **more, "at": f"{at}T12:00:00Z"})
    here.owner["stage"] = "proposed"
    assert not asked(here).met
    history[-1]["at"] = "2026-06-01T12:00:01Z"  # it has not gone back yet
    assert asked(here).met


def test_a_record_above_under_another_policy_does_not_count():
    here = above(REPORT)
    there = register(here)
    owner = there.records["owner"]
    other = replace(owner, model=owner.model.model_copy(update={"policy": "OTHER"}))
    assert asked(here, records={**there.records, "owner": other}).missing == "Missing: the record it belongs to"


def test_those_who_may_make_the_record_above_are_named():
    here = above(REPORT, who=["board"])
    given = asked(here, records={"subject": register(here).records["subject"]}, roster=held(p_bob=[{"role": "board"}]))
    assert given == Answer(False, "Missing: the record it belongs to", roles=["board"], people=["p-bob"])


def test_a_reason_for_the_record_above_is_given_there_in_its_own_stage():
    """Why the record below moves is no reason for the one above; and it is told where that stood at the moment."""
    here = above({"reason": True})
    assert here.owner is not None
    made = replace(question(here), reason="So.")
    assert answer(made).command == "partnerkit advance owner active --reason <reason>"
    history = here.owner["history"]
    more = {"seq": 2, "id": "b" * 16, "type": "move", "from": "active", "to": "ended", "at": "2026-06-02T12:00:00Z"}
    history.append({**history[0], **more})
    here.owner["stage"] = "ended"
    assert answer(question(here)).command == "partnerkit advance owner active --reason <reason>"
    history[0]["at"] = history[1]["at"] = "2026-06-02T12:00:00Z"
    assert answer(question(here)).command == "partnerkit advance owner ended --reason <reason>"
