"""Canonical form `c1`, the digests over it, and whether two values mean the same by it.

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


def same(left: Any, right: Any) -> bool:
    """Whether two values mean the same, whatever the layout."""
    # What is written alike means the same. Of the rest only what may be the same in another form (a letter composed
    # otherwise) or not though it is equal (True is 1) is brought into the canonical form.
    if left is right or (left == right and repr(left) == repr(right)):
        return True
    if isinstance(left, dict) and isinstance(right, dict):
        if left.keys() == right.keys():
            return _each_same([(part, right[key]) for key, part in left.items()])
        if all(str(key).isascii() for key in (*left, *right)):
            return False
    if isinstance(left, list) and isinstance(right, list):
        return len(left) == len(right) and _each_same(list(zip(left, right, strict=True)))
    if isinstance(left, str) and isinstance(right, str) and left.isascii() and right.isascii():
        return False
    return canonical(left) == canonical(right)


def _each_same(parts: list[tuple[Any, Any]]) -> bool:
    """Whether each of some values means the same as its other one; those that are not equal are looked at first."""
    return all(same(one, other) for one, other in parts if one != other) and all(same(*part) for part in parts)


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
