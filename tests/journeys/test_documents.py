"""What is known by the digest of its bytes: the document that is to be signed, and the way back where there is none."""

from __future__ import annotations

import shlex
from typing import Any

import pytest

from tests.conftest import At
from tests.scenarios.cheat import commit, rewrite
from tests.story import DEAL


@pytest.mark.parametrize("thing", ["https://files.example/pact", "summary=It is in the drawer"])
def test_what_must_be_known_by_its_bytes_is_not_taken_without_them(at: At, thing: str) -> None:
    said = at("drafted").wrong("add", DEAL, "agreement-document", thing)
    assert "agreement-document is known by the digest of its bytes" in said.err
    assert "partnerkit add acme-2026 agreement-document <document>" in said.err


def test_one_without_a_digest_counts_where_only_one_may_stand(at: At) -> None:
    place = at("drafted")
    rewrite(place, DEAL, lambda data: data["evidence"].append(_bare(data["evidence"][0])))
    [asked] = [one for one in place.json("gates", DEAL)["requirements"] if one["id"] == "agreement-document"]
    assert not asked["met"]
    assert asked["command"] == "partnerkit add acme-2026 agreement-document withdraw=e-0123456789ab --reason <reason>"
    commit(place)
    place.refuse("advance", DEAL)
    place.do(*shlex.split(asked["command"].replace("<reason>", "twice"))[1:])
    place.do("advance", DEAL)


def _bare(evidence: dict[str, Any]) -> dict[str, Any]:
    """The same evidence again, as a link."""
    kept = {key: value for key, value in evidence.items() if key not in {"digest", "ref"}}
    return {**kept, "id": "e-0123456789ab", "ref": "https://files.example/pact"}


def test_where_no_document_can_be_signed_the_way_back_is_offered(at: At) -> None:
    """A policy that demands no digest lets a link through: what is to be signed is then added after going back."""
    place = at("drafted")
    policy = place.root / "records/policies/OPS-05-03.yaml"
    text = policy.read_text(encoding="utf-8")
    demand = "      kinds: [document]\n      with-digest: true\n      single: true\n"
    assert demand in text
    policy.write_text(text.replace(demand, "      kinds: [document]\n"), encoding="utf-8")
    place.git("commit", "-qam", "Any document will do", "--no-verify")
    place.do("add", DEAL, "agreement-document", "https://files.example/pact")
    place.do("advance", DEAL)
    place.do("approve", DEAL, "agreement-legal-review", by="p-lea", day="2026-03-22")
    place.do("advance", DEAL, day="2026-03-22")
    place.day = "2026-03-23"
    [asked] = [one for one in place.json("gates", DEAL)["requirements"] if one["id"] == "signature-process"]
    assert asked["command"] == "partnerkit advance acme-2026 draft --reason <reason>"
    assert asked["command"] in place.refuse("add", DEAL, "signature-process", "party=us").err
    place.do(*shlex.split(asked["command"].replace("<reason>", "incomplete"))[1:])
    place.do("add", DEAL, "agreement-document", place.write("pact.md", "The pact.\n"))
