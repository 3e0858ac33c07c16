"""Git commands that only read, those by which a commit lands, and settings: started by Python itself.

Importing GitPython asks git twice for its version, and costs as much as all else that a short command does.
"""

from __future__ import annotations

import os
from collections.abc import Collection, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from partnerkit.errors import CannotWorkError

if TYPE_CHECKING:
    from subprocess import Popen

#: The commands, by their first word: those that only read, settings, and those that land.
STARTED_HERE = frozenset(
    {
        *("cat-file", "check-attr", "config", "diff-index", "diff-tree", "for-each-ref", "grep", "log", "ls-files"),
        *("ls-tree", "merge-base", "read-tree", "rev-list", "rev-parse", "status", "var", "version"),
        *("commit-tree", "fast-import", "unpack-objects", "update-index", "update-ref"),
    }
)


def started(
    root: Path, command: Sequence[str], env: Mapping[str, str], pass_fds: Collection[int] = (), *, fed: bool
) -> Popen[bytes]:
    """Start a git command at the root, as GitPython would.

    Args:
        root: where.
        command: `git`, and what follows.
        env: what it sees beside what this process sees.
        pass_fds: files of this process that stay open for it.
        fed: whether it is given anything on stdin.

    Raises:
        CannotWorkError: there is no git.
    """
    import subprocess  # noqa: PLC0415 - many commands never ask git anything

    try:
        return subprocess.Popen(
            command,
            cwd=root,
            env={**os.environ, "LANGUAGE": "C", "LC_ALL": "C", **env},
            stdin=subprocess.PIPE if fed else subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            pass_fds=tuple(pass_fds),
        )
    except FileNotFoundError as problem:
        if problem.filename != command[0]:
            raise
        raise no_git() from problem


def no_git() -> CannotWorkError:
    """Why nothing can be asked."""
    return CannotWorkError(
        "git itself was not found on this machine", "install git 2.36 or newer and see that PATH finds it"
    )
