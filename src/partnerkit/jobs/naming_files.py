"""Which files of a register a person means, by path or by id."""

from __future__ import annotations

import os
from collections.abc import Collection
from pathlib import Path

from partnerkit.errors import WrongCallError
from partnerkit.jobs.desk import Desk
from partnerkit.kinds.problems import did_you_mean
from partnerkit.register import POLICIES_FOLDER, ROSTER_PATH, SETTINGS_PATH
from partnerkit.store.git.trees import CommitTree, WorkingTree
from partnerkit.store.record_paths import RECORDS, folder_kind, id_of

_EVIDENCE = f"{RECORDS}evidence/"


def named(desk: Desk, words: list[str], rev: str | None = None, there: Collection[str] = ()) -> set[str] | None:
    """The ids of the records that the words mean; None where they mean all: none are given, or a file of rules is.

    A file that was deleted can be named too. A piece of evidence means the record to which it belongs.

    Args:
        desk: where.
        words: the words.
        rev: the commit of which they speak; where there is none, of the working tree and of what landed last.
        there: ids that are known to be among these: where the words are such, no file is looked for.

    Raises:
        WrongCallError: a word means nothing of this register.
    """
    if not words:
        return None
    if all(word in there and not Path(word).exists() for word in words):
        return {*words}
    known = _known(desk, rev)
    found: set[str] = set()
    for word in words:
        path = inside(desk, word)
        if word in known.values() and not Path(word).exists():
            found.add(word)
        elif _means_all(path):
            return None
        else:
            found |= _below(word, path, known)
    return found


def inside(desk: Desk, word: str) -> str:
    """A path as git sees it, from the top of the repository.

    Raises:
        WrongCallError: it leads out of the repository.
    """
    top = desk.git.root.resolve()
    full = Path(os.path.normpath(Path.cwd() / word))
    for one in (full, full.resolve()):
        if one.is_relative_to(top):
            return one.relative_to(top).as_posix()
    raise WrongCallError(f"{word} lies outside the register {top.name}", "name a file below records/")


def _known(desk: Desk, rev: str | None) -> dict[str, str]:
    """The ids of records that are there, or were in the latest commit, by path."""
    landed = rev or desk.git.head()
    paths = {*(CommitTree(desk.git, landed).files(RECORDS) if landed else ())}
    paths |= {*WorkingTree(desk.git).files(RECORDS)} if rev is None else set()
    return {path: id_of(path) for path in paths if folder_kind(path) and path.endswith(".yaml")}


def _means_all(path: str) -> bool:
    return path in {".", RECORDS.rstrip("/"), SETTINGS_PATH, ROSTER_PATH} or f"{path}/".startswith(POLICIES_FOLDER)


def _below(word: str, path: str, known: dict[str, str]) -> set[str]:
    """The records that a file or folder holds, or for which it is evidence."""
    below = {record for one, record in known.items() if one == path or one.startswith(f"{path}/")}
    evidence = path.removeprefix(_EVIDENCE).partition("/")[0] if path.startswith(_EVIDENCE) else None
    below |= {evidence} & set(known.values()) if evidence else set()
    if not below:
        near = did_you_mean(word, [*known.values(), *known])
        raise WrongCallError(f"{word} is no record, nor a file of the register{near}", "partnerkit list shows them")
    return below
