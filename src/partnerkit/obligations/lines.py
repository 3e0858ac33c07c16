"""The lines to paste that settle what is owed: for one record, and for many at once."""

from __future__ import annotations

from datetime import date

from partnerkit.kinds.catalogue import KINDS
from partnerkit.kinds.record import FIXED
from partnerkit.obligations.outlook import Outlook
from partnerkit.obligations.owed import Owed
from partnerkit.register import RecordFile
from partnerkit.rules.commands import line
from partnerkit.rules.gate import gate
from partnerkit.rules.look import situation_of


def settling(owed: Owed, time: tuple[date, date], person: str | None) -> str:
    """The line that settles an occurrence: a line of the log, or a new record about its time."""
    if owed.logged:
        return line("add", owed.owner, *_log_words(owed, person))
    model = KINDS[owed.settles]
    words = [f"{model.subject}={owed.owner}"] if model.subject else []
    words += _sort(owed)
    words += [f"{key}={day}" for key, day in zip(model.period or (), time, strict=False)]
    words += [f"person={person}"] if person else []
    given = {*FIXED, model.named_by, *(word.partition("=")[0] for word in words)}
    keys = [info.alias or name for name, info in model.model_fields.items() if info.is_required()]
    words += [f"{key}=<{owed.settles}.{key}>" for key in keys if key not in given]
    return line("new", owed.settles, f"{owed.title} to {time[1]}", *words)


def sweep(owed: Owed) -> tuple[str, ...]:
    """The words of a line that settles it for many records: without those for one record, its time and its title."""
    if owed.record is None:
        return ()
    return ("add", *_log_words(owed, None)) if owed.logged else ("new", owed.settles, *_sort(owed))


def _sort(owed: Owed) -> list[str]:
    field = KINDS[owed.settles].sort
    return [f"{field}={owed.sort}"] if field and owed.sort else []


def _log_words(owed: Owed, person: str | None) -> list[str]:
    """What `add` takes beside the record: the log and the keys of a line; its day and its author are known."""
    from partnerkit.policies.lists import asked_for  # noqa: PLC0415 - only where a log settles something

    given = {key: value for key, value in (("kind", owed.sort), ("person", person)) if value}
    absent = [key for key in asked_for(owed.policy, owed.cadence.of, owed.settles) or [] if key not in given]
    return [
        owed.settles,
        *(f"{key}={value}" for key, value in given.items()),
        *(f"{key}=<{owed.settles}.{key}>" for key in absent),
    ]


def going_on(outlook: Outlook, record: RecordFile) -> str:
    """The line that brings a record on: the first thing that its next gate lacks, or the advance itself."""
    look = outlook.look(record)
    way = next((one for one in outlook.ways(look.policy, record) if one.main), None)
    if way is None:
        return line("gates", record.id)
    unmet = [one.answer for one in gate(situation_of(look), way) if not one.answer.met]
    return next((one.command for one in unmet if one.command), line("gates" if unmet else "advance", record.id))
