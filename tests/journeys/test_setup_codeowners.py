"""`setup codeowners`: who decides is asked; teams instead of addresses; a person's own lines stay."""

from __future__ import annotations

import pytest

from tests.place import Place


def _owners(place: Place, path: str = "CODEOWNERS") -> dict[str, list[str]]:
    lines = (place.root / path).read_text(encoding="utf-8").splitlines()
    rows = (line.split() for line in lines if line and not line.startswith("#"))
    return {row[0]: row[1:] for row in rows}


def test_who_decides_on_records_is_asked(place: Place) -> None:
    """Partnerships: the core team (three hold it). Agreements: the legal reviewer, set in `legal-reviewer`."""
    assert place.run("setup", "codeowners", "--check").code == 1
    place.do("setup", "codeowners")
    found = _owners(place)
    core = ["jonas@lighthouse.example", "rosa@lighthouse.example", "timo@lighthouse.example"]
    assert set(core) <= set(found["/records/partnerships/"])
    assert "lea@lighthouse.example" in found["/records/agreements/"]
    assert "/records/people.yaml" not in found  # anybody may change it here
    again = place.do("setup", "codeowners", "--check", "--json").json
    assert again["changed"] == []
    assert [(one["code"], one["severity"]) for one in again["findings"]] == [("rules-unowned", "warning")]


def test_rules_belong_to_whoever_may_change_them(place: Place) -> None:
    path = place.root / "records" / "register.yaml"
    rules = "trust:\n  rules-changed-by:\n    people: [core-team]\n    register: [legal-reviewer]\n"
    path.write_text(path.read_text(encoding="utf-8").replace("trust:\n", rules), encoding="utf-8")
    place.do("setup", "codeowners")
    found = _owners(place)
    assert "rosa@lighthouse.example" in found["/records/people.yaml"]
    assert found["/records/register.yaml"] == ["lea@lighthouse.example"]
    judging = {".github/", ".gitlab/", ".gitlab-ci.yml", ".gitattributes", ".pre-commit-config.yaml", "CODEOWNERS"}
    assert {path for path in judging if found.get(f"/{path}") == ["lea@lighthouse.example"]} == judging
    assert "everything is in step" in place.do("setup", "codeowners").out


def test_a_team_is_named_instead_of_addresses_and_kept(place: Place) -> None:
    place.do("setup", "codeowners", "--team", "core-team=@us/core", "--team", "legal-reviewer=@lea")
    text = (place.root / "CODEOWNERS").read_text(encoding="utf-8")
    assert "rosa@" not in _owners(place)["/records/partnerships/"][0]
    place.do("setup", "codeowners")
    assert (place.root / "CODEOWNERS").read_text(encoding="utf-8") == text
    assert "@us/core" in _owners(place)["/records/partnerships/"]


def test_a_team_is_kept_where_git_made_line_ends_as_on_windows(place: Place) -> None:
    place.do("setup", "codeowners", "--team", "core-team=@us/core")
    own = place.root / "CODEOWNERS"
    own.write_bytes(own.read_bytes().replace(b"\n", b"\r\n"))
    there = own.read_bytes()
    assert place.json("setup", "codeowners", "--check")["changed"] == []
    place.do("setup", "codeowners")
    assert own.read_bytes() == there
    place.do("setup", "codeowners", "--team", "legal-reviewer=@lea")
    assert b"# team core-team=@us/core\r\n# team legal-reviewer=@lea\r\n" in own.read_bytes()


def test_a_team_is_taken_out_again(place: Place) -> None:
    place.do("setup", "codeowners")
    before = (place.root / "CODEOWNERS").read_text(encoding="utf-8")
    place.do("setup", "codeowners", "--team", "core-team=@us/core", "--team", "legal-reviewer=@lea")
    place.do("setup", "codeowners", "--team", "core-team=")
    assert "rosa@lighthouse.example" in _owners(place)["/records/partnerships/"]
    assert "@lea" in _owners(place)["/records/agreements/"]
    said = place.wrong("setup", "codeowners", "--team", "core-team=").err
    assert "no team is named for core-team" in said
    assert "legal-reviewer" in said
    place.do("setup", "codeowners", "--team", "legal-reviewer=")
    assert (place.root / "CODEOWNERS").read_text(encoding="utf-8") == before


def test_a_team_of_a_role_that_is_gone_can_be_taken_out(place: Place) -> None:
    place.do("setup", "codeowners", "--team", "core-team=@us/core")
    path = place.root / "CODEOWNERS"
    path.write_text(path.read_text(encoding="utf-8").replace("# team core-team=", "# team old-team="), encoding="utf-8")
    assert place.run("setup", "codeowners", "--team", "old-team=").code == 1  # the lines were changed by hand
    place.wrong("setup", "codeowners", "--team", "older-team=")


