"""What the records of a commit say was expunged from them."""

from __future__ import annotations

from collections.abc import Collection, Mapping

from partnerkit.kinds.expunging import EXPUNGED, Listed, listed
from partnerkit.register import RecordFile
from partnerkit.store.git.blobs import demand_blobs, read_blobs
from partnerkit.store.git.entries import READABLE, Entry
from partnerkit.store.git.repository import Git
from partnerkit.store.record_paths import record_id

#: So many records are looked through at a time.
_AT_ONCE = 1_000


def expunged_in(
    git: Git, files: Mapping[str, Entry], records: Mapping[str, RecordFile], but: Collection[str] = ()
) -> dict[str, Listed]:
    """The expungings that the records of a commit list, by the record's id; few are read for it.

    Args:
        git: the repository.
        files: the files of the commit.
        records: its records.
        but: records that are known to list none.

    Raises:
        CannotWorkError: git lacks one of the records.
    """
    every = {one: each.oid for path, each in files.items() if (one := record_id(path)) and each.mode in READABLE}
    demand_blobs(git, [blob for one, blob in every.items() if one in but and blob is not None])
    blobs = {one: blob for one, blob in every.items() if one not in but}
    wanted, holding = [blob for blob in blobs.values() if blob is not None], set[str]()
    for start in range(0, len(wanted), _AT_ONCE):
        raw = read_blobs(git, wanted[start : start + _AT_ONCE])
        holding |= {blob for blob, said in raw.items() if EXPUNGED.encode() in said}
    held = (one for one, blob in blobs.items() if blob in holding)
    found = {one: listed(record.data) for one in held if (record := records.get(one)) is not None}
    return {one: expungings for one, expungings in found.items() if expungings}
