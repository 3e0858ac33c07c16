"""Obligations folded: the same thing for many records on one line, with the command that does it for all of them."""

from __future__ import annotations

from collections.abc import Iterator

from partnerkit.dataclass import dataclass
from partnerkit.kinds.catalogue import KINDS
from partnerkit.kinds.entries import TOMBSTONE_STAGE
from partnerkit.obligations.obligation import Obligation
from partnerkit.obligations.outlook import Outlook
from partnerkit.rules.commands import line

#: So many of a sort are listed one by one.
FEW = 3


@dataclass(frozen=True, slots=True)
class Group:
    """Obligations that are shown together.

    Attributes:
        members: the obligations, in order; one, or more than a few of the same sort.
        command: the line that does all of them, where one does; else the first one's.
        sweeps: whether the command does all of them.
    """

    members: tuple[Obligation, ...]
    command: str | None
    sweeps: bool = False

    @property
    def first(self) -> Obligation:
        """The one that comes first."""
        return self.members[0]

    @property
    def folded(self) -> bool:
        """Whether several stand on one line."""
        return len(self.members) > 1

    @property
    def missed(self) -> int:
        """How many occurrences before these are open too."""
        return sum(one.missed for one in self.members)


def folded(outlook: Outlook, obligations: list[Obligation], few: int = FEW) -> list[Group]:
    """The obligations in groups, in the order of the first of each; where there are but few of a sort, one by one."""
    sorts: dict[tuple[str, ...], list[Obligation]] = {}
    for one in obligations:
        sorts.setdefault(_sort(one), []).append(one)
    groups: list[Group] = []
    for one in obligations:
        same = sorts[_sort(one)]
        if len(same) <= few:
            groups.append(Group((one,), one.command))
        elif same[0] is one:
            command = _sweep(outlook, same)
            groups.append(Group(tuple(same), command or one.command, sweeps=command is not None))
    return groups


def single(obligations: list[Obligation]) -> list[Group]:
    """The obligations one by one."""
    return [Group((one,), one.command) for one in obligations]


def _sort(one: Obligation) -> tuple[str, ...]:
    what = one.kind if one.source in {"milestone", "expiry"} else one.what
    return (one.state, one.source, one.policy, one.kind, what, "draft" if one.draft else "")


def _sweep(outlook: Outlook, same: list[Obligation]) -> str | None:
    """The line that does it for all of these records and no other; None where no condition says which they are."""
    words = same[0].sweep
    if not words or any(one.sweep != words for one in same):
        return None
    ids = [one.record for one in same]
    where = next((found for found in _conditions(outlook, ids) if _fits(outlook, found) == sorted(ids)), None)
    if where is None:
        return None
    conditions = [word for key, value in where.items() for word in ("--where", f"{key}={value}")]
    if words[0] == "new":
        title, *days = _about(words[1], same)
        return line(*words[:2], title, *words[2:], *days, *conditions)
    return line(*words, *conditions)


def _conditions(outlook: Outlook, ids: list[str]) -> Iterator[dict[str, str]]:
    """What the records have in common, in the words of `--where`: as little as may do first."""
    facts = [outlook.facts[one]._asdict() for one in ids if one in outlook.facts]
    common = {key: value for key, value in facts[0].items() if all(one[key] == value for one in facts)} if facts else {}
    for keys in (("kind", "stage"), ("kind", "stage", "policy")):
        if all(key in common for key in keys):
            yield {key: common[key] for key in keys}


def _fits(outlook: Outlook, where: dict[str, str]) -> list[str]:
    """The ids of the records for which the conditions hold, as a command would find them."""
    found = {one: facts._asdict() for one, facts in outlook.facts.items() if facts.stage != TOMBSTONE_STAGE}
    return sorted(one for one, said in found.items() if all(said[key] == value for key, value in where.items()))


def _about(kind: str, same: list[Obligation]) -> list[str]:
    """The title of a record about the latest open time of each of them, and its first and last day."""
    begins = [one.begins for one in same if one.begins is not None]
    ends = [one.ends for one in same if one.ends is not None]
    if not begins or not ends:
        return [same[0].title]
    days = zip(KINDS[kind].period or (), (min(begins), max(ends)), strict=False)
    return [f"{same[0].title} to {max(ends)}", *(f"{key}={day}" for key, day in days)]
