"""What must be true of every record at any moment: which records are asked, and what no longer holds."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

import pytest

from partnerkit.findings import Finding
from partnerkit.register import Register
from partnerkit.rules.look import Look, clause_of, restore, situation_of
from partnerkit.rules.standing import RECORD_RULES, SPEAK_OF, judge_register, judge_trail, standing_requirements_hold
from tests.obligations.world import World
from tests.policies.fulfil import MOMENT
from tests.rules.bench import look, moved, policy, under
from tests.rules.bench import register as registered
from tests.rules.bench import world as worlded
from tests.rules.placed import placed, whole
from tests.rules.sealing import seen

NOW = datetime(2026, 7, 1, 12, tzinfo=UTC)


def lasting(stage: str = "active", **demand: Any) -> Any:
    """A record under a policy that demands something for as long as a stage lasts."""
    here = worlded(policy(**{"filled": ["website"], "standing": ["active"], "clause": ["§1.1", "§1"], **demand}))
    moved(here, stage, at="2026-05-01T12:00:00Z")
    here.record.pop("website", None)
    return here


def found(here: Any, now: datetime = MOMENT) -> list[dict[str, Any]]:
    register = placed(registered(here))
    source = register.policies["SMALL"]
    return whole(standing_requirements_hold(Look(register.records["subject"], register, source, now, now)))


BREACH = {
    "code": "standing-breach",
    "message": "active needs more for as long as it lasts. Missing: website",
    "severity": "warning",
    "file": "subject",
    "place": "stage",
    "record": "subject",
    "clause": "SMALL §1.1, SMALL §1",
    "mend": "partnerkit set subject website=<website>",
}


def test_what_must_last_as_long_as_a_stage_does():
    assert found(lasting()) == [BREACH]
    assert found(lasting("ended")) == []
    here = lasting()
    here.record["website"] = "https://acme.example"
    assert found(here) == []


def test_what_is_only_advice_is_told_as_advice():
    assert found(lasting(advisory=True)) == [{**BREACH, "code": "advice", "message": "more: Missing: website"}]


@pytest.mark.parametrize(("day", "in_time"), [("2026-05-01", True), ("2026-05-31", True), ("2026-06-01", False)])
def test_what_need_not_be_met_at_once_is_told_once_its_time_is_over(day, in_time):
    now = datetime.fromisoformat(f"{day}T12:00:00+00:00")
    assert (found(lasting(within="P30D"), now) == []) == in_time


def test_what_is_in_time_hides_nothing_that_follows():
    others = {"zulu": {"filled": ["website"], "standing": ["active"], "of": "partnership"}}
    here = lasting(within="P90D", others=others)
    assert [one["message"].split()[2] for one in found(here)] == ["zulu"]


def test_a_look_at_a_record():
    here = lasting()
    one = look(here)
    assert one.policy is here.policy
    assert str(one.today) == "2026-06-01"
    assert clause_of(one, "more") == "SMALL §1.1, SMALL §1"
    assert clause_of(one, "gone") is None
    found = situation_of(one)
    assert (found.record, found.named_before, found.rules, found.links) == (
        one.record,
        one.record,
        one.register,
        one.register,
    )
    assert (found.source, found.moment, found.since) == (one.source, MOMENT, datetime(2026, 5, 1, 12, tzinfo=UTC))
    assert (found.earlier, found.stands) == (None, True)
    assert restore(one) == "git log -p -- subject shows what it was; partnerkit audit subject says what can be done"


def reviewed(**head: Any) -> Register:
    """A register whose policy was to be reviewed."""
    here = worlded(policy(reason=True))
    source = replace(
        under(here, here.data | {one.replace("_", "-"): day for one, day in head.items()}), path="small.yaml"
    )
    return placed(registered(here, policies={"SMALL": source}))


@pytest.mark.parametrize(
    ("head", "place", "day", "next_"),
    [
        ({"next_review": "2026-05-31"}, "next-review", "2026-05-31, 1 days", " --next <day>"),
        ({"next_review": "2026-05-01"}, "next-review", "2026-05-01, 31 days", " --next <day>"),
        ({"review_every": "P1M", "reviewed": "2026-04-30"}, "review-every", "2026-05-30, 2 days", ""),
        ({"next_review": "2026-06-01"}, None, None, None),
        ({"review_every": "P1M", "reviewed": "2026-05-01"}, None, None, None),
        ({}, None, None, None),
    ],
)
def test_a_policy_is_reviewed_itself_by_its_day(head, place, day, next_):
    expected = {
        "code": "policy-review-overdue",
        "message": f"the review of SMALL itself was due on {day} ago",
        "severity": "warning",
        "file": "small.yaml",
        "place": place,
        "mend": f"partnerkit policy reaffirm SMALL --seen <seen>{next_}",
    }
    told = judge_register(reviewed(**head), MOMENT)
    assert whole(one for one in told if one.code == "policy-review-overdue") == ([expected] if place else [])


def evidence(number: int, **more: Any) -> dict[str, Any]:
    about = {"id": f"e-{number:012x}", "requirement": "proposal", "at": "2026-02-01T12:00:00Z", "by": "p-ann"}
    return about | {"kind": "document", "on": "2026-03-01"} | more


def several() -> Register:
    """Two records of which each is wrong in itself, and both have a statement of one id; nobody keeps the rules."""
    here = World()
    for name in ("zeta", "acme"):
        here.put("partnership", name, ("2026-01-01", "active"), name=name.title(), evidence=[evidence(1)])
    settings = here.settings.model_copy(deep=True)
    settings.trust.rules_changed_by.policies.append("elder")
    return replace(here.register, settings=settings)


def told(found: list[Finding], *codes: str) -> list[tuple[str | None, str]]:
    return [(one.record, one.code) for one in found if one.code in codes]


def test_every_record_is_judged_in_order_then_the_register_as_a_whole():
    seen: list[list[str]] = []
    found = judge_register(several(), NOW, through=lambda ids: seen.append(ids) or ids)
    assert seen == [["acme", "zeta"]]
    assert list(dict.fromkeys(one.record for one in found if one.code == "statement-in-future")) == ["acme", "zeta"]
    codes = {one.code for one in found}
    assert {"statement-in-future", "standing-breach", "keepers-missing", "statement-repeated"} <= codes
    assert found == judge_register(several(), NOW)


def test_only_the_records_that_are_named_are_judged_and_not_the_register_as_a_whole():
    seen: list[list[str]] = []
    found = judge_register(several(), NOW, {"zeta", "gone", "acme"}, through=lambda ids: seen.append(ids) or ids)
    assert seen == [["acme", "zeta"]]
    every = judge_register(several(), NOW)
    assert found == [one for one in every if one.record is not None and one in found]
    assert not {"keepers-missing", "statement-repeated"} & {one.code for one in found}
    assert {one.record for one in judge_register(several(), NOW, {"zeta"})} == {"zeta"}
    assert judge_register(several(), NOW, set()) == []


def test_the_trail_is_what_neither_ages_nor_is_still_to_be_done():
    seen: list[list[str]] = []
    found = judge_trail(several(), NOW, through=lambda ids: seen.append(ids) or ids)
    assert seen == [["acme", "zeta"]]
    codes = {one.code for one in found}
    assert "statement-in-future" in codes
    assert not codes & {"standing-breach", "keepers-missing", "policy-review-overdue"}
    assert {one.record for one in judge_trail(several(), NOW, {"zeta", "gone"})} == {"zeta"}
    assert judge_trail(several(), NOW, {"acme", "zeta"}) == [one for one in found if one.code != "statement-repeated"]
    assert told(found, "statement-repeated") == [("acme", "statement-repeated"), ("zeta", "statement-repeated")]
    assert judge_trail(several(), NOW) == found


def test_what_could_have_been_recorded_is_asked_by_the_latest_moment():
    early, late = datetime(2026, 6, 1, tzinfo=UTC), datetime(2026, 6, 20, tzinfo=UTC)
    here = World()
    here.acme(communications=[{"on": "2026-06-15", "kind": "word", "summary": "We spoke."}])
    register = here.register
    assert told(judge_register(register, early), "day-to-come") == [("acme", "day-to-come")]
    assert told(judge_register(register, early, latest=late), "day-to-come") == []
    assert told(judge_register(register, late), "day-to-come") == []


C1, SHA = "c1:" + "0" * 64, "sha256:" + "0" * 64

#: Of every part of which some rules alone speak, one that is as wrong as it can be.
WRONG: dict[str, dict[str, Any]] = {
    "evidence": {"kind": "report", "digest": SHA},
    "scores": {"marks": {"one": {"score": 1}}},
    "acknowledgements": {"party": "theirs"},
    "signatures": {"party": "theirs", "document": SHA},
    "approvals": {
        "record": "other",
        "role": "board",
        "decision": "approve",
        "binds": {"definition": C1, "content": C1},
        "signature": "of nobody",
    },
    "waivers": {"role": "board", "reason": "No.", "until": "2027-01-01"},
}


def spoilt() -> Any:
    """A record of which a passed gate rests on wrong statements of every sort, and which lists a wrong expunging."""
    here = worlded(policy(approval={"role": "board"}))
    for group, more in WRONG.items():
        said = {"id": f"{group[0]}-{0:012x}", "requirement": "more", "at": "2026-09-01T12:00:00Z", "by": "p-nobody"}
        gone = {"at": "2026-08-01T12:00:00Z", "by": "p-nobody", "reason": "A slip."}
        here.record[group] = [
            said | more,
            said | more,
            {**said, **more, "id": f"{group[0]}-{1:012x}", "withdrawn": gone},
        ]
    uses = [said["id"] for group in WRONG for said in here.record[group]]
    moved(here, "active", uses=uses)
    taken = {"id": "x-000000000000", "at": "2026-09-01T12:00:00Z", "by": "p-nobody", "reason": "A name."}
    here.record["expunged"] = [taken | {"digest": C1, "places": 1, "previous": C1}]
    return here


@pytest.mark.parametrize("rule", SPEAK_OF, ids=lambda rule: rule.__name__)
def test_a_rule_is_left_out_only_where_it_would_say_nothing(rule):
    assert rule in RECORD_RULES
    here = spoilt()
    for part in SPEAK_OF[rule]:
        del here.record[part]
    assert list(rule(seen(here))) == []


def test_what_is_wrong_with_a_part_is_found_by_rules_that_speak_of_it():
    here = spoilt()
    speaking = {part for rule, parts in SPEAK_OF.items() if list(rule(seen(here))) for part in parts}
    assert speaking >= {"expunged", *WRONG}
