"""Sound: which files were found to be right before, by their bytes, so that nobody judges them again.

Whether a rule file is right rests on its name and bytes and on what judges, and on nothing else: neither on the other
rule files nor on the day. Whether a record is, as far as its model can tell, rests on the policies too. All of that is
in the key. Only a verdict without a finding is kept; of a rule file with it what it says.
"""

from __future__ import annotations

import os
from collections.abc import Collection, Mapping
from pathlib import Path
from typing import Protocol

from partnerkit.hashing import fingerprint
from partnerkit.store.disk.stamped import is_there
from partnerkit.store.git.repository import Git


class Judged(Protocol):
    """Knows of files whether they were found right before; each by its path, and by the bytes that this rests on."""

    def right(self, files: Mapping[str, bytes]) -> Mapping[str, str]:
        """Those of these files that were found right as they are, each with what it says (`reader.as_said`)."""

    def keep(self, files: Mapping[str, bytes], said: Mapping[str, str], *, alone: bool = False) -> None:
        """Remember that all of these are right, and what each says.

        Where these alone are, whatever else was remembered goes.
        """


class Unknown:
    """Knows of none and keeps none: every file is judged."""

    def right(self, files: Mapping[str, bytes]) -> Mapping[str, str]:
        """None."""
        del files
        return {}

    def keep(self, files: Mapping[str, bytes], said: Mapping[str, str], *, alone: bool = False) -> None:
        """Remember nothing."""


class Sound:
    """Keeps it under git's folder, where nobody else can write."""

    def __init__(self, git: Git, *, keeping: bool, alone: bool = True) -> None:
        """Keep it beside this repository's history.

        Args:
            git: the repository.
            keeping: whether anything is kept, or only what was kept is asked.
            alone: whether the rules of which it is kept are those that count from now on.
        """
        self._keeping = keeping
        self._alone = alone
        self._path = git.git_path("partnerkit/verdicts.sqlite")

    def right(self, files: Mapping[str, bytes]) -> Mapping[str, str]:
        """Those of these files that were found right as they are, each with what it says."""
        if not is_there(self._path):
            return {}
        from partnerkit.store.verdict_cache import VerdictCache  # noqa: PLC0415 - not where nothing was ever kept

        keys = _keys(files)
        kept = VerdictCache(self._path).sound([*keys.values()])
        return {path: kept[key] for path, key in keys.items() if key in kept}

    def keep(self, files: Mapping[str, bytes], said: Mapping[str, str], *, alone: bool = False) -> None:
        """Remember that all of these are right, and what each says; as `Judged` does."""
        if not self._keeping or not _ours(self._path.parent.parent):
            return
        from partnerkit.store.verdict_cache import VerdictCache  # noqa: PLC0415 - as above

        rows = {key: said[path] for path, key in _keys(files).items()}
        VerdictCache(self._path).keep_sound(rows, alone=alone and self._alone)


def known_in(git: Git, *, keeping: bool = False, alone: bool = True) -> Judged:
    """Who knows it of the files of a repository: nobody, where nothing is remembered there; `Sound` says what of."""
    return Sound(git, keeping=keeping, alone=alone) if git.remembers else Unknown()


#: Up to so many records at a time it is asked whether they were judged before: to judge many is quicker than to ask.
_FEW = 4


class Few:
    """A few records that are read at a time, and that may have been found right before."""

    def __init__(self, judged: Judged, beside: bytes) -> None:
        """Ask whoever knows it.

        Args:
            judged: knows which files are right.
            beside: what that rests on beside the file, as a digest.
        """
        self._judged = judged
        self._beside = beside

    def right(self, files: Mapping[str, bytes]) -> Collection[str]:
        """The paths of those that were; none where there are many."""
        return self._judged.right(self._keyed(files)).keys() if len(files) <= _FEW else ()

    def keep(self, files: Mapping[str, bytes]) -> None:
        """Remember that these are right, where they are few; not what they say: they may tell of people."""
        if 0 < len(files) <= _FEW:
            self._judged.keep(self._keyed(files), dict.fromkeys(files, ""))

    def _keyed(self, files: Mapping[str, bytes]) -> dict[str, bytes]:
        return {path: self._beside + raw for path, raw in files.items()}


#: Judges whatever is read.
ALL_JUDGED = Few(Unknown(), b"")


def _keys(files: Mapping[str, bytes]) -> dict[str, str]:
    """What the verdict on each file rests on, as a digest; what judges is asked for beside it."""
    return {path: fingerprint(f"{path}\0".encode() + raw) for path, raw in files.items()}


def _ours(folder: Path) -> bool:
    """Whether a folder is this user's: whoever only looks as somebody else leaves nothing there that bars the owner."""
    try:
        return folder.stat().st_uid == os.geteuid()
    except OSError:
        return False
