"""Rules for a step: what may not happen between two trees, whatever the entries."""

from __future__ import annotations

import functools
from collections.abc import Callable, Iterator, Mapping
from typing import TypeAlias

from partnerkit.dataclass import replace
from partnerkit.findings import Finding
from partnerkit.kinds.history import only_id
from partnerkit.kinds.statements import STATEMENT_LISTS
from partnerkit.register import RecordFile, Register
from partnerkit.rules.amended import changed_as_decided
from partnerkit.rules.case import Case
from partnerkit.rules.commands import line
from partnerkit.rules.compared import altered, new_entries, pairs
from partnerkit.rules.elsewhere import nothing_classified_comes_in
from partnerkit.rules.expunged import expungings_are_true
from partnerkit.rules.governing import rule_changes, rules_changed_by_those_who_may, weakened
from partnerkit.rules.logged import new_lines_fit_the_record
from partnerkit.rules.people import interests_stay, known_where_named, named_people_stay, naming, proposer_stays
from partnerkit.rules.places import at
from partnerkit.rules.settled import settled_in, settlements
from partnerkit.rules.staying import (
    belonging_stays,
    history_grows,
    identity_stays,
    locked_fields_stay,
    records_stay,
    stage_follows_history,
    statements_stay,
    tombstones_stay,
    withdrawals_go_forward,
)
from partnerkit.rules.to_come import days_come_in_order, nothing_happened_ahead
from partnerkit.steps import IDENTITY, Step

StepRule: TypeAlias = Callable[[Step, set[str] | None], Iterator[Finding]]

#: The parts of a record on which passed gates may rest, and which say what rests on what.
_RESTED_ON = frozenset({*STATEMENT_LISTS, "history"})

#: How many of the things that were weakened are told with a stage change that came with them.
_TOLD = 3


def judge_step(step: Step, only: set[str] | None = None) -> list[Finding]:
    """Everything in which a step breaks the rules that stood before it.

    Args:
        step: the trees before and after.
        only: records that changed, where that is known; else every record is compared.
    """
    parts = {part for old, new in pairs(step, only) if new is not None for part in altered(step, old, new)}
    found = [finding for rule in _asked(_PARTS.intersection(parts)) for finding in rule(step, only)]
    return settled_in(found, settlements(step, only, found))


@functools.cache
def _asked(parts: frozenset[str]) -> tuple[StepRule, ...]:
    """The rules that can find something in a step that alters these parts of records."""
    return tuple(rule for rule in STEP_RULES if rule not in SPEAK_OF or SPEAK_OF[rule] & parts)


def rules_stand_alone(step: Step, only: set[str] | None) -> Iterator[Finding]:
    """What says what is legal does not change in the step that relies on it."""
    changed = rule_changes(step)
    if step.before is None or not changed:
        return
    for old, new in pairs(step, only):
        added = new.model.history[new_entries(old) :] if new is not None else []
        for index, entry in enumerate(added, new_entries(old)):
            if new is None or entry.type == "migrate":
                continue
            message = (
                f"{new.kind} {new.id} changes its stage in the same step in which {', '.join(changed)} changes: "
                f"{''.join(f'{words}; ' for words in weakened(step.before, step.after)[:_TOLD])}"
                "rules are judged by those before them, so each lands alone"
            )
            mend = _apart(step.before, new, changed)
            found = at(new, ("history", index), "rules-and-records-together", message, mend=mend)
            yield replace(found, entry=only_id(new.data["history"], index))


def _apart(before: Register, record: RecordFile, changed: list[str]) -> str:
    """In which order a move and a change of the rules land: the rules first, but for those that the record decides."""
    from partnerkit.rules.proposing import is_amendment  # noqa: PLC0415 - only where both change

    policies = before.policies.values()
    decided = [one.path for one in policies if one.path in changed and is_amendment(one.policy, record)]
    first = [path for path in changed if path not in decided]
    mend = f"land {' and '.join(first)} first, then " if first else ""
    if not decided:
        return f"{mend}make the move again"
    paths = " and ".join(decided)
    return f"{mend}land {record.id} as it is decided, without {paths}; then {line('policy', 'amend', record.id)}"


def decisions_are_legal(step: Step, only: set[str] | None) -> Iterator[Finding]:
    """Every decision that the step adds comes from somebody who could take it before the step, on what was there."""
    for old, new in pairs(step, only):
        if new is not None and not altered(step, old, new).isdisjoint(STATEMENT_LISTS):
            yield from _said_legally(step, old, new)


def _said_legally(step: Step, old: RecordFile | None, new: RecordFile) -> Iterator[Finding]:
    # Only where anybody said anything anew: these ask what gates do.
    from partnerkit.rules.approvals import decisions_by_those_who_may, waivers_by_those_who_may  # noqa: PLC0415
    from partnerkit.rules.signed import signed_by_who_says_so  # noqa: PLC0415
    from partnerkit.rules.too_early import said_of_what_was_there  # noqa: PLC0415

    yield from decisions_by_those_who_may(step, old, new)
    yield from waivers_by_those_who_may(step, old, new)
    yield from signed_by_who_says_so(step, old, new)
    yield from said_of_what_was_there(step, old, new)


