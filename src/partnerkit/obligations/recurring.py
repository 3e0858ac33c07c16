"""What falls due again and again, or once on the way: each occurrence of what is owed, and the line that settles it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from partnerkit.obligations.lines import going_on, settling, sweep
from partnerkit.obligations.obligation import Obligation
from partnerkit.obligations.occurrences import not_asked, occurrences
from partnerkit.obligations.outlook import Outlook, cited
from partnerkit.obligations.owed import Owed, ever_owing, owing
from partnerkit.obligations.settling import Done, done
from partnerkit.obligations.windows import Window
from partnerkit.register import RecordFile
from partnerkit.rules.commands import line


def latest(outlook: Outlook, owed: Owed) -> Iterator[Obligation]:
    """Of whoever owes a cadence: the latest open occurrence, which counts those before it, and the next."""
    so_far = done(outlook, owed)
    found = occurrences(outlook, owed, so_far)
    for person in owed.people:
        windows = [one.window for one in found if one.open and one.person == person]
        passed = [window for window in windows if window.due <= outlook.day]
        coming = [window for window in windows if window.due > outlook.day]
        for some in (passed, coming[:1]):
            if some:
                yield _obligation(outlook, owed, so_far, person, some)


def every_occurrence(outlook: Outlook, since: date, settled: date, left: date) -> Iterator[tuple[Obligation, bool]]:
    """Each occurrence by itself, and whether it is open: all those since a day, and the latest missed, however old.

    What is not asked for any more, because the record left its stages, is among them, and is not open.

    Args:
        outlook: the register on the day.
        since: from when on they are told.
        settled: from when on those that are not open are.
        left: since when records may have left, of which those are told that are not asked for any more.
    """
    for owed in owing(outlook):
        so_far = done(outlook, owed)
        found = occurrences(outlook, owed, so_far)
        missed = {one.person: one for one in found if one.open and one.window.due <= outlook.day}
        for one in found:
            if one.window.due >= (since if one.open else settled) or one is missed.get(one.person):
                yield _obligation(outlook, owed, so_far, one.person, [one.window]), one.open
    for owed in ever_owing(outlook):
        windows = list(not_asked(outlook, owed, settled, left))
        for person in owed.people if windows else ():
            for window in windows:
                yield _obligation(outlook, owed, Done([], [], logged=owed.logged), person, [window]), False


def _obligation(outlook: Outlook, owed: Owed, so_far: Done, person: str | None, windows: list[Window]) -> Obligation:
    """The latest of the open windows; those before it are counted in it."""
    latest, record = windows[-1], owed.record
    role = owed.policy.value(owed.cadence.role)
    begins, ends = latest.proposed if not owed.once else (latest.start, latest.due)
    draft = so_far.draft(latest, person)
    if record is not None and owed.cadence.leads_to is not None:
        return _leading(outlook, owed, record, latest)
    return outlook.owed(
        owed.policy,
        record,
        "cadence",
        owed.name,
        owed.title,
        suffix=(person, latest.due),
        turn=latest.turn,
        due=latest.due,
        since=latest.start,
        first=windows[0].due if len(windows) > 1 else None,
        missed=len(windows) - 1,
        clause=cited(owed.policy, owed.cadence.clause),
        role=role,
        people=outlook.holders(owed.policy, role, record) or ((person,) if person else ()),
        person=person,
        command=going_on(outlook, draft) if draft is not None else settling(owed, (begins, ends), person),
        draft=draft.id if draft is not None else None,
        note=_since(owed, latest) or owed.cadence.note,
        begins=begins,
        ends=ends,
        sweep=() if person or draft is not None else sweep(owed),
    )


def _since(owed: Owed, window: Window) -> str | None:
    """Since when nothing happened, where the time is counted from the latest that did."""
    if not owed.cadence.restarts:
        return None
    return f"nothing since {window.start}{f'. {owed.cadence.note}' if owed.cadence.note else ''}"


def _leading(outlook: Outlook, owed: Owed, record: RecordFile, window: Window) -> Obligation:
    """That somebody may take the record elsewhere now: it is open from that day on, and never late."""
    role = owed.policy.value(owed.cadence.role)
    return outlook.owed(
        owed.policy,
        record,
        "cadence",
        owed.name,
        owed.title,
        suffix=(window.due,),
        turn=window.turn,
        since=window.due,
        clause=cited(owed.policy, owed.cadence.clause),
        role=role,
        people=outlook.holders(owed.policy, role, record),
        command=line("gates", record.id, str(owed.cadence.leads_to)),
        note=_since(owed, window),
    )
