"""`partnerkit sync`: two people, two clones, one bare repository; real git all the way."""

from __future__ import annotations

import contextlib
import errno
import os
import shutil
import signal
import subprocess
import sys
import time
from collections import Counter
from pathlib import Path

import pytest
import yaml

from partnerkit.store.disk import files
from tests.conftest import At
from tests.faults import killing
from tests.faults.test_commit_faults import Failing
from tests.place import Place, Said, environment
from tests.sharing import cloned, shared
from tests.story import ACME

KEYS = {
    *("schema", "remote", "branch", "commit", "dry_run", "received", "moves", "findings", "since", "sent", "sent_to"),
    *("links", "words", "left", "kept", "notes"),
}


class Two:
    """Two clones of one register: p-rosa's and p-jonas's."""

    def __init__(self, rosa: Place, tmp_path: Path) -> None:
        self.rosa = rosa
        self.hub = shared(rosa, tmp_path)
        self.jonas = cloned(self.hub, "jonas", "p-jonas", rosa.day)

    def head(self, ref: str = "main") -> str:
        return Place(self.hub).git("rev-parse", ref).strip()

    def assert_alike(self) -> None:
        """After both have synced: one line of history, nothing left over, and nothing wrong with it."""
        for place in (self.jonas, self.rosa, self.jonas):
            place.do("sync")
        heads = {place.git("rev-parse", "HEAD").strip() for place in (self.rosa, self.jonas)}
        assert heads == {self.head()}
        for place in (self.rosa, self.jonas):
            assert place.git("status", "--porcelain") == ""
            assert [one for one in place.findings() if one["severity"] == "error"] == []
            assert place.run("audit", "--json").json["proven"]


@pytest.fixture
def two(place: Place, tmp_path: Path) -> Two:
    return Two(place, tmp_path)


@pytest.fixture
def deciding(at: At, tmp_path: Path) -> Two:
    return Two(at("decision"), tmp_path)


def refused(place: Place, *words: str, code: int) -> Said:
    """A sync that must end so and leave the clone byte for byte as it was."""
    before = place.snapshot()
    said = place.run("sync", *words)
    assert said.code == code, said.all
    assert place.snapshot() == before
    return said


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


def test_two_approvals_of_one_record_are_both_there(deciding: Two):
    two, before = deciding, deciding.rosa.text(ACME)
    two.rosa.path(ACME).write_text(before.replace("stage: decision", "stage: decision  # soon"), encoding="utf-8")
    two.rosa.git("commit", "-qam", "a remark")
    two.rosa.do("approve", ACME, "core-team-review", by="p-timo", day="2026-03-06")
    two.jonas.do("approve", ACME, "core-team-review", day="2026-03-06")
    two.rosa.do("sync")
    two.jonas.do("sync")
    two.assert_alike()
    record = yaml.safe_load(two.rosa.text(ACME))
    approvals = [one["by"] for one in record["approvals"] if one["requirement"] == "core-team-review"]
    assert sorted(approvals) == ["p-jonas", "p-timo"]
    assert "# soon" in two.jonas.text(ACME)


def ready(two: Two) -> None:
    """Everything that the decision needs is there, in both clones; the gate is open for both."""
    day = "2026-03-20"
    two.rosa.do("approve", ACME, "core-team-review", by="p-jonas", day="2026-03-06")
    two.rosa.do("add", ACME, "community-input", "https://forum.example/t/1", "kind=opened", day="2026-03-06")
    two.rosa.do("add", ACME, "community-input", "kind=closed", "summary=31 in favour", day=day)
    two.rosa.do("approve", ACME, "final-decision", "--for", "p-timo", "--seen", "minutes/1.md", day=day)
    two.rosa.do("sync")
    two.jonas.do("sync")
    two.rosa.day = two.jonas.day = day


