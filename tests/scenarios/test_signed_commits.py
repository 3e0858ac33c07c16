"""Commits signed with SSH keys: `audit` says whose they are by the roster before the step, and never more than that."""

from __future__ import annotations

import base64
import shutil
import subprocess

import pytest

from tests.place import Place, environment
from tests.scenarios.landing import audited
from tests.signing import OPENSSH, Key, sign_with

pytestmark = OPENSSH

DAY = "2026-03-20"


@pytest.fixture
def signed(at, tmp_path):
    """A register in which the decision has been taken; p-jonas and p-rosa have a key each."""
    place = at("decided")
    place.keys = {}
    for person in ("p-jonas", "p-rosa"):
        place.keys[person] = Key.made(tmp_path, person)
        place.do("person", "set", person, "--key", f"{place.keys[person].path}.pub")
    place.base = place.git("rev-parse", "HEAD").strip()
    return place


def advance(place: Place, key: Key | None, by: str = "p-jonas") -> None:
    sign_with(place, key, commits=True)
    place.do("advance", "acme", by=by, day=DAY)


def found(place):
    """What the audit says of the last entry: how surely by whom, the codes, and what signatures were worth."""
    said = audited(place, "--since", place.base)
    codes = [one["code"] for one in said["findings"]]
    return said["entries"][-1]["assurance"], codes, [one["worth"] for one in said["signatures"]]


def again(place: Place, change) -> str:
    """The last commit made anew with other bytes, signature and all, as whoever tampers with it would."""
    raw = place.git("cat-file", "commit", "HEAD").encode()
    oid = place.git("hash-object", "-t", "commit", "-w", "--stdin", stdin=change(raw)).strip()
    place.git("reset", "-q", "--hard", oid)
    return oid


def test_a_commit_signed_by_whoever_acts(signed):
    advance(signed, signed.keys["p-jonas"])
    assert "\ngpgsig -----BEGIN SSH SIGNATURE-----\n" in signed.git("cat-file", "commit", "HEAD")
    assert found(signed) == ("signed-commit", [], ["of-somebody"])
    assert "1 by a person on the roster of that moment" in signed.run("audit").out


def test_an_unsigned_commit_is_worth_its_address(signed):
    advance(signed, None)
    assert found(signed) == ("author", [], [])


def test_a_key_that_nobody_has_gives_no_level(signed, tmp_path):
    advance(signed, Key.made(tmp_path, "stranger"))
    assert found(signed) == ("author", [], ["of-nobody"])


def test_the_key_of_another_person_gives_no_level_to_who_is_named(signed):
    """Whoever signs is not whom the entry names: what is left is the address, which anybody can write."""
    advance(signed, signed.keys["p-rosa"])
    assert found(signed) == ("author", [], ["of-somebody"])


def test_another_author_s_name_does_not_pass_for_the_signer_s(signed):
    advance(signed, signed.keys["p-rosa"])
    signed.git("commit", "-q", "--amend", "--no-edit", "--author", "p-lea <lea@lighthouse.example>", "-S")
    assert found(signed) == ("claimed", [], ["of-somebody"])


@pytest.mark.parametrize(
    "change",
    [
        lambda raw: raw.replace(b"advance", b"advanse", 1) if b"advance" in raw else raw + b"more\n",
        lambda raw: raw.replace(b"jonas@", b"timo@"),
    ],
    ids=["message", "author"],
)
def test_an_altered_commit_is_found(signed, change):
    advance(signed, signed.keys["p-jonas"])
    oid = again(signed, change)
    level, codes, worth = found(signed)
    assert (codes, worth) == (["signature-bad"], ["wrong"])
    assert level in {"author", "claimed"}
    finding = audited(signed)["findings"][0]
    assert (finding["commit"], finding["severity"]) == (oid, "error")
    assert finding["mend"] == f"git show {oid[:12]}"


def test_a_signature_made_for_something_else_is_none(signed):
    """The signature of a file, put over a commit: of the right person, over the right bytes, for another use."""
    advance(signed, None)
    raw = signed.git("cat-file", "commit", "HEAD").encode()
    armour = signed.keys["p-jonas"].sign(raw, "file").replace("\n", "\n ").encode()
    again(signed, lambda raw: raw.replace(b"\n\n", b"\ngpgsig " + armour + b"\n\n", 1))
    assert found(signed)[1:] == (["signature-bad"], ["wrong"])


def test_hostile_text_in_the_place_of_a_signature_is_inert(signed):
    advance(signed, None)
    hostile = b"-----BEGIN SSH SIGNATURE-----\n \x1b[31m$(touch x)\n -----END SSH SIGNATURE-----"
    again(signed, lambda raw: raw.replace(b"\n\n", b"\ngpgsig " + hostile + b"\n\n", 1))
    assert found(signed)[1:] == (["signature-bad"], ["wrong"])
    assert "\x1b[31m" not in signed.run("audit").all


def test_signatures_of_another_sort_are_not_verified_and_that_is_said(signed):
    advance(signed, None)
    armour = b"-----BEGIN PGP SIGNATURE-----\n \n iQEz\n -----END PGP SIGNATURE-----"
    again(signed, lambda raw: raw.replace(b"\n\n", b"\ngpgsig " + armour + b"\n\n", 1))
    assert found(signed) == ("author", [], ["not-ssh"])
    assert "1 not with SSH, so not verified" in signed.run("audit").out


