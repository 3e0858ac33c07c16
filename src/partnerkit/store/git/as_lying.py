"""Which files differ on the disk from a commit, byte for byte, whatever git was told about them here.

Git's own index may have been told not to look at some files, or that another form of them is the same. Asked is an
index of our own, which knows of a file only what was seen of its very bytes. It is called by the commit that it holds.
"""

from __future__ import annotations

import contextlib
import os
import shutil
import stat
import time
from pathlib import Path

from partnerkit.errors import CannotWorkError
from partnerkit.store.disk.stamped import is_mine, own_folder
from partnerkit.store.git.glance import EXACTLY
from partnerkit.store.git.repository import Git
from partnerkit.store.git.unsettled import is_unsettled

_SETTINGS = {**EXACTLY, "core.sparseCheckout": "false"}
_FOLDER, _OWN, _DRAFT, _LEFT_BEHIND = "partnerkit", "exact.", "exact-", 3600.0
_STATUS = (
    "status",
    "--porcelain=v1",
    "-z",
    "--no-renames",
    "--untracked-files=all",
    "--ignored",
    "--ignore-submodules=none",
)


def as_lying(git: Git, commit: str, folder: str) -> frozenset[str] | None:
    """Say which files of a folder differ from a commit, come on top of it, or are gone; None where nobody can say.

    Whether attributes have git keep other bytes than those on the disk is asked before: where they do, nobody can.

    Args:
        git: the repository.
        commit: the commit.
        folder: the folder, from the top of the repository.
    """
    state = git.git_path(_FOLDER)
    try:
        own_folder(state)
        _tidied(state)
        draft = state / f"{_DRAFT}{os.urandom(8).hex()}"
        os.close(os.open(draft, os.O_CREAT | os.O_EXCL | os.O_WRONLY, stat.S_IRUSR | stat.S_IWUSR))
    except OSError:
        return None
    try:
        return _asked(git, commit, folder, draft)
    except (OSError, CannotWorkError):
        return None
    finally:
        draft.unlink(missing_ok=True)


def was_asked(git: Git) -> bool:
    """Whether it was asked here before."""
    return any(git.git_path(_FOLDER).glob(f"{_OWN}*"))


def _asked(git: Git, commit: str, folder: str, draft: Path) -> frozenset[str] | None:
    own = draft.with_name(f"{_OWN}{commit}")
    others = [one for one in draft.parent.glob(f"{_OWN}*") if one != own]
    known = next((one for one in (own, *others) if _is_own(one)), None)
    began = time.time()
    if known is not None:
        shutil.copy2(known, draft)  # with its time: by that git tells what may have changed unseen
    else:
        draft.unlink()
    env = {"GIT_INDEX_FILE": str(draft), "GIT_OPTIONAL_LOCKS": "1"}
    if known != own:
        git.run("read-tree", *(["--reset"] if known is not None else []), commit, env=env, config=_SETTINGS)
    found = [row[3:] for row in git.run(*_STATUS, "--", folder, env=env, config=_SETTINGS).fields]
    if any(path.endswith("/") for path in found):  # a repository in this one: git does not look into it
        return None
    if not is_unsettled(draft, began):
        draft.chmod(stat.S_IRUSR | stat.S_IWUSR)
        draft.replace(own)
        for one in others:
            one.unlink(missing_ok=True)
    git.looked.update(found)
    return frozenset(found)


def _is_own(path: Path) -> bool:
    """Whether an index lies there that nobody else wrote."""
    return path.is_file() and not path.is_symlink() and is_mine(path.lstat())


def _tidied(folder: Path) -> None:
    """Take away what was left behind by whoever was killed."""
    for one in folder.glob(f"{_DRAFT}*"):
        with contextlib.suppress(OSError):
            if one.lstat().st_mtime < time.time() - _LEFT_BEHIND:
                one.unlink()