def test_the_loser_of_a_race_is_told_who_and_where_and_loses_nothing(deciding: Two):
    two = deciding
    ready(two)
    two.jonas.do("advance", ACME)
    moved = two.jonas.git("rev-parse", "HEAD").strip()
    two.jonas.do("sync")
    two.rosa.do("advance", ACME)
    mine = two.rosa.git("rev-parse", "HEAD").strip()
    two.rosa.do("new", "partnership", "Other", "type=cloud-providers")
    kept = two.rosa.git("rev-parse", "HEAD").strip()
    said = two.rosa.run("sync")
    assert said.code == 1, said.all
    assert (
        f"p-jonas moved acme to agreement on 2026-03-20 ({moved[:10]}): your move to agreement is not made again"
    ) in said.out
    assert f"partnerkit/kept-{kept[:10]}" in said.out
    assert two.rosa.git("rev-parse", f"partnerkit/kept-{kept[:10]}").strip() == kept
    assert mine in two.rosa.git("rev-list", f"partnerkit/kept-{kept[:10]}").split()
    two.assert_alike()
    assert [one["to"] for one in yaml.safe_load(two.rosa.text(ACME))["history"]].count("agreement") == 1
    assert two.jonas.path("other").exists()


def test_a_move_whose_evidence_was_withdrawn_meanwhile_is_not_made_again(deciding: Two):
    two = deciding
    ready(two)
    two.jonas.do("approve", ACME, "core-team-review", "--decision", "withdraw", "--reason", "I had misread it")
    two.jonas.do("sync")
    two.rosa.do("advance", ACME)
    said = two.rosa.run("sync", "--json")
    assert said.code == 1, said.all
    (left,) = said.json["left"]
    assert left["subject"] == "partnership/acme: decision → agreement"
    assert "core-team-review" in str(left["findings"])
    assert any(one["clause"].startswith("OPS-05-03 §3.2.3/core-team-review") for one in left["findings"])
    assert said.json["kept"]
    two.assert_alike()
    assert yaml.safe_load(two.rosa.text(ACME))["stage"] == "decision"


def test_a_move_is_made_again_with_the_same_entry_where_others_only_added(deciding: Two):
    two = deciding
    ready(two)
    two.jonas.do("add", ACME, "communications", "kind=core-team-updates", "summary=All is well")
    two.jonas.do("sync")
    two.rosa.do("advance", ACME)
    entry = yaml.safe_load(two.rosa.text(ACME))["history"][-1]
    two.rosa.do("sync")
    assert yaml.safe_load(two.rosa.text(ACME))["history"][-1] == entry
    two.assert_alike()


def test_one_field_set_otherwise_by_two_is_named(two: Two):
    two.rosa.do("new", "partnership", "Acme", "type=cloud-providers")
    two.rosa.do("sync")
    two.jonas.do("sync")
    two.jonas.do("set", "acme", "partner=company")
    two.jonas.do("sync")
    two.rosa.do("set", "acme", "partner=organisation", "exit-strategy=Own machines")
    said = two.rosa.run("sync")
    assert said.code == 1
    assert "acme: partner was changed here and by others" in said.out
    assert "(company there, organisation here)" in said.out
    assert "partnerkit set acme partner=organisation" in said.out
    two.assert_alike()
    two.rosa.do("set", "acme", "partner=organisation")
    two.assert_alike()


def test_different_fields_and_lines_of_a_log_come_together(two: Two):
    two.rosa.do("new", "partnership", "Acme", "type=cloud-providers")
    two.rosa.do("sync")
    two.jonas.do("sync")
    for place, text in ((two.rosa, "They like it"), (two.jonas, "They like it less")):
        place.do("add", "acme", "communications", "kind=core-team-updates", f"summary={text}")
    two.rosa.do("set", "acme", "partner=company")
    two.jonas.do("set", "acme", "exit-strategy=Own machines")
    two.rosa.do("sync")
    two.jonas.do("sync")
    two.assert_alike()
    record = yaml.safe_load(two.rosa.text("acme"))
    assert {one["summary"] for one in record["communications"]} == {"They like it", "They like it less"}
    assert (record["partner"], record["exit-strategy"]) == ("company", "Own machines")


def test_two_people_join_the_roster_in_two_clones(two: Two):
    two.rosa.do("person", "add", "p-ines", "--email", "ines@lighthouse.example", "--role", "core-team")
    two.jonas.do("person", "add", "p-omar", "--email", "omar@lighthouse.example", "--role", "core-team")
    two.rosa.do("sync")
    two.jonas.do("sync")
    two.assert_alike()
    assert {"p-ines", "p-omar"} <= set(yaml.safe_load((two.rosa.root / "records/people.yaml").read_text())["people"])


