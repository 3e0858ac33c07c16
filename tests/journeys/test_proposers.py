"""Who proposed, who has an interest, who looks after it: ids in a record, held against the roster."""

from __future__ import annotations

import shlex

import pytest

from tests.conftest import At
from tests.place import Place
from tests.scenarios.cheat import commit
from tests.story import ACME


def test_a_proposer_whom_the_roster_does_not_know_is_said(place: Place) -> None:
    said = place.do("new", "partnership", "Acme", "type=cloud-providers", "proposer=p-jonass", "id=acme")
    assert "proposer names p-jonass, and the roster knows nobody of that id; did you mean p-jonas?" in said.all
    [found] = [one for one in place.findings("--base", "HEAD~1") if one["code"] == "person-unknown"]
    assert (found["severity"], found["file"]) == ("warning", "records/partnerships/acme.yaml")
    assert not [one for one in place.findings() if one["code"] == "person-unknown"]
    assert "did you mean" not in place.do("set", ACME, "website=https://acme.example").all
    said = place.do("set", ACME, "interested=[p-timoo]", "roles.partnership-manager=p-rosaa")
    assert "interested names p-timoo" in said.all
    assert "did you mean p-timo?" in said.all
    assert "roles names p-rosaa" in said.all
    assert "the roster knows nobody" not in place.do("set", ACME, "proposer=p-jonas").all


@pytest.mark.parametrize("field", ["proposer", "interested", "roles"])
@pytest.mark.parametrize("way", ["renamed", "taken out"])
def test_an_id_that_records_name_stays_on_the_roster(place: Place, way: str, field: str) -> None:
    place.do("person", "add", "p-nina", "--email", "nina@lighthouse.example", "--role", "core-team")
    value = {
        "proposer": "proposer=p-nina",
        "interested": "interested=[p-nina]",
        "roles": "roles.technical-liaison=p-nina",
    }[field]
    place.do("new", "partnership", "Foo", "type=cloud-providers", value)
    roster = place.root / "records/people.yaml"
    text = roster.read_text(encoding="utf-8")
    kept, gone = text.split("  p-nina:", 1)
    roster.write_text(f"{kept}  p-nora:{gone}" if way == "renamed" else kept, encoding="utf-8")
    [found] = [one for one in place.findings() if one["code"] == "person-unknown"]
    assert (found["severity"], found["file"]) == ("error", "records/partnerships/foo.yaml")
    assert "p-nina" in place.text("foo").splitlines()[found["line"] - 1]
    assert ("did you mean p-nora" in found["message"]) == (way == "renamed")
    assert [one["code"] for one in place.findings("foo") if one["severity"] == "error"] == ["person-unknown"]
    base = commit(place)
    assert "person-unknown" in {one["code"] for one in place.findings("--base", base)}
    assert "person-unknown" not in {one["code"] for one in place.findings()}


def test_a_proposer_who_hands_it_on_is_said_and_can_keep_an_interest(at: At) -> None:
    place = at("proposed")
    said = place.do("set", ACME, "proposer=p-lea")
    assert "the proposer was changed from p-rosa to p-lea" in said.all
    assert "p-rosa may decide on it from the next step on" in said.all
    [found] = [one for one in place.findings("--base", "HEAD~1") if one["code"] == "proposer-changed"]
    assert found["severity"] == "warning"
    assert found["mend"] == "partnerkit set acme 'interested=[p-rosa]'"
    place.do(*shlex.split(found["mend"])[1:])
    assert "p-rosa" in place.text(ACME).partition("interested:")[2]
    said = place.do("set", ACME, "proposer=p-jonas", "interested=[p-rosa, p-lea]")
    assert "may decide on it" not in said.all
    assert not [one for one in place.findings("--base", "HEAD~1") if one["code"] == "proposer-changed"]
