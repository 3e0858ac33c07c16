"""The tables of an exported database: what each is, and what each of its columns holds."""

from __future__ import annotations

from partnerkit.jobs.database_cells import numbered, of_policy, of_record, scalars, somebody
from partnerkit.kinds.catalogue import KINDS
from partnerkit.kinds.record import Record
from partnerkit.store.disk.database import Column, Table

#: The version of what follows: it grows when a column or its meaning goes or changes.
VERSION = 1

_KEY, _INTEGER = "TEXT PRIMARY KEY", "INTEGER"


_ABOUT = Table(
    "about",
    "What this file is, and what each table and column of it holds.",
    (
        Column("thing", "A word about the file, the name of a table or view, or of a column as `table.column`.", _KEY),
        Column("says", "What it is."),
    ),
)

_POLICIES = Table(
    "policies",
    "A policy that governs records.",
    (
        Column("id", "Its id.", _KEY),
        Column("title", "Its name."),
        Column("version", "The written policy's own version."),
        Column("effective", "The day it came into force."),
        Column("review_due", "The day its own review is due."),
        Column("owner", "The role that owns it."),
        Column("pack", "The pack from which the register took it."),
        Column("pack_version", "Version of this rendering of it as data."),
    ),
)

_STAGES = Table(
    "stages",
    "A stage of a kind of record under a policy.",
    (
        numbered(),
        of_policy(),
        Column("kind", "The kind of record."),
        Column("stage", "The stage."),
        Column("title", "What it means, in words."),
        Column("place", "Where it comes in the order of the policy, from 1.", _INTEGER),
        Column("over", "1 where nothing falls due in it any more.", _INTEGER),
    ),
)

_CLAUSES = Table(
    "clauses",
    "A clause of a policy that must be accounted for: a point, or a heading without any.",
    (
        Column("id", "The clause as messages name it.", _KEY),
        of_policy(),
        Column("clause", "The clause inside its policy."),
        Column("state", "implemented, narrative, or unaccounted."),
        Column("implemented_by", "What implements it."),
        Column("narrative", "Why nothing does, where the policy says so."),
    ),
    indexed=("policy",),
)

_REQUIREMENTS = Table(
    "requirements",
    "One thing that a policy can demand.",
    (
        Column("id", "The policy and its name there.", _KEY),
        of_policy(),
        Column("requirement", "Its name, as `gates` has it."),
        Column("title", "What it is, in words."),
        Column("type", "What sort of demand it is."),
        Column("clauses", "The clauses that it cites."),
        Column("advisory", "1 where it only warns.", _INTEGER),
        Column("waivable_by", "The role that may waive it; none: nobody."),
    ),
)

_GATES = Table(
    "gates",
    "A requirement of a gate: of a way from one stage to another.",
    (
        numbered(),
        of_policy(),
        Column("kind", "The kind of record."),
        Column("from_stage", "The stage left."),
        Column("to_stage", "The stage reached."),
        Column("main", "1 where it is the usual way on.", _INTEGER),
        Column("requirement", "What it needs; none where it needs nothing.", refers="requirements"),
    ),
    indexed=("requirement",),
)

_PEOPLE = Table(
    "people",
    "Somebody who is named in the register, by an opaque id.",
    (
        Column("id", "The opaque id.", _KEY),
        Column("name", "The name, of those who agreed to be named before readers of this file."),
        Column("on_roster", "1 where the roster knows them.", _INTEGER),
    ),
)

_ROLES = Table(
    "people_roles",
    "A role that somebody holds or held, by the roster.",
    (
        numbered(),
        somebody("person", "Who."),
        Column("role", "The role."),
        Column("from_day", "First day."),
        Column("until_day", "Last day, where it has ended or will."),
        Column("scope", "For what only, as JSON; none: everywhere."),
        Column("held", "1 where it is held on the day of this file.", _INTEGER),
    ),
    indexed=("person", "role"),
)

_RECORDS = Table(
    "records",
    "A record, of any kind.",
    (
        Column("id", "Its id.", _KEY),
        Column("kind", "What it is."),
        of_policy("The policy that governs it."),
        Column("stage", "Where it stands."),
        Column("since", "Since which day."),
        Column("days_in_stage", "How many days ago that was.", _INTEGER),
        Column("over", "1 where nothing falls due for it any more.", _INTEGER),
        Column("name", "Its name in words."),
        Column("subject", "The record it belongs to.", refers="records"),
        Column("classification", "Who may see it; internal where it does not say."),
        Column("made", "The day on which it came into the register."),
        Column("withheld", "How many of its fields are above the level of this file, and not in it.", _INTEGER),
        Column("path", "Its file."),
    ),
    indexed=("kind", "stage", "policy", "subject"),
    searched=("id", "name"),
)

_FIELDS = Table(
    "fields",
    "A value in a record: of a field, of a part of a block, of an item of a list.",
    (
        numbered(),
        of_record(),
        Column("path", "Where it stands, such as `milestones.m1.due`; items by their id, else counted from 0."),
        Column("value", "The value, as text."),
        Column("number", "The same as a number, where it is one.", "REAL"),
    ),
    indexed=("record", "path"),
)

