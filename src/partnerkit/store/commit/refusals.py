"""The ways a commit ends without being made, or without being finished."""

from __future__ import annotations

import errno
import os
from pathlib import Path

from partnerkit.errors import CannotWorkError
from partnerkit.rules.commands import quoted

#: What the system says where something else lies at the place of a folder.
_IN_THE_WAY = (errno.EEXIST, errno.ENOTDIR, errno.ELOOP)


class Moved(CannotWorkError):  # noqa: N818 - it says what happened
    """HEAD is no longer at the commit that was judged: read again, judge again, try again."""

    def __init__(self, base: str | None, now: str | None) -> None:
        self.base = base
        self.now = now
        was, is_now = (oid[:10] if oid else "no commit yet" for oid in (base, now))
        super().__init__(
            f"somebody else committed meanwhile: HEAD was {was}, now it is {is_now}; nothing changed",
            "run the command again",
        )


class HookRefused(CannotWorkError):  # noqa: N818 - the word that users read
    """A git hook said no, or changed what was about to be committed.

    Attributes:
        hook: its name.
        what: what it did.
        output: its own words.
    """

    def __init__(self, hook: str, what: str, output: str) -> None:
        self.hook = hook
        self.what = what
        self.output = output.strip()
        words = f":\n{self.output}" if self.output else " (it printed nothing)"
        super().__init__(
            f"the {hook} hook {what}; nothing changed{words}",
            "mend what it names and run the command again; --no-verify goes without hooks",
        )


class Dirty(CannotWorkError):  # noqa: N818 - the word that users read
    """A file to be written was edited, staged or removed by hand and not committed.

    Attributes:
        path: the file.
    """

    def __init__(self, path: str, what: str, mend: str) -> None:
        self.path = path
        super().__init__(f"{path} {what}; nothing changed", mend)


class Unfinished(CannotWorkError):  # noqa: N818 - the word that users read
    """The commit landed, but the working tree or the index could not follow yet; the next command finishes it.

    Attributes:
        oid: the commit.
    """

    def __init__(self, oid: str, why: str) -> None:
        self.oid = oid
        super().__init__(
            f"commit {oid[:10]} landed and is safe, but the files on disk do not all show it yet: {why}",
            "mend that, then run any partnerkit command that writes: it finishes this one first",
        )


def disk_refused(problem: OSError, outcome: str = "nothing changed") -> CannotWorkError:
    """Put a failed write into words."""
    where = problem.filename2 or problem.filename or "a file"
    odd = _no_folder(Path(where)) if problem.errno in _IN_THE_WAY else None
    if odd is not None:
        message = f"cannot write {where}: {odd} is no folder, and should be one; {outcome}"
        return CannotWorkError(message, f"look what it is; {out_of_the_way(odd)}; then run the command again")
    return CannotWorkError(
        f"cannot write {where}: {problem.strerror or problem}; {outcome}",
        "make room or give yourself the right to write there, then run the command again",
    )


def _no_folder(path: Path) -> Path | None:
    """What lies at a path, or above it, and lets no folder be there; None where that is all there is."""
    lies = next((one for one in (path, *path.parents) if os.path.lexists(one)), path)
    return None if lies.is_dir() else lies


def out_of_the_way(path: Path) -> str:
    """The line that puts something aside."""
    return f"mv -- {quoted(str(path))} {quoted(f'{path}.aside')}"


def hindered(folder: Path) -> tuple[str, str] | None:
    """Tell what keeps whoever is here from writing in a folder of ours, with what mends it; None where nothing does."""
    if os.path.lexists(folder) and not folder.is_dir():
        return f"{folder} is no folder: nothing can be written", out_of_the_way(folder)
    if folder.is_dir() and not os.access(folder, os.R_OK | os.W_OK | os.X_OK):
        mend = "whoever owns it gives you the right, or clone the repository for yourself"
        return f"{folder} may not be opened by you: nothing can be written, and nothing is kept", mend
    return None
