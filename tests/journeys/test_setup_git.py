"""`setup git`: git itself shows records as lines that say where they belong; this clone alone is set up."""

from __future__ import annotations

import shutil
import sys
from pathlib import Path

import pytest

from tests.conftest import At
from tests.place import Place
from tests.story import ACME


def test_git_shows_what_changed_and_where_it_belongs(at: At, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    programs = tmp_path / "bin"
    programs.mkdir()
    (programs / "partnerkit").write_text(f'#!/bin/sh\nexec {sys.executable} -m partnerkit "$@"\n', encoding="utf-8")
    (programs / "partnerkit").chmod(0o755)
    monkeypatch.setenv("PATH", str(programs), prepend=":")
    monkeypatch.setenv("PYTHONPATH", ":".join(sys.path))
    place = at("assessment")
    place.do("setup", "git")
    entry = place.json("log", ACME)["entries"][-1]["id"]
    place.edit(ACME, "to: assessment", "to: active")
    shown = place.git("diff", "-U0", "--", "records")
    assert f"-history[{entry}].to: assessment\n+history[{entry}].to: active\n" in shown


def test_where_partnerkit_is_not_on_the_path_records_are_shown_as_they_are(at: At) -> None:
    place = at("assessment")
    place.do("setup", "git")
    place.edit(ACME, "to: assessment", "to: active")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("PATH", f"{Path(shutil.which('git') or '').parent}:/usr/bin:/bin")
        assert shutil.which("partnerkit") is None
        shown = place.git("diff", "-U0", "--", "records")
    assert "-    to: assessment\n+    to: active\n" in shown


def test_what_git_was_shown_without_partnerkit_is_not_kept(place: Place) -> None:
    """An earlier setup let git keep it for good, in a clone where partnerkit may have been absent."""
    place.do("setup", "git")
    place.git("config", "diff.partnerkit.textconv", "partnerkit fmt --textconv")
    place.git("config", "diff.partnerkit.cachetextconv", "true")
    place.git("update-ref", "refs/notes/textconv/partnerkit", "HEAD")
    renewed = ["git config diff.partnerkit.textconv", "git config --unset-all diff.partnerkit.cachetextconv"]
    assert place.json("setup", "git", "--check")["changed"] == renewed
    assert place.json("setup", "git")["changed"] == renewed
    kept = place.git("config", "--local", "--get-regexp", r"^diff\.partnerkit\.").splitlines()
    assert [line.split()[0] for line in kept] == ["diff.partnerkit.textconv"]
    assert place.git("for-each-ref", "refs/notes") == ""
    assert "everything is in step" in place.do("setup", "git").out


def test_a_diff_of_one_s_own_stays(place: Place) -> None:
    place.git("config", "diff.partnerkit.textconv", "my-own --view")
    said = place.run("setup", "git")
    assert said.code == 1
    assert "wrote .gitattributes" in said.out
    assert "git config diff.partnerkit.textconv of this clone is not partnerkit's" in said.out
    assert place.git("config", "diff.partnerkit.textconv") == "my-own --view\n"


def test_it_says_what_it_set_and_what_is_missing(place: Place) -> None:
    missing = place.json("setup", "git", "--check")
    assert missing["changed"] == [
        ".gitattributes",
        "git config diff.partnerkit.textconv",
        "pre-commit",
        "pre-merge-commit",
    ]
    attributes = (place.root / ".gitattributes").read_text(encoding="utf-8")
    assert place.json("setup", "git")["changed"] == missing["changed"]
    assert (place.root / ".gitattributes").read_text(encoding="utf-8").startswith(attributes)
    assert place.git("check-attr", "diff", "text", "--", "records/partnerships/2026/x.yaml").splitlines() == [
        "records/partnerships/2026/x.yaml: diff: partnerkit",
        "records/partnerships/2026/x.yaml: text: unset",
    ]
    assert "everything is in step" in place.do("setup", "git", "--check").out
    assert "0 errors" in place.do("check").out


def test_another_hook_stays_and_the_rest_is_set(place: Place) -> None:
    hook = place.root / ".git/hooks/pre-commit"
    hook.parent.mkdir(exist_ok=True)
    hook.write_text("#!/bin/sh\n", encoding="utf-8")
    said = place.run("setup", "git")
    assert said.code == 1
    assert "wrote .gitattributes" in said.out
    assert "call `partnerkit check --staged` from it" in said.out
    assert hook.read_text(encoding="utf-8") == "#!/bin/sh\n"


@pytest.mark.parametrize("command", ["hooks", "git"])
def test_hooks_that_other_repositories_run_stay(place: Place, tmp_path: Path, command: str) -> None:
    shared = tmp_path / "everywhere"
    shared.mkdir()
    place.git("config", "core.hooksPath", str(shared))
    said = place.run("setup", command)
    assert said.code != 0
    assert f"add to {shared}/pre-commit: if git cat-file -e HEAD:records/register.yaml" in said.out + said.err
    assert list(shared.iterdir()) == []


def test_hooks_in_a_folder_of_the_repository_are_its_own(place: Place, tmp_path: Path) -> None:
    place.git("worktree", "add", "-q", str(tmp_path / "linked"))
    linked = Place(tmp_path / "linked")
    linked.do("setup", "hooks")
    assert (place.root / ".git/hooks/pre-commit").is_file()
    place.git("config", "core.hooksPath", ".hooks")
    place.do("setup", "hooks")
    assert (place.root / ".hooks/pre-commit").is_file()


def test_lines_that_somebody_changed_stay(place: Place) -> None:
    place.do("setup", "git")
    path = place.root / ".gitattributes"
    mine = path.read_text(encoding="utf-8").replace("diff=partnerkit", "diff=mine") + "*.png binary\n"
    path.write_text(mine, encoding="utf-8")
    said = place.run("setup", "git")
    assert said.code == 1
    assert "the lines of partnerkit in .gitattributes were changed by hand" in said.out
    assert path.read_text(encoding="utf-8") == mine


@pytest.mark.parametrize(
    ("text", "lines"),
    [
        ("a: 1\nb:\n  c: [x, yes-no]\n", "a: 1\nb.c[1]: x\nb.c[2]: yes-no\n"),
        (
            "l:\n  - {id: e-1, day: true}\n  - {id: e-2, day: false}\n",
            "l[e-1].id: e-1\nl[e-1].day: true\nl[e-2].id: e-2\nl[e-2].day: false\n",
        ),
        ("t: |-\n  one\n  two\no: {}\nm: []\n", "t| one\nt| two\no: {}\nm: []\n"),
        ("a: &x 1\nb: *x\n", "a: &x 1\nb: *x\n"),  # what cannot be read is shown as it is
    ],
)
def test_each_line_says_where_it_belongs(place: Place, text: str, lines: str) -> None:
    assert place.do("fmt", "--textconv", place.write("some.yaml", text)).out == lines


def test_hostile_text_is_shown_and_not_obeyed(place: Place) -> None:
    path = Path(place.write("some.yaml", ""))
    path.write_bytes(b"a: \x1b[2J\n")
    assert place.do("fmt", "--textconv", str(path)).out == "a: \\u001b[2J\n"
    assert "cannot be read" in place.wrong("fmt", "--textconv", "absent.yaml").err


def test_line_ends_that_git_made_are_nobody_s_change(place: Place, tmp_path: Path) -> None:
    """In a checkout with core.autocrlf; what is renewed there keeps its line ends, and git sees no other change."""
    kept = [("ci", "--forge", "github"), ("ci", "--forge", "gitlab"), ("codeowners",), ("editor",), ("git",)]
    for words in kept:
        place.do("setup", *words, *(["--from", "partnerkit"] if words[0] == "ci" else []))
    attributes = place.root / ".gitattributes"
    attributes.write_text("*.png binary\n" + attributes.read_text(encoding="utf-8"), encoding="utf-8")
    place.git("add", "-A")
    place.git("commit", "-qm", "all of it", "--no-verify")
    place.git("clone", "-q", "-c", "core.autocrlf=true", str(place.root), str(tmp_path / "windows"))
    windows = Place(tmp_path / "windows")
    written = windows.root / ".gitattributes"
    assert b"\r\n" in written.read_bytes()
    assert b"\r\n" in (windows.root / "schemas/risk.json").read_bytes()
    for words in [*kept[:-1], ("schemas",)]:
        assert windows.run("setup", *words, "--check").code == 0
    assert [one["code"] for one in windows.json("setup", "git", "--check")["findings"]] == ["setup-stale"] + [
        "hook-absent"
    ] * 2
    windows.do("setup", "codeowners", "--team", "core-team=@us/core")
    owners = (windows.root / "CODEOWNERS").read_bytes()
    assert owners.count(b"\r\n") == owners.count(b"\n")
    assert windows.git("diff", "--name-only", "HEAD") == "CODEOWNERS\n"
    assert "schemas/ is in step" in windows.run("doctor").out


@pytest.mark.parametrize(
    ("path", "line", "says"),
    [
        (".gitattributes", "*.yaml diff=mine\n", "diff=mine"),
        ("records/partnerships/.gitattributes", "* -diff\n", "-diff"),
        (".git/info/attributes", "records/** !diff\n", "no diff at all"),
    ],
)
def test_attributes_that_win_over_ours_are_told(place: Place, path: str, line: str, says: str) -> None:
    place.do("new", "partnership", "Acme", "type=cloud-providers")
    place.do("setup", "git")
    own = place.root / path
    own.write_text((own.read_text(encoding="utf-8") if own.exists() else "") + line, encoding="utf-8")
    for words in (("--check",), ()):
        (found,) = place.json("setup", "git", *words)["findings"]
        assert found["code"] == "setup-changed-by-hand"
        assert says in found["message"]
        assert found["mend"].startswith("git check-attr diff -- records/")
    assert own.read_text(encoding="utf-8").endswith(line)


def test_of_a_register_without_records_the_folders_are_asked(place: Place) -> None:
    place.do("setup", "git")
    (place.root / "records/risks").mkdir()
    (place.root / "records/risks/.gitattributes").write_text("* diff=mine\n", encoding="utf-8")
    (found,) = place.json("setup", "git", "--check")["findings"]
    assert "records/risks/" in found["message"]
