"""Trees: a commit and the working tree give the same answers."""

from __future__ import annotations

import hashlib
import os
from pathlib import Path

import pytest

from partnerkit.errors import CannotWorkError
from partnerkit.store.git.blobs import read_blobs
from partnerkit.store.git.entries import Entry
from partnerkit.store.git.repository import Git
from partnerkit.store.git.trees import CommitTree, Tree, WorkingTree
from tests.store.repos import Repo


def both(repo: Repo) -> list[Tree]:
    git = Git.discover(repo.root)
    return [WorkingTree(git), CommitTree(git, str(git.head()))]


def modes(tree: Tree, prefix: str = "") -> dict[str, str]:
    return {path: entry.mode for path, entry in tree.files(prefix).items()}


def test_both_trees_agree(repo: Repo) -> None:
    data = b"\x00\r\n\xff" * 3000
    repo.write("records/sub/bytes.bin", data)
    repo.write("records/empty.yaml", b"")
    repo.write("records-old/x.yaml", "x\n")
    repo.write("records/run.sh", "#!/bin/sh\n", 0o755)
    repo.write("records/dé\nx.yaml", "odd name\n")
    (repo.root / "records/link.yaml").symlink_to("a.yaml")
    repo.land()
    disk, landed = both(repo)
    assert modes(disk) == modes(landed)
    assert modes(disk, "records/sub") == modes(landed, "records/sub/") == {"records/sub/bytes.bin": "100644"}
    assert "records-old/x.yaml" not in landed.files("records")
    assert modes(landed, "nowhere") == modes(disk, "nowhere") == {}
    assert modes(landed, "records/a.yaml") == modes(disk, "records/a.yaml") == {"records/a.yaml": "100644"}
    paths = [*disk.files(), "no/such.yaml", "../outside", "records"]
    assert disk.read_many(paths) == landed.read_many(paths)
    for tree in (disk, landed):
        assert tree.read("records/sub/bytes.bin") == data
        assert tree.digest("records/sub/bytes.bin") == "sha256:" + hashlib.sha256(data).hexdigest()
        assert tree.read("records/empty.yaml") == b""
        assert tree.read("records/link.yaml") is None
        assert tree.digest("records") is None


def test_what_is_gone_is_known_as_it_was_last(repo: Repo) -> None:
    """Both trees know what commits took away, and the working tree what only lies there no more; not what is back."""
    for name in ("back", "left", "lying"):
        repo.write(f"records/{name}.yaml", f"{name} 1\n")
    repo.write("elsewhere.yaml", "x\n")
    repo.land()
    repo.write("records/left.yaml", "left 2\n")
    repo.land()
    for path in ("records/back.yaml", "records/left.yaml", "elsewhere.yaml"):
        (repo.root / path).unlink()
    repo.land()
    repo.write("records/back.yaml", "back 2\n")
    repo.land()
    (repo.root / "records/lying.yaml").rename(repo.root / "records/other.yaml")
    disk, landed = both(repo)
    assert landed.gone("records/") == {"records/left.yaml": b"left 2\n"}
    assert disk.gone("records/") == {"records/left.yaml": b"left 2\n", "records/lying.yaml": b"lying 1\n"}
    before = CommitTree(Git.discover(repo.root), repo.git("rev-parse", "HEAD~2").strip())
    assert before.gone("records/") == {}


def test_working_tree_never_follows_links_and_never_leaves(repo: Repo, tmp_path: Path) -> None:
    (tmp_path / "secret").mkdir()
    (tmp_path / "secret/x.yaml").write_text("secret")
    (repo.root / "records/out").symlink_to(tmp_path / "secret")
    tree = WorkingTree(Git.discover(repo.root))
    assert tree.files("records")["records/out"] == Entry("120000")
    assert tree.files("records/out/deeper") == {"records/out": Entry("120000")}
    for path in (
        "records/out/x.yaml",
        "../secret/x.yaml",
        str(tmp_path / "secret/x.yaml"),
        ".git/config",
        ".GIT/config",
    ):
        assert tree.read(path) is None
    assert tree.files("../secret") == {}


def test_odd_things_are_named(repo: Repo) -> None:
    os.mkfifo(repo.root / "records/pipe.yaml")
    inner = Repo(repo.root / "records/inner")
    inner.root.mkdir()
    inner.git("init", "-q")
    tree = WorkingTree(Git.discover(repo.root))
    found = modes(tree, "records")
    assert (found["records/pipe.yaml"], found["records/inner"]) == ("000000", "160000")
    assert tree.read("records/pipe.yaml") is None
    assert not any(path.startswith("records/inner/") for path in found)


