"""What a branch, or what lies in the working tree, means to whoever reviews it. Its cost follows the change."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from datetime import date

from partnerkit.dataclass import dataclass, field, replace
from partnerkit.errors import CannotWorkError
from partnerkit.findings import Finding, worst_first
from partnerkit.jobs.beside import neighbours
from partnerkit.jobs.check import judged_change
from partnerkit.jobs.compared import Compared, compared, files_differing
from partnerkit.jobs.desk import Desk
from partnerkit.jobs.files_beside import files_beside
from partnerkit.jobs.whose_word import words_of_others, would_commit
from partnerkit.obligations.obligation import Obligation
from partnerkit.register import ROSTER_PATH, RecordFile, Register
from partnerkit.reviewing.eyes import eyes_of, eyes_of_rules
from partnerkit.reviewing.fields import eyes_of_fields
from partnerkit.reviewing.owed import Moved, came_and_went, moved, owed, told_by
from partnerkit.reviewing.records import Pair, of_record
from partnerkit.reviewing.review import End, Review, Vote
from partnerkit.reviewing.risks import risks_of
from partnerkit.reviewing.rules import of_rules
from partnerkit.reviewing.told import Eye, OfRecord
from partnerkit.rules.compared import pairs
from partnerkit.steps import Step
from partnerkit.store.git.branches import default_branch
from partnerkit.store.git.walk import landed_since, read_commits
from partnerkit.store.layout import among_rules
from partnerkit.store.record_paths import RECORDS, record_id


def diff(desk: Desk, base: str | None = None, head: str | None = None) -> Review:
    """What a change means, from where it left a branch.

    Args:
        desk: where and when.
        base: what it is to be merged into; the default branch, where None.
        head: the revision to which it leads; the working tree, where None.

    Raises:
        CannotWorkError: there is no register, the rules before cannot be read, there is no default branch, or nobody
            can say where the change began.
        WrongCallError: an unknown revision.
    """
    rev, chosen = (base, "") if base is not None else _default(desk)
    seen = compared(desk, rev, head)
    ends = End(rev, seen.base, chosen), End(head, seen.judged)
    findings = worst_first(judged_change(desk, seen).findings)
    after = seen.loaded.register
    if after is None:
        return _untold(seen, ends, findings)
    step = Step(seen.before, after, desk.latest)
    met = _Met.of(seen, step, findings)
    records = sorted(_records(desk, met, findings), key=lambda one: (*(-part for part in one.weight), one.id))
    rules = list(of_rules(step, desk.now, _roster_changed(desk, seen, after)))
    eyes = [eye for one in rules for eye in eyes_of_rules(one)]
    eyes += _eyes(desk, seen, met, records)
    eyes += [eye for one in records for eye in eyes_of_fields(one.id, one.fields)]
    votes = [
        Vote(one.id, need) for one in records if one.ahead for need in one.ahead.missing if need.wanted is not None
    ]
    files, others = files_beside(desk, seen, after)
    eyes += [*_ignored(seen), *files]
    begins = seen.before is None
    return Review(after.settings.name, *ends, findings, rules, records, eyes, votes, others, begins=begins)


def _ignored(seen: Compared) -> Iterator[Eye]:
    """The records and rules that lie in the working tree, and that git ignores."""
    for path in (one for one in seen.ignored if one in (seen.paths or ())):
        yield Eye("ignored", record_id(path) or path, f"git ignores {path}, and no commit brings it")


def _untold(seen: Compared, ends: tuple[End, End], findings: list[Finding]) -> Review:
    """What is said where the rules cannot be read: why, and which files change; of records nothing can be judged."""
    rules = [one for one in findings if record_id(one.file or "") is None]
    why = next((one for one in rules if among_rules(one.file or "")), rules[0])
    files = [*(seen.paths or ()), *(one for one in files_differing(seen) if not one.startswith(RECORDS))]
    return Review("", *ends, rules, untold=why, files=files)


def _default(desk: Desk) -> tuple[str | None, str]:
    """The branch with which to compare where nobody names one, and how it was chosen."""
    if desk.git.head() is None:
        return None, "nothing has been committed yet"
    found = default_branch(desk.git)
    if found is None:
        message = "there is no branch main or master here, and no remote says which branch is its default"
        raise CannotWorkError(message, "partnerkit diff <branch> names the one into which it is to be merged")
    return found.name, found.chosen


def _roster_changed(desk: Desk, seen: Compared, after: Register) -> date:
    """The day on which the roster was last changed, by the commits; not before where the branch began."""
    if seen.base is None or seen.head is None:
        return desk.today(after)
    changes = landed_since(desk.git, seen.head, seen.base, (ROSTER_PATH,))
    days = [after.day(one.at) for one in read_commits(desk.git, [seen.base, *changes[-1:]])]
    return max(days) if changes else max(*days, desk.today(after))


@dataclass(frozen=True, slots=True)
class _Met:
    """What changed, with what stands beside it, before and after."""

    step: Step
    after: Register
    changed: set[str]
    both: dict[str, tuple[RecordFile | None, RecordFile | None]]
    was_near: dict[str, RecordFile]
    near: dict[str, RecordFile]
    wrong: frozenset[str]
    paths: tuple[str, ...]

    @classmethod
    def of(cls, seen: Compared, step: Step, findings: list[Finding]) -> _Met:
        after = step.after
        changed = seen.changed if seen.changed is not None else {*seen.loaded.records.paths}
        both = {one.id: pair for pair in pairs(step, changed) if (one := pair[1] or pair[0]) is not None}
        read = [one for pair in both.values() for one in pair if one is not None]
        about = {one.subject for one in read if one.subject is not None} - changed
        others = seen.below(frozenset(changed | about))()
        near = _around(after, changed, about, others)
        was_near = _around(seen.before, changed, about, others) if seen.before is not None else {}
        wrong = frozenset(one.statement for one in findings if one.statement and one.severity == "error")
        return cls(step, after, changed, both, was_near, near, wrong, seen.paths or ())

    def pair(self, record: str, desk: Desk) -> Pair:
        """One of the records that differ."""
        return Pair(*self.both[record], self.step.rules, self.after, desk.now, self.wrong)

    def all(self, side: int) -> dict[str, RecordFile]:
        """The records before (0) or after (1), with those beside them."""
        mine = {one: found for one, pair in self.both.items() if (found := pair[side]) is not None}
        return {**(self.near if side else self.was_near), **mine}


def _around(register: Register, changed: set[str], about: set[str], others: set[str]) -> dict[str, RecordFile]:
    """What stands beside what changed, and all that belongs to the same: that is what says what is owed."""
    mine = {one: record for one in sorted(about) if (record := register.records.get(one)) is not None}
    return mine | neighbours(register, changed | about, others)


def _records(desk: Desk, met: _Met, findings: list[Finding]) -> Iterator[OfRecord]:
    errors = Counter(one.record for one in findings if one.severity == "error")
    read = [replace(of_record(met.pair(one, desk)), errors=errors[one]) for one in sorted(met.both)]
    owing = _owing(desk, met)
    for one in read:
        due = owing.get(one.id, _Owing())
        how = "unreadable" if one.how == "gone" and one.id in met.after.broken else one.how
        risks = tuple(risks_of(one.id, met.all(1)))
        told = replace(one, created=tuple(due.came), settled=tuple(due.went), shifted=tuple(due.moved))
        yield replace(told, how=how, risks=risks)
    for unread in sorted(met.changed - met.both.keys()):
        yield from _unread(met, unread, errors[unread])


def _unread(met: _Met, record: str, errors: int) -> Iterator[OfRecord]:
    """A record that nobody can read, or that says what it said: only its layout changes, or another file has its id."""
    known = met.after.records.get(record)
    twins = [path for path in met.paths if record_id(path) == record]
    if known is not None and twins and known.path not in twins:
        yield OfRecord(record, "record", record, "", twins[0], "twin", None, None, errors=errors)
    elif known is not None:
        facts = (record, known.kind, known.name, known.model.policy, known.path, "layout", known.stage, known.stage)
        yield OfRecord(*facts, errors=errors)
    elif record in met.after.broken:
        yield OfRecord(record, "record", record, "", "", "unreadable", None, None, errors=errors)


@dataclass(slots=True)
class _Owing:
    """What falls due with the change, what does no more, and what does on another day."""

    came: list[Obligation] = field(default_factory=list)
    went: list[Obligation] = field(default_factory=list)
    moved: list[Moved] = field(default_factory=list)


def _owing(desk: Desk, met: _Met) -> dict[str, _Owing]:
    """What the change means for what is owed, by the record of which it is told."""
    day, now = desk.today(met.after), met.all(1)
    speak: dict[str, list[RecordFile]] = {}
    for one, record in sorted(now.items()):
        if one in met.both and record.subject is not None and record.subject not in met.both:
            speak.setdefault(record.subject, []).append(record)
    whose = {*met.both, *speak}
    was = owed(met.step.before, day, met.all(0), whose) if met.step.before is not None else []
    known = [one for one in was if one.record not in met.after.broken]  # of what nobody can read, nothing is said
    came, went = came_and_went(known, owed(met.after, day, now, whose))
    shifted = moved(went, met.after, day, now)
    again = {each.id for both in shifted for each in both}
    found: dict[str, _Owing] = {}

    def of(one: Obligation) -> _Owing:
        home = one.record if one.record in met.both else told_by(met.after, one, speak[one.record]).id
        return found.setdefault(home, _Owing())

    for each in (each for each in came if each.id not in again):
        of(each).came.append(each)
    for each in (each for each in went if each.id not in again):
        of(each).went.append(each)
    for old, new in shifted:
        of(new).moved.append((old, new))
    return found


def _eyes(desk: Desk, seen: Compared, met: _Met, records: list[OfRecord]) -> Iterator[Eye]:
    """What to look at in records, in the order in which they are told."""
    both = {one.id: (old, new) for one in records for old, new in [met.both.get(one.id, (None, None))] if new}
    rules = met.step.rules
    waiting = would_commit(desk, rules) if seen.judged is None else None
    others = words_of_others(desk.git, (seen.base, seen.head), list(both.values()), rules, waiting)
    for name, (old, new) in both.items():
        yield from others[name]
        yield from eyes_of(old, new, met.after)