def test_whoever_left_is_asked_no_more_and_drift_is_told(place: Place) -> None:
    place.do("setup", "codeowners")
    place.do("person", "end", "p-jonas", "core-team", "--until", "2026-03-05")
    assert place.run("setup", "codeowners", "--check").code == 0  # until then
    place.day = "2026-03-06"
    assert [one["code"] for one in place.json("setup", "codeowners", "--check")["findings"]] == [
        "setup-stale",
        "rules-unowned",
    ]
    place.do("setup", "codeowners")
    assert "jonas@lighthouse.example" not in _owners(place)["/records/partnerships/"]


def test_lines_of_one_s_own_stay_in_the_file_that_is_there(place: Place) -> None:
    (place.root / ".github").mkdir()
    own = place.root / ".github" / "CODEOWNERS"
    own.write_text("* @everybody", encoding="utf-8")
    place.do("setup", "codeowners")
    assert not (place.root / "CODEOWNERS").exists()
    own.write_text(own.read_text(encoding="utf-8") + "/docs/ @writers\n", encoding="utf-8")
    place.do("setup", "codeowners", "--team", "core-team=@us/core")
    found = _owners(place, ".github/CODEOWNERS")
    assert (found["*"], found["/docs/"]) == (["@everybody"], ["@writers"])
    assert own.read_text(encoding="utf-8").count("partnerkit: begin") == 1


@pytest.mark.parametrize(
    ("there", "written"),
    [
        ((".gitlab", ".", "docs"), ["."]),  # both forges read the one at the top before these
        ((".gitlab", "docs"), ["docs"]),
        ((".gitlab",), [".gitlab"]),
        ((".github", "."), [".github", "."]),  # GitHub reads the first, GitLab the other
        ((".github", ".gitlab"), [".github", ".gitlab"]),
    ],
)
def test_it_stands_in_the_file_that_the_forge_reads(place: Place, there: tuple[str, ...], written: list[str]) -> None:
    for folder in there:
        (place.root / folder).mkdir(exist_ok=True)
        (place.root / folder / "CODEOWNERS").write_text("* @everybody\n", encoding="utf-8")
    place.do("setup", "codeowners")
    found = [one for one in there if "/records/agreements/" in _owners(place, f"{one}/CODEOWNERS")]
    assert found == written
    assert place.json("setup", "codeowners")["changed"] == []


@pytest.mark.parametrize(
    ("path", "mine"), [("CODEOWNERS", "^[Docs][2] @writers\n/docs/\n"), (".gitlab/CODEOWNERS", "")]
)
def test_sections_of_one_s_own_stay_what_they_are(place: Place, path: str, mine: str) -> None:
    own = place.root / path
    own.parent.mkdir(exist_ok=True)
    own.write_text(mine, encoding="utf-8")
    for _ in range(2):
        place.do("setup", "codeowners")
        begin, heading, *_rest = own.read_text(encoding="utf-8").removeprefix(mine).splitlines()
        assert (begin.partition(" begin")[0], heading) == ("# partnerkit:", "[partnerkit]")


def test_without_sections_there_is_none_of_ours(place: Place) -> None:
    place.do("setup", "codeowners")
    assert "[partnerkit]" not in (place.root / "CODEOWNERS").read_text(encoding="utf-8")


@pytest.mark.parametrize("team", ["core-team=us", "core-team=@us core", "core=@us/core", "core-team=@us\n* @mallory"])
def test_a_team_is_one_of_a_forge(place: Place, team: str) -> None:
    place.wrong("setup", "codeowners", "--team", team)


@pytest.mark.parametrize(
    ("line", "told"),
    [
        ("* @somebody-else", True),
        ("/records/ @somebody-else", True),
        ("*.yaml", True),
        ("/records/partnerships/** @us/core @somebody-else", False),
        ("/docs/ @writers", False),
        ("# * @somebody-else", False),
        ("[Docs]\n* @writers", False),
    ],
)
def test_a_line_below_that_wins_is_told(place: Place, line: str, *, told: bool) -> None:
    own = place.root / "CODEOWNERS"
    own.write_text("[Mine]\n/docs/ @writers\n" if line.startswith("[") else "", encoding="utf-8")
    teams = ("--team", "core-team=@us/core", "--team", "legal-reviewer=@us/core")
    place.run("setup", "codeowners", *teams)
    own.write_text(own.read_text(encoding="utf-8") + line + "\n", encoding="utf-8")
    for words in (("--check",), ()):
        found = place.json("setup", "codeowners", *words)["findings"]
        assert ("setup-changed-by-hand" in {one["code"] for one in found}) == told
