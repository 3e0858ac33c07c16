"""What is held about somebody: in records, on the roster, in the private place, in history."""

from __future__ import annotations

from datetime import date
from typing import Any

from partnerkit.dataclass import dataclass, field
from partnerkit.kinds.private import Kept
from partnerkit.kinds.roster import Person
from partnerkit.register import RecordFile
from partnerkit.rules.forgotten import Place, Standing
from partnerkit.steps import people_at

#: What nobody here can look into, said each time: silence would be taken for an answer.
NOT_REACHED = (
    "other clones and forks, and what a forge keeps beside the files: pull requests, comments, issues, cached views",
    "mail, chats, calendars and shared drives; the forms through which people applied, and their spreadsheets",
    "backups, and other copies of the private place or of its earlier versions",
    "what a record only names: links, and files that are known by their digest and kept elsewhere",
    "PDFs, images and files above 4 MiB; other spellings than those that are known",
)


def concerns(record: RecordFile, person: str) -> bool:
    """Whether a record is about somebody, as against naming them for what they do in it."""
    model = type(record.model)
    paths = (*model.concerns, *([model.person] if model.person is not None else []))
    return any(person in people_at(record.data, path) for path in paths)


@dataclass(frozen=True, slots=True)
class Mentioned:
    """A place in a record that tells of somebody.

    Attributes:
        line: the line of the file.
        field: what leads there.
        value: what stands there.
        by: whether it tells by their `id`, or by something by which they are `known`.
        part: the statement, entry or line of a log in which it stands; None where it is a field of the record.
    """

    line: int
    field: str
    value: str
    by: str
    part: dict[str, Any] | None


@dataclass(frozen=True, slots=True)
class OfRecord:
    """What a record says about somebody.

    Attributes:
        record: the record.
        concerns: whether it is about them, or belongs to one that is: then all of it tells of them.
        places: where it tells of them.
        evidence: what it shows as evidence of them, or from them.
    """

    record: RecordFile
    concerns: bool
    places: list[Mentioned]
    evidence: list[dict[str, Any]]


@dataclass
class About:
    """Everything about somebody.

    Attributes:
        person: their opaque id.
        register: whose register it is.
        day: the day of the answer.
        kept: what the private place says; None where it says nothing, or is not on this machine.
        place: where the private place is; None where there is none.
        here: whether it is on this machine: else somebody else has to look there.
        kept_files: other files of the private place that tell of them.
        roster: what the roster says.
        records: the records that tell of them.
        left: other places of the register's files that do.
        history: where what tells of them stands in everything that git keeps.
    """

    person: str
    register: str
    day: date
    kept: Kept | None
    place: str | None
    roster: Person | None
    here: bool = False
    kept_files: list[str] = field(default_factory=list)
    records: list[OfRecord] = field(default_factory=list)
    left: list[Place] = field(default_factory=list)
    history: Standing = field(default_factory=Standing)

    @property
    def is_empty(self) -> bool:
        """Whether nothing at all tells of them."""
        held = (self.kept, self.roster, self.kept_files, self.records, self.left, self.history.count)
        return not any(held)
