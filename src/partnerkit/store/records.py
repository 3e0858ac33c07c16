"""Records of a tree, read when they are asked for."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from dataclasses import replace
from typing import Any

from partnerkit.findings import Finding, part_of
from partnerkit.kinds import modelled
from partnerkit.kinds.catalogue import FOLDERS, KINDS
from partnerkit.kinds.problems import an, did_you_mean, problems
from partnerkit.kinds.record import Record
from partnerkit.kinds.trusted import typed
from partnerkit.policies.shapes import model_for
from partnerkit.register import PolicyFile, RecordFile
from partnerkit.rules.commands import line, moved, quoted
from partnerkit.store.formats import demand_format
from partnerkit.store.mentions import Mentions
from partnerkit.store.sound import ALL_JUDGED, Few
from partnerkit.store.yaml.nodes import Document
from partnerkit.store.yaml.reader import read

RECORDS = "records/"

#: The file of a record: one of the folders for them, others below it, and its id.
_FILE = re.compile(
    rf"(?:{RECORDS})?(?:{'|'.join(map(re.escape, FOLDERS))})/(?:.*/)?([a-z0-9][a-z0-9-]*)\.yaml", re.DOTALL
)


class Models:
    """The model of each kind under each policy, made once."""

    def __init__(self, policies: Mapping[str, PolicyFile]) -> None:
        self.policies = policies
        self._made: dict[tuple[str, str], type[Record]] = {}

    def get(self, policy: str, kind: str) -> type[Record]:
        """The model of a kind under a policy of the register."""
        key = (policy, kind)
        if key not in self._made:
            self._made[key] = model_for(self.policies[policy].policy, kind)
        return self._made[key]


def folder_kind(path: str) -> str | None:
    """The kind that the folder of a path is for, or None."""
    folder, below, _name = path.removeprefix(RECORDS).partition("/")
    return FOLDERS.get(folder) if below else None


def id_of(path: str) -> str:
    """The id that a record file's name gives."""
    return path.rpartition("/")[2].removesuffix(".yaml")


def record_id(path: str) -> str | None:
    """The id of the record that a file is, by its path; None where it can be none."""
    found = _FILE.fullmatch(path)
    return found[1] if found else None


def checked(
    document: Document, models: Models, others: Collection[str] = (), *, judged: bool = False
) -> tuple[RecordFile | None, list[Finding]]:
    """A document as a record, or what is wrong with it.

    Args:
        document: what its file says.
        models: what a record of a kind may say.
        others: the ids of the register: whatever is wrongly named is not given one of them.
        judged: whether it is known to be right, and only has to be typed.
    """
    data, path = document.data, document.file
    found = _identity(document, models, others)
    if found:
        return None, found
    model = models.get(str(data["policy"]), str(data["kind"]))
    try:
        value = typed(model, data, judged=judged)
    except modelled.ValidationError as error:
        return None, [_finding(document, *problem) for problem in problems(error, model)]
    return RecordFile(path, data, value, document.position), []


def _finding(document: Document, code: str, keys: tuple[str | int, ...], message: str, about_key: bool) -> Finding:
    line, column = document.key_position(keys) if about_key else document.position(keys)
    record = id_of(document.file) if folder_kind(document.file) else None
    mend, part = _mend(document.file, code), part_of(document.data, keys)
    return Finding(code, message, "error", document.file, line, column, record, mend=mend, part=part)


def _mend(file: str, code: str) -> str:
    if code == "unknown-key":
        return "rename or remove that key; a policy can declare fields of its own (fields:)"
    return f"correct it there, then: {line('check', *([file] if folder_kind(file) else []))}"


def schema_findings(document: Document, error: modelled.ValidationError, model: type[Any]) -> list[Finding]:
    """What a model objects to in a document, at the right lines."""
    return [_finding(document, *problem) for problem in problems(error, model)]


def _identity(document: Document, models: Models, others: Collection[str]) -> list[Finding]:
    """What must be right before a record can be read by its model: format, kind, folder, id, policy."""
    data, path = document.data, document.file

    def wrong(key: str, code: str, message: str, mend: str | None) -> list[Finding]:
        line, column = document.position((key,))
        return [Finding(code, message, "error", path, line, column, id_of(path), mend=mend, part=key)]

    kind, wanted = data.get("kind"), folder_kind(path)
    demand_format(document)
    if not isinstance(kind, str) or kind not in KINDS:
        near = did_you_mean(str(kind), KINDS)
        message = f"there is no kind {kind!r}{near}" if "kind" in data else "it does not say of which kind it is"
        return wrong("kind", "unknown-kind", message, f"write one of {', '.join(KINDS)}")
    if kind != wanted:
        message = f"{an(kind)} belongs in records/{KINDS[kind].folder}/, and this folder is for {wanted or 'nothing'}"
        mend = moved(path, f"{RECORDS}{KINDS[kind].folder}/{id_of(path)}.yaml")
        return wrong("kind", "kind-differs", message, f"{mend}; where it is no {kind}, write kind: {wanted}")
    if data.get("id") != id_of(path):
        message = f"the id is {data.get('id')!r}, and the file's name says {id_of(path)!r}: they must be the same"
        return wrong("id", "id-differs", message, _of_one_name(path, str(data.get("id")), others))
    policy = data.get("policy")
    if not isinstance(policy, str) or policy not in models.policies:
        near = did_you_mean(str(policy), models.policies)
        message = f"the register has no policy {policy!r}{near}"
        known = ", ".join(models.policies)
        mend = f"write one of {known}" if known else "mend its policies first: what is wrong with them is told"
        return wrong("policy", "policy-unknown", message, mend)
    return []


