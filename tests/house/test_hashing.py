"""What is hashed without OpenSSL is what `hashlib` makes of it, little or much, whichever of the two made it; fingerprints too."""

from __future__ import annotations

import hashlib
import random
import sys

import pytest

from partnerkit import hashing


@pytest.mark.parametrize("name", ["sha256", "sha1"])
@pytest.mark.parametrize("left", [0, 500, 500_000])
def test_it_is_the_same_hash(left: int, name: str) -> None:
    chance, ours = random.Random(left), hashing.Hashing(left, name)  # noqa: S311 - bytes, no secrets
    for size in (0, 1, 55, 56, 63, 64, 65, 100, 1000, 3000):
        data = chance.randbytes(size)
        one, other = ours(data), hashlib.new(name, data)
        assert one.hexdigest() == other.hexdigest()
        one.update(b"more")
        other.update(b"more")
        assert one.copy().digest() == other.digest()
    assert isinstance(ours(), type(hashlib.new(name))) == (left < 1000)


def test_a_python_without_its_own_asks_openssl(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(hashing, "_own", lambda _name: None)
    assert hashing.Hashing()(b"text").hexdigest() == hashlib.sha256(b"text").hexdigest()


def test_a_fingerprint_needs_no_openssl(monkeypatch: pytest.MonkeyPatch) -> None:
    for data in (b"", b"text", b"much" * 1000):
        assert hashing.fingerprint(data) == hashlib.blake2b(data, digest_size=32).hexdigest()
    monkeypatch.setitem(sys.modules, "_blake2", None)
    assert hashing.fingerprint(b"text") == hashlib.sha256(b"text").hexdigest()
