"""New trees given to git in one piece: the same as git makes of an index, and on the disk when that returns."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from partnerkit.errors import CannotWorkError
from partnerkit.store.commit.journal import Held
from partnerkit.store.commit.planting import _FEW, planted
from partnerkit.store.git.repository import Git
from tests.store.repos import Repo

DEEP = "records/x/y/z.yaml"
#: Names whose order as folders is not that of their bytes, and one that no text holds.
ODD = ["a", "a.b", "a-b", "a0", "ä", "z\udcff"]
STOOD = {
    "a/one": "100644",
    "a.b": "100644",
    "a-b/one": "100755",
    "records/a.yaml": "100644",
    "records/b.yaml": "120000",
    DEEP: "100644",
    "sub": "160000",
    "top": "100644",
}
CASES: dict[str, dict[str, bytes | None]] = {
    "nothing": {},
    "another text": {"records/a.yaml": b"a: 1\n"},
    "new folders": {f"{name}/{other}/n.yaml": name.encode("utf-8", "surrogateescape") for name in ODD for other in ODD},
    "a folder that is empty then": {DEEP: None},
    "a folder that keeps another": {DEEP: None, "records/x/y/w.yaml": b"w\n", "records/x/y/w-": b""},
    "a file where a folder was": {"records/x/y/z.yaml": None, "records/x": b"x\n"},
    "a folder where a file was": {"a.b": None, "a.b/c": b"c\n"},
    "no file of that name, but a folder": {"records": None, "records/x/y": None},
    "what was a link": {"records/b.yaml": b"plain\n"},
    "the same bytes twice, and many": {"p": b"p", "q/p": b"p", "large": b"0123456789" * 100_000, "none": b""},
    "everything gone": dict.fromkeys(STOOD),
}


def index_tree(repo: Repo, contents: dict[str, Held]) -> str:
    """The tree that git makes of the base with some files put or gone, in an index of its own."""
    repo.git("read-tree", "HEAD")
    gone = [path for path, one in contents.items() if one is None]
    rows = [f"0 {'0' * 40}\t{path}\0" for path in gone]
    rows += [f"{one[0]} {one[1]}\t{path}\0" for path, one in contents.items() if one is not None]
    repo.git("update-index", "-z", "--index-info", stdin="".join(rows).encode("utf-8", "surrogateescape"))
    return repo.git("write-tree").strip()


@pytest.fixture
def stood(repo: Repo) -> Repo:
    blob = repo.git("hash-object", "-w", "--stdin", stdin=b"stood\n").strip()
    head = repo.git("rev-parse", "HEAD").strip()
    rows = {path: (mode, head if mode == "160000" else blob) for path, mode in STOOD.items()}
    repo.git("read-tree", "--empty")
    info = "".join(f"{mode} {oid}\t{path}\0" for path, (mode, oid) in rows.items())
    repo.git("update-index", "-z", "--index-info", stdin=info.encode())
    repo.git("commit", "-q", "--no-verify", "-m", "stood")
    return repo


def test_a_tree_is_the_one_that_git_makes(stood: Repo) -> None:
    git = Git(stood.root)
    for name, case in CASES.items():
        blobs: dict[str, Held] = {
            path: None if raw is None else ("100644", git.blob_id(raw)) for path, raw in case.items()
        }
        started = git.processes
        found = planted(git, "HEAD", case)
        assert git.processes == started + 1, name
        assert found == index_tree(stood, blobs), name
        assert stood.git("fsck", "--strict", "--no-dangling", found) == "", name
        assert planted(git, "HEAD", blobs) == found, name


def test_what_stands_in_a_folder_keeps_its_mode_and_bytes(stood: Repo) -> None:
    found = planted(Git(stood.root), "HEAD", {"a-b/two": b"2"})
    before, after = (set(stood.git("ls-tree", "-r", "-t", one).splitlines()) for one in ("HEAD", found))
    assert {row.partition("\t")[2] for row in before ^ after} == {"a-b", "a-b/two"}


def test_a_mode_as_another_git_wrote_it_becomes_the_one_that_git_writes_now(stood: Repo) -> None:
    git, blob = Git(stood.root), stood.git("rev-parse", "HEAD:top").strip()
    rows = b"".join(
        b"%s %s\0%s" % (mode, name, bytes.fromhex(blob)) for mode, name in ((b"100664", b"a"), (b"100755", b"b"))
    )
    tree = stood.git("hash-object", "-t", "tree", "-w", "--literally", "--stdin", stdin=rows).strip()
    base = stood.git("commit-tree", "-m", "old", tree).strip()
    found = planted(git, base, {"c": b"c\n"})
    assert [row.split()[0] for row in stood.git("ls-tree", found).splitlines()] == ["100644", "100755", "100644"]
    assert stood.git("fsck", "--strict", "--no-dangling", found) == ""


@pytest.mark.parametrize("count", [1, _FEW + 1])
def test_what_is_changed_in_a_large_folder_is_changed_alone(stood: Repo, count: int) -> None:
    """In place where it is little; an id that looks like a row of the folder is told from one."""
    git = Git(stood.root)
    like = b"100644 n7\0" + b"8" * 10
    rows = {f"n{number}": like if number == 3 else bytes([number]) * 20 for number in range(100)}
    data = b"".join(b"100644 %s\0%s" % (name.encode(), oid) for name, oid in sorted(rows.items()))
    tree = stood.git("hash-object", "-t", "tree", "-w", "--literally", "--stdin", stdin=data).strip()
    base = stood.git("commit-tree", "-m", "large", tree).strip()
    new = {f"n{number}": b"new %d" % number for number in range(7, 7 + count)}
    found = stood.git("ls-tree", planted(git, base, new)).splitlines()
    wanted = {name: oid.hex() for name, oid in rows.items()} | {name: git.blob_id(one) for name, one in new.items()}
    assert {row.split()[3]: row.split()[2] for row in found} == wanted


def test_a_folder_that_no_git_writes_is_not_written_on(stood: Repo) -> None:
    blob = bytes.fromhex(stood.git("rev-parse", "HEAD:top").strip())
    tree = stood.git(
        "hash-object", "-t", "tree", "-w", "--literally", "--stdin", stdin=b"100644 a\0" + blob + b"100755 a\0" + blob
    ).strip()
    base = stood.git("commit-tree", "-m", "twice", tree).strip()
    with pytest.raises(CannotWorkError, match="written as none that git makes"):
        planted(Git(stood.root), base, {"c": b"c\n"})


@pytest.mark.parametrize("hash_", ["sha1", "sha256"])
def test_a_first_tree_has_nothing_before_it(tmp_path: Path, calm_git: None, hash_: str) -> None:
    repo = Repo(tmp_path)
    repo.git("init", "-q", f"--object-format={hash_}")
    found = planted(Git(tmp_path), None, {"records/a.yaml": b"a\n", "b": b"b\n"})
    assert repo.git("ls-tree", "-r", "--name-only", found).split() == ["b", "records/a.yaml"]
    assert repo.git("cat-file", "blob", f"{found}:records/a.yaml") == "a\n"


def test_all_of_it_is_on_the_disk(repo: Repo, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Git counts what it sees to the disk: each of the new objects, which here are a file and two folders."""
    git, told = Git(repo.root), tmp_path / "told"
    git.head()
    monkeypatch.setenv("GIT_TRACE2_EVENT", str(told))
    planted(git, "HEAD", {"records/c.yaml": b"c\n"})
    rows = [json.loads(row) for row in told.read_text().splitlines()]
    assert {row["value"] for row in rows if row.get("key") == "fsync/hardware-flush"} == {"3"}
