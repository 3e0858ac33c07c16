"""`partnerkit sync`: two people, two clones, one bare repository; real git all the way."""

from __future__ import annotations

import os
from pathlib import Path

from tests.place import Place
from tests.sharing import Two, refused, shared

KEYS = {
    *("schema", "remote", "branch", "commit", "dry_run", "received", "moves", "findings", "since", "sent", "sent_to"),
    *("links", "words", "left", "kept", "void", "notes"),
}


def test_what_one_sends_the_other_gets(two: Two):
    two.rosa.do("new", "partnership", "Acme", "type=cloud-providers")
    (two.rosa.root / "tool.sh").write_text("#!/bin/sh\n", encoding="utf-8")
    (two.rosa.root / "tool.sh").chmod(0o755)
    two.rosa.git("add", "tool.sh")
    two.rosa.git("commit", "-qm", "a tool")
    sent = two.rosa.do("sync")
    assert "✓ 2 commits sent to origin/main" in sent.out
    got = two.jonas.do("sync")
    assert "✓ 2 commits from origin/main came in" in got.out
    assert "acme: new in proposed by p-rosa" in got.out
    assert os.access(two.jonas.root / "tool.sh", os.X_OK)
    two.jonas.git("rm", "-q", "tool.sh")
    two.jonas.git("commit", "-qm", "no tool")
    two.jonas.do("sync")
    two.assert_alike()
    assert not (two.rosa.root / "tool.sh").exists()
    assert "nothing to share" in two.rosa.do("sync").out


def test_what_lies_about_stays_as_it_is(two: Two):
    two.jonas.do("new", "partnership", "Acme", "type=cloud-providers")
    two.jonas.do("sync")
    (two.rosa.root / "staged.txt").write_text("mine\n", encoding="utf-8")
    two.rosa.git("add", "staged.txt")
    (two.rosa.root / "untracked.txt").write_text("mine too\n", encoding="utf-8")
    two.rosa.do("sync")
    assert two.rosa.git("status", "--porcelain").split("\n")[:2] == ["A  staged.txt", "?? untracked.txt"]
    assert two.rosa.path("acme").exists()


def test_records_of_two_people_come_together(two: Two):
    two.rosa.do("new", "partnership", "Acme", "type=cloud-providers")
    two.jonas.do("new", "partnership", "Borough Bakery", "type=cloud-providers")
    two.jonas.do("set", "borough-bakery", "partner=company")
    two.rosa.do("sync")
    author = two.jonas.git("log", "-1", "--format=%an %ae %ad").strip()
    said = two.jonas.do("sync", "--json").json
    assert said["schema"] == "partnerkit.sync/1"
    assert said.keys() == KEYS
    assert [one["subject"] for one in said["sent"]] == [
        "partnership/borough-bakery: new",
        "partnership/borough-bakery: set partner",
    ]
    assert all(one["was"] != one["commit"] for one in said["sent"])
    assert two.jonas.git("log", "-1", "--format=%an %ae %ad").strip() == author
    assert (said["left"], said["kept"]) == ([], [])
    two.assert_alike()


def test_files_that_are_no_records_are_merged_by_git_or_not_at_all(two: Two):
    notes = two.rosa.root / "NOTES.md"
    notes.write_text("one\n2\n3\n4\nfive\n", encoding="utf-8")
    two.rosa.git("add", "NOTES.md")
    two.rosa.git("commit", "-qm", "notes")
    two.assert_alike()
    theirs = two.jonas.root / "NOTES.md"
    theirs.write_text(theirs.read_text().replace("five", "cinq"), encoding="utf-8")
    two.jonas.git("commit", "-qam", "cinq")
    two.jonas.do("sync")
    notes.write_text(notes.read_text().replace("one", "un"), encoding="utf-8")
    two.rosa.git("commit", "-qam", "un")
    two.assert_alike()
    assert notes.read_text() == "un\n2\n3\n4\ncinq\n"
    theirs.write_text("eins\n", encoding="utf-8")
    two.jonas.git("commit", "-qam", "eins")
    two.jonas.do("sync")
    notes.write_text("uno\n", encoding="utf-8")
    two.rosa.git("commit", "-qam", "uno")
    said = refused(two.rosa, code=3)
    assert "NOTES.md was changed here and there" in said.err
    assert "git pull --rebase" in said.err


