"""A register as a database: every record as readers of a level may see it, with all that hangs on it."""

from __future__ import annotations

from collections import Counter
from datetime import date
from pathlib import Path

from partnerkit.dataclass import dataclass
from partnerkit.jobs.database_records import add_record, add_texts
from partnerkit.jobs.database_rules import add_people, add_policies
from partnerkit.jobs.database_tables import TABLES, VERSION
from partnerkit.jobs.database_views import VIEWS
from partnerkit.jobs.database_work import add_findings, add_obligations
from partnerkit.jobs.desk import Desk
from partnerkit.jobs.outgoing import demand_writable
from partnerkit.jobs.seeing import sight
from partnerkit.jobs.standing_then import Then, standing_then
from partnerkit.kinds.classified import Classification
from partnerkit.register import Register
from partnerkit.rules.sight import Sight
from partnerkit.store.disk.database import Database, written


@dataclass(frozen=True, slots=True)
class Exported:
    """What was written.

    Attributes:
        day: the day that it shows.
        rows: how many rows each table has.
        unseen: how many records are above the level, or cannot be read: they are not in it.
    """

    day: date
    rows: dict[str, int]
    unseen: int


class _Counted:
    """Passes rows on, and counts them."""

    def __init__(self, base: Database, register: Register) -> None:
        self.rows = Counter({table.name: 0 for table in TABLES})
        self.people: set[str] = set()
        self._roster = register.roster.people
        self._base = base

    def add(self, table: str, *values: str | float | None) -> None:
        """Add a row."""
        self.rows[table] += 1
        self._base.add(table, *values)

    def knows(self, who: str) -> bool:
        """Whether that is somebody: on the roster, or named as one by a record."""
        return who in self.people or who in self._roster

    def person(self, who: str | None) -> str | None:
        """Somebody of whom a row tells."""
        self.people.update([who] if who is not None else [])
        return who


def export(desk: Desk, out: Path, level: Classification, as_of: str | None = None) -> Exported:
    """Write the register to a SQLite file.

    Args:
        desk: where and when.
        out: the file.
        level: the strictest classification that its readers may see.
        as_of: the end of a day, or a commit, of which it tells; the working tree where None.

    Raises:
        WrongCallError: an unknown day or revision, or a place where no file can be written.
        CannotWorkError: there is no register, or the file cannot be written.
    """
    where = demand_writable(desk, out)
    then = standing_then(desk, as_of)
    seen = sight(desk, then.register, level, later=then.later)
    with written(where, TABLES, VIEWS, VERSION) as base:
        rows = _Counted(base, then.register)
        _fill(desk, rows, seen, then)
    register = then.register
    unseen = len(register.broken) + sum(not seen.shows(one) for one in register.records)
    return Exported(then.day, dict(rows.rows), unseen)


def _fill(desk: Desk, rows: _Counted, seen: Sight, then: Then) -> None:
    _about(rows, seen, then.day)
    add_policies(rows, then.register)
    for one in desk.each("records written", sorted(then.register.records)):
        shown = seen.seen(then.register.records[one])
        if shown is not None:
            add_record(rows, seen, shown, then.day)
            add_texts(rows, shown)
    add_obligations(rows, seen, then.day)
    add_findings(desk, rows, seen, then)
    add_people(rows, seen, rows.people, then.day)


def _about(rows: _Counted, seen: Sight, day: date) -> None:
    said = {
        "schema": f"partnerkit.sqlite/{VERSION}",
        "register": seen.register.settings.name,
        "day": day.isoformat(),
        "classification": seen.level,
    }
    for table in TABLES:
        said[table.name] = table.means
        said |= {f"{table.name}.{column.name}": column.means for column in table.columns}
    for thing, says in (said | {view.name: view.means for view in VIEWS}).items():
        rows.add("about", thing, says)
