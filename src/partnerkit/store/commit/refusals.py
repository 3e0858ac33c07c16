"""The ways a commit ends without being made, or without being finished."""

from __future__ import annotations

from partnerkit.errors import CannotWorkError


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
    return CannotWorkError(
        f"cannot write {where}: {problem.strerror or problem}; {outcome}",
        "make room or give yourself the right to write there, then run the command again",
    )
