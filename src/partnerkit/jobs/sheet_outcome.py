"""What becomes of one row of a sheet: whether a record is made, changed, left out, or asked about first."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Literal

from partnerkit.dataclass import dataclass
from partnerkit.jobs.new import Adoption
from partnerkit.jobs.sheet_cells import Question, day
from partnerkit.jobs.sheet_map import SheetMap, StageColumn
from partnerkit.jobs.sheet_rows import Told, Trouble
from partnerkit.kinds.catalogue import KINDS
from partnerkit.kinds.dated import happened, items, out_of_order
from partnerkit.kinds.problems import did_you_mean
from partnerkit.policies.policy import Policy
from partnerkit.register import RecordFile

Action = Literal["create", "update", "skip", "question"]


@dataclass
class Row:
    """What becomes of one row of the sheet.

    Attributes:
        told: what the row says.
        name: the name of the record, or its id where it is about somebody.
        action: whether a record is made or changed, or the row left out, or something must be asked first.
        why: the reason.
        adoption: where the record stands already.
        record: the record that it changes.
    """

    told: Told
    name: str
    action: Action = "create"
    why: str = ""
    adoption: Adoption | None = None
    record: RecordFile | None = None

    @property
    def line(self) -> int:
        """Its line in the file."""
        return self.told.line

    @property
    def number(self) -> int:
        """The number that a spreadsheet shows beside it."""
        return self.told.number

    @property
    def troubles(self) -> list[Trouble]:
        """What must be asked first."""
        return self.told.troubles

    @property
    def said(self) -> str:
        """What becomes of it, for the commit: of what is left out only the columns, for its cells may hold anything."""
        columns = ", ".join(dict.fromkeys(one.column for one in self.troubles if one.column))
        return f" ({columns})" if columns else f" ({self.why})" if self.why and self.action == "update" else ""


def row_of(policy: Policy, kind: str, told: Told, cells: Mapping[str, str], by: SheetMap, today: date) -> Row:
    """A row with what it says: where its record stands already, and what of it cannot be.

    Args:
        policy: the policy of the record.
        kind: its kind.
        told: what the row says.
        cells: its cells by column.
        by: the map.
        today: the day on which it is taken in.
    """
    named_by = KINDS[kind].named_by
    row = Row(told, str(told.data.get("id" if KINDS[kind].person else named_by, "")))
    if not told.troubles and not told.data.get(named_by):
        told.ask(f"it has no {named_by}")
    try:
        row.adoption = _adoption(policy, kind, cells, by, today)
    except Question as error:
        told.ask(str(error), by.stage.column if isinstance(by.stage, StageColumn) else "")
    _ask_about_days(policy, kind, told, today)
    return row


def _ask_about_days(policy: Policy, kind: str, told: Told, today: date) -> None:
    """Ask about what has not happened yet, and about what cannot have come after something else."""
    for parents, key in (*happened(KINDS[kind]), *policy.happened.get(kind, ())):
        for _name, item in items(told.data, parents):
            on = item.get(key)
            if isinstance(on, str) and on > today.isoformat():
                why = f"it is still to come on {today}, and says what has happened"
                told.ask(why, told.column(*parents, key), on)
    for first, last in out_of_order(KINDS[kind].in_order, told.data):
        told.ask(f"{first} is after {last} ({told.data[last]})", told.column(first), str(told.data[first]))


def _adoption(policy: Policy, kind: str, cells: Mapping[str, str], by: SheetMap, today: date) -> Adoption | None:
    if by.stage is None:
        return None
    stage = by.stage
    if isinstance(stage, StageColumn):
        said = cells.get(stage.column)
        if said is None:
            raise Question(f"{stage.column} says nothing: where does it stand?")
        stage = stage.values.get(said, said)
    known = policy.lifecycles[kind].stages
    if stage not in known:
        raise Question(f"there is no stage {stage!r}{did_you_mean(stage, known)} (one of {', '.join(known)})")
    since = _since(cells, by)
    if since > today:
        raise Question(f"it stands there since {since}, which is still to come: since when does it?")
    return Adoption(stage, since, by.reason or "taken in from a spreadsheet")


def _since(cells: Mapping[str, str], by: SheetMap) -> date:
    if isinstance(by.since, date):
        return by.since
    if by.since is None:
        raise Question("the map does not say since when it stands there: `since:` a day, or a column")
    text = cells.get(by.since)
    if text is None and by.since in by.columns:
        raise Question(f"{by.since} is empty: since when does it stand there?")
    return date.fromisoformat(day(text or by.since, by.dates))
