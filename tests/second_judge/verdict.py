"""The verdict on a step: every code with the record of which it speaks; nothing where the step is legal."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime

from tests.second_judge.amended import changed_undecided
from tests.second_judge.asking import Asked, began, waiver_wrong
from tests.second_judge.content import comes_in, is_above
from tests.second_judge.days import wrong_order, wrong_with_days, wrong_with_lines
from tests.second_judge.entries import Added, wrong_in
from tests.second_judge.expunged import only_taken_out, without, wrong_with_expunging
from tests.second_judge.past import Said, everything_said, known_by, went_back
from tests.second_judge.reading import Data, NotCoveredError, World, alike, last_entry
from tests.second_judge.settled import STAGE, Wrong, unsettled
from tests.second_judge.staying import (
    begun_too_late,
    people_gone,
    wrong_with_fields,
    wrong_with_history,
    wrong_with_statements,
)
from tests.second_judge.words import requirements, setting

Verdict = set[tuple[str, str]]


def verdict(
    before: dict[str, bytes] | World | None, after: dict[str, bytes] | World, landed: datetime | None
) -> Verdict:
    """What is wrong with a step from one tree to another.

    Raises:
        NotCoveredError: the step turns on something that this judge does not know.
    """
    start = World(before) if isinstance(before, dict) else before
    end = World(after) if isinstance(after, dict) else after
    wrong: Verdict = {*people_gone(start, end), *changed_undecided(start, end)} if start is not None else set()
    rules_change = start is not None and start.rules != end.rules
    for name in sorted({*(start.records if start else ()), *end.records}):
        old, new = (start.records.get(name) if start else None), end.records.get(name)
        moved = old is not None and new is not None and start is not None and start.paths[name] != end.paths[name]
        if old is not None and new is not None and not moved and (old is new or alike(old, new)):
            continue
        if new is None:
            wrong.add(("record-deleted", name))
            continue
        if moved:
            wrong.add(("record-moved", name))
        then = without(old, new) if old is not None else None
        every = list(_record(then, new, start, end, landed))
        known = len(old["history"]) if old else 0
        if rules_change:
            moved_too = [
                known_by(new["history"], entry) for entry in new["history"][known:] if entry["type"] != "migrate"
            ]
            every += [Wrong("rules-and-records-together", one) for one in moved_too]
        policy = (start or end).policies.get(new["policy"])
        left = unsettled(every, new, known, policy) if policy is not None else (one.code for one in every)
        wrong |= {(code, name) for code in left}
        wrong |= {(code, name) for code in wrong_with_expunging(then, old, new, start, end, landed)}
    return wrong


def _record(old: Data | None, new: Data, start: World | None, end: World, landed: datetime | None) -> Iterator[Wrong]:
    rules = start or end
    policy = rules.policies.get(new["policy"])
    if new["stage"] != last_entry(new)["to"]:
        yield Wrong("stage-edited", sealed=STAGE)
    if old is not None:
        if old["stage"] == "void" and not only_taken_out(old, new):
            yield Wrong("tombstone-changed")
        yield from wrong_with_history(old, new)
        yield from wrong_with_statements(old, new, rules.policies.get(old["policy"]))
        yield from wrong_with_fields(old, new, rules.policies.get(old["policy"]))
    yield from (Wrong(code) for code in (*wrong_with_lines(old, new), *wrong_order(old, new)))
    if policy is None:
        yield Wrong("policy-unknown")
        return
    yield from _under(old, new, policy, start, end, landed)


def _under(
    old: Data | None, new: Data, policy: Data, start: World | None, end: World, landed: datetime | None
) -> Iterator[Wrong]:
    """What is wrong with a record under its policy."""
    rules = start or end
    _demand_known(new, policy, rules)
    if comes_in(old, new, policy, rules):
        yield Wrong("inline-content")
    if start is not None:
        yield from (Wrong(code) for code in _decisions(old, new, policy, start, end))
    yield from (Wrong(code) for code in _too_early(old, new, policy, rules))
    if landed is not None:
        yield from (Wrong(code) for code in wrong_with_days(old, new, policy, rules.day(landed)))
    if begun_too_late(old, new, start, end, landed):
        yield Wrong("subject-over", known_by(new["history"], new["history"][0]) if old is None else None)
    if old is None and new["history"][0]["type"] not in ("create", "adopt"):
        yield Wrong("never-created", known_by(new["history"], new["history"][0]))
    for index in range(len(old["history"]) if old else 0, len(new["history"])):
        name = known_by(new["history"], new["history"][index])
        yield from (Wrong(code, name) for code in wrong_in(Added(new, index, start, end, landed)))


def _demand_known(new: Data, policy: Data, rules: World) -> None:
    """Stop where a policy classifies single fields above what the register may hold: no policy here does."""
    specs = list(((policy.get("fields") or {}).get(new["kind"]) or {}).values())
    specs += [part for spec in specs for part in (spec.get("fields") or {}).values()]
    if any(is_above(spec.get("classification"), rules) for spec in specs):
        raise NotCoveredError("a classified field")


def _new_words(old: Data | None, new: Data, group: str | None = None) -> list[Said]:
    """What the step adds to what was said."""
    known = {(one.group if group else None, one.id) for one in everything_said(old)} if old is not None else set()
    every = [one for one in everything_said(new) if group in (None, one.group)]
    return [one for one in every if ((one.group if group else None), one.id) not in known]


def _decisions(old: Data | None, new: Data, policy: Data, start: World, end: World) -> Iterator[str]:
    """Whoever decides or waives could do so before the step."""
    for one in [*_new_words(old, new, "approvals"), *_new_words(old, new, "waivers")]:
        if one.about not in requirements(policy):
            continue
        asked = Asked(one.about, new, old, start, end, policy, one.at, one.at, new["history"])
        code = waiver_wrong(asked, one) if one.group == "waivers" else _decision_wrong(asked, one)
        if code is not None:
            yield code


def _decision_wrong(asked: Asked, one: Said) -> str | None:
    demand = asked.need.get("approval")
    if not demand:
        return None
    who, role, day = one.raw["by"], setting(asked.policy, demand["role"]), asked.day(one)
    if asked.separate() and who in asked.barred():
        return "not-separate"
    if role is None:
        return None
    if demand.get("in-record") and asked.named(role) != who:
        return "role-not-named-before"
    scope = asked.scope(demand.get("scope"))
    if asked.rules.holds(who, role, day, scope):
        return None
    elsewhere = any(
        held["role"] == role and _held_on(held, day) for held in (asked.rules.people.get(who) or {}).get("roles") or []
    )
    return "role-not-held" if elsewhere or asked.links.holds(who, role, day, scope) else None


def _held_on(held: Data, day: date) -> bool:
    return held["from"] <= day.isoformat() and day.isoformat() <= (held.get("until") or "9999-12-31")


def _too_early(old: Data | None, new: Data, policy: Data, rules: World) -> Iterator[str]:
    """Nobody decides on a record, acknowledges or signs before there was one, or decides before it last went back."""
    for one in _new_words(old, new):
        on = one.raw.get("on")
        if on is None or one.taken_back is not None or one.group not in ("approvals", "acknowledgements", "signatures"):
            continue
        if on < began(new, rules).isoformat():
            yield "statement-too-early"
            continue
        past = [entry for entry in new["history"] if entry["at"] <= one.at]
        back = went_back(past, policy, new["kind"])
        if one.group == "approvals" and back is not None and on < rules.day(back).isoformat():
            yield "statement-too-early"