def test_the_same_change_twice_is_one(two: Two):
    two.rosa.do("new", "partnership", "Acme", "type=cloud-providers")
    two.jonas.git("pull", "-q", str(two.rosa.root), "main")
    two.rosa.do("sync")
    (two.jonas.root / "NOTES.md").write_text("x\n", encoding="utf-8")
    two.jonas.git("add", "NOTES.md")
    two.jonas.git("commit", "-qm", "notes")
    two.assert_alike()
    assert two.rosa.git("rev-list", "--count", "--all", "--", "records/partnerships").strip() == "1"


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


def test_eight_at_once_from_two_clones_lose_nothing_and_send_nothing_twice(two: Two):
    """Four in each clone, each with a record of its own: every one of them arrives, once."""
    names = [f"partner-{number}" for number in range(8)]
    for number, name in enumerate(names):
        (two.rosa, two.jonas)[number % 2].do("new", "partnership", name, "type=cloud-providers")
    ended = racing([(two.rosa, two.jonas)[number % 2] for number in range(8)])
    for place in (two.rosa, two.jonas):
        ended += racing([place])  # whoever gave up after five rounds goes on
    assert {code for code, _words in ended} <= {0, 3}, ended
    assert [code for code, _words in ended[8:]] == [0, 0], ended
    two.assert_alike()
    subjects = two.rosa.git("log", "--format=%s", "--", "records/partnerships").strip().split("\n")
    assert sorted(subjects) == sorted(f"partnership/{name}: new" for name in names)
    assert two.rosa.git("branch", "--list", "partnerkit/*") == ""


def racing(places: list[Place]) -> list[tuple[int, str]]:
    """Several syncs at the same time, each a process of its own."""
    running = [
        subprocess.Popen(
            [sys.executable, "-m", "partnerkit", "-C", str(place.root), "sync"],
            env=environment(place.person),
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
        )
        for place in places
    ]
    return [(one.returncode, words.decode()) for one in running for words, _ in [one.communicate(timeout=120)]]


def test_killed_at_any_instant_it_is_all_there_or_not_at_all(two: Two, tmp_path: Path):
    """What comes in is there whole or not at all once the next command has run, and what is local is never lost."""
    two.rosa.do("new", "partnership", "Acme", "type=cloud-providers")
    for number in range(12):
        (two.rosa.root / f"file-{number}.txt").write_text("x\n" * 1000, encoding="utf-8")
    two.rosa.git("add", "--all")
    two.rosa.git("commit", "-qm", "files")
    two.rosa.do("sync")
    two.jonas.do("new", "partnership", "Other", "type=cloud-providers")
    chance, died = killing.chances("sync"), Counter[str]()
    for number in range(12):
        clone = Place(tmp_path / f"clone-{number}", "p-jonas", two.jonas.day)
        shutil.copytree(two.jonas.root, clone.root, symlinks=True)
        process = subprocess.Popen(
            [sys.executable, "-m", "partnerkit", "-C", str(clone.root), "sync"],
            env=environment("p-jonas"),
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            start_new_session=True,
        )
        commit = killing.Commit(clone.root)
        commit.wait(("journal", "commit", "start")[number % 3], process)
        time.sleep(chance.random() * (0.02 if number % 3 == 0 else 0.4))
        with contextlib.suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGKILL)
        process.wait()
        died[commit.died] += 1
        clone.do("doctor")
        assert clone.git("status", "--porcelain") == "", commit.died
        assert clone.path("other").exists()
        assert clone.git("branch", "--list", "partnerkit/*") == ""
    assert died.keys() & {"landing", "landed, unfinished", "preparing"}, died


