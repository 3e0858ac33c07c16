"""What was answered is kept, and answered again where nothing is another on which it rests.

It is looked for before anything else is imported. What it rests on stands in two places:

- its key: what is asked; what HEAD and the revisions mean, so all that history holds; every setting of git, with its
  place; who acts, and where programs are found; as the system knows them, the files that say what git does to others
  (attributes, ignored files, grafts, where history is cut off), git and ssh-keygen themselves. Of the working tree also
  the index, and which tracked files differ, with their bytes. The tool stands beside it;
- what is kept with it (`jobs/rested_on.py`): the folders below records/, the files there that git does not have, the
  files elsewhere that were read, the private place, and until when the day lasts.

Nothing is kept of what is asked of some records, of what is staged, of what just lands, in continuous integration,
where a clone is used once, nor of a repository that is not a plain one (`store/git/surroundings.py`).
"""

from __future__ import annotations

import contextlib
import json
import os
import time
from collections.abc import Callable, Iterable
from datetime import date
from pathlib import Path

from partnerkit.hashing import fingerprint
from partnerkit.store.disk.stamped import is_older, stamped
from partnerkit.store.git.glance import Glance, glance
from partnerkit.store.verdict_cache import VerdictCache
from partnerkit.tuples import NamedTuple

#: What is larger is not kept.
_LARGEST = 16 * 1024 * 1024

#: Under what words it is kept what was answered, and on what that rests.
_TOLD, _HEAD = "told", "head"


class Question(NamedTuple):
    """What is asked.

    Attributes:
        base: with what it is compared.
        head: what is judged; the working tree where None.
        changed: whether only what changed is asked for.
        day: the day that was set.
        words: what is asked by another command than `check`, with all that it is given; of the working tree.
    """

    base: str | None
    head: str | None
    changed: bool
    day: date | None
    words: tuple[str, ...] = ()

    @property
    def is_whole(self) -> bool:
        """Whether it is one whose answer is kept: what only changed in the working tree rarely is the same twice."""
        return (self.head is None or self.base is not None) and (self.head is not None or not self.changed)

    @property
    def revs(self) -> tuple[str, ...]:
        """The revisions that are named."""
        return tuple(one for one in (self.base, self.head) if one is not None)


class Rest(NamedTuple):
    """What an answer rests on beside its key.

    Attributes:
        since: the moment at which it was given, in seconds.
        until: when its day is over.
        stamps: files and folders, as the system knew them.
        leads: paths, and where each leads.
    """

    since: float
    until: float
    stamps: dict[str, tuple[int, ...]]
    leads: dict[str, str]

    def holds(self) -> bool:
        """Whether all of it is as it was."""
        return (
            self.since <= time.time() < self.until
            and all(os.path.realpath(path) == led for path, led in self.leads.items())
            and all(stamped(path) == tuple(stamp) for path, stamp in self.stamps.items())
        )


class KeptAnswers:
    """The answers to one question: looked up before it is worked out, put away after.

    Attributes:
        question: the question.
    """

    def __init__(self, start: Path, question: Question) -> None:
        self.question = question
        self._start = start
        self._began = time.time_ns()
        self._seen = self._glance()
        self._glancing: Callable[[], Glance | None] | None = None
        self._cache = VerdictCache(self._seen.folder / "partnerkit" / "verdicts.sqlite") if self._seen else None

    def known(self) -> str | None:
        """What was answered, where that still holds."""
        if self._seen is None or self._cache is None or _is_interrupted(self._seen.folder):
            return None
        try:
            digest, _, text = self._cache.answered(self._seen.digest, _HEAD).partition("\n")
            if digest != _digest(self._seen.digest, text):
                return None
            rest, whole = json.loads(text)
            if not Rest(*rest).holds():
                return None
            told = self._cache.answered(self._seen.digest, _TOLD)
            return told if whole == _digest(self._seen.digest, told) else None
        except (OSError, ValueError, TypeError, KeyError):
            return None

    def look_again(self) -> None:
        """Begin to look whether anything moved since: once all that lies on the disk was listed, and told to differ.

        What is read of it later is among that on which the answer rests, and was touched if it is another by then.
        """
        if self._seen is not None:
            from partnerkit.store.ahead import ahead  # noqa: PLC0415 - not where it is told again

            self._glancing = self._glancing or ahead(self._glance)

    def keep(self, rested: Callable[[int], Rest | None], told: str) -> None:
        """Put away what was answered: where all on which it rests is known, and nothing moved.

        Args:
            rested: says on what it rests, given when it was begun, in nanoseconds; None where nobody can tell.
            told: the answer.
        """
        if self._seen is None or self._cache is None or not self._is_settled(self._seen.stamps):
            return
        with contextlib.suppress(OSError, ValueError):  # then nothing is kept
            self.look_again()  # what moves meanwhile is none that was there when it was begun
            rest = rested(self._began)
            again = self._glancing() if rest is not None and self._glancing is not None else None
            if again is None or again.digest != self._seen.digest:
                return
            head = json.dumps([rest, _digest(again.digest, told)])
            if len(told) + len(head) <= _LARGEST:
                self._cache.keep_answer(again.digest, {_HEAD: f"{_digest(again.digest, head)}\n{head}", _TOLD: told})

    def _glance(self) -> Glance | None:
        asked = self.question
        found = glance(self._start, asked.revs, tree=asked.head is None)
        if found is None:
            return None
        told = f"{found.digest} {asked!r}".encode("utf-8", "surrogateescape")
        return Glance(found.root, found.folder, found.oids, fingerprint(told), found.stamps)

    def _is_settled(self, stamps: Iterable[tuple[int, ...]]) -> bool:
        return all(is_older(one, self._began) for one in stamps)


def _digest(key: str, text: str) -> str:
    """What tells that a text is the one that was kept, whole, for that key."""
    return fingerprint(f"{key}\n{text}".encode())


def _is_interrupted(folder: Path) -> bool:
    """Whether a command may have been: then it is worked out."""
    state = folder / "partnerkit"
    try:
        names = [one.name for one in state.iterdir()] if state.is_dir() else []
    except PermissionError:
        return True
    return any(one == "journal.json" or one.startswith("run-") for one in names)
