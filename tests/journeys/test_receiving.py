"""A bare repository judges what is pushed to it: `check --base --head` and `audit` read commits alone."""

from __future__ import annotations

import subprocess
import sys
import time
from pathlib import Path

import pytest

from tests.place import Place, environment
from tests.sharing import HOOK, cloned, shared


def hooked(place: Place, tmp_path: Path) -> Place:
    """A register and the bare repository that it pushes to, which checks what it gets."""
    hub = shared(place, tmp_path)
    hook = hub / "hooks/pre-receive"
    hook.write_text(HOOK.replace("partnerkit check", f"{sys.executable} -m partnerkit check"), encoding="utf-8")
    hook.chmod(0o755)
    return place


def pushed(place: Place) -> str:
    """Push by hand, as somebody would who does not run the command; what the other side said."""
    place.git("config", "push.default", "upstream")
    return place.try_git("push")


def test_the_hook_of_the_readme_lets_through_what_is_legal_and_refuses_what_is_not(place: Place, tmp_path: Path):
    hooked(place, tmp_path)
    place.do("new", "partnership", "Acme", "type=cloud-providers")
    assert "rejected" not in pushed(place)
    place.edit("acme", "stage: proposed", "stage: active")
    place.git("commit", "-qam", "in a hurry")
    said = pushed(place)
    assert "pre-receive hook declined" in said
    assert "stage-edited" in said
    assert "records/partnerships/acme.yaml:5:8" in said
    place.git("fetch", "-q")
    assert place.git("rev-list", "--count", "@{upstream}..HEAD").strip() == "1"


def test_a_role_and_then_what_is_done_in_it_are_two_steps_of_one_push(place: Place, tmp_path: Path):
    hooked(place, tmp_path)
    place.do("new", "partnership", "Acme", "type=cloud-providers")
    place.do("person", "add", "p-ines", "--email", "ines@lighthouse.example", "--role", "core-team")
    place.do("set", "acme", "proposer=p-ines")
    place.do("advance", "acme", "withdrawn", "--reason", "they closed")
    place.day = None
    said = place.do("sync")
    assert "4 commits sent to origin/main" in said.out


def test_main_is_not_replaced_by_a_branch_that_main_was_merged_into(place: Place, tmp_path: Path):
    """Else what landed would be a side branch of what never did."""
    hooked(place, tmp_path)
    place.git("switch", "-q", "-c", "side")
    (place.root / "NOTES.md").write_text("A note.\n", encoding="utf-8")
    place.git("add", "NOTES.md")
    place.git("commit", "-qm", "a note")
    place.git("switch", "-q", "main")
    place.do("new", "partnership", "Acme", "type=cloud-providers")
    assert "rejected" not in pushed(place)
    place.git("switch", "-q", "side")
    place.git("merge", "-q", "--no-verify", "-m", "Merge main", "main")
    said = place.try_git("push", "origin", "side:main")
    assert "pre-receive hook declined" in said
    assert "what landed stays the main line" in said


def test_whose_commit_changes_the_rules_counts_where_it_lands(place: Place, tmp_path: Path):
    settings = place.root / "records" / "register.yaml"
    kept = "trust:\n  rules-changed-by: {policies: [legal-reviewer]}\n"
    settings.write_text(settings.read_text(encoding="utf-8").replace("trust:\n", kept), encoding="utf-8")
    place.git("commit", "-qam", "the rules have keepers")
    hooked(place, tmp_path)
    policy = place.root / "records" / "policies" / "OPS-05-03.yaml"
    policy.write_text(policy.read_text(encoding="utf-8").replace("title: ", "title: Our ", 1), encoding="utf-8")
    place.git("commit", "-qam", "ours")
    assert "rules-changed-by-another" in pushed(place)
    assert "rules-changed-by-another" in str(place.findings("--base", "HEAD^", "--head", "HEAD", "--landed"))
    assert "rules-changed-by-another" not in str(place.findings("--base", "HEAD^", "--head", "HEAD"))
    place.person = "p-lea"
    place.git("commit", "-q", "--amend", "--no-edit", "--reset-author")
    assert "rejected" not in pushed(place)
    assert "--head is what lands" in place.wrong("check", "--landed").err


@pytest.mark.parametrize(("days", "code"), [(3, "landed-in-future"), (-3, "landed-backdated")])
def test_a_commit_that_no_audit_would_let_pass_for_its_clock_does_not_land(
    place: Place, tmp_path: Path, days: int, code: str
):
    """Once it landed nothing takes it back, and everybody after it would be told to have set the clock back."""
    hooked(place, tmp_path)
    place.do("new", "partnership", "Acme", "type=cloud-providers")
    dated(place, f"{int(time.time()) + days * 86_400} +0000")
    said = pushed(place)
    assert "pre-receive hook declined" in said
    if days > 0:
        assert "git commit --amend" in place.run("sync", day=None).err
    assert code in said
    assert "git commit --amend" in said
    place.day = None
    assert [one["code"] for one in place.json("audit")["findings"]] == [code]
    place.git("commit", "-q", "--amend", "--no-edit", "--date=now")
    assert "rejected" not in pushed(place)
    assert place.json("audit")["proven"]


