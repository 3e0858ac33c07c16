"""Records of a tree, read when they are asked for."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping

from partnerkit.dataclass import replace
from partnerkit.findings import Finding
from partnerkit.kinds.trusted import MANY
from partnerkit.register import RecordFile
from partnerkit.store.checked import Models, checked
from partnerkit.store.layout import Places
from partnerkit.store.mentions import Mentions
from partnerkit.store.record_paths import folder_kind
from partnerkit.store.sound import ALL_JUDGED, Few
from partnerkit.store.yaml.nodes import Document
from partnerkit.store.yaml.reader import read


class Records(Mapping[str, RecordFile]):
    """The records of a tree by id; each file is read once, when it is first asked for.

    Attributes:
        findings: what was wrong with the files read so far.
        documents: the documents of the records read so far, by id.
        given: the ids of those that were set, so that their files may say something else.
    """

    def __init__(
        self,
        paths: Places,
        fetch: Callable[[Iterable[str]], dict[str, bytes]],
        models: Models,
        few: Few = ALL_JUDGED,
    ) -> None:
        self.paths = paths
        self.models = models
        self.findings: list[Finding] = []
        self.documents: dict[str, Document] = {}
        self.broken: set[str] = set()
        self.given: set[str] = set()
        self._fetch = fetch
        self._few = few
        self._many = False
        self._read: dict[str, RecordFile | None] = {}
        self._by_kind: dict[str, list[str]] = {}
        self._mentions: dict[str, tuple[Mentions, list[str]]] = {}
        self._first: Records | None = None
        self._differ: Collection[str] = ()
        self._as_in: tuple[Records, frozenset[str]] | None = None
        self._beside: Records | None = None

    def load(self, ids: Iterable[str]) -> None:
        """Read several at once."""
        wanted = [record_id for record_id in ids if record_id in self.paths and record_id not in self._read]
        wanted = self._take(wanted)
        if not wanted:
            return
        raw = self._fetch([self.paths[record_id] for record_id in wanted])
        right, judged = self._few.right(raw), dict[str, bytes]()
        many = self._many or len(wanted) >= MANY
        for record_id in wanted:
            path = self.paths[record_id]
            written, said = self._beside_of(record_id)
            document, found = read(raw.get(path, b""), path, written)
            record = None
            if document is not None:
                record, found = checked(document, self.models, self.paths, judged=path in right, many=many, was=said)
                self.documents[record_id] = document
            self.findings += [one if one.record else replace(one, record=record_id) for one in found]
            if record is None:
                self.broken.add(record_id)
            elif path not in right:
                judged[path] = raw[path]
            self._read[record_id] = record
        self._few.keep(judged)

    def forget(self, ids: Iterable[str]) -> None:
        """Hold these no longer, but for those that cannot be read: one that is asked for again is read again."""
        for one in self.documents.keys() & {*ids} - self.broken:
            del self.documents[one], self._read[one]

    def expect_many(self, count: int) -> None:
        """Judge whatever is read from now on: to ask of each whether it was found right before would take longer.

        Args:
            count: how many it will be.
        """
        self._few = ALL_JUDGED
        self._many = count >= MANY

    def read_beside(self, other: Records) -> None:
        """Say that another tree holds much the same: what is written alike in both is read and typed once for both.

        What it means is the same objects then, which nobody may alter.
        """
        self._beside = other

    def _beside_of(self, record_id: str) -> tuple[Document | None, RecordFile | None]:
        """A record as it was read in the tree beside this one, if it was."""
        other = self._beside
        return (None, None) if other is None else (other.documents.get(record_id), other._read.get(record_id))  # noqa: SLF001 - another of the same

    def _take(self, ids: list[str]) -> list[str]:
        """Take records as those read them of which these are a copy, each file once for both; those it cannot take."""
        first = self._first
        if first is None or first.models is not self.models:
            return ids
        alike = [one for one in ids if first.paths.get(one) == self.paths[one] and self.paths[one] not in self._differ]
        first.load(alike)
        for one in alike:
            self._read[one] = first.get(one)
            self.given |= {one} & first.given
            if one in first.documents:
                self.documents[one] = first.documents[one]
        broken = first.broken.intersection(alike)
        self.broken |= broken
        self.findings += [found for found in first.findings if found.record in broken]
        return [one for one in ids if one not in self._read]

    def of_kind(self, kind: str) -> list[str]:
        """The ids of the records in a kind's folder, all of them read."""
        ids = self._ids(kind)
        self.load(ids)
        return [record_id for record_id in ids if self._read[record_id] is not None]

    def mentioning(self, kind: str, text: str) -> list[str]:
        """The ids of the records in a kind's folder that may say a text in a word of their own; only these are read.

        Its files are looked through once, whatever else is asked about; what was set, or could not be read, may say
        anything.
        """
        may = self.may_say(kind, text)
        self.load(may)
        return [one for one in may if self._read[one] is not None]

    def may_say(self, kind: str, text: str) -> list[str]:
        """The ids of the records in a kind's folder that may say a text in a word of their own, read or not."""
        if self._as_in is not None:
            other, differ = self._as_in
            alike = [one for one in other.may_say(kind, text) if one in self.paths and one not in differ]
            return [*alike, *(one for one in sorted(differ) if folder_kind(self.paths.get(one, "")) == kind)]
        if kind not in self._mentions:
            raw = {one: said.encode("utf-8", "replace") for one, _path, said in self.texts(self._ids(kind))}
            self._mentions[kind] = Mentions(raw, self.paths), [one for one in self._ids(kind) if one not in raw]
        seen, unseen = self._mentions[kind]
        given = (one for one in self.given if folder_kind(self.paths.get(one, "")) == kind)
        return sorted(self.paths.keys() & seen.of(text).union(unseen, given))

    def as_in(self, other: Records, differ: Collection[str]) -> None:
        """Say that another tree holds all records but some in the same files: it is looked through for both.

        Args:
            other: the records of that tree.
            differ: the ids of those whose files are others, here or there.
        """
        self._as_in = other, frozenset(differ)

    def texts(self, ids: Collection[str] | None) -> Iterator[tuple[str, str, str]]:
        """Id, path and text of the files of some records (all where None); those not read yet are not read for it."""
        wanted = sorted(self.paths if ids is None else self.paths.keys() & ids)
        raw = self._fetch([self.paths[one] for one in wanted if one not in self._read])
        for one in wanted:
            path = self.paths[one]
            if one in self.documents:
                yield one, path, self.documents[one].text
            elif path in raw:
                yield one, path, raw[path].decode("utf-8", "replace")

    def saying(self, text: str) -> list[RecordFile]:
        """The records whose files hold a text, or may in escapes, by id; only these are read."""
        found = [one for one, _path, said in self.texts(None) if text in said or "\\" in said or one in self.given]
        self.load(found)
        return [record for one in found if (record := self._read[one]) is not None]

    def _ids(self, kind: str) -> list[str]:
        """The ids of the records in a kind's folder."""
        if kind not in self._by_kind:
            self._by_kind[kind] = self.paths.of_kind(kind)
        return self._by_kind[kind]

    def __getitem__(self, record_id: str) -> RecordFile:
        if record_id not in self._read:
            self.load([record_id])
        found = self._read.get(record_id)
        if found is None:
            raise KeyError(record_id)
        return found

    def __contains__(self, record_id: object) -> bool:
        return isinstance(record_id, str) and record_id in self.paths and self.get(record_id) is not None

    def __iter__(self) -> Iterator[str]:
        self.load(self.paths)
        return (record_id for record_id in self.paths if self._read[record_id] is not None)

    def __len__(self) -> int:
        return sum(1 for _ in self)

    def copied(self, fetch: Callable[[Iterable[str]], dict[str, bytes]], differ: Collection[str]) -> Records:
        """The same records, to be changed beside these.

        Args:
            fetch: gives the bytes of the copy's files.
            differ: the paths of those that differ; it may grow.
        """
        copy = Records(self.paths.copy(), fetch, self.models)
        copy._read = dict(self._read)
        copy.documents = dict(self.documents)
        copy.broken = set(self.broken)
        copy.given = set(self.given)
        copy._first, copy._differ = self, differ
        return copy

    def put(self, record: RecordFile, document: Document) -> None:
        """Set a record, as if its file had been read so."""
        self.lies(record.id, record.path)
        self._read[record.id] = record
        self.documents[record.id] = document
        self.given.add(record.id)

    def lies(self, record_id: str, path: str) -> None:
        """Say where the file of a record lies."""
        self.paths[record_id] = path
        self._by_kind.clear()
        self._mentions.clear()
        self._as_in = None
