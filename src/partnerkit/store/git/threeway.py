"""Three versions of a text merged by git, line by line."""

from __future__ import annotations

import tempfile
from pathlib import Path

from partnerkit.store.git.repository import Git

_SIDES = ("here", "base", "there")


def merged_text(git: Git, base: bytes, here: bytes, there: bytes) -> bytes | None:
    """What git makes of two versions that grew from one; None where they contradict each other, or are no text."""
    with tempfile.TemporaryDirectory(prefix="partnerkit-") as folder:
        paths = [Path(folder) / name for name in _SIDES]
        for path, data in zip(paths, (here, base, there), strict=True):
            path.write_bytes(data)
        found = git.run("merge-file", "-p", *map(str, paths), ok=range(256))
    return None if found.code else found.out
