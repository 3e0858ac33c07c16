"""What the models say of themselves, in words and in Markdown: a table for each, with what its keys mean."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from datetime import date, datetime
from fractions import Fraction
from typing import Any, Literal, get_args, get_origin

from partnerkit.kinds.duration import Duration
from partnerkit.kinds.modelled import BaseModel
from partnerkit.policies.values import Variable


def section(model: type[BaseModel], title: str, *, without: Iterable[str] = ()) -> list[str]:
    """A heading, what the model is, and a table of its keys."""
    summary = (model.__doc__ or "").split("\n\n")[0].replace("\n", " ")
    return [f"### {title}", "", summary, "", *table(model, without=without), ""]


def table(model: type[BaseModel], *, without: Iterable[str] = ()) -> list[str]:
    """The keys of a model with their meaning; those that must be given are marked."""
    left_out = frozenset(without)
    rows = ["| key | meaning |", "|---|---|"]
    for name, info in model.model_fields.items():
        if name not in left_out:
            star = "*" if info.is_required() else ""
            rows.append(f"| `{info.alias or name}`{star} | {meaning(info)} |")
    return rows


def meaning(info: Any) -> str:
    """What a key means: its description, what it takes, what it holds."""
    text = info.description or ""
    inner: dict[str, type[BaseModel]] = {}
    models_in(info.annotation, inner)
    seen = ", ".join(f"see {words_of(name)}" for name in inner)
    parts = (text, *allowed(info.annotation), f"({seen})" if seen else "")
    return " ".join(part for part in parts if part).replace("|", "\\|") or "–"


#: How values of these types are written.
_FORMS = {
    Duration: "`P60D`, `P2W`, `P6M` or `P1Y`",
    Fraction: '`"2/3"`, in quotation marks',
    date: "`2026-03-31`",
    datetime: "`2026-03-31T12:00:00Z`",
}


def allowed(annotation: Any) -> list[str]:
    """The words that a field takes where it takes no others, and the forms of durations, fractions and days."""
    parts = list(_parts(annotation))
    words = [f"`{_word(one)}`" for part in parts if get_origin(part) is Literal for one in get_args(part)]
    forms = [form for type_, form in _FORMS.items() if type_ in parts]
    found = [f"{'Words' if str in parts else 'Allowed'}: {', '.join(dict.fromkeys(words))}."] if words else []
    if forms:
        found.append(f"Written {' or '.join(forms)}{', or a variable' if Variable in parts else ''}.")
    elif Variable in parts:
        found.append("Or a variable.")
    return found


def _parts(annotation: Any) -> Iterator[Any]:
    """An annotation and what it is made of; keys of a map are named by its description."""
    yield annotation
    if get_origin(annotation) is not Literal:
        for part in get_args(annotation):
            yield from _parts(part)


def _word(value: Any) -> str:
    return str(value).lower() if isinstance(value, bool) else str(value)


def collect(model: type[BaseModel], found: dict[str, type[BaseModel]]) -> None:
    """A model and every model that its keys hold, by name."""
    if model.__name__ in found:
        return
    found[model.__name__] = model
    for info in model.model_fields.values():
        inner: dict[str, type[BaseModel]] = {}
        models_in(info.annotation, inner)
        for one in inner.values():
            collect(one, found)


def models_in(annotation: Any, found: dict[str, type[BaseModel]]) -> None:
    """The models that an annotation names, by name."""
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        found[annotation.__name__] = annotation
    for part in get_args(annotation):
        models_in(part, found)


def words_of(name: str) -> str:
    """A class's name as words."""
    return re.sub(r"(?<=[a-z])(?=[A-Z])", " ", name).lower()
