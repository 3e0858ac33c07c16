"""Canonical form `c1` and the digests over it.

The form is JSON of the parsed YAML as it was written: absent stays absent, dates and decimals are text, strings
are NFC, keys are sorted, no white space. It is never made from a model, whose defaults may change.
"""

from __future__ import annotations

import json
import unicodedata
from collections.abc import Iterator
from typing import Any

from partnerkit.hashing import sha256

_ENCODER = json.JSONEncoder(ensure_ascii=False, sort_keys=True, separators=(",", ":"), allow_nan=False)


def canonical(value: Any) -> str:
    """The c1 text of parsed YAML (dict, list, str, int, bool, None).

    Raises:
        TypeError: any other type, which the reader never yields.
    """
    return _ENCODER.encode(_normal(value))


def digest(value: Any) -> str:
    """`c1:` and 64 hexadecimal digits: SHA-256 over the UTF-8 of the canonical form."""
    return "c1:" + sha256(canonical(value).encode()).hexdigest()


def digests_of_beginnings(items: list[Any]) -> Iterator[str]:
    """The digest of every beginning of a list, the empty one first: each item is written once."""
    written = sha256(b"[")
    yield digest([])
    for place, item in enumerate(items):
        written.update(("," * bool(place) + canonical(item)).encode())
        whole = written.copy()
        whole.update(b"]")
        yield "c1:" + whole.hexdigest()


#: What stands for the digest of a file that only points to its bytes: whoever has the pointer has not the file.
POINTER = "lfs"

#: How the file itself comes into history in the place of its pointer.
WHOLE = "git lfs untrack '<pattern>', then git add --renormalize . and commit the file itself"


def is_pointer(raw: bytes) -> bool:
    """Whether a file is what git LFS keeps in the place of another."""
    return raw.startswith(b"version https://git-lfs.github.com/spec/")


def file_digest(raw: bytes) -> str:
    """`sha256:` and 64 hexadecimal digits over a file's bytes as git holds them."""
    return "sha256:" + sha256(raw).hexdigest()


def _normal(value: Any) -> Any:
    if isinstance(value, str):
        return value if value.isascii() else unicodedata.normalize("NFC", value)
    if isinstance(value, dict):
        # Most of a record is plain text: it is let through here, without a call for each.
        return {
            key if key.__class__ is str and key.isascii() else _normal(key): item
            if item.__class__ is str and item.isascii()
            else _normal(item)
            for key, item in value.items()
        }
    if isinstance(value, list | tuple):
        return [item if item.__class__ is str and item.isascii() else _normal(item) for item in value]
    if value is None or isinstance(value, bool | int):
        return value
    raise TypeError(f"no canonical form for {type(value).__name__}")
