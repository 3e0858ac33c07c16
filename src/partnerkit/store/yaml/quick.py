"""The quick reader: files of which every line looks as nearly all do, read without a parser.

It knows no places and no findings. It says what a text means only where every line has a form of which the full reader
says the same, and says nothing otherwise: then the full reader is asked, as for every text with a mistake.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any
from unicodedata import is_normalized

from partnerkit.pattern import pattern
from partnerkit.store.yaml.characters import clean
from partnerkit.store.yaml.plain import SUSPECT, UNCLEAR, meaning

#: What a line says by itself: its column, how far its dashes reach from there, its key (None: it has none), its value
#: where that is a scalar; and the text of any other value, or that it stands below.
_Line = tuple[int, int, str | None, Any, str]
_BELOW = ":"
_NOTHING: _Line = (0, 0, None, None, "")

_Part = tuple[str, str, str, str, str, str]

#: What is below these is surely within the limits of the full reader: lines, what stands on one of them, all together.
_MOST_DEPTH, _MOST_WITHIN, _MOST_NODES = 20, 10, 50_000

#: A key that is longer may be none for the full reader.
_LONGEST_KEY = 500

#: What is met so often that it is looked at once: keys, and lines; so many of each, then they are looked at anew.
_KEYS: dict[str, str] = {}
_MOST_KEYS = 2_000
_LINES: dict[str, _Line] = {}
_MOST_LINES, _LONGEST_LINE = 4_000, 100

#: What begins a value that is more than a scalar.
_MORE = frozenset("|>[{")

_KEY = r'([\w§][\w§./-]{0,99}+|"[^"\\\n]{0,99}+")'
_TEXT = r"""[^\s\-?:,\[\]{}#&*!|>'"%@`](?:[^\n:#]++|:(?=[^\n ])|(?<! )\#)*+(?<! )"""
_VALUE = rf'("[^"\\\n]*+"|\|-?|>-?|[\[{{][^\n]*[\]}}]|-[1-9][0-9]{{0,17}}+|{_TEXT})'

#: A line: its indent, its dashes, its key, its value.
_LINE = pattern(rf"( *+)((?:- )*+)(?:{_KEY}:(?= |\Z))?(?: ?{_VALUE})?")

_NUMBER = r"-[1-9][0-9]{0,17}+(?=[,\]}]|\Z)"
_WORD = rf"""[^\s\-?:,\[\]{{}}#&*!|>'"%@`](?:[^\n:,\[\]{{}}# ]++|:(?=[A-Za-z0-9/])|[ ](?=[A-Za-z0-9]))*+|{_NUMBER}"""

#: A part of a value on one line: what opens, what closes, what parts, a scalar, what makes it a key; or none of it.
_PART = pattern(rf'([\[{{])|([\]}}])|(,[ ])|("[^"\\\n]*+"|{_WORD})(:[ ])?|(.)')

#: A key and its scalar, as they stand between commas.
_PAIR = pattern(rf'("[^"\\\n]*+"|{_WORD}): ("[^"\\\n]*+"|{_WORD})')


class OtherFormError(Exception):
    """The text has a form that only the full reader knows."""


def quick(text: str) -> dict[str, Any] | None:
    """What a text means, or None where only the full reader can say.

    Args:
        text: a whole file, without a byte order mark and without carriage returns.
    """
    try:
        return (lines(text) or None) if readable(text) else None
    except OtherFormError:
        return None


def readable(text: str) -> bool:
    """Whether a text has only characters that a file may have, and is surely no longer than the full reader allows."""
    return clean(text) and (len(text) <= _MOST_NODES // 2 or _at_most(text) <= _MOST_NODES)


def lines(text: str) -> dict[str, Any]:
    """What the lines of a readable text mean.

    Raises:
        OtherFormError: one has a form that only the full reader knows.
    """
    return _Lines(text).read()


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

    __slots__ = ("_at", "_open", "_texts", "_waiting")

    def __init__(self, text: str) -> None:
        self._texts = text.split("\n")
        self._at = 0
        self._open: list[tuple[int, Any]] = []
        self._waiting: tuple[int, dict[str, Any], str] | None = None

    def read(self) -> dict[str, Any]:
        """What all of them mean.

        Raises:
            OtherFormError: one has a form that only the full reader knows.
        """
        root: dict[str, Any] = {}
        self._open.append((0, root))
        texts, count, stack = self._texts, len(self._texts), self._open
        while self._at < count:
            text = texts[self._at]
            column, dashes, key, value, more = _LINES.get(text) or _line(text)
            self._at += 1
            if dashes:
                self._item(column, dashes, key, value, more)
            elif key is not None:
                at, mapping = stack[-1]
                if self._waiting is not None or at != column or type(mapping) is list:
                    mapping = self._going_on(column, list_=False)
                if more or key in mapping:
                    self._entry(mapping, column, key, value, more)
                else:
                    mapping[key] = value
        return root

    def _item(self, column: int, dashes: int, key: str | None, value: Any, more: str) -> None:
        items = self._going_on(column, list_=True)
        for inner in range(column + 2, column + dashes, 2):
            items.append([])
            items = items[-1]
            self._opened(inner, items)
        column += dashes
        if key is not None:
            items.append({})
            self._opened(column, items[-1])
            self._entry(items[-1], column, key, value, more)
        else:
            items.append(self._more(more, column - 2) if more else value)

    def _entry(self, mapping: dict[str, Any], column: int, key: str, value: Any, more: str) -> None:
        if key in mapping:
            raise OtherFormError
        if more == _BELOW:
            self._waiting = (column, mapping, key)
        mapping[key] = self._more(more, column) if more and more != _BELOW else value

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
        raise OtherFormError

    def _opened(self, column: int, made: Any) -> None:
        self._open.append((column, made))
        if len(self._open) > _MOST_DEPTH:
            raise OtherFormError

    def _more(self, text: str, column: int) -> Any:
        """What a text means that is more than a scalar."""
        if text[0] in "|>":
            return self._block(text, column)
        return _pairs(text) or _parts(text)

    def _block(self, sign: str, column: int) -> str:
        """The text of the lines below that are indented further than a column."""
        raw, begins = self._texts, self._at
        first = raw[begins] if begins < len(raw) else ""
        indent = len(first) - len(first.lstrip(" "))
        pad, end = first[:indent], begins
        while end < len(raw) and (raw[end].startswith(pad) or not raw[end]):
            if raw[end].isspace():
                raise OtherFormError
            end += 1
        after = raw[end] if end < len(raw) else None
        if after is None and raw[-1]:  # the last line has no end
            raise OtherFormError
        if indent <= column or first.isspace() or (after and len(after) - len(after.lstrip(" ")) > column):
            raise OtherFormError
        self._at = end
        body = "\n".join(line[indent:] for line in raw[begins:end]).rstrip("\n")
        if sign[0] == ">":
            if "\n\n" in body or "\n " in body:
                raise OtherFormError
            body = body.replace("\n", " ")
        return body if sign[-1] == "-" else f"{body}\n"


def _line(text: str) -> _Line:
    """What a line says by itself."""
    found = _LINE.fullmatch(text)
    if found is None and text.lstrip(" ").startswith("#"):
        return _NOTHING
    if found is None:
        raise OtherFormError
    indent, dashes, key, value = found.groups("")
    name = (_KEYS.get(key) or _key(key)) if key else None
    if not key and bool(value) != bool(dashes):
        raise OtherFormError
    more = (value if value[0] in _MORE else "") if value else _BELOW if key else ""
    said = (len(indent), len(dashes), name, None if more or not value else _scalar(value), more)
    if len(text) <= _LONGEST_LINE:
        if len(_LINES) >= _MOST_LINES:
            _LINES.clear()
        _LINES[text] = said
    return said


def _empty(*, list_: bool) -> Any:
    return [] if list_ else {}


def _pairs(text: str) -> dict[str, Any] | None:
    """A mapping of scalars on one line, such as a seal; None where it is more than that."""
    found: dict[str, Any] = {}
    if text[0] + text[-1] != "{}":
        return None
    for pair in text[1:-1].split(", "):
        key, _, value = pair.partition(": ")
        name = _KEYS.get(key)
        if name is None or value[:1] != '"' or value.find('"', 1) != len(value) - 1 or "\\" in value:
            one = _PAIR.fullmatch(pair)
            if one is None:
                return None
            name, value = _KEYS.get(one[1]) or _key(one[1]), one[2]
        if name in found:
            return None
        found[name] = _scalar(value)
    return found


def _parts(text: str) -> Any:
    """A list or mapping on one line, whatever is in it."""
    parts: Iterator[_Part] = iter(_PART.findall(text))
    found = _collection(next(parts)[0], parts, 1)
    if next(parts, None) is not None:
        raise OtherFormError
    return found


def _collection(sign: str, parts: Iterator[_Part], depth: int) -> Any:
    """A list or mapping on one line, from after its sign to its end."""
    found: Any = [] if sign == "[" else {}
    last = "]" if sign == "[" else "}"
    if depth > _MOST_WITHIN:
        raise OtherFormError
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
    raise OtherFormError


def _scalar(text: str) -> Any:
    if text[0] == '"':
        return text[1:-1]
    meant = text if text[0] not in SUSPECT else meaning(text)
    if meant is UNCLEAR:
        raise OtherFormError
    return meant


def _key(text: str) -> str:
    name = _scalar(text)
    if len(text) > _LONGEST_KEY or not isinstance(name, str) or name == "<<" or not is_normalized("NFC", name):
        raise OtherFormError
    if len(_KEYS) < _MOST_KEYS:
        _KEYS[text] = name
    return name
