"""The comment-keeping editor: the least change of a text that makes it mean what it should, proven."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import Any

from partnerkit.store.yaml import emit, flows
from partnerkit.store.yaml.changes import Changes
from partnerkit.store.yaml.emit import LAST, Layout
from partnerkit.store.yaml.known_places import spliced
from partnerkit.store.yaml.nodes import Document, Mapping, Node, Scalar
from partnerkit.store.yaml.nodes import Sequence as ListNode
from partnerkit.store.yaml.proof import EditError, prove, proven, same
from partnerkit.store.yaml.replacing import quoting
from partnerkit.store.yaml.splices import Splice, apply, line_end, line_start

__all__ = ["OTHERS", "EditError", "render", "rewrite", "rewritten"]

#: In an order of keys: where the keys go that the order does not name.
OTHERS = "*"

_ROUNDS = 4

#: How what is written amid a file is laid out: blank lines that follow are not its own.
_AMID = Layout(keeps=False)


def rewrite(document: Document, new: dict[str, Any], order: Sequence[str] = (), *, second_opinion: bool = True) -> str:
    """The text of a document, changed as little as it can be so that it means `new`.

    Args:
        document: what was read.
        new: what it should mean.
        order: the top-level keys in the order of the file, for new ones; `OTHERS` among them says where keys go
            that it does not name (else: before `history`); `history` is always last.
        second_opinion: whether ruamel.yaml must agree too.

    Returns:
        Text of which it was proven that it reads back, without findings, as `new`.

    Raises:
        EditError: no such text was found.
        TypeError: `new` holds what a record cannot hold, such as a float or a date.
    """
    return rewritten(document, new, order, second_opinion=second_opinion)[0]


def rewritten(
    document: Document, new: dict[str, Any], order: Sequence[str] = (), *, second_opinion: bool = True
) -> tuple[str, Document | None]:
    """As `rewrite`, and the document that the text was read back as, where it is at hand."""
    if same(document.data, new):
        return document.text, document
    text = spliced(document.text, document.data, new, partial(_placed, order=order))
    if text is not None:
        trial, flaw = prove(text, new, document.file, second_opinion=second_opinion, stood=document)
        if not flaw:
            return text, trial
    return _searched(document, new, order, second_opinion=second_opinion)


def _searched(
    document: Document, new: dict[str, Any], order: Sequence[str], *, second_opinion: bool
) -> tuple[str, Document | None]:
    """As `rewritten`, of a text of which it has to be found where everything stands."""
    if document.root.flow or not document.data.keys() & new.keys():
        return proven(_anew(document, new), new, document.file, second_opinion=second_opinion), None
    layout = _layout(document)
    whole: frozenset[str] = frozenset()
    flaw = ""
    for _ in range(_ROUNDS):
        text = _changed(document, new, order, layout, whole)
        trial, flaw = prove(text, new, document.file, second_opinion=second_opinion, stood=document)
        if not flaw:
            return text, trial
        if layout != quoting(layout):
            layout = quoting(layout)  # a text written as a block may have taken in the comment below it
            continue
        whole |= _suspects(document, new, trial)
    raise EditError(document.file, flaw)


def render(data: dict[str, Any], order: Sequence[str] = (), *, file: str = "a new file") -> str:
    """The text of a new file, its keys in `order`.

    Raises:
        EditError: the data cannot be written so that every reader reads it back.
        TypeError: the data holds what a record cannot hold.
    """
    placed = _placed([], list(data), order).get(0, [])
    return proven(emit.block({key: data[key] for key in placed}), data, file, second_opinion=True)


def _changed(
    document: Document, new: dict[str, Any], order: Sequence[str], layout: Layout, whole: frozenset[str]
) -> str:
    changes = Changes(document.text, layout, whole)
    changes.root(document.root, document.data, new, partial(_placed, order=order))
    return apply(document.text, changes.splices)


def _anew(document: Document, new: dict[str, Any]) -> str:
    root = document.root
    found = flows.inside(root, document.data, new) if root.flow else None
    if found is not None:
        return apply(document.text, found)
    start, stop = line_start(document.text, root.start), line_end(document.text, root.end)
    lines = emit.block(new, root.column, _AMID).removesuffix("\n")
    return apply(document.text, [Splice(start, stop, lines)])


def _suspects(document: Document, new: dict[str, Any], trial: Document | None) -> frozenset[str]:
    """Top-level keys to write anew: those that change, those that came out wrong, and one that the file's end cuts."""
    found = {key for key, old in document.data.items() if key in new and not same(old, new[key])}
    if trial is not None:
        found |= {key for key, value in trial.data.items() if key in new and not same(value, new[key])}
    if not document.text.endswith("\n"):
        found.add(list(document.data)[-1])
    return frozenset(found)


def _placed(kept: list[str], added: list[str], order: Sequence[str]) -> dict[int, list[str]]:
    """After how many of the keys that stay each group of new keys goes."""
    line = list(kept)
    for key in sorted(added, key=lambda one: _rank(one, order)):
        later = (index for index, other in enumerate(line) if _rank(other, order) > _rank(key, order))
        line.insert(next(later, len(line)), key)
    groups: dict[int, list[str]] = {}
    place = 0
    stays = set(kept)
    for key in line:
        if key in stays:
            place += 1
        else:
            groups.setdefault(place, []).append(key)
    return groups


def _rank(key: str, order: Sequence[str]) -> int:
    if key == LAST:
        return len(order) + 1
    if key in order:
        return order.index(key)
    return order.index(OTHERS) if OTHERS in order else len(order)


def _layout(document: Document) -> Layout:
    """How the file indents: as its first list under a key, and its first mapping under a key, do."""
    step: int | None = None
    dash: int | None = None
    todo: list[Node] = [document.root]
    while todo and (step is None or dash is None):
        node = todo.pop(0)
        if isinstance(node, ListNode):
            todo += node.items
        elif isinstance(node, Mapping):
            for key, value in node.entries.values():
                todo.append(value)
                if isinstance(value, Scalar) or value.flow:
                    continue
                if isinstance(value, Mapping):
                    step = value.column - key.column if step is None else step
                else:
                    dash = value.column - key.column if dash is None else dash
    house = emit.HOUSE
    return Layout(house.step if step is None else step, house.dash if dash is None else dash, keeps=False)
