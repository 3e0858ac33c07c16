"""`audit` as a trustee, an auditor and CI use it."""

from __future__ import annotations

import json
import shutil
import sqlite3
from datetime import UTC, datetime

import pytest

from partnerkit.errors import CannotWorkError
from partnerkit.jobs.desk import Desk, seeded
from partnerkit.jobs.verdicts import verdicts
from partnerkit.store.git.repository import Git
from partnerkit.store.git.walk import landed_since
from partnerkit.store.replay import Replay
from tests.place import Place
from tests.scenarios.cheat import ACME, commit, rewrite


def looked_at(place: Place) -> Place:
    """On no day set by hand: an audit looks at what landed."""
    place.day = None
    return place


def cheat(place: Place) -> None:
    place.edit("acme", "stage: decision", "stage: active")
    commit(place)


def test_a_trustee_reads_that_all_was_by_the_rules_and_what_rests_on_trust(at):
    place = looked_at(at("ended"))
    said = place.do("audit").out
    assert "stage changes, every one by the rules in force when it landed" in said
    assert "statements by" in said
    assert "the address of the commit's author is theirs" in said
    found = place.json("audit")
    assert (found["schema"], found["proven"], found["findings"]) == ("partnerkit.audit/1", True, [])
    entries = [one for record in ("acme", "acme-2026") for one in place.json("log", record)["entries"]]
    assert sorted(one["id"] for one in found["entries"] if one["record"] in {"acme", "acme-2026"}) == sorted(
        one["id"] for one in entries
    )
    assert {one["assurance"] for one in found["entries"]} == {"author"}
    assert all(
        one["broke"] == [] and one["witnessed"] is False for one in found["entries"]
    )  # the days were set by hand


def test_every_finding_names_commit_file_line_code_and_mend(at):
    place = looked_at(at("decided"))
    cheat(place)
    bad = place.git("rev-parse", "HEAD").strip()
    said = place.run("audit")
    assert said.code == 1
    assert f"git show {bad[:12]} -- {ACME}" in said.out
    (one,) = [one for one in place.json("audit")["findings"] if one["severity"] == "error"]
    assert (one["code"], one["commit"], one["file"], one["line"], one["record"]) == (
        "stage-edited",
        bad,
        ACME,
        5,
        "acme",
    )
    assert place.run("audit", "--format", "markdown").out.count("stage-edited") == 1


def test_what_was_mended_later_was_illegal_all_the_same(at):
    """The past is told where it happened, though everything stands well at the end."""
    place = looked_at(at("decided"))
    cheat(place)
    place.edit("acme", "stage: active", "stage: decision")
    commit(place)
    assert not [one for one in place.findings() if one["severity"] == "error"]
    found = place.json("audit")
    assert (found["proven"], [one["code"] for one in found["findings"]]) == (False, ["stage-edited"])


def test_one_record_and_what_landed_since(at):
    place = looked_at(at("active"))
    assert {one["record"] for one in place.json("audit", "acme-2026")["entries"]} == {"acme-2026"}
    base = place.git("rev-parse", "HEAD").strip()
    place.do("new", "partnership", "Other House")
    found = place.json("audit", "--since", base)
    assert (found["landed"], [one["record"] for one in found["entries"]]) == (1, ["other-house"])
    rewrite(place, "other-house", lambda data: data.update(stage="active"))
    commit(place)
    assert place.json("audit", "acme")["proven"]
    assert not place.json("audit", "other-house")["proven"]


def test_a_revision_beside_the_main_line_is_no_beginning(at):
    place = looked_at(at("new"))
    place.git("switch", "-q", "-c", "side")
    place.do("set", "acme", "starts=2026-08-01")
    side = place.git("rev-parse", "HEAD").strip()
    place.git("switch", "-q", "main")
    said = place.wrong("audit", "--since", side)
    assert "git log --first-parent --oneline" in said.err


def test_an_unknown_record_or_format_is_called_wrongly(at):
    place = looked_at(at("new"))
    assert "acme" in place.wrong("audit", "acmee").err
    assert "one of text, json, github, gitlab, sarif, markdown" in place.wrong("audit", "--format", "pdf").err


