"""A policy that says how surely a decision must be that of whom it names, through every command that judges."""

from __future__ import annotations

import pytest

from tests.scenarios.codes.running import findings, only, paste
from tests.scenarios.landing import METHODS, audited, landed
from tests.signing import OPENSSH, Key, sign_with

pytestmark = OPENSSH

DAY = "2026-03-20"
WHAT = ("approve", "acme", "final-decision")


@pytest.fixture
def demanding(at, tmp_path):
    """A register that waits for the final decision, of which the policy says how sure it must be."""

    def made(assurance):
        place = at("decided")
        place.do(*WHAT, "--decision", "withdraw", "--reason", "anew", by="p-timo", day=DAY)
        path = place.root / "records" / "policies" / "OPS-05-03.yaml"
        before = path.read_text(encoding="utf-8")
        asked = "    approval:\n"
        at_ = before.index(asked, before.index("  final-decision:\n")) + len(asked)
        path.write_text(f"{before[:at_]}      assurance: {assurance}\n{before[at_:]}", encoding="utf-8")
        place.git("commit", "-qam", "how sure", "--no-verify")
        place.keys = {}
        for person in ("p-jonas", "p-timo"):
            place.keys[person] = Key.made(tmp_path, f"{assurance}-{person}")
            place.do("person", "set", person, "--key", place.keys[person].public)
        sign_with(place, place.keys["p-timo"])
        place.base = place.git("rev-parse", "HEAD").strip()
        place.day = DAY
        return place

    return made


def flat(said):
    return " ".join(said.all.split())


def errors(place, *words):
    return [one for one in place.findings(*words) if one["severity"] == "error"]


def codes(found):
    return {one["code"] for one in found["findings"] if one["severity"] == "error"}


@pytest.mark.parametrize("method", METHODS)
def test_a_signed_decision_opens_the_gate_however_it_lands(demanding, method):
    place = demanding("signed-statement")

    def change(here):
        here.do(*WHAT, "--sign", by="p-timo")
        here.do("advance", "acme", by="p-jonas")
        assert errors(here) == []
        assert errors(here, "--base", place.base) == []

    base = landed(place, method, change)
    assert audited(place, "--since", base)["proven"]
    assert audited(place)["proven"]


def test_an_unsigned_decision_is_refused_with_the_line_that_signs(demanding):
    place = demanding("signed-statement")
    said = place.refuse(*WHAT, by="p-timo")
    found = only(findings(place, WHAT, "p-timo"), "assurance-too-low")
    assert "partnerkit approve acme final-decision --sign" in flat(said)
    assert "the statement itself is signed with their key" in flat(said)
    said = place.refuse(*WHAT, "--for", "p-timo", "--seen", "minutes/1.md", by="p-jonas")
    assert "partnerkit approve acme final-decision --sign" in flat(said)
    place.do(*WHAT, "--decision", "reject", "--reason", "a no needs no key", by="p-timo")
    paste(place, found["mend"], {}, "p-timo")


def test_the_gate_says_who_signs_and_how(demanding):
    place = demanding("signed-statement")
    (asked,) = [one for one in place.json("gates", "acme")["requirements"] if one["id"] == "final-decision"]
    assert asked["command"] == "partnerkit approve acme final-decision --sign"
    said = place.run("waive", "acme", "final-decision", "--reason", "x", "--until", "2026-12-31", by="p-rosa")
    assert said.code == 1
    assert "partnerkit approve acme final-decision --sign" in flat(said)


def unsigned(place):
    """The signature taken off the last decision before anything lands: what somebody might do by hand."""
    text = place.text("acme")
    start = text.index("    signature: |-\n")
    end = text.index("-----END SSH SIGNATURE-----\n") + len("-----END SSH SIGNATURE-----\n")
    place.path("acme").write_text(text[:start] + text[end:], encoding="utf-8")


def test_a_decision_written_by_hand_without_a_signature_opens_nothing(demanding):
    place = demanding("signed-statement")
    place.do(*WHAT, "--sign", by="p-timo")
    unsigned(place)
    place.git("commit", "-q", "--amend", "-a", "--no-edit", "--no-verify")
    said = place.refuse("advance", "acme", by="p-jonas")
    assert "is not signed with a key of theirs" in flat(said)
    assert "partnerkit approve acme final-decision --sign" in flat(said)


def test_an_advance_on_an_unsigned_decision_is_found_by_check_and_audit(demanding):
    """Both in one commit, the signature taken off, so that nothing but the gate itself is broken."""
    place = demanding("signed-statement")
    place.do(*WHAT, "--sign", by="p-timo")
    place.do("advance", "acme", by="p-jonas")
    unsigned(place)
    place.git("reset", "-q", "--soft", place.base)
    assert {one["code"] for one in errors(place)} == {"requirement-unmet"}
    place.git("commit", "-qam", "squashed by hand", "--no-verify")
    assert codes(audited(place, "--since", place.base)) == {"requirement-unmet"}


def test_a_key_that_was_taken_off_the_roster_opens_no_gate(demanding):
    """What was signed before stands; a gate that is passed later asks for a key that counts."""
    place = demanding("signed-statement")
    place.do(*WHAT, "--sign", by="p-timo")
    place.do("person", "set", "p-timo", "--without", place.keys["p-timo"].public, by="p-rosa")
    assert errors(place) == []
    assert "is not signed with a key of theirs" in flat(place.refuse("advance", "acme", by="p-jonas"))


