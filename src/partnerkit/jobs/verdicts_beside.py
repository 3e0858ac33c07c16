"""The verdicts on the earlier of many commits, found by another process while this one finds those on the later.

A verdict rests on its commit and on what stood before it, which git gives at any commit: so a history can be judged
from its middle on as well, as an audit that goes on from another does.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from partnerkit.dataclass import dataclass, replace
from partnerkit.jobs.desk import Desk
from partnerkit.jobs.verdict_rows import as_text, from_texts
from partnerkit.jobs.verdicts import verdicts
from partnerkit.kinds.expunging import Listed
from partnerkit.rules.assurance import Level
from partnerkit.rules.verdict import Verdict
from partnerkit.store.divided import beside, processes
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
    """

    before: str | None
    oids: Sequence[str]
    later: dict[str, Listed]
    known: dict[str, Level]

    def judged(self, desk: Desk, replay: Replay) -> list[Verdict]:
        """The verdict on each, from the register as it was before the first of them."""
        return verdicts(desk, replay, self.oids, self.before, self.known)


def judged(desk: Desk, replay: Replay, part: Part) -> tuple[Replay, list[Verdict]]:
    """The verdict on every commit of a part, of which many are judged in two halves, and the register at the end.

    Args:
        desk: where.
        replay: the register as it was before the first of them.
        part: the commits.
    """
    half = len(part.oids) // 2
    if _pays(len(part.oids)):
        middle, rest = part.oids[half - 1], part.oids[half:]
        first = replace(part, oids=part.oids[:half])
        with beside(lambda: _told(desk, replay, first)) as told:
            earlier = _Earlier(told)
            later = Replay.from_commit(desk.git, middle, part.later)
            if not later.lacks_rules and not later.unreadable():
                found = verdicts(desk, later, rest, middle, part.known, earlier.levels)
                before = earlier.verdicts()
                if before and not lost(before):
                    return later, [*before, *found]
    return replay, part.judged(desk, replay)


def lost(known: list[Verdict]) -> bool:
    """Whether records had been deleted: how they stood, only what came before can say."""
    return any(found.code == "record-deleted" for one in known for found in one.findings)


class _Earlier:
    """What another process finds of the earlier commits, waited for when it is first asked for."""

    def __init__(self, told: Callable[[], Any]) -> None:
        self._told = told
        self._verdicts: list[Verdict] | None = None

    def verdicts(self) -> list[Verdict]:
        """The verdicts; none where that process could not say, or was ended."""
        if self._verdicts is None:
            self._verdicts = [*from_texts(self._told() or [])]
        return self._verdicts

    def levels(self) -> dict[str, Level]:
        """How surely the statements were made that landed in these commits."""
        return {key: level for one in self.verdicts() for key, level in one.levels.items()}


def _told(desk: Desk, replay: Replay, part: Part) -> list[str]:
    """The verdicts on a part, as text."""
    desk.leave()
    return [as_text(one) for one in part.judged(desk, replay)]


def _pays(commits: int) -> bool:
    """Whether another process is worth its start."""
    return commits >= _WORTH_IT and processes() > 1
