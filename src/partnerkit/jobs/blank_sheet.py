"""Sheets to be filled in: a row for each record that something can be added to, which `add --from` reads back."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from partnerkit.dataclass import dataclass
from partnerkit.errors import WrongCallError
from partnerkit.jobs.adding import keys_taken
from partnerkit.jobs.chosen import NOT_ASKED, One
from partnerkit.jobs.comparing import field_of
from partnerkit.jobs.desk import Desk
from partnerkit.jobs.finding_records import fitting
from partnerkit.jobs.named_record import source
from partnerkit.jobs.periods import Period
from partnerkit.jobs.sheet_fillable import DAY
from partnerkit.jobs.sheet_sorted import Sorts, cells, sorts
from partnerkit.jobs.statements import SPOKEN
from partnerkit.jobs.worked_out import asking
from partnerkit.kinds.entries import TOMBSTONE_STAGE
from partnerkit.kinds.problems import did_you_mean
from partnerkit.obligations.outlook import day_at
from partnerkit.obligations.owed import Owed, rhythms
from partnerkit.policies.lists import lists
from partnerkit.policies.policy import Policy
from partnerkit.register import RecordFile, Register
from partnerkit.rules.conditions import open_to
from partnerkit.rules.gate import Situation, answer, applies, ask
from partnerkit.store.disk.sheets import as_csv

#: What the register knows of every row: nobody need fill it in, and alone it says nothing.
PREFILLED = {"on", "from", "until", "person", "party"}


#: The id of the row that says what each column takes; what is in brackets is never read.
TAKES = "(takes)"


@dataclass(frozen=True, slots=True)
class Blank:
    """A sheet to be filled in.

    Attributes:
        text: the sheet as CSV.
        count: how many rows it has beside the head.
        notes: what a person should know, such as what was left out.
    """

    text: str
    count: int
    notes: list[str]


@dataclass(frozen=True, slots=True)
class _Row:
    """One row: the record, what helps a person to know it, and what the register knows already."""

    record: RecordFile
    hint: str
    known: dict[str, str]


def blank(desk: Desk, what: str, where: list[str], over: Period | None = None) -> Blank:
    """A sheet for one requirement or log: a row for each record (or person, or party) that it waits for.

    A requirement has a row for each record whose next gates ask for it, and where it is not met. A log has one for
    each record that owes lines of it again and again, by the policy; where no rhythm is known, for each that is not
    over. A condition on the stage says instead which stages are meant.

    Args:
        desk: where and when.
        what: a requirement or a log, as `add` names it.
        where: conditions on the records.
        over: the period that the lines are about; who has one in it already, at a rhythm of that length, is left out.

    Raises:
        WrongCallError: no kind and no policy has such a requirement or log, or it is about no period.
    """
    register = desk.working_tree().demand()
    places = _places(register, what)
    records = [one for one in fitting(asking(desk, register), where) if (one.model.policy, one.kind) in places]
    notes: list[str] = []
    sorted_ = [(one, of) for one in records if (of := sorts(source(register, one).policy, one.kind, what))]
    if sorted_ and over is None:
        return _by_sort(desk, register, sorted_, what, all_stages=any(field_of(text) == "stage" for text in where))
    if any(what in register.policies[policy].policy.requirements for policy, _kind in places):
        if over is not None:
            raise WrongCallError(f"{what} is a requirement, and about no period", "leave the period out")
        hint, rows = "(stage)", [row for one in records for row in _asked(desk, register, one, what)]
    else:
        staged = any(field_of(condition) == "stage" for condition in where)
        hint, found = "(latest)", [_Logged.of(register, one, what, staged=staged) for one in records]
        day = _day(desk.today(register), over)
        rows = [row for log in found for row in log.rows(over, day, notes)]
    keys = [key for policy, kind in places for key in keys_taken(register.policies[policy].policy, kind, what) or ()]
    columns = [key for key in dict.fromkeys(keys) if key != "id"]
    cells = [[row.record.id, row.record.name, row.hint, *(row.known.get(key, "") for key in columns)] for row in rows]
    return Blank(as_csv(["id", "(name)", hint, *columns], cells), len(rows), notes)


def _by_sort(
    desk: Desk, register: Register, records: list[tuple[RecordFile, Sorts]], what: str, *, all_stages: bool
) -> Blank:
    """A sheet with a row for each record that the log waits for, and a column for each sort of line."""
    names = list(dict.fromkeys(name for _one, found in records for name in found.names))
    rows = []
    for one, found in records:
        mine = cells(desk, register, one, what, found) if all_stages or not is_over(register, one) else None
        if mine is not None:
            said = dict(zip(found.names, mine, strict=True))
            rows.append([one.id, one.name, one.stage, *(said.get(name, NOT_ASKED) for name in names)])
    takes = [TAKES, "", "", *(DAY for _ in names)]
    return Blank(as_csv(["id", "(name)", "(stage)", *names], [takes, *rows]), len(rows), [])


def is_over(register: Register, record: RecordFile) -> bool:
    """Whether a record is over: nothing falls due on it any more."""
    lifecycle = source(register, record).policy.lifecycles[record.kind]
    return record.stage == TOMBSTONE_STAGE or lifecycle.is_over(record.stage)


def is_blank(register: Register, record: RecordFile, what: str, one: One) -> bool:
    """Whether a row of a sheet leaves empty everything that a person fills in."""
    known = PREFILLED | set(SPOKEN)
    if _sort(_rhythms(source(register, record).policy, record, what)) is not None:
        known.add("kind")
    to_fill = [column for column in one.columns if column not in known]
    return bool(to_fill) and not any(column in one.cells for column in to_fill)


def _places(register: Register, what: str) -> list[tuple[str, str]]:
    """The policies and kinds of record that have such a requirement or log."""
    every = [(policy, kind) for policy in register.policies.values() for kind in policy.policy.lifecycles]
    names = {(one.policy.policy, kind): _addable(one.policy, kind) for one, kind in every}
    found = [place for place, here in names.items() if what in here]
    if found:
        return found
    for one, _kind in every:
        other = one.policy.requirements.get(what)
        if other is not None:
            message = f"{what} is not met by adding something ({other.type})"
            raise WrongCallError(message, "partnerkit gates <id> says what meets it")
    known = sorted({name for here in names.values() for name in here})
    message = f"no kind of record has a requirement or log {what!r}{did_you_mean(what, known)}"
    raise WrongCallError(message, f"what can be added: {', '.join(known)}")


def _addable(policy: Policy, kind: str) -> list[str]:
    """Everything that can be added to a record of the kind: what its gates and stages ask for, and its logs."""
    named = [name for way in policy.lifecycles[kind].transitions for name in way.needs]
    named += [other for name in named for other in policy.requirements[name].any_of or []]
    named += [name for name, requirement in policy.requirements.items() if requirement.of == kind]
    asked = [name for name in dict.fromkeys(named) if keys_taken(policy, kind, name) is not None]
    return [*asked, *lists(policy, kind)]


def _asked(desk: Desk, register: Register, record: RecordFile, what: str) -> Iterator[_Row]:
    """The rows of a record for a requirement: one for each party who has not spoken, or one."""
    origin = source(register, record)
    situation = Situation(record, record, register, register, origin, desk.now, record.came.at)
    question = ask(situation, record.stage, what)
    if not _waited_for(situation, what) or not applies(question):
        return
    given = answer(question)
    if not given.met:
        for party in given.absent or (None,):
            yield _Row(record, record.stage, {"party": party} if party else {})


def _waited_for(situation: Situation, what: str) -> bool:
    """Whether the stage of a record, or a way on from it, asks for a requirement by name or as an alternative."""
    policy, record = situation.source.policy, situation.record
    ways = [way for way in policy.lifecycles[record.kind].leaving(record.stage) if open_to(way, record.data)]
    needed = {name for way in ways for name in way.needs}
    if what in needed or record.stage in policy.requirements[what].standing:
        return True
    parents = [name for name in needed if what in (policy.requirements[name].any_of or [])]
    return any(not answer(ask(situation, record.stage, name)).met for name in parents)


def _rhythms(policy: Policy, record: RecordFile, what: str) -> list[Owed]:
    """Every rhythm of the policy by which records of the kind owe lines of a log.

    What is owed only where nothing happens asks for no lines of its own where others are owed anyway.
    """
    owed = [Owed(policy, name, cadence, record) for name, cadence in rhythms(policy) if cadence.of == record.kind]
    mine = [one for one in owed if one.settles == what and one.logged]
    return [one for one in mine if not one.cadence.restarts] or mine


def _sort(owed: list[Owed]) -> str | None:
    """The one sort of line that all of the rhythms want, where that is one."""
    sorts = {one.sort for one in owed}
    return sorts.pop() or None if len(sorts) == 1 else None


@dataclass(frozen=True, slots=True)
class _Logged:
    """A log of a record: by which rhythms it is owed, and of what sort its lines are then."""

    record: RecordFile
    what: str
    applies: bool
    owed: list[Owed]
    sort: str | None

    @classmethod
    def of(cls, register: Register, record: RecordFile, what: str, *, staged: bool) -> _Logged:
        """The log of a record; `staged` where it was said in which stages it applies."""
        policy = source(register, record).policy
        every = _rhythms(policy, record, what)
        owed = [one for one in every if one.asked and (staged or record.stage in one.cadence.while_)]
        waits = bool(owed) if every else staged or not is_over(register, record)
        return cls(record, what, waits, owed, _sort(every))

    def rows(self, over: Period | None, day: date | None, notes: list[str]) -> Iterator[_Row]:
        """One for each person who owes lines of it, or one; none for who said all in the period already."""
        people = dict.fromkeys(person for one in self.owed for person in one.people) or {None: None}
        for person in people if self.applies else ():
            days = self._days(person)
            once = over is not None and any(
                str(one.every) == over.length for one in self.owed if not one.cadence.restarts
            )
            if over is not None and once and any(over.first <= one <= over.last for one in days):
                whose = f"{self.record.id}{f' ({person})' if person else ''}"
                notes.append(f"{whose} has one on {max(days)} already, and is left out")
                continue
            known = {"on": day, "person": person, "kind": self.sort}
            known |= {"from": over.first, "until": over.last} if over is not None else {}
            latest = str(max(days)) if days else ""
            yield _Row(self.record, latest, {key: str(value) for key, value in known.items() if value is not None})

    def _days(self, person: str | None) -> list[date]:
        """The days of the lines that are there, of that person and of that sort."""
        lines = [one for one in self.record.data.get(self.what) or [] if isinstance(one, dict)]
        mine = [one for one in lines if person is None or one.get("person") == person]
        same = [one for one in mine if self.sort is None or one.get("kind") == self.sort]
        return [found for one in same if (found := day_at(one, "on")) is not None]


def _day(today: date, over: Period | None) -> date | None:
    """The day that a line is about, as far as it can be known: today, or the last day of a period that is over."""
    if over is None or over.first <= today <= over.last:
        return today
    return over.last if over.last < today else None
