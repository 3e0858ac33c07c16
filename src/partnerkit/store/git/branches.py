"""The default branch: with which to compare where nobody names another."""

from __future__ import annotations

from partnerkit.store.git.repository import Git

_REMOTES = "refs/remotes/origin/"


def default_branch(git: Git) -> tuple[str, str] | None:
    """The branch into which changes are usually merged, and how it was found; None where nothing says which it is."""
    named = git.run("symbolic-ref", "--quiet", f"{_REMOTES}HEAD", ok=(0, 1, 128)).text
    if named.startswith(_REMOTES) and _is_there(git, named):
        return f"origin/{named.removeprefix(_REMOTES)}", "the default branch of origin"
    for ref, name in (
        ("refs/heads/main", "main"),
        ("refs/heads/master", "master"),
        (f"{_REMOTES}main", "origin/main"),
        (f"{_REMOTES}master", "origin/master"),
    ):
        if _is_there(git, ref):
            return name, "the main branch here"
    return None


def _is_there(git: Git, ref: str) -> bool:
    return git.run("rev-parse", "--verify", "--quiet", f"{ref}^{{commit}}", ok=(0, 1, 128)).code == 0
