"""Columns that several tables have; the fields of a kind that one cell of a table can hold."""

from __future__ import annotations

import types
import typing
from collections.abc import Iterator
from decimal import Decimal
from typing import Any, get_args, get_origin

from partnerkit.kinds.dated import part_of
from partnerkit.kinds.modelled import FieldInfo
from partnerkit.kinds.parts import OF_A_PERSON, kebab
from partnerkit.kinds.record import FIXED, Record
from partnerkit.store.disk.database import Column


def numbered() -> Column:
    """The key of a table whose rows have no name of their own."""
    return Column("n", "Counts the rows.", "INTEGER PRIMARY KEY")


def of_record(means: str = "The record.") -> Column:
    """To which record a row belongs."""
    return Column("record", means, refers="records")


def somebody(name: str, means: str) -> Column:
    """Somebody of whom a row tells."""
    return Column(name, means, refers="people")


def of_policy(means: str = "The policy.") -> Column:
    """To which policy a row belongs."""
    return Column("policy", means, refers="policies")


#: What `records` holds of every kind, or what has tables of its own.
_ELSEWHERE = FIXED | {"classification"}


def scalars(model: type[Record]) -> Iterator[tuple[str, Column]]:
    """The fields of a kind that one cell can hold, as the file calls them, each with its column."""
    naming = {*model.refers, *([] if "policy" in model.subjects else [model.subject])}
    for name, info in model.model_fields.items():
        key = info.alias or kebab(name)
        if key in _ELSEWHERE or part_of(info.annotation) is not None or not (found := set(_types(info.annotation))):
            continue
        sort = "REAL" if Decimal in found else "INTEGER" if found <= {int, bool} else "TEXT"
        leads = "records" if key in naming else "people" if OF_A_PERSON in _marks(info) else None
        yield key, Column(key.replace("-", "_"), str(info.description), sort, leads)


def _marks(info: FieldInfo) -> list[Any]:
    """What is said of the text that a field holds, be it there or not."""
    parts = [*get_args(info.annotation)]
    return [
        *info.metadata,
        *(mark for part in parts if get_origin(part) is typing.Annotated for mark in get_args(part)),
    ]


def _types(annotation: Any) -> Iterator[type]:
    """The plain types that an annotation allows; none where it holds several values."""
    origin = get_origin(annotation)
    if origin in {list, dict, tuple, set}:
        return
    if origin is typing.Literal:
        yield from (type(one) for one in get_args(annotation))
    elif origin in {typing.Union, types.UnionType}:
        for part in get_args(annotation):
            yield from _types(part)
    elif origin is typing.Annotated:
        yield from _types(get_args(annotation)[0])
    elif isinstance(annotation, type) and annotation is not type(None):
        yield annotation
