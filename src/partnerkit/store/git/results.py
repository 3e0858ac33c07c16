"""What goes with a git process, what it gave back, and that it failed."""

from __future__ import annotations

import errno
import os
import re
from typing import TYPE_CHECKING

from partnerkit.dataclass import dataclass
from partnerkit.errors import CannotWorkError
from partnerkit.pattern import pattern

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping
    from typing import TypedDict

    class How(TypedDict, total=False):
        """What goes with a git command.

        Attributes:
            stdin: bytes for its standard input; nothing when None.
            env: variables added to the plumbing's (`environment.PLUMBING`).
            ok: exit codes that are no failure; 0 alone where nothing is said.
            config: settings for this one process.
            pass_fds: file descriptors the process and its children inherit.
            plumbing: whether to add the plumbing's variables, as where nothing is said; False for what runs hooks.
        """

        stdin: bytes | None
        env: Mapping[str, str] | None
        ok: Collection[int]
        config: Mapping[str, str] | None
        pass_fds: Collection[int]
        plumbing: bool


#: What git says where the disk refuses; it is asked in plain English.
_REFUSALS = map(os.strerror, (errno.ENOSPC, errno.EDQUOT, errno.EROFS, errno.EACCES))
_OF_THE_DISK = pattern(rf": (?:{'|'.join(map(re.escape, _REFUSALS))})$", re.MULTILINE)
_ROOM = "make room or give yourself the right to write there, then run the command again"
_OF_THE_INDEX = pattern(r"\bindex file (?:smaller|corrupt)|bad (?:signature 0x|index )|\bindex entry\b")
_ANEW = (
    'rm "$(git rev-parse --git-path index)" && git reset makes it anew from the last commit: files stay as they are, '
    "and what was staged is to be staged again"
)
_WELL = "git fsck and git status say whether the repository is well; then run the command again"


class GitFailed(CannotWorkError):  # noqa: N818 - it says what happened, as Moved and Dirty do
    """A git process ended with a code that was not expected.

    Attributes:
        code: the exit code.
        words: what git wrote to stderr.
    """

    def __init__(self, args: tuple[str, ...], code: int, words: str) -> None:
        self.code = code
        self.words = words.strip()
        how = f"was killed by signal {-code}" if code < 0 else f"failed with code {code}"
        said = f"git {args[0]} {how}: {self.words or 'it said nothing'}"
        if _OF_THE_INDEX.search(self.words):
            super().__init__(f"what is staged (.git/index) cannot be read: {said}", _ANEW)
        else:
            super().__init__(said, _ROOM if _OF_THE_DISK.search(self.words) else _WELL)


@dataclass(frozen=True, slots=True)
class Result:
    """What a git process gave back."""

    code: int
    out: bytes
    err: str

    @property
    def text(self) -> str:
        """Stdout as text, without the last newline."""
        return self.out.decode("utf-8", "surrogateescape").removesuffix("\n")

    @property
    def fields(self) -> list[str]:
        """Stdout of a command that was given -z, split."""
        return self.out.decode("utf-8", "surrogateescape").split("\0")[:-1]