def _of_one_name(path: str, said: str, others: Collection[str]) -> str:
    """How a file and the id in it come to the same name: that of the file, where the other is no id or is taken."""
    write = f"write id: {id_of(path)}"
    named = f"{path.rpartition('/')[0]}/{said}.yaml"
    if record_id(named) is None:
        return write
    if said in others:
        return f"where it is a record of its own, {write}; where it is a copy of {said}: rm {quoted(path)}"
    return f"{moved(path, named)}; where the file's name is right, {write}"


class Records(Mapping[str, RecordFile]):
    """The records of a tree by id; each file is read once, when it is first asked for.

    Attributes:
        findings: what was wrong with the files read so far.
        documents: the documents of the records read so far, by id.
    """

    def __init__(
        self,
        paths: dict[str, str],
        fetch: Callable[[Iterable[str]], dict[str, bytes]],
        models: Models,
        few: Few = ALL_JUDGED,
    ) -> None:
        self.paths = paths
        self.models = models
        self.findings: list[Finding] = []
        self.documents: dict[str, Document] = {}
        self.broken: set[str] = set()
        self._fetch = fetch
        self._few = few
        self._read: dict[str, RecordFile | None] = {}
        self._by_kind: dict[str, list[str]] = {}
        self._mentions: dict[str, tuple[Mentions, list[str]]] = {}
        self._first: Records | None = None
        self._differ: Collection[str] = ()
        self._as_in: tuple[Records, frozenset[str]] | None = None

    def load(self, ids: Iterable[str]) -> None:
        """Read several at once."""
        wanted = [record_id for record_id in ids if record_id in self.paths and record_id not in self._read]
        wanted = self._take(wanted)
        if not wanted:
            return
        raw = self._fetch([self.paths[record_id] for record_id in wanted])
        right, judged = self._few.right(raw), dict[str, bytes]()
        for record_id in wanted:
            path = self.paths[record_id]
            document, found = read(raw.get(path, b""), path)
            record = None
            if document is not None:
                record, found = checked(document, self.models, self.paths, judged=path in right)
                self.documents[record_id] = document
            self.findings += [one if one.record else replace(one, record=record_id) for one in found]
            if record is None:
                self.broken.add(record_id)
            elif path not in right:
                judged[path] = raw[path]
            self._read[record_id] = record
        self._few.keep(judged)

    def _take(self, ids: list[str]) -> list[str]:
        """Take records as those read them of which these are a copy, each file once for both; those it cannot take."""
        first = self._first
        if first is None or first.models is not self.models:
            return ids
        alike = [one for one in ids if first.paths.get(one) == self.paths[one] and self.paths[one] not in self._differ]
        first.load(alike)
        for one in alike:
            self._read[one] = first.get(one)
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

        Files that were not read yet are looked through once, whatever else is asked about; what was read by then may
        say anything.
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
            unread = [one for one in self._ids(kind) if one not in self._read]
            fetched = self._fetch([self.paths[one] for one in unread]) if unread else {}
            raw = {one: fetched.get(self.paths[one], b"") for one in unread}
            self._mentions[kind] = Mentions(raw, self.paths), [one for one in self._ids(kind) if one in self._read]
        unseen, seen = self._mentions[kind]
        return [*seen, *(one for one in sorted(unseen.of(text)) if one in self.paths)]

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

    def _ids(self, kind: str) -> list[str]:
        """The ids of the records in a kind's folder."""
        if kind not in self._by_kind:
            start = tuple(f"{top}{folder}/" for top in (RECORDS, "") for folder in FOLDERS if FOLDERS[folder] == kind)
            self._by_kind[kind] = [one for one, path in self.paths.items() if path.startswith(start)]
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
        copy = Records(dict(self.paths), fetch, self.models)
        copy._read = dict(self._read)
        copy.documents = dict(self.documents)
        copy.broken = set(self.broken)
        copy._first, copy._differ = self, differ
        return copy

    def put(self, record: RecordFile, document: Document) -> None:
        """Set a record, as if its file had been read so."""
        self.lies(record.id, record.path)
        self._read[record.id] = record
        self.documents[record.id] = document

    def lies(self, record_id: str, path: str) -> None:
        """Say where the file of a record lies."""
        self.paths[record_id] = path
        self._by_kind.clear()
        self._mentions.clear()
        self._as_in = None
