"""What pydantic objects to, in words that a maintainer understands."""

from __future__ import annotations

import difflib
from collections.abc import Iterable
from typing import Any, NamedTuple

from pydantic import BaseModel, ValidationError


class Problem(NamedTuple):
    """One objection: its code, where (keys), what is wrong, and whether it is about the key itself."""

    code: str
    keys: tuple[str | int, ...]
    message: str
    about_key: bool = False


def did_you_mean(word: str, known: Iterable[str]) -> str:
    """`; did you mean …?` with the closest known words, or nothing."""
    words = list(known)
    close = difflib.get_close_matches(word, words, n=3, cutoff=0.6) or _of_one_beginning(word, words)
    return f"; did you mean {' or '.join(close)}?" if close else ""


def _of_one_beginning(word: str, known: list[str]) -> list[str]:
    """Up to three known words that begin as the word does, or that it begins."""
    start = word[:4]
    return sorted(one for one in known if len(start) > 2 and one.startswith(start))[:3]  # noqa: PLR2004 - two letters say little


def problems(error: ValidationError, model: type[BaseModel]) -> list[Problem]:
    """Every objection, at the path of keys where it arose."""
    return [_problem(dict(detail), model) for detail in error.errors(include_url=False)]


def _problem(detail: dict[str, Any], model: type[BaseModel]) -> Problem:
    keys = tuple(part for part in detail["loc"] if part != "[key]")
    name = ".".join(str(part) for part in keys) or "the file"
    sort, context = detail["type"], detail.get("ctx", {})
    if sort == "extra_forbidden":
        return Problem("unknown-key", keys, f"there is no key {keys[-1]!r} here{_near(keys, model)}", about_key=True)
    if sort == "missing":
        return Problem("missing-key", keys, f"the key {keys[-1]!r} is missing")
    if "[key]" in detail["loc"]:
        known = str(context.get("expected", ""))
        near = did_you_mean(str(keys[-1]), [part.strip("'") for part in _split(known)]) if known else ""
        message = f"{keys[-1]!r} is not possible here: {_short(known) or _expected(detail)}{near}"
        return Problem("unknown-key", keys, message, about_key=True)
    if sort in {"literal_error", "enum"}:
        expected = str(context.get("expected", ""))
        near = did_you_mean(str(detail["input"]), [part.strip("'") for part in _split(expected)])
        return Problem("wrong-value", keys, f"{name} is {_shown(detail['input'])}, expected: {_short(expected)}{near}")
    if sort == "value_error":
        return Problem("wrong-value", keys, f"{name}: {str(detail['msg']).removeprefix('Value error, ')}")
    return Problem("wrong-value", keys, f"{name} is {_shown(detail['input'])}: {_expected(detail)}")


_SORTS = {
    "string_type": "write text",
    "int_type": "write a whole number",
    "bool_type": "write true or false",
    "list_type": "write a list: one line beginning with - for each item",
    "dict_type": "write a block of key: value lines",
    "model_type": "write a block of key: value lines",
    "string_pattern_mismatch": "expected the form {pattern}",
    "string_too_short": "it must not be empty",
    "string_too_long": "at most {max_length} characters",
    "too_short": "at least {min_length} is needed",
    "greater_than_equal": "at least {ge}",
    "less_than_equal": "at most {le}",
}


def _expected(detail: dict[str, Any]) -> str:
    form = _SORTS.get(detail["type"])
    if form is None:
        return str(detail["msg"])
    if detail["type"] == "string_pattern_mismatch" and detail["ctx"]["pattern"] == r"^[a-z0-9][a-z0-9-]*$":
        return "write lower-case letters, digits and hyphens, such as acme-2026"
    return form.format(**detail.get("ctx", {}))


def _near(keys: tuple[str | int, ...], model: type[BaseModel]) -> str:
    known = {info.alias or name for name, info in model.model_fields.items()} if len(keys) == 1 else _all_keys(model)
    return did_you_mean(str(keys[-1]), known)


def _all_keys(model: type[BaseModel]) -> set[str]:
    """Every key that occurs anywhere in the model's schema."""
    schema = model.model_json_schema(by_alias=True)
    found: set[str] = set()
    for part in [schema, *schema.get("$defs", {}).values()]:
        found |= set(part.get("properties", {}))
    return found


def _split(expected: str) -> list[str]:
    return expected.replace(" or ", ", ").split(", ")


def _short(expected: str) -> str:
    words = _split(expected)
    limit = 12
    return expected if len(words) <= limit else f"{', '.join(words[:limit])} … ({len(words)} choices)"


def _shown(value: Any) -> str:
    if isinstance(value, str):
        shown = value if len(value) <= 60 else value[:57] + "…"  # noqa: PLR2004 - what fits on a line
        return f"“{shown}”"
    if isinstance(value, dict | list):
        return "a block of keys" if isinstance(value, dict) else "a list"
    if value is None:
        return "empty"
    text = str(value).lower() if isinstance(value, bool) else str(value)
    return text if len(text) <= 60 else text[:57] + "…"  # noqa: PLR2004 - what fits on a line
