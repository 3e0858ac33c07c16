"""What was edited and has not landed: its mend works where it is pasted, whatever else the file holds."""

from __future__ import annotations

import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

from partnerkit.rules.commands import as_committed, moved
from tests.conftest import At
from tests.place import Place, environment
from tests.scenarios.cheat import commit, rewrite
from tests.scenarios.codes.running import findings, none_left, only, paste
from tests.story import ACME, RISK

ADDRESS = "text: Ask ada@home.example"
TEXT = "text: Free builds for every member"
RISKS = "records/risks"


def edit(record_id: str, old: str, new: str) -> Callable[[Place], None]:
    return lambda place: place.edit(record_id, old, new)


def shown_anew(place: Place) -> None:
    """What an approval rests on is taken out, behind the gate that it opened."""
    rewrite(place, ACME, lambda data: data["evidence"].append({**data["evidence"][-1], "id": "e-0123456789ab"}))


def no_key(place: Place) -> None:
    path = place.root / "records/policies/OPS-05-03.yaml"
    path.write_text(f"{path.read_text(encoding='utf-8')}no-such-key: 1\n", encoding="utf-8")


TAKEN_BACK = [
    ("kind-differs", edit(RISK, "kind: risk", "kind: review")),
    ("id-differs", edit(RISK, f"id: {RISK}", f"id: {ACME}")),
    ("unknown-kind", edit(RISK, "kind: risk", "kind: rsk")),
    ("policy-unknown", edit(RISK, "policy: OPS-05-03", "policy: OPS-05-04")),
    ("locked-field-changed", edit(ACME, "name: Acme", "name: Other")),
    ("rested-on-changed", shown_anew),
    ("link-broken", edit(RISK, f"of: {ACME}", "of: nobody")),
    ("personal-data", edit(ACME, TEXT, ADDRESS)),
    ("unknown-key", no_key),
    ("missing-key", edit(RISK, "of: ", "# of: ")),
]
CODES = {*(code for code, _do in TAKEN_BACK), "evidence-changed", "setup-changed-by-hand"}


@pytest.mark.parametrize(("code", "do"), TAKEN_BACK)
def test_an_edit_is_taken_back_by_its_line(at: At, code: str, do: Callable[[Place], None]) -> None:
    place = at("active")
    do(place)
    found = only(place.findings(), code)

    back = as_committed(found["file"])
    assert found["mend"].endswith(f"{back} takes back what has not landed")
    paste(place, back, {}, None)

    none_left(place.findings(), code)
    assert place.git("status", "--porcelain") == ""


def test_what_a_branch_edited_is_taken_back_to_where_it_began(at: At) -> None:
    place = at("active")
    place.edit(ACME, "name: Acme", "name: Other")
    base = commit(place)
    asked = ("check", "--base", base, "--head", "HEAD")
    found = only(findings(place, asked, None), "locked-field-changed")

    assert as_committed(found["file"], base) in found["mend"]
    paste(place, found["mend"], {}, None)
    commit(place)

    none_left(findings(place, asked, None), "locked-field-changed")


def test_an_address_that_landed_is_written_otherwise_once_what_else_was_edited_is_gone(at: At) -> None:
    place = at("proposed")
    place.edit(ACME, TEXT, ADDRESS)
    commit(place)
    place.edit(ACME, "name: Acme", "name: Other")
    found = only(place.findings(), "personal-data")

    paste(place, found["mend"], {"<objectives.text>": "Asked"}, None)

    none_left(place.findings(), "personal-data")


def test_an_address_in_a_record_that_nobody_committed_is_written_otherwise(at: At) -> None:
    place = at("proposed")
    path = place.path(ACME)
    twin = path.with_name("twin.yaml")
    text = path.read_text(encoding="utf-8").replace(f"id: {ACME}\n", "id: twin\n").replace(TEXT, ADDRESS)
    twin.write_text(text, encoding="utf-8")
    file = str(twin.relative_to(place.root))

    assert only(place.findings(), "personal-data")["mend"] == f"write it otherwise in {file}: it has not landed"


def test_a_value_that_the_last_commit_has_is_not_set_over_an_edit(at: At) -> None:
    place = at("proposed")
    place.edit(ACME, "name: Acme", "name: Other")
    again = ("set", ACME, "name=Acme")

    said = place.json(*again)

    assert said["exit_code"] == 3
    assert "edited here but not committed, and the last commit has the values already" in said["message"]
    paste(place, said["mend"], {}, None)
    assert "nothing to change" in place.do(*again).out


def test_a_file_of_another_kind_is_moved_to_its_folder(at: At) -> None:
    place = at("active")
    text = place.text(RISK).replace(f"id: {RISK}", "id: astray")
    (place.root / "records/cases").mkdir(exist_ok=True)
    astray = place.root / "records/cases/astray.yaml"
    astray.write_text(text, encoding="utf-8")
    found = only(place.findings(), "kind-differs")

    assert found["mend"].startswith(moved("records/cases/astray.yaml", f"{RISKS}/astray.yaml"))
    paste(place, found["mend"].partition("; where")[0], {}, None)

    none_left(place.findings(), "kind-differs")
    assert (place.root / RISKS / "astray.yaml").read_text(encoding="utf-8") == text


