"""SHA-256, of little by Python itself, of much by OpenSSL, which is faster at it and takes long to load; fingerprints.

A short command hashes a few files: loading OpenSSL for them takes longer than anything else that it loads. `random`
in the standard library asks the same modules of Python for the same reason.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from hashlib import _Hash as Hash

#: So many bytes Python itself hashes in the time that it takes to load OpenSSL.
_LITTLE = 500_000


def _own() -> Any:
    try:
        from _sha2 import sha256  # type: ignore[import-not-found]  # noqa: PLC0415 - whichever this Python has
    except ImportError:
        try:
            from _sha256 import sha256  # type: ignore[import-not-found]  # noqa: PLC0415 - before Python 3.12
        except ImportError:
            return None
    return sha256


class Hashing:
    """Makes the first hashes with what Python has, until there was much to hash.

    Attributes:
        left: so many bytes more are hashed so.
    """

    def __init__(self, left: int = _LITTLE) -> None:
        self.left = left
        self._made = self._own = _own()

    def __call__(self, data: bytes = b"") -> Hash:
        """As `hashlib.sha256`."""
        if self._made is self._own:
            self.left -= len(data)
            if self.left < 0 or self._own is None:
                from hashlib import sha256  # noqa: PLC0415 - where it pays

                self._made = sha256
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
