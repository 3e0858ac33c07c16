"""Files that landed once and are no more, as they were last."""

from __future__ import annotations

from partnerkit.store.git.entries import READABLE
from partnerkit.store.git.repository import Git


def taken(git: Git, rev: str, folder: str) -> dict[str, str]:
    """Return path and last blob of the plain files of a folder that any commit of the first-parent chain took away.

    Some may be there again.
    """
    raw = ("--raw", "--no-abbrev", "--no-renames", "--diff-filter=D", "-m", "--first-parent", "-z", "--format=")
    rows = iter(git.run("log", *raw, rev, "--", folder).fields)
    found: dict[str, str] = {}
    for row in rows:
        mode, _, oid, _, _ = row.lstrip("\n").removeprefix(":").split(" ")
        path = next(rows)
        if mode in READABLE:
            found.setdefault(path, oid)
    return found
