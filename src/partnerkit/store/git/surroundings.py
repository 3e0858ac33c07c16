"""What lies around a register: where it begins, and in words what stands in the way of writing to it."""

from __future__ import annotations

import os
import re
from pathlib import Path

from partnerkit.errors import CannotWorkError
from partnerkit.pattern import pattern

PATHS = (
    *("partnerkit", "index", "hooks", "HEAD.lock", "reftable", "info/grafts"),
    *("MERGE_HEAD", "CHERRY_PICK_HEAD", "REVERT_HEAD", "BISECT_LOG"),
    *("rebase-merge", "rebase-apply", "rebase-apply/applying", "sequencer"),
)
BUSY = (
    ("MERGE_HEAD", "a merge", "git merge --continue, or git merge --abort"),
    ("rebase-apply/applying", "an am", "git am --continue, or git am --abort"),
    ("rebase-merge", "a rebase", "git rebase --continue, or git rebase --abort"),
    ("rebase-apply", "a rebase", "git rebase --continue, or git rebase --abort"),
    ("CHERRY_PICK_HEAD", "a cherry-pick", "git cherry-pick --continue, or git cherry-pick --abort"),
    ("REVERT_HEAD", "a revert", "git revert --continue, or git revert --abort"),
    (
        "sequencer",
        "a cherry-pick or revert of several commits",
        "git cherry-pick --abort, or git revert --abort",
    ),
    ("BISECT_LOG", "a bisect", "git bisect reset"),
)

DETACHED = (
    "HEAD is detached, so a commit would belong to no branch; "
    "go to a branch first: git switch main (git branch lists them)"
)


#: What brings a history that was cut off when a repository was cloned.
DEEPEN = "git fetch --unshallow (in CI: fetch-depth: 0), then ask again"

#: How the configuration says that git keeps things as it always has.
_FIRST_FORMAT = pattern(r"^\s*repositoryformatversion = 0$", re.MULTILINE)
_GIT_FOLDER = ("HEAD", "objects", "refs")


def plain_root(start: Path) -> Path | None:
    """Find the top of a plain repository of one's own around `start`, without asking git.

    None wherever git itself has to say: a linked working tree, a submodule, a bare repository, git's own folder,
    one that belongs to somebody else, a working tree that lies elsewhere, or no repository at all.
    """
    start = Path(os.path.realpath(start))
    for folder in (start, *start.parents):
        if _is_git_folder(folder):
            return None
        inside = folder / ".git"
        if os.path.lexists(inside):
            return folder if _is_plain(inside) else None
    return None


def plain_folder(root: Path) -> Path | None:
    """Return git's own folder where nothing of it can lie elsewhere or be kept in another way than ever.

    What a hook is and where it lies is another matter: any configuration may say so (core.hooksPath).

    Args:
        root: the top of a working tree.
    """
    inside = root / ".git"
    if _is_git_folder(root) or not _is_plain(inside):
        return None
    settings = (inside / "config").read_text("utf-8", "replace").lower()
    return inside if "extensions" not in settings and _FIRST_FORMAT.search(settings) else None


def _is_git_folder(folder: Path) -> bool:
    return all((folder / name).exists() for name in _GIT_FOLDER)


def _is_plain(inside: Path) -> bool:
    if not inside.is_dir() or not _is_git_folder(inside):
        return False
    user = os.geteuid()
    if any(one.stat().st_uid != user for one in (inside, inside.parent)):
        return False
    try:
        settings = (inside / "config").read_text("utf-8", "replace").lower()
    except OSError:
        return False
    bare = [line.split() for line in settings.splitlines() if "bare" in line]
    return "worktree" not in settings and all(words == ["bare", "=", "false"] for words in bare)


def no_working_tree(start: Path, out: str, err: str) -> CannotWorkError:
    """Say why git found no working tree, from what `git rev-parse` printed."""
    if out.startswith("true"):
        return CannotWorkError(
            f"{start} is a bare repository: it has no files to work on",
            "git clone it and run partnerkit in the clone",
        )
    if "empty string is not a valid path" in err:
        message = f"core.hooksPath is set to nothing in {start}, so git cannot say where its hooks are"
        return CannotWorkError(message, "git config --show-origin core.hooksPath; git config --unset core.hooksPath")
    if out.startswith("false"):
        return CannotWorkError(f"{start} is inside git's own folder", "run partnerkit in the working tree beside it")
    if "not a git repository" in err:
        return CannotWorkError(
            f"{start} is not inside a git repository, so there is no register here",
            "cd into the register, name it with -C DIR, or start one: git init && partnerkit init",
        )
    if "dubious ownership" in err:
        return CannotWorkError(
            f"the repository around {start} belongs to somebody else, and git does not go by what others have set",
            "where you trust whoever owns it: git config --global --add safe.directory " + _owned_by_others(start, err),
        )
    return CannotWorkError(
        f"git cannot use the repository at {start}: {err.strip()}",
        "mend what git says (git status in that folder says it again), then run the command again",
    )


def _owned_by_others(start: Path, err: str) -> str:
    """What git wants to hear to go there, as a shell reads it: it says it itself, and knows how it calls that place."""
    from partnerkit.rules.commands import quoted  # noqa: PLC0415 - only where it is said

    _, asked, named = err.strip().rpartition("safe.directory ")
    return named if asked and "\n" not in named else quoted(str(start))
