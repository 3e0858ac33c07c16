"""The quick reader: files of which every line looks as nearly all do, read without a parser.

It knows no places and no findings. It says what a text means only where every line has a form of which the full reader
says the same, and says nothing otherwise: then the full reader is asked, as for every text with a mistake.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any
from unicodedata import is_normalized

from partnerkit.pattern import pattern
from partnerkit.store.yaml.characters import clean
from partnerkit.store.yaml.plain import SUSPECT, UNCLEAR, meaning

#: What is below these is surely within the limits of the full reader: lines, what stands on one of them, all together.
_MOST_DEPTH, _MOST_WITHIN, _MOST_NODES = 20, 10, 50_000

#: A key that is longer may be none for the full reader.
_LONGEST_KEY = 500

#: What is met so often that it is looked at once: keys, up to so many of them.
_KEYS: dict[str, str] = {}
_MOST_KEYS = 2_000

#: What begins a value that may be more than its own text.
_SIGNS = SUSPECT | frozenset('"|>[{')

_KEY = r'([\w§][\w§./-]{0,99}+|"[^"\\\n]{0,99}+")'
_TEXT = r"""[^\s\-?:,\[\]{}#&*!|>'"%@`](?:[^\n:#]++|:(?=[^\n ])|(?<! )\#)*+(?<! )"""
_VALUE = rf'("[^"\\\n]*+"|\|-?|>-?|[\[{{][^\n]*[\]}}]|-[1-9][0-9]{{0,17}}+|{_TEXT})'

#: A line: its indent, its dashes, its key, its value; or, as the last, what is none of it.
_LINE = pattern(rf"^(?:( *+)((?:- )*+)(?:{_KEY}:(?=[ \n]|\Z))?(?: ?{_VALUE})?|([^\n]*+))$", re.MULTILINE)

_NUMBER = r"-[1-9][0-9]{0,17}+(?=[,\]}]|\Z)"
_WORD = rf"""[^\s\-?:,\[\]{{}}#&*!|>'"%@`](?:[^\n:,\[\]{{}}# ]++|:(?=[A-Za-z0-9/])|[ ](?=[A-Za-z0-9]))*+|{_NUMBER}"""

#: A part of a value on one line: what opens, what closes, what parts, a scalar, what makes it a key; or none of it.
_PART = pattern(rf'([\[{{])|([\]}}])|(,[ ])|("[^"\\\n]*+"|{_WORD})(:[ ])?|(.)')

#: A key and its scalar, as they stand between commas.
_PAIR = pattern(rf'("[^"\\\n]*+"|{_WORD}): ("[^"\\\n]*+"|{_WORD})')

_Line = tuple[str, str, str, str, str]
_Part = tuple[str, str, str, str, str, str]


class _OtherFormError(Exception):
    """The text has a form that only the full reader knows."""


def quick(text: str) -> dict[str, Any] | None:
    """What a text means, or None where only the full reader can say.

    Args:
        text: a whole file, without a byte order mark and without carriage returns.
    """
    if not clean(text) or (len(text) > _MOST_NODES // 2 and _at_most(text) > _MOST_NODES):
        return None
    try:
        return _Lines(text).read() or None
    except _OtherFormError:
        return None


def line_of(text: str, key: str) -> tuple[int, int] | None:
    """Line and column, from 1, of what stands behind a top-level key on its line; None where nothing does.

    Args:
        text: one that `quick` reads: there, what begins in the first column is a top-level key, or an item of a list.
        key: the key, written without quotes.
    """
    at = 0 if text.startswith(f"{key}: ") else text.find(f"\n{key}: ") + 1
    if not at and not text.startswith(f"{key}: "):
        return None
    return text.count("\n", 0, at) + 1, len(key) + 3


def _at_most(text: str) -> int:
    """No fewer keys, values, lists and mappings than a text can have."""
    return 3 * text.count("\n") + 2 * sum(map(text.count, (": ", ", ", "- ", "[", "{"))) + 3


class _Lines:
    """The lines of one text, and the lists and mappings that the next of them may go on with."""

    __slots__ = ("_line", "_lines", "_open", "_raw", "_text", "_waiting")

    def __init__(self, text: str) -> None:
        self._text = text
        self._lines: list[_Line] = _LINE.findall(text)
        self._line = 0
        self._raw: list[str] = []
        self._open: list[tuple[int, Any]] = []
        self._waiting: tuple[int, dict[str, Any], str] | None = None

    def read(self) -> dict[str, Any]:
        """What all of them mean.

        Raises:
            _OtherFormError: one has a form that only the full reader knows.
        """
        root: dict[str, Any] = {}
        self._open.append((0, root))
        lines, count, stack = self._lines, len(self._lines), self._open
        while self._line < count:
            indent, dashes, key, value, other = lines[self._line]
            self._line += 1
            if dashes:
                self._item(len(indent), len(dashes), key, value)
            elif key:
                column, mapping = stack[-1]
                if self._waiting is not None or column != len(indent) or type(mapping) is list:
                    column, mapping = len(indent), self._going_on(len(indent), list_=False)
                self._entry(mapping, column, key, value)
            elif value or (other and not other.lstrip(" ").startswith("#")):
                raise _OtherFormError
        return root

    def _item(self, column: int, dashes: int, key: str, value: str) -> None:
        items = self._going_on(column, list_=True)
        for inner in range(column + 2, column + dashes, 2):
            items.append([])
            items = items[-1]
            self._opened(inner, items)
        column += dashes
        if key:
            items.append({})
            self._opened(column, items[-1])
            self._entry(items[-1], column, key, value)
        elif value:
            items.append(self._value(value, column - 2))
        else:
            raise _OtherFormError

    def _entry(self, mapping: dict[str, Any], column: int, key: str, value: str) -> None:
        name = _KEYS.get(key) or _key(key)
        if name in mapping:
            raise _OtherFormError
        if not value:
            mapping[name], self._waiting = None, (column, mapping, name)
        else:
            mapping[name] = value if value[0] not in _SIGNS else self._value(value, column)

    def _going_on(self, column: int, *, list_: bool) -> Any:
        """The list or mapping to which a line that begins in a column adds; where a key waits for one, a new one."""
        waiting, self._waiting = self._waiting, None
        if waiting is not None and (column > waiting[0] or (list_ and column == waiting[0])):
            waiting[1][waiting[2]] = made = _empty(list_=list_)
            self._opened(column, made)
            return made
        stack = self._open
        while stack:
            at, found = stack[-1]
            if at <= column:
                if at == column and (type(found) is list) == list_:
                    return found
                if at < column or list_:
                    break
            stack.pop()
        raise _OtherFormError

    def _opened(self, column: int, made: Any) -> None:
        self._open.append((column, made))
        if len(self._open) > _MOST_DEPTH:
            raise _OtherFormError

    def _value(self, value: str, column: int) -> Any:
        first = value[0]
        if first in "|>":
            return self._block(value, column)
        if first in "[{":
            return _pairs(value) or _parts(value)
        return _scalar(value)

    def _block(self, sign: str, column: int) -> str:
        """The text of the lines below that are indented further than a column."""
        self._raw = self._raw or self._text.split("\n")
        raw, begins = self._raw, self._line
        first = raw[begins] if begins < len(raw) else ""
        indent = len(first) - len(first.lstrip(" "))
        pad, end = first[:indent], begins
        while end < len(raw) and (raw[end].startswith(pad) or not raw[end]):
            if raw[end].isspace():
                raise _OtherFormError
            end += 1
        after = raw[end] if end < len(raw) else None
        if after is None and raw[-1]:  # the last line has no end
            raise _OtherFormError
        if indent <= column or first.isspace() or (after and len(after) - len(after.lstrip(" ")) > column):
            raise _OtherFormError
        self._line = end
        body = "\n".join(line[indent:] for line in raw[begins:end]).rstrip("\n")
        if sign[0] == ">":
            if "\n\n" in body or "\n " in body:
                raise _OtherFormError
            body = body.replace("\n", " ")
        return body if sign[-1] == "-" else f"{body}\n"


def _empty(*, list_: bool) -> Any:
    return [] if list_ else {}


def _pairs(text: str) -> dict[str, Any] | None:
    """A mapping of scalars on one line, such as a seal; None where it is more than that."""
    found: dict[str, Any] = {}
    if text[0] + text[-1] != "{}":
        return None
    for pair in text[1:-1].split(", "):
        one = _PAIR.fullmatch(pair)
        name = one and (_KEYS.get(one[1]) or _key(one[1]))
        if one is None or name is None or name in found:
            return None
        found[name] = _scalar(one[2])
    return found


def _parts(text: str) -> Any:
    """A list or mapping on one line, whatever is in it."""
    parts: Iterator[_Part] = iter(_PART.findall(text))
    found = _collection(next(parts)[0], parts, 1)
    if next(parts, None) is not None:
        raise _OtherFormError
    return found


def _collection(sign: str, parts: Iterator[_Part], depth: int) -> Any:
    """A list or mapping on one line, from after its sign to its end."""
    found: Any = [] if sign == "[" else {}
    last = "]" if sign == "[" else "}"
    if depth > _MOST_WITHIN:
        raise _OtherFormError
    part = next(parts, None)
    if part is not None and part[1] == last:
        return found
    while part is not None:
        name = None
        if sign == "{":
            name = _key(part[3]) if part[4] else None
            part = next(parts, None)
            if name is None or name in found or part is None:
                break
        if part[4] or not (part[0] or part[3]):
            break
        value = _collection(part[0], parts, depth + 1) if part[0] else _scalar(part[3])
        if name is None:
            found.append(value)
        else:
            found[name] = value
        ends = next(parts, None)
        if ends is not None and ends[1] == last:
            return found
        part = next(parts, None) if ends is not None and ends[2] else None
    raise _OtherFormError


def _scalar(text: str) -> Any:
    if text[0] == '"':
        return text[1:-1]
    meant = text if text[0] not in SUSPECT else meaning(text)
    if meant is UNCLEAR:
        raise _OtherFormError
    return meant


def _key(text: str) -> str:
    name = _scalar(text)
    if len(text) > _LONGEST_KEY or not isinstance(name, str) or name == "<<" or not is_normalized("NFC", name):
        raise _OtherFormError
    if len(_KEYS) < _MOST_KEYS:
        _KEYS[text] = name
    return name
