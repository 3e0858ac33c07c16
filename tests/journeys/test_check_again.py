"""`check` of what was checked before: it says what it would say anew, whatever happened since."""

from __future__ import annotations

import json
import os
import re
import sqlite3
import stat
import time
from collections.abc import Callable, Iterator
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from partnerkit.findings import Finding
from partnerkit.jobs.answered import Answered
from partnerkit.jobs.check import Checked
from partnerkit.jobs.kept_answers import KeptAnswers
from partnerkit.kinds.expunging import Expunging
from partnerkit.store.verdict_cache import VerdictCache
from tests.chance import examples
from tests.made import copied
from tests.place import Place, Said
from tests.sharing import cloned, shared

#: Longer than the clock of a file system lags behind: what was touched just now is not relied on.
_SETTLED = 0.025

Edit = Callable[[Place], object]
_BRANCH = ("--base", "HEAD~1", "--head", "HEAD")


@pytest.fixture
def judged(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """A word for each time that a check was worked out."""
    found: list[str] = []
    made = vars(Answered)["of"].__func__

    def noted(cls: type[Answered], checked: Checked) -> Answered:
        found.append("judged")
        answered: Answered = made(cls, checked)
        return answered

    monkeypatch.setattr(Answered, "of", classmethod(noted))
    return found


@pytest.fixture
def acme(at: Callable[[str], Place]) -> Place:
    """A register with a record, at rest, on no day set by hand."""
    place = at("assessment")
    place.day = None
    time.sleep(_SETTLED)
    return place


def kept(place: Place) -> Path:
    return place.root / ".git" / "partnerkit" / "verdicts.sqlite"


def answers(place: Place) -> int:
    with closing(sqlite3.connect(kept(place))) as base:
        found: int = base.execute("SELECT count(*) FROM answers WHERE oid LIKE '% head'").fetchone()[0]
    return found


@pytest.mark.parametrize("words", [(), _BRANCH, ("--base", "HEAD~1"), (*_BRANCH, "--changed")])
def test_what_was_answered_is_answered_again_in_every_format(acme, judged, words):
    acme.edit("acme", "objectives:", "objective:")
    first = {form: acme.run("check", *words, "--no-cache", "--format", form) for form in _FORMATS}
    time.sleep(_SETTLED)
    acme.run("check", *words)
    done = len(judged)
    assert {form: acme.run("check", *words, "--format", form) for form in _FORMATS} == first
    assert acme.run("check", *words) == first["text"]
    assert acme.run("check", *words, "--json") == first["json"]
    assert len(judged) == done


_FORMATS = ("text", "json", "github", "gitlab", "sarif", "markdown")


def test_without_the_cache_all_is_judged_anew_and_nothing_is_kept(acme, judged):
    for _ in range(2):
        acme.run("check", "--no-cache")
    assert len(judged) == 2
    assert not kept(acme).exists() or answers(acme) == 0


def test_in_continuous_integration_nothing_is_kept(acme, judged, monkeypatch):
    monkeypatch.setenv("CI", "true")
    for _ in range(2):
        acme.run("check")
    assert len(judged) == 2
    assert not kept(acme).exists() or answers(acme) == 0


def test_what_was_taken_out_for_good_is_told_again():
    """Models of records come back from what is kept as they were."""
    taken_out = Expunging.model_validate(
        {
            "id": "x-0123456789ab",
            "at": "2026-03-02T10:00:00Z",
            "by": "p-rosa",
            "reason": "she asked for it",
            "digest": f"c1:{'0' * 64}",
            "places": 1,
            "again": {f"c1:{'1' * 64}": f"c1:{'2' * 64}"},
            "previous": f"c1:{'3' * 64}",
        }
    )
    told = Answered([Finding("any", "words", part="a.b")], "1 record", [("acme", taken_out)], frozenset({"a"}), None)
    again = Answered.from_text(told.as_text())
    assert again == told
    assert again.findings[0].part == "a.b"


def _of_git(*words: str) -> Edit:
    return lambda place: place.try_git(*words) and None


def _text(path: str, text: str) -> Edit:
    def write(place: Place) -> None:
        full = place.root / path
        full.parent.mkdir(parents=True, exist_ok=True)
        full.write_text(text, encoding="utf-8")

    return write


def _file(edit: Callable[[Path], object]) -> Edit:
    """An edit of the record's file, where it is there."""

    def edited(place: Place) -> None:
        path = place.root / "records" / "partnerships" / "acme.yaml"
        if path.exists():
            edit(path)

    return edited


def _misspell(path: Path) -> None:
    path.write_text(path.read_text(encoding="utf-8").replace("type:", "typo:", 1), encoding="utf-8")


def _unseen(path: Path) -> None:
    """An edit after which a file has the size and the time that it had: git tells when that was by the second."""
    found = path.stat()
    while time.time() < int(found.st_ctime) + 1:
        time.sleep(_SETTLED)
    text = path.read_text(encoding="utf-8")
    path.write_text(text.replace("kind: p", "kind: q") if "kind: p" in text else text.replace("kind: q", "kind: p"))
    os.utime(path, ns=(found.st_atime_ns, found.st_mtime_ns))


def _behind(flag: str) -> Edit:
    """An edit of a file at which git was told not to look."""

    def edit(place: Place) -> None:
        place.try_git("update-index", f"--{flag}", "records/partnerships/acme.yaml")
        _file(_misspell)(place)

    return edit


def _pipe(place: Place) -> None:
    if not os.path.lexists(place.root / "records" / "pipe"):
        os.mkfifo(place.root / "records" / "pipe")


def _evidence(place: Place) -> None:
    """A file outside records/ that git ignores, and on which a record rests."""
    path = place.root / "private" / "shown.txt"
    path.parent.mkdir(exist_ok=True)
    path.write_text("other than it was" if path.exists() else "as it was", encoding="utf-8")
    place.run("add", "acme", "due-diligence", str(path))


def _next_day(place: Place) -> None:
    place.day = "2026-12-01" if place.day is None else "2027-06-01"


_EDITS: dict[str, Edit] = {
    "edit": _file(_misspell),
    "edit unseen": _file(_unseen),
    "touch": _file(Path.touch),
    "put back": _of_git("checkout", "-q", "-f", "HEAD", "--", "."),
    "stage": _of_git("add", "-A"),
    "stage alone": _of_git("update-index", "--cacheinfo", "100755", "HEAD", "records/register.yaml"),
    "commit": _of_git("commit", "-q", "-a", "-m", "an edit", "--no-verify"),
    "amend": _of_git("commit", "-q", "--amend", "-m", "anew", "--no-verify"),
    "back": _of_git("reset", "-q", "--hard", "HEAD~1"),
    "status": _of_git("status"),
    "another branch": _of_git("switch", "-q", "-C", "other", "HEAD~1"),
    "main": _of_git("switch", "-q", "-f", "main"),
    "not looked at": _behind("assume-unchanged"),
    "not checked out": _behind("skip-worktree"),
    "looked at": _of_git(
        "update-index", "--no-assume-unchanged", "--no-skip-worktree", "records/partnerships/acme.yaml"
    ),
    "untracked": _text("records/partnerships/new.yaml", "kind: partnership\n"),
    "untracked, edited": _text("records/partnerships/new.yaml", "kind: partnershop\n"),
    "stray": _text("records/stray.yaml", "a: 1\n"),
    "ignored": _text(".git/info/exclude", "new.yaml\nstray.yaml\n"),
    "ignored by itself": _text("records/partnerships/.gitignore", "*\n"),
    "delete": _file(Path.unlink),
    "executable": _file(lambda path: path.chmod(0o755)),
    "plain": _file(lambda path: path.chmod(0o644)),
    "a pipe": _pipe,
    "a repository": lambda place: (place.root / "records" / "reviews" / ".git").mkdir(parents=True, exist_ok=True),
    "the rules": _text("records/policies/other.yaml", "policy: other\n"),
    "attributes": _text(".git/info/attributes", "records/** text eol=crlf\n"),
    "no attributes": _text(".git/info/attributes", ""),
    "attributes of the tree": _text(".gitattributes", "records/** ident\n"),
    "attributes of a person": _text("../attributes", "records/** filter=lfs\n"),
    "attributes of a person, named": _of_git("config", "core.attributesFile", "~/../attributes"),
    "line ends": _of_git("config", "core.autocrlf", "true"),
    "modes do not count": _of_git("config", "core.fileMode", "false"),
    "times do not count": _of_git("config", "core.trustctime", "false"),
    "another person": _of_git("config", "user.email", "somebody@lighthouse.example"),
    "private": _text("private/contacts.yaml", "format: 1\npeople: {p-rosa: {name: Acme}}\n"),
    "private, edited": _text("private/contacts.yaml", "format: 1\npeople: {p-rosa: {name: Nobody}}\n"),
    "private, not ignored": _text(".gitignore", "other/\n"),
    "private, elsewhere": _of_git("config", "partnerkit.private", "elsewhere"),
    "private, there": _text("elsewhere/contacts.yaml", "format: 1\npeople: {p-rosa: {name: cloud}}\n"),
    "evidence": _evidence,
    "a list of people": _text("list.csv", "".join(f"a{one}@people.example.net\n" for one in range(9))),
    "next day": _next_day,
    "interrupted": _text(".git/partnerkit/journal.json", "{}"),
}


@settings(
    max_examples=examples(2),
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(st.lists(st.sampled_from(sorted(_EDITS)), min_size=3, max_size=5))
def test_with_the_cache_it_says_what_it_says_without(tmp_path_factory, at, edits):
    place = _fresh(tmp_path_factory, at)
    for edit in edits:
        _EDITS[edit](place)
        _same(place, edit)


def _fresh(tmp_path_factory: pytest.TempPathFactory, at: Callable[[str], Place]) -> Place:
    made = _MADE.get("root")
    if made is None:
        made = _MADE["root"] = at("assessment").root
    root = tmp_path_factory.mktemp("again") / "register"
    copied(made, root)
    place = Place(root, day=None)
    time.sleep(_SETTLED)
    place.run("check")
    return place


def _same(place: Place, edit: str) -> None:
    """What is told from what was kept before, as it is told anew; and what is told from what was kept just now."""
    words = _WAYS[len(place.log) % len(_WAYS)]
    first = _told(place, *words)
    anew = _told(place, *words, "--no-cache")
    assert first == anew, edit
    time.sleep(_SETTLED)
    assert _told(place, *words) == anew, edit
    assert _told(place, *words) == anew, edit


_MADE: dict[str, Path] = {}
_WAYS = ((), ("--json",), ("--base", "HEAD~1", "--head", "HEAD"))


def _told(place: Place, *words: str) -> Said:
    return place.run("check", *words)


@pytest.mark.parametrize(
    "meanwhile",
    [_misspell, lambda path: path.chmod(0o755), lambda path: path.with_name(".gitattributes").write_text("* ident\n")],
    ids=["its text", "its mode", "attributes beside it"],
)
def test_what_was_another_only_while_it_was_judged_is_not_told_again(acme, monkeypatch, meanwhile):
    _text("records/partnerships/.gitattributes", "# none\n")(acme)
    acme.git("add", "-A")
    acme.git("commit", "-q", "-m", "attributes", "--no-verify")
    path = acme.root / "records" / "partnerships" / "acme.yaml"
    before, asked, keep = dict(_files(path.parent)), KeptAnswers.known, KeptAnswers.keep
    time.sleep(_SETTLED)

    def known(kept: KeptAnswers) -> str | None:
        found = asked(kept)
        meanwhile(path)
        return found

    def put_back(kept: KeptAnswers, *words: Any) -> None:
        for one, (raw, found) in before.items():
            if one.read_bytes() != raw or one.stat().st_mode != found.st_mode:
                one.write_bytes(raw)
                one.chmod(stat.S_IMODE(found.st_mode))
                os.utime(one, ns=(found.st_atime_ns, found.st_mtime_ns))
        keep(kept, *words)

    with monkeypatch.context() as only_now:
        only_now.setattr(KeptAnswers, "known", known)
        only_now.setattr(KeptAnswers, "keep", put_back)
        wrong = acme.run("check")
    anew = acme.run("check", "--no-cache")
    assert wrong != anew
    assert acme.run("check") == anew


def _files(folder: Path) -> Iterator[tuple[Path, tuple[bytes, os.stat_result]]]:
    for path in folder.iterdir():
        yield path, (path.read_bytes(), path.stat())


def test_what_somebody_else_could_have_written_is_not_believed(acme):
    """An answer that says that all is well, planted where the true one was."""
    acme.edit("acme", "type:", "typo:")
    time.sleep(_SETTLED)
    true = acme.run("check", "--json")
    assert json.loads(true.out)["findings"]
    _plant(acme)
    kept(acme).chmod(0o666)
    assert acme.run("check", "--json") == true
    kept(acme).unlink()
    elsewhere = acme.root.parent / "planted"
    elsewhere.write_bytes(b"")
    kept(acme).symlink_to(elsewhere)
    assert acme.run("check", "--json") == true
    assert not elsewhere.read_bytes()


def test_what_is_torn_is_judged_anew(acme, judged):
    acme.edit("acme", "type:", "typo:")
    time.sleep(_SETTLED)
    true = acme.run("check", "--json")
    _plant(acme)
    assert acme.run("check", "--json") == true
    kept(acme).write_bytes(b"no database at all")
    assert acme.run("check", "--json") == true
    kept(acme).unlink()
    assert acme.run("check", "--json") == true
    assert len(judged) == 4


def _plant(place: Place) -> None:
    with closing(sqlite3.connect(kept(place))) as base, base:
        assert base.execute("UPDATE answers SET body = replace(body, 'error', 'info')").rowcount == 2


def test_what_it_rests_on_is_held_to_be_what_was_kept(acme, judged):
    acme.run("check")
    with closing(sqlite3.connect(kept(acme))) as base, base:
        done = base.execute("UPDATE answers SET body = replace(body, char(10) || '[[1', char(10) || '[[-1')")
        assert done.rowcount == 2
    acme.run("check")
    assert len(judged) == 2


def test_a_copy_of_the_index_that_others_could_have_written_is_made_anew(acme):
    acme.run("check")
    state = kept(acme).parent
    (copy,) = state.glob("index-*")
    acme.edit("acme", "type:", "typo:")
    true = acme.run("check", "--json", "--no-cache")
    copy.write_bytes(b"")
    copy.chmod(0o666)
    assert acme.run("check", "--json") == true
    (copy,) = state.glob("index-*")
    assert copy.stat().st_mode & 0o777 == 0o600
    assert copy.read_bytes()


def test_no_clone_brings_answers(acme, tmp_path):
    """They lie in git's own folder: what is cloned never writes there, not even where a tree names it so."""
    acme.run("check")
    assert answers(acme) == 1
    clone = cloned(shared(acme, tmp_path), "clone", "p-jonas")
    assert not (clone.root / ".git" / "partnerkit").exists()
    blob = acme.git("hash-object", "-w", str(kept(acme))).strip()
    tree = acme.git("mktree", stdin=f"100644 blob {blob}\tverdicts.sqlite\n".encode()).strip()
    inner = acme.git("mktree", stdin=f"040000 tree {tree}\tpartnerkit\n".encode()).strip()
    outer = acme.git("mktree", stdin=f"040000 tree {inner}\t.git\n".encode()).strip()
    commit = acme.git("commit-tree", "-m", "planted", outer).strip()
    before = kept(acme).read_bytes()
    assert "invalid path" in acme.try_git("checkout", "-q", "-f", commit)
    assert kept(acme).read_bytes() == before


def test_so_many_answers_are_kept_and_no_more(tmp_path):
    cache = VerdictCache(tmp_path / "verdicts.sqlite")
    for number in range(20):
        cache.keep_answer(str(number), {"head": "h", "text": "t"})
    with closing(sqlite3.connect(cache.path)) as base:
        keys = {oid.split()[0] for (oid,) in base.execute("SELECT oid FROM answers")}
    assert keys == {str(number) for number in range(4, 20)}


def test_a_moment_that_has_not_come_is_asked_again(acme, judged):
    """What says a moment that is still to come may be something else a moment later, on the same day."""
    soon = datetime.now(UTC) + timedelta(minutes=5)
    text = acme.text("acme")
    last = re.findall(r"at: (\S+Z)", text)[-1]
    acme.path("acme").write_text(text.replace(last, f"{soon:%Y-%m-%dT%H:%M:%SZ}"), encoding="utf-8")
    time.sleep(_SETTLED)
    for _ in range(2):
        acme.run("check")
    assert len(judged) == 2


def test_the_day_ends(acme, judged, monkeypatch):
    for _ in range(2):
        acme.run("check")
    assert len(judged) == 1
    later = time.time() + 86_400
    monkeypatch.setattr("partnerkit.jobs.kept_answers.time.time", lambda: later)
    acme.run("check")
    assert len(judged) == 2


def test_a_clock_that_was_put_back_has_it_judged_anew(acme, judged, monkeypatch):
    """What was answered later than now may rest on what has not come."""
    for _ in range(2):
        acme.run("check")
    assert len(judged) == 1
    earlier = time.time() - 3600
    monkeypatch.setattr("partnerkit.jobs.kept_answers.time.time", lambda: earlier)
    acme.run("check")
    assert len(judged) == 2
