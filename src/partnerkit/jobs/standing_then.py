"""A whole register as it stands, or as it stood at the end of a day or in a commit."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from itertools import islice

from partnerkit.dataclass import dataclass, field_names, replace
from partnerkit.jobs.as_of import commit_of, present
from partnerkit.jobs.desk import Desk
from partnerkit.obligations.outlook import end_of
from partnerkit.register import Register
from partnerkit.rules.former import as_known, today_of
from partnerkit.store.git.trees import Tree
from partnerkit.store.moment import Each, Moment
from partnerkit.store.passing import Passing, Shared
from partnerkit.store.records import Records

#: So many files are compared at a time.
_AT_ONCE = 250


@dataclass(frozen=True, slots=True)
class Then:
    """A register at a moment.

    Attributes:
        register: the register, read whole; of former days without what was expunged since.
        day: the day that it shows.
        moment: the moment at which it is judged.
        latest: the latest moment at which anything in it can have been recorded.
        later: of former days, the register as it is now.
    """

    register: Register
    day: date
    moment: datetime
    latest: datetime
    later: Register | None = None


def standing_then(desk: Desk, as_of: str | None) -> Then:
    """The register in the working tree, or as it stood.

    Raises:
        WrongCallError: an unknown day or revision, or there was no register.
        CannotWorkError: there is no register, or its rules cannot be read.
    """
    if as_of is None:
        register = _read(desk.working_tree().demand())
        return Then(register, desk.today(register), desk.now, desk.latest)
    commit = commit_of(desk, as_of)
    register, later = standing_in(desk, commit.oid)
    day = _asked(as_of) or register.day(commit.date)
    end = end_of(register, day)
    return Then(register, day, end, end, later)


def _asked(as_of: str) -> date | None:
    """The day that was asked for; None where it was a commit."""
    try:
        return date.fromisoformat(as_of)
    except ValueError:
        return None


def _read(register: Register) -> Register:
    """The same with every record read, git being asked but once."""
    if isinstance(register.records, Records):
        register.records.load(register.records.paths)
    return register


def standing_in(desk: Desk, commit: str) -> tuple[Register, Register | None]:
    """The register in a commit, without what was expunged since; and as it is now, where that can be read.

    Of both few records are held at a time.

    Raises:
        CannotWorkError: its rules cannot be read.
    """
    tree, loaded = desk.tree_of(commit)
    records = Passing(loaded.records, loaded.records.paths)
    then = _few_held(loaded.demand(), records)
    later = _at_present(desk, tree, then, records)
    known = Each(records, records.keys(), lambda one: as_known(one, today_of(one, later)))
    return replace(then, records=known), later


def _few_held(register: Register, records: Passing | Shared) -> Moment:
    said = {name: getattr(register, name) for name in field_names(Register)}
    return Moment(**said | {"records": records, "broken": records.broken, "ids_of": None, "mentioning": None})


def _at_present(desk: Desk, tree: Tree, then: Register, records: Passing) -> Register | None:
    """The register as it is now: a file that is as it was is read once for both."""
    here = present(desk)
    loaded = desk.read(here)
    now = loaded.register
    if now is None:
        return None
    paths = loaded.records.paths
    alike = _alike(tree, here, paths) if now.rules == then.rules else set[str]()
    return _few_held(now, Shared(Passing(loaded.records, paths.keys() - alike), records, alike))


def _alike(one: Tree, other: Tree, paths: Mapping[str, str]) -> set[str]:
    """The ids of the records whose files hold the same bytes in both trees."""
    found, ids = set[str](), iter(paths)
    while several := {each: paths[each] for each in islice(ids, _AT_ONCE)}:
        held, here = one.read_many(several.values()), other.read_many(several.values())
        found |= {each for each, path in several.items() if path in held and held[path] == here.get(path)}
    return found
