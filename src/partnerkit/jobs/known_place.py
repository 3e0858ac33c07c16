"""Where records are looked at of which something may be known from before, and what is edited there."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from functools import cached_property
from typing import Protocol

from partnerkit.dataclass import dataclass
from partnerkit.jobs.desk import Desk
from partnerkit.jobs.indexed import Link, asked_by_change, links_of
from partnerkit.register import Register
from partnerkit.store.disk.stamped import is_older, stamped
from partnerkit.store.git.as_lying import as_lying
from partnerkit.store.layout import is_rule
from partnerkit.store.load import Loaded
from partnerkit.store.record_paths import RECORDS, are_few, folder_kind, record_id
from partnerkit.store.standing_index import Lost


class Seen(Protocol):
    """What is looked at, and on what it lies.

    Attributes are as those of `jobs/compared.py`.
    """

    @property
    def base(self) -> str | None:
        """The commit before."""

    @property
    def head(self) -> str | None:
        """The commit after, or the one on which the working tree lies."""

    @property
    def judged(self) -> str | None:
        """The commit that is looked at; None for the working tree."""

    @property
    def loaded(self) -> Loaded:
        """What it holds."""

    @property
    def before(self) -> Register | None:
        """The register before."""


@dataclass(frozen=True)
class Place:
    """Where records are looked at.

    Attributes:
        desk: where and when.
        seen: what is looked at.
        register: the register after.
        commit: the commit after, or the one on which the working tree lies.
        oid: its tree of records/.
        edited: the files there that the working tree changes.
        alone: whether what is said of a record rests on its file and the rules alone.
        kind: of which kind the records are; None where of any.
    """

    desk: Desk
    seen: Seen
    register: Register
    commit: str
    oid: str
    edited: frozenset[str]
    alone: bool = False
    kind: str | None = None

    @cached_property
    def ids(self) -> frozenset[str]:
        """The ids of the records."""
        return frozenset(_ids(self.seen.loaded, self.kind))

    def among(self, paths: Iterable[str]) -> set[str]:
        """The ids of those of the records that some files are, or were."""
        known = ((one, record_id(one)) for one in paths if self.kind is None or folder_kind(one) == self.kind)
        return {one for _path, one in known if one is not None}

    def is_as_it_was(self) -> bool:
        """Whether the working tree still changes what it did."""
        return self.seen.judged is not None or as_lying(self.desk.git, self.commit, RECORDS) == self.edited

    def touched(self, paths: Iterable[str]) -> frozenset[str]:
        """Those of some files that may have been changed since the command began: it may have read something else."""
        if self.seen.judged is not None:
            return frozenset()
        root, began = self.desk.git.root, self.desk.began
        return frozenset(path for path in paths if not is_older(stamped(root / path), began))

    def asked_by(self, paths: Iterable[str], words: set[str], looked: frozenset[Link]) -> set[str]:
        """The words of all that may ask for files that changed.

        Args:
            paths: the files.
            words: those known of the records that they were.
            looked: the links that are looked up.

        Raises:
            Lost: nobody has read what was committed.
        """
        if self.alone:
            return set()
        return asked_by_change(paths, words | self._words(self.among(paths), looked))

    def _words(self, ids: set[str], looked: frozenset[Link]) -> set[str]:
        """The words for what records name: as they are, and as they were committed."""
        now = (self.register.records.get(one) for one in ids)
        return {word for record in now for word in links_of(record, looked)} | self._committed(looked)

    def _committed(self, looked: frozenset[Link]) -> set[str]:
        ids = self.among(self.edited)
        was = self.seen.before if ids else None
        if ids and (was is None or self.seen.base != self.commit):
            raise Lost
        return {word for one in ids for word in links_of(was.records.get(one), looked)} if was is not None else set()


def place_of(desk: Desk, seen: Seen, *, alone: bool = False, kind: str | None = None) -> Place | None:
    """Where records are looked at; None where nobody can say what changed, or need not.

    A day set by hand is not the day that goes on; where rules were edited, all rests on that; a few records are worked
    out as quickly.

    Args:
        desk: where and when.
        seen: what is looked at.
        alone: whether what is said of a record rests on its file and the rules alone.
        kind: of which kind the records are; None where of any.
    """
    register = seen.loaded.register
    if register is None or desk.clock_set or are_few(_ids(seen.loaded, kind)):
        return None
    commit = seen.judged or seen.head
    if commit is None:
        return None
    tree = desk.git.objects.what(f"{commit}:{RECORDS.rstrip('/')}")
    edited = frozenset[str]() if seen.judged is not None else desk.lying
    if tree is None or edited is None or any(is_rule(path) for path in edited):
        return None
    return Place(desk, seen, register, commit, tree.oid, edited, alone, kind)


def _ids(loaded: Loaded, kind: str | None) -> Collection[str]:
    every = loaded.records.paths
    return every if kind is None else every.of_kind(kind)
