"""What is wrong with an entry of its type, as whole findings: a record adopted, a way not taken, seals not its own."""

from __future__ import annotations

import copy
from dataclasses import replace
from typing import Any

import pytest

from partnerkit.findings import Finding
from partnerkit.policies.policy import Policy
from partnerkit.rules.entry_types import of_its_type
from tests.policies.fulfil import World
from tests.rules.bench import moved, policy, world
from tests.rules.ended import SAID, SECOND, here
from tests.rules.sealing import found, judged, seal

WAYS = "take the entry out; partnerkit gates subject shows the ways on"


def told(one: World, **entry: Any) -> list[Finding]:
    return of_its_type(judged(one, **entry))


def at_last(code: str, message: str, mend: str = WAYS, *, place: int = 1, **more: Any) -> Finding:
    return found(code, ("history", place), message, mend=mend, **more)


def again(one: World) -> World:
    """The policy was changed: read it again, and seal the record by it."""
    one.policy = Policy.model_validate(one.data)
    return seal(one)


def active(**more: Any) -> World:
    """A partnership that just became active."""
    one = world(policy(**(more or {"evidence": {"kinds": ["report"]}})))
    moved(one, "active", id=SECOND, uses=[said["id"] for said in one.record.get("evidence", [])])
    return seal(one)


def ways(one: World) -> list[dict[str, Any]]:
    found_: list[dict[str, Any]] = one.data["lifecycles"]["partnership"]["transitions"]
    return found_


def below(since: str, **more: Any) -> list[Finding]:
    """An agreement below a partnership that the register knows since 2025-03-01, adopted as there since that day."""
    one = world(policy(kind="agreement", reason=True))
    said = {"type_": "adopt", "since": since, "reason": "It was there.", "at": "2026-05-01T12:00:00Z"}
    return told(one, **said, **more)


def test_what_is_adopted_stood_there_before_the_register_knew_what_is_above_it():
    assert below("2025-03-01") == []
    message = (
        "it is adopted as standing there since 2025-03-02, but owner, above it, has been in the register since "
        "2025-03-01: what came about after that is made and judged, not adopted"
    )
    assert below("2025-03-02") == [at_last("adopted-late", message, "partnerkit new agreement <title>", place=0)]


def test_what_is_adopted_may_stand_there_since_that_very_day():
    one = world(policy(reason=True))
    said = {"type_": "adopt", "reason": "It was there.", "at": "2026-05-01T12:00:00Z"}
    assert told(one, **said, since="2026-05-01") == []
    message = "it is adopted as standing there since 2026-05-02, which is still to come"
    assert told(one, **said, since="2026-05-02") == [at_last("adopted-in-future", message, place=0)]


def test_what_a_gate_demands_is_there():
    """All that is missing is told, and then nothing of the seals."""
    one = active(evidence={"kinds": ["report"]}, others={"why": {"reason": True}, "site": {"filled": ["website"]}})
    ways(one)[0]["needs"] = ["more", "why", "site"]
    again(one)
    one.record |= {"evidence": []}
    del one.record["history"][-1]["uses"]
    one.record.pop("website", None)
    told_so = told(one)
    assert [each.message.partition(". ")[0] for each in told_so] == [
        f"proposed → active needs {name}" for name in ("more", "why", "site")
    ]
    assert told_so[0] == at_last(
        "requirement-unmet", told_so[0].message, "partnerkit add subject more <file-or-link>", clause="SMALL §1.1"
    )


def test_no_way_leads_there():
    one = active()
    one.record["history"][-1]["to"] = "nowhere"
    message = "SMALL has no way from proposed to {} (possible: {})"
    [told_so] = told(one, to="proposed")
    assert told_so == at_last("no-such-transition", message.format("proposed", "active, ended"))
    ways(one)[1]["when"] = {"partner": "company"}
    again(one)
    one.record["partner"] = "individual"
    [told_so] = told(one, to="proposed")
    assert told_so.message == message.format("proposed", "active")
    one.record["partner"] = "company"
    [told_so] = told(one, to="proposed")
    assert told_so.message == message.format("proposed", "active, ended")


def test_a_kind_without_stages_leads_nowhere():
    one = active()
    made = judged(one)
    nothing = one.policy.model_copy(update={"lifecycles": {}})
    message = "SMALL has no way from proposed to active (possible: none: it is an end)"
    told_so = [at_last("no-such-transition", message)]
    assert of_its_type(replace(made, source=replace(made.source, policy=nothing))) == told_so


def test_a_move_that_leaves_nothing_leads_nowhere():
    message = "SMALL has no way from None to active (possible: none: it is an end)"
    assert told(active(), from_=None) == [at_last("no-such-transition", message)]


