"""Where the records of a tree lie: looked up by the name of a file where one is asked for, laid out where all are."""

from __future__ import annotations

import functools
from collections.abc import Iterator, Mapping

from partnerkit.findings import Finding
from partnerkit.store.git.entries import Entry
from partnerkit.store.git.listing import Listing
from partnerkit.store.layout import holds_no_rules, laid_out
from partnerkit.store.record_paths import folder_kind, id_of


class Laid:
    """What lies where in a tree, worked out where it is asked for.

    Attributes:
        listing: their names.
        rules: the files among which rules are looked for.
    """

    def __init__(self, listing: Listing) -> None:
        self.listing = listing
        self.rules = listing.files(lambda folder: not holds_no_rules(folder))

    @functools.cached_property
    def files(self) -> dict[str, Entry]:
        """All files, by path, in order."""
        return self.listing.files()

    @functools.cached_property
    def whole(self) -> tuple[dict[str, str], list[Finding]]:
        """The path of each record by its id, and the files that are not what they should be."""
        return laid_out(self.files)

    def path(self, record_id: str) -> str | None:
        """Where a record lies; None where there is none.

        Which of several files of one id is the record, and whether any is, they say by themselves.
        """
        return laid_out(self.listing.named(f"{record_id}.yaml"))[0].get(record_id)

    def unlike(self, other: Laid) -> set[str]:
        """The ids of all records that may lie at another path than in another tree, where they are in both."""
        here, there = self.listing.folders, other.listing.folders
        found = self._repeated
        for folder in {*here, *there}:
            found = found | (here.get(folder, set()) ^ there.get(folder, set()))
        return {id_of(name) for name in found}

    def of_kind(self, kind: str) -> list[str] | None:
        """The ids of the records in a kind's folder, by their paths; None where only a look at all tells."""
        files = self.listing.files(lambda folder: folder_kind(folder) == kind)
        names = {path.rpartition("/")[2] for path in files}
        return list(laid_out(files)[0]) if self._repeated.isdisjoint(names) else None

    @functools.cached_property
    def _repeated(self) -> set[str]:
        """The names that files of several folders have."""
        found, met = set[str](), set[str]()
        for names in self.listing.folders.values():
            found |= met & names
            met |= names
        return found


class Places(Mapping[str, str]):
    """The path of each record by its id; where only some are asked for, only they are looked up."""

    def __init__(self, laid: Laid) -> None:
        self._laid = laid
        #: What was looked up, and what was said; all there is, once that was asked for.
        self._known: dict[str, str | None] = {}
        self._said: dict[str, str] = {}
        self._every: dict[str, str] | None = None

    def copy(self) -> Places:
        """The same, to be changed beside these."""
        other = Places(self._laid)
        other._known, other._said = dict(self._known), dict(self._said)
        other._every = None if self._every is None else dict(self._every)
        return other

    def __getitem__(self, record_id: str) -> str:
        if self._every is not None:
            return self._every[record_id]
        if record_id not in self._known:
            self._known[record_id] = self._laid.path(record_id)
        path = self._said.get(record_id, self._known[record_id])
        if path is None:
            raise KeyError(record_id)
        return path

    def __contains__(self, record_id: object) -> bool:
        every = self._every
        return record_id in every if every is not None else super().__contains__(record_id)

    def __setitem__(self, record_id: str, path: str) -> None:
        (self._said if self._every is None else self._every)[record_id] = path

    def __iter__(self) -> Iterator[str]:
        return iter(self._whole())

    def __len__(self) -> int:
        return len(self._whole())

    def of_kind(self, kind: str) -> list[str]:
        """The ids of the records in a kind's folder."""
        found = self._laid.of_kind(kind) if self._every is None and not self._said else None
        if found is not None:
            return found
        every, folders = self._whole().items(), dict[str, str | None]()
        for _one, path in every:
            folder = path.rpartition("/")[0]
            if folder not in folders:
                folders[folder] = folder_kind(path)
        return [one for one, path in every if folders[path.rpartition("/")[0]] == kind]

    def _whole(self) -> dict[str, str]:
        if self._every is None:
            self._every = self._laid.whole[0] | self._said
        return self._every
