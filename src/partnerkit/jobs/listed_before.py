"""What of each record most lists show, kept from the last time: only the files that changed since are read."""

from __future__ import annotations

import contextlib
import json
from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any

from partnerkit.dataclass import dataclass
from partnerkit.jobs.desk import Desk
from partnerkit.jobs.in_parts import InParts, are_many, made_of_each
from partnerkit.jobs.indexed import Link, links_of
from partnerkit.jobs.known_before import Worked, known_before, read_all
from partnerkit.jobs.known_place import place_of
from partnerkit.jobs.lying import Lying
from partnerkit.jobs.worked_out import TOLD, Asking, asking
from partnerkit.register import RecordFile, Register
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
        asked = asking(desk, place.register)
        anew = _anew(desk, loaded, asked, sorted(known.left))
        told = {one: row.told for one, row in known.kept.items() if row.told}
        told |= {one: worked.told for one, worked in anew.items()}
        found = {one: _read(*said) for one, said in zip(told, read_all(told.values()), strict=True)}
        yield Summaries(place.register, asked.day, found)
        known.keep(anew, frozenset())


def _anew(desk: Desk, loaded: Loaded, asked: Asking, ids: list[str]) -> dict[str, Worked]:
    """The summaries of some records, as they are kept."""
    summing = _Summing(asked)
    if not are_many(ids):
        loaded.records.load(ids)
        return summing.of(one for one in ids if one in loaded.records)[0]
    return made_of_each(InParts(desk, loaded, ids, "records read", noting=True), summing)[0]


@dataclass(frozen=True)
class _Summing:
    """Makes the summary of each of many records."""

    asked: Asking

    def of(self, ids: Iterator[str]) -> tuple[dict[str, Worked], frozenset[Link]]:
        """The summaries of some; each is found by what it belongs to alone."""
        found = ((one, self.asked.register.records[one]) for one in ids)
        made = {one: Worked(_written(self.asked, each), said=frozenset(links_of(each, ()))) for one, each in found}
        return made, frozenset()

    def is_odd(self, _one: Worked) -> bool:
        """None is."""
        return False

    def told(self, one: Worked) -> Any:
        """A summary, in words of JSON."""
        return [one.told, *one.said]

    def heard(self, told: Any) -> Worked:
        """A summary, as it was told."""
        summary, *said = told
        return Worked(summary, said=frozenset(said))


def _written(asked: Asking, one: RecordFile) -> str:
    return json.dumps([one.id, one.kind, one.stage, one.policy, *(asked.value(one, field) for field in TOLD)])


def _read(one: str, kind: str, stage: str, policy: str, *values: Any) -> KeptSummary:
    return KeptSummary(one, kind, stage, policy, dict(zip(TOLD, values, strict=True)))
