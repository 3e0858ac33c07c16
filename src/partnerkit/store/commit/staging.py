"""What is about to be committed: made from the commit before, so that nothing the user staged can slip in."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from partnerkit.dataclass import dataclass
from partnerkit.errors import CannotWorkError, WrongCallError
from partnerkit.rules.commands import quoted
from partnerkit.store.commit.index import DURABLE
from partnerkit.store.commit.journal import Change, Run
from partnerkit.store.commit.planting import planted
from partnerkit.store.disk import files
from partnerkit.store.git.entries import FILE, FOLDER, Entry
from partnerkit.store.git.repository import Git
from partnerkit.store.git.trees import last_read


@dataclass(frozen=True, slots=True)
class Draft:
    """What is about to be committed: the tree, and the paths that differ from the base."""

    tree: str
    changes: tuple[Change, ...]


def draft(git: Git, base: str | None, contents: Mapping[str, bytes | None]) -> Draft:
    """Write blobs and tree of `base` with some files replaced or gone.

    Raises:
        WrongCallError: every file is already like that.
    """
    changes = differing(git, base, contents)
    differ = {one.path for one in changes}
    return Draft(planted(git, base, {path: data for path, data in contents.items() if path in differ}), changes)


def differing(git: Git, base: str | None, contents: Mapping[str, bytes | None]) -> tuple[Change, ...]:
    """The files of `base` that are replaced or go; those that go first.

    Raises:
        CannotWorkError: one is no plain file.
        WrongCallError: every file is already like that.
    """
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
    return changes


def _standing(git: Git, base: str, paths: Iterable[str]) -> dict[str, Entry]:
    tree = last_read(git, base)
    found = {path: tree.entry(path) for path in paths}
    return {path: entry for path, entry in found.items() if entry is not None and entry.mode != FOLDER}


def tree_of(git: Git, run: Run) -> str:
    """Write the tree of the run's index and return its id."""
    return git.run("write-tree", env={"GIT_INDEX_FILE": str(run.index)}, config=DURABLE).text


def show(git: Git, run: Run, draft: Draft) -> None:
    """Let the run's index hold what is about to be committed.

    It takes over what the user's index knows about files on disk; else git would have to read them all again.
    """
    index = git.git_path("index")
    if index.exists():
        files.write_new(run.index, index.read_bytes(), mode=0o600)
    git.run("read-tree", "--reset", draft.tree, env={"GIT_INDEX_FILE": str(run.index)})
