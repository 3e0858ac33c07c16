"""A sheet of everything that gates still ask for: a row for each record, a column for each thing that is missing."""

from __future__ import annotations

from partnerkit.dataclass import dataclass
from partnerkit.jobs.blank_sheet import TAKES, Blank
from partnerkit.jobs.chosen import NOT_ASKED
from partnerkit.jobs.comparing import field_of
from partnerkit.jobs.desk import Desk
from partnerkit.jobs.finding_records import fitting
from partnerkit.jobs.named_record import source
from partnerkit.jobs.sheet_asked import Asked, asked_of
from partnerkit.jobs.worked_out import asking
from partnerkit.kinds.entries import TOMBSTONE_STAGE
from partnerkit.register import RecordFile, Register
from partnerkit.rules.look import Look, situation_of
from partnerkit.store.disk.sheets import as_csv

#: The column that names who speaks, where each party has to.
PARTY = "party"

#: The column that says what is missing and nobody fills in: decisions, other records, time.
ELSEWHERE = "(not in a sheet)"


def gate_sheet(desk: Desk, where: list[str], *, through: bool) -> Blank:
    """A sheet of what the next main gate of records still asks for, or of all main gates on from where they stand.

    One row for a record, or for each of its parties where these have to speak. Records of which nothing is missing
    that somebody could fill in have none.

    Args:
        desk: where and when.
        where: conditions on the records; those that are over are left out, where no condition is on the stage.
        through: whether all main gates are asked, and not the next one alone.

    Raises:
        WrongCallError: a condition that cannot be read, or an unknown field.
    """
    register = desk.working_tree().demand()
    staged = any(field_of(condition) == "stage" for condition in where)
    records = [one for one in fitting(asking(desk, register), where) if staged or _goes_on(register, one)]
    asked = [_asked(desk, register, one, through=through) for one in records]
    wanted = [one for one in asked if one.cells]
    columns = _columns(wanted)
    spoken = any(cell.party for one in wanted for cell in one.cells)
    head = ["id", "(name)", "(stage)", *([PARTY] if spoken else []), *(one.column for one in columns), ELSEWHERE]
    takes = [TAKES, "", "", *(["whose word it is"] if spoken else []), *(one.takes for one in columns), ""]
    rows = [row for one in wanted for row in _rows(one, columns, spoken=spoken)]
    return Blank(as_csv(head, [takes, *rows]) if rows else "", len(rows), _notes(asked))


def _goes_on(register: Register, record: RecordFile) -> bool:
    lifecycle = source(register, record).policy.lifecycles[record.kind]
    return record.stage != TOMBSTONE_STAGE and not lifecycle.is_end(record.stage)


def _asked(desk: Desk, register: Register, record: RecordFile, *, through: bool) -> Asked:
    look = Look(record, register, source(register, record), desk.now, desk.latest)
    return asked_of(situation_of(look), through=through)


@dataclass(frozen=True, slots=True)
class _Column:
    column: str
    takes: str


def _columns(asked: list[Asked]) -> list[_Column]:
    """Every column, those of one requirement beside each other, in the order in which gates ask for them."""
    cells = [cell for one in asked for cell in one.cells]
    order = {name: place for place, name in enumerate(dict.fromkeys(one.asked_by for one in cells))}
    found: dict[str, _Column] = {}
    for one in sorted(cells, key=lambda cell: order[cell.asked_by]):
        found.setdefault(one.column, _Column(one.column, one.takes))
    return list(found.values())


def _rows(asked: Asked, columns: list[_Column], *, spoken: bool) -> list[list[str]]:
    """The rows of a record: what is said once stands in the first."""
    record = asked.record
    parties: list[str | None] = list(dict.fromkeys(one.party for one in asked.cells if one.party)) or [None]
    found = []
    for place, party in enumerate(parties):
        open_ = {one.column for one in asked.cells if one.party == party or (one.party is None and place == 0)}
        cells = ["" if one.column in open_ else NOT_ASKED for one in columns]
        elsewhere = ", ".join(asked.elsewhere) if place == 0 else ""
        found.append([record.id, record.name, record.stage, *([party or ""] if spoken else []), *cells, elsewhere])
    return found


def _notes(asked: list[Asked]) -> list[str]:
    ready = [one for one in asked if not one.cells]
    waiting = [one for one in ready if one.elsewhere]
    notes = []
    if waiting:
        lacks = ", ".join(dict.fromkeys(name for one in waiting for name in one.elsewhere))
        notes.append(f"{_count(waiting)} left out, of which nothing is missing that a sheet could say: {lacks}")
    if len(ready) > len(waiting):
        done = [one for one in ready if not one.elsewhere]
        notes.append(f"{_count(done)} left out, of which nothing is missing")
    return notes


def _count(found: list[Asked]) -> str:
    ids = [one.record.id for one in found]
    return f"{ids[0]} is" if len(ids) == 1 else f"{len(ids)} records are"