def test_a_move_whose_decisions_were_taken_anew_rests_on_those(deciding: Two):
    """Its gate is open, but by other words than those it named: it is another entry, of today."""
    two = deciding
    ready(two)
    two.rosa.do("advance", ACME)
    first = yaml.safe_load(two.rosa.text(ACME))["history"][-1]
    two.jonas.day = "2026-03-21"
    two.jonas.do("approve", ACME, "core-team-review", "--decision", "withdraw", "--reason", "I had misread it")
    two.jonas.do("approve", ACME, "core-team-review", by="p-timo")
    two.jonas.do("approve", ACME, "final-decision", "--for", "p-timo", "--seen", "minutes/2.md", day="2026-03-22")
    two.jonas.do("sync")
    two.rosa.day = two.jonas.day = "2026-03-23"
    two.rosa.do("sync")
    two.assert_alike()
    again = yaml.safe_load(two.rosa.text(ACME))["history"][-1]
    assert (again["to"], again["by"], str(again["at"])[:10]) == ("agreement", "p-rosa", "2026-03-23")
    assert again["uses"] != first["uses"]
    assert again["id"] != first["id"]
    assert again["id"] in two.rosa.git("log", "-1", "--format=%B")


def test_an_undo_here_of_what_others_went_on_from_is_not_made_again(deciding: Two):
    two = deciding
    ready(two)
    two.jonas.do("advance", ACME)
    two.jonas.do("sync")
    two.rosa.do("sync")
    two.jonas.do("advance", ACME, "withdrawn", "--reason", "they closed")
    two.jonas.do("sync")
    two.rosa.do("undo", "--reason", "too early")
    said = two.rosa.run("sync")
    assert said.code == 1
    assert "p-jonas moved acme to withdrawn on 2026-03-20" in said.out
    two.assert_alike()


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


def test_what_was_not_made_again_is_told_though_nothing_can_be_sent(deciding: Two):
    two = deciding
    ready(two)
    two.jonas.do("advance", ACME)
    two.jonas.do("sync")
    two.rosa.do("advance", ACME)
    two.rosa.do("new", "partnership", "Other", "type=cloud-providers")
    two.rosa.git("config", "remote.origin.pushurl", "/nowhere/at/all")
    said = two.rosa.run("sync")
    assert said.code == 3
    assert "p-jonas moved acme to agreement" in said.err
    assert "git could not send to origin" in said.err
    two.rosa.git("config", "--unset", "remote.origin.pushurl")
    two.assert_alike()


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


