"""`check` and `audit` in every format: what a workflow, a merge request, code scanning and a comment get of them."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from partnerkit.findings import Finding
from partnerkit.jobs.audit import Asked, audit
from partnerkit.jobs.desk import Desk, seeded
from partnerkit.reports.audit_outcome import of_audit
from partnerkit.reports.audit_sent import as_markdown
from partnerkit.rules.audited import Audited
from partnerkit.store.git.repository import Git
from tests.conftest import At
from tests.place import Place
from tests.reports.test_forges import GITLAB, SARIF
from tests.reports.workflow import obeyed
from tests.story import ACME

WORDS = ("text", "json", "github", "gitlab", "sarif", "markdown")


@pytest.fixture
def cheated(at: At) -> Place:
    """A stage edited by hand and landed, then another record beside it that is wrong in the working tree."""
    place = at("decided")
    place.edit(ACME, "stage: decision", "stage: active")
    place.git("commit", "-qam", "a cheat", "--no-verify")
    place.run("new", "partnership", "Other House")
    place.edit("other-house", "stage: proposed", "stage: ended")
    return place


@pytest.mark.parametrize("command", ["check", "audit"])
def test_both_commands_know_the_same_formats_and_end_the_same(cheated: Place, command: str) -> None:
    before = cheated.snapshot()
    for word in WORDS:
        said = cheated.run(command, "--format", word)
        assert (said.code, said.err) == (1, ""), (word, said.err)
        assert "stage-edited" in said.out, word
    assert cheated.run(command, "--format", "json").out == cheated.run(command, "--json").out
    assert cheated.run(command, "--format", "text").out == cheated.run(command).out
    said = cheated.wrong(command, "--format", "sarf")
    assert "there is no format 'sarf'; did you mean sarif?" in said.err
    assert f"one of {', '.join(WORDS)}" in said.err
    assert "leave one of them out" in cheated.wrong(command, "--format", "sarif", "--json").out
    assert cheated.snapshot() == before


def test_what_the_change_touches_is_annotated_first(cheated: Place) -> None:
    errors = [one for one in obeyed(cheated.run("check", "--format", "github").out) if one.name == "error"]
    assert [one.properties["file"] for one in errors] == [
        "records/partnerships/other-house.yaml",
        f"records/partnerships/{ACME}.yaml",
    ]
    assert all(one.properties["title"] == "stage-edited" for one in errors)


def test_forms_of_forges_are_what_they_ask_for(cheated: Place) -> None:
    for command in ("check", "audit"):
        SARIF.validate(cheated.run(command, "--format", "sarif").json)
        GITLAB.validate(cheated.run(command, "--format", "gitlab").json)


def _gitlab(place: Place, *words: str) -> dict[str, tuple[str, str, int]]:
    items: list[dict[str, Any]] = place.run(*words, "--format", "gitlab").json
    found = {
        one["fingerprint"]: (one["check_name"], one["location"]["path"], one["location"]["lines"]["begin"])
        for one in items
    }
    assert len(found) == len(items)
    return found


def test_a_finding_is_known_again_where_lines_have_moved(cheated: Place) -> None:
    path = cheated.path("other-house")
    text = path.read_text(encoding="utf-8")
    path.write_text(
        text + 'objectives:\n  - id: o1\n    txt: "a"\n  - id: o2\n    txt: "b"\nname2: x\n', encoding="utf-8"
    )
    before = _gitlab(cheated, "check")
    assert len([one for one in before.values() if one[0] == "unknown-key"]) == 3

    lines = path.read_text(encoding="utf-8").splitlines()
    path.write_text("# one\n# two\n" + "\n".join(lines) + "\n", encoding="utf-8")

    after = _gitlab(cheated, "check")
    assert after.keys() == before.keys()
    mine = [key for key in before if before[key][1].endswith("other-house.yaml")]
    assert [after[key][2] - before[key][2] for key in mine] == [2] * len(mine)


def test_one_item_less_renames_no_other(cheated: Place) -> None:
    """An item of a list is named by its id: those after it are not new because one before them went."""
    path = cheated.path("other-house")
    text = path.read_text(encoding="utf-8")
    path.write_text(text + 'objectives:\n  - id: o1\n    txt: "a"\n  - id: o2\n    txt: "b"\n', encoding="utf-8")
    before = _gitlab(cheated, "check")

    path.write_text(text + 'objectives:\n  - id: o2\n    txt: "b"\n', encoding="utf-8")

    after = _gitlab(cheated, "check")
    assert after.keys() < before.keys()
    gone = [before[key] for key in before.keys() - after.keys()]
    left = [before[key] for key in after if before[key][1].endswith("other-house.yaml") and "key" in before[key][0]]
    assert (
        {code for code, _path, _line in gone} == {code for code, _path, _line in left} == {"unknown-key", "missing-key"}
    )
    assert max(line for _code, _path, line in gone) < min(line for _code, _path, line in left)


def test_an_audit_says_where_something_landed_and_no_line_of_another_version(cheated: Place) -> None:
    bad = cheated.git("rev-parse", "HEAD~1").strip()
    (item,) = [one for one in cheated.run("audit", "--format", "gitlab").json if one["check_name"] == "stage-edited"]
    assert f"(landed in {bad[:12]}, line 5 there)" in item["description"]
    assert item["location"] == {"path": f"records/partnerships/{ACME}.yaml", "lines": {"begin": 1}}
    (run,) = cheated.run("audit", "--format", "sarif").json["runs"]
    (result,) = [one for one in run["results"] if one["ruleId"] == "stage-edited"]
    assert result["properties"]["commit"] == bad
    assert "region" not in result["locations"][0]["physicalLocation"]
    assert run["automationDetails"]["id"] == "partnerkit/audit/"
    (error,) = [one for one in obeyed(cheated.run("audit", "--format", "github").out) if one.name == "error"]
    assert error.properties.keys() == {"file", "title"}


def test_an_audit_names_the_line_of_what_landed_last(at: At) -> None:
    place = at("decided")
    place.edit(ACME, "stage: decision", "stage: active")
    place.git("commit", "-qam", "a cheat", "--no-verify")
    known = _gitlab(place, "audit")
    assert ("stage-edited", f"records/partnerships/{ACME}.yaml", 5) in known.values()
    place.do("new", "partnership", "Other House")
    assert _gitlab(place, "audit").keys() == known.keys()


def test_what_landed_without_a_place_has_one_in_every_report(at: At) -> None:
    """What is wrong with a commit is about no file."""
    place = at("new")
    other = "c1:" + "0" * 64
    said = place.run("audit", "--trust-root", other, "--format", "sarif")
    SARIF.validate(said.json)
    (result,) = [one for one in said.json["runs"][0]["results"] if one["ruleId"] == "trust-root-differs"]
    location = result["locations"][0]["physicalLocation"]["artifactLocation"]
    assert location["uri"] == "records/register.yaml"
    report = place.run("audit", "--trust-root", other, "--format", "gitlab").json
    GITLAB.validate(report)


def test_the_summary_of_a_step_holds_everything(
    cheated: Place, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    summary = tmp_path / "summary.md"
    summary.write_text("what another command said\n", encoding="utf-8")
    monkeypatch.setenv("GITHUB_STEP_SUMMARY", str(summary))

    cheated.run("check", "--format", "github")
    once = summary.read_text(encoding="utf-8")
    cheated.run("audit", "--format", "github")
    cheated.run("check", "--format", "text")

    assert once == "what another command said\n" + cheated.run("check", "--format", "markdown").out
    twice = summary.read_text(encoding="utf-8")
    assert twice == once + cheated.run("audit", "--format", "markdown").out


def test_a_summary_stays_below_what_is_taken(cheated: Place, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    summary = tmp_path / "summary.md"
    monkeypatch.setenv("GITHUB_STEP_SUMMARY", str(summary))
    for left in (400, 20):
        summary.write_text("x" * (1024 * 1024 - left), encoding="utf-8")
        assert cheated.run("check", "--format", "github").code == 1
        assert summary.stat().st_size <= 1024 * 1024
        told = summary.read_text(encoding="utf-8").lstrip("x")
        assert bool(re.search(r"… and \d+ more: partnerkit check --json has all\n", told)) == (left == 400)


@pytest.mark.parametrize("name", ["no-such-folder/summary.md", "."])
def test_a_summary_that_cannot_be_written_is_said_and_changes_nothing(
    cheated: Place, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    plain = cheated.run("check", "--format", "github")
    monkeypatch.setenv("GITHUB_STEP_SUMMARY", str(tmp_path / name))
    said = cheated.run("check", "--format", "github")
    assert (said.code, said.out) == (plain.code, plain.out)
    assert said.err.startswith("! the summary of this step cannot be written: ")


def test_a_workflow_sees_why_there_is_no_answer(at: At, tmp_path: Path) -> None:
    place = at("new")
    cut = Place(tmp_path / "cut", day=place.day)
    place.git("clone", "-q", "--depth", "1", place.root.as_uri(), str(cut.root))

    said = cut.run("audit", "--format", "github")

    (command,) = obeyed(said.out + said.err)
    assert (said.code, command.name, command.properties) == (3, "error", {"title": "partnerkit"})
    assert command.data == (
        "cannot audit: history was cut off when this repository was cloned\n"
        "→ git fetch --unshallow (in CI: fetch-depth: 0), then audit again"
    )
    for word in ("gitlab", "sarif", "markdown"):
        assert cut.run("audit", "--format", word).out == "", "an empty report would say that all is well"


@pytest.mark.parametrize("command", ["check", "audit"])
def test_what_stops_a_command_gives_the_runner_none(at: At, command: str) -> None:
    said = at("new").run(command, "##[set-output name=a]b", "--format", "github")
    assert said.code == 2
    (told,) = obeyed(said.out + said.err)
    assert (told.name, "##[set-output name=a]b" in told.data) == ("error", True)


def _audited(place: Place) -> Audited:
    noon = datetime(2026, 7, 1, tzinfo=UTC)
    return audit(Desk(Git.discover(place.root), lambda: noon, seeded("audit")), Asked())


def test_what_stands_comes_first_then_what_landed_last(at: At) -> None:
    first, second, third = (Finding("stage-edited", word) for word in ("one", "two", "three"))
    found = _audited(at("decided"))
    early, late = found.verdicts[0], found.verdicts[-1]
    steps = [replace(early, findings=[first]), replace(late, findings=[second])]
    told = of_audit(replace(found, verdicts=steps, standing=[third]))
    assert [one.finding.message for one in told.found] == ["three", "two", "one"]


def test_an_audit_fits_into_a_comment(at: At) -> None:
    """However much was found and however many changes of rules are to be told; each part has its share."""
    found = _audited(at("decided"))
    wrong = [Finding("stage-edited", f"number {number} is wrong", mend="`" * 30) for number in range(900)]
    found = replace(found, verdicts=found.verdicts * 200, standing=wrong)

    said = as_markdown(found, of_audit(found))

    assert 40_000 < len(said.encode()) < 60_000
    findings, _heading, stands = said.partition("## What stands")
    for part, whole in ((findings, "… and"), (stands, "  - … and")):
        assert len(part.encode()) > 5_000
        assert re.search(rf"^{whole} \d+ more: partnerkit audit --json has all$", part, re.MULTILINE)
    shown, more = len(re.findall("^- ", findings, re.MULTILINE)), re.search(r"… and (\d+) more", findings)
    assert more is not None
    assert shown + int(more[1]) == len(found.findings)


def test_json_of_a_check_is_what_it_was(cheated: Place) -> None:
    data = json.loads(cheated.run("check", "--format", "json").out)
    assert data.keys() == {"schema", "findings", "expunged"}
    assert "part" not in data["findings"][0]
