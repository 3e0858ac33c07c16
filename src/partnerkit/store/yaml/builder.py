"""From parser events to nodes and data in one pass, refusing what the dialect does not have."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable
from typing import Any

import yaml

from partnerkit.findings import Finding
from partnerkit.pattern import pattern
from partnerkit.store.yaml import complaints
from partnerkit.store.yaml.characters import refused
from partnerkit.store.yaml.nodes import Mapping, Node, Scalar, Sequence, Style
from partnerkit.store.yaml.plain import UNCLEAR, meaning

MOST_DEPTH = 32
MOST_NODES = 50_000

_STYLES: dict[str | None, Style] = {
    None: "plain",
    "": "plain",
    "'": "single",
    '"': "double",
    "|": "literal",
    ">": "folded",
}
_HEADER = pattern(r"[|>][-+0-9]*")
_COMMENT = pattern(r"#[^\n]*")


class StopReading(Exception):  # noqa: N818 - it ends the reading; the finding is the error
    """Nothing after this finding can be read with sense."""

    def __init__(self, finding: Finding) -> None:
        super().__init__(finding.message)
        self.finding = finding


class _Frame:
    """An open list or mapping; `key` is the mapping's key that waits for its value."""

    __slots__ = ("data", "forms", "key", "last", "node")

    def __init__(self, node: Mapping | Sequence, data: Any) -> None:
        self.node = node
        self.data = data
        self.key: Scalar | None = None
        self.last = node.start + 1 if node.flow else node.start
        self.forms: dict[str, Scalar] = {}


