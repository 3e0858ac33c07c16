"""What pydantic objects to, in words that a maintainer understands."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from partnerkit.kinds import modelled
from partnerkit.kinds.within import choices_at, keys_of, models_at
from partnerkit.tuples import NamedTuple


class Problem(NamedTuple):
    """One objection: its code, where (keys), what is wrong, and whether it is about the key itself."""

    code: str
    keys: tuple[str | int, ...]
    message: str
    about_key: bool = False


def did_you_mean(word: str, known: Iterable[str]) -> str:
    """`; did you mean …?` with the closest known words, or nothing."""
    close = nearest(word, known)
    return f"; did you mean {' or '.join(close)}?" if close else ""


def nearest(word: str, known: Iterable[str]) -> list[str]:
    """Up to three known words that are most like it."""
    import difflib  # noqa: PLC0415 - only where a word is not known

    words = [one for one in known if one != word]
    return difflib.get_close_matches(word, words, n=3, cutoff=0.6) or _of_one_beginning(word, words)


def an(word: str) -> str:
    """A word, such as a kind, with its article."""
    return f"{'an' if word[0] in 'aeiou' else 'a'} {word}"


def _of_one_beginning(word: str, known: list[str]) -> list[str]:
    """Up to three known words that begin as the word does, or that it begins."""
    start = word[:4]
    return sorted(one for one in known if len(start) > 2 and one.startswith(start))[:3]  # noqa: PLR2004 - two letters say little


def problems(error: modelled.ValidationError, model: Any) -> list[Problem]:
    """Every objection to what was read as a model (or a list or map of models), at the path of keys where it arose."""
    return [_problem(dict(detail), model) for detail in error.errors(include_url=False)]


def against(model: Any, key: str, value: Any) -> list[Problem]:
    """Every objection of a model to a value under one of its keys, whatever the others hold."""
    from partnerkit.kinds.sure import surely_takes  # noqa: PLC0415 - only where a value is given

    if not surely_takes(model, key, value):
        try:
            model.model_validate({key: value})
        except modelled.ValidationError as error:
            return [one for one in problems(error, model) if one.keys[:1] == (key,)]
    return []


def _problem(detail: dict[str, Any], model: Any) -> Problem:
    keys = tuple(part for part in detail["loc"] if part != "[key]")
    name = ".".join(str(part) for part in keys) or "the file"
    sort, context = detail["type"], detail.get("ctx", {})
    if sort == "extra_forbidden":
        message = f"{_place(keys)}there is no key {keys[-1]!r} here{_known(keys, model)}"
        return Problem("unknown-key", keys, message, about_key=True)
    if sort == "missing":
        return Problem("missing-key", keys, f"{_place(keys)}the key {keys[-1]!r} is missing{_one_of(keys, model)}")
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
        why = str(detail["msg"]).removeprefix("Value error, ")
        return Problem("wrong-value", keys, f"{name}: {why}" if keys else why)
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
    "greater_than": "more than {gt}",
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


def _place(keys: tuple[str | int, ...]) -> str:
    """`objectives, item 1: ` for what lies below the top; nothing at the top."""
    words = ""
    for key in keys[:-1]:
        words += f", item {key + 1}" if isinstance(key, int) else f".{key}"
    return f"{words.removeprefix('.')}: " if words else ""


def _known(keys: tuple[str | int, ...], model: Any) -> str:
    """The keys that the very place knows, and which of them may have been meant."""
    known = list(dict.fromkeys(key for one in models_at(model, keys[:-1]) for key in keys_of(one)))
    near = did_you_mean(str(keys[-1]), known)
    listed = f" (the keys here: {', '.join(known)})" if known and (len(keys) > 1 or not near) else ""
    return f"{near}{listed}"


def _one_of(keys: tuple[str | int, ...], model: Any) -> str:
    """What a key has to be one of, where that is listed."""
    choices = [repr(one) for one in choices_at(model, keys)]
    said = f"{', '.join(choices[:-1])} or {choices[-1]}" if choices[1:] else "".join(choices)
    return f": {_short(said)}" if said else ""


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
