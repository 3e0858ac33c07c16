"""What people name: fields, files, links, addresses. A wrong name is said to be wrong; it never finds nothing in silence."""

from __future__ import annotations

import subprocess
import sys

import pytest

from tests.conftest import At
from tests.place import environment
from tests.story import ACME


@pytest.mark.parametrize(
    "words",
    [
        ("list", "--where", "stgae=active"),
        ("list", "--sort", "stgae"),
        ("list", "--by", "stgae"),
        ("list", "--columns", "id,stgae"),
        ("advance", "--where", "stgae=assessment"),
        ("add", "--where", "stgae=assessment", "due-diligence", "https://x.example", "outcome=pass"),
    ],
)
def test_a_field_that_no_record_has_is_called_wrongly(at: At, words: tuple[str, ...]) -> None:
    assert "has no field 'stgae'; did you mean stage?" in at("assessment").wrong(*words).err


@pytest.mark.parametrize("field", ["since", "name", "type", "roles.partnership-manager", "history.by", "objectives.id"])
def test_every_field_that_a_record_may_have_can_be_asked_for(at: At, field: str) -> None:
    at("assessment").do("list", "--columns", f"id,{field}", "--sort", field)


@pytest.mark.parametrize("command", ["check", "fmt"])
@pytest.mark.parametrize("path", ["README.md", "nowhere.yaml", "/etc/passwd", ".."])
def test_a_path_that_is_nothing_of_the_register_is_called_wrongly(at: At, command: str, path: str) -> None:
    place = at("assessment")
    (place.root / "README.md").write_text("hello\n")
    place.wrong(command, path)


@pytest.mark.parametrize(
    ("path", "count"),
    [
        ("records/partnerships/acme.yaml", "1 record"),
        ("records/partnerships", "1 record"),
        ("records/evidence/acme", "1 record"),
        ("records", "all"),
        ("records/policies", "all"),
        ("records/people.yaml", "all"),
        (".", "all"),
        (ACME, "1 record"),
    ],
)
def test_check_counts_what_the_path_means(at: At, path: str, count: str) -> None:
    place = at("detailed-review")
    evidence = place.root / "records/evidence/acme"
    evidence.mkdir(parents=True, exist_ok=True)
    (evidence / "note.md").write_text("x\n")
    everything = place.do("check").out.splitlines()[-1]
    said = place.do("check", path).out.splitlines()[-1]
    assert said == everything if count == "all" else said.endswith(f" in {count}")


@pytest.mark.parametrize("link", ["javascript:alert(1)", "data:text/html,x", "file:///etc/passwd", "vbscript:x"])
def test_what_a_browser_would_run_is_no_link(at: At, link: str) -> None:
    assert (
        "is no link that may be recorded"
        in at("assessment").wrong("add", ACME, "due-diligence", link, "outcome=pass").err
    )


def test_a_symbolic_link_in_the_register_is_not_taken_up(at: At) -> None:
    place = at("assessment")
    (place.root / "report.pdf").symlink_to("/etc/hostname")
    place.run("advance", ACME)
    said = place.wrong("add", ACME, "due-diligence", str(place.root / "report.pdf"), "outcome=pass", "--copy")
    assert "symbolic link" in said.err


def test_an_address_of_two_people_is_a_finding(at: At) -> None:
    place = at("assessment")
    path = place.root / "records/people.yaml"
    path.write_text(path.read_text().replace("jonas@lighthouse.example", "Rosa@lighthouse.example"))
    found = place.json("check")["findings"]
    assert [(one["code"], one["file"]) for one in found if one["code"] == "address-unclear"] == [
        ("address-unclear", "records/people.yaml")
    ] * 2


def test_a_vote_of_nobody_cannot_be_set(at: At) -> None:
    said = at("assessment").refuse("policy", "set", "OPS-05-03", "core-team-votes=0", "--seen", "minutes.md")
    assert "would be decided by nobody" in said.err


@pytest.mark.skipif(sys.platform != "linux", reason="needs /proc")
def test_a_folder_that_cannot_be_made_is_said_in_a_sentence(at: At) -> None:
    said = at("assessment").run("demo", "--out", "/proc/nowhere/demo")
    assert said.code == 3
    assert "/proc/nowhere/demo cannot be made" in said.err


def test_a_reader_who_goes_away_is_no_failure(at: At) -> None:
    place = at("assessment")
    script = f"{sys.executable} -m partnerkit list --json | true; echo ${{PIPESTATUS[0]}}"
    ended = subprocess.run(
        ["bash", "-c", script], cwd=place.root, env=environment(), capture_output=True, text=True, check=True
    )
    assert ended.stdout.strip() == "0"
    assert ended.stderr == ""


def test_a_file_that_cannot_be_read_names_its_record(at: At) -> None:
    place = at("assessment")
    path = place.root / "records/partnerships/acme.yaml"
    path.write_text(path.read_text() + "\tx: 1\n")
    found = place.json("check")["findings"]
    assert found[0]["record"] == ACME


def test_a_value_refused_points_at_no_line_of_a_text_that_was_never_written(at: At) -> None:
    said = at("assessment").refuse("new", "partnership", "Brook", "type=cloud-providers", "starts=2026-30-01", "--json")
    assert all(one["line"] is None for one in said.json["findings"])
