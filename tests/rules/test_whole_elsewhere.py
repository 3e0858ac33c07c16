"""Content above what the register may hold: whole findings, for what stands there and for what comes in."""

from __future__ import annotations

import copy
from dataclasses import replace
from typing import Any

import pytest

from partnerkit.findings import Finding
from partnerkit.register import Register
from partnerkit.rules.elsewhere import content_stays_elsewhere, nothing_classified_comes_in
from partnerkit.steps import Step
from tests.policies.fulfil import FILE, World
from tests.rules.bench import moved, policy, register, world
from tests.rules.whole import by_keys, seen, told, where

FORM = "Write where it is kept, a space, and the digest of its bytes: vault/deal.pdf sha256:<64 hex digits>"
LOCKED = "It is locked by a gate that was passed, and history shows it whatever becomes of it"
GOAL = {"id": "o1", "text": "To make money."}


def secret(*covers: str, **more: Any) -> World:
    """A confidential partnership that says what it is for."""
    here = world(policy(reason=True, covers=list(covers)))
    here.record |= {"classification": "confidential", "objectives": [dict(GOAL)], **more}
    return here


def stands(here: World) -> Register:
    found = register(here)
    records = {key: replace(one, data=copy.deepcopy(one.data), place=by_keys) for key, one in found.records.items()}
    return replace(found, records=records)


def comes_in(before: Register, after: Register) -> list[Finding]:
    old, new = before.records.get("subject"), after.records["subject"]
    return list(nothing_classified_comes_in(Step(before, after), old, new))


def inline(why: str, **more: Any) -> Finding:
    words = (
        "objectives.o1.text says it in words, and subject is confidential: this register holds nothing above internal"
    )
    mend = "partnerkit set subject objectives.o1.text=<reference>"
    return told("inline-content", f"{words}. {why}", "objectives", 0, "text", mend=mend, **more)


@pytest.mark.parametrize("covers", [["objectives"], ["objectives.text"], ["website"], []])
def test_content_that_stands_there_is_told_and_only_warned_of_where_it_is_locked(covers):
    here = secret(*covers)
    assert list(content_stays_elsewhere(seen(here))) == [inline(FORM)]
    moved(here, "active", reason="vault/why.txt sha256:" + "1" * 64)
    locked = covers and covers != ["website"]
    expected = inline(LOCKED, severity="warning") if locked else inline(FORM)
    assert list(content_stays_elsewhere(seen(here))) == [expected]


def test_what_is_said_in_statements_is_left_to_the_step_that_brings_it_and_the_rest_is_looked_at():
    here = secret()
    here.say("evidence", "e", "more", kind="report", ref="a thing", summary="They are rich.")
    here.record["actions"] = [{"id": "a1", "text": "Ask them.", "owner": "p-ann"}]
    found = list(content_stays_elsewhere(seen(here)))
    assert where(found) == [("objectives", 0, "text"), ("actions", 0, "text")]


def test_no_content_comes_in_and_what_was_there_before_does_not():
    here = secret()
    after = stands(here)
    here.record["objectives"] = []
    before = stands(here)
    assert comes_in(before, after) == [inline(FORM)]
    assert comes_in(after, after) == []
    assert comes_in(replace(before, records={}), after) == [inline(FORM)]
    here.record |= {"objectives": [dict(GOAL)], "classification": "internal"}
    assert comes_in(stands(here), after) == [], "a text that was there before was there"


def kept(**said: Any) -> World:
    here = secret(objectives=[])
    here.say("evidence", "e", "more", kind="report", ref="records/evidence/deal.pdf", digest=FILE, **said)
    return here


def test_no_bytes_of_a_file_come_in():
    here = kept()
    after = stands(here)
    pieces = here.record.pop("evidence")
    before = stands(here)
    message = (
        "the evidence e-000000000001 for more keeps its bytes in history, and subject is confidential: "
        "this register holds nothing above internal. Keep the file elsewhere and add it without --copy"
    )
    mend = "partnerkit add subject more <file-or-link>"
    expected = told("inline-content", message, "evidence", 0, "ref", mend=mend)
    assert comes_in(before, after) == [expected]
    assert comes_in(replace(before, records={}), after) == [expected]
    assert comes_in(after, after) == []
    here.record["evidence"] = [{**pieces[0], "id": "e-00000000000f", "claimed": True}, *pieces]
    assert where(comes_in(before, stands(here))) == [("evidence", 1, "ref")]
    here.record["evidence"].insert(0, {**pieces[0], "id": "e-00000000000e"})
    assert where(comes_in(after, stands(here))) == [("evidence", 0, "ref")]
    here.record["classification"] = "internal"
    assert comes_in(before, stands(here)) == []


def test_what_keeps_no_bytes_may_come_in():
    here = kept(claimed=True)
    here.say("evidence", "e", "more", kind="report", ref="a thing")
    here.say("waivers", "w", "more", role="board", reason="vault/why.txt " + FILE, until="2026-06-01")
    before = replace(stands(here), records={})
    assert comes_in(before, stands(here)) == []


def test_a_register_that_may_hold_it_holds_it():
    here = kept()
    here.record["objectives"] = [dict(GOAL)]
    after = stands(here)
    wide = after.settings.model_copy(update={"classification": "confidential"})
    before = replace(after, records={}, settings=wide)
    assert comes_in(before, after) == [], "by the rules before the step"
    assert len(comes_in(replace(after, records={}), replace(after, settings=wide))) == 2
