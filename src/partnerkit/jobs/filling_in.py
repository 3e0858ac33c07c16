"""A sheet of what gates ask for, filled in: everything that its cells say of many records, as one commit."""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Iterator
from typing import Any

from partnerkit.dataclass import dataclass, field, replace
from partnerkit.errors import PartnerkitError, WrongCallError
from partnerkit.findings import Finding
from partnerkit.jobs.add import addition, still_missing
from partnerkit.jobs.adding import Added, Work
from partnerkit.jobs.chosen import Chosen, One, all_or_none, shortened
from partnerkit.jobs.desk import Desk
from partnerkit.jobs.edit import demand_unlocked
from partnerkit.jobs.gate_sheet import PARTY
from partnerkit.jobs.landing import Landed, Outcome, Planned, land
from partnerkit.jobs.named_record import record, source
from partnerkit.jobs.sheet_asked import Asked, asked_of
from partnerkit.jobs.sheet_columns import cell_for, why_none
from partnerkit.jobs.sheet_fillable import Cell
from partnerkit.jobs.statements import SPOKEN, Voice, trailers
from partnerkit.jobs.through import going_on
from partnerkit.jobs.values import with_values
from partnerkit.policies.policy import Policy
from partnerkit.register import RecordFile
from partnerkit.rules.commands import line
from partnerkit.rules.gate import Situation
from partnerkit.rules.refused import Refused
from partnerkit.store.draft import Draft

#: In which order what is added to one record is: what others rest on comes first.
_ORDER = ("", "evidence", "period", "scores", "acknowledged", "signed")


@dataclass(frozen=True, slots=True)
class _Told:
    """A filled cell: what it fills, what it says, in which row."""

    cell: Cell
    text: str
    row: One


@dataclass
class _Filled:
    """What the rows of one record say, and what cannot be."""

    asked: Asked
    told: dict[tuple[str, str | None], _Told] = field(default_factory=dict)
    troubles: list[Finding] = field(default_factory=list)

    @property
    def record(self) -> RecordFile:
        """The record."""
        return self.asked.record

    def trouble(self, row: One, column: str, why: str, mend: str | None = None) -> None:
        """Note that a cell cannot be taken in."""
        file, _, number = (row.place or "").rpartition(":")
        again = mend or line("export", "sheet", "--next", "--where", f"id={self.record.id}")
        told = Finding("row-unclear", f"{column}: {why}", record=self.record.id, mend=again)
        self.troubles.append(told.at(file, int(number)))


def fill_in(
    desk: Desk, records: Chosen, voice: Callable[[str], Voice], *, copy: bool = False, go_on: bool = False
) -> Landed:
    """Take in a sheet of what gates ask for, as one commit: all or nothing.

    Args:
        desk: where and when.
        records: the rows of the sheet; several may be about one record.
        voice: whose word it is, where a row does not say otherwise (for, seen, on).
        copy: whether files that cells name are to be kept in the register's history.
        go_on: whether the records then go on through their main stages, as far as everything is there.

    Raises:
        WrongCallError: no sheet, or an unknown record.
        Refused: a cell cannot be taken in; every such cell is a finding, with its row and column.
    """
    if records.rows is None:
        raise WrongCallError("say what to add, or give a sheet", line("export", "sheet", "--next", "--out", "<file>"))

    def plan(draft: Draft) -> Planned:
        general = voice(desk.actor(draft.base))
        rows: dict[str, list[One]] = {}
        for row in records.each(desk, draft.after):
            rows.setdefault(row.id, []).append(row)
        made: list[_Made] = []

        def put(first: One) -> None:
            filled = _read(_asked(desk, draft, record(draft.after, first.id)), rows[first.id])
            if filled.told or filled.troubles:
                made.append(_put(desk, draft, filled, general, first, copy=copy))

        all_or_none(desk, [each[0] for each in rows.values()], put)
        return _planned(rows, made)

    return land(desk, going_on(desk, plan, list, go=go_on))


def _asked(desk: Desk, draft: Draft, found: RecordFile) -> Asked:
    """Everything that the gates of a record ask for, of the next as of later ones."""
    before = draft.base.records.get(found.id)
    origin = source(draft.after, found)
    return asked_of(Situation(found, before, draft.base, draft.after, origin, desk.now, found.came.at), through=True)


def _read(asked: Asked, rows: list[One]) -> _Filled:
    """What the cells of the rows mean for the record."""
    filled = _Filled(asked)
    for row in rows:
        unasked: dict[tuple[str, str | None], list[str]] = {}
        party = row.cells.get(PARTY)
        for column, text in row.cells.items():
            if column in {PARTY, *SPOKEN}:
                continue
            cell = cell_for(asked, column, party)
            if cell is None:
                unasked.setdefault(why_none(asked, column, party), []).append(column)
                continue
            told = filled.told.setdefault((column, cell.party), _Told(cell, text, row))
            if told.text != text:
                filled.trouble(row, column, f"it says {text!r}, and {told.row.place} says {told.text!r}")
        for why, columns in unasked.items():
            filled.trouble(row, shortened(columns), *why)
    return filled


@dataclass(frozen=True, slots=True)
class _Made:
    """What was filled in for one record: the record as it stands now, what was said in words, and what still lacks."""

    record: RecordFile
    row: One
    what: list[str]
    notes: list[str]


@dataclass(frozen=True, slots=True)
class _Action:
    """One change of a record, with the cell of which it is told where it cannot be."""

    told: _Told
    column: str
    make: Callable[[RecordFile], dict[str, Any]]


