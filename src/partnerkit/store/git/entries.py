"""What a folder in git holds: an entry for each name, read as git reads it or not at all."""

from __future__ import annotations

import functools
import os
import re
import stat
from itertools import repeat
from typing import NamedTuple

from partnerkit.errors import CannotWorkError
from partnerkit.pattern import pattern
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


@functools.cache
def _canonical(digits: bytes) -> str:
    """A mode as git understands it, however it is written."""
    mode = int(digits, 8)
    if stat.S_ISREG(mode):
        return PROGRAM if mode & stat.S_IXUSR else FILE
    return {stat.S_IFLNK: LINK, stat.S_IFDIR: FOLDER}.get(stat.S_IFMT(mode), REPOSITORY)
