"""What is owed as events of a calendar: each with a name that it keeps when its day is moved."""

from __future__ import annotations

import uuid
from collections.abc import Iterable, Iterator, Mapping
from datetime import UTC, date, datetime, time, timedelta

from partnerkit.dataclass import dataclass, field
from partnerkit.errors import WrongCallError
from partnerkit.jobs.desk import Desk
from partnerkit.jobs.seeing import ids_told, names_unseen, owed, sight
from partnerkit.jobs.today import Today, today
from partnerkit.kinds.classified import Classification
from partnerkit.kinds.duration import Duration
from partnerkit.obligations.dated import every_day
from partnerkit.obligations.event import Event
from partnerkit.obligations.notices import every_notice
from partnerkit.obligations.obligation import Obligation
from partnerkit.obligations.outlook import in_words
from partnerkit.obligations.recurring import every_occurrence
from partnerkit.rules.sight import Seen, Sight
from partnerkit.store.git.history import landed

#: Names of events are made of this one and of what they are about.
_NAMES = uuid.UUID("6f1f6a0e-6d0b-5b52-9a55-3c1f0c7c8b1d")

#: The states in which something is still to come, so that somebody can be reminded of it.
_AHEAD = frozenset({"due", "upcoming"})


@dataclass(frozen=True, slots=True)
class Asked:
    """What is to be in the calendar, and how it is called there.

    Attributes:
        within: how far ahead to look, as a duration.
        back: how far back: what was missed before is not told one by one.
        settled: how far back and ahead: what is settled is told where its day lies no further off; and what was to come
            once, where that came to nothing no longer ago.
        level: the strictest classification that its readers may see.
        names: whether records are called by their names, and people by those to which they agreed.
        alarms: how long before its day somebody is reminded of an event, as durations.
        me: only what concerns the person who acts.
        person: only what concerns this person.
        role: only what this role sees to.
    """

    within: str
    back: str
    settled: str
    level: Classification
    names: bool = False
    alarms: tuple[str, ...] = ()
    me: bool = False
    person: str | None = None
    role: str | None = None


@dataclass(frozen=True, slots=True)
class Calendar:
    """What is in it.

    Attributes:
        name: whose register it is.
        whose: the person or role that was asked for, as they may be called; None for everybody.
        day: the day from which it was seen.
        until: the last day that it holds.
        stamp: the moment of which it tells: the later of that day's beginning and of what landed last.
        events: the events, by day.
        dayless: how many things are open that stand on no day.
        broken: ids of records that could not be read.
    """

    name: str
    whose: str | None
    day: date
    until: date
    stamp: datetime
    events: list[Event]
    dayless: int
    broken: list[str]


def calendar(desk: Desk, asked: Asked) -> Calendar:
    """What is owed in the working tree, as events.

    Raises:
        WrongCallError: no duration, an unknown person or role, or more than one of me, person and role.
        CannotWorkError: there is no register, or the private place cannot be read.
    """
    alarms = [_span("--alarm", text) for text in asked.alarms]
    back, settled = _span("--back", asked.back), _span("--settled", asked.settled)
    found = today(desk, asked.within, me=asked.me, person=asked.person, role=asked.role)
    seen = sight(desk, found.outlook.register, asked.level, named=asked.names)
    every = [(one, open_) for one, open_ in _every(found, back, settled) if found.wants(one)]
    told = list(owed(seen, (one for one, _open in every)))
    known = set(map(id, told))
    maker = _Maker(seen, asked.names, alarms, _namespace(found), ids_told(seen, told))
    events: dict[str, Event] = {}
    for one, open_ in sorted(every, key=lambda pair: not pair[1]):  # an open one before what is settled
        event = maker.event(one, settled=not open_) if id(one) in known else None
        if event is not None:
            events.setdefault(event.uid, event)
    dayless = sum(one.day is None and id(one) in known for one, open_ in every if open_)
    return Calendar(
        name=found.outlook.register.settings.name,
        whose=found.role or (seen.person(found.person) if found.person else None),
        day=found.day,
        until=found.outlook.until,
        stamp=_stamp(desk, found),
        events=sorted(events.values(), key=lambda one: (one.day, one.owed.record, one.owed.thing)),
        dayless=dayless,
        broken=found.broken,
    )


