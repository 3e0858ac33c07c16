"""SSH public keys and signatures as text: taken apart, and refused where they are none, before any program sees them.

Text from a record or a commit is hostile. What stands in a signature (whose key, for what use) is read here from the
bytes themselves; whether it is genuine only OpenSSH can say, and that is asked in the store.
"""

from __future__ import annotations

import binascii
import re
from collections.abc import Iterator
from typing import Annotated

from partnerkit.dataclass import dataclass
from partnerkit.hashing import sha256
from partnerkit.kinds.modelled import AfterValidator, WithJsonSchema

#: What a signature of a decision is made for: one made for anything else, such as a commit, is none.
APPROVAL = "partnerkit-approval"

#: What git signs commits for.
COMMIT = "git"

#: The keys that sign. Certificates are not among them: who is who says the roster alone.
KEY_TYPES = (
    "ssh-ed25519",
    "sk-ssh-ed25519@openssh.com",
    "ecdsa-sha2-nistp256",
    "ecdsa-sha2-nistp384",
    "ecdsa-sha2-nistp521",
    "sk-ecdsa-sha2-nistp256@openssh.com",
    "ssh-rsa",
)

_KEY = rf"^({'|'.join(re.escape(one) for one in KEY_TYPES)}) [A-Za-z0-9+/]+={{0,2}}( .*)?$"

#: The longest text that is looked at: a signature with an RSA key of 16384 bits is shorter.
_LONGEST = 8192

_BEGIN, _END = "-----BEGIN SSH SIGNATURE-----", "-----END SSH SIGNATURE-----"
_MAGIC = b"SSHSIG\0\0\0\1"
_HASHES = (b"sha256", b"sha512")


@dataclass(frozen=True, slots=True)
class Parts:
    """What a signature says of itself, which is not yet true.

    Attributes:
        key: the public key with which it is said to be made: its type and its bytes, as `public_key` writes it.
        namespace: for what use it was made.
    """

    key: str
    namespace: str


@dataclass(frozen=True, slots=True)
class Signed:
    """What came of verifying a signature. Exactly one of the three is set.

    Attributes:
        key: the public key with which these very bytes were signed.
        wrong: why it is no signature of them.
        unable: why nobody could say so here.
    """

    key: str | None = None
    wrong: str | None = None
    unable: str | None = None


def public_key(text: str) -> str:
    """An SSH public key without its comment: two texts with the same result are the same key.

    Raises:
        ValueError: it is none, or of a type that does not sign.
    """
    words = text.split(None, 2) if len(text) <= _LONGEST else []
    if len(words) < 2 or words[0] not in KEY_TYPES:  # noqa: PLR2004 - its type and its bytes
        raise ValueError(f"it is no SSH public key; one begins with {KEY_TYPES[0]} (a file that ends in .pub)")
    raw = _bytes(words[1])
    if _name(raw) != words[0]:
        raise ValueError(f"it is no SSH public key: its bytes are not of the type {words[0]}")
    return f"{words[0]} {words[1]}"


def fingerprint(key: str) -> str:
    """How OpenSSH names a public key in short."""
    hashed = sha256(_bytes(key.split()[1])).digest()
    return "SHA256:" + _letters(hashed).rstrip("=")


def parts(text: str) -> Parts:
    """Take a signature in its armour apart.

    Raises:
        ValueError: it is no SSH signature; says why.
    """
    if len(text) > _LONGEST:
        raise ValueError(f"it is longer than any SSH signature ({len(text)} characters)")
    lines = text.strip("\n").split("\n")
    if len(lines) < 3 or lines[0] != _BEGIN or lines[-1] != _END:  # noqa: PLR2004 - its frame, and something in it
        raise ValueError(f"it is no SSH signature: one begins with {_BEGIN} and ends with {_END}")
    raw = _bytes("".join(lines[1:-1]))
    if not raw.startswith(_MAGIC):
        raise ValueError("it is no SSH signature: its bytes do not begin as one does")
    found = list(_strings(raw[len(_MAGIC) :]))
    if len(found) != 5 or found[2] or found[3] not in _HASHES:  # noqa: PLR2004 - key, use, reserved, hash, signature
        raise ValueError("it is no SSH signature: its bytes are not made up as one is")
    kind = _name(found[0])
    if kind not in KEY_TYPES:
        raise ValueError("it was made with a certificate or a sort of key that does not count here")
    if not found[1].isascii() or not found[1].decode().isprintable():
        raise ValueError("it is no SSH signature: what it was made for is no plain word")
    return Parts(f"{kind} {_letters(found[0])}", found[1].decode())


def _letters(raw: bytes) -> str:
    return binascii.b2a_base64(raw, newline=False).decode()


def _bytes(text: str) -> bytes:
    try:
        raw = binascii.a2b_base64(text, strict_mode=True)
    except (binascii.Error, ValueError) as error:
        raise ValueError("it is damaged: its letters are no base64") from error
    if _letters(raw) != text:
        raise ValueError("it is damaged: its letters are no plain base64")
    return raw


def _strings(raw: bytes) -> Iterator[bytes]:
    """Strings, each after its length in four bytes."""
    at = 0
    while at < len(raw):
        end = at + 4 + int.from_bytes(raw[at : at + 4], "big")
        if at + 4 > len(raw) or end > len(raw):
            raise ValueError("it is damaged: it ends before it says all")
        yield raw[at + 4 : end]
        at = end


def _name(key: bytes) -> str:
    """The type that the bytes of a public key name."""
    return next(_strings(key), b"").decode("ascii", "replace")


def _written(text: str) -> str:
    public_key(text)
    return text


PublicKey = Annotated[str, AfterValidator(_written), WithJsonSchema({"type": "string", "pattern": _KEY})]
