"""Ways back from a slip that landed: whoever proposed it, a file that was no YAML, and what was built on either."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.conftest import At
from tests.journeys.test_policy_life import NAME, _renamed
from tests.place import Place
from tests.scenarios.amending import CASE, under_charter
from tests.scenarios.cheat import commit, forge, rewrite
from tests.scenarios.landing import audited
from tests.scenarios.test_corrections import WHY, altered
from tests.scenarios.test_voids import errors, latest

MARKERS = b"<<<<<<< HEAD\nname: Acme\n=======\nname: ACME\n>>>>>>> theirs\n"
NAMED = b"name: Acme\n"


def broken(place: Place, said: bytes) -> bytes:
    """The record lands with its name line written so; the file as it was."""
    raw = place.path("acme").read_bytes()
    assert NAMED in raw
    place.path("acme").write_bytes(raw.replace(NAMED, said))
    commit(place)
    return raw


def settled(place: Place) -> set[str]:
    """The codes of what landed and was settled; nothing else is wrong."""
    found = audited(place)
    assert found["proven"], errors(found["findings"])
    assert place.run("check").code == 0
    return {one["code"] for one in found["findings"] if one["settled_by"]}


@pytest.mark.parametrize("by_hand", [False, True])
def test_a_proposer_who_was_exchanged_is_put_back(at: At, by_hand: bool) -> None:
    place = at("assessment")
    bad = altered(place, lambda data: data.update(proposer="p-lea"))
    mends = [one["mend"] for one in audited(place)["findings"] if one["code"] == "proposer-changed"]
    assert all("partnerkit undo acme --correct" in mend for mend in mends)
    if by_hand:
        place.git("revert", "--no-edit", bad)
    base = place.git("rev-parse", "HEAD").strip()
    place.do("undo", "acme", "--correct", *WHY, day="2026-07-02")
    assert place.json("show", "acme")["record"]["proposer"] == "p-rosa"
    assert errors(place.findings("--base", base, "--head", "HEAD")) == []
    assert {"proposer-changed", "locked-field-changed"} <= settled(place)


def test_a_proposer_whom_no_gate_sealed_is_put_back(tmp_path: Path) -> None:
    """The commit before shows who it was: no seal is needed."""
    place = under_charter(tmp_path / "charter")
    about = ("of=CHARTER-1", "type=amendment", "opened=2026-03-02", "proposer=p-rosa")
    place.do("new", "case", "Longer notice", f"id={CASE}", *about)
    place.do("policy", "set", "CHARTER-1", "notice=P60D", "--seen", "minutes/1.md", "--amendment", CASE)
    place.do("advance", CASE, "dropped", "--reason", "not now")
    rewrite(place, CASE, lambda data: data.update(proposer="p-jonas"))
    commit(place)
    wrong = errors(audited(place)["findings"])
    assert "proposer-changed" in wrong
    assert "locked-field-changed" not in wrong
    place.do("undo", CASE, "--correct", *WHY)
    assert place.json("show", CASE)["record"]["proposer"] == "p-rosa"
    assert "proposer-changed" in settled(place)


def test_a_proposer_handed_on_in_the_first_stage_was_not_altered(at: At) -> None:
    place = at("proposed")
    place.do("set", "acme", "proposer=p-lea")
    assert "nothing that had landed of acme was altered" in place.wrong("undo", "acme", "--correct", *WHY).err


def test_a_file_that_was_no_yaml_for_a_commit_is_settled(at: At) -> None:
    place = at("active", day="2026-07-01")
    raw = broken(place, MARKERS)
    assert "yaml-syntax" in errors(audited(place, "acme")["findings"])
    place.path("acme").write_bytes(raw)
    commit(place)
    assert "put back already" in place.do("undo", "acme", "--correct", *WHY).out
    assert "yaml-syntax" in settled(place)


@pytest.mark.parametrize("said", [b"nmae: Acme\n", MARKERS])
def test_a_migration_leaves_no_record_behind_that_cannot_be_read(at: At, tmp_path: Path, said: bytes) -> None:
    place = at("assessment", day="2026-07-01")
    raw = broken(place, said)
    head = place.git("rev-parse", "HEAD").strip()
    words = ("--from", str(_renamed(place, tmp_path)), "--stage", "assessment=vetting", "--reason", "names")
    migrate = ("policy", "migrate", NAME, *words)

    refused = place.refuse(*migrate).err
    assert "acme cannot be read" in refused
    assert "records/partnerships/acme.yaml:" in refused
    assert "partnerkit undo acme --correct" in refused
    assert place.git("rev-parse", "HEAD").strip() == head
    assert place.git("status", "--porcelain") == ""

    place.path("acme").write_bytes(raw)
    commit(place)
    place.do("undo", "acme", "--correct", *WHY)
    place.do(*migrate)
    assert place.json("show", "acme")["stage"] == "vetting"
    assert settled(place)


def test_a_version_that_keeps_every_stage_lands_beside_a_record_that_cannot_be_read(at: At, tmp_path: Path) -> None:
    place = at("assessment", day="2026-07-01")
    broken(place, MARKERS)
    same = place.write("same.yaml", (place.root / f"records/policies/{NAME}.yaml").read_text(encoding="utf-8"))
    said = place.run("policy", "migrate", NAME, "--from", same, "--reason", "names")
    assert "cannot be read" not in said.all


def test_a_correction_says_what_was_built_on_the_alteration(at: At) -> None:
    place = at("detailed-review", day="2026-03-04")
    altered(place, lambda data: data.update(type="corporate/technology/tool-providers"))
    forge(place, "acme", "decision", day="2026-03-04")
    commit(place)
    meanwhile = latest(place)
    said = place.do("undo", "acme", "--correct", *WHY, day="2026-07-02").all
    assert f"settles nothing that was altered before entry 4 ({meanwhile}, move to decision) landed" in " ".join(
        said.split()
    )
    assert f"partnerkit undo {meanwhile} --void" in said
    assert not audited(place)["proven"]
    place.do("undo", meanwhile, "--void", *WHY, by="p-jonas", day="2026-07-03")
    assert settled(place)


def test_a_correction_says_nothing_of_a_migration(at: At, tmp_path: Path) -> None:
    place = at("assessment", day="2026-07-01")
    place.git("revert", "--no-edit", altered(place, lambda data: data["evidence"][0].update(outcome="fail")))
    words = ("--from", str(_renamed(place, tmp_path)), "--stage", "assessment=vetting", "--reason", "names")
    place.do("policy", "migrate", NAME, *words)
    assert "settles nothing" not in place.do("undo", "acme", "--correct", *WHY).all


def test_a_file_that_cannot_be_read_beside_an_alteration_is_told(at: At) -> None:
    place = at("agreement")
    altered(place)
    risk = place.path("acme-they-fold")
    risk.write_bytes(b"<<<<<<< HEAD\n" + risk.read_bytes())
    commit(place)
    said = place.run("check")
    assert said.code == 1
    assert "yaml-syntax" in said.all
    assert "partnerkit undo acme --correct" in said.all
