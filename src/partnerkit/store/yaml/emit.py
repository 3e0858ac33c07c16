"""Data to YAML in the style of the house: what every reader, of YAML 1.1 or 1.2, reads back as the same data."""

from __future__ import annotations

import functools
import re
from collections.abc import Sequence
from typing import Any

from partnerkit.dataclass import dataclass
from partnerkit.pattern import pattern
from partnerkit.store.yaml.characters import refused
from partnerkit.store.yaml.plain import meaning

_ESCAPES = {"\\": "\\\\", '"': '\\"', "\n": "\\n", "\t": "\\t"}
_ESCAPED = pattern(r'[\\"\n]')
_INDICATORS = frozenset("-?:,[]{}#&*!|>'\"%@` ")
_FLOW_SIGNS = pattern(r"[,\[\]{}:]")
_UNREADABLE_PLAIN = pattern(r": | #|[: ]$|^\.\.\.")
_UNREADABLE_LITERAL = pattern(r"\A[ \n]| (?:\n|\Z)|\A\n*\Z")
_DECIMAL = pattern(r"-[0-9]+\.[0-9]+")
_SHORT = 80


class Flow(dict[str, Any]):
    """A mapping that is written on one line: `{a: x, b: y}`."""


@dataclass(frozen=True, slots=True)
class Layout:
    """How a file is laid out.

    Attributes:
        step: columns by which a mapping is indented under its key.
        dash: columns by which the dashes of a list are indented under its key.
        literals: whether text of several lines is written as a block; else it is quoted, with escapes.
        keeps: whether that holds for text that ends in several line feeds, which takes in blank lines after it.
    """

    step: int = 2
    dash: int = 2
    literals: bool = True
    keeps: bool = True


HOUSE = Layout()

#: The key that closes every record.
LAST = "history"


def scalar(value: str | int | bool | None, *, flow: bool = False) -> str:
    """One value on one line: plain where every reader reads it as that value, else in double quotes.

    Args:
        value: text, a whole number, true, false or None.
        flow: whether it stands inside `{}` or `[]`.

    Raises:
        TypeError: a value of another type; decimals and dates are text.
    """
    if isinstance(value, str):
        return _short(value, flow) if len(value) <= _SHORT else _text(value, flow)
    if value is None:
        return "null"
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, int):
        return str(int(value))
    raise TypeError(f"a record holds text, whole numbers, true, false and null, no {type(value).__name__}")


def _text(text: str, flow: bool) -> str:
    """A text on one line."""
    return text if _plain(text, flow=flow) else quoted(text)


#: The same of a short one, kept: keys, names and words are written again and again.
_short = functools.lru_cache(maxsize=1_000)(_text)


def quoted(text: str) -> str:
    """Text in double quotes, with escapes for nothing but what needs them."""
    return '"' + refused().sub(_escape, _ESCAPED.sub(_escape, text)) + '"'


def flow(value: Any) -> str:
    """A value on one line, lists and mappings in brackets."""
    if isinstance(value, dict):
        return "{" + ", ".join(f"{scalar(key, flow=True)}: {flow(item)}" for key, item in value.items()) + "}"
    if isinstance(value, list):
        return "[" + ", ".join(flow(item) for item in value) + "]"
    return scalar(value, flow=True)


def inline(value: Any, layout: Layout = HOUSE) -> str | None:
    """A value as it stands after `key: `, or None where it takes lines of its own."""
    if isinstance(value, Flow):
        return flow(value)
    if isinstance(value, dict | list):
        return None if value else flow(value)
    return None if isinstance(value, str) and _has_literal(value, layout) else scalar(value)


def block(value: Any, indent: int = 0, layout: Layout = HOUSE) -> str:
    """The lines of a value, each indented by so many spaces and ended by a line feed.

    Raises:
        TypeError: it holds what a record cannot hold.
    """
    return "".join(f"{line}\n" for line in lines(value, indent, layout))


def lines(value: Any, indent: int, layout: Layout = HOUSE) -> list[str]:
    """As `block`, as a list of lines without line feeds."""
    text = inline(value, layout)
    if text is not None:
        return [" " * indent + text]
    if isinstance(value, dict):
        return [line for key, item in value.items() for line in entry(key, item, indent, layout)]
    if isinstance(value, str):
        header, body = literal(value, indent)
        return [" " * indent + header, *body]
    return [line for one in value for line in item(one, indent, layout)]


def entry(key: str, value: Any, indent: int, layout: Layout = HOUSE) -> list[str]:
    """The lines of one key with its value."""
    start = " " * indent + scalar(key) + ":"
    text = inline(value, layout)
    if text is not None:
        return [f"{start} {text}"]
    if isinstance(value, str):
        header, body = literal(value, indent + layout.step)
        return [f"{start} {header}", *body]
    return [start, *lines(value, indent + (layout.dash if isinstance(value, list) else layout.step), layout)]


def item(value: Any, indent: int, layout: Layout = HOUSE) -> list[str]:
    """The lines of one list item."""
    start = " " * indent + "- "
    text = inline(value, layout)
    if text is not None:
        return [start + text]
    if isinstance(value, str):
        header, body = literal(value, indent + 2)
        return [start + header, *body]
    first, *rest = lines(value, indent + 2, layout)
    return [start + first[indent + 2 :], *rest]


def literal(text: str, indent: int) -> tuple[str, Sequence[str]]:
    """Text of several lines as a literal block: its header, and its lines."""
    body = text.rstrip("\n")
    ends = len(text) - len(body)
    header = "|" + ("-" if ends == 0 else "" if ends == 1 else "+")
    pad = " " * indent
    return header, [pad + line if line else "" for line in body.split("\n")] + [""] * (ends - 1)


def _has_literal(text: str, layout: Layout) -> bool:
    if "\n" not in text or not layout.literals or (text.endswith("\n\n") and not layout.keeps):
        return False
    return not _UNREADABLE_LITERAL.search(text) and not refused().search(text)


def _plain(text: str, *, flow: bool) -> bool:
    if not text or meaning(text) != text or not text.isprintable():
        return False
    if text[0] in _INDICATORS and not _DECIMAL.fullmatch(text):
        return False
    return not _UNREADABLE_PLAIN.search(text) and not (flow and _FLOW_SIGNS.search(text))


def _escape(found: re.Match[str]) -> str:
    character = found[0]
    number = ord(character)
    if character in _ESCAPES:
        return _ESCAPES[character]
    if number <= 0xFF:  # noqa: PLR2004 - the widths of YAML's three escapes
        return f"\\x{number:02x}"
    return f"\\u{number:04x}" if number <= 0xFFFF else f"\\U{number:08x}"  # noqa: PLR2004 - likewise
