"""The judge: what was done by the rules is clean, and whatever is changed afterwards is found."""

from __future__ import annotations

import contextlib
import copy
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st
from tests.chance import examples
from tests.properties.histories import DATA, POLICY, SOURCE, Walk, register, walked

from partnerkit.findings import Finding
from partnerkit.kinds.canonical import same
from partnerkit.kinds.statements import STATEMENT_LISTS
from partnerkit.policies.policy import Policy
from partnerkit.register import PolicyFile
from partnerkit.rules.standing import judge_register
from partnerkit.rules.steps import judge_step
from partnerkit.steps import Step, passed_gates, value_at

pytestmark = pytest.mark.filterwarnings("ignore::hypothesis.errors.HypothesisWarning")

COMMON = settings(max_examples=examples(12), deadline=None, suppress_health_check=list(HealthCheck))

#: Mostly the main way on, so that walks lead far; sometimes another way, sometimes back (see `walked`).
CHOICES = st.lists(st.sampled_from([0, 0, 0, 0, 0, 1, 2, 3, 6]), max_size=7)
WALKS = st.builds(walked, st.sampled_from(["partnership", "partnership", *POLICY.lifecycles]), CHOICES)


def errors(found: list[Finding]) -> list[tuple[str, str]]:
    return [(one.code, one.message) for one in found if one.severity == "error"]


@COMMON
@given(WALKS)
def test_every_step_of_a_legal_history_is_clean_and_so_is_where_it_leads(walk: Walk):
    for step in walk.steps:
        assert errors(judge_step(step)) == []
    assert errors(judge_register(walk.here(), walk.now, {"subject"})) == []


@COMMON
@given(WALKS)
def test_all_steps_at_once_are_one_legal_step(walk: Walk):
    """Also where the record went back on the way, and what an early gate vouched for was opened again."""
    assume(len(walk.steps) > 0)
    first, last = walk.steps[0].before, walk.here()
    assert first is not None
    start = register(first.records["subject"].data, walk.linked)
    assert errors(judge_step(Step(start, last))) == []


def caught(walk: Walk, changed: dict[str, Any]) -> list[tuple[str, str]]:
    """What the judge says of a record that was changed past the commands; a reader may refuse it first."""
    try:
        after = register(changed, walk.linked)
    except ValueError as refused:
        return [("unreadable", str(refused))]
    step = errors(judge_step(Step(walk.here(), after)))
    return step + errors(judge_register(after, walk.now, {"subject"}))


def other(value: Any) -> Any:
    """Another value of the same sort."""
    if isinstance(value, bool) or value is None:
        return "set"
    if isinstance(value, int):
        return value + 1
    if isinstance(value, str):
        if value.startswith("c1:"):
            return "c1:" + value[3:][::-1]
        return value[:-1] + ("0" if value[-1] != "0" else "1")
    if isinstance(value, list):
        return value[:-1]
    return {key: other(part) for key, part in value.items()}


class NothingToChangeError(Exception):
    """The record holds nothing that such a change could meet."""


def _only_if(given: object) -> None:
    if not given:
        raise NothingToChangeError


def _pick(draw: Callable[[Any], Any], found: list[Any]) -> Any:
    _only_if(found)
    return draw(st.sampled_from(range(len(found))))


def edit_entry(draw, record):
    entry = record["history"][_pick(draw, record["history"])]
    key = draw(st.sampled_from(sorted(entry)))
    entry[key] = other(entry[key])


def edit_seal(draw, record):
    seal = record["history"][_pick(draw, record["history"])]["seal"]
    key = draw(st.sampled_from(sorted(seal)))
    seal[key] = other(seal[key])


def remove_entry(draw, record):
    _only_if(len(record["history"]) > 1)
    del record["history"][_pick(draw, record["history"])]


def swap_entries(draw, record):
    history = record["history"]
    _only_if(len(history) > 1)
    left = draw(st.integers(0, len(history) - 2))
    history[left], history[left + 1] = history[left + 1], history[left]


