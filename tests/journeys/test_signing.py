"""Decisions that are signed by whoever decides: `approve --sign`, and what `check`, `advance` and `audit` make of it."""

from __future__ import annotations

import shutil
import subprocess

import pytest

from partnerkit.kinds.canonical import canonical
from partnerkit.kinds.statements import core
from partnerkit.store.yaml.reader import read
from tests.place import environment
from tests.scenarios.codes.running import pasted
from tests.scenarios.landing import METHODS, audited, landed
from tests.signing import OPENSSH, Key, sign_with

pytestmark = OPENSSH

DAY = "2026-03-20"
WHAT = ("approve", "acme", "final-decision", "--sign")


@pytest.fixture
def signing(at, tmp_path):
    """A register that waits for the final decision; p-timo and p-jonas have a key each, and git signs with p-timo's."""
    place = at("decided")
    approval = place.json("show", "acme")["record"]["approvals"][-1]
    place.do("approve", "acme", "final-decision", "--decision", "withdraw", "--reason", "anew", by="p-timo", day=DAY)
    place.keys = {}
    for person in ("p-jonas", "p-timo"):
        place.keys[person] = Key.made(tmp_path, person)
        place.do("person", "set", person, "--key", f"{place.keys[person].path}.pub")
    sign_with(place, place.keys["p-timo"])
    place.base = place.git("rev-parse", "HEAD").strip()
    assert approval["requirement"] == "final-decision"
    place.day = DAY
    return place


def last(place):
    """The last approval as it was written."""
    document, _found = read(place.path("acme").read_bytes(), "acme.yaml")
    assert document is not None
    return document.data["approvals"][-1]


def codes(place):
    return {one["code"] for one in place.findings() if one["severity"] == "error"}


def test_a_signed_decision_is_proven_by_the_repository_alone(signing, tmp_path):
    signing.do(*WHAT, by="p-timo")
    signing.do("advance", "acme", by="p-jonas")
    assert codes(signing) == set()
    found = audited(signing, "--since", signing.base)
    assert found["proven"]
    assert found["statements"][last(signing)["id"]] == "signed-statement"


def test_openssh_alone_verifies_it(signing, tmp_path):
    """Whoever has the record, the roster and OpenSSH needs nothing else."""
    signing.do(*WHAT, by="p-timo")
    said = last(signing)
    (tmp_path / "signature").write_text(said["signature"] + "\n", encoding="utf-8")
    (tmp_path / "allowed").write_text(f"p-timo {signing.keys['p-timo'].public}\n", encoding="utf-8")
    words = ["-Y", "verify", "-f", "allowed", "-I", "p-timo", "-n", "partnerkit-approval", "-s", "signature"]
    data = canonical(core(said)).encode()
    subprocess.run(["ssh-keygen", *words], cwd=tmp_path, input=data, check=True, capture_output=True)


@pytest.mark.parametrize("method", METHODS)
def test_it_survives_however_it_lands(signing, method):
    base = landed(signing, method, lambda place: place.do(*WHAT, by="p-timo"))
    found = audited(signing, "--since", base)
    assert found["proven"]
    assert list(found["statements"].values()) == ["signed-statement"]


def test_a_signature_stays_good_whatever_comes_after_it(signing):
    """Withdrawn, or no longer the last of its list: what was signed is what was said."""
    signing.do(*WHAT, by="p-timo")
    sign_with(signing, signing.keys["p-jonas"])
    signing.do("approve", "acme", "final-decision", "--sign", by="p-jonas")
    assert codes(signing) == set()
    signing.do("approve", "acme", "final-decision", "--decision", "withdraw", "--reason", "no", by="p-timo")
    assert codes(signing) == set()
    assert audited(signing, "--since", signing.base)["proven"]


def test_an_altered_decision_is_found_by_everybody(signing):
    signing.do(*WHAT, by="p-timo")
    signing.edit("acme", last(signing)["id"], "a-000000000000")
    pasted(signing, "signature-bad")
    signing.edit("acme", last(signing)["id"], "a-000000000000")
    assert "signature-bad" in codes(signing)
    signing.git("commit", "-qam", "altered", "--no-verify")
    assert "signature-bad" in {one["code"] for one in audited(signing, "--since", signing.base)["findings"]}
    said = signing.run("advance", "acme", by="p-jonas")
    assert said.code == 1
    assert "the signature of p-timo under a-000000000000 for final-decision is wrong" in " ".join(said.all.split())


def by_hand(place, key, use="partnerkit-approval"):
    """The last decision signed by hand and committed."""
    said = last(place)
    made = key.sign(canonical(core(said)).encode(), use)
    write_under(place, made)


