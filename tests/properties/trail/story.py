"""A history as whoever wants to tamper with it sees it: what each commit brought, and what rests on it later."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from random import Random
from typing import Any

from tests.properties.forging import NothingToChangeError, copied, written
from tests.properties.supply import Commit, Files, Held
from tests.second_judge.past import Said, everything_said
from tests.second_judge.reading import Data, World, parsed

Edit = Callable[[Files], Files]


@dataclass(frozen=True)
class Born:
    """An entry or a statement, and the commit that brought it.

    Attributes:
        place: which commit of the history.
        record: the record in which it stands.
        id: its id.
    """

    place: int
    record: str
    id: str


@dataclass(frozen=True)
class Tampering:
    """One commit is written otherwise, and what landed after it goes on from there.

    Attributes:
        place: which commit.
        record: the record of which something will be found.
        codes: what must be found, every one; `a|b` where either will do.
        edit: what becomes of the files, from that commit on.
        found: the commit at which it must be found; the same one where None.
        landed: when the commit says that it landed, where it lies about that.
    """

    place: int
    record: str
    codes: tuple[str, ...]
    edit: Edit
    found: int | None = None
    landed: datetime | None = None

    @property
    def until(self) -> int:
        """The commit at which it must be found."""
        return self.place if self.found is None else self.found


@dataclass
class Story:
    """A history.

    Attributes:
        commits: every commit, the first one first.
        random: what decides.
        entries: every entry that was brought alone, by the order in which they landed.
        words: every statement, likewise.
    """

    commits: Sequence[Commit]
    random: Random
    entries: list[Born] = field(init=False, default_factory=list)
    words: list[Born] = field(init=False, default_factory=list)

    def __post_init__(self) -> None:
        for place in range(1, len(self.commits)):
            old, new = self.before(place), self.world(place)
            for name in sorted(new.records):
                was, now = old.records.get(name), new.records[name]
                if was is now:
                    continue
                known = {one["id"] for one in was["history"]} if was else set()
                added = [entry["id"] for entry in now["history"] if entry["id"] not in known]
                self.entries += [Born(place, name, one) for one in added if len(added) == 1]
                said = {one.id for one in everything_said(was)} if was else set()
                self.words += [Born(place, name, one.id) for one in everything_said(now) if one.id not in said]

    def world(self, place: int) -> World:
        """What stood there after a commit."""
        return self.commits[place].world

    def before(self, place: int) -> World:
        """What stood there before it."""
        return self.commits[place - 1].world

    def pick(self, found: Sequence[Any]) -> Any:
        """One of several."""
        if not found:
            raise NothingToChangeError
        return self.random.choice(found)

    def somewhere(self) -> int:
        """A commit."""
        return self.random.randrange(1, len(self.commits))

    def record_before(self, place: int, wanted: Callable[[Data], bool] = lambda _one: True) -> Data:
        """A record that stood there before a commit, and that it did not take out of reach."""
        every = [one for name, one in sorted(self.before(place).records.items()) if wanted(one)]
        found: Data = self.pick(every)
        return found

    def entry(self, born: Born) -> tuple[Data, int]:
        """The record as the commit that brought an entry left it, and which of its entries that is."""
        record = self.world(born.place).records[born.record]
        index = next(place for place, one in enumerate(record["history"]) if one["id"] == born.id)
        return record, index

    def new_entry(self, born: Born) -> Data:
        """An entry as it was brought."""
        record, index = self.entry(born)
        found: Data = record["history"][index]
        return found

    def said(self, born: Born) -> Said:
        """A statement as it was brought."""
        record = self.world(born.place).records[born.record]
        return next(one for one in everything_said(record) if one.id == born.id)

    def policy(self, place: int, record: Data) -> Data:
        """The policy that judges a record in a commit."""
        found: Data = self.before(place).policies[record["policy"]]
        return found

    def changes_rules(self, place: int) -> bool:
        """Whether a commit changes what says what is legal."""
        return self.before(place).rules != self.world(place).rules

    def following(self, born: Born) -> int:
        """The commit that brought the next entry of the record after one."""
        own = [one for one in self.entries if one.record == born.record]
        record = self.world(len(self.commits) - 1).records.get(born.record) or {"history": []}
        ids = [entry["id"] for entry in record["history"]]
        later = ids[ids.index(born.id) + 1 :] if born.id in ids else []
        found = [one.place for one in own if later and one.id == later[0] and one.place > born.place]
        return int(self.pick(found))

    def resting(self, born: Born) -> Born:
        """The first entry that rests on a statement."""
        for one in self.entries:
            if one.record == born.record and one.place >= born.place:
                record, index = self.entry(one)
                if born.id in (record["history"][index].get("uses") or []):
                    return one
        raise NothingToChangeError

    def rewritten(self, tampering: Tampering, last: int) -> list[Commit]:
        """The commits as they are now, from the one that was written otherwise to another."""
        found = []
        for place in range(tampering.place, last + 1):
            one = self.commits[place]
            files = tampering.edit(one.tree.held)
            at = tampering.landed if tampering.landed is not None and place == tampering.place else one.at
            found.append(replace(one, tree=Held(files), at=at, oid=""))
        if found[0].tree.held == self.commits[tampering.place].tree.held and tampering.landed is None:
            raise NothingToChangeError
        return found


def of_file(path: str, change: Callable[[Data], object]) -> Edit:
    """A file is changed, in every version that there is of it from now on."""

    def edit(files: Files) -> Files:
        if path not in files:
            return files
        was = parsed(files[path])
        now = copied(was)
        change(now)
        return {**files, path: written(now)} if now != was else files

    return edit


def both(first: Edit, second: Edit) -> Edit:
    """One change, and another."""
    return lambda files: second(first(files))
