"""The register as it was at the end of a day or in a commit, and a record of it."""

from __future__ import annotations

from collections.abc import Collection
from datetime import UTC, date, datetime, time, timedelta

from partnerkit.dataclass import replace
from partnerkit.errors import CannotWorkError, WrongCallError
from partnerkit.jobs.desk import Desk
from partnerkit.jobs.named_record import record
from partnerkit.jobs.shown import Shown, shown
from partnerkit.kinds.calendar import read_day
from partnerkit.kinds.expunging import explained, listed
from partnerkit.kinds.problems import did_you_mean
from partnerkit.pattern import pattern
from partnerkit.register import SETTINGS_PATH, RecordFile, Register
from partnerkit.rules.commands import line
from partnerkit.rules.former import readable, today_of
from partnerkit.store.git.history import LandedCommit, is_cut_off, landed, standing_at, versions
from partnerkit.store.git.trees import CommitTree, Tree, WorkingTree
from partnerkit.store.load import Loaded
from partnerkit.store.records import Records

_DAY = pattern(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_MOMENT = pattern(rf"({_DAY.pattern})[T ][0-9].*")


def show_as_of(desk: Desk, record_id: str, as_of: str) -> Shown:
    """A record with its fields, statements and what belonged to it at a day or revision.

    Raises:
        WrongCallError: an unknown record, day or revision; or the record was not there yet.
    """
    commit = _commit_of(desk, as_of)
    register = desk.tree_of(commit.oid)[1].demand()
    demand_there(desk, record_id, as_of, register)
    found, since = _without_expunged(desk, record(register, record_id))
    until = _known_until(desk, register, as_of, commit)
    return replace(shown(desk, register, found), commit=commit, known_until=until, expunged_since=since)


def _known_until(desk: Desk, register: Register, as_of: str, commit: LandedCommit) -> date | None:
    """Today, or the day of the last commit if that is later; None where nothing later was asked for."""
    until = register.day(max(desk.latest, commit.date))
    return until if _DAY.fullmatch(as_of) and read_day(as_of) > until else None


def at_present(desk: Desk) -> Loaded:
    """The register as it is now."""
    return desk.read(present(desk))


def present(desk: Desk) -> Tree:
    """The working tree; where there is none, what landed last."""
    return CommitTree(desk.git, desk.git.resolve("HEAD")) if desk.git.is_bare() else WorkingTree(desk.git)


def _not_begun(desk: Desk, as_of: str) -> WrongCallError:
    register = at_present(desk).demand()
    first = [commit for commit, _raw in versions(desk.git, SETTINGS_PATH)[-1:]]
    began = f": it began on {register.day(first[0].date)}" if first else ": it has not been committed yet"
    if first and is_cut_off(desk.git, first[0].oid):
        began = f": it began on {register.day(first[0].date)} or before"
    return WrongCallError(f"there was no register {_when(as_of)}{began}", "partnerkit audit shows how far back it goes")


def _when(as_of: str) -> str:
    return f"at the end of {as_of}" if _DAY.fullmatch(as_of) else f"in {as_of}"


def demand_there(desk: Desk, record_id: str, as_of: str, then: Register) -> None:
    """Whether a record was there already, at a day or revision.

    Raises:
        WrongCallError: it was not; says when it came, or that there never was one.
    """
    if record_id not in _known(then):
        raise _not_there(desk, record_id, as_of, then)


def _known(register: Register) -> Collection[str]:
    records = register.records
    return records.paths if isinstance(records, Records) else records


def _not_there(desk: Desk, record_id: str, as_of: str, then: Register) -> WrongCallError:
    """Why there is none: it came later, or there never was one."""
    when = _when(as_of)
    now = at_present(desk).register
    found = now.records.get(record_id) if now is not None else None
    if found is None or now is None:
        near = did_you_mean(record_id, _known(then))
        return WrongCallError(f"there was no record {record_id!r} {when}{near}", "partnerkit list shows what there is")
    first = found.model.history[0]
    former = next((one.id for one in then.records.values() if one.model.history[0].id == first.id), None)
    if former is not None:
        return WrongCallError(f"{record_id} was called {former} {when}", f"{line('show', former)} --as-of {as_of}")
    how = "was adopted" if first.type == "adopt" else "was created"
    message = f"{record_id} was not there {when}: it {how} on {now.day(first.at)}{_landing(desk, found, now)}"
    return WrongCallError(message, line("log", record_id))


def _landing(desk: Desk, found: RecordFile, register: Register) -> str:
    """On which day a record landed, where that is not the day that it says of itself; nothing where nobody can say."""
    brought = [commit for commit, _raw in versions(desk.git, found.path)[-1:]]
    if not brought:
        return ", and has not landed yet"
    landed_on, said = register.day(brought[0].date), register.day(found.model.history[0].at)
    return "" if landed_on == said or is_cut_off(desk.git, brought[0].oid) else f", and landed on {landed_on}"


def _without_expunged(desk: Desk, then: RecordFile) -> tuple[RecordFile, int]:
    """A record of former days without what was expunged since, and how many texts that were: nobody reads it again."""
    now = today_of(then, at_present(desk).register)
    since = len(explained(listed(now.data)) - explained(listed(then.data))) if now is not None else 0
    return readable(then, now), since


def moment(desk: Desk, as_of: str | None) -> tuple[LandedCommit, date | None]:
    """The commit that was the register at the end of a day, of a revision, or now; and that day, None for today.

    Raises:
        WrongCallError: no such day or revision, or there was no register yet.
        CannotWorkError: nothing has landed.
    """
    if as_of is None:
        head = desk.git.head()
        if head is None:
            raise CannotWorkError("nothing has landed on this branch yet", "partnerkit init")
        return landed(desk.git, head), None
    commit = commit_of(desk, as_of)
    if _DAY.fullmatch(as_of):
        return commit, read_day(as_of)
    return commit, desk.tree_of(commit.oid)[1].demand().day(commit.date)


def commit_of(desk: Desk, as_of: str) -> LandedCommit:
    """The commit that was the register at the end of a day that has come, or of a revision.

    Raises:
        WrongCallError: an unknown day or revision, a day that has not come, or the register had not begun.
        CannotWorkError: history was cut off after that day.
    """
    found = _commit_of(desk, as_of)
    if not _DAY.fullmatch(as_of):
        return found
    register = at_present(desk).demand()
    today, last = register.day(desk.now), register.day(found.date)
    until = max(today, last)
    if read_day(as_of) > until:
        landed_later = f", what landed last is of {last}" if last > today else ""
        message = f"{as_of} has not come: today is {today}{landed_later}, and nobody knows what the register will say"
        raise WrongCallError(message, f"--as-of {until}, or no --as-of for what landed up to now")
    return found


def _commit_of(desk: Desk, as_of: str) -> LandedCommit:
    found = _at_end_of(desk, as_of) if _DAY.fullmatch(as_of) else landed(desk.git, _resolved(desk, as_of))
    if found is None or not CommitTree(desk.git, found.oid).files(SETTINGS_PATH):
        raise _not_begun(desk, as_of)
    return found


def _at_end_of(desk: Desk, as_of: str) -> LandedCommit | None:
    """The commit that had landed last at the end of a day; None where none had."""
    try:
        day = read_day(as_of)
    except ValueError as error:
        raise WrongCallError(str(error)) from error
    # Through UTC: where clocks are put back, a time of day comes twice, and the second is meant.
    next_day = datetime.combine(day + timedelta(days=1), time(), at_present(desk).demand().settings.zone).astimezone(
        UTC
    )
    return standing_at(desk.git, next_day - timedelta(seconds=1))


def _resolved(desk: Desk, rev: str) -> str:
    try:
        return desk.git.resolve(rev)
    except WrongCallError as error:
        moment = _MOMENT.fullmatch(rev)
        if moment is not None:
            message = f"{rev!r} is a moment: what can be asked for is the end of a day, or a commit"
            raise WrongCallError(message, f"--as-of {moment[1]}") from error
        mend = "a day is written YYYY-MM-DD; git log --oneline shows the commits"
        raise WrongCallError(f"{rev!r} names no commit here, and is no day", mend) from error
