"""SSH signatures: what is genuine is known by its key, and hostile text never reaches a program."""

from __future__ import annotations

import base64
import os
import subprocess

import pytest

from partnerkit.kinds.ssh import fingerprint, parts, public_key
from partnerkit.store.signatures import verified
from tests.signing import OPENSSH, Key

pytestmark = OPENSSH

TEXT = b'{"decision":"approve"}'
USE = "partnerkit-approval"


@pytest.fixture
def key(tmp_path):
    return Key.made(tmp_path, "rosa")


def test_a_signature_says_with_which_key_it_was_made(key):
    assert verified(TEXT, USE, key.sign(TEXT, USE)).key == key.public


@pytest.mark.parametrize("sort", ["rsa", "ecdsa"])
def test_other_sorts_of_keys_sign_too(tmp_path, sort):
    key = Key.made(tmp_path, "other", sort)
    assert verified(TEXT, USE, key.sign(TEXT, USE)).key == key.public


def test_an_altered_text_is_found(key):
    found = verified(TEXT + b" ", USE, key.sign(TEXT, USE))
    assert found.key is None
    assert "changed" in str(found.wrong)


def test_a_signature_for_another_use_is_none(key):
    found = verified(TEXT, USE, key.sign(TEXT, "git"))
    assert found.key is None
    assert "'git'" in str(found.wrong)


def test_another_key_put_into_the_signature_is_found(key, tmp_path):
    """Its bytes name a key: that alone makes it no signature of it."""
    other = Key.made(tmp_path, "other")
    lines = key.sign(TEXT, USE).split("\n")
    raw = base64.b64decode("".join(lines[1:-1]))
    mine, theirs = (base64.b64decode(one.public.split()[1]) for one in (key, other))
    forged = base64.b64encode(raw.replace(mine, theirs)).decode()
    found = verified(TEXT, USE, "\n".join((lines[0], forged, lines[-1])))
    assert found.key is None
    assert found.wrong is not None


HOSTILE = (
    "",
    "x" * 20_000,
    "-----BEGIN PGP SIGNATURE-----\nabcd\n-----END PGP SIGNATURE-----",
    "-----BEGIN SSH SIGNATURE-----\n-----END SSH SIGNATURE-----",
    "-----BEGIN SSH SIGNATURE-----\n*&^%\n-----END SSH SIGNATURE-----",
    "-----BEGIN SSH SIGNATURE-----\nAAAA\n-----END SSH SIGNATURE-----",
    "-----BEGIN SSH SIGNATURE-----\n"
    + base64.b64encode(b"SSHSIG\0\0\0\1\xff\xff\xff\xff").decode()
    + "\n-----END SSH SIGNATURE-----",
    "-----BEGIN SSH SIGNATURE-----\n"
    + base64.b64encode(b"SSHSIG\0\0\0\1\0").decode()
    + "\n-----END SSH SIGNATURE-----",
    "-oProxyCommand=touch /tmp/x",
    "\x1b[31mred\x1b[0m\u202e",
)


def instead(tmp_path, monkeypatch, script):
    """Another program stands where PATH finds ssh-keygen."""
    program = tmp_path / "bin" / "ssh-keygen"
    program.parent.mkdir()
    program.write_text(f"#!/bin/sh\n{script}\n", encoding="utf-8")
    program.chmod(0o755)
    monkeypatch.setenv("PATH", f"{program.parent}{os.pathsep}{os.environ['PATH']}")


@pytest.mark.parametrize("text", HOSTILE)
def test_what_is_no_signature_starts_no_program(text, tmp_path, monkeypatch):
    instead(tmp_path, monkeypatch, f"touch {tmp_path}/started; echo Good")
    found = verified(TEXT, USE, text)
    assert found.key is None
    assert found.wrong is not None
    assert text not in found.wrong or not text
    assert not (tmp_path / "started").exists()


def test_every_way_to_cut_a_signature_short_is_found(key):
    lines = key.sign(TEXT, USE).split("\n")
    raw = base64.b64decode("".join(lines[1:-1]))
    for length in range(0, len(raw), 7):
        cut = "\n".join((lines[0], base64.b64encode(raw[:length]).decode() or "=", lines[-1]))
        assert verified(TEXT, USE, cut).wrong is not None, length


def test_without_openssh_nothing_is_said_to_be_genuine(key, monkeypatch, tmp_path):
    signature = key.sign(b"said while there is none", USE)
    monkeypatch.setenv("PATH", str(tmp_path))
    found = verified(b"said while there is none", USE, signature)
    assert (found.key, found.wrong) == (None, None)
    assert "ssh-keygen" in str(found.unable)


def test_an_old_openssh_is_not_taken_for_a_verdict(key, monkeypatch, tmp_path):
    signature = key.sign(b"old", USE)
    instead(tmp_path, monkeypatch, "echo 'unknown option -- Y' >&2; exit 1")
    assert "8.2" in str(verified(b"old", USE, signature).unable)


def test_a_public_key_is_the_same_whatever_its_comment(key):
    assert public_key(f"{key.public} rosa@laptop") == key.public
    assert parts(key.sign(TEXT, USE)).key == key.public


@pytest.mark.parametrize(
    "text",
    ["", "ssh-ed25519", "ssh-ed25519 AAAA", "ssh-dss AAAA", "ssh-ed25519 @@@@", "-----BEGIN OPENSSH PRIVATE KEY-----"],
)
def test_what_is_no_public_key_is_refused(text):
    with pytest.raises(ValueError, match="it is"):
        public_key(text)


def test_a_key_of_another_type_than_it_says_is_refused(key):
    with pytest.raises(ValueError, match="not of the type"):
        public_key(key.public.replace("ssh-ed25519", "ssh-rsa", 1))


def test_the_fingerprint_is_that_of_openssh(key):
    said = subprocess.run(["ssh-keygen", "-lf", f"{key.path}.pub"], capture_output=True, check=True).stdout.decode()
    assert fingerprint(key.public) in said.split()
