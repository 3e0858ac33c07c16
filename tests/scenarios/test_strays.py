"""A file that never was a record lands by mistake: found while it lies there, told for ever, no error once it is gone."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from partnerkit.rules.commands import moved
from tests.conftest import At
from tests.place import Place
from tests.scenarios.cheat import ACME, commit, forge
from tests.scenarios.landing import audited
from tests.scenarios.mending import mended
from tests.scenarios.test_corrections import WHY

FOLDER = "records/partnerships"


def writes(path: str, raw: bytes) -> Callable[[Place], object]:
    def do(place: Place) -> None:
        (place.root / path).parent.mkdir(parents=True, exist_ok=True)
        (place.root / path).write_bytes(raw)

    return do


def copied(place: Place) -> None:
    """A second file of a record, beside it, with its id and in another folder."""
    writes("records/agreements/acme.yaml", place.path("acme").read_bytes())(place)


STRAYS = {
    "no kind": (writes(f"{FOLDER}/junk.yaml", b"id: junk\n"), "unknown-kind"),
    "no YAML": (writes(f"{FOLDER}/junk.yaml", b"id: [\n"), "yaml-syntax"),
    "no text": (writes(f"{FOLDER}/junk.yaml", b"id: \xff\n"), "yaml-not-utf8"),
    "no policy": (writes(f"{FOLDER}/junk.yaml", b"kind: partnership\nid: junk\npolicy: X\n"), "policy-unknown"),
    "half a record": (
        writes(f"{FOLDER}/junk.yaml", b"format: 1\nkind: partnership\nid: junk\npolicy: OPS-05-03\n"),
        "missing-key",
    ),
    "notes": (writes(f"{FOLDER}/Notes of a call.txt", b"hello\n"), "file-name"),
    "in no folder": (writes("records/junk/junk.yaml", b"id: junk\n"), "unknown-folder"),
}


def severities(place: Place, code: str) -> list[str]:
    """How bad everything is that has a code: one word for all of it."""
    return sorted({one["severity"] for one in audited(place)["findings"] if one["code"] == code})


@pytest.mark.parametrize("name", STRAYS)
def test_it_is_an_error_until_it_is_gone(at: At, name: str) -> None:
    place = at("assessment")
    do, code = STRAYS[name]
    do(place)
    commit(place)
    assert severities(place, code) == ["error"]
    assert not audited(place)["proven"]
    place.git("revert", "--no-edit", "HEAD")
    assert severities(place, code) == ["warning"]
    found = audited(place)
    assert found["proven"]
    assert audited(place, "--full") == found
    told = [one["message"] for one in found["findings"] if one["code"] == code]
    assert all(one.endswith("; it never counted, and is gone or can be read now") for one in told)


@pytest.mark.parametrize("name", STRAYS)
def test_what_is_printed_takes_it_out(at: At, name: str) -> None:
    place = at("assessment")
    STRAYS[name][0](place)
    commit(place)
    assert mended(place)


def test_a_policy_that_never_was_one(at: At) -> None:
    """While it lies there nobody can say what is legal; what stood before it went on judging."""
    place = at("assessment")
    writes("records/policies/NOTES.yaml", b"x: 1\n")(place)
    commit(place)
    assert place.run("audit").code == 3
    place.git("revert", "--no-edit", "HEAD")
    assert severities(place, "missing-key") == ["warning"]
    assert audited(place)["proven"]


RULES = ("records/policies/OPS-05-03.yaml", "records/register.yaml", "records/people.yaml")


@pytest.mark.parametrize("file", RULES)
def test_rules_that_could_not_be_read_for_a_while(at: At, file: str) -> None:
    place = at("assessment")
    writes(file, b"x: 1\n")(place)
    commit(place)
    assert place.run("audit").code == 3
    writes(file, b"y: 1\n")(place)
    commit(place)
    place.git("checkout", "-q", "HEAD~2", "--", file)
    commit(place)
    assert severities(place, "missing-key") == ["warning"]
    found = audited(place)
    assert found["proven"]
    assert audited(place, "--full") == found
    assert place.run("check").code == 0


@pytest.mark.parametrize("file", RULES)
def test_rules_that_were_a_program_for_a_while(at: At, file: str) -> None:
    place = at("assessment")
    (place.root / file).chmod(0o755)
    commit(place)
    assert place.run("audit").code == 3
    place.git("revert", "--no-edit", "HEAD")
    assert severities(place, "not-a-plain-file") == ["warning"]
    assert audited(place)["proven"]


@pytest.mark.parametrize("file", RULES)
def test_what_landed_while_rules_could_not_be_read_leaves_that_an_error(at: At, file: str) -> None:
    """Nobody could see which rules it was made by, though what stood before judges it."""
    place = at("assessment")
    forge(place, "acme", "withdrawn", reason="they left", day="2026-07-01")
    record = place.path("acme").read_bytes()
    place.git("checkout", "-q", "--", "records")
    writes(file, b"x: 1\n")(place)
    commit(place)
    (place.root / ACME).write_bytes(record)
    commit(place)
    place.git("checkout", "-q", "HEAD~2", "--", file)
    commit(place)
    assert severities(place, "missing-key") == ["error"]


@pytest.mark.parametrize("way", ["beside it", "in it"])
def test_rules_do_not_change_behind_rules_that_cannot_be_read(at: At, way: str) -> None:
    """Whoever makes them readable again lands what somebody else wrote: that stays to be seen."""
    place = at("assessment")
    people = place.root / "records/people.yaml"
    changed = people.read_text(encoding="utf-8").replace("rosa@lighthouse.example", "rosa@harbour.example")
    people.write_text(changed if way == "beside it" else f"x: [\n{changed}", encoding="utf-8")
    if way == "beside it":
        writes("records/policies/NOTES.yaml", b"x: 1\n")(place)
    commit(place)
    (place.root / "records/policies/NOTES.yaml").unlink(missing_ok=True)
    people.write_text(changed, encoding="utf-8")
    commit(place)
    assert "error" in {one["severity"] for one in audited(place)["findings"] if one["record"] is None}


def test_it_stays_an_error_where_it_is_wrong_in_another_way_at_the_end(at: At) -> None:
    place = at("assessment")
    for name in ("no YAML", "no kind"):
        STRAYS[name][0](place)
        commit(place)
    assert severities(place, "yaml-syntax") == ["error"]
    assert severities(place, "unknown-kind") == ["error"]


def test_a_record_that_could_not_be_read_was_one(at: At) -> None:
    """What stood there before is gone until it is brought back and corrected: nobody gets rid of a record so."""
    place = at("assessment")
    good = place.path("acme").read_bytes()
    writes(ACME, b"id: [\n")(place)
    commit(place)
    (place.root / ACME).unlink()
    commit(place)
    assert "error" in severities(place, "yaml-syntax")
    (place.root / ACME).write_bytes(good)
    commit(place)
    assert severities(place, "yaml-syntax") == ["error"]
    place.do("undo", "acme", "--correct", *WHY)
    assert audited(place)["proven"]


def test_a_record_renamed_and_named_as_it_was(at: At) -> None:
    """The file under another name never was a record; the record was gone, and its correction says that it is back."""
    place = at("assessment")
    place.git("mv", ACME, f"{FOLDER}/other.yaml")
    commit(place)
    [check] = [one["mend"] for one in place.findings() if one["code"] == "id-differs"]
    assert check == f"{moved(f'{FOLDER}/other.yaml', ACME)}; where the file's name is right, write id: other"
    place.git("mv", f"{FOLDER}/other.yaml", ACME)
    commit(place)
    assert severities(place, "id-differs") == ["warning"]
    assert severities(place, "record-deleted") == ["error"]
    place.do("undo", "acme", "--correct", *WHY)
    assert audited(place)["proven"]


def test_a_copy_under_the_same_id_is_taken_out(at: At) -> None:
    place = at("assessment")
    copied(place)
    commit(place)
    assert not audited(place)["proven"]
    assert mended(place)


@pytest.mark.parametrize("path", ["records/register.yaml", "records/people.yaml", "records/policies/OPS-05-03.yaml"])
def test_nobody_is_told_to_take_out_rules_that_were_there(at: At, path: str) -> None:
    """What somebody broke is told again with every change of the rules, until it can be read; it belongs there."""
    place = at("decided")
    file, settings = place.root / path, place.root / "records/register.yaml"
    before = file.read_text(encoding="utf-8")
    file.write_text(f"{before}unheard-of: 1\n", encoding="utf-8")
    commit(place)
    people = place.root / "records/people.yaml"
    for other, old, new in ((people, "p-lea:", "p-leah:"), (settings, "Lighthouse", "Beacon")):
        if other != file:
            other.write_text(other.read_text(encoding="utf-8").replace(old, new), encoding="utf-8")
            commit(place)
    file.write_text(before, encoding="utf-8")
    commit(place)
    found = [one for one in audited(place)["findings"] if one["code"] == "unknown-key"]
    assert {one["file"] for one in found} == {path}
    broken, *told_again = (one["mend"] for one in found)
    assert "git restore" in broken
    assert told_again
    assert all(one.endswith("; partnerkit check says whether it can be read now") for one in told_again)