@pytest.mark.parametrize("kept", ["own", "copy"])
def test_a_file_is_not_named_as_a_record_that_is_there(at: At, kept: str) -> None:
    place = at("active")
    other = place.root / RISKS / "other.yaml"
    other.write_text(place.text(RISK), encoding="utf-8")
    found = only(place.findings(), "id-differs")

    own, copy = found["mend"].split("; ")
    assert "git mv" not in found["mend"]
    if kept == "own":
        assert own == "where it is a record of its own, write id: other"
        place.edit("other", f"id: {RISK}", "id: other")
    else:
        assert copy == f"where it is a copy of {RISK}: rm {RISKS}/other.yaml"
        other.unlink()

    none_left(place.findings(), "id-differs")


def test_a_file_that_is_not_committed_takes_its_name_from_its_id(at: At) -> None:
    place = at("active")
    (place.root / RISKS / "other.yaml").write_text(place.text(RISK).replace(f"id: {RISK}", "id: third"), "utf-8")
    found = only(place.findings(), "id-differs")

    paste(place, found["mend"].partition("; where")[0], {}, None)

    none_left(place.findings(), "id-differs")
    assert not (place.root / RISKS / "other.yaml").exists()


def test_a_policy_that_register_yaml_names_comes_as_it_says(at: At) -> None:
    place = at("active")
    settings = place.root / "records/register.yaml"
    text = settings.read_text(encoding="utf-8")
    settings.write_text(text.replace("allowed:\n", "allowed:\n    - MEM-02-03\n"), encoding="utf-8")
    commit(place)
    found = only(place.findings(), "policy-unknown")
    assert "git" not in found["mend"]

    paste(place, found["mend"].partition("; ")[2], {}, None)

    none_left(place.findings(), "policy-unknown")


def test_a_policy_that_is_gone_comes_back(at: At) -> None:
    place = at("active")
    (place.root / "records/policies/OPS-05-03.yaml").unlink()
    found = only(place.findings(), "policy-unknown", "records/register.yaml")

    paste(place, found["mend"], {}, None)

    none_left(place.findings(), "policy-unknown")


@pytest.mark.parametrize(
    "name", ["a\nb.md", "*.md", "it's.md", "a\u202eb.md"], ids=["newline", "star", "quote", "bidi"]
)
def test_a_name_that_no_terminal_shows_is_pasted_into_a_shell(at: At, name: str, bash: str) -> None:
    place = at("active")
    place.do("setup", "private")
    for one in (name, "kept.md"):
        Path(place.root / "private" / one).write_text("x\n", encoding="utf-8")
        place.git("--literal-pathspecs", "add", "-f", "--", f"private/{one}")
    found = [
        one for one in place.findings() if one["code"] == "private-in-history" and one["file"] != "private/kept.md"
    ]

    (line, _, _words) = found[0]["mend"].partition("; ")
    subprocess.run([bash, "-c", line], cwd=place.root, env=environment(), check=True, capture_output=True)

    assert place.git("ls-files", "-z", "private").split("\0")[:-1] == ["private/kept.md"]
    assert "\n    → git rm --cached" in place.run("check").out


def test_of_evidence_that_changed_the_file_is_shown(at: At) -> None:
    place = at("active")
    path = "records/evidence/acme/proposal.md"
    (place.root / path).write_text("another\n", encoding="utf-8")
    commit(place)
    found = only(findings(place, ("audit",), None), "evidence-changed")

    shown = found["mend"].partition("; ")[0]
    assert shown == f"git show {found['commit'][:12]} -- {path}"
    assert "+another" in place.git(*shown.split()[1:])


def test_setup_writes_again_what_nobody_committed(place: Place, bash: str) -> None:
    place.do("setup", "ci", "--forge", "github", "--from", "partnerkit")
    workflow = next((place.root / ".github/workflows").glob("*.yml"))
    workflow.write_text(f"{workflow.read_text(encoding='utf-8')}# mine\n", encoding="utf-8")
    asked = ("setup", "ci", "--forge", "github", "--check")
    found = only(findings(place, asked, None), "setup-changed-by-hand")

    line, _, again = found["mend"].partition(": ")[2].rpartition("; ")
    subprocess.run([bash, "-ec", line], cwd=place.root, env=environment(), check=True, capture_output=True)
    paste(place, again, {}, None)

    assert findings(place, asked, None) == []


def test_what_landed_in_the_roster_is_not_taken_back_with_what_did_not(place: Place) -> None:
    people = place.root / "records/people.yaml"
    people.write_text(people.read_text(encoding="utf-8").replace("jonas@", "rosa@"), encoding="utf-8")
    assert "git restore" in only(place.findings(), "address-unclear")["mend"]
    commit(place)
    people.write_text(f"{people.read_text(encoding='utf-8')}# a note\n", encoding="utf-8")
    assert "git restore" not in only(place.findings(), "address-unclear")["mend"]
