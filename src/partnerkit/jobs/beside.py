"""What stands beside a change: the records to which what changed belongs, those that belong to it or show its files."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from partnerkit.findings import Finding
from partnerkit.jobs.compared import Compared, files_differing
from partnerkit.jobs.desk import Desk
from partnerkit.register import RecordFile, Register
from partnerkit.rules.governing import keepers_are_there
from partnerkit.rules.said import statements_stand_once
from partnerkit.rules.standing import judge_register
from partnerkit.rules.verdict import key_of
from partnerkit.steps import statements
from partnerkit.store.neighbours import below, mentioning


def neighbours(desk: Desk, commit: str | None, register: Register, changed: set[str]) -> dict[str, RecordFile]:
    """The records beside those that changed, by id: what these belong to, as far up as it goes, and what is below."""
    found = {one.id: one for one in below(desk.git, commit, register, changed)}
    todo = [register.records.get(one) for one in sorted(changed)]
    while todo:
        record = todo.pop()
        above = register.records.get(record.subject or "") if record is not None else None
        if above is not None and above.id not in found:
            found[above.id] = above
            todo.append(above)
    return {one: record for one, record in sorted(found.items()) if one not in changed}


def beside(desk: Desk, seen: Compared, after: Register) -> Iterator[Finding]:
    """What is found beside a change: of other records, and was not found of them before it; of copies; of keepers.

    Where the rules change, every other record is looked at: any of them may be what the new rules do not allow.
    """
    changed = seen.changed or set()
    others = seen.before is not None and seen.before.rules != after.rules
    ids = _all(seen) - changed if others else _near(desk, seen, after)
    before = judge_register(seen.before, desk.now, ids, desk.latest) if seen.before is not None and ids else []
    known = {key_of(one) for one in before}
    if seen.was is not None:
        known |= {key_of(one) for one in seen.was.records.findings}
    now = judge_register(after, desk.now, ids, desk.latest) if ids else []
    unread = [one for one in seen.loaded.records.findings if one.file not in (seen.paths or ())]
    yield from (one for one in [*now, *unread] if key_of(one) not in known)
    yield from _copied(desk, seen, after)
    if others:
        yield from keepers_are_there(after, desk.now)


def _near(desk: Desk, seen: Compared, after: Register) -> set[str]:
    """The ids of what stands beside the change, or stood beside it before, and of what shows a file that changed."""
    changed = seen.changed or set()
    was = neighbours(desk, seen.base, seen.before, changed) if seen.before is not None else {}
    shown = mentioning(desk.git, seen.judged, files_differing(seen))
    now = {*neighbours(desk, seen.judged, after, changed), *(one for one in shown if one in after.records)}
    return {*was, *now} - changed


def _all(seen: Compared) -> set[str]:
    """The ids of all records; they are read, before and after, at once."""
    for one in (seen.was, seen.loaded):
        if one is not None:
            one.records.load(sorted(one.records.paths))
    return set(seen.loaded.records.paths)


def _copied(desk: Desk, seen: Compared, after: Register) -> list[Finding]:
    """Statements that the change brings and that stand in another record too."""
    mine = {one: record for one in seen.changed or () if (record := after.records.get(one)) is not None}
    was = seen.before.records if seen.before is not None else {}
    known = {one.said.id for each in mine if each in was for one in statements(was[each])}
    brought = {one.said.id for record in mine.values() for one in statements(record)} - known
    others = {one: after.records[one] for one in mentioning(desk.git, seen.judged, brought) if one in after.records}
    return list(statements_stand_once(replace(after, records={**others, **mine}, ids_of=None, mentioning=None)))
