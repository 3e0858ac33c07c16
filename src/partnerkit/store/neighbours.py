"""Which records name others, found by git in the bytes of files: nothing is read but what may name them."""

from __future__ import annotations

from collections.abc import Collection

from partnerkit.register import RecordFile, Register
from partnerkit.store.git.repository import Git
from partnerkit.store.records import RECORDS, record_id


def below(git: Git, commit: str | None, register: Register, ids: Collection[str]) -> list[RecordFile]:
    """The records that belong to some others, by id.

    Args:
        git: the repository.
        commit: where the records stand; the working tree, where None.
        register: the same, read.
        ids: the ids of what they belong to.
    """
    found = (register.records.get(one) for one in sorted(mentioning(git, commit, ids)))
    return [one for one in found if one is not None and one.subject in ids]


def mentioning(git: Git, commit: str | None, ids: Collection[str]) -> set[str]:
    """The ids of the records in whose files one of these ids, of records or of statements, stands as a word.

    Args: as `below`.
    """
    if not ids:
        return set()
    where = ("--untracked",) if commit is None else (commit,)
    words = "".join(f"{one}\n" for one in sorted(ids)).encode("utf-8", "surrogateescape")
    # Ids go in by stdin; what git answers begins with the commit, where one was named.
    out = git.run(
        "grep", "-l", "-z", "-F", "-w", "--full-name", "-f", "-", *where, "--", RECORDS, stdin=words, ok=(0, 1)
    )
    prefix = f"{commit}:" if commit is not None else ""
    found = (record_id(path.removeprefix(prefix)) for path in out.fields)
    return {one for one in found if one is not None}
