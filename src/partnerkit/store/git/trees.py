"""Trees: the files of a commit or of the working tree, behind one small interface."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from typing import Protocol

from partnerkit.kinds.canonical import POINTER, file_digest, is_pointer
from partnerkit.store.disk.paths import inside, look
from partnerkit.store.git.blobs import incomplete, read_blobs
from partnerkit.store.git.entries import FOLDER, READABLE, UNKNOWN, Entry, Folder, Listing
from partnerkit.store.git.lying import lying
from partnerkit.store.git.repository import Git
from partnerkit.store.record_paths import are_few


class Tree(Protocol):
    """All files at one moment."""

    def files(self, prefix: str = "") -> dict[str, Entry]:
        """List the files in the folder `prefix` (everything when empty), by path from the root."""

    def listing(self, prefix: str = "") -> Listing:
        """List the same by their names: what each is can be asked of some."""

    def read(self, path: str) -> bytes | None:
        """Return the bytes of a regular file; None when there is none."""

    def read_many(self, paths: Iterable[str]) -> dict[str, bytes]:
        """Return the bytes of many regular files; paths without one are left out."""

    def digest(self, path: str) -> str | None:
        """Return `sha256:<hex>` of a regular file's bytes; None when there is none."""

    def former(self, path: str) -> list[bytes]:
        """Return what a file held in the commits that landed so far, latest first."""

    def gone(self, folder: str) -> dict[str, bytes]:
        """Return what the files of a folder held last that landed so far and are not there."""


def digest_of(data: bytes | None) -> str | None:
    """Return `sha256:<hex>` of bytes; `POINTER` where they only point to others."""
    if data is None:
        return None
    return POINTER if is_pointer(data) else file_digest(data)


class CommitTree:
    """The files of one commit (or tree), read from git's objects only, folder by folder as they are asked for.

    Args:
        git: the repository.
        oid: the commit, or the tree.
        like: a tree that may be much the same: of each folder only that is read which differs from what it read.
    """

    def __init__(self, git: Git, oid: str, like: CommitTree | None = None) -> None:
        self.git = git
        self.oid = oid
        self._like = like
        self._top = Entry(FOLDER, f"{oid}^{{tree}}")
        #: What stands in each folder that was asked for, by its path with a slash at its end; the top has none.
        self._folders: dict[str, Folder] = {}
        self._written: dict[str, bytes] = {}

    def files(self, prefix: str = "") -> dict[str, Entry]:
        """List the files in the folder `prefix` (everything when empty), by path from the root."""
        path = prefix.rstrip("/")
        entry = self.entry(path) if path else self._top
        if entry is None or entry.mode != FOLDER:
            return {} if entry is None else {path: entry}
        every = self._below(path, entry)
        found = {start + name: one for start in every for name, one in every[start].items() if one.mode != FOLDER}
        return {path: found[path] for path in sorted(found)}

    def listing(self, prefix: str = "") -> Listing:
        """List the same by their names: what each is can be asked of some."""
        path = prefix.rstrip("/")
        entry = self.entry(path) if path else self._top
        if entry is None or entry.mode != FOLDER:
            return Listing.of({} if entry is None else {path: entry})
        every = self._below(path, entry)
        odd = {start: here.odd for start, here in every.items()}
        folders = {start: {*here} for start, here in every.items()}
        for start, names in folders.items():
            names.difference_update([name for name, one in odd[start].items() if one.mode == FOLDER])
        found = {start + name: one for start, here in odd.items() for name, one in here.items() if one.mode != FOLDER}
        return Listing(folders, self._entries, lambda: {path: found[path] for path in sorted(found)})

    def _entries(self, paths: Iterable[str]) -> Iterator[Entry]:
        for path in paths:
            cut = path.rfind("/") + 1
            yield self._folders[path[:cut]][path[cut:]]

    def _below(self, path: str, entry: Entry) -> dict[str, Folder]:
        """What stands in a folder and in all below it, by the path of each."""
        found: dict[str, Folder] = {}
        folders = {f"{path}/" if path else "": entry}
        while folders:
            self._read({start: one for start, one in folders.items() if start not in self._folders})
            here = {start: self._folders[start] for start in folders}
            found |= here
            folders = {
                f"{start}{name}/": one
                for start, names in here.items()
                for name, one in names.odd.items()
                if one.mode == FOLDER
            }
        return found

    def entry(self, path: str) -> Entry | None:
        """Return what stands at a path: a file, a folder; None where nothing does."""
        cut = path.rfind("/") + 1
        return self._folders[path[:cut]].get(path[cut:]) if self._is_folder(path[:cut]) else None

    def folder(self, start: str) -> Mapping[str, Entry]:
        """Return what stands in a folder, by name. Its path ends with a slash; the top has none."""
        return self._folders[start] if self._is_folder(start) else {}

    def written(self, start: str) -> bytes:
        """Return a folder as git holds it; nothing where there is none."""
        return self._written[start] if self._is_folder(start) else b""

    def read(self, path: str) -> bytes | None:
        """Return the bytes of a regular file; None when there is none."""
        return self.read_many([path]).get(path)

    def read_many(self, paths: Iterable[str]) -> dict[str, bytes]:
        """Return the bytes of many regular files; paths without one are left out."""
        found = {path: self.entry(path) for path in paths}
        oids = {path: one.oid for path, one in found.items() if one and one.mode in READABLE and one.oid}
        blobs = read_blobs(self.git, oids.values())
        return {path: blobs[oid] for path, oid in oids.items()}

    def digest(self, path: str) -> str | None:
        """Return `sha256:<hex>` of a regular file's bytes; None when there is none."""
        return digest_of(self.read(path))

    def former(self, path: str) -> list[bytes]:
        """Return what a file held in the commits that landed so far, latest first."""
        return _former(self.git, path, self._landed())

    def gone(self, folder: str) -> dict[str, bytes]:
        """Return what the files of a folder held last that landed so far and are not there."""
        from partnerkit.store.git.gone import taken  # noqa: PLC0415 - seldom asked

        return _gone(self, taken(self.git, self._landed(), folder), folder)

    def _landed(self) -> str:
        """The commit up to which anything landed."""
        found = self.git.objects.what(f"{self.oid}^{{commit}}")
        return found.oid if found else "HEAD"

    def _read(self, folders: Mapping[str, Entry]) -> None:
        names = [str(one.oid) for one in folders.values()]
        for (start, one), found in zip(folders.items(), self.git.objects.read(names), strict=True):
            if found is None or found.kind != "tree":
                raise incomplete(str(one.oid))
            like = self._like.known(start) if self._like is not None else None
            self._folders[start], self._written[start] = Folder(found, like), found.data

    def known(self, start: str) -> Folder | None:
        """Return what was read of a folder, by its path with a slash at its end; None where nothing was yet."""
        return self._folders.get(start)

    def _is_folder(self, start: str) -> bool:
        """Whether a path that ends with a slash (or nothing: the top) is a folder; if so, it has been read."""
        here, entry = "", self._top
        for part in [] if start in self._folders else start.split("/"):
            if entry.mode != FOLDER:
                return False
            if here not in self._folders:
                self._read({here: entry})
            entry = self._folders[here].get(part, Entry(UNKNOWN))
            here = f"{here}{part}/"
        return True