def test_replaced_objects_do_not_fool_us(repo: Repo) -> None:
    git = Git.discover(repo.root)
    old = str(git.head())
    new = repo.land(records__a="a: forged\n")
    repo.git("replace", old, new)
    assert CommitTree(git, old).read("records/a.yaml") == b"a: 0\n"


def test_a_commit_is_read_as_git_lists_it(repo: Repo) -> None:
    odd = ["records/a/b/c/deep.yaml", "records/a.yaml", "records/a-b.yaml", "records/a/z.yaml", "ümläut/ß.md", "top"]
    for path in [*odd, "a" + "/a" * 1_200]:
        blob = repo.git("hash-object", "-w", "--stdin", stdin=path.encode()).strip()
        repo.git("update-index", "--add", "--cacheinfo", f"100644,{blob},{path}")
    repo.git("commit", "-q", "-m", "odd ones")
    listed = [one.split("\t") for one in repo.git("ls-tree", "-r", "-z", "HEAD").split("\0")[:-1]]
    tree = CommitTree(Git(repo.root), "HEAD")
    assert [(path, f"{one.mode} blob {one.oid}") for path, one in tree.files().items()] == [
        (path, meta) for meta, path in listed
    ]
    assert (
        list(tree.files("records/a"))
        == list(tree.files("records/a/"))
        == ["records/a/b/c/deep.yaml", "records/a/z.yaml"]
    )
    assert tree.files("records/a.yaml") == {"records/a.yaml": tree.entry("records/a.yaml")}
    assert tree.files("records/none") == tree.files("top/none") == tree.files("records/a.yaml/none") == {}
    for path in ("records", "none", "none/a", "top/a", "records/a", "records/a/none", "", "/top", "top/"):
        assert CommitTree(Git(repo.root), "HEAD").read(path) is None
    deep = CommitTree(Git(repo.root), "HEAD")
    assert deep.read("a" + "/a" * 1_200) == ("a" + "/a" * 1_200).encode()


def _made(repo: Repo, *rows: tuple[str, str, str]) -> str:
    """A tree as no git writes it."""
    data = b"".join(f"{mode} {name}".encode() + b"\0" + bytes.fromhex(oid) for mode, name, oid in rows)
    words = ("hash-object", "-t", "tree", "-w", "--stdin", "--literally")
    return repo.git(*words, stdin=data).strip()


def test_modes_are_read_as_git_reads_them(repo: Repo) -> None:
    """A folder whose mode has a zero too many is one for git, and hides nothing from us."""
    blob, tree = (repo.git("rev-parse", name).strip() for name in ("HEAD:records/a.yaml", "HEAD:records"))
    rows = [
        ("100664", "a", blob),
        ("0100755", "b", blob),
        ("120777", "c", blob),
        ("040000", "d", tree),
        ("160000", "e", blob),
    ]
    odd = _made(repo, *rows)
    listed = [one.split("\t") for one in repo.git("ls-tree", "-r", "-z", odd).split("\0")[:-1]]
    found = CommitTree(Git(repo.root), odd).files()
    assert {path: one.mode for path, one in found.items()} == {path: meta.split()[0] for meta, path in listed}
    assert "d/a.yaml" in found


@pytest.mark.parametrize(
    "rows",
    [
        (("100644", "a", "1" * 40), ("40000", "a", "2" * 40)),
        (("40000", "a", "1" * 40), ("40000", "a", "2" * 40)),
        (("100644", "", "1" * 40), ("100644", "a", "2" * 40)),
        (("100644", "a/b", "1" * 40),),
        (("100844", "a", "1" * 40), ("100644", "b", "2" * 40)),
        (("100644", "a", "1" * 38),),
        (("40000100644", "a", "1" * 40),),
    ],
    ids=["a file and a folder", "twice", "no name", "a path", "no mode", "cut off", "a mode that is no number of bits"],
)
def test_a_folder_that_readers_might_read_otherwise_is_refused(repo: Repo, rows: list[tuple[str, str, str]]) -> None:
    tree = CommitTree(Git(repo.root), _made(repo, *rows))
    with pytest.raises(CannotWorkError, match="written as none that git makes"):
        tree.files()


def test_an_incomplete_clone_is_named(repo: Repo) -> None:
    with pytest.raises(CannotWorkError, match="incomplete"):
        read_blobs(Git(repo.root), ["1" * 40])
