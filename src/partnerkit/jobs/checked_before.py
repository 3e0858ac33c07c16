"""What was found of records when they were checked before, and which of them have to be judged anew.

What is found of a record as it stands rests on its file, the rules, the other files and records that its rules ask
for, what the rules said before, and the day. Rules ask a register that listens, so that all of it is told, and it is
looked up by what changed. Of what asks for more than that nothing is kept: it is judged each time.

What is kept is of records as they were committed. What the working tree changes is looked at each time, and so is all
that rests on it.
"""

from __future__ import annotations

import contextlib
import hashlib
import json
import shutil
from collections.abc import Iterator

from partnerkit.dataclass import dataclass, field
from partnerkit.errors import CannotWorkError
from partnerkit.findings import Finding, as_row, from_row
from partnerkit.jobs import listening
from partnerkit.jobs.compared import Compared
from partnerkit.jobs.desk import Desk
from partnerkit.jobs.indexed import Indexed, Link, asked_by_change, links_of
from partnerkit.jobs.judging_records import PAST, Judged, judge_each, said_in, said_twice
from partnerkit.jobs.moments import latest_said
from partnerkit.kinds.expunging import listed
from partnerkit.kinds.parts import moment_text
from partnerkit.register import Register
from partnerkit.rules.standing import judge_rules
from partnerkit.store.disk.stamped import stamped
from partnerkit.store.git.as_lying import as_lying
from partnerkit.store.git.differing import between
from partnerkit.store.git.history import is_grown_without
from partnerkit.store.git.trees import CommitTree
from partnerkit.store.layout import is_rule
from partnerkit.store.record_paths import RECORDS, folder_kind, record_id
from partnerkit.store.standing_index import NEVER, Known, Lost, StandingIndex, Tree

#: Where it is kept, in git's own folder.
_FILE = "partnerkit/standing.sqlite"

#: So many records are judged as quickly as it is asked what changed.
_FEW = 200

#: Where more than one record in so many is to be judged anew, all are.
_TOO_MUCH = 2

_POLICIES = f"{RECORDS}policies"
_UNSURE = Known(sure=False, until=NEVER, told="", lists=False, words=())


@dataclass(frozen=True)
class Place:
    """Where records are looked at.

    Attributes:
        desk: where and when.
        seen: what is looked at.
        register: the register after.
        commit: the commit after, or the one on which the working tree lies.
        oid: its tree of records/.
        edited: the files there that the working tree changes.
    """

    desk: Desk
    seen: Compared
    register: Register
    commit: str
    oid: str
    edited: frozenset[str]

    @property
    def ids(self) -> dict[str, str]:
        """The paths of all records, by id."""
        return self.seen.loaded.records.paths

    def is_as_it_was(self) -> bool:
        """Whether the working tree still changes what it did."""
        return self.seen.judged is not None or as_lying(self.desk.git, self.commit, RECORDS) == self.edited

    def words(self, ids: set[str], looked: frozenset[Link]) -> set[str]:
        """The words for what records name: as they are, and as they were committed.

        Raises:
            Lost: nobody has read what was committed.
        """
        now = (self.register.records.get(one) for one in ids)
        return {word for record in now for word in links_of(record, looked)} | self._committed(looked)

    def _committed(self, looked: frozenset[Link]) -> set[str]:
        ids = _ids_of(self.edited)
        was = self.seen.before
        if ids and (was is None or self.seen.base != self.commit):
            raise Lost
        return {word for one in ids for word in links_of(was.records.get(one), looked)} if was is not None else set()


@dataclass
class CheckedBefore:
    """What is known of the records of a tree from before; what is found now is kept for the next time.

    Attributes:
        left: the ids of the records that are judged anew.
        listing: of the others those that list what was expunged.
    """

    place: Place
    index: StandingIndex
    was: Tree | None
    left: set[str]
    listing: set[str] = field(default_factory=set)
    told: list[Finding] = field(default_factory=list)
    owed: set[str] = field(default_factory=set)
    gone: set[str] = field(default_factory=set)
    astray: set[str] = field(default_factory=set)
    anew: set[str] = field(default_factory=set)

    def register(self) -> Register:
        """The register after, in which is looked up what names what."""
        after = self.place.register
        return after.whole() if self.was is None else Indexed.of(after, self.index, self.anew, _looked(self.was))

    def judge(self, register: Register) -> list[Finding]:
        """What is found of all records as they stand, and of the rules; what was not known before is kept."""
        each = judge_each(self.place.desk, register, self.left)
        found = [*self.told, *(one for judged in each.values() for one in judged.findings)]
        found += judge_rules(register, self.place.desk.now)
        found += said_twice(register, self.index if self.was else None, self.left, self.place.ids)
        with contextlib.suppress(Lost):
            self._keep(register, each)
        return found

    def _keep(self, register: Register, each: dict[str, Judged]) -> None:
        place = self.place
        every = _looked(self.was) if self.was else frozenset(one for judged in each.values() for one in judged.looked)
        astray = self.astray
        if self.was is None:
            ids = _ids_of(place.edited)
            astray = asked_by_change(place.edited, place.words(ids, every))
        unsettled = astray | self._ahead()
        rows = {one: self._known(register, one, each.get(one), every, unsettled) for one in self.owed}
        same = self.was is not None and (self.was.oid, self.was.commit) == (place.oid, place.commit)
        if (same and not any(row.sure for row in rows.values())) or not place.is_as_it_was():
            return
        now = Tree(place.commit, place.oid, place.desk.now.isoformat(), sorted(map(list, every)))
        self.index.renew(self.was, now, rows, self.gone)

    def _ahead(self) -> set[str]:
        """The words for records that say a moment which has not come: what rests on them may be another when it has."""
        records, now = self.place.seen.loaded.records, moment_text(self.place.desk.now)
        found = {one for one, document in records.documents.items() if latest_said(document) > now}
        kinds = {kind for one in found if (kind := folder_kind(records.paths[one])) is not None}
        return {listening.of_record(one) for one in found} | {listening.of_kind(one) for one in kinds}

    def _known(
        self, register: Register, one: str, judged: Judged | None, every: frozenset[Link], unsettled: set[str]
    ) -> Known:
        """What is kept of a record: nothing where that is not as sure as what was committed.

        Args:
            register: the register.
            one: its id.
            judged: what was found; None where it cannot be read.
            every: the links that are looked up.
            unsettled: the words for all that is edited, or may be another the next moment.
        """
        if judged is None or not judged.sure or listening.of_record(one) in unsettled:
            return _UNSURE
        words = judged.words.union(listening.of_kind(kind) for kind, _keys in judged.looked - every)
        if not unsettled.isdisjoint(words):
            return _UNSURE
        record = register.records[one]
        told = json.dumps([as_row(found) for found in judged.findings]) if judged.findings else ""
        named = links_of(record, every) | said_in(record)
        return Known(True, judged.until, told, bool(listed(record.data)), words | named)


