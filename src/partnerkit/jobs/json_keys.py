"""Keys that a JSON file of a person's must have: put into its text, of which every other byte stays as it was."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import Any

from partnerkit.dataclass import dataclass
from partnerkit.jobs.pieces import Standing

#: A text in quotation marks, or a comment, of JSON as VS Code has it.
_TEXT_OR_COMMENT = re.compile(r'("(?:\\.|[^"\\])*")|//[^\n]*|/\*.*?\*/', re.DOTALL)
_TEXT_OR_COMMA = re.compile(r'("(?:\\.|[^"\\])*")|,(?=\s*[}\]])')
_DECODER = json.JSONDecoder()


@dataclass(frozen=True, slots=True)
class JsonKeys:
    """Keys that a JSON file of a person's must have; everything else in it stays.

    Attributes:
        path: the file.
        wanted: the keys with their values; blocks and lists are added to those that are there.
        command: the command that writes it.
        unwanted: the key of a list of what the person does not want: it is not put into another.
    """

    path: str
    wanted: dict[str, Any]
    command: str
    unwanted: str | None = None

    def standing(self, there: str | None) -> Standing:
        """What a file that says this holds of it; None where there is no file."""
        if there is None:
            return "absent"
        found = _read(_without_comments(there))
        if not isinstance(found, dict) or not _fits(found, self.wanted):
            return "changed"
        if _merged(found, self._asked(found)) == found:
            return "same"
        return "older" if _read(there) == found else "changed"

    def put_into(self, there: str | None) -> str:
        """The file with it; what was there is there byte for byte."""
        if there is None:
            return json.dumps(self.wanted, indent=2, ensure_ascii=False) + "\n"
        start = _after_space(there, 0)
        _, end = _DECODER.raw_decode(there, start)
        return there[:start] + _grown(there[start:end], self._asked(_read(there))) + there[end:]

    def theirs(self) -> tuple[str, str]:
        """What is to be said, and done, where it cannot be written without losing something."""
        message = (
            f"{self.path} was left as it is: it holds comments, a key twice or another sort of value where entries "
            "belong, or is no JSON"
        )
        return message, f"add to it: {json.dumps(self.wanted, ensure_ascii=False)[1:-1]}"

    def _asked(self, found: dict[str, Any]) -> dict[str, Any]:
        """What is wanted, without what the person does not want."""
        no = [one for one in _listed(found.get(self.unwanted or "", [])) if isinstance(one, str)]
        return {
            key: value for key, value in self.wanted.items() if not isinstance(value, list) or not set(value) & set(no)
        }


def _grown(raw: str, wanted: Any) -> str:
    """The text of a value with what is wanted in it."""
    there = json.loads(raw)
    if isinstance(wanted, dict):
        for key, start, end in reversed(list(_members(raw))):
            if key in wanted:
                raw = raw[:start] + _grown(raw[start:end], wanted[key]) + raw[end:]
        return _appended(raw, [(f"{json.dumps(key)}: ", value) for key, value in wanted.items() if key not in there])
    more = [("", one) for one in _listed(wanted) if one not in _listed(there)]
    return _appended(raw if isinstance(there, list) or not more else f"[{raw}]", more)


def _appended(raw: str, more: list[tuple[str, Any]]) -> str:
    """The text of a list or a block with more at its end, laid out as its first entry is."""
    if not more:
        return raw
    body = raw[:-1].rstrip()
    between = raw[1 : _after_space(raw, 1)]
    on_lines = "\n" in between and len(body) > 1
    indent = between.rpartition("\n")[2]
    texts = [
        name + json.dumps(value, ensure_ascii=False, indent=indent if on_lines else None).replace("\n", f"\n{indent}")
        for name, value in more
    ]
    comma = f",{between}" if on_lines else ", "
    return body + (comma if len(body) > 1 else "") + comma.join(texts) + raw[len(body) :]


def _members(raw: str) -> Iterator[tuple[str, int, int]]:
    """The keys of a block, and where the value of each begins and ends in its text."""
    at = _after_space(raw, 1)
    while raw[at] != "}":
        key, at = _DECODER.raw_decode(raw, at)
        start = _after_space(raw, _after_space(raw, at) + 1)
        _, end = _DECODER.raw_decode(raw, start)
        yield key, start, end
        at = _after_space(raw, end)
        at = _after_space(raw, at + 1) if raw[at] == "," else at


def _after_space(text: str, at: int) -> int:
    while at < len(text) and text[at] in " \t\r\n":
        at += 1
    return at


def _fits(there: Any, wanted: Any) -> bool:
    """Whether what is wanted can be added to what is there."""
    if isinstance(wanted, dict):
        return isinstance(there, dict) and all(
            _fits(there[key], value) for key, value in wanted.items() if key in there
        )
    return isinstance(there, list) or (isinstance(there, str) and isinstance(wanted, str))


def _merged(old: Any, wanted: Any) -> Any:
    """What is there with what is wanted: whatever was there stays, beside what is added."""
    if isinstance(wanted, dict):
        return {**old, **{key: _merged(old[key], value) if key in old else value for key, value in wanted.items()}}
    more = [one for one in _listed(wanted) if one not in _listed(old)]
    return [*_listed(old), *more] if more else old


def _listed(value: Any) -> list[Any]:
    return value if isinstance(value, list) else [value]


def _without_comments(text: str) -> str:
    bare = _TEXT_OR_COMMENT.sub(lambda one: one[1] or " ", text)
    return _TEXT_OR_COMMA.sub(lambda one: one[1] or "", bare)


def _read(text: str) -> Any:
    """What a text of JSON says; None where it is none, or says a key twice: nobody knows which of them counts."""
    try:
        return json.loads(text, object_pairs_hook=_once)
    except (ValueError, RecursionError):
        return None


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) < len(pairs):
        raise ValueError(pairs)
    return found
