"""The difference between a document and new data, as splices of its text."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from itertools import pairwise
from typing import Any

from partnerkit.dataclass import dataclass
from partnerkit.store.yaml import emit, flows
from partnerkit.store.yaml.emit import Layout
from partnerkit.store.yaml.nodes import Mapping, Node, Scalar
from partnerkit.store.yaml.nodes import Sequence as ListNode
from partnerkit.store.yaml.proof import same
from partnerkit.store.yaml.replacing import Replacing, Slot
from partnerkit.store.yaml.splices import Splice, line_end, line_start

#: Where, among the keys that stay, each group of new keys goes: after so many of them.
Placing = Callable[[list[str], list[str]], dict[int, list[str]]]


@dataclass(frozen=True, slots=True)
class _Child:
    """A key with its value, or a list item: from its key or dash to the end of its last line."""

    begin: int
    stop: int
    slot: Slot
    node: Node


class Changes:
    """Collects the splices that turn one text into another."""

    def __init__(self, text: str, layout: Layout, whole: frozenset[str] = frozenset()) -> None:
        """Starts with none.

        Args:
            text: the text as it is.
            layout: how the text indents.
            whole: top-level keys whose values are written anew as a whole.
        """
        self.text = text
        self.layout = layout
        self.whole = whole
        self.splices: list[Splice] = []
        self._replacing = Replacing(text, layout, self.splices)

    def root(self, root: Mapping, old: dict[str, Any], new: dict[str, Any], placing: Placing) -> None:
        """Turns the top-level mapping from `old` into `new`; at least one key stays."""
        for key in self.whole & old.keys() & new.keys():
            _, node = root.entries[key]
            self._replacing.replace(node, new[key], self._children(root)[list(root.entries).index(key)].slot)
        settled = {key: new[key] if key in self.whole and key in new else value for key, value in old.items()}
        self._mapping(root, settled, new, placing)

    def _diff(self, node: Node, old: Any, new: Any, slot: Slot) -> None:
        if same(old, new):
            return
        if isinstance(node, Scalar):
            self._replacing.replace(node, new, slot)
        elif node.flow:
            self._flow(node, old, new, slot)
        elif isinstance(node, Mapping) and isinstance(new, dict) and old.keys() & new.keys():
            self._mapping(node, old, new, _at_the_end)
        elif isinstance(node, ListNode) and isinstance(new, list) and new:
            self._list(node, old, new)
        else:
            self._replacing.replace(node, new, slot)

    def _flow(self, node: Node, old: Any, new: Any, slot: Slot) -> None:
        found = flows.inside(node, old, new)
        if found is not None:
            self.splices += found
        elif flows.stays_flow(node, new):
            self.splices.append(Splice(node.start, node.end, emit.flow(new)))
        else:
            self._replacing.replace(node, new, slot)

    def _mapping(self, node: Mapping, old: dict[str, Any], new: dict[str, Any], placing: Placing) -> None:
        children = dict(zip(node.entries, self._children(node), strict=True))
        kept = [key for key in children if key in new]
        for key in kept:
            self._diff(children[key].node, old[key], new[key], children[key].slot)
        self._drop(list(children.values()), [key in new for key in children])
        for place, keys in placing(kept, [key for key in new if key not in children]).items():
            lines = [line for key in keys for line in self._entry(key, new[key], node.column)]
            if place:
                self._after(children[kept[place - 1]], lines)
            else:
                self._before(children[kept[0]], lines, node.column)

    def _entry(self, key: str, value: Any, indent: int) -> list[str]:
        return emit.entry(key, value, indent, self.layout)

    def _list(self, node: ListNode, old: list[Any], new: list[Any]) -> None:
        children = self._children(node)
        keep = [True] * len(children)
        for low, high, new_low, new_high in _runs([_form(one) for one in old], [_form(one) for one in new]):
            paired = min(high - low, new_high - new_low)
            for offset in range(paired):
                child = children[low + offset]
                self._diff(child.node, old[low + offset], new[new_low + offset], child.slot)
            keep[low + paired : high] = [False] * (high - low - paired)
            if new_high - new_low > paired:
                self._insert(children, low + paired, new[new_low + paired : new_high], node.column)
        self._drop(children, keep)

    def _insert(self, children: list[_Child], place: int, values: list[Any], indent: int) -> None:
        lines = [line for value in values for line in emit.item(value, indent, self.layout)]
        if place:
            self._after(children[place - 1], lines)
        else:
            self._before(children[0], lines, indent)

    def _after(self, child: _Child, lines: Sequence[str]) -> None:
        # A file without a last line feed gets one, for a text block may end here and would change its meaning.
        last = "\n" if child.stop == len(self.text) else ""
        self.splices.append(Splice(child.stop, child.stop, "".join(f"\n{line}" for line in lines) + last))

    def _before(self, child: _Child, lines: Sequence[str], indent: int) -> None:
        text = "".join(f"{line}\n" for line in lines)[indent:] + " " * indent
        self.splices.append(Splice(child.begin, child.begin, text))

    def _drop(self, children: list[_Child], keep: list[bool]) -> None:
        first, staying = 0, keep.index(True)
        if staying and self.text[line_start(self.text, children[0].begin) : children[0].begin].strip(" "):
            first = self._drop_beside_dash(children[: staying + 1])
        at_top = line_start(self.text, children[0].begin) == 0
        for number in range(first, len(children)):
            if not keep[number]:
                # A line goes with the line feed before it, so that what is added after it keeps its own;
                # at the top of the file there is none before.
                child, after = children[number], int(at_top and number < staying)
                start = line_start(self.text, child.begin)
                self.splices.append(Splice(start - 1 + after, child.stop + after, ""))

    def _drop_beside_dash(self, children: list[_Child]) -> int:
        """Drops the first child, which stands on the line of its parent's dash; how many were dropped."""
        if all(self.text[one.stop : other.begin].strip(" ") == "\n" for one, other in pairwise(children)):
            self.splices.append(Splice(children[0].begin, children[-1].begin, ""))
            return len(children) - 1
        # Comments or blank lines stay: the dash is left on a line of its own.
        dash = len(self.text[: children[0].begin].rstrip(" "))
        self.splices.append(Splice(dash, children[0].stop, ""))
        return 1

    def _children(self, node: Mapping | ListNode) -> list[_Child]:
        if isinstance(node, Mapping):
            return [self._keyed(key, value) for key, value in node.entries.values()]
        children: list[_Child] = []
        for value in node.items:
            dash = self._next_dash(children[-1].stop + 1) if children else node.start
            slot = Slot(dash + 1, node.column, listed=True)
            children.append(_Child(dash, line_end(self.text, value.end), slot, value))
        return children

    def _keyed(self, key: Scalar, value: Node) -> _Child:
        slot = Slot(self.text.index(":", key.end) + 1, key.column, listed=False)
        return _Child(key.start, line_end(self.text, value.end), slot, value)

    def _next_dash(self, place: int) -> int:
        while self.text[place] != "-":
            blank = self.text[place] in " \n"
            place = place + 1 if blank else line_end(self.text, place) + 1
        return place


