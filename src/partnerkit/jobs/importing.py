"""Take records in from a spreadsheet: what each row would become, what must be asked first, then one commit."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from typing import Any, Literal

from pydantic import ValidationError

from partnerkit.errors import WrongCallError
from partnerkit.findings import Finding
from partnerkit.jobs.desk import Desk
from partnerkit.jobs.landing import Landed, Planned, land
from partnerkit.jobs.new import Adoption, make
from partnerkit.jobs.sheet_cells import Question, day, domain, is_day, same_name
from partnerkit.jobs.sheet_map import SheetMap, StageColumn, demand_fitting, guess
from partnerkit.jobs.statements import trailers
from partnerkit.jobs.values import kind_of, with_values
from partnerkit.jobs.wanted import Wanted
from partnerkit.kinds.catalogue import KINDS
from partnerkit.kinds.entries import TOMBSTONE_STAGE
from partnerkit.kinds.problems import an, did_you_mean, problems
from partnerkit.kinds.record import FIXED
from partnerkit.policies.shapes import model_for
from partnerkit.register import PolicyFile, RecordFile, Register
from partnerkit.rules.refused import Refused
from partnerkit.steps import is_filled, value_at
from partnerkit.store.disk.sheets import Sheet, sheet
from partnerkit.store.draft import Draft

Action = Literal["create", "update", "skip", "question"]


@dataclass
class Row:
    """What becomes of one row of the sheet.

    Attributes:
        line: its line in the file.
        name: the name of the record.
        action: whether a record is made or changed, or the row left out, or something must be asked first.
        why: the reason, or the question.
        values: fields as typed.
        adoption: where the record stands already.
        record: the record that it changes.
    """

    line: int
    name: str
    action: Action
    why: str = ""
    values: dict[str, str] = field(default_factory=dict)
    adoption: Adoption | None = None
    record: RecordFile | None = None


@dataclass(frozen=True, slots=True)
class Imported:
    """The rows with what became of them, and the records."""

    rows: list[Row]
    records: list[RecordFile]

    def count(self, action: Action) -> int:
        """How many rows it became of."""
        return sum(row.action == action for row in self.rows)


def guessed(desk: Desk, path: str, kind_word: str, policy: str | None) -> SheetMap:
    """A first map of a sheet, to be edited.

    Raises:
        WrongCallError: the sheet cannot be read, an unknown kind or policy.
    """
    register = desk.working_tree().demand()
    kind = kind_of(kind_word)
    return guess(sheet(path), kind, _policy(register, kind, policy).policy)


def _policy(register: Register, kind: str, name: str | None) -> PolicyFile:
    wanted = name or register.settings.policies.default.get(kind)
    if wanted is None or wanted not in register.policies:
        near = did_you_mean(wanted or "", register.policies)
        raise WrongCallError(f"the register has no policy {wanted!r}{near}", f"it has {', '.join(register.policies)}")
    if kind not in register.policies[wanted].policy.lifecycles:
        raise WrongCallError(f"{wanted} has no lifecycle for {an(kind)}: such records are not made under it")
    return register.policies[wanted]


def take_in(desk: Desk, path: str, by: SheetMap, *, leave_out: bool) -> Landed:
    """Take the rows of a sheet in as records, as one commit: all or nothing.

    Args:
        desk: where and when.
        path: the sheet.
        by: how it becomes records.
        leave_out: whether rows that raise a question are left out, instead of stopping everything.

    Raises:
        WrongCallError: the map does not fit the sheet or the kind.
        Refused: rows raise questions; says each with its line.
    """
    table = sheet(path)

    def plan(draft: Draft) -> Planned:
        actor = desk.actor(draft.base)
        kind = kind_of(by.kind)
        source = _policy(draft.base, kind, by.policy)
        demand_fitting(by, table, kind, source.policy)
        rows = judged(desk, draft.base, source, kind, table, by)
        questions = [row for row in rows if row.action == "question"]
        if questions and not leave_out and not desk.dry_run:
            asked = [_asked(path, one) for one in questions]
            raise Refused(f"{len(asked)} of {len(rows)} rows raise a question; nothing changed", asked)
        done = (_done(desk, draft, kind, source, row, actor) for row in desk.each("rows", rows))
        made = [one for one in done if one is not None]
        result = Imported(rows, made)
        left = result.count("skip") + (len(questions) if leave_out else 0)
        counts = f"{result.count('create')} new, {result.count('update')} updated, {left} left out"
        body = [f"line {row.line}: {row.action} {row.name}{f' ({row.why})' if row.why else ''}" for row in rows]
        entries = trailers("import", [(one, None) for one in made])
        notes = _renumbered(draft.base, kind, made)
        return Planned(f"{kind}: taken in from a sheet, {counts}", result, body, entries, notes)

    return land(desk, plan)


def _renumbered(register: Register, kind: str, made: list[RecordFile]) -> list[str]:
    """Of records whose name would give an id that was undone: whose it was, and which they have instead."""
    gone = {one.name: one.id for one in register.of_kind(kind) if one.stage == TOMBSTONE_STAGE}
    return [
        f"{one.name}: the id {gone[one.name]} was undone and stays taken for ever; it is {one.id} now"
        for one in made
        if one.id not in register.records and one.name in gone
    ]


def _asked(path: str, row: Row) -> Finding:
    mend = "answer it in the map or the sheet, or leave such rows out: --leave-out"
    return Finding("row-unclear", f"{row.name or 'a row'}: {row.why}", "error", path, row.line, mend=mend)


def judged(desk: Desk, register: Register, source: PolicyFile, kind: str, table: Sheet, by: SheetMap) -> list[Row]:
    """What becomes of each row, in the order of the sheet."""
    known = _Known(register, kind)
    today = desk.today(register)
    rows = [_row(source, kind, line, cells, by, today) for line, cells in desk.each("rows read", table.rows)]
    for row in rows:
        if row.action != "question":
            known.settle(row)
    return rows


class _Known:
    """Names and domains that are taken: by records of the register, and by rows before."""

    def __init__(self, register: Register, kind: str) -> None:
        self.named_by = KINDS[kind].named_by
        self.records: dict[str, RecordFile] = {}
        self.rows: dict[str, Row] = {}
        for one in register.of_kind(kind):
            if one.stage != "void":
                for mark in _marks(one.name, str(one.data.get("website", ""))):
                    self.records.setdefault(mark, one)

    def settle(self, row: Row) -> None:
        """Whether the row makes a record, adds to one that is there, or says again what another row says."""
        marks = _marks(row.name, row.values.get("website", ""))
        other = next((self.rows[mark] for mark in marks if mark in self.rows), None)
        if other is not None:
            row.action, row.why = "skip", f"the same as line {other.line} ({other.name})"
            return
        for mark in marks:
            self.rows[mark] = row
        record = next((self.records[mark] for mark in marks if mark in self.records), None)
        if record is None:
            return
        more = {key: text for key, text in row.values.items() if not is_filled(value_at(record.data, key))}
        row.record, row.values = record, more
        row.action = "update" if more else "skip"
        row.why = f"adds {', '.join(more)} to {record.id}" if more else f"{record.id} holds it already"


def _marks(name: str, website: str) -> list[str]:
    host = domain(website) if website else None
    return [f"name {same_name(name)}", *([f"host {host}"] if host else [])]


def _row(source: PolicyFile, kind: str, line: int, cells: dict[str, str], by: SheetMap, today: date) -> Row:
    named_by = KINDS[kind].named_by
    column = next((one for one, mapped in by.columns.items() if mapped == named_by), "")
    row = Row(line, cells.get(column, ""), "create")
    if not row.name:
        row.action, row.why = "question", f"it has no {named_by}"
        return row
    try:
        row.values = _values(source, kind, cells, by)
        row.adoption = _adoption(source, kind, cells, by, today)
        _demand_valid(source, kind, row)
    except (Question, WrongCallError) as error:
        row.action, row.why = "question", str(error)
    return row


def _values(source: PolicyFile, kind: str, cells: dict[str, str], by: SheetMap) -> dict[str, str]:
    model = model_for(source.policy, kind)
    found = dict(by.fixed)
    for column, mapped in by.columns.items():
        if mapped is None or column not in cells:
            continue
        text = by.values.get(mapped, {}).get(cells[column], cells[column])
        if text:
            found[mapped] = day(text, by.dates) if is_day(model, mapped) else text
    return found


def _adoption(source: PolicyFile, kind: str, cells: dict[str, str], by: SheetMap, today: date) -> Adoption | None:
    if by.stage is None:
        return None
    stage = by.stage
    if isinstance(stage, StageColumn):
        word = cells.get(stage.column)
        if word is None:
            raise Question(f"{stage.column} says nothing: where does it stand?")
        stage = stage.values.get(word, word)
    known = source.policy.lifecycles[kind].stages
    if stage not in known:
        raise Question(f"there is no stage {stage!r}{did_you_mean(stage, known)} (one of {', '.join(known)})")
    since = _since(cells, by)
    if since > today:
        raise Question(f"it stands there since {since}, which is still to come: since when does it?")
    return Adoption(stage, since, by.reason or "taken in from a spreadsheet")


def _since(cells: dict[str, str], by: SheetMap) -> date:
    if isinstance(by.since, date):
        return by.since
    if by.since is None:
        raise Question("the map does not say since when it stands there: `since:` a day, or a column")
    text = cells.get(by.since)
    if text is None and by.since in by.columns:
        raise Question(f"{by.since} is empty: since when does it stand there?")
    return date.fromisoformat(day(text or by.since, by.dates))


def _demand_valid(source: PolicyFile, kind: str, row: Row) -> None:
    """Whether the values can be those of a record.

    Raises:
        Question: one cannot; says which and why.
    """
    base: dict[str, Any] = {}
    data = with_values(base, row.values, source.policy, kind)
    model = model_for(source.policy, kind)
    try:
        model.model_validate(data)
    except ValidationError as error:
        for one in problems(error, model):
            if one.keys and one.keys[0] not in FIXED | {"title", "name", "kind"}:
                raise Question(one.message) from error


def _done(desk: Desk, draft: Draft, kind: str, source: PolicyFile, row: Row, actor: str) -> RecordFile | None:
    if row.action == "create":
        return make(
            desk, draft, kind, Wanted(None, {**row.values, "policy": source.policy.policy}), actor, row.adoption
        )
    if row.action == "update" and row.record is not None:
        return draft.put(with_values(row.record.data, row.values, source.policy, kind), row.record.path)
    return None
