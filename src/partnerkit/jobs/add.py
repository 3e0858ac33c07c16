"""Add what a requirement asks for (evidence, scores, acknowledgement, signature) or a line of a log."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from partnerkit.dataclass import dataclass
from partnerkit.errors import WrongCallError
from partnerkit.jobs.adding import Added, Work, keys_taken
from partnerkit.jobs.blank_sheet import is_blank
from partnerkit.jobs.chosen import Chosen, One, all_or_none, shortened
from partnerkit.jobs.desk import Desk
from partnerkit.jobs.evidence import evidence
from partnerkit.jobs.landing import Landed, Outcome, Planned, land
from partnerkit.jobs.logbook import log_line, says_again
from partnerkit.jobs.named_record import record as record_of
from partnerkit.jobs.named_record import source
from partnerkit.jobs.parties import acknowledged, signed
from partnerkit.jobs.recounting import recounted
from partnerkit.jobs.scorecard import scores
from partnerkit.jobs.sheet_lines import told_by_row
from partnerkit.jobs.sheet_sorted import one_for_each
from partnerkit.jobs.statements import SPOKEN, Voice, trailers, withdrawn
from partnerkit.jobs.through import going_on
from partnerkit.register import RecordFile
from partnerkit.rules.commands import line
from partnerkit.rules.gate import Situation, alternatives, answer, applies, ask
from partnerkit.rules.question import Question
from partnerkit.store.draft import Draft

#: How long the list of ids in a commit message's first line may be.
_SUBJECT = 60

#: What to do about rows that say what is there.
_ONCE = "take the rows out of the sheet; where it did happen twice, add the second line by hand"

#: What the words of a dry run leave out: nobody typed it.
_OF_EVERY_STATEMENT = {"id", "requirement", "at", "by", "recorded-by", "clock"}

_WRITERS: dict[str, Callable[[Work], tuple[dict[str, Any], Any]]] = {
    "evidence": evidence,
    "period": evidence,
    "scores": scores,
    "acknowledged": acknowledged,
    "signed": signed,
}


def add(desk: Desk, records: Chosen, added: Added, voice: Callable[[str], Voice], *, go_on: bool = False) -> Landed:
    """Add something to one or many records, as one commit: all or nothing.

    Args:
        desk: where and when.
        records: which records. The columns of a sheet are the keys of what is added; rows that leave everything empty
            that a person fills in are passed over.
        added: what is added; what a row says goes before it.
        voice: whose word it is.
        go_on: whether the records then go on through their main stages, as far as everything is there.

    Raises:
        WrongCallError: an unknown record, requirement, log or key, or a file that cannot be read.
        Refused: the result would not satisfy the model or the policy.
    """
    rows: dict[tuple[str, int], str] = {}

    def plan(draft: Draft) -> Planned:
        rows.clear()
        general = voice(desk.actor(draft.base))
        made: list[_Made] = []
        passed: list[One] = []
        twice: list[One] = []
        notes: list[str] = []

        def put(one: One) -> None:
            record = record_of(draft.after, one.id)
            if is_blank(draft.after, record, added.what, one):
                passed.append(one)
                return
            spoken, cells = _spoken(draft, record, added.what, one, general)
            mine = added.of_row(cells)
            work = Work(desk, draft, record, spoken, mine)
            data, result = addition(work)
            if says_again(work, result):
                if one.place is not None:
                    twice.append(one)
                    return
                notes.append(
                    f"{added.what} of {one.id} holds the same line already: partnerkit undo takes this one back"
                )
            if one.place is not None:
                rows[one.id, len(record.data.get(added.what) or [])] = one.place
            new = draft.put(data, record.path)
            made.append(_Made(one, new, result, mine))

        each = [line for row in records.each(desk, draft.after) for line in _lines_of(draft, added.what, row)]
        all_or_none(desk, each, put)
        _demand_new(added.what, twice)
        last = {one.record.id: one for one in made}  # what a later row brings is not missing
        notes += [note for one in last.values() for note in still_missing(desk, draft, one.record, one.added)]
        return _planned(added.what, each, made, passed, notes)

    with told_by_row(added.what, rows):
        return land(desk, going_on(desk, plan, lambda made: [found for found, _what, _result in made], go=go_on))


def _lines_of(draft: Draft, what: str, row: One) -> list[One]:
    """A row of a sheet as one for each line of a log that it says."""
    found = draft.after.records.get(row.id)
    if found is None or not row.columns:  # who is not there is told where something is added to them
        return [row]
    return one_for_each(source(draft.after, found).policy, found.kind, what, row)


def _demand_new(what: str, twice: list[One]) -> None:
    """Whether every row of a sheet brings something.

    Raises:
        WrongCallError: some say what the log holds, or an earlier row says; read twice, a sheet would double it.
    """
    if twice:
        places = shortened([one.place or one.id for one in twice])
        ids = shortened(list(dict.fromkeys(one.id for one in twice)))
        raise WrongCallError(f"{places}: {what} of {ids}: it is there already; nothing changed", _ONCE)


@dataclass(frozen=True, slots=True)
class _Made:
    """What was added: to which record, as it stands then; the statement or line; what was typed of it."""

    one: One
    record: RecordFile
    result: Any
    added: Added


def _planned(what: str, each: list[One], made: list[_Made], passed: list[One], notes: list[str]) -> Planned:
    if passed:
        notes.append(f"{len(passed)} row{'s' if len(passed) > 1 else ''} left empty and passed over: {_lines(passed)}")
    done = {id(one.one): f"{what}: {_in_words(one.result)}" for one in made}
    outcomes = [Outcome(one.id, done.get(id(one), "passed over: left empty"), one.place) for one in each]
    if not made:
        return Planned(f"nothing to add: {each[0].place} and all other rows are empty", [], [], {}, notes, outcomes)
    names = list(dict.fromkeys(one.record.id for one in made))
    ids = ", ".join(names)
    lines = f", {len(made)} lines" if len(made) > len(names) else ""
    shown = ids if len(ids) <= _SUBJECT or len(names) == 1 else f"{len(names)} records"
    subject = f"{made[0].record.kind}/{shown}: add {what}{lines}"
    body = [f"{one.record.id}: {what} {_shown(one.result)}" for one in made]
    entries = trailers("add", [(one.record, None) for one in made])
    return Planned(subject, [(one.record, what, one.result) for one in made], body, entries, notes, outcomes)


def _lines(passed: list[One]) -> str:
    return shortened([f"line {(one.place or '').rpartition(':')[2]}" for one in passed])


def _in_words(result: Any) -> str:
    """What was added as it was said, without what every statement says."""
    said = result.items() if isinstance(result, dict) else ()
    return ", ".join(f"{key}={_word(value)}" for key, value in said if key not in _OF_EVERY_STATEMENT)


def _word(value: Any) -> str:
    if isinstance(value, dict):
        return " ".join(_word(one) for one in value.values())
    return str(value).lower() if isinstance(value, bool) else str(value)


def _spoken(draft: Draft, record: RecordFile, what: str, one: One, general: Voice) -> tuple[Voice, dict[str, str]]:
    """Who speaks in a row, and its other cells: `on` is the line's own where the lines of a log have it."""
    keys = keys_taken(source(draft.after, record).policy, record.kind, what) or ()
    spoken = {key: text for key, text in one.cells.items() if key in SPOKEN and key not in keys}
    return general.of_row(spoken, draft.base), {key: text for key, text in one.cells.items() if key not in spoken}


