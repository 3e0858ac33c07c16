"""Which records a writer is to change: named, found by a condition, or one for each row of a sheet."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, TypeVar

from partnerkit.dataclass import dataclass, field
from partnerkit.errors import WrongCallError, told_of
from partnerkit.findings import Finding
from partnerkit.jobs.desk import Desk
from partnerkit.jobs.named_record import every, load
from partnerkit.kinds.problems import did_you_mean
from partnerkit.pattern import pattern
from partnerkit.register import RecordFile, Register
from partnerkit.rules.refused import Refused

if TYPE_CHECKING:
    from partnerkit.store.disk.sheets import Sheet

T = TypeVar("T")

#: What stands in a cell that nobody need fill in; it is read as an empty one.
NOT_ASKED = "(-)"

#: A cell that names a file; who reads it says that none is read.
_NAMES_FILE = pattern(r"@[\w./~-]+")

#: How many rows or records a refusal names before it counts.
_NAMED = 5


@dataclass(frozen=True, slots=True)
class One:
    """One record to be changed.

    Attributes:
        id: its id.
        place: the row of the sheet that names it, such as checks.csv:3; None where no sheet does.
        cells: what else the row says, by column; empty cells are left out.
        columns: every column that the sheet has beside the id, filled in this row or not.
    """

    id: str
    place: str | None = None
    cells: Mapping[str, str] = field(default_factory=dict)
    columns: tuple[str, ...] = ()

    def demand_columns(self, known: tuple[str, ...]) -> None:
        """Whether the row has no other columns than these.

        Raises:
            WrongCallError: it has another.
        """
        for name in self.columns:
            if name not in known:
                message = f"the sheet has a column {name!r}, which means nothing here{did_you_mean(name, known)}"
                raise WrongCallError(message, f"its columns may be id, {', '.join(known)}, and any in brackets")


@dataclass(frozen=True, slots=True)
class Chosen:
    """The records that a writer is to change, one commit for all of them.

    Attributes:
        ids: records by name.
        where: conditions that hold for them.
        rows: the rows of a sheet; None where there is none.
    """

    ids: tuple[str, ...] = ()
    where: tuple[str, ...] = ()
    rows: tuple[One, ...] | None = None

    def each(self, desk: Desk, register: Register) -> list[One]:
        """The records, in the order in which they are to be changed.

        Raises:
            WrongCallError: none is said or found, one is unknown, or they are said in two ways.
        """
        if self.rows is None:
            return [One(one.id) for one in self._found(desk, register)]
        if self.ids or self.where:
            raise WrongCallError("name records, say --where, or give a sheet with --from: one of the three")
        load(register, [one.id for one in self.rows])
        return list(self.rows)

    def _found(self, desk: Desk, register: Register) -> list[RecordFile]:
        if self.ids and not self.where:
            return every(register, self.ids)
        from partnerkit.jobs.finding_records import selected  # noqa: PLC0415 - most name what they mean
        from partnerkit.jobs.worked_out import asking  # noqa: PLC0415 - as above

        return selected(asking(desk, register), self.ids, self.where)

    def once_each(self, desk: Desk, register: Register) -> list[One]:
        """The same, for what can be done but once to a record.

        Raises:
            WrongCallError: two rows of the sheet name the same.
        """
        found = self.each(desk, register)
        places: dict[str, str | None] = {}
        for one in found:
            if one.id in places:
                message = f"{one.place}: {one.id} stands in {places[one.id]} already"
                raise WrongCallError(message, "give each record one row")
            places[one.id] = one.place
        return found


def chosen(ids: list[str], where: list[str] | None, path: str | None, *, whole: bool = False) -> Chosen:
    """What a command line chooses; a sheet is read here, once (`whole`: no short rows, no formulas).

    Raises:
        WrongCallError: the sheet cannot be read, or a row names no record.
    """
    read = rows(path, whole=whole) if path else None
    return Chosen(tuple(ids), tuple(where or ()), tuple(_row(*row) for row in read) if read is not None else None)


def rows(path: str, *, whole: bool = False) -> list[tuple[str, dict[str, str], tuple[str, ...]]]:
    """The rows of a sheet, each with its place (file:line), its cells and all columns.

    Empty cells are left out. What is in brackets is for people and never read: a column such as (name), a row of which
    the id is, such as (takes), and a cell that says (-).

    Raises:
        WrongCallError: it cannot be read, or a row has more cells than the head, or is to be whole and
            has fewer, or a formula.
    """
    from partnerkit.store.disk.sheets import sheet  # noqa: PLC0415 - most name what they mean

    table = sheet(path)
    if whole:
        _demand_whole(path, table)
    columns = tuple(name for name in table.columns if not _for_people(name))
    found = [
        (line, {name: text for name, text in row.items() if not _for_people(name) and text != NOT_ASKED})
        for line, row in table.rows
    ]
    return [
        (f"{path}:{line}", cells, columns) for line, cells in found if cells and not _for_people(cells.get("id", ""))
    ]


def _demand_whole(path: str, table: Sheet) -> None:
    cells = {number: row for number, row in table.rows if not _for_people(row.get("id", ""))}
    formulas = [
        f"{path}:{number}: {name}"
        for number, name in table.formulas
        if number in cells and not _for_people(name) and not _NAMES_FILE.fullmatch(cells[number][name])
    ]
    if formulas:
        message = f"{shortened(formulas)}: a formula, or what would be one in a spreadsheet"
        raise WrongCallError(message, "write what it comes to; an apostrophe before it makes it text")
    for number in cells:
        has, wanted = table.uneven.get(number), len(table.columns)
        if has is not None and has < wanted:
            message = f"{path}:{number}: the row has {has} cells, and the head line has {wanted}"
            missing = ", ".join(table.columns[has:][:_NAMED])
            raise WrongCallError(f"{message}: it ends before {missing}", "give it a comma for each empty cell")


def _for_people(column: str) -> bool:
    return column.startswith("(") and column.endswith(")")


def _row(place: str, cells: dict[str, str], columns: tuple[str, ...]) -> One:
    if "id" not in cells:
        raise WrongCallError(f"{place}: the row names no record", "give the sheet a column id")
    return One(cells.pop("id"), place, cells, tuple(name for name in columns if name != "id"))


def all_or_none(desk: Desk, each: list[One], make: Callable[[One], T]) -> list[T]:
    """What is made of each of them; everything that the policy refuses is said together.

    Args:
        desk: to whom it is told how far it is.
        each: the records.
        make: makes it of one.

    Raises:
        WrongCallError: one cannot be meant; named by its row.
        Refused: the policy says no to one or more.
    """
    made: list[T] = []
    refusals: list[Refused] = []
    findings: list[Finding] = []
    places: list[str] = []
    for one in desk.each("records", each):
        try:
            with told_of(one.place):
                made.append(make(one))
        except Refused as no:
            refusals.append(no)
            findings += no.findings
            places.append(one.place or one.id)
    if len(refusals) == 1 and len(each) == 1:
        raise refusals[0]
    if refusals:
        count = f"{len(findings)} reason{'' if len(findings) == 1 else 's'}"
        raise Refused(f"{shortened(places)}: refused, for {count}; nothing changed", findings)
    return made


def shortened(names: list[str]) -> str:
    """The first few names, and how many more there are."""
    more = len(names) - _NAMED
    return ", ".join(names[:_NAMED]) + (f" and {more} more" if more > 0 else "")
