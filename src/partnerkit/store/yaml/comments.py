"""Comments of a file: what stands between its values and says nothing to readers of data."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from partnerkit.pattern import pattern
from partnerkit.store.yaml.nodes import Document, Mapping, Node, Scalar

_COMMENT = pattern(r"#[^\n]*")


def with_comments(document: Document, change: Callable[[str], str]) -> str:
    """The text of a file, with every comment as `change` makes it; nothing else is touched."""
    text, parts, at = document.text, [], 0
    for start, end in [*sorted(_values(document.root)), (len(text), len(text))]:
        parts += [_COMMENT.sub(lambda found: change(found[0]), text[at:start]), text[start:end]]
        at = end
    return "".join(parts)


def comments(document: Document) -> list[str]:
    """Every comment of a file, from its `#` on."""
    found: list[str] = []

    def kept(comment: str) -> str:
        found.append(comment)
        return comment

    if "#" in document.text:
        with_comments(document, kept)
    return found


def _values(node: Node) -> Iterator[tuple[int, int]]:
    """Where keys and values begin and end."""
    if isinstance(node, Scalar):
        yield node.start, node.end
    elif isinstance(node, Mapping):
        for key, value in node.entries.values():
            yield key.start, key.end
            yield from _values(value)
    else:
        for item in node.items:
            yield from _values(item)