def test_whoever_pinned_the_beginning_sees_another(at):
    place = looked_at(at("new"))
    root = place.json("audit")["trust_root"]
    assert root in place.git("log", "--format=%B")
    assert place.json("audit", "--trust-root", root)["pinned"]
    other = "c1:" + "0" * 64
    found = place.json("audit", "--trust-root", other)
    assert [one["code"] for one in found["findings"]] == ["trust-root-differs"]


def test_a_checkpoint_goes_on_from_the_last_and_sees_a_forced_push(at, tmp_path):
    place = looked_at(at("decided"))
    kept = tmp_path / "kept.json"
    first = place.json("audit", "--checkpoint", str(kept))
    assert json.loads(kept.read_text())["subject"][0]["digest"]["gitCommit"] == first["head"]
    place.do("new", "partnership", "Other House")
    second = place.json("audit", "--checkpoint", str(kept))
    assert (second["since"], second["landed"], second["pinned"]) == (first["head"], 1, True)
    assert json.loads(kept.read_text())["predicate"]["entries"] == len(first["entries"]) + 1
    was = kept.read_bytes()
    place.git("reset", "-q", "--hard", "HEAD~2")
    found = place.json("audit", "--checkpoint", str(kept))
    assert [one["code"] for one in found["findings"]] == ["history-rewritten"]
    assert kept.read_bytes() == was
    place.git("reset", "-q", "--hard", first["head"])
    rewrite(place, "acme", lambda data: data.update(stage="active"))
    commit(place)
    assert place.run("audit", "--checkpoint", str(kept)).code == 1
    assert kept.read_bytes() == was


def test_a_checkpoint_sees_that_the_main_line_became_a_side_branch(at, tmp_path):
    place = looked_at(at("decided"))
    kept = tmp_path / "kept.json"
    place.git("switch", "-q", "-c", "side")
    place.do("set", "acme", "starts=2026-08-01")
    place.git("switch", "-q", "main")
    place.do("new", "partnership", "Other House")
    place.do("audit", "--checkpoint", str(kept))
    place.git("switch", "-q", "side")
    place.git("merge", "-q", "--no-ff", "--no-verify", "-m", "Merge main", "main")
    place.git("branch", "-f", "main", "side")
    place.git("switch", "-q", "main")
    assert [one["code"] for one in place.json("audit", "--checkpoint", str(kept))["findings"]] == ["main-line-moved"]


@pytest.mark.parametrize("text", ["", "{}", "[]", '{"subject": []}', "[" * 50_000])
def test_a_file_that_is_no_checkpoint_is_refused(at, tmp_path, text):
    place = looked_at(at("new"))
    kept = tmp_path / "kept.json"
    kept.write_text(text)
    assert "no checkpoint" in place.wrong("audit", "--checkpoint", str(kept)).err
    assert kept.read_text() == text
    assert "--checkpoint goes on" in place.wrong("audit", "--checkpoint", str(kept), "--since", "HEAD").err


def shallow(place: Place) -> Place:
    root = place.root.with_name("shallow")
    place.git("clone", "-q", "--depth", "1", f"file://{place.root}", str(root))
    return Place(root, day=None)


def replaced(place: Place) -> Place:
    first, second = place.git("rev-list", "HEAD").split()[:2]
    place.git("replace", first, second)
    return place


def grafted(place: Place) -> Place:
    (place.root / ".git" / "info").mkdir(exist_ok=True)
    (place.root / ".git" / "info" / "grafts").write_text(place.git("rev-parse", "HEAD"))
    return place


def partial(place: Place) -> Place:
    place.git("config", "remote.origin.promisor", "true")
    return place


def without_an_object(place: Place) -> Place:
    return without(place, "HEAD~3:records/partnerships/acme.yaml")


def without_a_commit(place: Place) -> Place:
    return without(place, "HEAD~3")


def without(place: Place, rev: str) -> Place:
    """The object that a revision means is gone."""
    place.lose(place.git("rev-parse", rev).strip())
    return place


@pytest.mark.parametrize("how", [shallow, replaced, grafted, partial, without_an_object, without_a_commit])
def test_where_nobody_can_say_it_is_never_well(at, how):
    place = how(looked_at(at("decided")))
    said = place.run("audit")
    assert (said.code, said.out) == (3, "")
    assert "Traceback" not in said.err
    assert place.run("audit", "--json").json["exit_code"] == 3


