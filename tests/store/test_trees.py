"""Trees: a commit and the working tree give the same answers."""

from __future__ import annotations

import hashlib
import os
from pathlib import Path

import pytest

from partnerkit.errors import CannotWorkError
from partnerkit.store.git.repository import Git
from partnerkit.store.git.trees import CommitTree, Entry, Tree, WorkingTree, read_blobs
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


def test_an_incomplete_clone_is_named(repo: Repo) -> None:
    with pytest.raises(CannotWorkError, match="incomplete"):
        read_blobs(Git(repo.root), ["1" * 40])
