"""What of each record most lists show, kept from the last time: only the files that changed since are read."""

from __future__ import annotations

import contextlib
import json
from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any

from partnerkit.dataclass import dataclass
from partnerkit.jobs.desk import Desk
from partnerkit.jobs.known_before import Worked, known_before, read_all
from partnerkit.jobs.known_place import place_of
from partnerkit.jobs.lying import Lying
from partnerkit.jobs.worked_out import TOLD, Asking, asking
from partnerkit.register import Register
from partnerkit.store.load import Loaded
from partnerkit.tuples import NamedTuple

#: Where they are kept, in git's own folder: by kind, so that no others are read for them.
_FILE = "partnerkit/listed-{}.sqlite"


class KeptSummary(NamedTuple):
    """What is kept of a record: what it is, and the values of its fields, as a condition asks for them."""

    id: str
    kind: str
    stage: str
    policy: str
    said: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Summaries:
    """Records of which something is asked that their summaries tell.

    Attributes as those of `Asking`; `found` are the summaries, by id.
    """

    register: Register
    day: date
    found: Mapping[str, KeptSummary]

    def of_kind(self, kind: str | None) -> Iterator[KeptSummary]:
        """The records of a kind (all where None), by id."""
        every = (one for _id, one in sorted(self.found.items()))
        return (one for one in every if kind is None or one.kind == kind)

    def value(self, one: KeptSummary, field: str) -> Any:
        """The value of a field that is kept."""
        return one.said[field]


@contextlib.contextmanager
def listed_before(desk: Desk, loaded: Loaded, kind: str | None) -> Iterator[Summaries | None]:
    """The summaries of the records of a kind in the working tree; None where reading them is as quick, or surer.

    Args:
        desk: where and when.
        loaded: the working tree.
        kind: the kind; None for all.
    """
    place = place_of(desk, Lying(desk, loaded), alone=True, kind=kind) if desk.git.remembers else None
    if place is None:
        yield None
        return
    with known_before(place, _FILE.format(kind or "all")) as known:
        asked, register = asking(desk, place.register), place.register
        loaded.records.load(sorted(known.left))
        each = {one: _summary(asked, one) for one in sorted(known.left) if one in register.records}
        told = {one: row.told for one, row in known.kept.items() if row.told}
        kept = {one: _read(*said) for one, said in zip(told, read_all(told.values()), strict=True)}
        yield Summaries(register, asked.day, kept | each)
        known.keep(register, {one: Worked(_written(summary)) for one, summary in each.items()})


def _summary(asked: Asking, record_id: str) -> KeptSummary:
    one = asked.register.records[record_id]
    return KeptSummary(one.id, one.kind, one.stage, one.policy, {field: asked.value(one, field) for field in TOLD})


def _written(one: KeptSummary) -> str:
    return json.dumps([one.id, one.kind, one.stage, one.policy, *one.said.values()])


def _read(one: str, kind: str, stage: str, policy: str, *values: Any) -> KeptSummary:
    return KeptSummary(one, kind, stage, policy, dict(zip(TOLD, values, strict=True)))
