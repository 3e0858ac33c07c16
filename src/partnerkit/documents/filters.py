"""The filters of templates, and those by which what a template does is watched. Each takes only what it can."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from jinja2 import TemplateError, Undefined, pass_context
from jinja2.runtime import Context

from partnerkit.documents.bounds import LARGEST, Bounds, StoppedError
from partnerkit.documents.marks import Blank, Mark
from partnerkit.kinds.calendar import read_day

_MONTHS = (
    *("January", "February", "March", "April", "May", "June"),
    *("July", "August", "September", "October", "November", "December"),
)

#: What a template may name, and how many values more than the one before the bar each takes.
FILTERS = ("day", "join", "first", "last", "length", "upper", "lower", "capitalize", "blank")
TAKES = {"join": (1, 'one text: join(", ")')}

_Filter = Callable[..., Any]


def bound(bounds: Bounds) -> dict[str, _Filter]:
    """All filters of one template that is being filled, each counting what it does."""
    found: dict[str, _Filter] = {
        "day": _on_text(day_in_words),
        "join": _joined,
        "first": lambda _bounds, values: _item(values, 0, "first"),
        "last": lambda _bounds, values: _item(values, -1, "last"),
        "length": lambda _bounds, values: len(values) if isinstance(values, list | str) else 0,
        "upper": _on_text(str.upper),
        "lower": _on_text(str.lower),
        "capitalize": _on_text(lambda text: text[:1].upper() + text[1:]),
        "blank": lambda bounds, name: Blank(_text(bounds, name)),
        "_round": _round,
        "_list": _list,
        "_flat": _flat,
        "_items": _items,
    }
    return {name: _counted(one, bounds) for name, one in found.items()}


def _counted(one: _Filter, bounds: Bounds) -> _Filter:
    """A filter that is never worked out before the template is filled."""

    @pass_context
    def found(_context: Context, *values: Any) -> Any:
        bounds.step(1)
        return one(bounds, *values)

    return found


def _on_text(change: Callable[[str], str]) -> _Filter:
    """A filter of texts, which leaves what marks an absence as it is."""

    def found(bounds: Bounds, value: Any) -> Any:
        return change(_text(bounds, value)) if isinstance(value, str) and not isinstance(value, Mark) else value

    return found


def day_in_words(text: str) -> str:
    """A day as letters write it: 1 April 2026."""
    try:
        found = read_day(text)
    except ValueError:
        return text
    return f"{found.day} {_MONTHS[found.month - 1]} {found.year}"


def _item(values: Any, place: int, name: str) -> Any:
    return values[place] if isinstance(values, list) and values else Undefined(name=name)


def _joined(bounds: Bounds, values: Any, between: Any = ", ") -> str:
    part = _text(bounds, between)
    texts = [_text(bounds, one) for one in values] if isinstance(values, list) else []
    if sum(map(len, texts)) + len(part) * len(texts) > LARGEST:
        raise StoppedError(f"it makes more than {LARGEST // 1024} KiB")
    return part.join(texts)


def _text(bounds: Bounds, value: Any) -> str:
    """A value that is one text; nothing that has parts is written out on the way."""
    if not isinstance(value, str | int):
        raise TemplateError("`join` and `blank` take texts, and this has parts or is not there")
    found = str(value)
    bounds.read(found)
    return found


def _round(bounds: Bounds, within: int) -> str:
    """Count a round of a loop."""
    bounds.turn(within)
    return ""


def _list(_bounds: Bounds, value: Any) -> Any:
    """What a loop goes through: a list, or the names of parts; nothing where nothing stands there."""
    if isinstance(value, Mark):
        return []
    if isinstance(value, list | Undefined):
        return value
    if isinstance(value, Mapping):
        return list(value)
    raise TemplateError("`for` goes through a list, and this is none")


def _flat(bounds: Bounds, value: Any) -> Any:
    """What is compared: a text, a number, a yes or no."""
    if not isinstance(value, str | int | float | None | Undefined):
        raise TemplateError("texts and numbers are compared; this is a list or has parts")
    if isinstance(value, str):
        bounds.read(value)
    return value


def _items(bounds: Bounds, value: Any) -> Any:
    """What something is looked for in: a text, or a list of texts and numbers."""
    if not isinstance(value, list | tuple):
        return _flat(bounds, value)
    return [_flat(bounds, one) for one in value]
