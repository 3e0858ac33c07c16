"""Rows of a database: what is owed, and what is found of everything that stands."""

from __future__ import annotations

import json
from collections.abc import Iterable
from datetime import date

from partnerkit.findings import Finding, in_order
from partnerkit.jobs.database_rules import Rows, day_text
from partnerkit.jobs.desk import Desk
from partnerkit.jobs.seeing import ids_told, names_unseen, owed
from partnerkit.jobs.standing_then import Then
from partnerkit.kinds.duration import Duration
from partnerkit.obligations.gathered import obligations, outlook
from partnerkit.obligations.obligation import Obligation
from partnerkit.obligations.outlook import in_words
from partnerkit.rules.codes import CODES
from partnerkit.rules.sight import Sight
from partnerkit.rules.standing import judge_register
from partnerkit.store.record_paths import record_id

#: How far ahead is looked.
_AHEAD = Duration.parse("P1Y")


def add_obligations(rows: Rows, seen: Sight, day: date) -> None:
    """What is late, due, coming or waiting, as far as it may be told."""
    found = obligations(outlook(seen.register, day, _AHEAD))
    partly = _withholding(seen, {one.record for one in found})
    told = list(owed(seen, found))
    ids = ids_told(seen, told)
    for one in told:
        _obligation(rows, seen, one, day, ids[one.id], whole=one.record not in partly)


def _withholding(seen: Sight, ids: Iterable[str]) -> set[str]:
    """The records of which something is withheld."""
    records = (seen.register.records[one] for one in ids if one in seen.register.records)
    return {one.id for one in records if (shown := seen.seen(one)) is None or shown.withheld}


def _obligation(rows: Rows, seen: Sight, one: Obligation, day: date, id_: str, *, whole: bool) -> None:
    """One of them; words of a record of which something is withheld stay out."""
    title = one.title if whole else one.plain
    title = in_words(one.source) if names_unseen(seen, title) else title
    command = None if one.command is None or names_unseen(seen, one.command) else one.command
    record = one.record if one.record in seen.register.records else None
    people = seen.told(one.people) if whole else ()
    told = seen.told([one.person] if one.person is not None and whole else [])
    owes = next((who for who in told if rows.knows(who)), None)
    rows.add(
        "obligations",
        *(None, id_, one.state, one.severity, day_text(one.due), day_text(one.since), one.late_by(day), one.missed),
        day_text(one.first or one.due),
        *(record, one.policy, one.kind, one.source, one.what, title, one.clause, one.role),
        *(rows.person(owes), json.dumps(people) if people else None, command),
    )


def add_findings(desk: Desk, rows: Rows, seen: Sight, then: Then) -> None:
    """What is found of everything that stands, as far as it may be told."""
    found = judge_register(then.register, then.moment, None, then.latest, desk.judging)
    partly = _withholding(seen, {one.record for one in found if one.record is not None})
    for one in in_order(found):
        if _told(seen, one):
            _finding(rows, seen, one, whole=one.record not in partly)


def _told(seen: Sight, one: Finding) -> bool:
    """Whether readers may know of the record, or the file, that it is about."""
    if one.record is not None and one.record in seen.register.records:
        return seen.shows(one.record)
    return one.record is None and record_id(one.file or "") is None


def _finding(rows: Rows, seen: Sight, one: Finding, *, whole: bool) -> None:
    said = f"{one.message} {one.mend or ''}"
    whole = whole and not names_unseen(seen, said)
    message, mend = (one.message, one.mend) if whole else (CODES.get(one.code, one.code), None)
    rows.add("findings", None, one.severity, one.code, one.record, message, one.file, one.line, one.clause, mend)
