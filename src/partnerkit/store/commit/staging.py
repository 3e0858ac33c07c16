"""Building the commit's tree in an index of our own, so that nothing the user staged can slip in."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from partnerkit.errors import CannotWorkError, WrongCallError
from partnerkit.rules.commands import quoted
from partnerkit.store.commit.index import DURABLE, put
from partnerkit.store.commit.journal import Change, Run
from partnerkit.store.disk import files
from partnerkit.store.git.entries import FILE, FOLDER, Entry
from partnerkit.store.git.repository import Git
from partnerkit.store.git.trees import CommitTree


@dataclass(frozen=True, slots=True)
class Draft:
    """What is about to be committed: the tree, and the paths that differ from the base."""

    tree: str
    changes: tuple[Change, ...]


def draft(git: Git, run: Run, base: str | None, contents: Mapping[str, bytes | None]) -> Draft:
    """Write blobs and tree of `base` with some files replaced or gone, leaving the run's index at that tree.

    Raises:
        WrongCallError: every file is already like that.
    """
    env = {"GIT_INDEX_FILE": str(run.index)}
    if base is not None:
        _start_from_users_index(git, run)
        git.run("read-tree", "--reset", base, env=env)
    before = _standing(git, base, contents) if base is not None else {}
    for path, entry in before.items():
        if entry.mode != FILE:
            raise CannotWorkError(
                f"git holds {path} with mode {entry.mode}, and a record is a plain file (100644); nothing changed",
                f"make it one and commit that first: chmod -x {quoted(path)}, or replace it if it is a link",
            )
    new = {path: None if data is None else git.blob_id(data) for path, data in contents.items()}
    every = (Change(path, before[path].oid if path in before else None, oid) for path, oid in new.items())
    changes = tuple(sorted((one for one in every if one.old != one.new), key=lambda one: one.new is not None))
    if not changes:
        raise WrongCallError("nothing to commit: every file already says this", "see what there is: git log -3")
    differ = {one.path for one in changes}
    write_blobs(git, run, {path: data for path, data in contents.items() if path in differ and data is not None})
    put(git, run.index, changes)
    return Draft(tree_of(git, run), changes)


def _standing(git: Git, base: str, paths: Iterable[str]) -> dict[str, Entry]:
    tree = CommitTree(git, base)
    found = {path: tree.entry(path) for path in paths}
    return {path: entry for path, entry in found.items() if entry is not None and entry.mode != FOLDER}


def tree_of(git: Git, run: Run) -> str:
    """Write the tree of the run's index and return its id."""
    return git.run("write-tree", env={"GIT_INDEX_FILE": str(run.index)}, config=DURABLE).text


def _start_from_users_index(git: Git, run: Run) -> None:
    """Take over what the user's index knows about files on disk; else git would have to read them all again."""
    index = git.git_path("index")
    if index.exists():
        files.write_new(run.index, index.read_bytes(), mode=0o600)


def write_blobs(git: Git, run: Run, contents: Mapping[str, bytes]) -> None:
    """Write blobs with one git process; no path is given, so no attribute can filter the bytes.

    No tree can be written without exactly these blobs: git refuses it.
    """
    if not contents:
        return
    if len(contents) == 1:
        (data,) = contents.values()
        git.run("hash-object", "-w", "--stdin", stdin=data, config=DURABLE)
    else:
        names = [run.folder / f"blob-{number}" for number in range(len(contents))]
        for name, data in zip(names, contents.values(), strict=True):
            files.write_new(name, data, sync=False)
        listing = "".join(f"{name}\n" for name in names).encode("utf-8", "surrogateescape")
        command = ("hash-object", "-w", "--no-filters", "--stdin-paths")
        git.run(*command, stdin=listing, config=DURABLE)
