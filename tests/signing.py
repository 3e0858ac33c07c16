"""Keys of people in tests, made by OpenSSH itself, and commits signed with them by git itself."""

from __future__ import annotations

import shutil
import subprocess
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.place import Place

OPENSSH = pytest.mark.skipif(shutil.which("ssh-keygen") is None, reason="there is no ssh-keygen here to sign with")


@dataclass(frozen=True)
class Key:
    """A key in a file of its own."""

    path: Path

    @classmethod
    def made(cls, folder: Path, name: str, sort: str = "ed25519") -> Key:
        path = folder / f"key-{name}"
        words = ["ssh-keygen", "-q", "-t", sort, "-N", "", "-C", f"{name}@laptop", "-f", str(path)]
        subprocess.run(words, check=True)
        return cls(path)

    @property
    def public(self) -> str:
        """Its public half, without the comment."""
        return " ".join(Path(f"{self.path}.pub").read_text(encoding="utf-8").split()[:2])

    def sign(self, data: bytes, use: str) -> str:
        words = ["ssh-keygen", "-q", "-Y", "sign", "-n", use, "-f", str(self.path)]
        return subprocess.run(words, input=data, capture_output=True, check=True).stdout.decode().strip("\n")


def sign_with(place: Place, key: Key | None, *, commits: bool = False) -> None:
    """From now on git signs with this key in the register: decisions that are asked for, and commits too where said."""
    place.git("config", "gpg.format", "ssh")
    place.git("config", "user.signingKey", str(key.path) if key else "")
    place.git("config", "commit.gpgsign", "true" if key and commits else "false")
