"""What is confidential stays out of a history that whoever may read anything may read whole: a reference instead."""

from __future__ import annotations

import hashlib

import pytest

from tests.conftest import At
from tests.journeys.telling import teaches
from tests.place import Place
from tests.scenarios.codes.running import pasted
from tests.story import ACME, DEAL

TOLD = "They pay 40000 a year"
KEPT = f"vault/acme.pdf sha256:{hashlib.sha256(TOLD.encode()).hexdigest()}"


def classified(place: Place, level: str = "confidential") -> Place:
    """A partnership of which nobody outside may know, before anything was written about it."""
    place.do("new", "partnership", "Beta", "type=cloud-providers", "proposer=p-rosa", f"classification={level}")
    return place


@pytest.mark.parametrize("level", ["confidential", "restricted"])
def test_words_are_refused_where_a_reference_with_its_digest_is_taken(place: Place, level: str) -> None:
    """T15: `set`, `add` and `advance` put no content above internal into history, and say what to do instead."""
    classified(place, level)
    said = place.refuse("set", "beta", f"objectives=[{{id: o1, text: {TOLD}}}]")
    missing = f"objectives.o1.text says it in words, and beta is {level}"
    teaches(
        said, record="beta", clause=None, missing=missing, command="partnerkit set beta objectives.o1.text=<reference>"
    )
    assert "this register holds nothing above internal" in said.err
    said = place.refuse("add", "beta", "partnership-proposal", f"summary={TOLD}")
    command = "partnerkit add beta partnership-proposal <file-or-link>"
    teaches(said, record="beta", clause=None, missing=f"and beta is {level}", command=command)
    said = place.refuse("advance", "beta", "withdrawn", "--reason", TOLD)
    command = "partnerkit advance beta withdrawn --reason <reference>"
    teaches(said, record="beta", clause=None, missing=f"and beta is {level}", command=command)

    place.do("set", "beta", f"objectives=[{{id: o1, text: {KEPT}, supports: [mutually-beneficial]}}]")
    place.do("add", "beta", "partnership-proposal", place.write("proposal.md", TOLD))
    place.do("add", "beta", "partnership-proposal", "https://vault.example/1", f"summary={KEPT}")
    place.do("advance", "beta")
    assert TOLD not in place.git("log", "--patch", "--all")
    assert [one for one in place.findings() if one["severity"] == "error"] == []


def test_a_file_is_known_by_its_digest_and_not_kept(place: Place) -> None:
    """T15: `--copy` would put the bytes into history; so would a file that lies in the register already."""
    classified(place)
    proposal = place.write("proposal.md", TOLD)
    said = place.refuse("add", "beta", "partnership-proposal", proposal, "--copy")
    command = "partnerkit add beta partnership-proposal <file-or-link>"
    teaches(
        said,
        record="beta",
        clause=None,
        missing="keeps its bytes in history, and beta is confidential",
        command=command,
    )
    (place.root / "proposal.md").write_text(TOLD, encoding="utf-8")
    place.git("add", "proposal.md")
    place.git("commit", "-qm", "A file beside the register")
    place.refuse("add", "beta", "partnership-proposal", str(place.root / "proposal.md"))
    place.do("add", "beta", "partnership-proposal", proposal)
    assert "claimed: true" in place.text("beta")


def test_written_by_hand_it_is_found_and_no_gate_is_passed_on_it(place: Place) -> None:
    """T15: `check` finds it in the working tree, as a range and long after; `gates` asks for the reference."""
    classified(place)
    place.do("add", "beta", "partnership-proposal", "https://vault.example/1")
    place.edit("beta", "proposer: p-rosa\n", f"proposer: p-rosa\nobjectives:\n  - id: o1\n    text: {TOLD}\n")
    found = [one for one in place.findings() if one["severity"] == "error"]
    assert [(one["code"], one["record"]) for one in found] == [("inline-content", "beta")]
    lines = place.text("beta").splitlines()
    assert TOLD in lines[found[0]["line"] - 1]
    assert "git restore" in found[0]["mend"]
    asked = {one["id"]: one for one in place.json("gates", "beta")["requirements"]}
    assert not asked["proposal-objectives"]["met"]
    assert "beta is confidential" in asked["proposal-objectives"]["missing"]
    base = place.git("rev-parse", "HEAD").strip()
    place.git("commit", "-qam", "Past the command", "--no-verify")
    for how in ((), ("--base", base)):
        assert [one["code"] for one in place.findings(*how) if one["severity"] == "error"] == ["inline-content"]
    assert "Git shows" in place.do("why", "inline-content").out
    pasted(place, "inline-content", fill={"<reference>": f"'{KEPT}'"})


