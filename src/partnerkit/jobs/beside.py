"""What stands beside a change: the records to which what changed belongs, and those that belong to it."""

from __future__ import annotations

from collections.abc import Iterator

from partnerkit.findings import Finding
from partnerkit.jobs.compared import Compared
from partnerkit.jobs.desk import Desk
from partnerkit.register import RecordFile, Register
from partnerkit.rules.standing import judge_register
from partnerkit.rules.verdict import key_of
from partnerkit.store.neighbours import below


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
    """What is found of the records beside a change, and was not found of them before it."""
    changed = seen.changed or set()
    ids = set(neighbours(desk, seen.judged, after, changed))
    before = judge_register(seen.before, desk.now, ids, desk.latest) if seen.before is not None and ids else []
    known = {key_of(one) for one in before}
    now = judge_register(after, desk.now, ids, desk.latest) if ids else []
    yield from (one for one in now if key_of(one) not in known)