_STATEMENTS = Table(
    "statements",
    "Evidence, a decision, a waiver, a scorecard, an acknowledgement or a signature: who says what, when.",
    (
        numbered(),
        of_record(),
        Column("id", "Its id."),
        Column("list", "Which list of the record it stands in."),
        Column("requirement", "The requirement that it speaks to."),
        Column("at", "When it was recorded, in UTC."),
        Column("day", "The day it was said or done."),
        somebody("by", "Who says so."),
        somebody("recorded_by", "Who typed it, where that is somebody else."),
        Column("seen", "Where the typist saw it."),
        Column("role", "The role in which it was said."),
        Column("party", "Which party of the record says it."),
        Column("kind", "Of evidence: what it is."),
        Column("outcome", "What came out: of evidence its outcome, of an approval the decision, else the answer."),
        Column("says", "What it says in words: a summary, a reason, a text."),
        Column("marks", "Of a scorecard: each criterion with its points and why, as JSON."),
        Column("ref", "Where the thing is."),
        Column("digest", "SHA-256 of its bytes."),
        Column("until", "The last day on which it may be relied on."),
        Column("withdrawn", "The day it stopped counting; none: it counts."),
        Column("withdrawn_why", "Why it does not count any more."),
    ),
    indexed=("record", "by", "requirement"),
)

_ENTRIES = Table(
    "entries",
    "A line of a record's history.",
    (
        numbered(),
        of_record(),
        Column("seq", "Its number in the record, from 1.", _INTEGER),
        Column("id", "Its id."),
        Column("type", "create, move, adopt, undo, void, correct, migrate or tombstone."),
        Column("from_stage", "The stage left."),
        Column("to_stage", "The stage reached."),
        Column("at", "When, in UTC."),
        Column("day", "The same as a day where the register is."),
        somebody("by", "Who."),
        Column("reason", "Why, where it says so."),
        Column("undoes", "The id of the entry that it takes back."),
        Column("clock_set", "1 where the day was set by hand.", _INTEGER),
    ),
    indexed=("record", "by"),
)

_LINKS = Table(
    "links",
    "A record that names another one in a field.",
    (
        numbered(),
        of_record("The record that names the other."),
        Column("field", "The field."),
        Column("to_record", "The record that is named.", refers="records"),
    ),
    indexed=("record", "to_record"),
)

_OBLIGATIONS = Table(
    "obligations",
    "What is late, due, coming within a year, or waiting; of rhythms the latest missed and the next.",
    (
        numbered(),
        Column("id", "Its id, unique and stable."),
        Column("state", "late, due, upcoming or waiting."),
        Column("severity", "error, warning or info."),
        Column("due", "The last day in time."),
        Column("since", "Since when it can be done, or stands open."),
        Column("days_late", "How many days late it is, or the first of those missed; 0 where it is not.", _INTEGER),
        Column("missed", "How many occurrences before it are open too.", _INTEGER),
        Column("first_due", "The last day in time of the first of them; of itself, where there are none."),
        of_record("The record that owes it; none where the policy as a whole does."),
        of_policy("The policy that asks for it."),
        Column("kind", "The kind of record; `policy` where that owes it."),
        Column("source", "Where it comes from, such as cadence, milestone or expiry."),
        Column("what", "Which cadence, requirement, field or role."),
        Column("title", "What is to be done."),
        Column("clause", "The clause that says so."),
        Column("role", "The role that sees to it."),
        somebody("person", "Who owes it, where each of several does, or is waited for; none where a party is."),
        Column("people", "Everybody who can do it, as JSON."),
        Column("command", "The line that does it, or leads to it."),
    ),
    indexed=("state", "due", "record", "person"),
)

_FINDINGS = Table(
    "findings",
    "What `check` finds of everything that stands.",
    (
        numbered(),
        Column("severity", "error, warning or info."),
        Column("code", "The sort of finding: `partnerkit why CODE`."),
        of_record("The record concerned."),
        Column("message", "What is wrong; where that would tell too much, what the code means."),
        Column("file", "The file."),
        Column("line", "The line in it.", _INTEGER),
        Column("clause", "The clause."),
        Column("mend", "What to do about it."),
    ),
    indexed=("record", "code"),
)

_TEXTS = Table(
    "texts",
    "What a record, its statements and its history say, as `list --search` looks for it.",
    (
        numbered(),
        of_record(),
        Column("path", "Where it stands, as `set` takes it: items, statements and entries by their ids."),
        Column("text", "What it says."),
    ),
    indexed=("record",),
    searched=("text",),
)


def _of_kind(kind: str, model: type[Record]) -> Table:
    columns = (Column("id", f"The {kind}.", _KEY, refers="records"), *(column for _key, column in scalars(model)))
    means = f"What one cell can hold of a record of the kind {kind}; all else stands in `fields`."
    return Table(model.folder, means, columns)


#: Every table; what one leads to comes before it.
TABLES: tuple[Table, ...] = (
    *(_ABOUT, _POLICIES, _STAGES, _CLAUSES, _REQUIREMENTS, _GATES, _PEOPLE, _ROLES, _RECORDS),
    *(_of_kind(kind, model) for kind, model in KINDS.items()),
    *(_FIELDS, _STATEMENTS, _ENTRIES, _LINKS, _OBLIGATIONS, _FINDINGS, _TEXTS),
)
