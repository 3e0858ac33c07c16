"""The files that a change brings, alters or takes away beside records and rules: evidence, and what nothing names."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from partnerkit.jobs.compared import Compared, files_differing
from partnerkit.jobs.desk import Desk
from partnerkit.kinds.statements import Evidence
from partnerkit.register import RecordFile, Register
from partnerkit.reviewing.told import Eye
from partnerkit.steps import statements
from partnerkit.store.git.trees import CommitTree
from partnerkit.store.layout import judges
from partnerkit.store.neighbours import mentioning
from partnerkit.store.record_paths import RECORDS, record_id


def files_beside(desk: Desk, seen: Compared, after: Register) -> tuple[list[Eye], int]:
    """What to look at in them, and how many others change outside records/."""
    files = [one for one in files_differing(seen) if not one.endswith("/.gitkeep")]
    unseen = [one for one in seen.ignored if record_id(one) is None]
    now = _named(after.records, mentioning(desk.git, seen.judged, [*files, *unseen]))
    was = _named(seen.before.records, mentioning(desk.git, seen.base, files)) if seen.before and seen.base else {}
    named = {one: list(dict.fromkeys([*now.get(one, ()), *was.get(one, ())])) for one in files}
    judging = [one for one in files if judges(one)]
    mine = [one for one in files if one.startswith(RECORDS) or named[one] or one in judging]
    base = CommitTree(desk.git, seen.base) if seen.base else None
    stood = {one for one in mine if base is not None and base.entry(one) is not None}
    there = {*seen.loaded.files, *(one for one in mine if not one.startswith(RECORDS) and seen.tree.digest(one))}
    eyes = [
        Eye(sort, one, f"{words}; {_of(named[one])}")
        for one in mine
        for sort, words in _happens(named[one], seen, stood=one in stood, there=one in there)
        if one not in judging
    ]
    eyes += [Eye("file-judging", one, _judging(stood=one in stood, there=one in there)) for one in judging]
    eyes += [
        Eye("file-ignored", one, f"git ignores it, and no commit brings it; {_of(now[one])}")
        for one in unseen
        if one in now
    ]
    return eyes, len([one for one in files if one not in mine])


def _named(records: Mapping[str, RecordFile], ids: set[str]) -> dict[str, list[str]]:
    """By which of these records each file is named as evidence."""
    found: dict[str, list[str]] = {}
    for one in sorted(ids):
        record = records.get(one)
        for live in statements(record) if record is not None else ():
            if isinstance(live.said, Evidence) and live.said.ref and one not in found.setdefault(live.said.ref, []):
                found[live.said.ref].append(one)
    return found


def _happens(named: list[str], seen: Compared, *, stood: bool, there: bool) -> Iterator[tuple[str, str]]:
    """What becomes of a file; nothing where it is new and comes with the record that names it: that is told there."""
    if not there:
        yield "file-gone", "it is gone"
    elif stood:
        yield "file-changed", "it says something else than before"
    elif not named:
        yield "file-unnamed", "it comes with the change"
    elif not set(named) & (seen.changed or set()):
        yield "file-new", "it comes with the change, and without the record"


def _judging(*, stood: bool, there: bool) -> str:
    happens = (
        "it is gone" if not there else "it says something else than before" if stood else "it comes with the change"
    )
    return f"{happens}: does every change still get checked, shown to those who are to look, and kept as it is?"


def _of(named: list[str]) -> str:
    return f"evidence of {', '.join(named)}" if named else "no record names it as evidence"
