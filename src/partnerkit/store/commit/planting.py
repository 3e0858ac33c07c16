"""New blobs and the trees that hold them, given to git in one piece: one process, however many they are."""

from __future__ import annotations

import os
import zlib
from collections.abc import Iterable, Mapping

from partnerkit.store.commit.index import DURABLE
from partnerkit.store.commit.journal import Held
from partnerkit.store.git.entries import FILE, FOLDER, Entry
from partnerkit.store.git.repository import Git
from partnerkit.store.git.trees import CommitTree, last_read

#: How a pack names the kinds of what it holds, and how hard they are pressed: the ids of a folder do not give way.
_KINDS = {"tree": (2, 0), "blob": (3, 1)}

#: The rows of so many files are changed where they stand; of more, the folder is written row by row.
_FEW = 20


def planted(git: Git, base: str | None, contents: Mapping[str, Held | bytes]) -> str:
    """Make the tree of a commit with some files put or gone, and return its id; all of it is durable then.

    No path is given to git, so no attribute can change the bytes. What else the commit holds stays as it is, to the
    byte: only the folders on the way to the files are written anew.

    Args:
        git: the repository.
        base: the commit; None for nothing at all.
        contents: what becomes of each path: new bytes, a blob with its mode, or None where it goes.
    """
    new: list[tuple[str, bytes]] = []
    put: dict[str, Entry | None] = {}
    for path, wanted in contents.items():
        if isinstance(wanted, bytes):
            new.append(("blob", wanted))
            put[path] = Entry(FILE, git.blob_id(wanted))
        else:
            put[path] = None if wanted is None else Entry(*wanted)
    top = _folder(git, last_read(git, base) if base is not None else None, "", put, new)
    _give(git, new)
    return top


def _folder(
    git: Git, tree: CommitTree | None, start: str, put: Mapping[str, Entry | None], new: list[tuple[str, bytes]]
) -> str:
    """Make a folder anew, and those in it on the way to what is put; return its id."""
    stood = tree.folder(start) if tree is not None else {}
    here: dict[str, Entry | None] = {}
    below: dict[str, dict[str, Entry | None]] = {}
    for path, entry in put.items():
        name, slash, _rest = path[len(start) :].partition("/")
        if slash:
            below.setdefault(name, {})[path] = entry
        elif entry is not None or name not in stood or stood[name].mode != FOLDER:
            here[name] = entry
    for name, inside in below.items():
        if here.get(name) is None:
            known = tree if name in stood and stood[name].mode == FOLDER else None
            here[name] = Entry(FOLDER, _folder(git, known, f"{start}{name}/", inside, new))
    empty = git.object_id("tree", b"")
    changes = {name: one if one is not None and one.oid != empty else None for name, one in here.items()}
    data = _in_place(tree.written(start) if tree is not None else b"", stood, changes)
    if data is None:
        rest = {name: one for name, one in stood.items() if name not in changes and one.oid != empty}
        data = _written(rest | {name: one for name, one in changes.items() if one is not None})
    new.append(("tree", data))
    return git.object_id("tree", data)


def _in_place(data: bytes, stood: Mapping[str, Entry], changes: Mapping[str, Entry | None]) -> bytes | None:
    """A folder in which a few names hold something else of the same sort; None where it has to be written anew."""
    if len(changes) > _FEW:
        return None
    for name, one in changes.items():
        before = stood.get(name)
        if one is None or before is None or one.mode != before.mode:
            return None
        row = _row(name, before)
        if data.count(row) != 1:  # it stands there; what occurs once is the row, and not part of an id by chance
            return None
        data = data.replace(row, _row(name, one))
    return data


def _written(entries: Mapping[str, Entry]) -> bytes:
    """A folder as git writes it: by name, as if those of folders ended with a slash."""
    rows = [(os.fsencode(name) + b"/" * (one.mode == FOLDER), _row(name, one)) for name, one in entries.items()]
    return b"".join([row for _place, row in sorted(rows)])


def _row(name: str, entry: Entry) -> bytes:
    return b"%s %s\0%s" % (entry.mode.encode(), os.fsencode(name), bytes.fromhex(str(entry.oid)))


def _give(git: Git, new: Iterable[tuple[str, bytes]]) -> None:
    """Give git all that is new as a pack, of which it makes what it makes of any: it names them by itself."""
    each = list(dict.fromkeys(new))
    parts = [b"PACK", (2).to_bytes(4), len(each).to_bytes(4)]
    for kind, data in each:
        number, level = _KINDS[kind]
        parts += _head(number, len(data)), zlib.compress(data, level)
    pack = b"".join(parts)
    git.run("unpack-objects", "-q", stdin=pack + git.digest(pack), config=DURABLE)


def _head(kind: int, size: int) -> bytes:
    """The kind and the size of an object in a pack: four bits, then seven a byte, the lowest first."""
    found = [kind << 4 | size & 15]
    size >>= 4
    while size:
        found[-1] |= 128
        found.append(size & 127)
        size >>= 7
    return bytes(found)