def test_a_commit_that_stands_on_another_than_git_names_stops_the_audit(at):
    """What reads the commits and what lists them must agree, or a step would be judged by rules that stood elsewhere."""
    git = Git.discover(at("new").root)
    oids = landed_since(git, "HEAD", None)
    desk = Desk(git, lambda: datetime(2026, 7, 1, tzinfo=UTC), seeded("audit"))
    assert len(verdicts(desk, Replay.from_commit(git, None), oids, None)) == len(oids)
    with pytest.raises(CannotWorkError, match=f"commit {oids[1][:12]} does not stand on the one") as refused:
        verdicts(desk, Replay.from_commit(git, None), oids[1:], None)
    assert f"git cat-file -p {oids[1][:12]}" in str(refused.value.mend)


def test_no_commit_and_no_register_are_said(tmp_path):
    root = tmp_path / "empty"
    root.mkdir()
    place = Place(root, day=None)
    place.git("init", "-q", "-b", "main")
    assert place.run("audit").code == 3
    (root / "README").write_text("nothing\n")
    place.git("add", "README")
    place.git("commit", "-qm", "nothing")
    said = place.run("audit")
    assert (said.code, "partnerkit init" in said.err) == (3, True)


def test_a_clock_that_was_set_back_is_told(at):
    place = looked_at(at("decided"))
    place.do("new", "partnership", "Other House", day="2026-07-01")
    place.git("commit", "-q", "--amend", "--no-edit", "--no-verify", "--date", "2026-01-01T00:00:00Z")
    assert place.json("audit")["proven"]  # the author's date says nothing
    env = {"GIT_COMMITTER_DATE": "2026-08-01T00:00:00Z"}
    said = place.spawn("set", "other-house", "starts=2026-12-01", day="2026-07-02", extra=env)
    assert said.code == 0, said.all
    assert [one["code"] for one in place.json("audit")["findings"]] == ["landed-backdated"]


def test_the_file_to_be_mailed_holds_nothing_that_acts(at, tmp_path):
    place = looked_at(at("decided"))
    place.do("add", "acme", "activities", "kind=joint-events", "title=<script>alert(1)</script> [x](javascript:y) @all")
    place.do("advance", "acme", "withdrawn", "--reason", "<img src=x onerror=y> `code` @all")
    out = tmp_path / "audit.html"
    place.do("export", "audit", "--out", str(out))
    text = out.read_text(encoding="utf-8")
    assert "<script" not in text
    assert "<img" not in text
    assert "http" not in text
    assert "every one by the rules" in text
    assert text.count("<tr>") > len(place.json("audit")["entries"])


def test_a_year_is_told_alone(at, tmp_path):
    place = looked_at(at("decided"))
    out = tmp_path / "audit.html"
    years = sorted({int(one["at"][:4]) for one in place.json("audit")["entries"]})
    place.do("export", "audit", "--year", str(years[-1]), "--out", str(out))
    assert f"what landed in {years[-1]}" in out.read_text(encoding="utf-8")
    cheat(place)
    said = place.run("export", "audit", "--out", str(out))
    assert said.code == 1
    assert "stage-edited" in out.read_text(encoding="utf-8")


@pytest.mark.parametrize("year", ["26", "-5", "0", "99999", "1999", "9999"])
def test_a_year_in_which_nothing_landed_is_refused_with_those_in_which_something_did(at, tmp_path, year):
    """Else a slip of the finger is a clean audit of nothing, and 0 one of everything."""
    place = looked_at(at("decided"))
    said = place.run("export", "audit", "--year", year, "--out", str(tmp_path / "audit.html"))
    assert said.code == 2, said.all
    assert f"nothing landed in {year}" in said.err
    did = place.git("log", "-1", "--format=%cd", "--date=format:%Y").strip()
    assert f"partnerkit export audit --year {did}" in said.err
    assert not (tmp_path / "audit.html").exists()


