"""What was found of records when they were checked before; the others are judged anew."""

from __future__ import annotations

import contextlib
import json
from collections.abc import Iterator
from dataclasses import dataclass

from partnerkit.findings import Finding, as_row, from_row
from partnerkit.jobs.compared import Compared
from partnerkit.jobs.desk import Desk
from partnerkit.jobs.judging_records import Judged, judge_each, said_in, said_twice
from partnerkit.jobs.known_before import KnownBefore, Worked, known_before
from partnerkit.jobs.known_place import place_of
from partnerkit.kinds.expunging import listed
from partnerkit.register import RecordFile, Register
from partnerkit.rules.standing import judge_rules

#: Where it is kept, in git's own folder.
_FILE = "partnerkit/standing.sqlite"


@dataclass
class CheckedBefore:
    """What is known of the records of a tree from before; what is found now is kept for the next time.

    Attributes:
        known: of which records it is, and on what that rests.
    """

    known: KnownBefore

    @property
    def left(self) -> set[str]:
        """The ids of the records that are judged anew."""
        return self.known.left

    @property
    def listing(self) -> set[str]:
        """Of the others those that list what was expunged."""
        return self.known.listing

    def register(self) -> Register:
        """The register after, in which is looked up what names what."""
        return self.known.register()

    def judge(self, register: Register) -> list[Finding]:
        """What is found of all records as they stand, and of the rules; what was not known before is kept."""
        known, place = self.known, self.known.place
        each = judge_each(place.desk, register, self.left)
        found = [from_row(row) for one in known.kept.values() if one.told for row in json.loads(one.told)]
        found += [one for judged in each.values() for one in judged.findings]
        found += judge_rules(register, place.desk.now)
        found += said_twice(register, known.index if known.was else None, self.left, place.ids)
        known.keep(register, {one: _worked(register.records[one], judged) for one, judged in each.items()})
        return found


def _worked(record: RecordFile, judged: Judged) -> Worked:
    told = json.dumps([as_row(found) for found in judged.findings]) if judged.findings else ""
    lists, said = bool(listed(record.data)), frozenset(said_in(record))
    return Worked(told, judged.words, judged.looked, judged.sure, judged.until, lists, said)


@contextlib.contextmanager
def checked_before(desk: Desk, seen: Compared) -> Iterator[CheckedBefore | None]:
    """What is known from before of the tree that is looked at, as long as this lasts; None where nobody can say.

    Args:
        desk: where and when.
        seen: what is looked at, in which nothing is wrong but in records.
    """
    place = place_of(desk, seen)
    if place is None:
        yield None
        return
    with known_before(place, _FILE) as known:
        yield CheckedBefore(known)
