"""A Draft: the tree that a command would land, built beside the one it started from."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from partnerkit.dataclass import replace
from partnerkit.errors import WrongCallError
from partnerkit.findings import Finding
from partnerkit.kinds.canonical import file_digest
from partnerkit.kinds.catalogue import KINDS
from partnerkit.kinds.record import FIXED, key_order
from partnerkit.register import RecordFile, Register
from partnerkit.rules.commands import line, meant_by, placeholders
from partnerkit.rules.refused import Refused
from partnerkit.store.checked import checked
from partnerkit.store.git.entries import Entry, Listing
from partnerkit.store.git.trees import Tree
from partnerkit.store.load import Loaded, drafted_in, load
from partnerkit.store.yaml import characters
from partnerkit.store.yaml.editor import render, rewrite, rewritten
from partnerkit.store.yaml.nodes import Document
from partnerkit.store.yaml.reader import read


class Changed:
    """A tree with some files changed."""

    def __init__(self, tree: Tree, changes: dict[str, bytes | None]) -> None:
        self.tree = tree
        self.changes = changes

    def files(self, prefix: str = "") -> dict[str, Entry]:
        """List the files in a folder, by path."""
        files = self.tree.files(prefix)
        for path, raw in self.changes.items():
            if raw is None:
                files.pop(path, None)
            elif path.startswith(prefix):
                files[path] = Entry("100644")
        return files

    def listing(self, prefix: str = "") -> Listing:
        """List the same by their names."""
        return Listing.of(self.files(prefix))

    def read(self, path: str) -> bytes | None:
        """Return the bytes of a file."""
        return self.changes[path] if path in self.changes else self.tree.read(path)

    def read_many(self, paths: Any) -> dict[str, bytes]:
        """Return the bytes of many files."""
        wanted = list(paths)
        found = self.tree.read_many([path for path in wanted if path not in self.changes])
        new = {path: self.changes[path] for path in wanted if path in self.changes}
        return {**found, **{path: raw for path, raw in new.items() if raw is not None}}

    def digest(self, path: str) -> str | None:
        """Return `sha256:<hex>` of a file's bytes."""
        if path not in self.changes:
            return self.tree.digest(path)
        raw = self.changes[path]
        return None if raw is None else file_digest(raw)

    def former(self, path: str) -> list[bytes]:
        """Return what a file held in the commits that landed so far, latest first."""
        return self.tree.former(path)

    def gone(self, folder: str) -> dict[str, bytes]:
        """Return what the files of a folder held last that landed so far and were not there before."""
        return self.tree.gone(folder)


