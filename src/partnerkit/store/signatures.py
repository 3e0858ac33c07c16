"""SSH signatures verified and made, by OpenSSH: the one place that starts ssh-keygen.

Arguments are fixed words and paths of temporary files; what a record or a commit says goes into files and standard
input alone, and only after it was taken apart (kinds/ssh.py).
"""

from __future__ import annotations

import functools
import shutil
import subprocess
import tempfile
from pathlib import Path
from typing import Any

from partnerkit.errors import CannotWorkError
from partnerkit.kinds.canonical import canonical
from partnerkit.kinds.ssh import APPROVAL, COMMIT, Signed, fingerprint, parts, public_key
from partnerkit.kinds.statements import core
from partnerkit.steps import Commit
from partnerkit.store.git.repository import Git

_TOOL = "ssh-keygen"
#: What has to be there, for whoever lacks it.
NEEDED = f"install OpenSSH 8.2 or newer and see that PATH finds {_TOOL}"

#: How long OpenSSH may take to look at a signature.
_SECONDS = 30

#: How OpenSSH says that a signature is not genuine; whatever else it says, it could not tell.
_NOT_GENUINE = "Could not verify signature"


def of_statement(statement: dict[str, Any]) -> Signed:
    """Verify the signature of a statement as written, over what it says."""
    return verified(_said(statement), APPROVAL, str(statement.get("signature", "")))


def of_commit(commit: Commit) -> Signed | None:
    """Verify the SSH signature of a commit; None where it has none, or one of another sort (OpenPGP, X.509)."""
    if commit.signature is None or not commit.signature.startswith(b"-----BEGIN SSH "):
        return None
    return verified(commit.signed, COMMIT, commit.signature.decode("utf-8", "replace"))


def verified(data: bytes, namespace: str, signature: str) -> Signed:
    """Verify a signature, in its armour, over bytes; what was verified once is not verified again.

    Args:
        data: what should be signed.
        namespace: for what use it should have been made.
        signature: the signature, as text that anybody may have written.
    """
    try:
        found = parts(signature)
    except ValueError as problem:
        return Signed(wrong=str(problem))
    if found.namespace != namespace:
        return Signed(wrong=f"it was made for {found.namespace!r}, not for {namespace!r}")
    try:
        return _verified(data, namespace, signature.strip("\n") + "\n", found.key)
    except _CannotTellError as problem:
        return Signed(unable=str(problem))


def sign(git: Git, statement: dict[str, Any]) -> str:
    """Sign a statement with the key with which git signs commits over SSH: its signature, in its armour.

    Raises:
        CannotWorkError: no key is set, OpenSSH is missing, or it did not sign; says why.
    """
    key = _signing_key(git)
    program = _setting(git, "gpg.ssh.program") or _TOOL
    if shutil.which(program) is None:
        raise CannotWorkError(f"nothing can be signed: {program} was not found; nothing changed", NEEDED)
    with tempfile.TemporaryDirectory(prefix="partnerkit-") as folder:
        literal = _literal(key)
        path = git.root / key
        if literal is not None:
            path = Path(folder) / "key.pub"
            _private(path, f"{literal}\n".encode())
        agent = ["-U"] if literal is not None else []
        said = Path(folder) / "statement"
        _private(said, _said(statement))
        ended = subprocess.run(
            [program, "-Y", "sign", "-n", APPROVAL, "-f", str(path), *agent, str(said)],
            capture_output=True,
            check=False,
        )
        made = said.with_name("statement.sig")
        if ended.returncode != 0 or not made.exists():
            words = ended.stderr.decode("utf-8", "replace").strip().splitlines()
            why = words[-1] if words else f"{program} ended with {ended.returncode}"
            message = f"the decision could not be signed with {key}: {why}; nothing changed"
            raise CannotWorkError(message, "see which key git uses: git config user.signingKey")
        return made.read_text(encoding="utf-8").strip("\n")


def _said(statement: dict[str, Any]) -> bytes:
    return canonical(core(statement)).encode()


def _signing_key(git: Git) -> str:
    """What git's settings name as the key: a path, or a public key whose other half an agent holds."""
    format_ = _setting(git, "gpg.format")
    if format_ not in {"", "ssh"}:
        message = f"git signs with {format_} here (gpg.format), and a decision is signed with an SSH key"
        raise CannotWorkError(f"{message}; nothing changed", "git config gpg.format ssh")
    key = git.run("config", "--type=path", "--get", "user.signingKey", ok=(0, 1)).text
    if not key:
        message = "git does not know with which key you sign; nothing changed"
        mend = "git config gpg.format ssh && git config user.signingKey ~/.ssh/id_ed25519.pub"
        raise CannotWorkError(message, mend)
    return key


def _setting(git: Git, name: str) -> str:
    return git.run("config", "--get", name, ok=(0, 1)).text


def _literal(key: str) -> str | None:
    """The public key itself, where the setting holds one instead of a path, as git takes it."""
    text = key.removeprefix("key::")
    if text == key and not key.startswith("ssh-"):
        return None
    try:
        return public_key(text)
    except ValueError as problem:
        message = f"user.signingKey names no SSH key: {problem}; nothing changed"
        raise CannotWorkError(message, "git config user.signingKey ~/.ssh/id_ed25519.pub") from problem


class _CannotTellError(Exception):
    """OpenSSH could not say whether a signature is genuine."""


@functools.lru_cache(maxsize=10_000)
def _verified(data: bytes, namespace: str, signature: str, key: str) -> Signed:
    program = shutil.which(_TOOL)
    if program is None:
        raise _CannotTellError(f"{_TOOL} was not found")
    with tempfile.TemporaryDirectory(prefix="partnerkit-") as folder:
        path = Path(folder) / "signature"
        _private(path, signature.encode())
        command = [program, "-Y", "check-novalidate", "-n", namespace, "-s", str(path)]
        try:
            ended = subprocess.run(command, input=data, capture_output=True, timeout=_SECONDS, check=False)
        except (OSError, subprocess.TimeoutExpired) as problem:
            raise _CannotTellError(f"{_TOOL} did not answer") from problem
    words = ended.stdout.decode("utf-8", "replace")
    if ended.returncode == 0 and fingerprint(key) in words.split():
        return Signed(key=key)
    if _NOT_GENUINE in words:
        return Signed(wrong="it is no signature of what stands there: the text or the signature was changed")
    raise _CannotTellError(f"{_TOOL} is older than OpenSSH 8.2, or does not know such keys")


def _private(path: Path, raw: bytes) -> None:
    """Write a file that nobody else may read."""
    path.touch(mode=0o600)
    path.write_bytes(raw)
