"""What stays between two trees, whatever the entries: files, what a record is, its history, its stage."""

from __future__ import annotations

import copy
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import pytest

from partnerkit.findings import Finding
from partnerkit.register import Register
from partnerkit.rules.restored import field_was, file_was, history_was, tombstone_was
from partnerkit.rules.staying import (
    history_grows,
    identity_stays,
    records_stay,
    stage_follows_history,
    tombstones_stay,
)
from partnerkit.steps import Step
from tests.policies.fulfil import World
from tests.rules.bench import moved, policy, world
from tests.rules.expunging import LISTED
from tests.rules.sealing import CHECKOUT, found, moved_to, seal, step

FIRST, SECOND, THIRD = "1" * 16, "2" * 16, "3" * 16


def here() -> World:
    """A partnership of three entries."""
    one = world(policy(reason=True))
    one.record["history"][0]["id"] = FIRST
    moved(one, "active", id=SECOND)
    moved(one, "ended", id=THIRD)
    return seal(one)


def after(before: World, **values: Any) -> World:
    """The same record with some keys otherwise."""
    one = copy.deepcopy(before)
    one.record |= values
    return one


def with_another(step_: Step, told: str) -> Step:
    """The same step with another record before the one that is looked at: it came, is gone, or went the same way."""
    assert step_.before is not None
    one = next(side.records["subject"] for side in (step_.before, step_.after) if "subject" in side.records)

    def beside(side: Register, where: str) -> Register:
        mine = one if told == where else side.records.get("subject") if told == "both" else None
        other = replace(mine, model=mine.model.model_copy(update={"id": "another"})) if mine else None
        return replace(side, records={**side.records, **({"another": other} if other else {})})

    return Step(beside(step_.before, "gone"), beside(step_.after, "new"))


def both(rule: Any, step_: Step) -> list[Finding]:
    """What a rule tells of the record, the same whichever other record comes before it."""
    told: Iterator[Finding] = rule(step_, None)
    found_ = list(told)
    assert [one for one in rule(with_another(step_, "new"), None) if one.record == "subject"] == found_
    assert [one for one in rule(with_another(step_, "gone"), None) if one.record == "subject"] == found_
    twice = list(rule(with_another(step_, "both"), None))
    assert [[one.code for one in twice if one.record == name] for name in ("another", "subject")] == [
        [one.code for one in found_]
    ] * 2
    assert list(rule(replace(step_, known={}), {"another"})) == []
    return found_


RULES = (records_stay, identity_stays, tombstones_stay, history_grows, stage_follows_history)


@pytest.mark.parametrize("rule", RULES)
def test_what_comes_or_grows_is_told_nothing(rule):
    less = here()
    del less.record["history"][2:]
    less.record["stage"] = "active"
    for one in (step(None, here()), step(less, here()), step(here(), after(here(), website="https://a.example"))):
        assert list(rule(one, None)) == []


def test_a_record_is_never_deleted():
    message = "the partnership subject was deleted: a record is taken back by a tombstone, which keeps its id"
    told = found("record-deleted", (), message, mend=CHECKOUT, was=file_was("subject"))
    assert list(records_stay(step(here(), None), None)) == [told]
    for rule in RULES[1:]:
        assert list(rule(step(here(), None), None)) == []
        assert both(rule, step(here(), None)) == []


def test_a_record_that_cannot_be_read_is_not_deleted():
    made = step(here(), None)
    unreadable = replace(made.after, broken=frozenset({"subject"}))
    assert list(records_stay(replace(made, after=unreadable), None)) == []


def test_a_file_stays_where_it_is():
    made = moved_to(step(here(), here()), "elsewhere")
    message = "the partnership subject was moved from subject: record files stay where they are"
    more = {"mend": "git mv elsewhere subject", "was": file_was("subject"), "became": file_was("elsewhere")}
    told = found("record-moved", (), message, file="elsewhere", **more)
    assert list(records_stay(made, None)) == [told]
    for rule in RULES[1:]:
        assert list(rule(made, None)) == []


@pytest.mark.parametrize(("key", "was", "now"), [("policy", "SMALL", "OTHER"), ("kind", "partnership", "review")])
def test_what_a_record_is_never_changes(key, was, now):
    made = step(here(), here())
    new = made.after.records["subject"]
    changed = replace(made.after, records={"subject": replace(new, data={**new.data, key: now})})
    message = f"{key} was changed from {was} to {now}: it never changes by hand"
    more = {"mend": CHECKOUT, "sealed": FIRST, "was": field_was(key, was), "became": field_was(key, now)}
    told = found("identity-changed", (key,), message, **more)
    assert both(identity_stays, replace(made, after=changed)) == [told]


