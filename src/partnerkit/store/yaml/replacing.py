"""Writing a value anew in the place of another, whatever the two are."""

from __future__ import annotations

from typing import Any

from partnerkit.dataclass import dataclass, replace
from partnerkit.pattern import pattern
from partnerkit.store.yaml import emit, flows
from partnerkit.store.yaml.emit import Layout
from partnerkit.store.yaml.nodes import Mapping, Node, Scalar
from partnerkit.store.yaml.splices import Splice, line_end, line_start

_HEADER = pattern(r"[|>][-+0-9]*")


@dataclass(frozen=True, slots=True)
class Slot:
    """Where a value stands.

    Attributes:
        anchor: offset after the colon of its key, or after its dash.
        indent: column of that key or dash.
        listed: whether it is a list item.
    """

    anchor: int
    indent: int
    listed: bool


class Replacing:
    """Adds to `splices` what replaces one value; comments beside it stay where the text allows."""

    def __init__(self, text: str, layout: Layout, splices: list[Splice]) -> None:
        self._text = text
        self._layout = layout
        self._splices = splices

    def replace(self, node: Node, new: Any, slot: Slot) -> None:
        """Writes `new` in place of the value at `node`."""
        if isinstance(node, Scalar) and node.style in {"literal", "folded"}:
            self._text_block(node, new, slot)
        elif isinstance(node, Scalar) or node.flow:
            self._one_place(node, new, slot)
        else:
            self._lines(node, new, slot)

    def _add(self, start: int, end: int, text: str) -> None:
        self._splices.append(Splice(start, end, text))

    def _inline(self, node: Node, new: Any) -> str | None:
        text = emit.inline(new, self._layout)
        if text is None or isinstance(new, dict | list):
            return text
        return flows.respell(node, new)

    def _indent(self, new: Any, slot: Slot) -> int:
        if slot.listed:
            return slot.indent + 2
        return slot.indent + (self._layout.dash if isinstance(new, list) else self._layout.step)

    def _body(self, new: Any, slot: Slot, indent: int | None = None) -> tuple[str, str]:
        """What stands beside the key or dash, and the lines below, each after its line feed."""
        indent = self._indent(new, slot) if indent is None else indent
        header, lines = "", emit.lines(new, indent, self._layout)
        if isinstance(new, str):
            header, lines = emit.literal(new, indent)[0], list(emit.literal(new, indent)[1])
        return header, "".join(f"\n{line}" for line in lines)

    def _text_block(self, node: Scalar, new: Any, slot: Slot) -> None:
        """The header and the body are two places, so that a comment beside the header stays."""
        found = _HEADER.match(self._text, node.start)
        header_end = found.end() if found else node.start + 1
        body = line_end(self._text, header_end)
        end = max(body, node.end)
        text = self._inline(node, new)
        if text is not None:
            self._add(node.start, header_end, text)
            self._add(body, end, "")
            return
        indent = None
        if isinstance(new, str) and "0" not in self._text[node.start : header_end]:
            indent = self._body_indent(body, end)
        header, lines = self._body(new, slot, indent)
        self._add(node.start if header else self._spaces_before(node.start, slot), header_end, header)
        self._add(body, end, lines)

    def _body_indent(self, start: int, end: int) -> int | None:
        lines = self._text[start:end].split("\n")[1:]
        return next((len(line) - len(line.lstrip(" ")) for line in lines if line.strip(" ")), None)

    def _spaces_before(self, place: int, slot: Slot) -> int:
        """The anchor, where only spaces stand between it and a place; else the place."""
        return place if self._text[slot.anchor : place].strip(" ") else slot.anchor

    def _one_place(self, node: Node, new: Any, slot: Slot) -> None:
        gap = " " if node.start == slot.anchor else ""
        text = self._inline(node, new)
        if text is not None:
            self._add(node.start, node.end, gap + text)
            return
        stop = line_end(self._text, node.end)
        header, lines = self._body(new, slot)
        if header:
            self._add(node.start, node.end, gap + header)
            self._add(stop, stop, lines)
        elif slot.listed and not self._text[node.end : stop].strip(" "):
            self._add(node.start, stop, gap + self._beside(node, new, slot))
        else:
            self._add(self._spaces_before(node.start, slot), node.end, "")
            self._add(stop, stop, lines)

    def _lines(self, node: Node, new: Any, slot: Slot) -> None:
        """In place of a block list or mapping, which stands on lines of its own, or begins beside a dash."""
        start = line_start(self._text, node.start)
        stop = line_end(self._text, node.end)
        beside = start <= slot.anchor
        first = node.start if beside else start - 1
        text = self._inline(node, new)
        if text is None and isinstance(new, str) and "\n" in self._text[slot.anchor : first]:
            # Comments stand between the key and its value, and would become part of a text block.
            text = emit.scalar(new)
        if beside:
            self._add(node.start, stop, self._beside(node, new, slot) if text is None else text)
        elif text is not None:
            self._add(slot.anchor, slot.anchor, f" {text}")
            self._add(first, stop, "")
        else:
            alike = isinstance(new, dict if isinstance(node, Mapping) else list)
            header, lines = self._body(new, slot, node.column if alike else None)
            self._add(slot.anchor, slot.anchor, f" {header}" if header else "")
            self._add(first, stop, lines)

    def _beside(self, node: Node, new: Any, slot: Slot) -> str:
        """What takes lines, begun beside a dash, and as far from it as the value before."""
        column = None if isinstance(new, str) or node.start == slot.anchor else node.column
        header, lines = self._body(new, slot, column)
        return header + lines if header else lines[1:].lstrip(" ")


def quoting(layout: Layout) -> Layout:
    """The same layout without text blocks, whose meaning depends on the lines around them."""
    return replace(layout, literals=False)
