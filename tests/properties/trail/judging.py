"""The audit's own verdict on commits of many branches: a history is gone through once, and left wherever one begins."""

from __future__ import annotations

import copy
from collections.abc import Iterable, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, TypeVar

from tests.properties.supply import Commit

from partnerkit.jobs.audit import Asked, audit
from partnerkit.jobs.desk import Desk, seeded
from partnerkit.jobs.levels import Levels
from partnerkit.jobs.verdicts import verdict
from partnerkit.rules.audited import Audited
from partnerkit.rules.standing import judge_trail
from partnerkit.rules.verdict import Verdict
from partnerkit.steps import Commit as Landing
from partnerkit.store.git.blobs import read_blobs
from partnerkit.store.git.entries import READABLE
from partnerkit.store.git.repository import Git
from partnerkit.store.git.walk import Walked, walk
from partnerkit.store.layout import is_rule
from partnerkit.store.record_paths import RECORDS, folder_kind, id_of
from partnerkit.store.replay import Replay

Found = set[tuple[str, str]]
T = TypeVar("T")

LONG_AFTER = datetime(2040, 1, 1, 12, tzinfo=UTC)


def errors(one: Verdict) -> Found:
    """What is wrong with a step, and with the records that it changed."""
    every = [*one.findings, *one.standing]
    return {(found.code, found.record or "") for found in every if found.severity == "error"}


def audited(root: Path, branch: str) -> Audited:
    """What the whole audit says of a branch, long after everything in it landed."""
    git = Git(root)
    git.run("symbolic-ref", "HEAD", f"refs/heads/{branch}")
    return audit(Desk(git, lambda: LONG_AFTER, seeded("audit")), Asked())


class Fetched:
    """Commits as git holds them, and every version of a record that they bring: read at once."""

    def __init__(self, root: Path, commits: Iterable[Commit]) -> None:
        self.git = Git(root)
        self.walked = {one.commit.oid: one for one in walk(self.git, [one.oid for one in commits], RECORDS)}
        files = [file for one in self.walked.values() for file in one.changes]
        records = [one for one in files if folder_kind(one.path) and not is_rule(one.path)]
        self.blobs = read_blobs(self.git, [one.oid for one in records if one.oid and one.mode in READABLE])

    def __getitem__(self, commit: Commit) -> Walked:
        return self.walked[commit.oid]


class Passage:
    """Goes along a history as the audit does; a copy of it can go on otherwise.

    Attributes:
        replay: the register as it is now.
        latest: the commit that landed last by its own word.
    """

    def __init__(self, fetched: Fetched) -> None:
        self.fetched = fetched
        self.replay = Replay.from_commit(fetched.git, None)
        self.levels = Levels(fetched.git, None)
        self.latest: Landing | None = None
        self.replay.ledger._blobs = fetched.blobs  # read already, for all commits at once

    def on(self, commit: Commit) -> None:
        """A commit lands, and nobody asks how."""
        self.replay.land(self.fetched[commit])
        self._landed(commit)

    def judged(self, commit: Commit) -> Found:
        """A commit lands; what the audit finds wrong with it."""
        found = verdict(self.replay.land(self.fetched[commit]), self.latest, self.levels)
        self._landed(commit)
        return errors(found)

    def left(self, commits: Sequence[Commit]) -> Found:
        """What is wrong in the end with the records that these commits changed."""
        files = [file.path for one in commits for file in self.fetched[one].changes]
        now, touched = self.replay.now(), {id_of(path) for path in files if folder_kind(path) and not is_rule(path)}
        assert now is not None
        found = judge_trail(now, commits[-1].at, touched & set(now.records))
        return {(one.code, one.record or "") for one in found if one.severity == "error"}

    def aside(self) -> Passage:
        """Another passage that begins where this one is."""
        other = copy.copy(self)
        other.levels, other.replay = _apart(self.levels), _apart(self.replay)
        other.replay.ledger = _apart(self.replay.ledger)
        other.replay.ledger._blobs = self.fetched.blobs
        return other

    def _landed(self, commit: Commit) -> None:
        one = self.fetched[commit].commit
        self.latest = one if self.latest is None or one.at > self.latest.at else self.latest


def _apart(one: T) -> T:
    """A copy that shares no list, map or set with it that could be changed."""
    found = copy.copy(one)
    for name, value in vars(one).items():
        if isinstance(value, dict | set):
            object.__setattr__(found, name, _contents(value))
    return found


def _contents(value: Any) -> Any:
    if isinstance(value, set):
        return set(value)
    return {key: _contents(one) if isinstance(one, dict | set) else one for key, one in value.items()}
