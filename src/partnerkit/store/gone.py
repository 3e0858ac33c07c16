"""Gone: which files of records a commit took away, known up to where it was asked last, and asked of git from there on.

To ask git costs a walk through all of history, which every record that is new would cost anew: only history knows that
none went away under its id.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from partnerkit.pattern import pattern
from partnerkit.store.disk.stamped import is_there
from partnerkit.store.git.repository import Git
from partnerkit.store.git.walk import gone_from, landed_since, read_commits, rewritten_by
from partnerkit.store.record_paths import RECORDS, id_of

if TYPE_CHECKING:
    from partnerkit.store.verdict_cache import VerdictCache

_COMMIT = pattern(r"[0-9a-f]{40,64}")


class Gone:
    """Asks for it, and keeps it under git's folder where nobody else can write."""

    def __init__(self, git: Git) -> None:
        """Ask this repository; what it knows is kept where it remembers anything."""
        self._git = git
        self._path = git.git_path("partnerkit/verdicts.sqlite")

    def before(self, rev: str) -> set[str]:
        """The ids of the files that went away on the first-parent chain that ends with a commit.

        Raises:
            CannotWorkError: git lacks an object.
        """
        kept = self._kept()
        since = kept[0] if kept and self._stands_on(rev, kept[0]) else None
        found = set(kept[1:]) if since is not None else set[str]()
        if since == rev:
            return found
        found |= {id_of(path) for path in gone_from(self._git, rev, RECORDS, since)}
        if not self._cut_off():
            self.keep(rev, found)
        return found

    def keep(self, rev: str, ids: set[str]) -> None:
        """Keep which went away up to a commit, where anything is kept already; of a history that is all there."""
        if (cache := self._cache()) is not None:
            cache.keep_gone([rev, *sorted(ids)])

    def _cut_off(self) -> bool:
        """Whether commits may lie before those that git shows: with them there again, more went away."""
        return self._git.is_shallow() or rewritten_by(self._git) is not None

    def _kept(self) -> list[str]:
        """The commit up to which it is known, and the ids; nothing where it is not."""
        cache = self._cache()
        kept = cache.gone() if cache is not None else []
        return kept if kept and _COMMIT.fullmatch(kept[0]) else []

    def _cache(self) -> VerdictCache | None:
        """Where it is kept; None where nothing is remembered, or nothing was ever kept."""
        if not self._git.remembers or not is_there(self._path):
            return None
        from partnerkit.store.verdict_cache import VerdictCache  # noqa: PLC0415 - not where nothing was ever kept

        return VerdictCache(self._path)

    def _stands_on(self, rev: str, since: str) -> bool:
        """Whether a commit is on the first-parent chain that ends with another; a merge may have put it aside."""
        if rev == since:
            return True
        if self._git.objects.what(since) is None:
            return False
        oids = landed_since(self._git, rev, since)
        return bool(oids) and read_commits(self._git, oids[:1])[0].parents[:1] == (since,)
