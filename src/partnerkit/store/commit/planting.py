"""New blobs and the trees that hold them, given to git in one piece: one process, however many they are."""

from __future__ import annotations

import os
import zlib
from collections.abc import Iterable, Mapping

from partnerkit.store.commit.index import DURABLE
from partnerkit.store.commit.journal import Held
from partnerkit.store.git.entries import FILE, FOLDER, Entry
from partnerkit.store.git.repository import Git
from partnerkit.store.git.trees import CommitTree

#: How a pack names the kinds of what it holds.
_KINDS = {"tree": 2, "blob": 3}


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
    top = _folder(git, CommitTree(git, base) if base is not None else None, "", put, new)
    _give(git, new)
    return top


def _folder(
    git: Git, tree: CommitTree | None, start: str, put: Mapping[str, Entry | None], new: list[tuple[str, bytes]]
) -> str:
    """Make a folder anew, and those in it on the way to what is put; return its id."""
    stood = tree.folder(start) if tree is not None else {}
    files: dict[str, Entry | None] = {}
    below: dict[str, dict[str, Entry | None]] = {}
    for path, entry in put.items():
        name, slash, _rest = path[len(start) :].partition("/")
        if slash:
            below.setdefault(name, {})[path] = entry
        else:
            files[name] = entry
    here = {name: one for name, one in stood.items() if name not in files or one.mode == FOLDER}
    for name, inside in below.items():
        known = tree if name in here and here[name].mode == FOLDER else None
        here[name] = Entry(FOLDER, _folder(git, known, f"{start}{name}/", inside, new))
    here |= {name: one for name, one in files.items() if one is not None}
    empty = git.object_id("tree", b"")
    data = _written({name: one for name, one in here.items() if one.oid != empty})
    new.append(("tree", data))
    return git.object_id("tree", data)


def _written(entries: Mapping[str, Entry]) -> bytes:
    """A folder as git writes it: by name, as if those of folders ended with a slash."""
    rows = [(os.fsencode(name), one) for name, one in entries.items()]
    rows.sort(key=lambda row: row[0] + b"/" if row[1].mode == FOLDER else row[0])
    return b"".join(b"%s %s\0%s" % (one.mode.encode(), name, bytes.fromhex(str(one.oid))) for name, one in rows)


def _give(git: Git, new: Iterable[tuple[str, bytes]]) -> None:
    """Give git all that is new as a pack, of which it makes what it makes of any: it names them by itself."""
    each = list(dict.fromkeys(new))
    pack = b"PACK" + (2).to_bytes(4) + len(each).to_bytes(4)
    pack += b"".join(_head(_KINDS[kind], len(data)) + zlib.compress(data, 1) for kind, data in each)
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