def still_missing(desk: Desk, draft: Draft, record: RecordFile, added: Added) -> list[str]:
    """What the requirement still lacks after what was added to it."""
    if added.what not in source(draft.after, record).policy.requirements or "withdraw" in added.values:
        return []
    question = _asked(desk, draft, record, added.what)
    given = answer(question)
    return (
        [] if given.met or not applies(question) else [f"{added.what} is not met yet by {record.id}. {given.missing}"]
    )


def _asked(desk: Desk, draft: Draft, record: RecordFile, name: str) -> Question:
    """A requirement, asked of the record as it stands in the draft."""
    since = record.came.at
    origin = source(draft.after, record)
    situation = Situation(record, record, draft.base, draft.after, origin, desk.now, since)
    return ask(situation, record.stage, name)


def _shown(result: Any) -> str:
    return str(result.get("id", "")) if isinstance(result, dict) else ""


def addition(work: Work) -> tuple[dict[str, Any], Any]:
    """The data of a record with what is added to it, and that: a statement, or a line of a log.

    Raises:
        WrongCallError: nothing of that name can be added, or it is not said as it must be.
    """
    added = work.added
    if "withdraw" in added.values:
        reason = added.reason or added.values.get("reason")
        if not reason:
            raise WrongCallError("a statement is withdrawn with its reason", "--reason '<reason>'")
        target = added.values["withdraw"]
        return withdrawn(work.desk, work.record.data, target, work.voice.actor, reason), {"id": target}
    if added.what in work.policy.requirements:
        writer = _WRITERS.get(work.requirement.type)
        if writer is None:
            raise WrongCallError(*_not_added(work))
        return writer(work)
    return recounted(work) or log_line(work)


def _not_added(work: Work) -> tuple[str, str]:
    """That nothing can be added to the requirement, and the lines that meet it; of alternatives, those of each."""
    question = _asked(work.desk, work.draft, work.record, work.added.what)
    names = work.requirement.any_of
    answers = [one.answer for one in alternatives(question, names)] if names else [answer(question)]
    lines = dict.fromkeys(given.command for given in answers if given.command and not given.met)
    message = f"{question.name} is not met by adding something ({work.requirement.type})"
    return message, " or ".join(lines) or line("gates", work.record.id)
