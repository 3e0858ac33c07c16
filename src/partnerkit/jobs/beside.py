"""What stands beside a change: the records to which what changed belongs, those that belong to it or show its files."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator

from partnerkit.dataclass import dataclass, replace
from partnerkit.findings import Finding
from partnerkit.jobs.compared import Compared, files_differing
from partnerkit.jobs.desk import Desk
from partnerkit.register import RecordFile, Register
from partnerkit.rules.governing import keepers_are_there
from partnerkit.rules.said import statements_stand_once
from partnerkit.rules.standing import judge_register
from partnerkit.steps import statements
from partnerkit.store.neighbours import looked_for


def neighbours(register: Register, changed: set[str], naming: Iterable[str]) -> dict[str, RecordFile]:
    """The records beside those that changed, by id: what these belong to, as far up as it goes, and what is below.

    Args:
        register: where they stand.
        changed: the ids of those that changed.
        naming: the ids of all others that may belong to one of them.
    """
    others = (register.records.get(one) for one in sorted(naming))
    found = {one.id: one for one in others if one is not None and one.subject in changed}
    todo = [register.records.get(one) for one in sorted(changed)]
    while todo:
        record = todo.pop()
        above = register.records.get(record.subject or "") if record is not None else None
        if above is not None and above.id not in found:
            found[above.id] = above
            todo.append(above)
    return {one: record for one, record in sorted(found.items()) if one not in changed}


@dataclass(frozen=True, slots=True)
class Naming:
    """Which other records may name what changed: git looks for them while other work is done.

    No other record differs between the trees: what names them before names them after, and one look is enough.

    Attributes:
        ids: gives the records that may belong to those that changed.
        words: gives those that may hold a statement that the change brings, or show a file that changed.
    """

    ids: Callable[[], set[str]]
    words: Callable[[], set[str]]

    @classmethod
    def of(cls, desk: Desk, seen: Compared, after: Register) -> Naming:
        """Begin to look for them."""
        files = [] if _other_rules(seen, after) else files_differing(seen)  # by other rules every record is looked at
        words = {*_brought(seen, after), *files}
        return cls(seen.below(frozenset(seen.changed or ())), looked_for(desk.git, seen.judged, words))


def beside(desk: Desk, seen: Compared, after: Register, naming: Naming) -> Iterator[Finding]:
    """What is found beside a change: of other records, and was not found of them before it; of copies; of keepers.

    Where the rules change, every other record is looked at: any of them may be what the new rules do not allow.
    """
    changed = seen.changed or set()
    others = _other_rules(seen, after)
    ids = _all(seen) - changed if others else _near(seen, after, naming)
    before = judge_register(seen.before, desk.now, ids, desk.latest) if seen.before is not None and ids else []
    now = judge_register(after, desk.now, ids, desk.latest) if ids else []
    unread = [one for one in seen.loaded.records.findings if one.file not in (seen.paths or ())]
    if now or unread:
        from partnerkit.rules.verdict import key_of  # noqa: PLC0415 - mostly nothing is wrong beside a change

        known = {key_of(one) for one in before}
        if seen.was is not None:
            known |= {key_of(one) for one in seen.was.records.findings}
        yield from (one for one in [*now, *unread] if key_of(one) not in known)
    yield from _copied(seen, after, naming)
    if others:
        yield from keepers_are_there(after, desk.now)


def _other_rules(seen: Compared, after: Register) -> bool:
    return seen.before is not None and seen.before.rules != after.rules


def _near(seen: Compared, after: Register, naming: Naming) -> set[str]:
    """The ids of what stands beside the change, or stood beside it before, and of what shows a file that changed."""
    changed, others = seen.changed or set(), naming.ids()
    was = neighbours(seen.before, changed, others) if seen.before is not None else {}
    now = {*neighbours(after, changed, others), *(one for one in naming.words() if one in after.records)}
    return {*was, *now} - changed


def _all(seen: Compared) -> set[str]:
    """The ids of all records; they are read, before and after, at once."""
    for one in (seen.was, seen.loaded):
        if one is not None:
            one.records.load(sorted(one.records.paths))
    return set(seen.loaded.records.paths)


def _brought(seen: Compared, after: Register) -> set[str]:
    """The ids of the statements that the change brings."""
    mine = [record for one in seen.changed or () if (record := after.records.get(one)) is not None]
    was = seen.before.records if seen.before is not None else {}
    known = {one.said.id for record in mine if record.id in was for one in statements(was[record.id])}
    return {one.said.id for record in mine for one in statements(record)} - known


def _copied(seen: Compared, after: Register, naming: Naming) -> list[Finding]:
    """Statements that the change brings and that stand in another record too."""
    mine = {one: record for one in seen.changed or () if (record := after.records.get(one)) is not None}
    others = {one: after.records[one] for one in naming.words() if one in after.records}
    return list(statements_stand_once(replace(after, records={**others, **mine}, ids_of=None, mentioning=None)))
