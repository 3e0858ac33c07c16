"""The texts that stand at a path of a record."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from partnerkit.kinds.statements import STATEMENT_LISTS
from partnerkit.register import Keys, RecordFile
from partnerkit.rules.commands import line

#: What of a record is appended and never edited.
APPENDED = {*STATEMENT_LISTS, "history"}


def texts_at(data: dict[str, Any], path: str) -> Iterator[tuple[Keys, str]]:
    """Every text at or below a path, with the keys that lead to it; the path leads through lists into each item."""
    yield from _texts(data, path.split("."), ())


def _texts(value: Any, path: list[str], keys: Keys) -> Iterator[tuple[Keys, str]]:
    if isinstance(value, list):
        for index, item in enumerate(value):
            yield from _texts(item, path, (*keys, index))
    elif isinstance(value, dict):
        for key in path[:1] or value:
            if key in value:
                yield from _texts(value[key], path[1:], (*keys, key))
    elif isinstance(value, str) and not path:
        yield keys, value


def field_of(keys: Keys) -> str:
    """The path of the field to which keys lead, as policies write it: no item is named."""
    return ".".join(key for key in keys if isinstance(key, str))


def settable(data: dict[str, Any], keys: Keys) -> str:
    """The path to which keys lead as `set` takes it: items by their ids, a list whose items have none as a whole."""
    found: list[str] = []
    current: Any = data
    for key in keys:
        current = current[key]
        if isinstance(key, str):
            found.append(key)
        elif isinstance(current, dict) and "id" in current:
            found.append(str(current["id"]))
        else:
            break
    return ".".join(found)


def set_anew(record: RecordFile, keys: Keys) -> str:
    """The line that sets anew the field to which keys lead."""
    path = settable(record.data, keys)
    return line("set", record.id, f"{path}=<{path if isinstance(record.data.get(path), list) else field_of(keys)}>")
