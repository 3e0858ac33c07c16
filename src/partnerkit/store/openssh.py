"""OpenSSH: the one place that starts ssh-keygen.

Arguments are fixed words and paths of temporary files; what is signed and signatures go into files and standard input
alone.
"""

from __future__ import annotations

import shutil
import subprocess
import tempfile
from pathlib import Path

from partnerkit.errors import CannotWorkError
from partnerkit.kinds.ssh import APPROVAL, Signed, fingerprint, public_key
from partnerkit.rules.signed import NEEDED
from partnerkit.store.git.repository import Git

_TOOL = "ssh-keygen"

#: How long OpenSSH may take to look at a signature.
_SECONDS = 30

#: How OpenSSH says that a signature is not genuine; whatever else it says, it could not tell.
_NOT_GENUINE = "Could not verify signature"


def is_there() -> bool:
    """Whether signatures can be verified on this machine."""
    return shutil.which(_TOOL) is not None


def verify(data: bytes, namespace: str, signature: str, key: str) -> Signed:
    """Ask OpenSSH whether a signature is genuine.

    Args:
        data: what should be signed.
        namespace: for what use.
        signature: the signature in its armour, taken apart before.
        key: the public key that it names.
    """
    program = shutil.which(_TOOL)
    if program is None:
        return Signed(unable=f"{_TOOL} was not found")
    with tempfile.TemporaryDirectory(prefix="partnerkit-") as folder:
        path = Path(folder) / "signature"
        _private(path, signature.encode())
        command = [program, "-Y", "check-novalidate", "-n", namespace, "-s", str(path)]
        try:
            ended = subprocess.run(command, input=data, capture_output=True, timeout=_SECONDS, check=False)
        except (OSError, subprocess.TimeoutExpired):
            return Signed(unable=f"{_TOOL} did not answer")
    words = ended.stdout.decode("utf-8", "replace")
    if ended.returncode == 0 and fingerprint(key) in words.split():
        return Signed(key=key)
    if _NOT_GENUINE in words:
        return Signed(wrong="it is no signature of what stands there: the text or the signature was changed")
    return Signed(unable=f"{_TOOL} is older than OpenSSH 8.2, or does not know such keys")


def sign(git: Git, data: bytes) -> str:
    """Sign what somebody decides with the key with which git signs commits over SSH: the signature, in its armour.

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
        _private(said, data)
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


def _private(path: Path, raw: bytes) -> None:
    """Write a file that nobody else may read."""
    path.touch(mode=0o600)
    path.write_bytes(raw)
