"""Take records in from a spreadsheet: what each row would become, what must be asked first, then one commit."""

from __future__ import annotations

from collections.abc import Mapping

from partnerkit.dataclass import dataclass, field
from partnerkit.errors import WrongCallError
from partnerkit.findings import Finding
from partnerkit.jobs.desk import Desk
from partnerkit.jobs.landing import Landed, Planned, land
from partnerkit.jobs.new import make, slug
from partnerkit.jobs.private import known as known_to
from partnerkit.jobs.private_columns import Keeping, addresses_known
from partnerkit.jobs.sheet_guess import guess
from partnerkit.jobs.sheet_known import known_of
from partnerkit.jobs.sheet_map import SheetMap, fitted, unmentioned
from partnerkit.jobs.sheet_outcome import Action, Row, row_of
from partnerkit.jobs.sheet_people import give_people
from partnerkit.jobs.sheet_rows import Reading, Trouble
from partnerkit.jobs.sheet_targets import PRIVATE, targets
from partnerkit.jobs.sheet_words import misspelt
from partnerkit.jobs.statements import Voice, statement, trailers
from partnerkit.jobs.values import kind_of
from partnerkit.jobs.wanted import Wanted
from partnerkit.kinds.catalogue import KINDS
from partnerkit.kinds.entries import TOMBSTONE_STAGE
from partnerkit.kinds.problems import an, did_you_mean
from partnerkit.register import PolicyFile, RecordFile, Register
from partnerkit.rules.refused import Refused
from partnerkit.store.disk.sheets import Sheet, sheet
from partnerkit.store.draft import Draft


@dataclass(frozen=True, slots=True)
class Imported:
    """The rows with what became of them, and the records.

    Attributes:
        rows: all rows of the sheet.
        records: what was made or changed.
        people: the ids of people for whom rows speak, each with whether it was given here.
    """

    rows: list[Row]
    records: list[RecordFile]
    people: dict[str, bool] = field(default_factory=dict)

    def count(self, action: Action) -> int:
        """How many rows it became of."""
        return sum(row.action == action for row in self.rows)


def guessed(desk: Desk, path: str, kind_word: str, policy: str | None, encoding: str | None = None) -> str:
    """A first map of a sheet, to be edited, as YAML.

    Raises:
        WrongCallError: the sheet cannot be read, an unknown kind or policy.
    """
    register = desk.working_tree().demand()
    kind = kind_of(kind_word)
    return guess(sheet(path, encoding), kind, _policy(register, kind, policy).policy, encoding)


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
    intake = _Intake(desk, path, sheet(path, by.encoding, even=False), by, leave_out)
    while True:
        try:
            return intake.landed()
        except Refused as refused:
            if not intake.learns(refused):
                raise


@dataclass
class _Intake:
    """A sheet that is taken in: anew as often as a row is to blame for what is refused, which then is asked about.

    Attributes:
        desk: where and when.
        path: the sheet.
        table: what it holds.
        by: how it becomes records.
        leave_out: whether rows that raise a question are left out.
        done: the rows of which records were made or changed, when it was planned last.
        blamed: what the judge has against rows, by their lines.
    """

    desk: Desk
    path: str
    table: Sheet
    by: SheetMap
    leave_out: bool
    done: list[tuple[Row, RecordFile]] = field(default_factory=list)
    blamed: dict[int, list[str]] = field(default_factory=dict)

    def landed(self) -> Landed:
        """All of it landed, or nothing of it."""
        columns = [column for column, filled in self.by.columns.items() if (filled or "").startswith(f"{PRIVATE}.")]
        with Keeping(self.desk, self.path, columns) as keeping:
            landed = land(self.desk, lambda draft: self._planned(draft, keeping))
        landed.notes += keeping.notes
        return landed

    def learns(self, refused: Refused) -> bool:
        """Whether a row is to blame for what was refused, and was not before."""
        wrong = [one for one in refused.findings if one.record is not None]
        found = {
            row.line: [one.message for one in wrong if one.record == record.id]
            for row, record in self.done
            if row.line not in self.blamed
        }
        news = {line: messages for line, messages in found.items() if messages}
        self.blamed |= news
        return bool(news)

    def _planned(self, draft: Draft, keeping: Keeping) -> Planned:
        desk, by = self.desk, self.by
        actor = desk.actor(draft.base)
        kind = kind_of(by.kind)
        source = _policy(draft.base, kind, by.policy)
        rows, people = _read(desk, draft, source, kind, self.table, by, self.blamed)
        each = desk.each("rows", rows)
        self.done = [(row, one) for row in each if (one := _done(desk, draft, kind, source, row, actor))]
        made = [one for _row, one in self.done]
        questions = [row for row in rows if row.action == "question"]
        if questions and not self.leave_out and not desk.dry_run:
            asked = [_asked(self.path, row, one) for row in questions for one in row.troubles]
            words = f"{len(questions)} of {len(rows)} rows raise{'s' if len(questions) == 1 else ''} a question"
            raise Refused(f"{words}; nothing changed", asked)
        private = _private(rows, KINDS[kind].person)
        keeping.keep(draft.base, private)
        result = Imported(rows, made, {one: new for one, new in people.items() if one in private})
        left = result.count("skip") + (len(questions) if self.leave_out else 0)
        counts = f"{result.count('create')} new, {result.count('update')} updated, {left} left out"
        body = [" ".join(f"row {row.number}: {_DOES[row.action]} {row.name}{row.said}".split()) for row in rows]
        entries = trailers("import", [(one, None) for one in made])
        notes = [*_renumbered(draft.base, kind, made), *misspelt(draft.base, kind, made), *_unmentioned(by, self.table)]
        return Planned(f"{kind}: taken in from a sheet, {counts}", result, body, entries, notes)


