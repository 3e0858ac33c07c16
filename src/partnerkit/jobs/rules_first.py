"""Mends of statements that the rules beside them made wrong: the rules come first, and nothing true is withdrawn."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from partnerkit.dataclass import replace
from partnerkit.errors import CannotWorkError
from partnerkit.findings import Finding
from partnerkit.jobs.compared import Compared
from partnerkit.jobs.desk import Desk
from partnerkit.kinds.canonical import same
from partnerkit.register import ROSTER_PATH, Register
from partnerkit.rules.commands import as_committed
from partnerkit.rules.standing import judge_trail
from partnerkit.steps import statements
from partnerkit.store.git.history import versions
from partnerkit.store.layout import is_rule
from partnerkit.store.rule_files import read_roster

if TYPE_CHECKING:
    from partnerkit.rules.verdict import Key


def rules_first(desk: Desk, seen: Compared, found: list[Finding]) -> list[Finding]:
    """Findings of statements that stood before, with what mends the rules which changed beside them."""
    before, after = seen.before, seen.loaded.register
    if before is None or after is None:
        return found
    mine = [one for one in found if _withdrawn_by(one) and _as_before(one, before, after)]
    if not mine:
        return found
    from partnerkit.rules.verdict import key_of  # noqa: PLC0415 - only where the rules beside it make one wrong

    known = _keys(desk, before, mine)
    rules = [path for path in seen.paths or () if is_rule(path) and seen.was is not None and seen.was.holds(path)]
    blamed = [ROSTER_PATH] if ROSTER_PATH in rules else rules
    landed = _landed(desk, seen, before, [one for one in mine if key_of(one) in known])
    mends = {one: _mend(one, landed.get(key_of(one)), blamed if key_of(one) not in known else []) for one in mine}
    return [replace(one, mend=mends.get(one, one.mend)) for one in found]


def _withdrawn_by(found: Finding) -> bool:
    return found.severity == "error" and f"withdraw={found.statement}" in (found.mend or "")


def _as_before(found: Finding, before: Register, after: Register) -> bool:
    """Whether the statement stood before the change, as it stands now."""
    sides = [register.records.get(found.record or "") for register in (before, after)]
    both = [one.raw for side in sides if side for one in statements(side) if one.said.id == found.statement]
    return len(both) == len(sides) and same(*both)


def _keys(desk: Desk, register: Register, found: Iterable[Finding]) -> set[Key]:
    """What is found of these records in a register."""
    from partnerkit.rules.verdict import key_of  # noqa: PLC0415 - as above

    ids = {str(one.record) for one in found}
    return {key_of(one) for one in judge_trail(register, desk.latest, ids)}


def _landed(desk: Desk, seen: Compared, before: Register, found: list[Finding]) -> dict[Key, str]:
    """The commits of the roster that made what is found, where an earlier roster had nothing against it."""
    from partnerkit.rules.verdict import key_of  # noqa: PLC0415 - as above

    left = {key_of(one) for one in found}
    made: dict[Key, str] = {}
    later: str | None = None
    for commit, raw in versions(desk.git, ROSTER_PATH, rev=seen.base or "HEAD") if left else ():
        try:
            roster = read_roster(raw) if raw is not None else None
        except CannotWorkError:  # it was of a newer format
            roster = None
        if roster is not None:
            good = left - _keys(desk, replace(before, roster=roster), found)
            made |= dict.fromkeys(good, later) if later is not None else {}
            left -= good
        if not left:
            break
        later = commit.oid
    return made


def _mend(found: Finding, commit: str | None, rules: list[str]) -> str | None:
    if rules:
        back = " and ".join(as_committed(path) for path in rules)
        takes = "takes" if len(rules) == 1 else "take"
        return f"{back} {takes} back what has not landed; if the decision was never theirs, let that land first"
    if commit is None:
        return found.mend
    from partnerkit.rules.offering import if_never_theirs  # noqa: PLC0415 - as above

    show = f"git show {commit[:12]} -- {ROSTER_PATH} shows what took it from them"
    return f"{show}; where that was a slip, write it back there; {if_never_theirs(found.mend or '')}"
