"""Rules for one register: what must be true of every record at any moment."""

from __future__ import annotations

import functools
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import datetime
from typing import TypeAlias

from partnerkit.findings import Finding
from partnerkit.kinds.expunging import EXPUNGED
from partnerkit.kinds.statements import STATEMENT_LISTS
from partnerkit.register import Register
from partnerkit.rules.anonymous import feedback_tells_of_nobody
from partnerkit.rules.chain import (
    content_as_sealed,
    entries_hold,
    stage_is_where_history_leads,
)
from partnerkit.rules.commands import reaffirming
from partnerkit.rules.elsewhere import content_stays_elsewhere
from partnerkit.rules.expunged import expungings_are_a_chain, markers_are_explained
from partnerkit.rules.fallen import gates_still_rest
from partnerkit.rules.governing import keepers_are_there
from partnerkit.rules.lasting import unmet_standing
from partnerkit.rules.links import (
    adopted_below_judged,
    continues_what_it_can,
    named_records_exist,
    policy_is_allowed,
    subject_exists,
)
from partnerkit.rules.logged import lines_fit_the_record
from partnerkit.rules.look import Look, clause_of
from partnerkit.rules.names import names_are_spelt_right
from partnerkit.rules.places import at
from partnerkit.rules.reaching import nobody_is_reached_through_it
from partnerkit.rules.said import (
    approvals_by_holders,
    approvals_of_this_record,
    approvals_still_bind,
    evidence_matches,
    ids_are_unique,
    speakers_are_on_the_roster,
    statements_speak_to_something,
    statements_stand_once,
    waivers_of_what_can_be_waived,
)
from partnerkit.rules.signed import lost_signatures_are_told, signatures_are_genuine
from partnerkit.rules.to_come import days_stand_in_order, nothing_stands_ahead
from partnerkit.rules.withdrawals import withdrawals_are_possible
from partnerkit.rules.wording import values_are_known, words_are_welcome

Rule: TypeAlias = Callable[[Look], Iterator[Finding]]


def judge_register(
    register: Register,
    now: datetime,
    only: set[str] | None = None,
    latest: datetime | None = None,
    through: Callable[[list[str]], Iterable[str]] = iter,
) -> list[Finding]:
    """Everything in the register (or in the records named) that contradicts itself or its rules at this moment.

    Args:
        register: what is looked at.
        now: the moment.
        only: the ids of the records that are looked at; all where None.
        latest: the latest moment at which anything can have been recorded, where that is not `now`.
        through: goes through the ids, for whoever wants to say how far it is.
    """
    # Asked one by one: to name them all would read them all.
    named = register.records if only is None else (one for one in only if one in register.records)
    found = [one for record_id in through(sorted(named)) for one in judge_record(register, now, record_id, latest)]
    return found if only is not None else [*found, *judge_rules(register, now), *statements_stand_once(register)]


def judge_record(register: Register, now: datetime, record_id: str, latest: datetime | None) -> Iterator[Finding]:
    """Everything in one record that contradicts itself or its rules at this moment; `judge_register` says what of."""
    return _of_record(register, now, record_id, latest, RECORD_RULES)


def judge_rules(register: Register, now: datetime) -> Iterator[Finding]:
    """Everything in the rules themselves that somebody should see to at this moment."""
    yield from _policies_reviewed(register, now)
    yield from keepers_are_there(register, now)


def judge_trail(
    register: Register,
    now: datetime,
    only: set[str] | None = None,
    through: Callable[[list[str]], Iterable[str]] = iter,
) -> list[Finding]:
    """Everything in which what stands of the past contradicts itself: chains, seals, stages, statements, evidence.

    Args: as `judge_register`.
    """
    named = register.records if only is None else (one for one in only if one in register.records)
    ids = through(sorted(named))
    found = [one for record_id in ids for one in _of_record(register, now, record_id, now, TRAIL_RULES)]
    return [*found, *statements_stand_once(register)] if only is None else found


