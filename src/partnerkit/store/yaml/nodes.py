"""A YAML file as nodes with their places in the text."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any, Literal, TypeAlias

from partnerkit.dataclass import dataclass

Style: TypeAlias = Literal["plain", "single", "double", "literal", "folded"]

#: One step into a file: a key of a mapping, or the index of a list item.
Step: TypeAlias = str | int


@dataclass(slots=True)
class Scalar:
    """Text, a whole number, true, false or null.

    Attributes:
        start: offset of its first character, quotes included.
        end: offset after its last character; a block scalar ends before its last line's line feed.
        line: first line is 0.
        column: first column is 0.
        style: how it is written.
        value: what it means; decimals, dates and timestamps are text.
    """

    start: int
    end: int
    line: int
    column: int
    style: Style
    value: str | int | bool | None


@dataclass(slots=True)
class Mapping:
    """Keys with values, in the order of the file; places as in `Scalar`, `flow` where it is written in braces."""

    start: int
    end: int
    line: int
    column: int
    flow: bool
    entries: dict[str, tuple[Scalar, Node]]


@dataclass(slots=True)
class Sequence:
    """A list; places as in `Scalar`; a block list starts at its first dash."""

    start: int
    end: int
    line: int
    column: int
    flow: bool
    items: list[Node]


Node: TypeAlias = Scalar | Mapping | Sequence


def nowhere(_key: str) -> None:
    """The place of whatever key, in a text of which the lines say nothing by themselves."""
    return


@dataclass(slots=True)
class Document:
    """One file that was read without findings.

    Attributes:
        file: path inside the repository.
        text: the whole file.
        data: what it means: dict, list, str, int, bool and None, nothing else.
        places: gives its top-level mapping; most documents are never asked where something stands.
        line_of: gives the place of what stands behind a top-level key, on its line; None where it takes all places.
    """

    file: str
    text: str
    data: dict[str, Any]
    places: Callable[[], Mapping]
    line_of: Callable[[str], tuple[int, int] | None] = nowhere

    @property
    def root(self) -> Mapping:
        """Its top-level mapping, with places."""
        return self.places()

    def position(self, path: Iterable[Step]) -> tuple[int, int]:
        """Line and column, from 1, of the value at a path.

        Segments which the file lacks are skipped (pydantic puts the names of union members into its paths), so a
        missing key points at the mapping that should have it.
        """
        keys = tuple(path)
        found = self.line_of(keys[0]) if len(keys) == 1 and isinstance(keys[0], str) else None
        return found or _place(self._walk(keys)[1])

    def key_position(self, path: Iterable[Step]) -> tuple[int, int]:
        """Line and column, from 1, of the key at a path; of a list item, the item's own; else as `position`."""
        return _place(self._walk(path)[0])

    def _walk(self, path: Iterable[Step]) -> tuple[Node, Node]:
        key: Node = self.root
        node: Node = self.root
        for step in path:
            if isinstance(node, Mapping) and isinstance(step, str) and step in node.entries:
                key, node = node.entries[step]
            elif isinstance(node, Sequence) and isinstance(step, int) and 0 <= step < len(node.items):
                key = node = node.items[step]
        return key, node


def _place(node: Node) -> tuple[int, int]:
    return node.line + 1, node.column + 1
