"""The command lines that fill a record's fields and lists."""

from __future__ import annotations

from collections.abc import Mapping
from types import NoneType
from typing import Any, get_args, get_origin

from partnerkit.kinds.catalogue import KINDS
from partnerkit.kinds.modelled import BaseModel
from partnerkit.kinds.record import FIXED
from partnerkit.policies.lists import asked_for
from partnerkit.policies.policy import Policy
from partnerkit.policies.shapes import model_for
from partnerkit.rules.commands import line


def filling(record_id: str, kind: str, absent: list[str], policy: Policy) -> str:
    """The line that fills fields: `add` for one list to which lines can be added, else `set`."""
    added = adding(record_id, kind, absent[0], policy, {}) if len(absent) == 1 else None
    if added is not None:
        return added
    whole = dict.fromkeys(_settable(kind, path) for path in absent)
    return line("set", record_id, *(f"{path}=<{path}>" for path in whole))


def adding(record_id: str, kind: str, path: str, policy: Policy, given: Mapping[str, str]) -> str | None:
    """The line that adds a line to a list and says what is given; None where lines cannot be added to it."""
    keys = asked_for(policy, kind, path)
    if keys is None or not [*given, *keys]:
        return None
    words = {**given, **{key: f"<{path}.{key}>" for key in keys if key not in given}}
    return line("add", record_id, path, *(f"{key}={word}" for key, word in words.items()))


def needed(policy: Policy, kind: str) -> list[str]:
    """What a new record of a kind needs beside its title and what it belongs to."""
    given = {*FIXED, KINDS[kind].named_by, KINDS[kind].subject}
    fields = model_for(policy, kind).model_fields.items()
    keys = [info.alias or name for name, info in fields if info.is_required()]
    return [key for key in keys if key not in given]


def _settable(kind: str, path: str) -> str:
    """The field to be set: the whole list, where the path leads into the items of one."""
    head = path.partition(".")[0]
    return head if head != path and _item(kind, head) is not None else path


def _item(kind: str, path: str) -> type[BaseModel] | None:
    """The model of the items of a list of the kind; None for other fields."""
    info = next((one for name, one in KINDS[kind].model_fields.items() if (one.alias or name) == path), None)
    found: Any = info.annotation if info is not None else None
    inner = get_args(found)[0] if get_origin(found) is list else NoneType
    return inner if isinstance(inner, type) and issubclass(inner, BaseModel) else None