def _of_record(
    register: Register, now: datetime, record_id: str, latest: datetime | None, rules: Sequence[Rule]
) -> Iterator[Finding]:
    """Everything in one record that contradicts itself or the rules at this moment."""
    record = register.records[record_id]
    look = Look(record, register, register.policies[record.model.policy], now, latest or now)
    for rule in _asked(rules, _PARTS.intersection(record.data)):
        yield from rule(look)


@functools.cache
def _asked(rules: Sequence[Rule], parts: frozenset[str]) -> tuple[Rule, ...]:
    """Those of some rules that can find something in a record with these parts."""
    return tuple(rule for rule in rules if rule not in SPEAK_OF or SPEAK_OF[rule] & parts)


def standing_requirements_hold(look: Look) -> Iterator[Finding]:
    """What must hold for as long as a stage lasts still holds. Its end is a warning: no past move becomes illegal."""
    for unmet in unmet_standing(look):
        if unmet.in_time(look.today):
            continue
        name, missing = unmet.question.name, unmet.answer.missing
        message = f"{look.record.stage} needs {name} for as long as it lasts. {missing}"
        code = "standing-breach"
        if unmet.question.requirement.advisory:
            code, message = "advice", f"{name}: {missing}"
        yield at(
            look.record,
            ("stage",),
            code,
            message,
            clause=clause_of(look, name),
            mend=unmet.answer.command,
            severity="warning",
        )


def _policies_reviewed(register: Register, now: datetime) -> Iterator[Finding]:
    """A policy whose own review is overdue is a warning, never more."""
    today = register.day(now)
    for source in register.policies.values():
        due = source.policy.review_due
        if due is not None and due < today:
            line_, column = source.place(("next-review",) if source.policy.next_review else ("review-every",))
            message = f"the review of {source.policy.policy} itself was due on {due}, {(today - due).days} days ago"
            yield Finding(
                "policy-review-overdue",
                message,
                "warning",
                source.path,
                line_,
                column,
                mend=reaffirming(source.policy),
            )


#: Of rules that say something of some parts of a record alone: which. Where it has none of these they are not asked.
SPEAK_OF: Mapping[Rule, frozenset[str]] = {
    approvals_by_holders: frozenset({"approvals", "waivers"}),
    speakers_are_on_the_roster: frozenset(STATEMENT_LISTS),
    withdrawals_are_possible: frozenset(STATEMENT_LISTS),
    statements_speak_to_something: frozenset(STATEMENT_LISTS),
    waivers_of_what_can_be_waived: frozenset({"waivers"}),
    approvals_of_this_record: frozenset({"approvals"}),
    signatures_are_genuine: frozenset({"approvals"}),
    ids_are_unique: frozenset(STATEMENT_LISTS),
    evidence_matches: frozenset({"evidence"}),
    expungings_are_a_chain: frozenset({EXPUNGED}),
    approvals_still_bind: frozenset({"approvals"}),
    gates_still_rest: frozenset({"approvals", "signatures"}),
    lost_signatures_are_told: frozenset({"approvals"}),
}
_PARTS = frozenset[str]().union(*SPEAK_OF.values())

#: What must hold for ever: it neither ages nor hangs on what is still to be done.
TRAIL_RULES: tuple[Rule, ...] = (
    policy_is_allowed,
    subject_exists,
    named_records_exist,
    continues_what_it_can,
    adopted_below_judged,
    entries_hold,
    stage_is_where_history_leads,
    content_as_sealed,
    approvals_by_holders,
    speakers_are_on_the_roster,
    withdrawals_are_possible,
    statements_speak_to_something,
    waivers_of_what_can_be_waived,
    approvals_of_this_record,
    signatures_are_genuine,
    ids_are_unique,
    evidence_matches,
    content_stays_elsewhere,
    markers_are_explained,
    expungings_are_a_chain,
)

RECORD_RULES: tuple[Rule, ...] = (
    *TRAIL_RULES,
    approvals_still_bind,
    gates_still_rest,
    standing_requirements_hold,
    lines_fit_the_record,
    feedback_tells_of_nobody,
    nothing_stands_ahead,
    days_stand_in_order,
    lost_signatures_are_told,
    names_are_spelt_right,
    values_are_known,
    words_are_welcome,
    nobody_is_reached_through_it,
)
