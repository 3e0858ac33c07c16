"""What the records of a commit say was expunged from them."""

from __future__ import annotations

from collections.abc import Mapping

from partnerkit.kinds.expunging import EXPUNGED, Listed, listed
from partnerkit.register import RecordFile
from partnerkit.store.git.repository import Git
from partnerkit.store.git.trees import READABLE, CommitTree, read_blobs
from partnerkit.store.records import RECORDS, record_id


def expunged_in(git: Git, oid: str, records: Mapping[str, RecordFile]) -> dict[str, Listed]:
    """The expungings that the records of a commit list, by the record's id; few are read for it."""
    files = CommitTree(git, oid).files(RECORDS)
    blobs = {one: each.oid for path, each in files.items() if (one := record_id(path)) and each.mode in READABLE}
    raw = read_blobs(git, [blob for blob in blobs.values() if blob is not None])
    held = (one for one, blob in blobs.items() if blob is not None and EXPUNGED.encode() in raw[blob])
    found = {one: listed(record.data) for one in held if (record := records.get(one)) is not None}
    return {one: expungings for one, expungings in found.items() if expungings}