def _put(desk: Desk, draft: Draft, filled: _Filled, general: Voice, first: One, *, copy: bool) -> _Made:
    """A record with everything that its rows say.

    Raises:
        Refused: something cannot be; every such cell is a finding.
    """
    found, data = filled.record, filled.record.data
    actions = [*_fields(draft, filled), *_additions(desk, draft, filled, general, copy=copy)]
    for one in actions:
        try:
            data = one.make(replace(found, data=data))
        except PartnerkitError as error:
            _tell(filled, one, error)
    try:
        new = draft.put(data, found.path)
    except PartnerkitError as error:
        _blame(draft, filled, actions, error, first)
    if filled.troubles:
        count = f"{len(filled.troubles)} cells" if len(filled.troubles) > 1 else "a cell"
        raise Refused(f"{found.id}: {count} cannot be taken in; nothing changed", filled.troubles)
    added = dict.fromkeys(one.cell.added for one in filled.told.values() if one.cell.added)
    notes = [note for name in added for note in still_missing(desk, draft, new, Added(name))]
    what = list(dict.fromkeys(one.cell.added or one.cell.column for one in filled.told.values()))
    return _Made(new, first, what, notes)


def _tell(filled: _Filled, action: _Action, error: PartnerkitError) -> None:
    """Note why a change cannot be, beside its cell."""
    reasons = [one.message for one in error.findings] if isinstance(error, Refused) and error.findings else []
    filled.trouble(action.told.row, action.column, "; ".join(reasons) or error.message, error.mend)


def _blame(draft: Draft, filled: _Filled, actions: list[_Action], error: PartnerkitError, first: One) -> None:
    """Find the cells by which a record cannot be written: each alone, else all of them."""
    found, before = filled.record, len(filled.troubles)
    for one in actions:
        with contextlib.suppress(PartnerkitError):  # what cannot be made at all has been told
            data = one.make(found)
            try:
                draft.put(data, found.path)
            except PartnerkitError as alone:
                _tell(filled, one, alone)
            draft.put(found.data, found.path)
    if len(filled.troubles) == before:
        filled.trouble(first, "the row", error.message, error.mend)


def _fields(draft: Draft, filled: _Filled) -> Iterator[_Action]:
    """The fields that are set."""
    for (column, _party), told in filled.told.items():
        path = told.cell.field
        if path is not None:
            yield _Action(told, column, _setting(draft, path, told.text))


def _setting(draft: Draft, path: str, text: str) -> Callable[[RecordFile], dict[str, Any]]:
    def put(found: RecordFile) -> dict[str, Any]:
        if text.startswith("@"):
            raise WrongCallError("a cell names no file to be read: write what the field is to hold")
        data = with_values(found.data, {path: text}, source(draft.base, found).policy, found.kind)
        demand_unlocked(draft.base, found, data)
        return data

    return put


def _additions(desk: Desk, draft: Draft, filled: _Filled, general: Voice, *, copy: bool) -> Iterator[_Action]:
    """The statements and lines that are added, each made of the cells that say one thing."""
    groups: dict[Any, list[_Told]] = {}
    for told in filled.told.values():
        if told.cell.field is None:
            groups.setdefault(told.cell.together, []).append(told)
    policy = filled.asked.policy
    for every in sorted(groups.values(), key=lambda told: _rank(policy, told[0].cell.added)):
        first = every[0]
        column = first.cell.column if len(every) == 1 else first.cell.column.rpartition(".")[0]
        yield _Action(first, column, _adding(desk, draft, every, general, copy=copy))


def _rank(policy: Policy, name: str) -> int:
    requirement = policy.requirements.get(name)
    return _ORDER.index(requirement.type) if requirement is not None else 0


def _adding(
    desk: Desk, draft: Draft, every: list[_Told], general: Voice, *, copy: bool
) -> Callable[[RecordFile], dict[str, Any]]:
    cell, row = every[0].cell, every[0].row
    said = {one.cell.key: one.text for one in every if one.cell.key}
    party = {PARTY: cell.party} if cell.party else {}

    def put(found: RecordFile) -> dict[str, Any]:
        spoken = {key: row.cells[key] for key in SPOKEN if key in row.cells}
        added = Added(cell.added, copy=copy).of_row({**dict(cell.given), **party, **said})
        return addition(Work(desk, draft, found, general.of_row(spoken, draft.base), added))[0]

    return put


def _planned(rows: dict[str, list[One]], made: list[_Made]) -> Planned:
    done = {one.record.id: one for one in made}
    empty = [row for name, each in rows.items() if name not in done for row in each]
    notes = list(dict.fromkeys(note for one in made for note in one.notes))
    if empty:
        lines = shortened([f"line {(one.place or '').rpartition(':')[2]}" for one in empty])
        notes.append(f"{len(empty)} row{'s' if len(empty) > 1 else ''} left empty and passed over: {lines}")
    outcomes = [
        Outcome(name, ", ".join(done[name].what) if name in done else "passed over: left empty", each[0].place)
        for name, each in rows.items()
    ]
    if not made:
        return Planned("nothing to fill in: all rows are empty", [], [], {}, notes, outcomes)
    subject = f"{made[0].record.kind}/{shortened([one.record.id for one in made])}: filled in"
    body = [f"{one.record.id}: {', '.join(one.what)}" for one in made]
    entries = trailers("add", [(one.record, None) for one in made])
    return Planned(subject, [one.record for one in made], body, entries, notes, outcomes)
