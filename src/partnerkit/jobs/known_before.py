"""What was worked out of each record before, and of which records it has to be worked out anew.

What is said of a record rests on its file, the rules, and perhaps on the other files and records that were asked for,
what the rules said before, and the day. A register that listens tells all of that, and it is looked up by what changed.
Of what asks for more than that nothing is kept: it is worked out each time.

What is kept is of records as they were committed. What the working tree changes is looked at each time, and so is all
that rests on it.
"""

from __future__ import annotations

import contextlib
import json
import shutil
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from partnerkit.dataclass import dataclass, replace
from partnerkit.errors import CannotWorkError
from partnerkit.hashing import fingerprint
from partnerkit.jobs import listening
from partnerkit.jobs.indexed import Indexed, Link
from partnerkit.jobs.known_place import Place
from partnerkit.jobs.moments import latest_said
from partnerkit.kinds.parts import moment_text
from partnerkit.register import Register
from partnerkit.store.ahead import ahead
from partnerkit.store.disk.stamped import stamped
from partnerkit.store.git.differing import between
from partnerkit.store.git.history import is_grown_without
from partnerkit.store.git.trees import CommitTree
from partnerkit.store.record_paths import RECORDS, folder_kind
from partnerkit.store.standing_index import NEVER, Known, Lost, StandingIndex, Tree
from partnerkit.tuples import NamedTuple

#: Where of more than one record in so many it has to be worked out anew, it is of all.
_TOO_MUCH = 2

_POLICIES = f"{RECORDS}policies"
_UNSURE = Known(sure=False, until=NEVER, told="", lists=False, words=())


class Worked(NamedTuple):
    """What was worked out of a record.

    Attributes:
        told: it, as text; empty for nothing.
        words: on what it rests.
        looked: the links by which it was asked for records.
        sure: whether that is all on which it rests.
        until: the day from which on it may be another, as ISO 8601 writes it.
        lists: whether the record says that text was expunged from it.
        said: by what else it is found.
    """

    told: str
    words: frozenset[str] = frozenset()
    looked: frozenset[Link] = frozenset()
    sure: bool = True
    until: str = NEVER
    lists: bool = False
    said: frozenset[str] = frozenset()


@dataclass
class KnownBefore:
    """What is known of the records of a tree from before; what is worked out now is kept for the next time.

    Attributes:
        place: where they are looked at.
        index: tells what is known.
        was: of what it tells; None where of nothing.
        left: the ids of the records of which it is worked out anew.
        kept: what is told of the others, where that is anything.
        owed: those of which something else may be known than is kept.
        gone: those that are there no more.
        astray: the words for all that rests on what is edited.
        anew: those that are looked at themselves, where it is looked up what names what.
    """

    place: Place
    index: StandingIndex
    was: Tree | None
    left: set[str]
    kept: Mapping[str, Known]
    owed: set[str]
    gone: set[str]
    astray: set[str]
    anew: set[str]

    @property
    def listing(self) -> set[str]:
        """Of the records of which nothing is worked out anew, those that list what was expunged."""
        return {one for one, known in self.kept.items() if known.lists}

    @property
    def is_ahead(self) -> bool:
        """Whether any of the records of which it is worked out anew says a moment that has not come."""
        return bool(self._ahead())

    def register(self) -> Register:
        """The register after, in which is looked up what names what."""
        after = self.place.register
        return after.whole() if self.was is None else Indexed.of(after, self.index, self.anew, looked_in(self.was))

    @property
    def looked(self) -> frozenset[Link] | None:
        """The links that the others were looked through for; None where there are no others."""
        return looked_in(self.was) if self.was is not None else None

    def keep(self, each: Mapping[str, Worked], every: frozenset[Link]) -> None:
        """Put away what was worked out now, as far as that is as sure as what was committed.

        Args:
            each: what was, by the ids of the records; those that cannot be read are not among them.
            every: the links by which each says what it names.
        """
        with contextlib.suppress(Lost):
            self._keep(each, every)

    def _keep(self, each: Mapping[str, Worked], every: frozenset[Link]) -> None:
        place, late = self.place, self._touched()
        edited = replace(place, edited=place.edited | late)
        if self.was is None:
            astray = edited.asked_by(edited.edited, set(), every)
        else:
            astray = self.astray | edited.asked_by(late, self.index.words(place.among(late)), every)
        mine = place.among(edited.edited)
        unsettled = astray | self._ahead() | {listening.of_record(one) for one in mine}
        rows = {one: _known(one, each.get(one), every, unsettled) for one in self.owed}
        # One that is not even there may come back as it was committed: then it is one of which nothing is known.
        away = mine.intersection(self.gone) if self.was is not None else mine - rows.keys()
        rows |= dict.fromkeys(away, _UNSURE)
        same = self.was is not None and (self.was.oid, self.was.commit) == (place.oid, place.commit)
        if same and not any(row.sure for row in rows.values()):
            return
        settled = ahead(place.is_as_it_was)
        now = Tree(place.commit, place.oid, place.desk.now.isoformat(), sorted(map(list, every)))
        self.index.renew(self.was, now, rows, self.gone - away, settled)

    def _touched(self) -> frozenset[str]:
        """The files that were read, as far as they may have been changed meanwhile, besides those that are edited."""
        place = self.place
        read = (one for one in place.desk.git.looked if one.startswith(RECORDS) and not one.endswith("/"))
        return place.touched(read) - place.edited

    def _ahead(self) -> set[str]:
        """The words for records that say a moment which has not come: what rests on them may be another when it has."""
        records, now = self.place.seen.loaded.records, moment_text(self.place.desk.now)
        found = {one for one, document in records.documents.items() if latest_said(document) > now}
        kinds = {kind for one in found if (kind := folder_kind(records.paths[one])) is not None}
        return {listening.of_record(one) for one in found} | {listening.of_kind(one) for one in kinds}