def dated(place: Place, when: str) -> None:
    """The last commit is made again by a clock that is far off."""
    env = environment() | {"GIT_COMMITTER_DATE": when}
    subprocess.run(
        ["git", "commit", "-q", "--amend", "--allow-empty", "--no-edit"], cwd=place.root, env=env, check=True
    )


def test_a_merge_that_undoes_rules_of_its_branch_is_told_before_it_lands(place: Place, tmp_path: Path):
    hooked(place, tmp_path)
    place.git("switch", "-q", "-c", "side")
    place.do("person", "add", "p-ines", "--email", "ines@lighthouse.example", "--role", "core-team")
    place.git("switch", "-q", "main")
    place.git("merge", "-q", "--no-ff", "-s", "ours", "-m", "Merge side", "side")
    said = pushed(place)
    assert "pre-receive hook declined" in said
    assert "merge-dropped" in said
    place.day = None
    assert [one["code"] for one in place.json("audit")["findings"]] == ["merge-dropped"]


def test_what_only_reads_commits_works_in_a_bare_repository(place: Place, tmp_path: Path):
    place.do("new", "partnership", "Acme", "type=cloud-providers")
    hub = Place(shared(place, tmp_path), day=None)
    hub.do("check", "--base", "main~1", "--head", "main")
    assert hub.run("audit", "--json").json["proven"]


@pytest.mark.parametrize("words", [("check",), ("check", "--base", "main"), ("list",), ("advance", "acme"), ("sync",)])
def test_what_needs_files_says_so_there(place: Place, tmp_path: Path, words: tuple[str, ...]):
    hub = Place(shared(place, tmp_path))
    said = hub.run(*words)
    assert said.code == 3
    assert "is a bare repository: it has no files to work on" in said.err


def altered(place: Place, how: str) -> None:
    """Somebody alters a record past the command where no gate has sealed it, and it lands."""
    place.do("new", "partnership", "Acme", "type=cloud-providers")
    place.do("add", "acme", "partnership-proposal", "https://files.example/a", "--on", "2026-03-01")
    text = place.text("acme")
    if how == "edited":
        text = text.replace("https://files.example/a", "https://files.example/b")
    elif how == "removed":
        text = text[: text.index("evidence:")] + text[text.index("history:") :]
    else:
        text = text.replace("    type: create\n", "    type: create\n    reason: it was always so\n")
    place.path("acme").write_text(text, encoding="utf-8")
    place.git("commit", "-qam", "tidied up", "--no-verify")


@pytest.mark.parametrize("how", ["removed", "edited", "history"])
def test_what_puts_back_what_had_landed_is_let_through_though_no_seal_proves_it(place: Place, tmp_path: Path, how: str):
    altered(place, how)
    hooked(place, tmp_path)
    place.do("undo", "acme", "--correct", "--reason", "it was otherwise")
    place.do("new", "partnership", "Bcme", "type=cloud-providers")
    assert "rejected" not in pushed(place)
    found = place.findings("--base", "HEAD~2", "--head", "HEAD^", "--landed")
    assert [one["code"] for one in found if one["severity"] == "error"] == []
    place.git("reset", "-q", "--hard", "HEAD^")
    assert place.run("check", "--base", "HEAD^").code == 0
    place.day = None
    assert place.json("audit")["proven"]


@pytest.mark.parametrize("meanwhile", [False, True], ids=["ahead", "others were faster"])
def test_sync_sends_what_puts_back_what_had_landed(place: Place, tmp_path: Path, *, meanwhile: bool):
    altered(place, "edited")
    hooked(place, tmp_path)
    jonas = cloned(tmp_path / "hub.git", "jonas", "p-jonas", place.day)
    place.do("undo", "acme", "--correct", "--reason", "it was otherwise")
    if meanwhile:
        jonas.do("new", "partnership", "Bcme", "type=cloud-providers")
        jonas.do("sync")
    place.day = None
    said = place.run("sync")
    assert "1 commit sent" in said.out, said.all
    assert place.json("audit")["proven"]


def corrected_and(place: Place, tmp_path: Path, old: str, new: str) -> str:
    """What the push says of a correction in whose commit something else is changed."""
    altered(place, "edited")
    hooked(place, tmp_path)
    place.do("undo", "acme", "--correct", "--reason", "it was otherwise")
    place.edit("acme", old, new)
    place.git("commit", "-qa", "--amend", "--no-edit", "--no-verify")
    return pushed(place)


def test_a_correction_that_puts_back_something_else_is_refused(place: Place, tmp_path: Path):
    said = corrected_and(place, tmp_path, "https://files.example/a", "https://files.example/c")
    assert "pre-receive hook declined" in said


def test_what_is_lawful_may_be_done_beside_a_correction(place: Place, tmp_path: Path):
    """A name that no gate vouches for is anybody's to change, in this commit as in another."""
    assert "pre-receive hook declined" not in corrected_and(place, tmp_path, "name: Acme", "name: Akme")
    found = place.json("audit")
    assert found["proven"], found["findings"]
    assert "statement-edited" in {one["code"] for one in found["findings"]}
