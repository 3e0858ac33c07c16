"""A tree on which one draft follows another, before any of them has landed."""

from __future__ import annotations

from collections.abc import Callable

from partnerkit.dataclass import replace
from partnerkit.store.draft import Changed, Draft
from partnerkit.store.git.trees import CommitTree, Tree
from partnerkit.store.load import Loaded


class Succession(Changed):
    """A commit's tree with what was drafted on it, as if each draft had landed.

    What it says of the records in a draft that was taken up is no longer true of the trees that came before it.

    Attributes:
        loaded: the tree as it was read, with all that was taken up since.
        at: the commit of which it says what is in it; whoever lands what was taken up says which one that is now.
    """

    def __init__(self, tree: CommitTree, reads: Callable[[Tree], Loaded]) -> None:
        super().__init__(tree, {})
        self.at = tree.oid
        self._landed: dict[str, list[bytes]] = {}
        self._reads = reads
        self.loaded = reads(self)

    def draft(self) -> Draft:
        """A draft that builds on everything that was taken up."""
        return Draft(self.loaded, self)

    def take(self, draft: Draft) -> None:
        """Let a draft count as landed."""
        for path, raw in draft.changes.items():
            if raw is not None:
                self._landed.setdefault(path, []).insert(0, raw)
        self.changes.update(draft.changes)
        records = self.loaded.records
        of_records = {records.paths.get(one) for one in draft.changed}
        if draft.changes.keys() != of_records:  # more than records that were there: whatever else it is may be rules
            self.loaded = self._reads(self)
            return
        for one in draft.changed:
            records.put(draft.after.records[one], draft.document(one))
        self.loaded = replace(self.loaded, register=replace(self.loaded.demand()))

    def former(self, path: str) -> list[bytes]:
        """Return what a file held in the commits that landed so far, latest first."""
        return list(dict.fromkeys([*self._landed.get(path, ()), *super().former(path)]))

    def gone(self, folder: str) -> dict[str, bytes]:
        """Return what the files of a folder held last that landed so far and are not there."""
        found = super().gone(folder)
        for path, raw in self.changes.items():
            found.pop(path, None)
            former = self.former(path) if raw is None and path.startswith(folder) else []
            if former:
                found[path] = former[0]
        return found
