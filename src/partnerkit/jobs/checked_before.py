"""What was found of records when they were checked before; the others are judged anew."""

from __future__ import annotations

import contextlib
import json
from collections.abc import Iterator

from partnerkit.dataclass import dataclass
from partnerkit.findings import Finding, as_row, from_row
from partnerkit.jobs.compared import Compared
from partnerkit.jobs.desk import Desk
from partnerkit.jobs.indexed import Link
from partnerkit.jobs.judging_records import Each, Judged, said_twice
from partnerkit.jobs.known_before import KnownBefore, Worked, known_before
from partnerkit.jobs.known_place import place_of
from partnerkit.register import Register
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

    @property
    def looked(self) -> frozenset[Link] | None:
        """The links that the others were looked through for; None where there are no others."""
        return self.known.looked

    def register(self) -> Register:
        """The register after, in which is looked up what names what."""
        return self.known.register()

    def judged(self, register: Register, each: Each) -> list[Finding]:
        """What is found of all records as they stand, and of the rules; what was not known before is kept.

        Args:
            register: the register after.
            each: what was found of the records that were judged anew.
        """
        known, place = self.known, self.known.place
        found = [from_row(row) for one in known.kept.values() if one.told for row in json.loads(one.told)]
        found += [*each.findings, *judge_rules(register, place.desk.now)]
        index = known.index if known.was is not None else None
        found += said_twice(register, index, each.said, place.ids - self.left)
        known.keep({one: _worked(judged) for one, judged in each.judged.items()}, each.looked)
        return found


def _worked(judged: Judged) -> Worked:
    told = json.dumps([as_row(found) for found in judged.findings]) if judged.findings else ""
    names = judged.names | judged.said
    return Worked(told, judged.words, judged.looked, judged.sure, judged.until, judged.lists, names)


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
