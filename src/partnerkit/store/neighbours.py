"""Which records name others, found by git in the bytes of files: nothing is read but what may name them."""

from __future__ import annotations

import functools
from collections.abc import Callable, Collection, Iterator

from partnerkit.kinds.catalogue import BELONGING, FOLDERS
from partnerkit.pattern import pattern
from partnerkit.store.ahead import ahead
from partnerkit.store.git.repository import Git
from partnerkit.store.record_paths import RECORDS, record_id

#: Where the records lie that belong to others.
_BELONGING = tuple(f"{RECORDS}{folder}/" for folder, kind in FOLDERS.items() if kind in BELONGING)

#: What a file says that may say any word, written by its characters' numbers or across lines.
_ANYTHING = r"\\([^\"\\nt]|$)"

#: What has a meaning in a pattern, and so many words in each: git holds every line against one pattern after another.
_SPECIAL, _AT_ONCE = pattern(r"[][\\.^$*+?(){}|]"), 500


def belonging(git: Git, commits: Collection[str | None], ids: Collection[str]) -> Callable[[], set[str]]:
    """The ids of the records that may belong to some others; git looks for them until they are asked for.

    Args:
        git: the repository.
        commits: where the records stand; None for the working tree.
        ids: the ids of what they belong to.
    """
    asked = [looked_for(git, one, ids, _BELONGING) for one in commits]
    return lambda: set().union(*(found() for found in asked))


def mentioning(git: Git, commit: str | None, words: Collection[str]) -> set[str]:
    """The ids of the records in whose files one of these words may stand.

    Args: as `looked_for`.
    """
    return looked_for(git, commit, words)()


def looked_for(
    git: Git, commit: str | None, words: Collection[str], folders: tuple[str, ...] = (RECORDS,)
) -> Callable[[], set[str]]:
    """The ids of the records in whose files one of these words may stand; git looks for them until they are asked for.

    Args:
        git: the repository.
        commit: where the records stand; the working tree, where None.
        words: ids of records or of statements, and paths of files.
        folders: where the files lie that are looked through.
    """
    lines = sorted({line for one in words for line in one.split("\n")} - {""})
    if not lines:
        return set
    where = ("--untracked",) if commit is None else (commit,)
    patterns = "".join(_patterns(lines)).encode("utf-8", "surrogateescape")
    # Words go in by stdin; what git answers begins with the commit, where one was named.
    told = ahead(
        git.start("grep", "-l", "-z", "-E", "--full-name", "-f", "-", *where, "--", *folders, stdin=patterns, ok=(0, 1))
    )
    prefix = f"{commit}:" if commit is not None else ""

    @functools.cache
    def found() -> set[str]:
        every = (record_id(path.removeprefix(prefix)) for path in told().fields)
        return {one for one in every if one is not None}

    return found


def _patterns(words: list[str]) -> Iterator[str]:
    """One pattern of many words costs git as much as one of a single word: what stands after them ends a word."""
    for start in range(0, len(words), _AT_ONCE):
        some = "|".join(_SPECIAL.sub(r"\\\g<0>", one) for one in words[start : start + _AT_ONCE])
        yield f"({some})([^a-z0-9-]|$)|{_ANYTHING}\n"