def test_rebasing_a_signed_commit_drops_its_level_without_alarm(signed):
    signed.git("switch", "-q", "-c", "change")
    advance(signed, signed.keys["p-jonas"])
    sign_with(signed, None)
    signed.git("switch", "-q", "main")
    signed.git("commit", "-q", "--allow-empty", "-m", "something else")
    signed.git("rebase", "-q", "main", "change")
    signed.git("switch", "-q", "main")
    signed.git("merge", "-q", "--ff-only", "change")
    assert found(signed) == ("author", [], [])


def test_squashing_a_signed_commit_drops_its_level_without_alarm(signed, tmp_path):
    signed.git("switch", "-q", "-c", "change")
    advance(signed, signed.keys["p-jonas"])
    sign_with(signed, Key.made(tmp_path, "forge"), commits=True)
    signed.git("switch", "-q", "main")
    signed.git("merge", "-q", "--squash", "change")
    signed.git("commit", "-qm", "squashed (#1)", "--no-verify")
    assert found(signed) == ("claimed", [], ["of-nobody"])


def test_a_key_taken_off_the_roster_signs_nothing_more_whatever_the_clock_says(signed):
    """Whose key it is says the roster before the step, not the day that the commit claims."""
    key = signed.keys["p-jonas"]
    signed.do("person", "set", "p-jonas", "--without", key.public)
    signed.base = signed.git("rev-parse", "HEAD").strip()
    advance(signed, key)
    dates = {"GIT_COMMITTER_DATE": "2026-03-20T12:00:00Z", "GIT_AUTHOR_DATE": "2026-03-20T12:00:00Z"}
    words = ["git", "commit", "-q", "--amend", "--no-edit", "--reset-author", "-S"]
    subprocess.run(words, cwd=signed.root, env=environment("p-jonas") | dates, check=True)
    level, codes, worth = found(signed)
    assert (level, worth) == ("author", ["of-nobody"])
    assert "landed-backdated" in codes


def test_what_landed_before_a_key_was_taken_off_stands(signed):
    advance(signed, signed.keys["p-jonas"])
    sign_with(signed, None)
    signed.do("person", "set", "p-jonas", "--without", signed.keys["p-jonas"].public, by="p-rosa")
    assert found(signed) == ("signed-commit", [], ["of-somebody"])


def test_a_key_at_two_people_is_nobody_s(signed):
    path = signed.root / "records" / "people.yaml"
    text = path.read_text(encoding="utf-8")
    jonas, rosa = (signed.keys[one].public for one in ("p-jonas", "p-rosa"))
    path.write_text(text.replace(rosa, jonas), encoding="utf-8")
    assert "key-unclear" in {one["code"] for one in signed.findings()}
    signed.git("commit", "-qam", "one key for two", "--no-verify")
    signed.base = signed.git("rev-parse", "HEAD").strip()
    advance(signed, signed.keys["p-jonas"])
    level, codes, worth = found(signed)
    assert (level, worth) == ("author", ["of-nobody"])
    assert "key-unclear" in codes


def test_without_openssh_an_audit_does_not_pass_over_signatures(signed, tmp_path, monkeypatch):
    advance(signed, signed.keys["p-jonas"])
    signed.git("commit", "-q", "--amend", "-m", "a text that no other test has signed", "-S")
    tools = tmp_path / "tools"
    tools.mkdir()
    (tools / "git").symlink_to(str(shutil.which("git")))
    monkeypatch.setenv("PATH", str(tools))
    said = signed.run("audit", "--json", "--since", signed.base)
    assert said.code == 1
    (finding,) = said.json["findings"]
    assert finding["code"] == "signature-unverified"
    assert "OpenSSH 8.2" in finding["mend"]
    assert said.json["entries"][-1]["assurance"] == "author"


def test_only_commits_that_bring_something_are_looked_at(signed):
    sign_with(signed, signed.keys["p-jonas"], commits=True)
    signed.git("commit", "-q", "--allow-empty", "-m", "nothing")
    signed.do("set", "acme", "starts=2026-08-01", by="p-jonas", day=DAY)
    assert audited(signed, "--since", signed.base)["signatures"] == []


def test_an_altered_commit_that_changes_rules_is_found(signed):
    sign_with(signed, signed.keys["p-jonas"], commits=True)
    signed.do("person", "add", "p-ines", "--email", "ines@lighthouse.example", by="p-jonas", day=DAY)
    raw = signed.git("cat-file", "commit", "HEAD").replace("p-ines joins", "p-timo joins")
    oid = signed.git("hash-object", "-t", "commit", "-w", "--stdin", stdin=raw.encode()).strip()
    signed.git("reset", "-q", "--hard", oid)
    assert [one["code"] for one in audited(signed, "--since", signed.base)["findings"]] == ["signature-bad"]
    assert "signature-bad" in str(signed.findings("--base", "HEAD^", "--head", "HEAD", "--landed"))


def test_the_bytes_of_a_key_with_another_letter_are_another_key(signed):
    """A roster names keys whole: one that only begins the same is none."""
    kind, letters = signed.keys["p-jonas"].public.split()
    raw = bytearray(base64.b64decode(letters))
    raw[-1] ^= 1
    path = signed.root / "records" / "people.yaml"
    other = f"{kind} {base64.b64encode(bytes(raw)).decode()}"
    path.write_text(path.read_text(encoding="utf-8").replace(f"{kind} {letters}", other), encoding="utf-8")
    signed.git("commit", "-qam", "another key", "--no-verify")
    signed.base = signed.git("rev-parse", "HEAD").strip()
    advance(signed, signed.keys["p-jonas"])
    assert found(signed) == ("author", [], ["of-nobody"])
