"""Mends of records that landed so that nobody can read them: the last version that could be read comes back."""

from __future__ import annotations

from collections.abc import Iterable

from partnerkit.dataclass import replace
from partnerkit.errors import CannotWorkError
from partnerkit.findings import Finding
from partnerkit.jobs.compared import Compared
from partnerkit.jobs.desk import Desk
from partnerkit.register import Register
from partnerkit.store.checked import Models, checked
from partnerkit.store.git.history import versions
from partnerkit.store.record_paths import record_id
from partnerkit.store.yaml.reader import read


def readable_again(desk: Desk, seen: Compared, found: Iterable[Finding]) -> list[Finding]:
    """Findings of records that could not be read before the change either, with the lines of an earlier version."""
    every, before = list(found), seen.before
    if before is None or seen.was is None or seen.ranged:
        return every
    same = seen.loaded.register is not None and seen.loaded.register.rules == before.rules
    now = seen.loaded.records.broken  # the same rules read a file that is as it was as they did
    seen.was.records.load({one.record for one in every if one.record and (not same or one.record in now)})
    broken = {path for record in before.broken if (path := seen.was.records.paths.get(record))}
    mine = {str(one.file) for one in every if one.file in broken and one.file not in (seen.paths or ())}
    made = {path: _made_unreadable(desk, before, path) for path in mine}
    return [_offered(one, made.get(str(one.file))) for one in every]


def _made_unreadable(desk: Desk, before: Register, path: str) -> str | None:
    """The commit that left a file that nobody can read where one lay that could be; None where none ever could."""
    later: str | None = None
    for commit, raw in versions(desk.git, path):
        if raw is not None and _reads(before, path, raw):
            return later
        later = commit.oid
    return None


def _reads(before: Register, path: str, raw: bytes) -> bool:
    document, _found = read(raw, path)
    try:
        return document is not None and checked(document, Models(before.policies))[0] is not None
    except CannotWorkError:  # it is of a newer format
        return False


def _offered(found: Finding, commit: str | None) -> Finding:
    if commit is None:
        return found
    from partnerkit.rules.offering import brought_back  # noqa: PLC0415 - hardly a record lands unreadable

    back = brought_back(replace(found, commit=commit), str(record_id(str(found.file))))
    return replace(found, mend=f"{found.mend}; or as it last could be read: {back}")
