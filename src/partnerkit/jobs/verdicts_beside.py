"""The verdicts on the earlier of many commits, found by another process while this one finds those on the later.

A verdict rests on its commit and on what stood before it, which git gives at any commit: so a history can be judged
from its middle on as well, as an audit that goes on from another does.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from partnerkit.dataclass import dataclass, replace
from partnerkit.jobs.desk import Desk
from partnerkit.jobs.stood import Gathering
from partnerkit.jobs.verdict_rows import as_text, from_texts
from partnerkit.jobs.verdicts import verdicts
from partnerkit.kinds.expunging import Listed
from partnerkit.rules.assurance import Level
from partnerkit.rules.verdict import Verdict
from partnerkit.store.divided import beside, processes
from partnerkit.store.git.entries import Entry
from partnerkit.store.replay import Replay

#: From so many commits on, another process is worth its start.
_WORTH_IT = 1_000


@dataclass(frozen=True, slots=True)
class Part:
    """Commits one on the other, and all that whoever judges them has to know.

    Attributes:
        before: the commit on which the first of them stands; None where it stands on none.
        oids: the commits, oldest first.
        later: the expungings that records list in the end, by the record's id.
        known: how surely statements were made that landed before.
        last: the files as they are at the end.
    """

    before: str | None
    oids: Sequence[str]
    later: dict[str, Listed]
    known: dict[str, Level]
    last: Mapping[str, Entry]

    def judged(
        self, desk: Desk, replay: Replay, elsewhere: Callable[[], dict[str, Level]] | None = None
    ) -> tuple[list[Verdict], dict[str, str]]:
        """The verdict on each, from the register as it was before the first of them; and what was noted."""
        gathering = Gathering(replay, {} if self.later else self.last)
        return verdicts(desk, replay, self.oids, self.before, self.known, elsewhere, gathering), gathering.rows


@dataclass(frozen=True, slots=True)
class Judged:
    """What came of a part.

    Attributes:
        replay: the register at the end.
        verdicts: the verdict on every commit.
        gathered: what was noted of records that stand so to the end, as text, by the record's id.
    """

    replay: Replay
    verdicts: list[Verdict]
    gathered: dict[str, str]


def judged(desk: Desk, replay: Replay, part: Part) -> Judged:
    """The verdict on every commit of a part, of which many are judged in two halves, and the register at the end.

    Args:
        desk: where.
        replay: the register as it was before the first of them.
        part: the commits.
    """
    half = len(part.oids) // 2
    if _pays(len(part.oids)):
        middle, rest = part.oids[half - 1], part.oids[half:]
        first, second = replace(part, oids=part.oids[:half]), replace(part, oids=rest, before=middle)
        with beside(lambda: _told(desk, replay, first)) as told:
            earlier = _Earlier(told)
            later = Replay.from_middle(desk.git, middle, part.later)
            if later is not None:
                later.alone = False
                later.ledger.tell = replay.ledger.tell
                found, gathered = second.judged(desk, later, earlier.levels)
                before = earlier.verdicts()
                known = before and not lost(before) and not earlier.unreadable
                if known and later.taken_for_new.isdisjoint(earlier.went):
                    later.went.update(earlier.went)
                    return Judged(later, [*before, *found], _left(earlier.gathered, found) | gathered)
    return Judged(replay, *part.judged(desk, replay))


def _left(gathered: dict[str, str], after: list[Verdict]) -> dict[str, str]:
    """What was noted of records that no step concerned afterwards."""
    if any(one.rules or one.looked_at is None for one in after):
        return {}
    concerned = {record for one in after for record in one.looked_at or ()}
    return {one: text for one, text in gathered.items() if one not in concerned}


def lost(known: list[Verdict]) -> bool:
    """Whether records had been deleted: how they stood, only what came before can say."""
    return any(found.code == "record-deleted" for one in known for found in one.findings)


class _Earlier:
    """What another process finds of the earlier commits, waited for when it is first asked for.

    Attributes:
        gathered: what it noted, once that was waited for.
        went: the ids of files that went away in them, likewise.
        unreadable: whether a record cannot be read at their end, likewise.
    """

    def __init__(self, told: Callable[[], Any]) -> None:
        self.gathered: dict[str, str] = {}
        self.went: list[str] = []
        self.unreadable = False
        self._told = told
        self._verdicts: list[Verdict] | None = None

    def verdicts(self) -> list[Verdict]:
        """The verdicts; none where that process could not say, or was ended."""
        if self._verdicts is None:
            texts, self.gathered, self.went, self.unreadable = self._told() or ([], {}, [], False)
            self._verdicts = [*from_texts(texts)]
        return self._verdicts

    def levels(self) -> dict[str, Level]:
        """How surely the statements were made that landed in these commits."""
        return {key: level for one in self.verdicts() for key, level in one.levels.items()}


def _told(desk: Desk, replay: Replay, part: Part) -> tuple[list[str], dict[str, str], list[str], bool]:
    """The verdicts on a part, as text, what was noted, the ids of files that went away, and what `unreadable` says."""
    desk.leave()
    replay.ledger.tell = None
    found, gathered = part.judged(desk, replay)
    return [as_text(one) for one in found], gathered, sorted(replay.went), replay.unreadable()


def _pays(commits: int) -> bool:
    """Whether another process is worth its start."""
    return commits >= _WORTH_IT and processes() > 1