def last_read(git: Git, oid: str) -> CommitTree:
    """Return the files of a commit, given by its id; the same, with what was read of it, where it was the last."""
    if git.last_tree is None or git.last_tree.oid != oid:
        git.last_tree = CommitTree(git, oid)
    return git.last_tree


class WorkingTree:
    """The files as they lie on disk, ignored and untracked ones too; symbolic links are named, never followed.

    Args:
        git: the repository.
        beside: gives another tree, such as that of the last commit; None to look at each file.
        differing: says which files differ from that one, those that only one of them has among them; None where nobody
            can. Of many files, the others are taken to be what they are there.
    """

    def __init__(
        self,
        git: Git,
        beside: Callable[[], Tree] | None = None,
        differing: Callable[[], Collection[str] | None] = lambda: None,
    ) -> None:
        self.git = git
        self.root = git.root
        self._beside, self._differing = beside, differing

    def files(self, prefix: str = "") -> dict[str, Entry]:
        """List the files in the folder `prefix` (everything when empty), by path from the root."""
        return self.listing(prefix).files()

    def listing(self, prefix: str = "") -> Listing:
        """List the same by their names: what each is can be asked of some."""
        prefix = prefix.rstrip("/")
        if prefix and not inside(prefix):
            return Listing.of({})
        self.git.looked.add(f"{prefix}/" if prefix else "")
        found = lying(self.root, prefix)
        there = self._beside
        if there is None:
            return found
        return found.beside(lambda: there().listing(prefix), lambda: None if are_few(found) else self._differing())

    def read(self, path: str) -> bytes | None:
        """Return the bytes of a regular file; None when there is none, or a link is on the way."""
        if not inside(path):
            return None
        self.git.looked.add(path)
        found = look(self.root, path)
        return found.data if found.kind == "file" else None

    def read_many(self, paths: Iterable[str]) -> dict[str, bytes]:
        """Return the bytes of many regular files; paths without one are left out."""
        read = ((path, self.read(path)) for path in paths)
        return {path: data for path, data in read if data is not None}

    def digest(self, path: str) -> str | None:
        """Return `sha256:<hex>` of a regular file's bytes; None when there is none that could be read.

        The path is what a record says: it may be one that no disk could hold, or lead where nobody may look.
        """
        try:
            return digest_of(self.read(path))
        except OSError:
            return None

    def former(self, path: str) -> list[bytes]:
        """Return what a file held in the commits that landed so far, latest first."""
        return _former(self.git, path, "HEAD")

    def gone(self, folder: str) -> dict[str, bytes]:
        """Return what the files of a folder held last that landed so far and are not there."""
        from partnerkit.store.git.gone import taken  # noqa: PLC0415 - seldom asked

        head = self.git.head()
        if head is None:
            return {}
        last = {
            path: str(one.oid) for path, one in CommitTree(self.git, head).files(folder).items() if one.mode in READABLE
        }
        return _gone(self, taken(self.git, head, folder) | last, folder)


def _former(git: Git, path: str, rev: str) -> list[bytes]:
    if git.head() is None:
        return []
    raw = ("--raw", "--no-abbrev", "--no-renames", "--root", "-m", "--first-parent", "-z", "--format=")
    listed = git.run("log", *raw, rev, "--", path).fields
    # `:<mode before> <mode> <blob before> <blob> <status>`; the blob before is that of a commit further down, or none.
    rows = [field.lstrip("\n").split() for field in listed if field.lstrip("\n").startswith(":")]
    blobs = read_blobs(git, [row[3] for row in rows if row[1] in READABLE])
    return list(blobs.values())


def _gone(tree: CommitTree | WorkingTree, last: Mapping[str, str], folder: str) -> dict[str, bytes]:
    here = tree.files(folder) if last else {}
    oids = {path: oid for path, oid in last.items() if path not in here}
    blobs = read_blobs(tree.git, oids.values())
    return {path: blobs[oid] for path, oid in oids.items()}
