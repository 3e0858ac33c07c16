"""The fast reader: bytes to a document with places, or to findings; it never raises."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import islice
from typing import Any

import yaml

from partnerkit.findings import Finding, in_order
from partnerkit.kinds.canonical import WHOLE, is_pointer
from partnerkit.store.yaml import complaints
from partnerkit.store.yaml.builder import Builder, StopReading
from partnerkit.store.yaml.characters import REFUSED, clean
from partnerkit.store.yaml.nodes import Document, Mapping, Scalar

MOST_BYTES = 1024 * 1024
MOST_FINDINGS = 50

_LOADER: Any = yaml.CSafeLoader if yaml.__with_libyaml__ else yaml.SafeLoader
_DIRECTIVE = re.compile(r"(?:[ ]*(?:#[^\n]*+)?\n)*+%")


def read(raw: bytes, file: str) -> tuple[Document | None, list[Finding]]:
    """Reads one YAML file of the register.

    Args:
        raw: the bytes of the file.
        file: its path inside the repository, for findings.

    Returns:
        The document and no findings, or None and at least one finding; whatever the bytes, within about a second.
    """
    text, findings = _decode(raw)
    if text is not None:
        parsed = parse(text)
        findings = parsed.findings
        root = parsed.root
        if not findings and root is not None:
            return Document(file, text, parsed.data, lambda: root), []
    return None, [replace(finding, file=file) for finding in in_order(findings)[:MOST_FINDINGS]]


@dataclass(slots=True)
class Parsed:
    """What could be made of a text: a root and its data where it could be read to the end, and what is wrong."""

    root: Mapping | None
    data: Any
    findings: list[Finding]
    unclear: list[Scalar]


def parse(text: str) -> Parsed:
    """Parses text that was decoded and has no byte order mark and no carriage returns."""
    if clean(text):
        return _events(text)
    refused = list(islice(REFUSED.finditer(text), MOST_FINDINGS))
    # Parsed all the same, the characters replaced, so that one reading names as many problems as it can.
    parsed = _events(REFUSED.sub(lambda found: " " if found[0] == "\t" else "_", text))
    parsed.findings = [finding for finding in parsed.findings if finding.code != "yaml-syntax"]
    parsed.findings += _characters(text, [found.start() for found in refused], parsed)
    return parsed


def _decode(raw: bytes) -> tuple[str | None, list[Finding]]:
    if len(raw) > MOST_BYTES:
        message = f"the file has {len(raw):,} bytes: more than {MOST_BYTES:,} are not read"
        return None, [Finding("yaml-too-large", message, mend="split it, or keep long texts as evidence files")]
    if is_pointer(raw):
        message = "the file is a pointer of git LFS: what it says is not in history, and nobody could judge it"
        return None, [Finding("lfs-pointer", message, line=1, column=1, mend=WHOLE)]
    if raw.startswith((b"\xef\xbb\xbf", b"\xff\xfe", b"\xfe\xff")):
        message = "the file starts with a byte order mark"
        return None, [Finding("yaml-bom", message, line=1, column=1, mend=_FMT.format("UTF-8 without a mark"))]
    try:
        text = raw.decode()
    except UnicodeDecodeError as error:
        before = raw[: error.start].decode(errors="replace")
        line, column = _line_column(before, len(before))
        message = f"byte 0x{raw[error.start]:02X} is not UTF-8"
        return None, [Finding("yaml-not-utf8", message, line=line, column=column, mend="save the file as UTF-8")]
    if "\r" in text:
        line, column = _line_column(text, text.index("\r"))
        message = "a line ends with a carriage return: digests and differences need plain line feeds"
        mend = _FMT.format("LF line ends")
        return None, [Finding("yaml-crlf", message, line=line, column=column, mend=mend)]
    return text, []


_FMT = "save it with {}, or run `partnerkit fmt`"


def _events(text: str) -> Parsed:
    builder = Builder(text)
    if found := _DIRECTIVE.match(text):
        line, column = _line_column(text, found.end() - 1)
        message = "a YAML directive stands before the record"
        finding = Finding("yaml-many-documents", message, line=line, column=column, mend="remove the line")
        return Parsed(None, None, [finding], [])
    root: Mapping | None = None
    try:
        loader = _LOADER(text)
        try:
            builder.take(loader.get_event)
        finally:
            loader.dispose()
        root = builder.finish()
    except StopReading as stop:
        builder.findings.append(stop.finding)
    except yaml.YAMLError as error:
        builder.findings.append(complaints.conflict(text) or complaints.syntax(error))
    return Parsed(root, builder.data, builder.findings, builder.unclear)


def _characters(text: str, places: list[int], parsed: Parsed) -> Iterator[Finding]:
    quoted = _quoted_spans(parsed.root) if parsed.root else []
    for place in places:
        line, column = _line_column(text, place)
        inside = any(start < place < end for start, end in quoted)
        if text[place] == "\t" and not inside:
            yield complaints.tab(line, column, indents=not text[text.rfind("\n", 0, place) + 1 : place].strip())
        else:
            yield complaints.character(text[place], line, column)


def _quoted_spans(root: Mapping) -> list[tuple[int, int]]:
    spans: list[tuple[int, int]] = []
    todo: list[Any] = [root]
    while todo:
        node = todo.pop()
        if isinstance(node, Mapping):
            todo += [part for entry in node.entries.values() for part in entry]
        elif isinstance(node, Scalar):
            spans += [(node.start, node.end)] if node.style != "plain" else []
        else:
            todo += node.items
    return spans


def _line_column(text: str, place: int) -> tuple[int, int]:
    return text.count("\n", 0, place) + 1, place - text.rfind("\n", 0, place)
