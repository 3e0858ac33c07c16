"""Records read before they are judged: many at a time."""

from __future__ import annotations

from collections.abc import Collection

from partnerkit.jobs.desk import Desk
from partnerkit.store.load import Loaded
from partnerkit.store.signatures import look_ahead

#: How many files are read at once: git is asked but once for all of them.
AT_ONCE = 100


def read_ahead(desk: Desk, loaded: Loaded, ids: Collection[str]) -> None:
    """Read what is to be judged."""
    every = sorted(ids)
    for start in range(0, len(every), AT_ONCE):
        desk.watch("records read", start, len(every))
        loaded.records.load(every[start : start + AT_ONCE])
    desk.watch("records read", len(every), len(every))
    verify_ahead(loaded, every)


def verify_ahead(loaded: Loaded, ids: Collection[str]) -> None:
    """Have the signatures in records that were read looked at, all of them at once."""
    known = (loaded.records[one].data for one in ids if one in loaded.records)
    look_ahead(statements=(said for data in known for said in data.get("approvals") or []))