def test_an_audit_changes_nothing_but_what_it_keeps_for_itself(at):
    place = looked_at(at("decided"))
    before = place.snapshot()
    files = sorted((place.root / ".git").rglob("*"))
    place.do("audit")
    assert place.snapshot() == before
    kept = place.root / ".git" / "partnerkit" / "verdicts.sqlite"
    assert [one for one in sorted((place.root / ".git").rglob("*")) if one not in files and one.is_file()] == [kept]
    assert kept.stat().st_mode & 0o777 == 0o600


def told(place: Place, *words: str):
    found = place.json("audit", *words)
    return {key: found[key] for key in found if key != "looked_at"}


def test_what_was_judged_before_says_the_same_again(at):
    """Judged from the beginning, from the middle or not at all: one verdict, also where something was illegal."""
    place = looked_at(at("decided"))
    first = told(place)
    assert told(place) == first == told(place, "--full")
    place.edit("acme", "stage: decision", "stage: active")
    commit(place)
    second = told(place)
    place.edit("acme", "stage: active", "stage: decision")
    commit(place)
    third = told(place)
    assert third == told(place) == told(place, "--full")
    assert third["findings"] == second["findings"] != []
    (place.root / ".git" / "partnerkit" / "verdicts.sqlite").unlink()
    assert told(place) == third


def test_a_record_that_was_gone_when_the_last_audit_ended_is_known_again(at):
    """Deleted, audited, and brought back with another history: it is no new record."""
    place = looked_at(at("decided"))
    path, text = place.path("acme"), place.text("acme")
    path.unlink()
    commit(place)
    assert "record-deleted" in {one["code"] for one in told(place)["findings"]}
    path.write_text(text, encoding="utf-8")
    commit(place)
    assert {one["code"] for one in told(place)["findings"]} == {"record-deleted"}  # no entry of it is new
    path.unlink()
    commit(place)
    told(place)
    path.write_text(text, encoding="utf-8")
    rewrite(place, "acme", lambda data: data["history"].pop(1))
    commit(place)
    found = told(place)
    assert "entry-removed" in {one["code"] for one in found["findings"]}
    assert found == told(place, "--full")


def test_a_file_of_verdicts_that_is_torn_or_open_to_others_is_passed_over(at):
    place = looked_at(at("decided"))
    first = told(place)
    kept = place.root / ".git" / "partnerkit" / "verdicts.sqlite"
    kept.write_bytes(b"no database at all" * 100)
    assert told(place) == first
    assert told(place) == first
    base = sqlite3.connect(kept)
    base.execute("UPDATE verdicts SET body = '{}'")
    base.commit()
    base.close()
    assert told(place) == first
    place.edit("acme", "stage: decision", "stage: active")
    commit(place)
    bad = told(place)
    assert not bad["proven"]
    base = sqlite3.connect(kept)
    base.execute("UPDATE verdicts SET body = replace(body, 'stage-edited', 'advice')")
    base.commit()
    base.close()
    kept.chmod(0o666)
    assert told(place) == bad
    kept.unlink()
    kept.symlink_to(place.root / "elsewhere")
    assert told(place) == bad
    assert not (place.root / "elsewhere").exists()


def test_what_lies_uncommitted_is_not_audited(at):
    place = looked_at(at("decided"))
    place.edit("acme", "stage: decision", "stage: active")
    assert place.json("audit")["proven"]


def test_a_copy_by_other_means_is_audited_alike(at, tmp_path):
    """Packed, cloned bare and cloned again: the proof is in the objects."""
    place = looked_at(at("decided"))
    bare, again = tmp_path / "bare.git", tmp_path / "again"
    place.git("clone", "-q", "--bare", str(place.root), str(bare))
    place.git("gc", "-q")
    place.git("clone", "-q", str(bare), str(again))
    told = [Place(root, day=None).json("audit")["entries"] for root in (place.root, again)]
    assert told[0] == told[1]
    shutil.rmtree(bare)


def test_a_record_that_cannot_be_read_is_not_called_deleted(at):
    place = looked_at(at("active"))
    place.edit("acme", "stage: active", "stage: closed")
    place.git("commit", "-qam", "by hand", "--no-verify")
    found = place.run("audit", "--json").json["findings"]
    assert [(one["code"], one["record"]) for one in found] == [("wrong-value", "acme")]
