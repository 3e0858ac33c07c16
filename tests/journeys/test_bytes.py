"""What git holds is what was recorded: attributes that change bytes, pointers to bytes elsewhere, odd names."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tests.conftest import At
from tests.place import Place
from tests.scenarios.cheat import commit, rewrite
from tests.story import ACME

POINTER = "version https://git-lfs.github.com/spec/v1\noid sha256:4d7a\nsize 12345\n"
RECORD = "records/partnerships/acme.yaml"


def of(place: Place, code: str, *words: str) -> list[dict[str, Any]]:
    return [one for one in place.findings(*words) if one["code"] == code]


@pytest.mark.parametrize("ref", ["x" * 300, "records/" + "y" * 300 + "/z", "a/" * 3000 + "b", RECORD + "/inside"])
def test_a_reference_that_no_file_can_have_hides_nothing_else(at: At, ref: str) -> None:
    place = at("assessment")
    rewrite(place, ACME, lambda data: data["evidence"][0].update(ref=ref))
    place.edit(ACME, "stage: assessment", "stage: active")
    said = place.run("check")
    assert said.code == 1, said.all
    codes = {one["code"] for one in place.findings()}
    assert {"evidence-missing", "stage-edited"} <= codes
    [found] = of(place, "evidence-missing")
    assert found["line"]
    assert len(found["message"]) < 400


def test_evidence_that_may_not_be_read_hides_nothing_else(at: At) -> None:
    place = at("assessment")
    closed = place.root / "records/evidence/acme"
    place.edit(ACME, "stage: assessment", "stage: active")
    closed.chmod(0)
    try:
        said = place.run("check")
    finally:
        closed.chmod(0o755)
    assert said.code in {1, 3}
    assert "Traceback" not in said.all


def _inside(text: str, folder: str) -> Callable[[Place], Path]:
    def write(place: Place) -> Path:
        path = place.root / folder / ".gitattributes"
        path.write_text(text, encoding="utf-8")
        return path

    return write


def _of_this_clone(place: Place) -> Path:
    path = place.root / ".git" / "info" / "attributes"
    path.parent.mkdir(exist_ok=True)
    path.write_text("*.md filter=up\n", encoding="utf-8")
    return path


def _of_this_person(place: Place) -> Path:
    path = Path(place.write("attributes", "*.md working-tree-encoding=UTF-16\n"))
    (place.root / ".gitattributes").write_text("", encoding="utf-8")
    place.git("config", "core.attributesFile", str(path))
    return path


@pytest.mark.parametrize(
    ("write", "what"),
    [
        (_inside("* filter=up\n", "records/evidence"), "filter=up"),
        (_inside("*.md text eol=crlf\n", "records/evidence/acme"), "eol=crlf"),
        (_inside("records/** ident\n", "."), "ident"),
        (_inside("records/** text=auto\n", "."), "text=auto"),
        (_of_this_clone, "filter=up"),
        (_of_this_person, "working-tree-encoding=UTF-16"),
    ],
)
def test_attributes_that_change_bytes_are_found(at: At, write: Callable[[Place], Path], what: str) -> None:
    place = at("assessment")
    assert of(place, "attributes-change-bytes") == []
    assert place.run("doctor").code == 0
    written = write(place)
    found = of(place, "attributes-change-bytes")
    assert [one["severity"] for one in found] == ["error"] * len(found)
    assert any(what in one["message"] and one["file"].startswith("records/") and one["mend"] for one in found), found
    assert len(found) <= 2
    said = place.run("doctor")
    assert said.code == 3
    assert what in said.out
    written.unlink()
    assert of(place, "attributes-change-bytes") == []
    assert place.run("doctor").code == 0


def test_what_is_staged_is_judged_by_the_attributes_that_are_staged(at: At) -> None:
    place = at("assessment")
    (place.root / "records/evidence/.gitattributes").write_text("* filter=up\n", encoding="utf-8")
    assert of(place, "attributes-change-bytes", "--staged") == []
    place.git("add", "--all")
    assert of(place, "attributes-change-bytes", "--staged")


def test_an_attribute_that_changes_nothing_is_no_finding(at: At) -> None:
    place = at("assessment")
    text = "records/** -text diff=yaml\nrecords/** eol=lf linguist-generated\n*.md filter=up\nrecords/** -filter\n"
    (place.root / ".gitattributes").write_text(text, encoding="utf-8")
    assert of(place, "attributes-change-bytes") == []
    assert place.run("doctor").code == 0


def test_asking_costs_one_process_of_git_and_a_named_record_none(at: At, monkeypatch: pytest.MonkeyPatch) -> None:
    from partnerkit.store.git.repository import Git  # noqa: PLC0415 - the one place where processes are started

    place = at("assessment")
    asked: list[tuple[str, ...]] = []
    run = Git.run
    monkeypatch.setattr(Git, "run", lambda self, *args, **more: (asked.append(args), run(self, *args, **more))[1])
    place.run("check")
    assert [args[0] for args in asked].count("check-attr") == 1
    asked.clear()
    place.run("check", ACME)
    assert [args[0] for args in asked].count("check-attr") == 0


def test_a_pointer_is_no_evidence(at: At) -> None:
    place = at("assessment")
    pointer = place.write("big.pdf", POINTER)
    for more in ((), ("--copy",)):
        said = place.wrong("add", ACME, "due-diligence", pointer, "outcome=pass", *more)
        assert "git lfs pull" in said.err
    kept = place.root / "records/evidence/acme/proposal.md"
    kept.write_text(POINTER, encoding="utf-8")
    [found] = of(place, "lfs-pointer")
    assert found["file"] == RECORD
    assert "records/evidence/acme/proposal.md" in found["message"]
    base = commit(place)
    assert of(place, "lfs-pointer", "--base", base, "--head", "HEAD")


def test_a_pointer_is_no_record(at: At) -> None:
    place = at("assessment")
    (place.root / RECORD).write_text(POINTER, encoding="utf-8")
    assert [one["file"] for one in of(place, "lfs-pointer")] == [RECORD]
    assert "git LFS" in place.do("why", "lfs-pointer").out
