"""Rules for one entry: the judge's unit."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import Any

from partnerkit.dataclass import replace
from partnerkit.findings import Finding
from partnerkit.kinds.canonical import digest
from partnerkit.kinds.history import followed
from partnerkit.rules.case import Case, covered_paths, to_come
from partnerkit.rules.commands import as_committed, line
from partnerkit.rules.entry_types import of_its_type
from partnerkit.rules.fitting import digest_before, digest_once, fits
from partnerkit.steps import content, live, statements, uses_digest


def judge(case: Case) -> list[Finding]:
    """Everything in which the entry breaks the rules; nothing when it is legal.

    This is the one judge: `advance` refuses by it before writing, `check` and `audit` report by it afterwards.
    """
    return [replace(finding, entry=case.only_id) for rule in ENTRY_RULES for finding in rule(case)]


def in_its_place(case: Case) -> list[Finding]:
    """The entry continues the list: number, stage left, time, and the digest of the entry before."""
    found: list[Finding] = []
    previous = case.earlier[-1] if case.earlier else None
    if case.entry.seq != len(case.earlier) + 1:
        found.append(
            case.finding("entry-out-of-order", f"entry {case.entry.seq} stands where {len(case.earlier) + 1} belongs")
        )
    if any(entry.get("id") == case.entry.id for entry in case.earlier):
        found.append(case.finding("entry-repeated", f"the entry id {case.entry.id} is used twice"))
    if not fits(case.record, case.entry.seal.previous, digest_before(case.record, previous), previous):
        message = (
            f"entry {case.entry.seq} does not follow the entry before it: that one was changed after it was sealed"
        )
        found.append(case.finding("chain-broken", message, mend=_restore(case)))
    left = previous.get("to") if previous else None
    if case.entry.from_ != left:
        found.append(
            case.finding(
                "entry-from-elsewhere",
                f"entry {case.index + 1} leaves {case.entry.from_}, but the record stood in {left}",
            )
        )
    if any(str(case.raw["at"]) < str(entry["at"]) for entry in _latest(case)):
        found.append(
            case.finding(
                "entry-backdated",
                f"entry {case.index + 1} is dated {case.raw['at']}, before the entry that precedes it",
            )
        )
    if case.landed_at and to_come(case.entry.at, case.entry.clock, case.landed_at):
        found.append(
            case.finding("entry-in-future", f"entry {case.index + 1} is dated {case.raw['at']}, after it landed")
        )
    return found


def _latest(case: Case) -> list[dict[str, Any]]:
    """The latest entry before it of those that were not voided: what never counted dates nothing.

    What it voids itself dates it all the same, unless that was dated ahead of the day on which this landed: else a void
    could choose a day on which what it restores still stood.
    """
    found = followed([*case.earlier, case.raw])
    mine = [place for place, by in found.voided.items() if by is case.raw and not _ahead(case, case.earlier[place])]
    places = [*mine, *(place for place in found.before[-1:] if place is not None)]
    return [case.earlier[max(places)]] if places else []


def _ahead(case: Case, entry: dict[str, Any]) -> bool:
    """Whether an entry is dated after the moment at which the step landed."""
    moment = datetime.fromisoformat(str(entry["at"]))
    return case.landed_at is not None and to_come(moment, entry.get("clock"), case.landed_at)


def _restore(case: Case) -> str:
    return as_committed(case.record.path)


def by_somebody_who_may(case: Case) -> list[Finding]:
    """The person is on the roster that day, and holds the role that the transition asks for."""
    day = case.rules.day(case.entry.at)
    if not case.rules.roster.roles_of(case.entry.by, day):
        message = f"{case.entry.by} held no role on {day}: only people of the roster change a stage"
        return [case.finding("actor-unknown", message, mend=line("person", "role", case.entry.by, "<role>"))]
    role = case.source.policy.value(case.transition.by) if case.transition and case.transition.by else None
    if role and not case.rules.roster.holds(case.entry.by, role, day):
        holders = ", ".join(case.rules.roster.holders(role, day)) or "nobody"
        message = f"{case.entry.by} does not hold the role {role}, which this change needs (it is held by {holders})"
        return [case.finding("actor-lacks-role", message)]
    return []


def sealed(case: Case) -> list[Finding]:
    """The digests of the covered fields and of the statements used are those of the record."""
    found: list[Finding] = []
    by_id = {one.said.id: one.raw for one in live(case.record, case.entry.at)}
    absent = [use for use in case.entry.uses if use not in by_id]
    used = [by_id[use] for use in case.entry.uses if use in by_id]
    if absent:
        found.append(
            case.finding("uses-nothing", f"it rests on {', '.join(absent)}, which did not count at that moment")
        )
    elif gone := [use for use in case.entry.uses if use in _withdrawn_before(case)]:
        message = (
            f"it rests on {', '.join(gone)}, which had been withdrawn when it landed: somebody took it back meanwhile"
        )
        found.append(case.finding("uses-nothing", message, mend=line("gates", case.record.id)))
    elif not fits(case.record, case.entry.seal.statements, digest_once(case.record, uses_digest, used), used):
        found.append(
            case.finding(
                "statement-edited",
                "a statement that it rests on was changed after it was sealed",
                mend=_restore(case),
            )
        )
    over = content(case.record.data, covered_paths(case.source, case.transition))
    if case.stands and not fits(case.record, case.entry.seal.covers, digest(over), over):
        found.append(
            case.finding(
                "content-differs",
                "the fields that it vouches for are not those it was sealed with",
                mend=_restore(case),
            )
        )
    return found


def _withdrawn_before(case: Case) -> set[str]:
    """The statements that were withdrawn before the step, whatever moment the entry names: two branches met."""
    old = case.before.records.get(case.record.id) if case.before is not None else None
    return {one.said.id for one in statements(old) if one.said.withdrawn} if old is not None else set()


ENTRY_RULES: tuple[Callable[[Case], list[Finding]], ...] = (
    in_its_place,
    by_somebody_who_may,
    of_its_type,
    sealed,
)