def content_stays_out(step: Step, only: set[str] | None) -> Iterator[Finding]:
    """What is classified above what the register may hold does not enter history."""
    for old, new in pairs(step, only):
        if new is not None:
            yield from nothing_classified_comes_in(step, old, new)


def people_stay_known(step: Step, only: set[str] | None) -> Iterator[Finding]:
    """Whom a record names and the roster knew, the roster goes on knowing."""
    del only
    if step.before is not None:
        yield from named_people_stay(step.before, step.after)


def people_are_who_they_were(step: Step, only: set[str] | None) -> Iterator[Finding]:
    """Who proposed it, who has an interest and who holds a role for it: known, and not changed unseen."""
    for old, new in pairs(step, only):
        if new is not None and not altered(step, old, new).isdisjoint(naming(new.kind)):
            yield from known_where_named(step, old, new)
        if old is not None and new is not None:
            yield from interests_stay(step, old, new)
            yield from proposer_stays(step, old, new)


def what_decisions_rest_on_stays(step: Step, only: set[str] | None) -> Iterator[Finding]:
    """Evidence, signatures and belonging stay as they were when it was decided."""
    for old, new in pairs(step, only):
        if old is None or new is None:
            continue
        source = step.rules.policies.get(old.model.policy)
        if source is not None and not altered(step, old, new).isdisjoint(_RESTED_ON):
            from partnerkit.rules.resting import evidence_stays, signed_stays  # noqa: PLC0415 - only where anybody decided

            yield from evidence_stays(old, new, source)
            yield from signed_stays(old, new, source)
        yield from belonging_stays(old, new)


def what_is_over_stays_over(step: Step, only: set[str] | None) -> Iterator[Finding]:
    """Nothing that needs a record to last is begun of one that is over, or pushed behind its end."""
    for old, new in pairs(step, only):
        if new is not None and new.subject is not None:
            from partnerkit.rules.over import begun_in_time  # noqa: PLC0415 - only of what belongs to something

            made = only_id(new.data["history"], 0) if old is None else None
            yield from (replace(found, entry=made) for found in begun_in_time(step, old, new))


def entries_are_legal(step: Step, only: set[str] | None) -> Iterator[Finding]:
    """Every entry that the step adds passes the judge, in order."""
    for old, new in pairs(step, only):
        if new is None:
            continue
        source = step.rules.policies.get(new.model.policy)
        if source is None:
            message = f"the register has no policy {new.model.policy}"
            found = at(new, ("policy",), "policy-unknown", message, mend=line("policy", "show"))
            added = range(new_entries(old), len(new.model.history))
            yield from (replace(found, entry=only_id(new.data["history"], one)) for one in added) if added else [found]
            continue
        start = new_entries(old)
        if old is None and new.model.history[0].type not in {"create", "adopt"}:
            message = "its first entry neither creates nor adopts it"
            found = at(new, ("history", 0), "never-created", message, mend=line("new", new.kind, "<title>"))
            yield replace(found, entry=only_id(new.data["history"], 0))
        for index in range(start, len(new.model.history)):
            from partnerkit.rules.entries import judge  # noqa: PLC0415 - most steps add no entry

            raw = new.data["history"]
            entry = new.model.history[index]
            yield from judge(
                Case(
                    entry,
                    raw[index],
                    index,
                    new,
                    raw[:index],
                    step.before,
                    step.after,
                    source,
                    step.landed_at,
                )
            )


STEP_RULES: tuple[StepRule, ...] = (
    rules_stand_alone,
    rules_changed_by_those_who_may,
    changed_as_decided,
    records_stay,
    identity_stays,
    tombstones_stay,
    history_grows,
    stage_follows_history,
    statements_stay,
    expungings_are_true,
    withdrawals_go_forward,
    locked_fields_stay,
    people_stay_known,
    people_are_who_they_were,
    what_decisions_rest_on_stays,
    decisions_are_legal,
    nothing_happened_ahead,
    days_come_in_order,
    new_lines_fit_the_record,
    content_stays_out,
    what_is_over_stays_over,
    entries_are_legal,
)

#: Of rules that say something of records of which some parts are altered (`compared.altered`) and of no others: which.
SPEAK_OF: Mapping[StepRule, frozenset[str]] = {
    identity_stays: frozenset(IDENTITY),
    history_grows: frozenset({"history"}),
    statements_stay: frozenset(STATEMENT_LISTS),
    withdrawals_go_forward: frozenset(STATEMENT_LISTS),
    decisions_are_legal: frozenset(STATEMENT_LISTS),
}
_PARTS = frozenset[str]().union(*SPEAK_OF.values())