def test_every_write_fails_in_turn(two: Two, tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    """On a full disk: exit 3 and a clear word; what is local is there, and the next sync does all of it."""
    two.rosa.do("new", "partnership", "Acme", "type=cloud-providers")
    two.rosa.do("sync")
    two.jonas.do("new", "partnership", "Other", "type=cloud-providers")
    first, stride = killing.chances("sync on a full disk").randint(1, 4), 1 if killing.LONG else 4
    for nth in range(first, 300, stride):
        hub, root = tmp_path / f"hub-{nth}.git", tmp_path / f"full-{nth}"
        shutil.copytree(two.hub, hub, symlinks=True)
        shutil.copytree(two.jonas.root, root, symlinks=True)
        clone = Place(root, "p-jonas", two.jonas.day)
        clone.git("remote", "set-url", "origin", str(hub))
        failing = Failing(nth, for_good=nth % 2 == 1, problem=errno.ENOSPC)
        before = clone.snapshot()
        with monkeypatch.context() as broken:
            broken.setattr(files, "point", failing)
            said = clone.run("sync")
        assert "Traceback" not in said.all
        assert "failed in a way it should not" not in said.all
        if said.code:
            assert said.code == 3, said.all
            assert "No space left on device" in said.all
            assert "landed and is safe" in said.all or clone.snapshot() == before, said.all
        clone.do("sync")
        assert clone.git("status", "--porcelain") == ""
        assert clone.git("branch", "--list", "partnerkit/*") == ""
        assert Place(hub).git("rev-parse", "main") == clone.git("rev-parse", "HEAD")
        assert clone.path("acme").exists()
        if not failing.failed:
            assert said.code == 0
            break
    assert 10 < nth < 299


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


def test_two_who_withdraw_the_same_word_are_told_what_stays(deciding: Two):
    two = deciding
    ready(two)
    for place, why in ((two.jonas, "I had misread it"), (two.rosa, "He had misread it")):
        place.do("approve", ACME, "core-team-review", "--decision", "withdraw", "--reason", why, by="p-jonas")
    two.jonas.do("sync")
    said = two.rosa.run("sync")
    assert said.code == 1
    assert "(I had misread it there, He had misread it here): theirs stays" in said.out
    assert "partnerkit show acme" in said.out
    two.assert_alike()


def test_what_is_committed_while_others_are_waited_for_is_kept_too(deciding: Two):
    """Somebody commits here after the sync began: where that is not made again either, a branch holds it."""
    two = deciding
    ready(two)
    two.jonas.do("advance", ACME)
    two.jonas.do("sync")
    late = f"{sys.executable} -m partnerkit -C {two.rosa.root} --today {two.rosa.day} advance {ACME}"
    two.rosa.git("config", "remote.origin.uploadpack", f"{late} >&2; git-upload-pack")
    said = two.rosa.run("sync")
    assert said.code == 1, said.all
    assert "p-jonas moved acme to agreement" in said.out
    kept = two.rosa.git("for-each-ref", "--format=%(refname)", "refs/heads/partnerkit/").split()
    assert [two.rosa.git("log", "-1", "--format=%s", one).strip() for one in kept] == [
        "partnership/acme: decision → agreement"
    ]


def said_in(place: Place, ref: str = "HEAD") -> set[str]:
    """Every id of a statement or an entry that a commit holds, in any record."""
    names = place.git("ls-tree", "-r", "--name-only", ref, "records/partnerships").split()
    records = [yaml.safe_load(place.git("show", f"{ref}:{name}")) for name in names]
    items = [item for one in records for value in one.values() if isinstance(value, list) for item in value]
    return {item["id"] for item in items if isinstance(item, dict) and "id" in item}


@pytest.mark.parametrize("part", range(6 if killing.LONG else 2))
def test_whatever_two_people_do_nothing_is_lost_and_all_of_it_is_legal(deciding: Two, part: int):
    """Commands at random in two clones, shared at random: alike in the end, proven, and every word somewhere."""
    two, chance = deciding, killing.chances("two people", part)
    made: set[str] = set()
    codes: Counter[int] = Counter()
    for number in range(24):
        place = chance.choice((two.rosa, two.jonas))
        day = f"2026-03-{6 + number:02}"
        words, by = chance.choice(
            (
                (("approve", ACME, "core-team-review"), "p-jonas"),
                (("approve", ACME, "core-team-review"), "p-timo"),
                (("approve", ACME, "core-team-review", "--decision", "withdraw", "--reason", "misread"), "p-jonas"),
                (("add", ACME, "community-input", f"https://forum.example/t/{number}", "kind=opened"), "p-rosa"),
                (("add", ACME, "community-input", "kind=closed", "summary=Most are in favour"), "p-rosa"),
                (("approve", ACME, "final-decision", "--for", "p-timo", "--seen", "minutes/1.md"), "p-rosa"),
                (("advance", ACME), "p-rosa"),
                (("advance", ACME, "assessment", "--reason", "look again"), "p-jonas"),
                (("add", ACME, "communications", "kind=core-team-updates", f"summary=News {number}"), "p-rosa"),
                (("set", ACME, f"exit-strategy=Plan {number}"), "p-jonas"),
                (("new", "partnership", f"Partner {number}", "type=cloud-providers"), "p-rosa"),
                (("undo", "--reason", "taken back"), "p-rosa"),
                (("sync",), "p-rosa"),
                (("sync",), "p-jonas"),
            )
        )
        said = place.run(*words, by=by, day=day)
        assert said.code in {0, 1, 2}, f"seed {killing.SEED}: {words}\n{said.all}"
        codes[said.code] += 1
        made |= said_in(place)
    two.rosa.day = two.jonas.day = "2026-04-30"
    for place in (two.jonas, two.rosa, two.jonas):
        assert place.run("sync").code in {0, 1}, f"seed {killing.SEED}"
    two.assert_alike()
    kept = [
        said_in(place, ref)
        for place in (two.rosa, two.jonas)
        for ref in place.git("for-each-ref", "--format=%(refname)", "refs/heads/partnerkit/").split()
    ]
    assert made <= said_in(two.rosa).union(*kept), f"seed {killing.SEED}"
    assert codes[0] > 6, codes