def test_what_came_in_against_the_rules_is_told(two: Two):
    two.jonas.do("new", "partnership", "Acme", "type=cloud-providers")
    two.jonas.edit("acme", "stage: proposed", "stage: active")
    two.jonas.git("commit", "-qam", "in a hurry")
    refusal = two.jonas.run("sync")
    assert refusal.code == 1
    assert "stage-edited" in refusal.err
    assert "nothing was sent" in refusal.err
    two.jonas.git("push", "-q", "origin", "main")
    base = two.rosa.git("rev-parse", "HEAD").strip()
    said = two.rosa.do("sync")
    assert "stage-edited" in said.out
    assert f"partnerkit audit --since {base[:12]}" in said.out
    assert two.rosa.run("audit", "--since", base[:12]).code == 1


def test_a_dry_run_says_it_and_does_nothing(two: Two):
    two.rosa.do("new", "partnership", "Acme", "type=cloud-providers")
    two.jonas.do("new", "partnership", "Other", "type=cloud-providers")
    two.rosa.do("sync")
    before, hub = two.jonas.snapshot(), two.head()
    said = two.jonas.do("sync", "--dry-run")
    assert "would: 1 commit from origin/main come in" in said.out
    assert "would: 1 commit be sent to origin/main" in said.out
    assert "nothing changed (--dry-run)" in said.out
    assert (two.jonas.snapshot(), two.head()) == (before, hub)
    assert two.jonas.git("branch", "--list", "partnerkit/*") == ""


PROTECTED = """#!/bin/sh
[ "$1" != refs/heads/main ] && { printf 'Bring it in: https://forge.example/new/1\\033[31m.\\n' >&2; exit 0; }
echo "main is protected" >&2
exit 1
"""


def test_a_protected_branch_gets_it_on_another_with_the_link(two: Two):
    hook = two.hub / "hooks/update"
    hook.write_text(PROTECTED, encoding="utf-8")
    hook.chmod(0o755)
    two.rosa.do("new", "partnership", "Acme", "type=cloud-providers")
    head = two.rosa.git("rev-parse", "HEAD").strip()
    main = two.head()
    said = two.rosa.do("sync")
    branch = f"partnerkit/p-rosa-{head[:10]}"
    assert two.head(branch) == head
    assert two.head() == main
    assert f"sent to the branch {branch}" in said.out
    assert "→ https://forge.example/new/1" in said.out
    assert "main is protected" in said.out
    assert "\x1b" not in said.all
    found = two.rosa.do("sync", "--json").json
    assert (found["sent_to"], found["links"]) == (branch, ["https://forge.example/new/1"][: len(found["links"])])
    Place(two.hub).git("update-ref", "refs/heads/main", branch)
    two.assert_alike()


def test_a_squashed_merge_of_what_went_to_a_branch_is_the_same(two: Two):
    two.rosa.do("new", "partnership", "Acme", "type=cloud-providers")
    two.rosa.do("set", "acme", "partner=company")
    two.jonas.git("pull", "-q", "--squash", str(two.rosa.root), "main")
    two.jonas.git("commit", "-qm", "squashed (#1)")
    two.jonas.do("sync")
    two.assert_alike()
    assert two.rosa.git("rev-list", "--count", "HEAD", "--", "records/partnerships").strip() == "1"


def test_an_other_side_that_wants_it_nowhere_is_heard(two: Two):
    hook = two.hub / "hooks/pre-receive"
    hook.write_text("#!/bin/sh\necho closed for today >&2\nexit 1\n", encoding="utf-8")
    hook.chmod(0o755)
    two.rosa.do("new", "partnership", "Acme", "type=cloud-providers")
    said = refused(two.rosa, code=1)
    assert "closed for today" in said.err


def test_where_it_cannot_work_it_says_what_to_do(place: Place, tmp_path: Path):
    assert "git remote add origin <url> && git push -u origin main" in refused(place, code=3).err
    hub = shared(place, tmp_path)
    place.git("branch", "--unset-upstream")
    assert "git branch --set-upstream-to=origin/main" in refused(place, code=3).err
    place.git("branch", "--set-upstream-to=origin/main")
    (place.root / "records/people.yaml").write_text("x: 1\n", encoding="utf-8")
    assert "records/people.yaml was edited here but not committed" in refused(place, code=3).err
    place.git("restore", ".")
    hub.rename(tmp_path / "gone.git")
    said = refused(place, code=3)
    assert "git could not fetch from origin" in said.err
    assert "does not appear to be a git repository" in said.err
    (tmp_path / "gone.git").rename(hub)
    place.git("switch", "-q", "--detach")
    assert "HEAD is detached" in refused(place, code=3).err
    place.git("switch", "-q", "main")
    place.do("new", "partnership", "Acme", "type=cloud-providers")
    place.person = "stranger@elsewhere.example"
    assert "the roster (records/people.yaml) knows nobody" in refused(place, code=3).err


