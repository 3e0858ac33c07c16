"""The records of a register gone through part by part, by one process or several: no more are held than a part has."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from typing import Any, Generic, Protocol, TypeVar

from partnerkit.dataclass import dataclass, field
from partnerkit.jobs.desk import Desk
from partnerkit.jobs.indexed import Link
from partnerkit.jobs.moments import latest_said
from partnerkit.jobs.reading_ahead import AT_ONCE
from partnerkit.kinds.parts import moment_text
from partnerkit.store.divided import Parts, divided, processes
from partnerkit.store.load import Loaded
from partnerkit.tuples import NamedTuple

Of = TypeVar("Of")

#: From so many records on, another process is worth what it costs, for each makes the models of kinds anew; and not
#: all of them are held at once.
_MANY = 2_000


def are_many(ids: Collection[str]) -> bool:
    """Whether records are so many that they are gone through in parts."""
    return len(ids) >= _MANY


@dataclass(frozen=True)
class InParts:
    """Records that one process goes through, part after part, as long as there is one.

    Attributes:
        desk: where and when.
        loaded: the tree.
        ids: their ids.
        doing: what is done, as who waits is told.
        noting: whether it is noted which say a moment to come.
        ready: is called with each part when it is read.
        said: the latest moment that each says.
    """

    desk: Desk
    loaded: Loaded
    ids: Sequence[str]
    doing: str
    noting: bool
    ready: Callable[[Sequence[str]], object] = len
    said: dict[str, str] = field(init=False, default_factory=dict)

    @property
    def parts(self) -> Parts:
        """The parts."""
        return Parts(self.ids, AT_ONCE)

    def taken(self, parts: Iterator[int]) -> Iterator[str]:
        """The ids of the records of some parts, each part read as its turn comes, and forgotten when it is over.

        Those that cannot be read are left out.
        """
        records = self.loaded.records
        for part in parts:
            some = self.parts.part(part)
            self.desk.watch(self.doing, part * self.parts.size, len(self.ids))
            records.load(some)
            self.ready(some)
            yield from (one for one in some if one in records)
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


class Making(Protocol[Of]):
    """What is made of each of many records."""

    def of(self, ids: Iterator[str]) -> tuple[dict[str, Of], frozenset[Link]]:
        """What is made of some, by id; and the links that each of them was looked through for."""

    def is_odd(self, one: Of) -> bool:
        """Whether the process that tells of all has to look at the record itself."""

    def told(self, one: Of) -> Any:
        """It, in words of JSON."""

    def heard(self, told: Any) -> Of:
        """It, as it was told."""


class _Done(NamedTuple, Generic[Of]):
    """What came of it in one process.

    Attributes:
        made: what was made of its records.
        links: the links that each of them was looked through for.
        odd: those of them at which the process that tells of all has to look too.
        files: the paths in the working tree that were read, or looked for.
    """

    made: dict[str, Of]
    links: frozenset[Link]
    odd: set[str]
    files: set[str]


@dataclass(frozen=True)
class _Share(Generic[Of]):
    """What one process makes."""

    mine: InParts
    making: Making[Of]

    def leave(self) -> None:
        """Be in another process."""
        self.mine.desk.leave()

    def do(self, parts: Iterator[int]) -> _Done[Of]:
        """Make it."""
        made, links = self.making.of(self.mine.taken(parts))
        odd = self.mine.odd.union(one for one, each in made.items() if self.making.is_odd(each))
        return _Done(made, links, odd, self.mine.desk.git.looked)

    def told(self, done: _Done[Of]) -> Any:
        """What was made, in words of JSON."""
        made = {one: self.making.told(each) for one, each in done.made.items()}
        return [made, sorted(done.links), sorted(done.odd), sorted(done.files)]

    def heard(self, told: Any) -> _Done[Of]:
        """What was made, as it was told."""
        made, links, odd, files = told
        return _Done(
            {one: self.making.heard(each) for one, each in made.items()}, as_links(links), set(odd), set(files)
        )


def made_of_each(mine: InParts, making: Making[Of]) -> tuple[dict[str, Of], frozenset[Link]]:
    """What is made of each record, by id; and the links that each of them was looked through for."""
    records, made, links = mine.loaded.records, dict[str, Of](), list[frozenset[Link]]()
    records.expect_many(len(mine.ids))
    for done in divided(mine.parts.many, processes(), _Share(mine, making)):
        made |= done.made
        links += [done.links] if done.made else []
        records.load(sorted(done.odd))
        mine.desk.git.looked |= done.files
    return made, frozenset.intersection(*links) if links else frozenset()


def as_links(told: Iterable[Sequence[str]]) -> frozenset[Link]:
    """Links, as they were told in words of JSON."""
    return frozenset((kind, keys) for kind, keys in told)
