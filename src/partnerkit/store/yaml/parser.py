"""The full reader: text to nodes with places, or to findings, through PyYAML's parser; it never raises."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice
from typing import Any

import yaml

from partnerkit.dataclass import dataclass
from partnerkit.findings import Finding
from partnerkit.pattern import pattern
from partnerkit.store.yaml import complaints
from partnerkit.store.yaml.builder import Builder, StopReading
from partnerkit.store.yaml.characters import clean, line_column, refused
from partnerkit.store.yaml.nodes import Mapping, Scalar

#: Places of refused characters beyond these are not told.
_MOST_PLACES = 50

_LOADER: Any = yaml.CSafeLoader if yaml.__with_libyaml__ else yaml.SafeLoader
_DIRECTIVE = pattern(r"(?:[ ]*(?:#[^\n]*+)?\n)*+%")


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
    found = list(islice(refused().finditer(text), _MOST_PLACES))
    # Parsed all the same, the characters replaced, so that one reading names as many problems as it can.
    parsed = _events(refused().sub(lambda one: " " if one[0] == "\t" else "_", text))
    parsed.findings = [finding for finding in parsed.findings if finding.code != "yaml-syntax"]
    parsed.findings += _characters(text, [one.start() for one in found], parsed)
    return parsed


def _events(text: str) -> Parsed:
    builder = Builder(text)
    if found := _DIRECTIVE.match(text):
        line, column = line_column(text, found.end() - 1)
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
        line, column = line_column(text, place)
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