class Draft:
    """What a command is about to land.

    Attributes:
        before: the tree it started from, as it was read.
        changes: new bytes of the files that change, by path; None of one that goes.
        changed: ids of the records that change.
    """

    def __init__(self, before: Loaded, tree: Tree) -> None:
        self.before = before
        self.base = before.demand()
        self.changes: dict[str, bytes | None] = {}
        self.changed: set[str] = set()
        self.tree = Changed(tree, self.changes)
        self._records = before.records.copied(self.tree.read_many, self.changes)
        self._register = Register(
            self.base.settings,
            self.base.roster,
            self.base.policies,
            self._records,
            self.tree.digest,
            self.base.rules,
            self._records.of_kind,
            self._records.broken,
            self.base.former,
            self.base.signed,
            self.tree.read,
            self.base.earlier,
            drafted_in(self.tree),
            self._records.mentioning,
            gone=self.base.gone,
        )
        self._rules_changed = False

    @property
    def after(self) -> Register:
        """The register as it would be."""
        return self._reloaded().demand() if self._rules_changed else self._register

    def _reloaded(self) -> Loaded:
        """The tree with what was changed, read again by its own rules."""
        loaded = load(self.tree)
        if loaded.register is None:
            raise Refused("the change leaves the register unreadable; nothing changed", loaded.findings)
        return loaded

    def makes(self, record_id: str) -> bool:
        """Whether it changes a record that was not there before."""
        return record_id in self.changed and record_id not in self.before.records.paths

    @property
    def paths(self) -> Mapping[str, str]:
        """The file of every record, by id, whether it can be read or not."""
        return self._records.paths

    def put(self, data: dict[str, Any], path: str | None = None, again: str | None = None) -> RecordFile:
        """Write a record, new or changed.

        Args:
            data: what it is to hold.
            path: its file, where it is new.
            again: the line to be given once more where it is refused, where another than that of its keys.

        Raises:
            Refused: it does not satisfy the model of its kind under its policy.
            WrongCallError: it holds a character that no record may, or a placeholder instead of the thing.
        """
        record_id = str(data["id"])
        order = key_order(KINDS[str(data["kind"])])
        where = path or self._records.paths[record_id]
        old = self._document(record_id)
        _demand_meant(data, old)
        text, proven = (render(data, order), None) if old is None else rewritten(old, data, order)
        try:
            known = proven if proven is not None and proven.file == where else None
            record, document = self._checked(text.encode(), where, known)
        except Refused as error:  # the lines are those of a text that was never written: nobody could look there
            mend = again or _again(data, old)
            found = [one if one.code == "unknown-key" else replace(one, mend=mend) for one in error.findings]
            raise Refused(error.message, [one.at(one.file) for one in found]) from error
        self._records.put(record, document)
        self.changes[where] = text.encode()
        self.changed.add(record_id)
        return record

    def put_text(self, record_id: str, text: str) -> RecordFile:
        """Write a record as somebody typed it.

        Raises:
            Refused: it cannot be read, or does not satisfy its model.
        """
        where = self._records.paths[record_id]
        record, document = self._checked(text.encode(), where)
        _demand_meant(document.data, self._document(record_id))
        self._records.put(record, document)
        self.changes[where] = text.encode()
        self.changed.add(record_id)
        return record

    def text(self, record_id: str) -> str:
        """The text of a record's file as it stood."""
        document = self._document(record_id)
        return document.text if document is not None else ""

    def document(self, record_id: str) -> Document:
        """A record's file as it stands in the draft; it was read."""
        return self._records.documents[record_id]

    def _document(self, record_id: str) -> Document | None:
        """A record's file as it stands in the draft, whichever of the two registers was the first to read it."""
        if record_id not in self._records.paths:
            return None
        if record_id not in self._records.documents and record_id in self.before.records.documents:
            return self.before.records.documents[record_id]
        self._records.load([record_id])
        return self._records.documents.get(record_id)

    def _checked(self, raw: bytes, path: str, known: Document | None = None) -> tuple[RecordFile, Document]:
        """The bytes of a file as a record; `known` is what they were read as, where they were."""
        document, found = (known, list[Finding]()) if known is not None else read(raw, path)
        record: RecordFile | None = None
        if document is not None:
            record, found = checked(document, self._records.models)
        if record is None or document is None:
            raise Refused(_words(found), found)
        return record, document

    def put_rules(self, path: str, data: dict[str, Any], order: tuple[str, ...] = ()) -> None:
        """Write a file of rules (settings, roster, a policy), keeping its comments."""
        self.put_rules_text(path, self.rules_text(path, data, order))

    def rules_text(self, path: str, data: dict[str, Any], order: tuple[str, ...] = ()) -> str:
        """The text of a file of rules that is to hold something, its comments kept."""
        old = self.before.document(path)
        _demand_meant(data, old)
        return render(data, order) if old is None else rewrite(old, data, order)

    def put_rules_text(self, path: str, text: str) -> None:
        """Write a file of rules as it is, comments and all."""
        self.changes[path] = text.encode()
        self._rules_changed = True
        self._records.models = self._reloaded().records.models

    def put_file(self, path: str, raw: bytes | None) -> None:
        """Write any other file, such as a copy of evidence; None takes it away."""
        self.changes[path] = raw


def _again(data: dict[str, Any], old: Document | None) -> str:
    """The command that writes what a record was to hold; what it says anew is left to be filled in."""
    before = old.data if old is not None else {}
    fields = [key for key in data if key not in FIXED and data[key] != before.get(key)]
    if old is None:
        named_by = KINDS[str(data["kind"])].named_by
        return line("new", str(data["kind"]), f"<{named_by}>", *(f"{key}=<{key}>" for key in fields if key != named_by))
    return line("set", str(data["id"]), *(f"{key}=<{key}>" for key in fields)) if fields else line("gates", data["id"])


def _demand_meant(data: dict[str, Any], old: Document | None) -> None:
    """Whether what is to be written is what somebody can mean.

    Raises:
        WrongCallError: a text holds a character that hides something, or is the placeholder of an offered line.
    """
    before = old.data if old is not None else {}
    said = {
        key: _added(before.get(key), value) for key, value in data.items() if key not in before or before[key] != value
    }
    _demand_plain_text(said, "")  # what is said again was read: it is plain text
    found = list(placeholders(said))
    known = set(placeholders({key: before[key] for key in said if key in before}) if found else ())
    for place, text in found:
        if (place, text) not in known:
            message = f"{place} holds the placeholder {text}; nothing changed"
            raise WrongCallError(message, meant_by(place, text))


def _added(before: Any, value: Any) -> Any:
    """What a list has that it did not have before, where it goes on; else the whole value."""
    if isinstance(before, list) and isinstance(value, list) and value[: len(before)] == before:
        return value[len(before) :]
    return value


def _demand_plain_text(value: Any, place: str) -> None:
    """Whether a value holds only text that no terminal obeys and every reader sees.

    Raises:
        WrongCallError: it holds a control character, or one that is invisible or turns the direction of reading.
    """
    if isinstance(value, dict):
        for key, part in value.items():
            _demand_plain_text(key, place)
            _demand_plain_text(part, f"{place}.{key}" if place else str(key))
    elif isinstance(value, list):
        for part in value:
            _demand_plain_text(part, place)
    elif isinstance(value, str) and not characters.clean(value):
        found = characters.refused().search(value)
        what = characters.name(found[0]) if found else "a character"
        message = f"{place} holds {what}, which could hide or change what a reader sees; nothing changed"
        raise WrongCallError(message, "give it again without that character")


def _words(found: list[Finding]) -> str:
    return f"{found[0].message}; nothing changed" if found else "nothing changed"