def repeat_entry(draw, record):
    record["history"].append(copy.deepcopy(record["history"][_pick(draw, record["history"])]))


def cut_history(draw, record):
    """The end of the history is cut off, and the stage made to fit."""
    _only_if(len(record["history"]) > 1)
    del record["history"][draw(st.integers(1, len(record["history"]) - 1)) :]
    record["stage"] = record["history"][-1]["to"]


def change_stage(draw, record):
    stages = [one for one in POLICY.lifecycles[record["kind"]].stages if one != record["stage"]]
    record["stage"] = draw(st.sampled_from(stages))


def _statement(draw, record):
    groups = [group for group in STATEMENT_LISTS if record.get(group)]
    _only_if(groups)
    group = record[draw(st.sampled_from(groups))]
    return group, _pick(draw, group)


def edit_statement(draw, record):
    group, index = _statement(draw, record)
    key = draw(st.sampled_from(sorted(group[index])))
    group[index][key] = other(group[index][key])


def remove_statement(draw, record):
    group, index = _statement(draw, record)
    del group[index]


def change_identity(draw, record):
    record["policy"] = "OTHER"


def change_locked_field(draw, record):
    locked = {path for one in passed_gates(record["history"], POLICY, record["kind"]) for path in one.covers}
    held = sorted(path for path in locked if value_at(record, path) is not None and "." not in path)
    _only_if(held)
    path = held[_pick(draw, held)]
    record[path] = other(record[path])


CHANGES = [
    edit_entry,
    edit_seal,
    remove_entry,
    swap_entries,
    repeat_entry,
    cut_history,
    change_stage,
    edit_statement,
    remove_statement,
    change_identity,
    change_locked_field,
]


@settings(COMMON, max_examples=examples(12))
@given(WALKS, st.data())
def test_one_change_past_the_commands_is_always_found(walk: Walk, data):
    """Each sort of change, one at a time, at a place that chance picks."""
    for change in CHANGES:
        changed = copy.deepcopy(walk.record)
        with contextlib.suppress(NothingToChangeError):
            change(data.draw, changed)
        if not same(changed, walk.record):
            assert caught(walk, changed) != [], change.__name__


@COMMON
@given(WALKS, st.randoms(use_true_random=False))
def test_the_order_of_keys_is_nobodys_business(walk: Walk, random):
    def shuffled(value):
        if isinstance(value, dict):
            keys = list(value)
            random.shuffle(keys)
            return {key: shuffled(value[key]) for key in keys}
        return [shuffled(one) for one in value] if isinstance(value, list) else value

    assert caught(walk, shuffled(walk.record)) == []


def test_a_field_that_two_gates_lock_stays_locked_while_one_of_them_stands():
    """The gate of a way back binds until the record is where the way began; the gate passed on the way binds on."""
    data = copy.deepcopy(DATA)
    data["requirements"]["return-reason"]["covers"] = ["objectives"]
    source = PolicyFile(SOURCE.path, data, Policy.model_validate(data))
    way = ("proposed", "assessment", "detailed-review", "decision", "agreement", "active", "decision", "agreement")
    old = Walk(data, "partnership", "proposed", "").record
    model = old["history"][0]
    for to in way[1:]:
        left = old["history"][-1]["to"]
        old["history"].append({**model, "seq": len(old["history"]) + 1, "type": "move", "from": left, "to": to})
        old["history"][-1]["id"] = f"{len(old['history']):016x}"
    old["stage"] = "agreement"
    new = copy.deepcopy(old)
    new["history"].append({**new["history"][-1], "seq": 9, "id": "9" * 16, "from": "agreement", "to": "active"})
    new |= {"stage": "active", "objectives": []}
    before, after = (replace(register(one, []), policies={"OPS-05-03": source}) for one in (old, new))
    assert "locked-field-changed" in {one.code for one in judge_step(Step(before, after))}
