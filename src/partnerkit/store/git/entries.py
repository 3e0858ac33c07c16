"""What a folder holds: in git an entry for each name, read as git reads it or not at all; on disk the same."""

from __future__ import annotations

import bisect
import functools
import itertools
import os
import re
import stat
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from itertools import repeat
from typing import TYPE_CHECKING

from partnerkit.errors import CannotWorkError
from partnerkit.pattern import pattern
from partnerkit.tuples import NamedTuple

if TYPE_CHECKING:
    from partnerkit.store.git.objects import Object

#: What a file is called that says what git does to the files beside and below it.
ATTRIBUTES = ".gitattributes"

FILE = "100644"
PROGRAM = "100755"
LINK = "120000"
REPOSITORY = "160000"
FOLDER = "40000"
UNKNOWN = "000000"
READABLE = frozenset({FILE, PROGRAM})


class Entry(NamedTuple):
    """One file of a tree.

    Attributes:
        mode: git's mode: 100644 file, 100755 program, 120000 symbolic link, 160000 repository inside, 40000 folder,
            000000 anything git could not hold (a pipe, a device).
        oid: the id of its blob; None in a working tree.
    """

    mode: str
    oid: str | None = None


#: For each name in a tree: its mode, in octal digits, the name, and the id of what it names, by how long ids are.
_IN_A_TREE = {digits: pattern(rb"([0-7]{1,7}) ([^\0/]+)\0(.{%d})" % (digits // 2), re.DOTALL) for digits in (40, 64)}
#: The name alone, where it is that of a plain file.
_PLAIN = {digits: pattern(rb"100644 ([^\0/]+)\0.{%d}" % (digits // 2), re.DOTALL) for digits in (40, 64)}


def listed(tree: Object) -> dict[str, Entry]:
    """What stands in a folder, by name.

    Raises:
        CannotWorkError: it is written as no git writes it, so that one reader might see what another does not.
    """
    rows = _IN_A_TREE[len(tree.oid)].findall(tree.data)
    modes, names, oids = tuple(zip(*rows, strict=True)) or ((), (), ())
    # All at once: a folder may hold ten thousand names, and no name holds a NUL.
    entries = map(tuple.__new__, repeat(Entry), zip(map(_canonical, modes), map(bytes.hex, oids), strict=True))
    found: dict[str, Entry] = dict(zip(os.fsdecode(b"\0".join(names)).split("\0"), entries, strict=False))
    length = sum(map(len, modes)) + sum(map(len, names)) + len(rows) * (2 + len(tree.oid) // 2)
    if len(found) < len(rows) or length != len(tree.data):
        message = (
            f"a folder in git ({tree.oid[:12]}) is written as none that git makes, so nobody could say what it holds"
        )
        raise CannotWorkError(message, f"git ls-tree {tree.oid[:12]} shows it; git fsck too")
    return found


class Folder(Mapping[str, Entry]):
    """What stands in a folder of git, by name; where that are plain files alone, each is looked at when asked for.

    Attributes:
        data: what git wrote.
    """

    def __init__(self, tree: Object, like: Folder | None = None) -> None:
        """Read the names.

        Args:
            tree: what git holds.
            like: a folder that may be much the same: of this one only that is read which differs.

        Raises:
            CannotWorkError: it is written as no git writes it.
        """
        self.data = tree.data
        #: What stands around a name: its mode, and the id of what it names.
        self._digits = len(tree.oid)
        self._beside = len("100644 ") + len("\0") + self._digits // 2
        self._every: dict[str, Entry] | None = None
        if like is None or not like.is_plain or not self._takes(like):
            self._plain: list[bytes] = _PLAIN[self._digits].findall(tree.data)
            self._places = _places(_names(self._plain))
            if not self._is_whole(self._plain, tree.data) or len(self._places) != len(self._plain):
                self._every = listed(tree)

    def _takes(self, like: Folder) -> bool:
        """Take what is read of a folder, where what differs are plain files too."""
        first, last = like.same(self.data)
        begin, end = like.starts[first], len(self.data) - (len(like.data) - like.starts[len(like) - last])
        here, there = self.data[begin:end], like._plain[first : len(like) - last]
        plain: list[bytes] = _PLAIN[self._digits].findall(here)
        if not self._is_whole(plain, here):
            return False
        self._plain, self._places = like._plain, like._places
        if plain == there:
            self.starts = like.starts
            return True
        names = list(like)
        self._plain = [*like._plain[:first], *plain, *like._plain[len(like) - last :]]
        self._places = _places([*names[:first], *_names(plain), *names[len(like) - last :]])
        return len(self._places) == len(self._plain)

    def _is_whole(self, plain: list[bytes], data: bytes) -> bool:
        return sum(map(len, plain)) + len(plain) * self._beside == len(data)

    def same(self, data: bytes) -> tuple[int, int]:
        """How many rows at the beginning and at the end of a folder of plain files git wrote as in other data."""
        first = bisect.bisect_right(self.starts, _alike(self.data, data)) - 1
        here, there = self.data[self.starts[first] :], data[self.starts[first] :]
        return first, len(self) - bisect.bisect_left(self.starts, len(self.data) - _alike(here[::-1], there[::-1]))

    @property
    def is_plain(self) -> bool:
        """Whether plain files alone stand there."""
        return self._every is None

    @property
    def odd(self) -> dict[str, Entry]:
        """What stands there and is no plain file, by name."""
        return {name: one for name, one in self._every.items() if one.mode != FILE} if self._every is not None else {}

    @functools.cached_property
    def starts(self) -> list[int]:
        """Where in what git wrote the row of each file begins, and at last where they end, if all are plain files."""
        beside = self._beside
        return list(itertools.accumulate((beside + length for length in map(len, self._plain)), initial=0))

    def __getitem__(self, name: str) -> Entry:
        if self._every is not None:
            return self._every[name]
        end = self.starts[self._places[name] + 1]
        return Entry(FILE, self.data[end - self._digits // 2 : end].hex())

    def __contains__(self, name: object) -> bool:
        return name in (self._places if self._every is None else self._every)

    def __iter__(self) -> Iterator[str]:
        return iter(self._places if self._every is None else self._every)

    def __len__(self) -> int:
        return len(self._places if self._every is None else self._every)


def _names(plain: list[bytes]) -> list[str]:
    return os.fsdecode(b"\0".join(plain)).split("\0") if plain else []


def _places(names: list[str]) -> dict[str, int]:
    return dict(zip(names, range(len(names)), strict=True))


def _alike(one: bytes, other: bytes) -> int:
    """How many bytes are the same in both, from the beginning."""
    low, high = 0, min(len(one), len(other))
    while low < high:
        middle = (low + high + 1) // 2
        if one[low:middle] == other[low:middle]:
            low = middle
        else:
            high = middle - 1
    return low


@functools.cache
def _canonical(digits: bytes) -> str:
    """A mode as git understands it, however it is written."""
    mode = int(digits, 8)
    if stat.S_ISREG(mode):
        return PROGRAM if mode & stat.S_IXUSR else FILE
    return {stat.S_IFLNK: LINK, stat.S_IFDIR: FOLDER}.get(stat.S_IFMT(mode), REPOSITORY)


class Listing:
    """The files below a folder, as they were named when it was listed.

    Attributes:
        folders: the names of the files in each folder, by its path with a slash at its end; the top has none. Those of
            a folder may be read when they are asked for.
    """

    def __init__(
        self,
        folders: Mapping[str, set[str]],
        entries: Callable[[Iterable[str]], Iterable[Entry]],
        odd: Callable[[], dict[str, Entry]] | None = None,
        lies: Callable[[str, str], bool] | None = None,
    ) -> None:
        """Hold names.

        Args:
            folders: the names.
            entries: says what is at some paths that are among them.
            odd: says which are no plain files, and what they are, where that is known without looking at each.
            lies: says whether a file of some name lies in a folder, where that is known without reading all names.
        """
        self.folders = folders
        self._entries = entries
        self._odd = odd
        self._lies = lies or (lambda start, name: name in folders.get(start, ()))

    @classmethod
    def of(cls, files: Mapping[str, Entry]) -> Listing:
        """The listing of files that are known."""
        folders: dict[str, set[str]] = {}
        for path in files:
            cut = path.rfind("/") + 1
            folders.setdefault(path[:cut], set()).add(path[cut:])
        return cls(folders, functools.partial(map, files.__getitem__))

    def __contains__(self, path: str) -> bool:
        """Whether a file is among them."""
        cut = path.rfind("/") + 1
        return self._lies(path[:cut], path[cut:])

    def __len__(self) -> int:
        """How many there are."""
        return sum(map(len, self.folders.values()))

    def files(self, among: Callable[[str], bool] | None = None) -> dict[str, Entry]:
        """The files by path, in order.

        Args:
            among: says of a folder whether its files are asked for; those of all where None.
        """
        folders = self.folders if among is None else [one for one in self.folders if among(one)]
        return self._at([start + name for start in folders for name in self.folders[start]])

    def named(self, name: str) -> dict[str, Entry]:
        """The files of one name in whatever folder, by path, in order."""
        return self._at(start + name for start in self.folders if self._lies(start, name))

    def within(self, among: Callable[[str], bool]) -> Listing:
        """The files of some folders.

        Args:
            among: says of a folder whether it is one of them.
        """
        folders = {start: self.folders[start] for start in self.folders if among(start)}
        every = self._odd
        if every is None:
            return Listing(folders, self._entries)
        return Listing(
            folders,
            self._entries,
            lambda: {path: one for path, one in every().items() if among(path[: path.rfind("/") + 1])},
        )

    def odd(self) -> dict[str, Entry]:
        """The files that are no plain ones, by path, in order."""
        if self._odd is not None:
            return self._odd()
        return {path: one for path, one in self.files().items() if one.mode != FILE}

    def beside(self, other: Callable[[], Listing], differing: Callable[[], Collection[str] | None]) -> Listing:
        """The same, where it is known which are no plain files of another listing, as all but those that differ.

        Args:
            other: gives that one.
            differing: says which files differ, those that only one of them has among them; None where nobody can.
        """

        def odd() -> dict[str, Entry]:
            said = differing()
            if said is None:
                return self.odd()
            listing = other()
            here, there = self.folders, listing.folders
            unknown = {start + name for start in here for name in here[start] - there.get(start, set())}.union(said)
            found = listing.odd() | self._at(one for one in unknown if one in self)
            return {path: found[path] for path in sorted(found) if path in self and found[path].mode != FILE}

        return Listing(self.folders, self._entries, odd, self._lies)

    def _at(self, paths: Iterable[str]) -> dict[str, Entry]:
        wanted = sorted(paths)
        return dict(zip(wanted, self._entries(wanted), strict=True))
