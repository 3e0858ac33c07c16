"""Lists of a kind to whose end a line can be added, and what such a line must say."""

from __future__ import annotations

import functools
from datetime import date
from decimal import Decimal
from typing import Any, Literal, get_args, get_origin

from partnerkit.kinds.duration import Duration
from partnerkit.kinds.modelled import BaseModel
from partnerkit.kinds.parts import OF_A_PERSON
from partnerkit.kinds.record import FIXED
from partnerkit.policies.policy import Policy
from partnerkit.policies.shapes import model_for
from partnerkit.policies.sorts import parts

_TYPED = {str, int, bool, date, Decimal, Duration}


def lists(policy: Policy, kind: str) -> dict[str, type[BaseModel]]:
    """The lists of a kind to which lines can be added, each with the model of a line."""
    return dict(_lists_of(model_for(policy, kind)))


@functools.lru_cache(maxsize=64)
def _lists_of(model: type[BaseModel]) -> dict[str, type[BaseModel]]:
    found: dict[str, type[BaseModel]] = {}
    for name, info in model.model_fields.items():
        line_model = _line_model(info.annotation)
        if line_model is not None and (info.alias or name) not in FIXED:
            found[info.alias or name] = line_model
    return found


def _line_model(annotation: Any) -> type[BaseModel] | None:
    if get_origin(annotation) is list:
        inner = get_args(annotation)[0]
        return inner if isinstance(inner, type) and issubclass(inner, BaseModel) else None
    return next((found for part in get_args(annotation) if (found := _line_model(part)) is not None), None)


def said_for(model: type[BaseModel]) -> set[str]:
    """What need not be typed for a new line: its day, an id that is no person's, and who adds it where it says who."""
    by, own = model.model_fields.get("by"), model.model_fields.get("id")
    person = by is not None and all(one is str for one in parts(by.annotation))
    made = own is not None and OF_A_PERSON not in own.metadata
    return {"on", *(["by"] if person else []), *(["id"] if made else [])}


def asked_for(policy: Policy, kind: str, path: str) -> list[str] | None:
    """The keys that must be typed for a new line of a list; None where the path is no such list, or they are blocks."""
    model = lists(policy, kind).get(path)
    if model is None:
        return None
    own = said_for(model)
    required = {info.alias or name: info for name, info in model.model_fields.items() if info.is_required()}
    asked = {key: info for key, info in required.items() if key not in own}
    return list(asked) if all(_typed(info.annotation) for info in asked.values()) else None


def _typed(annotation: Any) -> bool:
    """Whether a value can be typed after `key=` as it is: no block, no list."""
    if get_origin(annotation) is list:
        return False
    return all(one in _TYPED or get_origin(one) is Literal for one in parts(annotation))
