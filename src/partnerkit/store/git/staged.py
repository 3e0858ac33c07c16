"""The tree that committing an index would make."""

from __future__ import annotations

import shutil
import tempfile
from pathlib import Path

from partnerkit.errors import CannotWorkError
from partnerkit.store.git.repository import Git
from partnerkit.store.git.results import GitFailed


def staged_tree(git: Git, index: str | None) -> str:
    """Return the id of the tree that committing an index would make; the index itself is left as it is.

    Args:
        git: the repository.
        index: the index's file; the repository's own where None.

    Raises:
        CannotWorkError: conflicts in it wait to be resolved.
    """
    source = Path(index) if index else git.git_path("index")
    # git write-tree notes in the index which trees it wrote, so it is given a copy.
    with tempfile.TemporaryDirectory(prefix="partnerkit-") as folder:
        copy = Path(folder) / "index"
        if source.exists():
            shutil.copyfile(source, copy)
        try:
            return git.run("write-tree", env={"GIT_INDEX_FILE": str(copy)}).text
        except GitFailed as problem:
            message = f"what is staged cannot be committed yet: {problem.words}"
            raise CannotWorkError(message, "git status shows the conflicts; resolve and stage them") from problem