def buried() -> World:
    one = here()
    moved(one, "void", type_="tombstone", reason="A slip.")
    return one


def test_a_tombstone_changes_no_more():
    message = "subject was taken back: what is left of it keeps the id and changes no more"
    mend = f"{CHECKOUT}; partnerkit new partnership <title> makes another"
    changed = after(buried(), website="https://a.example")
    made = step(buried(), changed)
    assert made.before is not None
    was, became = (tombstone_was(side.records["subject"]) for side in (made.before, made.after))
    told = [found("tombstone-changed", ("stage",), message, mend=mend, was=was, became=became)]
    assert was != became
    assert both(tombstones_stay, made) == told
    assert both(tombstones_stay, step(here(), buried())) == []
    [moved_] = tombstones_stay(moved_to(step(buried(), buried()), "elsewhere"), None)
    assert moved_.message == message
    assert list(tombstones_stay(step(buried(), None), None)) == []


def test_text_may_be_taken_out_of_a_tombstone():
    """What a name stood in changes, and who took it out is listed: nothing else."""
    named = after(buried(), name="By p. Rosa")
    taken_out = after(named, name="By expunged:x-000000000001", expunged=[LISTED])
    assert list(tombstones_stay(step(named, taken_out), None)) == []
    more = after(taken_out, website="https://a.example")
    assert [one.code for one in tombstones_stay(step(named, more), None)] == ["tombstone-changed"]


def rewritten(code: str, index: int, message: str, before: World, now: World) -> list[Finding]:
    was, became = (history_was(one.record["history"]) for one in (before, now))
    return [found(code, ("history", index), message, mend=CHECKOUT, was=was, became=became)]


def test_an_entry_is_never_removed():
    less = here()
    del less.record["history"][1]
    message = "entry 2 (move to active) was removed: history only grows"
    assert both(history_grows, step(here(), less)) == rewritten("entry-removed", 1, message, here(), less)
    less = here()
    del less.record["history"][1:]
    assert both(history_grows, step(here(), less)) == rewritten("entry-removed", 0, message, here(), less)


def test_an_entry_is_never_edited():
    one = here()
    one.record["history"][1]["reason"] = "It was so."
    one.record["history"][2]["reason"] = "It was so."  # the first one that differs is told, and it alone
    message = "entry 2 was edited: history is corrected by a new entry, never in place"
    assert both(history_grows, step(here(), one)) == rewritten("entry-edited", 1, message, here(), one)


def test_an_entry_stays_in_its_place():
    one = here()
    history = one.record["history"]
    history[1], history[2] = history[2], history[1]
    message = "entry 2 is not in its place (entry 3 stands there): history only grows"
    assert both(history_grows, step(here(), one)) == rewritten("entry-reordered", 1, message, here(), one)
    one = here()
    one.record["history"].insert(1, {**one.record["history"][1], "id": "4" * 16})
    [told] = history_grows(step(here(), one), None)
    assert told.message == "entry 2 is not in its place: history only grows"


def test_an_entry_left_out_of_a_shorter_history_is_told_at_its_end():
    one = here()
    first, _second, third = one.record["history"]
    one.record["history"] = [first, third]
    before = here()
    before.record["history"][1]["id"] = THIRD  # its id stands there still, of another entry
    before.record["history"][2]["id"] = SECOND
    before.record["history"] = [first, before.record["history"][1], third]
    [told] = history_grows(step(before, one), None)
    assert (told.code, told.line) == ("entry-edited", found("", ("history", 1), "").line)


def test_an_entry_that_stands_earlier_in_a_shorter_history_is_not_in_its_place():
    one = here()
    del one.record["history"][1:]
    twice = here()
    twice.record["history"][1] = copy.deepcopy(twice.record["history"][0])
    message = "entry 2 is not in its place: history only grows"
    assert both(history_grows, step(twice, one)) == rewritten("entry-reordered", 0, message, twice, one)


def test_a_stage_that_the_history_does_not_lead_to():
    message = "the stage says active, but the history leads to ended: a stage is changed by advance, not by hand"
    mend = "write `stage: ended` back; partnerkit gates subject shows what the next stage needs"
    told = [found("stage-edited", ("stage",), message, mend=mend, sealed="stage")]
    assert both(stage_follows_history, step(here(), after(here(), stage="active"))) == told
    assert both(stage_follows_history, step(None, after(here(), stage="active"))) == told