def write_under(place, signature):
    """A signature written under the last decision."""
    text, said = place.text("acme"), last(place)
    tail = f"    by: {said['by']}\n"
    at = text.index(tail, text.index(said["id"])) + len(tail)
    block = "".join(f"      {one}\n" for one in signature.split("\n"))
    place.path("acme").write_text(text[:at] + "    signature: |-\n" + block + text[at:], encoding="utf-8")


@pytest.mark.parametrize(
    ("whose", "use"),
    [("p-jonas", "partnerkit-approval"), ("p-timo", "git"), ("stranger", "partnerkit-approval")],
)
def test_the_key_of_another_or_another_use_is_found(signing, tmp_path, whose, use):
    signing.do("approve", "acme", "final-decision", by="p-timo")
    by_hand(signing, signing.keys.get(whose) or Key.made(tmp_path, whose), use)
    assert codes(signing) == {"signature-bad"}
    signing.git("commit", "-qam", "signed", "--no-verify")
    found = audited(signing, "--since", signing.base)
    assert {one["code"] for one in found["findings"]} == {"signature-bad"}
    assert "signed-statement" not in found["statements"].values()


def test_the_decider_may_sign_what_was_recorded_before(signing):
    signing.do("approve", "acme", "final-decision", by="p-timo")
    by_hand(signing, signing.keys["p-timo"])
    assert codes(signing) == set()


def test_a_signature_that_landed_is_neither_changed_nor_taken_out(signing):
    signing.do(*WHAT, by="p-timo")
    whole = signing.text("acme")
    start, end = whole.index("    signature: |-\n"), whole.index("-----END SSH SIGNATURE-----\n")
    without = whole[:start] + whole[end + len("-----END SSH SIGNATURE-----\n") :]
    signing.path("acme").write_text(without, encoding="utf-8")
    assert codes(signing) == {"statement-edited"}


def test_nobody_signs_for_another(signing):
    said = signing.wrong(*WHAT, "--for", "p-timo", "--seen", "minutes/1.md", by="p-jonas")
    assert "p-jonas cannot sign for p-timo" in said.err
    assert "the decider's own" in said.err


def refused(place, *words, by="p-timo"):
    before = place.snapshot()
    said = place.run(*words, by=by)
    assert said.code == 3, said.all
    assert place.snapshot() == before
    assert "nothing changed" in said.err
    return said.err


def test_a_key_that_the_roster_does_not_know_says_how_it_gets_there(signing, tmp_path):
    key = Key.made(tmp_path, "new")
    sign_with(signing, key)
    said = " ".join(refused(signing, *WHAT).split())
    assert "stands at nobody on the roster, and you are p-timo" in said
    assert "partnerkit person set p-timo --key" in said
    signing.do("person", "set", "p-timo", "--key", key.public, by="p-rosa")
    signing.do(*WHAT, by="p-timo")


def test_the_key_of_another_does_not_sign(signing):
    sign_with(signing, signing.keys["p-jonas"])
    assert "which stands at p-jonas, and you are p-timo" in " ".join(refused(signing, *WHAT).split())


def test_without_a_key_it_says_where_git_has_one(signing):
    sign_with(signing, None)
    assert "git config user.signingKey" in refused(signing, *WHAT)
    signing.git("config", "user.signingKey", "no/such/key")
    assert "no/such/key" in refused(signing, *WHAT)
    signing.git("config", "user.signingKey", "key::ssh-ed25519 nonsense")
    assert "names no SSH key" in refused(signing, *WHAT)
    signing.git("config", "gpg.format", "openpgp")
    assert "git config gpg.format ssh" in refused(signing, *WHAT)


def test_a_key_that_an_agent_holds_is_named_by_its_public_half(signing):
    agent = subprocess.run(["ssh-agent", "-s"], capture_output=True, check=False)
    if agent.returncode:
        pytest.skip("there is no ssh-agent here")
    words = dict(one.split("=", 1) for one in agent.stdout.decode().replace("\n", ";").split(";") if "=" in one)
    extra = {"SSH_AUTH_SOCK": words["SSH_AUTH_SOCK"]}
    try:
        key = signing.keys["p-timo"]
        subprocess.run(["ssh-add", "-q", str(key.path)], env=environment() | extra, check=True)
        signing.git("config", "user.signingKey", f"key::{key.public}")
        assert signing.spawn(*WHAT, by="p-timo", extra=extra).code == 0
    finally:
        subprocess.run(["ssh-agent", "-k"], env=environment() | {"SSH_AGENT_PID": words["SSH_AGENT_PID"]}, check=True)
    assert codes(signing) == set()


def without_openssh(tmp_path):
    tools = tmp_path / "tools"
    tools.mkdir()
    (tools / "git").symlink_to(str(shutil.which("git")))
    return {"PATH": str(tools)}


