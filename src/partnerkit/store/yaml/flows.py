"""Changes inside `[…]` and `{…}`, and the spelling of a changed scalar."""

from __future__ import annotations

from typing import Any

from partnerkit.store.yaml import emit
from partnerkit.store.yaml.nodes import Mapping, Node, Scalar
from partnerkit.store.yaml.nodes import Sequence as ListNode
from partnerkit.store.yaml.proof import same
from partnerkit.store.yaml.splices import Splice

MOST_COLUMNS = 80


def respell(node: Node, value: Any, *, flow: bool = False) -> str:
    """A scalar on one line, in the quotes of the one that it replaces where they fit."""
    if isinstance(node, Scalar) and isinstance(node.value, str) and isinstance(value, str):
        if node.style == "double":
            return emit.quoted(value)
        if node.style == "single" and value.isprintable():
            return "'" + value.replace("'", "''") + "'"
    return emit.scalar(value, flow=flow)


def inside(node: Node, old: Any, new: Any) -> list[Splice] | None:
    """The splices that make a flow collection of the same shape mean `new`; None where the shape differs."""
    if same(old, new):
        return []
    if isinstance(node, Scalar):
        fits = node.end > node.start and not isinstance(new, dict | list)
        return [Splice(node.start, node.end, respell(node, new, flow=True))] if fits else None
    pairs = _pairs(node, old, new)
    if pairs is None:
        return None
    splices: list[Splice] = []
    for child, before, after in pairs:
        found = inside(child, before, after)
        if found is None:
            return None
        splices += found
    return splices


def stays_flow(node: Node, new: Any) -> bool:
    """Whether a flow collection can be written anew on one line: short, scalars only, and not empty before."""
    if isinstance(node, Scalar) or not (node.entries if isinstance(node, Mapping) else node.items):
        return False
    parts = list(new.values()) if isinstance(new, dict) else new if isinstance(new, list) else [[]]
    if any(isinstance(part, dict | list) for part in parts):
        return False
    return len(emit.flow(new)) <= MOST_COLUMNS


def _pairs(node: Mapping | ListNode, old: Any, new: Any) -> list[tuple[Node, Any, Any]] | None:
    if isinstance(node, Mapping):
        if not isinstance(new, dict) or list(old) != list(new):
            return None
        return [(child, old[key], new[key]) for key, (_, child) in node.entries.items()]
    if not isinstance(new, list) or len(old) != len(new):
        return None
    return list(zip(node.items, old, new, strict=True))
