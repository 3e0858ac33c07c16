"""A record as lines that each say where they belong: what git compares instead of the file."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from partnerkit.errors import WrongCallError
from partnerkit.store.yaml.reader import read


def flattened(path: Path) -> str:
    """One line for each value, with the keys that lead to it; the text as it is where that cannot be read.

    What has an id of its own is called by it, so that a line is the same wherever in its list the thing stands.

    Raises:
        WrongCallError: there is no such file.
    """
    try:
        raw = path.read_bytes()
    except OSError as error:
        raise WrongCallError(f"{path} cannot be read: {error.strerror}") from error
    document, _found = read(raw, path.name)
    if document is None:
        return raw.decode("utf-8", "replace")
    return "".join(f"{line}\n" for line in _lines("", document.data))


def _lines(path: str, value: Any) -> Iterator[str]:
    if isinstance(value, dict) and value:
        for key, part in value.items():
            yield from _lines(f"{path}.{key}" if path else str(key), part)
    elif isinstance(value, list) and value:
        for number, part in enumerate(value, 1):
            yield from _lines(f"{path}[{_called(part, number)}]", part)
    elif isinstance(value, str) and "\n" in value:
        yield from (f"{path}| {line}" for line in value.split("\n"))
    else:
        yield f"{path}: {_text(value)}"


def _called(part: Any, number: int) -> str:
    return str(part["id"]) if isinstance(part, dict) and "id" in part else str(number)


def _text(value: Any) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    return "" if value is None else str(value)  # an empty block or list is {} or [] for Python as well
