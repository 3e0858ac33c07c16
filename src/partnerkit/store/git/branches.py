"""The default branch: with which to compare where nobody names another."""

from __future__ import annotations

from partnerkit.store.git.repository import Git
from partnerkit.tuples import NamedTuple

_REMOTES = "refs/remotes/origin/"


class Default(NamedTuple):
    """The branch into which changes are usually merged.

    Attributes:
        ref: its full name.
        name: the shortest that means it, and no tag that is called like it.
        chosen: how it was found.
    """

    ref: str
    name: str
    chosen: str

    @property
    def branch(self) -> str:
        """What it is called where everybody merges."""
        return self.ref.removeprefix("refs/heads/").removeprefix(_REMOTES)


def default_branch(git: Git) -> Default | None:
    """The branch into which changes are usually merged; None where nothing says which it is."""
    named = git.run("symbolic-ref", "--quiet", f"{_REMOTES}HEAD", ok=(0, 1, 128)).text
    if named.startswith(_REMOTES) and (name := _called(git, named)) is not None:
        return Default(named, name, "the default branch of origin")
    for ref in ("refs/heads/main", "refs/heads/master", f"{_REMOTES}main", f"{_REMOTES}master"):
        if (name := _called(git, ref)) is not None:
            return Default(ref, name, "the main branch here")
    return None


def _called(git: Git, ref: str) -> str | None:
    """The shortest name that means a branch; None where there is none."""
    found = git.run("rev-parse", "--abbrev-ref=strict", ref, ok=(0, 128))
    return found.text if found.code == 0 else None
