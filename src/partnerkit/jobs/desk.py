"""The Desk: where a command works, at what time, and who acts. Everything from outside enters here."""

from __future__ import annotations

import functools
from collections.abc import Callable, Iterator, Sequence
from datetime import UTC, date, datetime, time, tzinfo
from pathlib import Path
from time import time_ns
from typing import TYPE_CHECKING, Protocol, TypeVar

from partnerkit.dataclass import dataclass, field
from partnerkit.errors import CannotWorkError, WrongCallError
from partnerkit.hashing import sha256
from partnerkit.kinds.parts import moment_text
from partnerkit.register import Register
from partnerkit.rules.commands import line
from partnerkit.store.git.repository import Git
from partnerkit.store.git.trees import CommitTree, Tree, WorkingTree
from partnerkit.store.load import Loaded, load
from partnerkit.store.record_paths import RECORDS

if TYPE_CHECKING:
    from partnerkit.store.private_place import PrivatePlace

T = TypeVar("T")


class Watch(Protocol):
    """Is told how far long work is."""

    def __call__(self, what: str, done: int, total: int) -> None:
        """So many of all are done; `what` are they, such as rows."""


def nobody(what: str, done: int, total: int) -> None:
    """Watches nothing."""


@dataclass
class Desk:
    """What every job is given.

    Attributes:
        git: the repository.
        day: the day set by hand (`--today`), which entries and statements then say; its noon, where the register
            is, is the moment at which it works.
        random: hexadecimal digits for ids; an input like the time, so that a run can be repeated.
        verify: whether commit hooks run.
        dry_run: whether to judge only, and write nothing.
        clock: says what moment it is, in UTC.
        watch: is told how far long work is; draws it, or does nothing.
        zone: where days begin, said by the register once one was read.
        now: the moment at which it works, in UTC.
        trees: what was read so far.
        places: where the private place lies on this machine, by what register.yaml names, as far as that was asked.
    """

    git: Git
    clock: Callable[[], datetime]
    random: Callable[[int], str]
    day: date | None = None
    verify: bool = True
    dry_run: bool = False
    watch: Watch = nobody
    notes: list[str] = field(default_factory=list)
    zone: tzinfo = UTC
    now: datetime = field(init=False)
    trees: list[Loaded] = field(default_factory=list)
    places: dict[str | None, PrivatePlace | None] = field(default_factory=dict)
    began: int = field(default_factory=time_ns)
    _looking: Callable[[], frozenset[str] | None] | None = None
    _commit: tuple[CommitTree, Loaded] | None = None

    def __post_init__(self) -> None:
        """Begin at the present moment, or at noon of the day set."""
        self.now = self.clock()
        self.place_day(self.zone)

    def place_day(self, zone: tzinfo) -> None:
        """Take the day set as one of that time zone."""
        self.zone = zone
        if self.day is not None:
            self.now = datetime.combine(self.day, time(12), zone).astimezone(UTC)

    @property
    def clock_set(self) -> bool:
        """Whether the moment was set by hand."""
        return self.day is not None

    @property
    def ahead(self) -> bool:
        """Whether the day set has not come: it can be looked at, and nothing is recorded."""
        return self.day is not None and self.day > self.clock().astimezone(self.zone).date()

    def demand_present(self) -> None:
        """Whether the day has come: nothing is recorded ahead of it, or periods could be waited out in advance.

        Raises:
            WrongCallError: it has not.
        """
        if self.ahead and not self.dry_run:
            message = f"--today {self.day} has not come yet: nothing is recorded ahead of its day"
            raise WrongCallError(message, "partnerkit --today <day> gates <id> shows what will be missing on that day")

    def each(self, what: str, items: Sequence[T]) -> Iterator[T]:
        """The items, one after the other, while whoever watches is told how far it is."""
        for done, item in enumerate(items):
            self.watch(what, done, len(items))
            yield item
        self.watch(what, len(items), len(items))

    def judging(self, ids: list[str]) -> Iterator[str]:
        """The ids of records that are judged one after the other."""
        return self.each("records judged", ids)

    def leave(self) -> None:
        """Be in another process than the one that shows how far it is, and that asks git."""
        self.watch = nobody
        self.git.objects.leave()

    def look_at_clock(self) -> None:
        """Go on from the present moment: while others wrote, this command may have waited."""
        if not self.clock_set:
            self.now = self.latest

    @property
    def latest(self) -> datetime:
        """The latest moment at which something can have been recorded, whatever day is set."""
        return max(self.now, self.clock())

    @property
    def at(self) -> str:
        """The moment as records write it."""
        return moment_text(self.now)

    def today(self, register: Register) -> date:
        """The calendar day in the register's time zone."""
        return register.day(self.now)

    def working_tree(self, *, known: bool = False) -> Loaded:
        """The register as it lies in the working tree.

        Args:
            known: whether it is asked which files differ from the last commit, to know of the others from before.
        """
        return self.read(self.lying_tree() if known else WorkingTree(self.git))

    def lying_tree(self, last: CommitTree | None = None) -> WorkingTree:
        """The working tree, of whose files it is asked which differ from the last commit.

        Args:
            last: the tree of that commit, where it is read anyhow.
        """
        return WorkingTree(self.git, lambda: last or CommitTree(self.git, "HEAD"), lambda: self.lying)

    @functools.cached_property
    def lying(self) -> frozenset[str] | None:
        """The files below records/ that differ from the last commit as they lie on disk, whatever git was told of them.

        It is asked once, and not by who writes. None where nobody can say.
        """
        return (self._looking or self._question_of_lying())()

    def look_again(self) -> None:
        """Have it asked now where it was before: then many files are looked at, and that takes longest."""
        from partnerkit.store.git.as_lying import was_asked  # noqa: PLC0415 - only where anything is kept

        if not self.clock_set and was_asked(self.git):
            self.look_ahead()

    def look_ahead(self) -> None:
        """Have it asked now, so that it is known when it is wanted."""
        from partnerkit.store.ahead import ahead  # noqa: PLC0415 - only where many files are looked at

        self._looking = self._looking or ahead(self._question_of_lying())

    def _question_of_lying(self) -> Callable[[], frozenset[str] | None]:
        """What asks it; on which commit the files lie is known before."""
        from partnerkit.store.git.as_lying import as_lying  # noqa: PLC0415 - only where anything is kept

        head = self.git.head()
        return functools.partial(as_lying, self.git, head, RECORDS) if head is not None else lambda: None

    def read(self, tree: Tree, *, lasting: bool | None = None) -> Loaded:
        """The register of a tree; the day set becomes one where that register is.

        Args: as `load`.

        Raises:
            CannotWorkError: there is no register in the tree, or its format is newer than this tool.
        """
        loaded = load(tree, lasting=lasting)
        self.trees.append(loaded)
        if loaded.register is not None:
            self.place_day(loaded.register.settings.zone)
        return loaded

    def tree_of(self, rev: str, *, lasting: bool | None = None) -> tuple[Tree, Loaded]:
        """The register of a commit, with its tree; the same, where it is the one that was asked for last.

        Args: `lasting` as `load`.
        """
        oid = self.git.resolve(rev)
        if self._commit is None or self._commit[0].oid != oid:
            tree = CommitTree(self.git, oid)
            self._commit = tree, self.read(tree, lasting=lasting)
        return self._commit

    def inside(self, path: Path) -> str | None:
        """Where a file lies in the repository, from its top; None where it lies elsewhere."""
        try:
            return path.resolve().relative_to(self.git.root.resolve()).as_posix()
        except ValueError:
            return None

    def actor(self, register: Register) -> str:
        """The person who acts: git's identity through the roster.

        Raises:
            CannotWorkError: git has no identity, the roster does not know it, or it is a shared mailbox.
        """
        email = self.git.identity().email
        if register.roster.is_shared(email):
            message = (
                f"{email} is a shared mailbox (people.yaml): several people read it, so it is nobody in particular"
            )
            raise CannotWorkError(message, "git config user.email <your own address>")
        everybody = register.roster.people_of(email)
        if len(everybody) > 1:
            message = f"{email} stands at {' and '.join(everybody)} in records/people.yaml: nobody could say who acts"
            raise CannotWorkError(message, "take the address out at all but one of them, and commit that")
        person = register.roster.person(email)
        if person is None:
            message = (
                f"the roster (records/people.yaml) knows nobody with the address {email}, which git gives as yours"
            )
            add = line("person", "add", "<person>", "--email", email)
            mend = f"git config user.email <the address on the roster>, or somebody on it runs: {add}"
            raise CannotWorkError(message, mend)
        return person


def seeded(seed: str) -> Callable[[int], str]:
    """Ids that follow from a seed, for registers that must come out the same each time."""
    count = 0

    def draw(digits: int) -> str:
        nonlocal count
        count += 1
        return sha256(f"{seed}/{count}".encode()).hexdigest()[:digits]

    return draw