_DOES: dict[Action, str] = {"create": "create", "update": "update", "skip": "skip", "question": "left out"}


def _private(rows: list[Row], person: str | None) -> dict[str, dict[str, str]]:
    """What the rows that became records say of people, by the person's id."""
    found: dict[str, dict[str, str]] = {}
    for row in rows:
        if row.action == "create" and person is not None:
            found.setdefault(str(row.told.data[person]), {}).update(row.told.private)
    return found


def _unmentioned(by: SheetMap, table: Sheet) -> list[str]:
    columns = unmentioned(by, table)
    return [f"the map says nothing of {', '.join(columns)}: left out"] if columns else []


def _renumbered(register: Register, kind: str, made: list[RecordFile]) -> list[str]:
    """Of records whose name would give an id that was undone: whose it was, and which they have instead."""
    if KINDS[kind].person is not None:
        return []
    gone = {one.name: one.id for one in register.of_kind(kind) if one.stage == TOMBSTONE_STAGE}
    return [
        f"{one.name}: the id {gone[one.name]} was undone and stays taken for ever; it is {one.id} now"
        for one in made
        if one.id not in register.records and one.name in gone
    ]


def _asked(path: str, row: Row, one: Trouble) -> Finding:
    where = f"row {row.number}" + (f", {one.column}" if one.column else f" ({row.name})" if row.name else "")
    value = f" “{one.value}”" if one.value and one.value not in one.why else ""
    mend = "answer it in the map or the sheet, or leave such rows out: --leave-out"
    return Finding("row-unclear", f"{where}{value}: {one.why}", "error", path, row.line, mend=mend)


def _read(
    desk: Desk,
    draft: Draft,
    source: PolicyFile,
    kind: str,
    table: Sheet,
    by: SheetMap,
    blamed: Mapping[int, list[str]],
) -> tuple[list[Row], dict[str, bool]]:
    """What becomes of each row, in the order of the sheet; and the ids of the people for whom they speak."""
    into, can = fitted(by, table, kind, source.policy), targets(source.policy, kind)
    readings = [Reading(table, line, by, can) for line, _cells in table.rows]
    for reading, (_line, cells) in zip(readings, desk.each("rows read", table.rows), strict=True):
        for why in blamed.get(reading.found.line, ()):
            reading.found.ask(why)
        reading.cells(cells, into)
    person = KINDS[kind].person
    told = [one.found for one in readings]
    kept = known_to(desk, draft.base.settings) if person is not None else {}
    addresses = addresses_known(draft.base, kept)
    people = give_people(draft, kind, addresses, kept, told) if person is not None else {}
    rows = []
    known = known_of(draft.after, source.policy, kind, people)
    for reading, (_line, cells) in zip(readings, table.rows, strict=True):
        reading.finish()
        row = row_of(source.policy, kind, reading.found, cells, by, desk.today(draft.after))
        if not row.troubles:
            known.settle(row)
        row.action = "question" if row.troubles else row.action
        rows.append(row)
    return rows, people


def _done(desk: Desk, draft: Draft, kind: str, source: PolicyFile, row: Row, actor: str) -> RecordFile | None:
    """The record of a row, made or changed; what no record can be is asked about like everything else."""
    try:
        if row.action == "create":
            made = _made(desk, draft, kind, source, row, actor)
            row.name = row.name if KINDS[kind].person is None else made.id
            return made
        if row.action == "update" and row.record is not None:
            return draft.put({**row.record.data, **row.told.data}, row.record.path)
    except Refused as refused:
        for one in refused.findings:
            head = one.message.partition(" ")[0].partition(".")[0].partition(":")[0]
            row.told.ask(one.message, row.told.column(head))
        row.action = "question"
    except WrongCallError as error:
        row.told.ask(str(error))
        row.action = "question"
    return None


def _made(desk: Desk, draft: Draft, kind: str, source: PolicyFile, row: Row, actor: str) -> RecordFile:
    data = dict(row.told.data)
    values = {"policy": source.policy.policy, KINDS[kind].named_by: str(data.pop(KINDS[kind].named_by))}
    if "proposer" in data:
        values["proposer"] = str(data.pop("proposer"))  # else it would be who runs the command
    if "id" in data:
        values["id"] = _free_id(draft, slug(str(data.pop("id"))))
    voice = Voice(actor)
    said = [statement(desk, "evidence", name, voice, shown) for name, shown in row.told.shown.items()]
    return make(
        desk, draft, kind, Wanted(None, values, {**data, **({"evidence": said} if said else {})}), actor, row.adoption
    )


def _free_id(draft: Draft, wanted: str) -> str:
    """The id, or where it is taken (by an application of years ago) the next that is free."""
    found, number = wanted, 2
    while found in draft.paths:
        found, number = f"{wanted}-{number}", number + 1
    return found