def test_what_passed_before_a_key_was_taken_off_stays_passed(demanding):
    place = demanding("signed-statement")
    place.do(*WHAT, "--sign", by="p-timo")
    place.do("advance", "acme", by="p-jonas")
    place.do("person", "set", "p-timo", "--without", place.keys["p-timo"].public, by="p-rosa")
    assert errors(place) == []
    assert audited(place)["proven"]


@pytest.mark.parametrize(
    ("assurance", "commits", "proven"),
    [("author", False, True), ("author", True, True), ("signed-commit", False, False), ("signed-commit", True, True)],
)
def test_what_a_landed_commit_shows_is_judged_by_check_of_a_range_and_by_audit(demanding, assurance, commits, proven):
    place = demanding(assurance)
    sign_with(place, place.keys["p-timo"], commits=commits)
    place.do(*WHAT, by="p-timo")
    sign_with(place, None)
    place.do("advance", "acme", by="p-jonas")
    assert errors(place) == []
    found = {one["code"] for one in errors(place, "--base", place.base)}
    assert found == (set() if proven else {"assurance-too-low"})
    assert {one["code"] for one in errors(place, "--base", place.base, "--head", "HEAD")} == found
    last = place.git("rev-parse", "HEAD~1").strip()
    for since in ((), ("--since", place.base), ("--since", last)):
        said = audited(place, *since)
        assert codes(said) == (set() if proven else {"assurance-too-low"}), since
    if not proven:
        (finding,) = said["findings"]
        assert (finding["record"], finding["commit"]) == ("acme", place.git("rev-parse", "HEAD").strip())
        assert "it landed as author" in finding["message"]


def test_a_move_that_was_decided_too_lightly_is_voided(demanding):
    place = demanding("signed-commit")
    place.do(*WHAT, by="p-timo")
    place.do("advance", "acme", by="p-jonas")
    bad = place.json("log", "acme")["entries"][-1]["id"]
    place.do("undo", bad, "--void", "--reason", "his signature is missing")
    assert errors(place, "--base", place.base) == []
    assert audited(place)["proven"]


@pytest.mark.parametrize("assurance", ["author", "signed-commit"])
def test_the_word_of_another_is_recorded_for_nothing_where_it_must_be_theirs(demanding, assurance):
    place = demanding(assurance)
    said = place.refuse(*WHAT, "--for", "p-timo", "--seen", "minutes/1.md", by="p-jonas")
    assert "partnerkit approve acme final-decision" in flat(said)


def test_a_signature_under_the_decision_serves_wherever_less_is_asked(demanding):
    place = demanding("signed-commit")
    base = landed(place, "squash", lambda here: (here.do(*WHAT, "--sign", by="p-timo"), here.do("advance", "acme")))
    assert audited(place, "--since", base)["proven"]


def test_squashing_loses_what_only_the_commit_showed(demanding):
    """Squashed by another, the decision is worth a name: the audit says so, and how it would have lasted."""
    place = demanding("author")
    base = landed(place, "squash", lambda here: (here.do(*WHAT, by="p-timo"), here.do("advance", "acme")))
    found = audited(place, "--since", base)
    assert codes(found) == {"assurance-too-low"}


def test_a_shared_mailbox_is_nobody_in_particular(demanding):
    place = demanding("author")
    place.do(*WHAT, by="p-timo")
    place.git("commit", "-q", "--amend", "--no-edit", "--no-verify", "--author", "board <board@lighthouse.example>")
    place.do("advance", "acme", by="p-jonas")
    assert codes(audited(place, "--since", place.base)) == {"assurance-too-low"}


def test_a_decision_after_the_role_ended_counts_for_nothing_however_well_it_is_signed(demanding):
    place = demanding("signed-statement")
    place.do("person", "end", "p-timo", "core-team", "--until", "2026-03-20", by="p-rosa")
    said = place.refuse(*WHAT, "--sign", by="p-timo", day="2026-03-21")
    assert "p-timo does not hold the role core-team on 2026-03-21" in flat(said)


def test_a_policy_does_not_let_waive_what_must_be_theirs(at):
    place = at("decided")
    path = place.root / "records" / "policies" / "OPS-05-03.yaml"
    text = path.read_text(encoding="utf-8")
    asked = "    approval:\n"
    begins = text.index(asked, text.index("  final-decision:\n"))
    more = "    waivable: {by: core-team}\n    approval:\n      assurance: author\n"
    path.write_text(text[:begins] + more + text[begins + len(asked) :], encoding="utf-8")
    (finding,) = [one for one in place.findings() if one["code"] == "policy-inconsistent"]
    assert "cannot be waived" in finding["message"]


def test_what_became_void_is_signed_anew(demanding):
    """The line that is offered is one that the policy takes."""
    place = demanding("signed-statement")
    place.do(*WHAT, "--sign", by="p-timo")
    place.do("set", "acme", "commitments=[{by: partner, text: Forty lab seats}]")
    (found,) = [
        one for one in place.findings() if one["code"] == "approval-void" and "final-decision" in one["message"]
    ]
    assert found["mend"] == "partnerkit approve acme final-decision --sign"