def _form(value: Any) -> str:
    return json.dumps(value, sort_keys=True)


def _runs(old: list[str], new: list[str]) -> list[tuple[int, int, int, int]]:
    """The runs of items that differ: from and to in the old list, from and to in the new.

    What both begin and end with stays: left to itself, the matcher takes the longest run that is the same, wherever.
    """
    head = _alike(old, new)
    tail = min(_alike(old[::-1], new[::-1]), min(len(old), len(new)) - head)
    was, now = old[head : len(old) - tail], new[head : len(new) - tail]
    if not (was and now):
        return [(head, len(old) - tail, head, len(new) - tail)] if was or now else []
    from difflib import SequenceMatcher  # noqa: PLC0415 - most lists only grow at their end

    matcher = SequenceMatcher(None, was, now, autojunk=False)
    moved = [[place + head for place in run] for name, *run in matcher.get_opcodes() if name != "equal"]
    if len(old) == len(new):
        # Items that changed in place are the likelier story, unless it takes more changes to tell.
        placed = [number for number, item in enumerate(old) if item != new[number]]
        if len(placed) <= sum(max(high - low, new_high - new_low) for low, high, new_low, new_high in moved):
            return [(number, number + 1, number, number + 1) for number in placed]
    return [(low, high, new_low, new_high) for low, high, new_low, new_high in moved]


def _alike(one: list[str], other: list[str]) -> int:
    """How many items two lists begin with that are the same."""
    return next(
        (count for count, (mine, theirs) in enumerate(zip(one, other, strict=False)) if mine != theirs),
        min(len(one), len(other)),
    )


def _at_the_end(kept: list[str], added: list[str]) -> dict[int, list[str]]:
    return {len(kept): added} if added else {}
