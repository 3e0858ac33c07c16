"""Sound: which policy files were found to be right before, by their bytes, so that nobody judges them again.

Whether a policy is right rests on its file's name and bytes and on what judges, and on nothing else: neither settings
nor roster nor the day are asked. All three are in the key. Only a verdict without a finding is kept.
"""

from __future__ import annotations

import hashlib
import os
from collections.abc import Mapping
from pathlib import Path
from typing import Protocol

from partnerkit.store.git.repository import Git


class Judged(Protocol):
    """Knows of policy files whether they were found right before."""

    def right(self, files: Mapping[str, bytes]) -> bool:
        """Whether every one of these files, by path, was found right as it is."""

    def keep(self, files: Mapping[str, bytes]) -> None:
        """Remember that all of these are right; whatever else was remembered goes."""


class Unknown:
    """Knows of none and keeps none: every file is judged."""

    def right(self, files: Mapping[str, bytes]) -> bool:
        """Never."""
        return not files

    def keep(self, files: Mapping[str, bytes]) -> None:
        """Remember nothing."""


class Sound:
    """Keeps it under git's folder, where nobody else can write."""

    def __init__(self, git: Git) -> None:
        """Keep it beside this repository's history."""
        self._path = git.git_path("partnerkit/verdicts.sqlite")

    def right(self, files: Mapping[str, bytes]) -> bool:
        """Whether every one of these files, by path, was found right as it is."""
        if not self._path.is_file():
            return not files
        from partnerkit.store.verdict_cache import VerdictCache  # noqa: PLC0415 - not where nothing was ever kept

        keys = _keys(files)
        return VerdictCache(self._path).sound(keys).keys() >= set(keys)

    def keep(self, files: Mapping[str, bytes]) -> None:
        """Remember that all of these are right; whatever else was remembered goes."""
        if not _ours(self._path.parent.parent):
            return
        from partnerkit.store.verdict_cache import VerdictCache  # noqa: PLC0415 - as above

        keys = _keys(files)
        VerdictCache(self._path).keep_sound([(key, "") for key in keys], keys)


def _keys(files: Mapping[str, bytes]) -> list[str]:
    """What the verdict on each file rests on, as a digest; what judges is asked for beside it."""
    return [hashlib.sha256(f"{path}\0".encode() + raw).hexdigest() for path, raw in files.items()]


def _ours(folder: Path) -> bool:
    """Whether a folder is this user's: whoever only looks as somebody else leaves nothing there that bars the owner."""
    try:
        return folder.stat().st_uid == os.geteuid()
    except OSError:
        return False