def test_a_way_that_is_none_for_this_record_is_told_with_all_its_beginnings():
    one = active()
    moved(one, "ended", uses=[])
    ways(one)[1]["when"] = {"partner": ["company", "other"]}
    again(one)
    one.record["partner"] = "individual"
    message = "SMALL has no way from proposed or active to ended for subject: only where partner is company or other"
    assert told(one) == [at_last("no-such-transition", message, place=2)]
    one.record["partner"] = "company"
    assert told(one) == []


def test_a_move_is_sealed_with_the_gate_as_it_stood():
    one = active()
    assert told(one) == []
    message = "the gate it was sealed with is not that of SMALL as it stood"
    mend = "make the move again with partnerkit advance"
    one.record["history"][-1]["seal"]["gate"] = "c1:" + "f" * 64
    assert told(one) == [at_last("gate-differs", message, mend)]


@pytest.mark.parametrize("uses", [[], [SAID, "e-00000000000b"]])
def test_a_move_says_on_what_it_rests(uses):
    one = active()
    one.record["history"][-1]["uses"] = uses
    message = f"entry 2 says that it rests on {uses}, but it rests on ['{SAID}']"
    assert told(one) == [at_last("uses-differ", message)]


def test_the_order_in_which_it_says_so_is_nothing():
    one = active(evidence={"kinds": ["report"], "at-least": 2})
    uses = one.record["history"][-1]["uses"]
    assert len(uses) == 2
    assert told(one) == []
    uses.reverse()
    assert told(one) == []


def relying() -> World:
    """An agreement that relies on the partnership above it, which was checked."""
    data = policy(kind="agreement", subject_meets=["checked"], others={"checked": {"evidence": {"kinds": ["report"]}}})
    one = world(data)
    assert one.owner is not None
    moved(one, "executed", relies_on={"owner": one.owner["history"][-1]["id"]})
    return seal(one)


def test_a_move_says_on_whom_it_relies():
    one = relying()
    assert told(one) == []
    del one.record["history"][-1]["relies-on"]
    message = "entry 2 says that it relies on [], but it relies on ['owner']"
    assert told(one) == [at_last("relies-differ", message)]
    one.record["history"][-1]["relies-on"] = {"owner": "0" * 16, "another": "0" * 16}
    differs, nothing = told(one)
    message = "entry 2 says that it relies on ['another', 'owner'], but it relies on ['owner']"
    assert differs == at_last("relies-differ", message)
    message = f"it relies on entry {'0' * 16} of another, which is not there"
    assert nothing == at_last("relies-on-nothing", message)


def test_a_move_relies_on_an_entry_that_is_there():
    one = relying()
    one.record["history"][-1]["relies-on"] = {"owner": "9" * 16}
    message = f"it relies on entry {'9' * 16} of owner, which is not there"
    assert told(one) == [at_last("relies-on-nothing", message)]


def test_a_move_is_not_dated_before_what_stood_before_it():
    one = relying()
    assert one.owner is not None
    one.owner["history"][-1]["at"] = one.record["history"][-1]["at"]
    assert told(one) == []
    one.owner["history"][-1]["at"] = "2026-05-01T12:00:01Z"
    message = "entry 2 is dated before the latest entry of owner, on which it relies and which stood before it"
    assert at_last("entry-backdated", message) in told(one)
    made = judged(one)
    assert at_last("entry-backdated", message) not in of_its_type(replace(made, before=None))


def test_a_move_that_counts_relies_on_no_entry_that_was_voided():
    one = relying()
    assert one.owner is not None
    [first] = one.owner["history"]
    moved_ = {
        "seq": 2,
        "id": "b" * 16,
        "type": "move",
        "from": "proposed",
        "to": "active",
        "at": "2025-03-02T12:00:00Z",
    }
    void = {"seq": 3, "id": "c" * 16, "type": "void", "undoes": "b" * 16, "from": "active", "to": "proposed"}
    one.owner["history"] += [{**first, **moved_}, {**first, **void, "reason": "A slip.", "at": "2025-03-03T12:00:00Z"}]
    one.owner["stage"] = "proposed"
    one.record["history"][-1]["relies-on"] = {"owner": "b" * 16}
    message = f"it relies on entry {'b' * 16} of owner, which was voided: it never counted"
    told_so = at_last("relies-on-nothing", message, "partnerkit gates subject")
    assert told_so in told(one)
    one.record["history"][-1]["relies-on"] = {"owner": first["id"]}
    assert [each.code for each in told(one)] == []
    undone = copy.deepcopy(one)
    undone.record["history"][-1]["relies-on"] = {"owner": "b" * 16}
    moved(undone, "draft", type_="undo", undoes=undone.record["history"][-1]["id"], reason="A slip.", relies_on={})
    made = judged(undone)
    move = made.record.model.history[1]
    past = replace(made, entry=move, raw=undone.record["history"][1], index=1, earlier=made.earlier[:1])
    assert told_so not in of_its_type(past)


def test_a_gate_is_judged_with_what_the_record_had_just_then():
    assert told(here()) == []