def test_without_openssh_nothing_is_signed_and_nothing_is_passed_over(signing, tmp_path):
    extra = without_openssh(tmp_path)
    said = signing.spawn(*WHAT, by="p-timo", extra=extra)
    assert (said.code, "OpenSSH 8.2" in said.err) == (3, True)
    signing.do(*WHAT, by="p-timo")
    for words in (("check", "--json"), ("audit", "--json", "--since", signing.base)):
        signing.day = None
        said = signing.spawn(*words, extra=extra)
        assert said.code == 1
        assert "signature-unverified" in {one["code"] for one in said.json["findings"]}


def test_whoever_looks_first_changes_nothing(signing):
    signing.do(*WHAT, "--dry-run", by="p-timo")
    assert "signature" not in last(signing)


def test_a_signature_under_another_decision_is_none(signing):
    """Copied with all else from a decision that was signed, it is still that one's alone."""
    signing.do(*WHAT, by="p-timo")
    signed = last(signing)["signature"]
    signing.do("approve", "acme", "final-decision", by="p-timo", day="2026-03-21")
    write_under(signing, signed)
    assert codes(signing) == {"signature-bad"}


def test_two_addresses_and_two_keys_are_one_person(signing, tmp_path):
    """Who decides is counted by person: another address and another key are no second vote."""
    key = Key.made(tmp_path, "second")
    signing.do("person", "set", "p-timo", "--email", "timo@home.example", "--key", key.public, by="p-rosa")
    signing.do(*WHAT, by="p-timo")
    sign_with(signing, key)
    signing.do(*WHAT, by="timo@home.example")
    approvals = signing.json("show", "acme")["record"]["approvals"]
    assert {one["by"] for one in approvals if one["requirement"] == "final-decision"} == {"p-timo"}
    signing.do("advance", "acme", by="p-jonas")
    used = signing.json("show", "acme")["record"]["history"][-1]["uses"]
    assert sum(one["id"] in used for one in approvals if one["requirement"] == "final-decision") == 1
    assert audited(signing, "--since", signing.base)["proven"]


def test_person_set_refuses_what_is_another_s(signing):
    jonas = signing.keys["p-jonas"].public
    assert "is that of p-jonas already" in signing.wrong("person", "set", "p-timo", "--key", jonas).err
    assert "is the address of p-jonas already" in " ".join(
        signing.wrong("person", "set", "p-timo", "--email", "jonas@lighthouse.example").err.split()
    )
    assert "has all that already" in signing.wrong("person", "set", "p-jonas", "--key", jonas).err
    private = signing.keys["p-jonas"].path
    assert "private half" in " ".join(signing.wrong("person", "set", "p-timo", "--key", str(private)).err.split())
    assert "cannot be read" in signing.wrong("person", "set", "p-timo", "--key", "no-such-file").err
    said = signing.wrong("person", "set", "p-jonas", "--without", "jonas@lighthouse.example").err
    assert "would be left without an address" in " ".join(said.split())
    assert "laptop" not in (signing.root / "records" / "people.yaml").read_text(encoding="utf-8")


def test_a_key_that_lands_with_what_it_signs_lands_too_late(signing, tmp_path):
    """The roster before the step says whose it is: else whoever writes both could sign for anybody."""
    key = Key.made(tmp_path, "third")
    signing.do("person", "set", "p-timo", "--key", key.public, by="p-rosa")
    sign_with(signing, key)
    signing.do(*WHAT, by="p-timo")
    signing.git("reset", "-q", "--soft", signing.base)
    (found,) = [one for one in signing.findings() if one["code"] == "signature-bad"]
    assert "only from this very step on, and the roster lands first" in found["message"]
    assert found["mend"].startswith("partnerkit person set p-timo --key <key-file>; or git restore")


def test_a_sheet_of_decisions_is_signed_by_whoever_decides(signing):
    sheet = signing.write("decisions.csv", "id\nacme\n")
    signing.do("approve", "final-decision", "--from", sheet, "--sign", by="p-timo")
    assert codes(signing) == set()
    sheet = signing.write("decisions.csv", "id,for,seen\nacme,p-timo,minutes/1.md\n")
    said = signing.wrong("approve", "final-decision", "--from", sheet, "--sign", by="p-jonas")
    assert "cannot sign for p-timo" in " ".join(said.err.split())


def test_doctor_says_whether_signatures_can_be_verified(signing, tmp_path):
    assert "signatures can be verified" in signing.run("doctor").out
    said = signing.spawn("doctor", extra=without_openssh(tmp_path))
    assert "ssh-keygen was not found" in said.all