class Builder:
    """Takes the events of one file.

    Attributes:
        data: plain Python data of the root, once it is complete.
        findings: what is wrong so far.
        unclear: unquoted values that readers type differently.
    """

    def __init__(self, text: str) -> None:
        self.data: Any = None
        self.findings: list[Finding] = []
        self.unclear: list[Scalar] = []
        self._text = text
        self._root: Node | None = None
        self._stack: list[_Frame] = []
        self._nodes = 0
        self._calls = {
            yaml.ScalarEvent: self._scalar,
            yaml.MappingStartEvent: self._open,
            yaml.SequenceStartEvent: self._open,
            yaml.MappingEndEvent: self._close,
            yaml.SequenceEndEvent: self._close,
            yaml.AliasEvent: self._alias,
            yaml.DocumentStartEvent: self._document,
            yaml.DocumentEndEvent: self._document,
        }

    def take(self, next_event: Callable[[], Any]) -> None:
        """Takes all events, up to the end of the stream.

        Raises:
            StopReading: a limit is passed, or the file has a shape that the dialect does not have.
        """
        calls = self._calls
        event = next_event()
        while type(event) is not yaml.StreamEndEvent:
            call = calls.get(type(event))
            if call is not None:
                call(event)
            event = next_event()

    def finish(self) -> Mapping | None:
        """The root; None, with a finding, where there is none or it is not a mapping."""
        if isinstance(self._root, Mapping):
            return self._root
        if self._root is None:
            message = "the file is empty: a record is a mapping of keys to values"
            self.findings.append(Finding("yaml-empty", message, line=1, column=1, mend="write `format: 1` first"))
            return None
        what = "a list" if isinstance(self._root, Sequence) else "a single value"
        message = f"the file holds {what}: a record is a mapping of keys to values"
        mend = "write `key: value` lines from the first column"
        self.findings.append(complaints.at("yaml-not-a-mapping", message, mend, self._root))
        return None

    def _document(self, event: Any) -> None:
        if event.explicit or (self._root is not None and isinstance(event, yaml.DocumentStartEvent)):
            message = "a document marker (`---` or `...`) or directive stands here: a file is one record"
            finding = complaints.at("yaml-many-documents", message, "remove the line", event.start_mark)
            if self._root is not None:
                raise StopReading(finding)
            self.findings.append(finding)

    def _count(self, event: Any) -> None:
        self._nodes += 1
        if self._nodes > MOST_NODES:
            message = f"the file holds more than {MOST_NODES:,} keys and values: the rest is not read"
            raise StopReading(complaints.at("yaml-too-many-nodes", message, "split the file", event.start_mark))
        if event.anchor is not None:
            self._anchor(event, f"the anchor `&{complaints.short(event.anchor)}`")
        if event.tag is not None:
            message = f"the tag `{complaints.short(event.tag)}` gives a type by hand: the schema says what a value is"
            self.findings.append(complaints.at("yaml-tag", message, "remove the tag", event.start_mark))

    def _anchor(self, event: Any, what: str) -> None:
        message = f"{what} makes one value stand in several places: every value is written out here"
        self.findings.append(complaints.at("yaml-anchor", message, "write the value itself", event.start_mark))

    def _alias(self, event: Any) -> None:
        self._nodes += 1
        self._anchor(event, f"the alias `*{complaints.short(event.anchor)}`")
        mark = event.start_mark
        alias = Scalar(mark.index, event.end_mark.index, mark.line, mark.column, "plain", f"*{event.anchor}")
        self._put(alias, alias.value, "double")

    def _scalar(self, event: Any) -> None:
        self._count(event)
        mark = event.start_mark
        style = _STYLES[event.style]
        value = event.value
        node = Scalar(mark.index, event.end_mark.index, mark.line, mark.column, style, value)
        if style in {"literal", "folded"}:
            self._trim(node, event.end_mark.index)
        elif style == "double" and (found := refused().search(value)):
            where = complaints.character(found[0], node.line + 1, node.column + 1, escaped=True)
            self.findings.append(where)
        if style == "plain":
            self._type(node, value)
        self._put(node, node.value, style)

    def _type(self, node: Scalar, value: str) -> None:
        meant = meaning(value)
        if meant is not UNCLEAR:
            node.value = meant
        elif value != "<<" or not self._wants_key():
            self.unclear.append(node)
            self.findings.append(complaints.unclear(value, node))

    def _wants_key(self) -> bool:
        frame = self._stack[-1] if self._stack else None
        return frame is not None and isinstance(frame.node, Mapping) and frame.key is None

    def _trim(self, node: Scalar, end: int) -> None:
        """Lets a block scalar end at its own text, so that blank lines after it belong to what follows."""
        text = self._text
        header = _HEADER.match(text, node.start)
        after = header.end() if header else node.start + 1
        if text.startswith("#", after):
            message = "a comment touches the sign of the text block: some YAML readers refuse that"
            self.findings.append(complaints.at("yaml-syntax", message, "put a space before the #", node))
        if text.endswith("\n", 0, end) and end > after:
            end -= 1
        keeps = header is not None and "+" in header[0]
        first = text.find("\n", after)
        while not keeps and end > first >= 0 and not text[text.rfind("\n", 0, end) + 1 : end].strip(" "):
            end = text.rfind("\n", 0, end)
        node.end = end if 0 <= first < end else after

    def _open(self, event: Any) -> None:
        self._count(event)
        mark = event.start_mark
        if len(self._stack) >= MOST_DEPTH:
            message = f"lists and mappings are nested deeper than {MOST_DEPTH}"
            raise StopReading(complaints.at("yaml-too-deep", message, "nest less", mark))
        if self._wants_key():
            raise StopReading(self._complex(mark))
        flow = bool(event.flow_style)
        if type(event) is yaml.SequenceStartEvent:
            self._stack.append(_Frame(Sequence(mark.index, mark.index, mark.line, mark.column, flow, []), []))
            return
        if flow and not self._text.startswith("{", mark.index):
            self._pair(mark)
        self._stack.append(_Frame(Mapping(mark.index, mark.index, mark.line, mark.column, flow, {}), {}))

    def _pair(self, mark: Any) -> None:
        if self._text.startswith("?", mark.index):
            raise StopReading(self._complex(mark))
        message = "`key: value` stands inside [ ]: readers differ about the mapping it makes"
        raise StopReading(complaints.at("yaml-syntax", message, "write [{key: value}] or a list below the key", mark))

    def _close(self, event: Any) -> None:
        frame = self._stack.pop()
        frame.node.end = event.end_mark.index if frame.node.flow else frame.last
        self._put(frame.node, frame.data, "double")

    def _put(self, node: Node, value: Any, style: Style) -> None:
        if not self._stack:
            self._root, self.data = node, value
            return
        frame = self._stack[-1]
        if isinstance(frame.node, Sequence):
            frame.node.items.append(node)
            frame.data.append(value)
        elif frame.key is None and isinstance(node, Scalar):
            self._key(frame, frame.node, node, style)
            return
        elif frame.key is not None:
            self._entry(frame, frame.node, frame.key, node, value)
        frame.last = node.end

    def _entry(self, frame: _Frame, mapping: Mapping, key: Scalar, node: Node, value: Any) -> None:
        if mapping.flow and node.start == node.end == key.end:
            name = complaints.short(key.value)
            message = f"the key `{name}` has no value: in {{ }} a colon needs a space after it"
            self.findings.append(complaints.at("yaml-syntax", message, f"write {{{name}: value}}", key))
        name = str(key.value)
        mapping.entries.setdefault(name, (key, node))
        frame.data.setdefault(name, value)
        frame.key = None

    def _key(self, frame: _Frame, mapping: Mapping, key: Scalar, style: Style) -> None:
        frame.key = key
        if self._is_complex(frame, mapping, key) or style in {"literal", "folded"}:
            self.findings.append(self._complex(key))
        elif key.value == "<<":
            message = "the key `<<` merges another mapping into this one"
            self.findings.append(complaints.at("yaml-merge-key", message, "write the keys themselves", key))
        elif not isinstance(key.value, str):
            shown = complaints.short(self._text[key.start : key.end])
            message = f"the key `{shown}` is not text: keys are words"
            self.findings.append(complaints.at("yaml-key-not-text", message, f'write "{shown}":', key))
        # Digests are over composed characters, so two spellings of one key would hide each other there.
        name = str(key.value)
        form = name if name.isascii() else unicodedata.normalize("NFC", name)
        if first := frame.forms.setdefault(form, key):
            self._twice(first, key)

    def _twice(self, first: Scalar, key: Scalar) -> None:
        if first is not key:
            name = complaints.short(key.value)
            message = f"the key `{name}` stands twice: on line {first.line + 1} and on line {key.line + 1}"
            self.findings.append(complaints.at("yaml-duplicate-key", message, "keep one of them", key))

    def _is_complex(self, frame: _Frame, mapping: Mapping, key: Scalar) -> bool:
        if not mapping.flow:
            return key.column != mapping.column
        gap = self._text[frame.last : key.start]
        return "?" in gap and "?" in _COMMENT.sub("", gap)

    def _complex(self, mark: Any) -> Finding:
        message = "a key is given with `?` or is a list or mapping: keys are plain words on one line"
        return complaints.at("yaml-complex-key", message, "write `key: value`", mark)