def _every(found: Today, back: Duration, settled: Duration) -> Iterator[tuple[Obligation, bool]]:
    """Everything that is open, each occurrence by itself; and what is settled, where a calendar may hold it."""
    outlook, near = found.outlook, (_before(found.day, settled), _after(found.day, settled))
    ahead = outlook.until - found.day
    left = found.day - min(ahead, found.day - date.min)
    occurrences = every_occurrence(outlook, _before(found.day, back), near[0], left)
    yield from ((one, True) for one in found.obligations if one.source != "cadence")
    for source in (occurrences, every_day(outlook, near[0]), every_notice(outlook)):
        for one, open_ in source:
            if one.source == "cadence" if open_ else _is_told_off(found, one, near, ahead):
                yield one, open_


def _before(day: date, span: Duration) -> date:
    try:
        return span.before(day)
    except OverflowError:
        return date.min


def _after(day: date, span: Duration) -> date:
    try:
        return span.after(day)
    except OverflowError:
        return date.max


def _is_told_off(found: Today, one: Obligation, near: tuple[date, date], ahead: timedelta) -> bool:
    """Whether what is settled is told: its day is near, or it was to come once and came to nothing lately.

    No calendar holds what lay further ahead than is looked when its record came to its end.
    """
    day, ended = one.due or one.since, _ended(found, one)
    if day is None or near[0] >= found.day or (ended is not None and day - ended > ahead):
        return False
    if one.source == "cadence" or day <= near[1]:
        return near[0] <= day <= near[1]
    return ended is None or ended >= near[0]


def _ended(found: Today, one: Obligation) -> date | None:
    """The day on which its record came to its end; None where it did not."""
    register = found.outlook.register
    record, source = register.records.get(one.record), register.policies.get(one.policy)
    over = record is not None and source is not None and found.outlook.is_over(source.policy, record)
    return register.since(record) if over and record is not None else None


def _namespace(found: Today) -> str:
    """What tells the policies of this register from those of others, whatever it is called: how its first record began.

    As long as there is no record, its name does.
    """
    register = found.outlook.register
    first = min(((one.model.history[0].at, key) for key, one in register.births.items()), default=None)
    return first[1] if first is not None else register.settings.name


def _stamp(desk: Desk, found: Today) -> datetime:
    begins = datetime.combine(found.day, time(), found.outlook.register.settings.zone).astimezone(UTC)
    head = desk.git.head()
    return max(begins, landed(desk.git, head).date.astimezone(UTC)) if head is not None else begins


def _span(option: str, text: str) -> Duration:
    try:
        return Duration.parse(text)
    except ValueError as error:
        raise WrongCallError(f"{option} {text!r}: {error}", f"{option} P7D") from error


def _days(alarms: Iterable[Duration], day: date) -> Iterator[int]:
    """How many days before a day somebody is reminded: calendars know no months there."""
    for one in alarms:
        try:
            yield (day - one.before(day)).days
        except OverflowError:
            continue


@dataclass(frozen=True, slots=True)
class _Maker:
    """Makes events of what is owed, for readers of a level."""

    seen: Sight
    names: bool
    alarms: list[Duration]
    namespace: str
    ids: Mapping[str, str]
    looked: dict[str, Seen | None] = field(default_factory=dict)

    def event(self, one: Obligation, *, settled: bool) -> Event | None:
        """The event; None where it stands on no day."""
        day = one.due or one.since
        if day is None:
            return None
        record = self.seen.register.records.get(one.record)
        if record is not None and one.record not in self.looked:
            self.looked[one.record] = self.seen.seen(record)
        shown = self.looked.get(one.record)
        born = record.model.history[0].id if record is not None else self.namespace
        whole = shown is None or not shown.withheld
        ahead = not settled and one.state in _AHEAD
        title = one.title if self.names and whole else one.plain
        return Event(
            uid=str(uuid.uuid5(_NAMES, f"{born}/{one.thing}")),
            day=day,
            owed=one,
            obligation=self.ids[one.id],
            name=(shown.name if shown is not None else one.name) if self.names else one.record,
            title=in_words(one.source) if names_unseen(self.seen, title) else title,
            command=None if one.command is None or names_unseen(self.seen, one.command) else one.command,
            owes=self.seen.person(one.person) if one.person and whole and self.seen.told([one.person]) else None,
            people=tuple(dict.fromkeys(map(self.seen.person, self.seen.told(one.people)))) if whole else (),
            settled=settled,
            alarms=tuple(dict.fromkeys(_days(self.alarms, day))) if ahead else (),
        )
