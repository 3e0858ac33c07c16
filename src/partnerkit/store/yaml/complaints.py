"""The findings of the YAML reader: what is said about each kind of problem, and the mend."""

from __future__ import annotations

import re
from typing import Any

import yaml

from partnerkit.findings import Finding
from partnerkit.pattern import pattern
from partnerkit.store.yaml import characters

_BOOLEANS = frozenset({"yes", "on", "y", "true"})
_MOST_SHOWN = 60
_NULLS = frozenset({"~", "null"})

#: How what git could not merge begins and ends.
_CONFLICT, _ENDS = (pattern(rf"^{sign}{{7}} ", re.MULTILINE) for sign in "<>")

#: libyaml's words, and ours.
_PROBLEMS: tuple[tuple[str, str, str], ...] = (
    (
        "mapping values are not allowed",
        "a colon stands where no key can be",
        "put the text that holds `: ` into double quotes, or mend the indentation of this line",
    ),
    (
        "could not find expected ':'",
        "this line is neither `key: value` nor a list item",
        "add the colon and a space after the key, or indent the line as part of the text above",
    ),
    (
        "did not find expected key",
        "this does not fit the mapping above it",
        "align the key with its neighbours; put text that starts with a quote or a bracket wholly into quotes",
    ),
    (
        "did not find expected '-'",
        "this does not fit the list above it",
        "align the dash with the dashes above it",
    ),
    (
        "block sequence entries are not allowed",
        "a list item cannot stand here",
        "start the list on its own line below the key, or put the text into double quotes",
    ),
    ("found unexpected end of stream", "a quote is opened and never closed", "close the quote"),
    (
        "did not find expected ',' or",
        "a bracket is not closed, a comma is missing, or a text that holds `: ` has no quotes",
        "close it with ] or }; put text that holds `: ` or a bracket into double quotes",
    ),
    (
        "cannot start any token",
        "unquoted text cannot start with this character",
        "put the text into double quotes",
    ),
    (
        "did not find expected node content",
        "a value is missing or starts with a sign",
        "put the text into quotes",
    ),
    ("Unicode character escape", "an escape names no character, or half of one (a surrogate)", "delete the escape"),
    (
        "found unknown escape character",
        "YAML knows no such escape",
        "write a backslash in double quotes as \\\\",
    ),
)


def at(code: str, message: str, mend: str, mark: Any) -> Finding:
    """A finding at a mark of the parser or at a node: anything with `line` and `column` from 0."""
    return Finding(code, message, line=mark.line + 1, column=mark.column + 1, mend=mend)


def character(character_: str, line: int, column: int, *, escaped: bool = False) -> Finding:
    """A refused character at a line and column from 1."""
    how = " as an escape" if escaped else ""
    return Finding(
        characters.code(character_),
        f"{characters.name(character_)} stands in the file{how}: it could hide or change what a reader sees",
        line=line,
        column=column,
        mend="delete it" if character_ != "\t" else "write a space",
    )


def tab(line: int, column: int, *, indents: bool) -> Finding:
    """A tab that is meant to indent or to separate."""
    what = "indents" if indents else "separates"
    message = f"a tab {what} here: YAML readers disagree about tabs"
    mend = "use spaces; `partnerkit fmt` mends indentation" if indents else "write a space in its place"
    return Finding("yaml-tab", message, line=line, column=column, mend=mend)


def conflict(text: str) -> Finding | None:
    """What git left in a text in which two branches changed the same lines; None where it left nothing."""
    begins = _CONFLICT.search(text)
    if begins is None or _ENDS.search(text, begins.end()) is None:
        return None
    message = "git left a conflict here: both sides of a merge stand in the file"
    mend = "git status lists such files; keep what is right and take out the lines of <<<<<<<, ======= and >>>>>>>"
    return Finding("yaml-syntax", message, line=text.count("\n", 0, begins.start()) + 1, column=1, mend=mend)


def short(text: object) -> str:
    """A text as a message shows it: on one line, and not endless."""
    line = " ".join(str(text).split())
    return line if len(line) <= _MOST_SHOWN else f"{line[:_MOST_SHOWN]}…"


def unclear(text: str, mark: Any) -> Finding:
    """An unquoted scalar that readers type differently."""
    text = short(text)
    message = f"`{text}` without quotes is read differently by different YAML readers"
    return at("yaml-ambiguous-scalar", message, f'write "{text}" if text is meant{_instead(text)}', mark)


def _instead(text: str) -> str:
    low = text.lower()
    if low in _BOOLEANS or low in {"no", "off", "n", "false"}:
        return f", {'true' if low in _BOOLEANS else 'false'} if yes or no is meant"
    if low in _NULLS:
        return ", null if nothing is meant"
    digits = text.lstrip("+").replace("_", "").replace(",", "")
    if digits.isdecimal() and digits.isascii() and len(digits) <= len("999999999999999999"):
        return f", {int(digits)} if a number is meant"
    return ""


def syntax(error: yaml.YAMLError) -> Finding:
    """What libyaml could not parse, in words that say what to do."""
    if not isinstance(error, yaml.MarkedYAMLError):
        return Finding("yaml-syntax", f"this is not YAML: {' '.join(str(error).split())}", mend="mend or delete it")
    mark = error.problem_mark or error.context_mark
    place = (mark.line + 1, mark.column + 1) if mark else (None, None)
    problem = error.problem or error.context or "it cannot be parsed"
    message, mend = _words(problem)
    if error.context_mark and mark and error.context_mark.line < mark.line:
        message += f" ({error.context or 'the value'}, which starts on line {error.context_mark.line + 1})"
    if "Unicode character escape" in problem:
        return Finding("yaml-control-character", message, line=place[0], column=place[1], mend="delete the escape")
    return Finding("yaml-syntax", f"this is not YAML: {message}", line=place[0], column=place[1], mend=mend)


def _words(problem: str) -> tuple[str, str]:
    for start, message, mend in _PROBLEMS:
        if start in problem:
            return message, mend
    return problem, "mend this line: one `key: value` a line, text with signs in double quotes"
