"""SHA-256 and git's SHA-1, of little by Python itself, of much by OpenSSL, which is faster and takes long to load.

A short command hashes a few files: loading OpenSSL for them takes longer than anything else that it loads. `random`
in the standard library asks the same modules of Python for the same reason. What is kept goes by a fingerprint.
"""

from __future__ import annotations

from functools import partial
from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from hashlib import _Hash as Hash

#: So many bytes Python itself hashes in the time that it takes to load OpenSSL.
_LITTLE = 500_000

#: Where Python has an algorithm itself; one of them has moved in Python 3.12.
_OWN = {"sha256": ("_sha2", "_sha256"), "sha1": ("_sha1",)}


def _own(name: str) -> Any:
    for module in _OWN[name]:
        try:
            return getattr(import_module(module), name)
        except ImportError:
            continue
    return None


class Hashing:
    """Makes the first hashes with what Python has, until there was much to hash.

    Attributes:
        left: so many bytes more are hashed so.
    """

    def __init__(self, left: int = _LITTLE, name: str = "sha256") -> None:
        """Hash by an algorithm, by its name in `hashlib`: sha256 or sha1."""
        self.left = left
        self._name = name
        self._made = self._own = _own(name)

    def __call__(self, data: bytes = b"") -> Hash:
        """As the function of `hashlib` that is called so."""
        if self._made is self._own:
            self.left -= len(data)
            if self.left < 0 or self._own is None:
                import hashlib  # noqa: PLC0415 - where it pays

                self._made = partial(getattr(hashlib, self._name), usedforsecurity=False)
        found: Hash = self._made(data)
        return found


sha256 = Hashing()


def fingerprint(data: bytes) -> str:
    """What names bytes to whatever is kept on this machine: 64 hexadecimal digits of BLAKE2b (RFC 7693).

    It takes a fifth of the time of SHA-256, and is not for what others may want to hold against something.
    """
    try:
        from _blake2 import blake2b  # noqa: PLC0415 - without OpenSSL, as above
    except ImportError:
        return sha256(data).hexdigest()
    return blake2b(data, digest_size=32).hexdigest()
