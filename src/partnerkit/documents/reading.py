"""Which names a template reads, held against what its document has."""

from __future__ import annotations

from collections.abc import Iterator

from jinja2 import nodes

from partnerkit.documents.shape import ANY, LEAF, Each, Has, Open, Shape, texts
from partnerkit.kinds.problems import did_you_mean
from partnerkit.tuples import NamedTuple

#: What a loop says of itself.
LOOP = texts("index", "first", "last", "length")

#: What is said of a place where a text is wanted, and none is given.
NO_TEXT = "this is a list or has parts, and no text: go through it with `for`, or name a part"


class Wrong(NamedTuple):
    """What is wrong with a template, and in which of its lines."""

    line: int
    why: str


def misread(tree: nodes.Template, shape: Has) -> Iterator[Wrong]:
    """The names that the template reads and nothing stands for."""
    yield from _body(tree.body, dict(shape.parts))


def _body(body: list[nodes.Node], known: dict[str, Shape]) -> Iterator[Wrong]:
    """What follows one another: what is set is known from there on."""
    for node in body:
        if isinstance(node, nodes.For):
            yield from _loop(node, known)
        elif isinstance(node, nodes.If):
            yield from _read(node.test, known)[1]
            for branch in (node.body, *(one.body for one in node.elif_), node.else_):
                yield from _body(branch, dict(known))
            for other in node.elif_:
                yield from _read(other.test, known)[1]
        elif isinstance(node, nodes.Assign):
            shape, wrong = _read(node.node, known)
            yield from wrong
            known[_target(node.target)] = shape
        else:
            for part in node.iter_child_nodes():
                yield from _shown(part, known)


def _shown(node: nodes.Node, known: dict[str, Shape]) -> Iterator[Wrong]:
    """What is wrong with a value that is written out: it is one text."""
    shape, wrong = _read(node, known)
    yield from wrong
    if isinstance(shape, Each | Has):
        yield Wrong(node.lineno, NO_TEXT)


def _loop(node: nodes.For, known: dict[str, Shape]) -> Iterator[Wrong]:
    shape, wrong = _read(node.iter, known)
    yield from wrong
    if not isinstance(shape, Each | Open):
        yield Wrong(node.lineno, "`for` goes through a list, and this is none")
    item = shape.item if isinstance(shape, Each) else ANY
    yield from _body(node.body, {**known, _target(node.target): item, "loop": LOOP})
    yield from _body(node.else_, dict(known))


def _target(node: nodes.Node) -> str:
    return node.name if isinstance(node, nodes.Name) else ""


def _read(node: nodes.Node, known: dict[str, Shape]) -> tuple[Shape, list[Wrong]]:
    """What an expression stands for, and what is wrong in it."""
    if isinstance(node, nodes.Name):
        if node.name in known:
            return known[node.name], []
        return ANY, [Wrong(node.lineno, f"there is no {node.name!r} here{did_you_mean(node.name, known)}")]
    if isinstance(node, nodes.Getattr | nodes.Getitem):
        base, wrong = _read(node.node, known)
        shape, more = _part(base, node)
        return shape, [*wrong, *more]
    if isinstance(node, nodes.List | nodes.Tuple):
        return Each(ANY), [one for part in node.items for one in _read(part, known)[1]]
    parts = [_read(one, known) for one in node.iter_child_nodes()]
    wrong = [one for _shape, found in parts for one in found]
    if isinstance(node, nodes.Filter) and node.name in {"first", "last"} and parts:
        shape = parts[0][0]
        return (shape.item if isinstance(shape, Each) else ANY), wrong
    return (ANY if isinstance(node, nodes.CondExpr | nodes.Or | nodes.And) else LEAF), wrong


def _part(base: Shape, node: nodes.Getattr | nodes.Getitem) -> tuple[Shape, list[Wrong]]:
    name = node.attr if isinstance(node, nodes.Getattr) else getattr(node.arg, "value", None)
    if isinstance(base, Open):
        return ANY, []
    if isinstance(base, Has):
        if name in base.parts:
            return base.parts[str(name)], []
        return ANY, [Wrong(node.lineno, f"there is no {name!r} here{did_you_mean(str(name), base.parts)}")]
    if isinstance(base, Each) and isinstance(name, int):
        return base.item, []
    what = "a list: go through it with `for`" if isinstance(base, Each) else "a text, and has no parts"
    return ANY, [Wrong(node.lineno, f"{name!r} is asked of what is {what}")]