@contextlib.contextmanager
def checked_before(desk: Desk, seen: Compared) -> Iterator[CheckedBefore | None]:
    """What is known from before of the tree that is looked at, as long as this lasts; None where nobody can say.

    A day set by hand is not the day that goes on; where rules were edited, all rests on that; a few records are judged
    as quickly.

    Args:
        desk: where and when.
        seen: what is looked at, in which nothing is wrong but in records.
    """
    place = _place(desk, seen)
    if place is None:
        yield None
        return
    index = StandingIndex(desk.git.git_path(_FILE), _rules(place.register))
    with index.open() as tree:
        try:
            found = _known_of(place, index, tree) if tree is not None else None
        except (Lost, CannotWorkError, ValueError):
            found = None
        ids = set(place.ids)
        yield found or CheckedBefore(place, index, None, ids, owed=ids)


def _place(desk: Desk, seen: Compared) -> Place | None:
    register, commit = seen.loaded.register, seen.judged or seen.head
    if register is None or commit is None or desk.clock_set or len(seen.loaded.records.paths) <= _FEW:
        return None
    tree = desk.git.objects.what(f"{commit}:{RECORDS.rstrip('/')}")
    edited = frozenset[str]() if seen.judged is not None else as_lying(desk.git, commit, RECORDS)
    if tree is None or edited is None or any(is_rule(path) for path in edited):
        return None
    return Place(desk, seen, register, commit, tree.oid, edited)


def _rules(register: Register) -> str:
    """A digest of the rules, and of the program that says what signatures are worth."""
    program = shutil.which("ssh-keygen")
    said = [sorted(register.rules.items()), program, stamped(program) if program is not None else ()]
    return hashlib.sha256(json.dumps(said).encode("utf-8", "surrogateescape")).hexdigest()


def _looked(tree: Tree) -> frozenset[Link]:
    return frozenset((kind, keys) for kind, keys in tree.looked)


def _ids_of(paths: frozenset[str] | set[str]) -> set[str]:
    return {one for path in paths if (one := record_id(path)) is not None}


def _known_of(place: Place, index: StandingIndex, tree: Tree) -> CheckedBefore | None:
    """What an index tells of a tree; None where too much is another.

    Raises:
        Lost: it can be read no more, or does not tell enough.
        CannotWorkError: git does not have its commit any more.
    """
    git, now, looked = place.desk.git, place.desk.now, _looked(tree)
    if tree.since > now.isoformat():
        return None
    differ = between(CommitTree(git, tree.commit), CommitTree(git, place.commit)) if tree.oid != place.oid else ()
    landed = {one.path for one in differ if one.path.startswith(RECORDS)}
    mine, others = _ids_of(place.edited), _ids_of(landed)
    if len(mine | others) * _TOO_MUCH > len(place.ids):
        return None
    place.seen.loaded.records.load(sorted(mine | others))
    odd, words = index.odd(), index.words(mine | others)
    astray = asked_by_change(place.edited, words | place.words(mine, looked))
    owed = index.ids(asked_by_change(landed, words | place.words(others, looked))) | others
    unsure = {one for one, row in odd.items() if not row.sure}
    owed |= unsure | index.due(place.register.day(now).isoformat())
    if not is_grown_without(git, tree.commit, place.commit, _POLICIES):
        owed |= index.ids([PAST])
    left = (owed | index.ids(astray) | mine).intersection(place.ids)
    if len(left) * _TOO_MUCH > len(place.ids):
        return None
    kept = {one: row for one, row in odd.items() if one not in left and one in place.ids}
    told = [from_row(row) for known in kept.values() if known.told for row in json.loads(known.told)]
    listing = {one for one, known in kept.items() if known.lists}
    here = owed.intersection(place.ids)
    return CheckedBefore(place, index, tree, left, listing, told, here, owed - here, astray, mine | others | unsure)
