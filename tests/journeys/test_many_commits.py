"""One commit for each of many records: they land at once where that comes to the same, and else one by one."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from partnerkit.store.commit import series
from partnerkit.store.commit.atomic import writing
from partnerkit.store.commit.index import DURABLE
from partnerkit.store.commit.refusals import Moved
from partnerkit.store.commit.series import Link
from partnerkit.store.git.repository import Git
from partnerkit.store.git.results import GitFailed
from partnerkit.store.git.trees import CommitTree
from partnerkit.store.load import load
from partnerkit.store.succession import Succession
from tests.conftest import At
from tests.made import copied
from tests.place import Place, Said, environment
from tests.signing import OPENSSH, Key, sign_with
from tests.story import ACME, DEAL

AWAY = ("withdrawn", "--reason", "no capacity", "--each")


@pytest.fixture
def four(place: Place) -> Place:
    """Four proposals, in one commit."""
    sheet = "name,type\n" + "".join(f"{name},universities\n" for name in "abcd")
    place.do("new", "partnership", "--from", place.write("four.csv", sheet))
    return place


@pytest.fixture
def at_once(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """Of how many commits each landing was that made several."""
    landed: list[int] = []
    land = series.land

    def noted(git: Git, held: object, base: str, links: list[Link]) -> list[str]:
        oids = land(git, held, base, links)  # type: ignore[arg-type]  # as it was called
        landed.append(len(oids))
        return oids

    monkeypatch.setattr(series, "land", noted)
    return landed


def both_ways(place: Place, monkeypatch: pytest.MonkeyPatch, *words: str) -> Said:
    """What a command says, which says the same and makes the same commits where they land one by one."""
    monkeypatch.setattr("tests.place.environment", _dated)
    other = Place(place.root.with_name("other"), day=place.day)
    copied(place.root, other.root)
    said = place.run(*words, seed="s")
    with monkeypatch.context() as patch:
        patch.setattr(series, "possible", lambda _git: False)
        assert other.run(*words, seed="s") == said
    assert other.snapshot() == place.snapshot()
    return said


def _dated(person: str = "p-rosa") -> dict[str, str]:
    """At a moment that is given, so that the same comes out each time."""
    return environment(person) | {f"GIT_{who}_DATE": "2026-05-01T12:00:00 +0200" for who in ("AUTHOR", "COMMITTER")}


def commits(place: Place, since: str) -> list[str]:
    return place.git("log", "--format=%s", "--reverse", f"{since}..HEAD").splitlines()


def test_they_are_the_commits_that_each_would_have_been(
    four: Place, monkeypatch: pytest.MonkeyPatch, at_once: list[int]
) -> None:
    start = four.git("rev-parse", "HEAD").strip()
    said = both_ways(four, monkeypatch, "advance", "a", "b", "d", *AWAY)
    assert (said.code, at_once) == (0, [3])
    assert commits(four, start) == [f"partnership/{one}: proposed → withdrawn" for one in "abd"]
    assert four.git("status", "--porcelain", "--untracked-files=no") == ""


def test_the_first_refusal_ends_it_and_those_before_it_have_landed(
    four: Place, monkeypatch: pytest.MonkeyPatch, at_once: list[int]
) -> None:
    start = four.git("rev-parse", "HEAD").strip()
    four.do("advance", "c", *AWAY[:-1])
    said = both_ways(four, monkeypatch, "advance", "a", "b", "c", "d", *AWAY)
    assert (said.code, at_once) == (1, [2])
    assert commits(four, start)[1:] == [f"partnership/{one}: proposed → withdrawn" for one in "ab"]


def test_what_is_in_the_way_of_one_lets_those_before_it_land(four: Place, at_once: list[int]) -> None:
    start = four.git("rev-parse", "HEAD").strip()
    four.edit("c", "format: 1", "format: 1 # by hand")
    said = four.run("advance", "a", "b", "c", "d", *AWAY)
    assert (said.code, at_once) == (3, [])
    assert "c.yaml was edited here but not committed; 2 of 4 have landed, and none from c on" in said.err
    assert "left: c, d; name only those when it is run again" in said.err
    assert commits(four, start) == [f"partnership/{one}: proposed → withdrawn" for one in "ab"]


@pytest.mark.parametrize("hook", ["post-commit", "pre-commit", "reference-transaction"])
def test_where_a_hook_runs_at_each_they_land_one_by_one(four: Place, hook: str, at_once: list[int]) -> None:
    four.git("config", "core.hooksPath", str(four.root / ".git" / "hooks"))
    script = four.root / ".git" / "hooks" / hook
    script.parent.mkdir(exist_ok=True)
    script.write_text("#!/bin/sh\necho >> .git/ran\n")
    script.chmod(0o755)
    four.do("advance", "a", "b", *AWAY)
    assert at_once == []
    assert len((four.root / ".git" / "ran").read_text()) >= 2


@OPENSSH
def test_where_commits_are_signed_they_land_one_by_one_and_each_is(
    four: Place, tmp_path: Path, at_once: list[int]
) -> None:
    start = four.git("rev-parse", "HEAD").strip()
    sign_with(four, Key.made(tmp_path, "rosa"), commits=True)
    four.do("advance", "a", "b", *AWAY)
    assert at_once == []
    each = [four.git("cat-file", "commit", one) for one in four.git("rev-list", f"{start}..HEAD").split()]
    assert ["gpgsig " in one for one in each] == [True, True]


def test_where_history_moved_meanwhile_nothing_is_made(four: Place) -> None:
    for key, value in {"name": "Rosa", "email": "rosa@lighthouse.example"}.items():
        four.git("config", f"user.{key}", value)
    git = Git.discover(four.root)
    base = four.git("rev-parse", "HEAD").strip()
    with writing(git) as held:
        four.git("commit", "-q", "--allow-empty", "-m", "meanwhile", "--no-verify")
        before = four.snapshot()
        with pytest.raises(Moved):
            series.land(git, held, base, [Link({"records/x.yaml": b"a: 1\n"}, "late")])
    assert four.snapshot() == before


def test_they_are_on_the_disk_when_they_have_landed(four: Place, monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[object] = []
    run = Git.run

    def noted(git: Git, *words: str, **given: Any) -> Any:
        asked.extend([given.get("config")] if words[0] == "fast-import" else [])
        return run(git, *words, **given)

    monkeypatch.setattr(Git, "run", noted)
    four.do("advance", "a", "b", *AWAY)
    assert asked == [DURABLE]


def test_one_counts_for_the_next(at: At, monkeypatch: pytest.MonkeyPatch, at_once: list[int]) -> None:
    """The partnership becomes active by the entry of the agreement that comes into force in the commit before."""
    place = at("executed", "2026-04-01")
    place.do("add", DEAL, "agreement-implementation", "summary=Accounts opened", "outcome=done")
    place.do("set", ACME, "roles.partnership-manager=p-rosa", "exit-strategy=Own machines")
    assert place.run("advance", ACME, DEAL, "--each").code == 1
    said = both_ways(place, monkeypatch, "advance", DEAL, ACME, "--each")
    assert (said.code, at_once) == (0, [2]), said.all
    entries = [place.json("show", one)["record"]["history"][-1] for one in (DEAL, ACME)]
    assert entries[1]["relies-on"] == {DEAL: entries[0]["id"]}
    place.do("check")


def test_a_succession_says_what_the_commits_say(four: Place, at_once: list[int]) -> None:
    """What a tree says of records and files once drafts were taken up is what it says when they have landed."""
    git = Git.discover(four.root)
    line = Succession(CommitTree(git, str(git.head())), load)
    for number, one in enumerate("ab"):
        assert line.draft().after.records[one].stage == "proposed"
        draft = line.draft()
        draft.put({**draft.base.records[one].data, "website": f"https://{number}.example"})
        line.take(draft)
    for name, raw in (("new.txt", b"new\n"), ("old.txt", b"old\n"), ("old.txt", None)):
        draft = line.draft()
        draft.put_file(f"records/evidence/a/{name}", raw)
        line.take(draft)
    four.do("set", "a", "website=https://0.example")
    four.do("set", "b", "website=https://1.example")
    path = "records/partnerships/a.yaml"
    landed = load(CommitTree(git, str(git.head()))).demand()
    drafted = line.loaded.demand()
    assert {one: drafted.records[one].data for one in "abcd"} == {one: landed.records[one].data for one in "abcd"}
    assert list(drafted.earlier(path)) == list(landed.earlier(path))
    assert (drafted.digests(path), drafted.reads(path)) == (landed.digests(path), landed.reads(path))
    assert [one.id for one in drafted.of_kind("partnership")] == [one.id for one in landed.of_kind("partnership")]
    assert drafted.reads("records/evidence/a/new.txt") == b"new\n"
    assert [path for path in line.loaded.files if "evidence/a/" in path] == ["records/evidence/a/new.txt"]
    assert line.gone("records/evidence/") == {"records/evidence/a/old.txt": b"old\n"}


def _named(place: Place) -> Git:
    """The repository, in which git knows who acts, whoever is at this machine."""
    for key, value in (("user.name", "p-rosa"), ("user.email", "rosa@lighthouse.example")):
        place.git("config", key, value)
    return Git.discover(place.root)


def test_what_git_could_not_make_leaves_nothing_behind(four: Place) -> None:
    git = _named(four)
    before = sorted(path.name for path in (four.root / ".git").iterdir())
    with pytest.raises(GitFailed, match="fast-import"):
        series._made(git, "f" * 40, [Link({"records/x.txt": b"x\n"}, "m\n")])
    assert sorted(path.name for path in (four.root / ".git").iterdir()) == before


def test_a_path_may_hold_any_sign(four: Place) -> None:
    git = _named(four)
    odd = 'records/evidence/a "b" \\c\nd é'
    oid = series._made(git, str(git.head()), [Link({odd: b"x\n"}, "m\n"), Link({odd: None}, "m\n")])
    assert CommitTree(git, oid[0]).read(odd) == b"x\n"
    assert git.run("diff", "--name-only", "HEAD", oid[1]).text == ""
    assert git.run("for-each-ref", "--format=%(refname)").text == "refs/heads/main"
    assert not (four.root / ".git" / "refs" / "partnerkit").exists()
