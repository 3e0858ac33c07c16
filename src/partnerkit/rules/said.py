"""Rules for the statements that stand in a record: who could say them, of what, and whether they still hold."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from partnerkit.dataclass import replace
from partnerkit.findings import Finding
from partnerkit.kinds.canonical import POINTER, WHOLE
from partnerkit.kinds.statements import Acknowledgement, Approval, Evidence, Signature, Statement, Waiver
from partnerkit.register import Keys, RecordFile, Register
from partnerkit.rules.case import to_come
from partnerkit.rules.commands import WHY, as_committed, line, log_of, withdrawing
from partnerkit.rules.fitting import fits
from partnerkit.rules.look import Look, clause_of, restore, situation_of
from partnerkit.rules.places import at
from partnerkit.steps import Live, statements

_UNKNOWN = "%s is not on the roster"

#: How much of a reference a message shows.
_SHOWN = 120


def approvals_by_holders(look: Look) -> Iterator[Finding]:
    """Whoever approved held the role on that day."""
    for found, day in unheld(look.record, look.register):
        said = found.said
        mend = _held_or_taken_back(look, found, day)
        message = (
            f"{said.by} did not hold the role {found.raw['role']} on {day}, the day of {said.id} for {said.requirement}"
        )
        clause = clause_of(look, said.requirement)
        told = at(look.record, (found.group, found.index), "role-not-held", message, clause=clause, mend=mend)
        yield replace(told, statement=said.id)


def unheld(record: RecordFile, register: Register) -> Iterator[tuple[Live, date]]:
    """The decisions that stand, of people on the roster who did not hold the role on that day; and the day."""
    for found in statements(record):
        said = found.said
        if not isinstance(said, Approval | Waiver) or said.withdrawn is not None:
            continue
        day = said.on or register.day(said.at)
        person = register.roster.people.get(said.by)
        if person is not None and not any(held.role == said.role and held.on(day) for held in person.roles):
            yield found, day


def _held_or_taken_back(look: Look, found: Live, day: date) -> str:
    """The line that gives a role back whose end was set too early; of a role never held, the one that withdraws."""
    said, role = found.said, str(found.raw["role"])
    for held in look.register.roster.people[said.by].roles:
        if held.role == role and held.from_ <= day:
            scope = [word for key, value in held.scope.items() for word in ("--scope", f"{key}={value}")]
            return line("person", "role", said.by, role, "--from", day.isoformat(), *scope)
    return withdrawing(look.record.id, said)


def speakers_are_on_the_roster(look: Look) -> Iterator[Finding]:
    """Whoever made or typed a statement that stands, or withdrew one, is on the roster; a party need not be."""
    for found in statements(look.record):
        said = found.said
        places: list[tuple[Keys, str | None]] = [(("by",), said.by), (("recorded-by",), said.recorded_by)]
        if said.withdrawn is not None:
            places = [(("withdrawn", "by"), said.withdrawn.by)]
        for keys, person in places:
            if person is None or person in look.register.roster.people:
                continue
            mend = line("person", "add", person, "--email", "<email>")
            away = None if said.withdrawn is not None else said.id
            mend = mend if away is None else f"{withdrawing(look.record.id, said)}; or {mend} if they belong there"
            told = at(look.record, (found.group, found.index, *keys), "person-unknown", _UNKNOWN % person, mend=mend)
            yield replace(told, statement=away)


def statements_speak_to_something(look: Look) -> Iterator[Finding]:
    """Every statement speaks to a requirement of the policy, on a day that has come."""
    for found in statements(look.record):
        if found.said.requirement not in look.policy.requirements:
            message = f"{look.policy.policy} has no requirement {found.said.requirement}"
            yield at(
                look.record,
                (found.group, found.index, "requirement"),
                "requirement-unknown",
                message,
                mend=line("policy", "show", look.policy.policy),
                severity="warning",
            )
        stands = found.said.withdrawn is None
        if stands and found.said.on is not None and found.said.on > look.register.day(found.said.at):
            recorded = look.register.day(found.said.at)
            message = f"{found.said.id} is dated {found.said.on}, after the day it was recorded ({recorded})"
            mend = f"{withdrawing(look.record.id, found.said)}, then {_said_again(look, found.said)}"
            keys, clause = (found.group, found.index, "on"), clause_of(look, found.said.requirement)
            told = at(look.record, keys, "statement-in-future", message, clause=clause, mend=mend)
            yield replace(told, statement=found.said.id)
        if to_come(found.said.at, found.said.clock, look.latest):
            message = f"{found.said.id} says it was recorded at {found.said.at:%Y-%m-%d %H:%M}, which is still to come"
            keys = (found.group, found.index, "at")
            yield at(look.record, keys, "statement-in-future", message, mend=restore(look))


def waivers_of_what_can_be_waived(look: Look) -> Iterator[Finding]:
    """A waiver of what nobody may waive counts for nothing; where a passed gate rests on it, the policy was another."""
    used = {use for entry in look.record.model.history for use in entry.uses}
    for found in statements(look.record):
        said, requirement = found.said, look.policy.requirements.get(found.said.requirement)
        if not isinstance(said, Waiver) or said.withdrawn is not None or said.id in used or requirement is None:
            continue
        if requirement.waivable is None:
            message = (
                f"{look.policy.policy} lets nobody waive {said.requirement}: {said.id} of {said.by} counts for nothing"
            )
            clause, mend = clause_of(look, said.requirement), line("gates", look.record.id)
            keys = (found.group, found.index)
            yield at(look.record, keys, "not-waivable", message, clause=clause, mend=mend, severity="warning")


def _said_again(look: Look, said: Statement) -> str:
    """The line that makes a statement on a day that has come."""
    if isinstance(said, Approval):
        return f"{_decided_anew(look, said)} --on <day>"
    if isinstance(said, Waiver):
        words = ["waive", look.record.id, said.requirement, *WHY, "--until", "<day>"]
    elif isinstance(said, Signature | Acknowledgement):
        words = ["add", look.record.id, said.requirement, f"party={said.party}"]
    else:
        words = ["add", look.record.id, said.requirement, "<file-or-link>"]
    return line(*words, "--on", "<day>")


def _decided_anew(look: Look, said: Approval) -> str:
    """The line by which somebody decides once more."""
    from partnerkit.rules.demands.assured import decided_anew  # noqa: PLC0415 - only where a decision counts for nothing

    return decided_anew(look.policy, look.record.id, said)


def approvals_of_this_record(look: Look) -> Iterator[Finding]:
    """An approval stands in the record for which it was given."""
    for found in statements(look.record):
        said = found.said
        if isinstance(said, Approval) and said.record != look.record.id and said.withdrawn is None:
            message = f"the approval {said.id} of {said.by} was given for {said.record}: it counts for no other record"
            mend = f"{withdrawing(look.record.id, said)}, then {_decided_anew(look, said)}"
            keys, clause = (found.group, found.index, "record"), clause_of(look, said.requirement)
            told = at(look.record, keys, "approval-of-another", message, clause=clause, mend=mend)
            yield replace(told, statement=said.id)


def ids_are_unique(look: Look) -> Iterator[Finding]:
    """No two statements or entries of a record have the same id."""
    seen: set[str] = set()
    for found in statements(look.record):
        if found.said.id in seen:
            message = f"the statement id {found.said.id} is used twice"
            keys = (found.group, found.index, "id")
            told = at(look.record, keys, "statement-repeated", message, mend=restore(look))
            yield replace(told, was=f"said/{found.said.id}")
        seen.add(found.said.id)


def evidence_matches(look: Look) -> Iterator[Finding]:
    """A file that the register holds is still the one that was recorded; withdrawn too, where an entry rests on it."""
    used = {use for entry in look.record.model.history for use in entry.uses}
    for found in statements(look.record):
        said = found.said
        if not isinstance(said, Evidence) or said.digest is None or said.claimed:
            continue
        if said.withdrawn is not None and said.id not in used:
            continue
        if said.ref is None:
            message = (
                f"the evidence {said.id} for {said.requirement} has a digest and does not say of what: "
                "neither a file (ref) nor that it is kept elsewhere (claimed)"
            )
            mend = withdrawing(look.record.id, said)
            place, clause = (found.group, found.index, "digest"), clause_of(look, said.requirement)
            told = at(look.record, place, "evidence-missing", message, clause=clause, mend=mend)
            yield replace(told, statement=said.id)
            continue
        now = look.register.digests(said.ref)
        if now is not None and fits(look.record, said.digest, now, None):
            continue
        long = len(said.ref) > _SHOWN
        mend = (
            restore(look)
            if long
            else f"{as_committed(said.ref)}; where it landed so, {log_of(said.ref)} shows what it was"
        )
        code, what = "evidence-changed", "is no longer the file that was recorded"
        if now is None:
            code, what = "evidence-missing", "is not there, or cannot be read"
        elif now == POINTER:
            code, what, mend = "lfs-pointer", "is a pointer of git LFS: the bytes themselves are elsewhere", WHOLE
        file = f"{said.ref[:_SHOWN]}…" if long else said.ref
        message = f"{file}, evidence {said.id} for {said.requirement}, {what}"
        clause = clause_of(look, said.requirement)
        told = at(look.record, (found.group, found.index, "digest"), code, message, clause=clause, mend=mend)
        yield replace(told, was=f"evidence/{said.ref}")


def approvals_still_bind(look: Look) -> Iterator[Finding]:
    """An approval for a gate that is still ahead binds what stands there now."""
    lifecycle = look.policy.lifecycles.get(look.record.kind)
    used = {use for entry in look.record.model.history for use in entry.uses}
    ahead = {name for t in (lifecycle.leaving(look.record.stage) if lifecycle else []) for name in t.needs}
    for found in _latest_decisions(look):
        said = found.said
        if not isinstance(said, Approval) or said.id in used or said.requirement not in ahead:
            continue
        from partnerkit.rules.demands.decided import void  # noqa: PLC0415 - only where anybody decided
        from partnerkit.rules.gate import ask  # noqa: PLC0415 - likewise

        why = void(ask(situation_of(look), look.record.stage, said.requirement), said)
        if why is not None:
            message = f"the approval {said.id} of {said.by} for {said.requirement} is void: {why}"
            yield at(
                look.record,
                (found.group, found.index),
                "approval-void",
                message,
                clause=clause_of(look, said.requirement),
                mend=_decided_anew(look, said),
                severity="warning",
            )


def _latest_decisions(look: Look) -> list[Live]:
    """The latest decision of each person on each requirement: what they said before is superseded."""
    latest: dict[tuple[str, str], Live] = {}
    standing = [one for one in statements(look.record) if isinstance(one.said, Approval) and not one.said.withdrawn]
    for found in sorted(standing, key=lambda one: (one.said.at, one.index)):
        latest[found.said.by, found.said.requirement] = found
    return sorted(latest.values(), key=lambda one: one.index)


def statements_stand_once(register: Register) -> Iterator[Finding]:
    """No statement stands in two records: it was made in one, and copied into the other."""
    homes: dict[str, dict[str, tuple[RecordFile, Live]]] = {}
    for record in register.of_kind(None):
        for found in statements(record):
            if found.said.withdrawn is not None:
                continue
            homes.setdefault(found.said.id, {}).setdefault(record.id, (record, found))
    for found_in in homes.values():
        for record, found in found_in.values() if len(found_in) > 1 else ():
            others = ", ".join(other for other in found_in if other != record.id)
            message = (
                f"the statement {found.said.id} for {found.said.requirement} stands in {others} too: one is a copy"
            )
            mend = f"where this is the copy: {withdrawing(record.id, found.said)}"
            told = at(record, (found.group, found.index, "id"), "statement-repeated", message, mend=mend)
            yield replace(told, statement=found.said.id)
