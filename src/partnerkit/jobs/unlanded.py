"""Mends that suit what has not landed: an edit is taken back, or written otherwise, where it was made."""

from __future__ import annotations

from collections.abc import Iterable

from partnerkit.dataclass import replace
from partnerkit.findings import Finding
from partnerkit.jobs.compared import Compared
from partnerkit.jobs.desk import Desk
from partnerkit.register import POLICIES_FOLDER, Register
from partnerkit.rules.case import TAKE_OUT
from partnerkit.rules.commands import as_committed, as_it_began, quoted
from partnerkit.rules.standing import judge_register, judge_trail
from partnerkit.steps import IDENTITY, Step
from partnerkit.store.layout import is_rule
from partnerkit.store.record_paths import id_of

#: What an edit breaks that no command mends, because what it would have to be is what it was.
_TAKEN_BACK = frozenset(
    {
        "locked-field-changed",
        "rested-on-changed",
        "link-broken",
        "link-of-wrong-kind",
        "policy-of-another",
        "requirement-unknown",
    }
)

#: What is to be worded otherwise: by a line, once the file holds no edit that has not landed.
_WORDED = frozenset({"personal-data", "name-misspelt", "word-unwelcome", "value-unknown"})

#: How lines begin that write to files of rules, whatever was edited in a record.
_OF_RULES = ("partnerkit person ", "partnerkit policy ")

#: What mends a file and keeps what was edited in it.
_MENDS = ("chmod -x", "`partnerkit fmt`")


def uncorrected(desk: Desk, step: Step, found: list[Finding]) -> list[Finding]:
    """Findings of what has not landed: nothing there has to be corrected by an entry, or withdrawn."""
    before = step.before.records if step.before is not None else {}
    ids = {one.record for one in found if one.sealed and one.record and one.record in before}
    stood = judge_trail(step.before, desk.latest, ids) if step.before is not None and ids else []
    known = {(one.code, one.record, one.sealed) for one in stood}
    if not ids and all(one.statement is None for one in found):
        return found
    from partnerkit.rules.offering import unmade  # noqa: PLC0415 - only where a statement is wrong, or what is sealed

    return [
        unmade(one, step.before)
        if one.statement is not None
        else replace(one, mend=_back(one.file or ""))
        if one.record in ids and "--correct" in (one.mend or "") and (one.code, one.record, one.sealed) not in known
        else one
        for one in found
    ]


def edited(desk: Desk, seen: Compared, found: list[Finding]) -> list[Finding]:
    """Findings of records that were edited, with what mends the edit; what was found before it is mended as ever."""
    paths, before, dirty = {*(seen.paths or ())}, seen.before, not seen.ranged
    mine = [one for one in found if one.file in paths and _by_an_edit(one, dirty=dirty)]
    if not mine:
        return found
    from partnerkit.rules.verdict import key_of  # noqa: PLC0415 - only where an edit is wrong

    stood = {one.record for one in mine if one.record and before is not None and one.record in before.records}
    known = {key_of(one) for one in judge_register(before, desk.now, stood, desk.latest)} if before and stood else set()
    mends = {one: _mended(one, before, landed=key_of(one) in known, dirty=dirty) for one in mine}
    return [replace(one, mend=mends[one]) if one in mends else one for one in found]


def _by_an_edit(found: Finding, *, dirty: bool) -> bool:
    """Whether it may be mended where the file was edited: no command writes to one that differs from HEAD."""
    return found.code in _TAKEN_BACK or (dirty and (found.severity == "error" or found.code in _WORDED))


def _mended(found: Finding, before: Register | None, *, landed: bool, dirty: bool) -> str | None:
    path, mend = found.file or "", found.mend or ""
    old = before.records.get(found.record or "") if before is not None else None
    there = old is not None and old.path == path
    if is_rule(path):
        return f"{mend}; or {_back(path)}" if _of_rules(path, mend, before) else found.mend
    if dirty and old is None and found.entry is not None:
        return f"rm {quoted(path)} takes out what has not landed{f'; then {mend}' if TAKE_OUT not in mend else ''}"
    if found.code in _WORDED and dirty:
        return _worded(path, mend, there=there, landed=landed)
    if landed or not there or as_committed(path) in mend or mend.startswith("write "):
        return found.mend
    if found.code in _TAKEN_BACK or (mend.startswith(("partnerkit ", "git ")) and not mend.startswith(_OF_RULES)):
        return _back(path)
    return mend.replace(TAKE_OUT, _back(path)) if mend.startswith(TAKE_OUT) else f"{mend}; or {_back(path)}"


def _of_rules(path: str, mend: str, before: Register | None) -> bool:
    """Whether a file of rules was there before, and its line is not told already."""
    there = before is not None and (not path.startswith(POLICIES_FOLDER) or id_of(path) in before.policies)
    return there and as_committed(path) not in mend


def _worded(path: str, mend: str, *, there: bool, landed: bool) -> str:
    if not there:
        return f"write it otherwise in {path}: it has not landed"
    if landed:
        return f"commit what was edited in {path}, or {as_committed(path)} takes it back; then {mend}"
    return f"write it otherwise in {path}, where it has not landed; or {_back(path)}"


def _back(path: str) -> str:
    return f"{as_committed(path)} takes back what has not landed"


def as_before(seen: Compared, found: Iterable[Finding]) -> list[Finding]:
    """Findings of files that cannot be read, or say otherwise what they are: what they were is put back."""
    every, was = list(found), seen.was
    there = {one for one in seen.paths or () if was is not None and was.holds(one)}
    mine = [one.file in there for one in every]
    if not any(mine):
        return since(seen, every)
    from partnerkit.rules.verdict import key_of  # noqa: PLC0415 - only where a file cannot be read

    known = {key_of(one) for one in was.findings} if was is not None else set()
    told = (
        _as_before(one, seen) if is_mine and key_of(one) not in known else one
        for one, is_mine in zip(every, mine, strict=True)
    )
    return since(seen, list(told))


def _as_before(found: Finding, seen: Compared) -> Finding:
    path, mend = found.file or "", found.mend or ""
    if seen.before is None or any(one in mend for one in _MENDS):
        return found
    if is_rule(path):
        return replace(found, mend=f"{mend}; or {_back(path)}")
    old, now = seen.before.records.get(id_of(path)), seen.loaded.records.documents.get(id_of(path))
    if old is None or old.path != path:
        return found
    if now is None or found.part not in IDENTITY:
        return replace(found, mend=f"{mend}; or {_back(path)}")
    was, says = old.data[found.part], now.data.get(found.part)
    return found if was == says else replace(found, mend=f"write {found.part}: {was} back; or {_back(path)}")


def since(seen: Compared, found: list[Finding]) -> list[Finding]:
    """Findings with the commit from which files come back: where a branch began; HEAD is what it made of them."""
    if not seen.ranged or seen.base is None or seen.base == seen.head or seen.was is None:
        return found
    there = sorted({one for one in seen.paths or () if seen.was.holds(one)})
    return [replace(one, mend=as_it_began(one.mend, seen.base, there)) if one.mend else one for one in found]