def _known(one: str, worked: Worked | None, every: frozenset[Link], unsettled: set[str]) -> Known:
    """What is kept of a record: nothing where that is not as sure as what was committed.

    Args:
        one: its id.
        worked: what was worked out; None where it cannot be read.
        every: the links that are looked up.
        unsettled: the words for all that is edited, or may be another the next moment.
    """
    if worked is None or not worked.sure or listening.of_record(one) in unsettled:
        return _UNSURE
    words = worked.words.union(listening.of_kind(kind) for kind, _keys in worked.looked - every)
    if not unsettled.isdisjoint(words):
        return _UNSURE
    return Known(True, worked.until, worked.told, worked.lists, words | worked.said)


def read_all(told: Iterable[str]) -> list[Any]:
    """What is told of many records, each of them in JSON: they are read as one text."""
    found: list[Any] = json.loads(f"[{','.join(told)}]")
    return found


@contextlib.contextmanager
def known_before(place: Place, file: str) -> Iterator[KnownBefore]:
    """What is known from before of the records that are looked at, as long as this lasts.

    Args:
        place: where they are.
        file: where it is kept, in git's own folder.
    """
    index = StandingIndex(place.desk.git.git_path(file), _rules(place.register))
    with index.open() as tree:
        try:
            found = _known_of(place, index, tree) if tree is not None else None
        except (Lost, CannotWorkError, ValueError):
            found = None
        ids = set(place.ids)
        yield found or KnownBefore(place, index, None, ids, {}, ids, set(), set(), set())


def _rules(register: Register) -> str:
    """A digest of the rules, and of the program that says what signatures are worth."""
    program = shutil.which("ssh-keygen")
    said = [sorted(register.rules.items()), program, stamped(program) if program is not None else ()]
    return fingerprint(json.dumps(said).encode("utf-8", "surrogateescape"))


def looked_in(tree: Tree) -> frozenset[Link]:
    """The links that every record was looked through for."""
    return frozenset((kind, keys) for kind, keys in tree.looked)


def _known_of(place: Place, index: StandingIndex, tree: Tree) -> KnownBefore | None:
    """What an index tells of a tree; None where too much is another.

    Raises:
        Lost: it can be read no more, or does not tell enough.
        CannotWorkError: git does not have its commit any more.
    """
    git, now, looked = place.desk.git, place.desk.now, looked_in(tree)
    if tree.since > now.isoformat():
        return None
    differ = between(CommitTree(git, tree.commit), CommitTree(git, place.commit)) if tree.oid != place.oid else ()
    landed = {one.path for one in differ if one.path.startswith(RECORDS)}
    mine, others = place.among(place.edited), place.among(landed)
    if len(mine | others) * _TOO_MUCH > len(place.ids):
        return None
    place.seen.loaded.records.load(sorted(mine | others))
    odd, words = index.odd(), index.words(mine | others)
    astray = place.asked_by(place.edited, words, looked)
    owed = index.ids(place.asked_by(landed, words, looked)) | others
    unsure = {one for one, row in odd.items() if not row.sure}
    owed |= unsure | index.due(place.register.day(now).isoformat())
    if not place.alone and not is_grown_without(git, tree.commit, place.commit, _POLICIES):
        owed |= index.ids([listening.PAST])
    left = (owed | index.ids(astray) | mine).intersection(place.ids)
    if len(left) * _TOO_MUCH > len(place.ids):
        return None
    kept = {one: row for one, row in odd.items() if one not in left and one in place.ids}
    here = owed.intersection(place.ids)
    return KnownBefore(place, index, tree, left, kept, here, owed - here, astray, mine | others | unsure)
