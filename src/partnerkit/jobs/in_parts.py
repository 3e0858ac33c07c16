"""The records of a register gone through part by part, by one process or several: no more are held than a part has."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Sequence

from partnerkit.dataclass import dataclass, field
from partnerkit.jobs.desk import Desk
from partnerkit.jobs.moments import latest_said
from partnerkit.jobs.reading_ahead import AT_ONCE
from partnerkit.kinds.parts import moment_text
from partnerkit.store.divided import Done, Parts, Work, divided, processes
from partnerkit.store.load import Loaded

#: From so many records on, another process is worth what it costs, for each makes the models of kinds anew; and not
#: all of them are held at once.
_MANY = 2_000


def are_many(ids: Collection[str]) -> bool:
    """Whether records are so many that they are gone through in parts."""
    return len(ids) >= _MANY


def by_several(mine: InParts, work: Work[Done]) -> list[Done]:
    """What came of going through records in each process; `work` takes from `mine` what it goes through.

    Those at which the process that tells of all has to look (`odd`) it reads again itself.
    """
    mine.loaded.records.expect_many(len(mine.ids))
    return divided(mine.parts.many, processes(), work)


@dataclass(frozen=True)
class InParts:
    """Records that one process goes through, part after part, as long as there is one.

    Attributes:
        desk: where and when.
        loaded: the tree.
        ids: their ids.
        doing: what is done, as who waits is told.
        noting: whether it is noted which say a moment to come.
        said: the latest moment that each says.
    """

    desk: Desk
    loaded: Loaded
    ids: Sequence[str]
    doing: str
    noting: bool
    said: dict[str, str] = field(init=False, default_factory=dict)

    @property
    def parts(self) -> Parts:
        """The parts."""
        return Parts(self.ids, AT_ONCE)

    def taken(self, parts: Iterator[int], ready: Callable[[Sequence[str]], object] = len) -> Iterator[str]:
        """The ids of the records of some parts, each part read as its turn comes, and forgotten when it is over.

        Args:
            parts: the parts.
            ready: is called with each part when it is read.
        """
        records = self.loaded.records
        for part in parts:
            some = self.parts.part(part)
            self.desk.watch(self.doing, part * self.parts.size, len(self.ids))
            records.load(some)
            ready(some)
            yield from some
            self.said.update((one, self._latest_said(one)) for one in some)
            records.forget(some)
        self.desk.watch(self.doing, len(self.ids), len(self.ids))

    def _latest_said(self, record_id: str) -> str:
        document = self.loaded.records.documents.get(record_id) if self.noting else None
        return latest_said(document) if document is not None else ""

    @property
    def odd(self) -> set[str]:
        """Those taken that cannot be read, or say a moment to come: at the least the latest one.

        The process that tells of all has to look at them too.
        """
        now, latest = moment_text(self.desk.now), max(self.said, key=self.said.__getitem__, default=None)
        broken = self.loaded.records.broken.intersection(self.said)
        return broken | {one for one, moment in self.said.items() if self.noting and (moment > now or one == latest)}