def test_what_is_classified_later_says_what_stands_there_and_locks_nobody_in(at: At) -> None:
    """T15: words that can be taken out are refused with the classification; locked ones are a warning from then on."""
    place = at("active")
    said = place.refuse("set", DEAL, "classification=confidential", "title=Deal")
    assert "is locked" in said.err
    place.do("set", DEAL, "classification=confidential")
    warned = [one for one in place.findings() if one["code"] == "inline-content"]
    assert {one["severity"] for one in warned} == {"warning"}
    assert any("responsibilities" in one["message"] and "locked" in one["message"] for one in warned)
    place.refuse("add", DEAL, "duties", "id=d1", "party=us", f"text={TOLD}", "status=open")
    place.do("add", DEAL, "duties", "id=d1", "party=us", f"text={KEPT}", "status=open")

    place.do("add", ACME, "communications", "kind=partner-communication", f"summary={TOLD}")
    said = place.refuse("set", ACME, "classification=restricted")
    assert "communications says it in words, and acme is restricted" in said.err


def test_a_policy_classifies_a_field_of_its_own(place: Place) -> None:
    """T15: one field of an open record; its clause is named."""
    path = place.root / "records" / "policies" / "OPS-05-03.yaml"
    text = path.read_text(encoding="utf-8")
    field = "    budget:\n      type: text\n      clause: §5.1.1/resource-commitments\n      title: What it costs.\n"
    place_of = "fields:\n  partnership:\n"
    assert place_of in text
    path.write_text(
        text.replace(place_of, place_of + field + "      classification: confidential\n", 1), encoding="utf-8"
    )
    place.git("commit", "-qam", "A field of our own")
    place.do("new", "partnership", "Beta", "type=cloud-providers", "proposer=p-rosa")
    said = place.refuse("set", "beta", f"budget={TOLD}")
    command = "partnerkit set beta budget=<reference>"
    teaches(
        said, record="beta", clause="§5.1.1/resource-commitments", missing="budget is confidential", command=command
    )
    place.do("set", "beta", f"budget={KEPT}")
    place.do("set", "beta", "website=https://beta.example", "objectives=[{id: o1, text: Open to all}]")


def test_a_number_cannot_be_classified_for_it_could_not_be_kept_elsewhere(place: Place) -> None:
    """T15: a policy that asks for what cannot be done is told so."""
    path = place.root / "records" / "policies" / "OPS-05-03.yaml"
    text = path.read_text(encoding="utf-8")
    field = "    budget: {type: number, clause: §5.1.1, title: Cost., classification: restricted}\n"
    path.write_text(text.replace("fields:\n  partnership:\n", "fields:\n  partnership:\n" + field, 1), encoding="utf-8")
    said = place.run("check")
    assert said.code != 0
    assert "confidential and restricted go with the types text, list and keys" in said.all


def test_a_register_that_few_may_read_may_hold_more(place: Place) -> None:
    """T15: who may read the repository is the organisation's to know; register.yaml says what it may hold."""
    path = place.root / "records" / "register.yaml"
    path.write_text(path.read_text(encoding="utf-8") + "classification: confidential\n", encoding="utf-8")
    place.git("commit", "-qam", "Only the board can read this repository")
    classified(place)
    place.do("set", "beta", f"objectives=[{{id: o1, text: {TOLD}}}]")
    place.do("add", "beta", "partnership-proposal", place.write("proposal.md", TOLD), "--copy")
    assert "confidential" in place.refuse("set", "beta", "classification=restricted").err


@pytest.mark.parametrize(
    "words", [TOLD, f"{TOLD} sha256:{'0' * 64}", "vault/acme.pdf", "vault/acme.pdf sha256:00", f"sha256:{'0' * 64}"]
)
def test_only_a_place_with_a_digest_is_a_reference(place: Place, words: str) -> None:
    """T15: a digest behind a sentence makes no reference of it."""
    classified(place)
    place.refuse("set", "beta", f"objectives=[{{id: o1, text: '{words}'}}]")
