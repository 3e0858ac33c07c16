"""What the records of a commit say was expunged from them."""

from __future__ import annotations

from partnerkit.kinds.expunging import EXPUNGED, Listed, listed
from partnerkit.store.git.repository import Git
from partnerkit.store.git.trees import CommitTree, read_blobs
from partnerkit.store.layout import record_id
from partnerkit.store.records import RECORDS, id_of
from partnerkit.store.yaml.reader import read


def expunged_in(git: Git, oid: str) -> dict[str, Listed]:
    """The expungings that the records of a commit list, by the record's id."""
    files = CommitTree(git, oid).files(RECORDS)
    paths = {one.oid: path for path, one in files.items() if record_id(path) is not None and one.oid is not None}
    held = ((paths[blob], raw) for blob, raw in read_blobs(git, paths).items() if EXPUNGED.encode() in raw)
    found = {id_of(path): read(raw, path)[0] for path, raw in held}
    known = {one: listed(document.data) for one, document in found.items() if document is not None}
    return {one: expungings for one, expungings in known.items() if expungings}