def test_the_first_push_of_a_branch_and_an_empty_other_side(place: Place, tmp_path: Path):
    hub = shared(place, tmp_path)
    Place(hub).git("update-ref", "-d", "refs/heads/main")
    place.git("update-ref", "-d", "refs/remotes/origin/main")
    place.do("sync")
    assert Place(hub).git("rev-parse", "main") == place.git("rev-parse", "HEAD")


def test_a_history_rewritten_elsewhere_is_not_followed(two: Two):
    two.jonas.do("new", "partnership", "Acme", "type=cloud-providers")
    two.jonas.do("sync")
    two.rosa.do("sync")
    two.rosa.do("new", "partnership", "Other", "type=cloud-providers")
    Place(two.hub).git("update-ref", "refs/heads/main", "main~1")
    for _again in range(2):
        said = refused(two.rosa, code=3)
        assert "origin/main was rewritten" in said.err


def test_a_file_that_is_edited_here_and_comes_in_changed_is_not_overwritten(two: Two):
    for name in ("NOTES.md", "OTHER.md"):
        (two.rosa.root / name).write_text("one\n", encoding="utf-8")
    two.rosa.git("add", "--all")
    two.rosa.git("commit", "-qm", "notes")
    two.assert_alike()
    (two.jonas.root / "NOTES.md").write_text("two\n", encoding="utf-8")
    two.jonas.git("commit", "-qam", "two")
    two.jonas.do("sync")
    two.rosa.do("new", "partnership", "Acme", "type=cloud-providers")
    (two.rosa.root / "OTHER.md").write_text("mine\n", encoding="utf-8")
    (two.rosa.root / "NOTES.md").write_text("mine\n", encoding="utf-8")
    assert "NOTES.md was edited here but not committed" in refused(two.rosa, code=3).err
    assert two.rosa.git("branch", "--list", "partnerkit/*") == ""
    two.rosa.git("restore", "NOTES.md")
    two.rosa.do("sync")
    assert (two.rosa.root / "OTHER.md").read_text() == "mine\n"


def test_a_link_and_a_program_come_in_as_they_are_and_what_only_git_can_write_is_left_to_it(two: Two):
    (two.rosa.root / "link").symlink_to("NOTES.md")
    (two.rosa.root / "a folder").mkdir()
    (two.rosa.root / "a folder/ä").write_text("x\n", encoding="utf-8")
    two.rosa.git("add", "--all")
    two.rosa.git("commit", "-qm", "link")
    two.assert_alike()
    assert (two.jonas.root / "link").readlink() == Path("NOTES.md")
    two.rosa.git("rm", "-q", "link", "a folder/ä")
    (two.rosa.root / "big.bin").write_text("x\n", encoding="utf-8")
    (two.rosa.root / ".gitattributes").write_text("*.bin eol=crlf\n", encoding="utf-8")
    two.rosa.git("add", "--all")
    two.rosa.git("commit", "-qm", "big")
    two.rosa.do("sync")
    two.jonas.git("config", "core.attributesFile", str(two.rosa.root / ".gitattributes"))
    assert "git writes other bytes to the disk for big.bin (eol=crlf)" in refused(two.jonas, code=3).err
    two.jonas.git("pull", "-q", "--rebase")
    two.assert_alike()
    assert not (two.jonas.root / "a folder").exists()


def test_a_newcomer_gets_the_roster_that_knows_them(two: Two):
    two.jonas.person = "ines@lighthouse.example"
    two.rosa.do("person", "add", "p-ines", "--email", "ines@lighthouse.example", "--role", "core-team")
    two.rosa.do("sync")
    two.jonas.do("sync")
    two.jonas.do("new", "partnership", "Acme", "type=cloud-providers")
    two.assert_alike()


def test_the_other_side_is_reached_as_the_user_has_set_it_up(two: Two):
    two.rosa.git("remote", "set-url", "origin", "ssh://forge.example/register.git")
    said = two.rosa.spawn("sync", extra={"GIT_SSH_COMMAND": "echo through the gate >&2; false"})
    assert said.code == 3
    assert "through the gate" in said.err


def test_nothing_is_made_again_ahead_of_its_day(two: Two):
    said = refused(two.rosa, code=0)
    assert "nothing to share" in said.out
    assert two.rosa.run("sync", day="2999-01-01").code == 2
