"""Which files two trees hold differently is told as git tells it."""

from __future__ import annotations

from random import Random

import pytest

from partnerkit.errors import CannotWorkError
from partnerkit.store.git.attributes import changing
from partnerkit.store.git.differing import between, unlike
from partnerkit.store.git.entries import Folder
from partnerkit.store.git.objects import Object
from partnerkit.store.git.repository import Git
from partnerkit.store.git.trees import CommitTree
from tests.store.repos import Repo

#: Names that git puts in another order than plain text: a folder is sorted as if a slash stood at its end.
_NAMES = ("a", "a-b", "a.c", "ab", "\u00e9", "\U0001f600", "b")
_MODES = ("100644", "100755", "120000", "160000")


def _tree(repo: Repo, chance: Random, blobs: list[str]) -> str:
    """Some files and folders, one below the other; what is a file in one tree may be a folder in another."""

    def folder(depth: int) -> str:
        rows = []
        for name in chance.sample(_NAMES, chance.randint(1, len(_NAMES))):
            if depth and chance.random() < 0.4:
                rows.append(f"040000 tree {folder(depth - 1)}\t{name}")
            else:
                mode = chance.choice(_MODES)
                what = f"commit {chance.choice('12') * 40}" if mode == "160000" else f"blob {chance.choice(blobs)}"
                rows.append(f"{mode} {what}\t{name}")
        return repo.git("mktree", "-z", "--missing", stdin="".join(f"{row}\0" for row in rows).encode()).strip()

    return folder(2)


@pytest.mark.parametrize("seed", [1, 2])
def test_what_differs_is_told_as_git_tells_it(repo: Repo, seed: int) -> None:
    chance = Random(seed)  # noqa: S311 - nothing secret
    blobs = [repo.git("hash-object", "-w", "--stdin", stdin=text).strip() for text in (b"one\n", b"two\n")]
    one, other = (_tree(repo, chance, blobs) for _ in range(2))
    git = Git.discover(repo.root)
    told = git.run("diff-tree", "-r", "-z", "--raw", "--no-renames", "--no-abbrev", one, other).fields
    nothing = ("000000", git.no_commit)
    found = between(CommitTree(git, one), CommitTree(git, other))

    assert [one.path for one in found] == told[1::2] != []
    rows = [(*(one.was or nothing), *(one.now or nothing)) for one in found]
    assert [f":{was} {now} {old} {new}" for was, old, now, new in rows] == [row.rpartition(" ")[0] for row in told[::2]]
    assert between(CommitTree(git, one), CommitTree(git, one)) == ()


def test_attributes_of_a_tree_are_those_on_the_way_to_a_file(repo: Repo) -> None:
    """Those beside the way, and those that lie in the working tree alone, say nothing."""
    repo.write(".gitattributes", "*.low ident\n")
    repo.write("a/b/.gitattributes", "*.bin filter=up\n")
    repo.write("a/c/.gitattributes", "* filter=other\n")
    for path in ("x.low", "a/b/x.bin", "a/b/x.low", "a/x.bin", "a/b/d/y.bin"):
        repo.write(path, "x\n")
    git = Git.discover(repo.root)
    tree = CommitTree(git, repo.land())
    repo.write("a/.gitattributes", "* eol=crlf\n")

    files = ["a/b/d/y.bin", "a/b/x.bin", "a/b/x.low", "a/x.bin", "x.low"]
    assert changing(git, files, tree=tree) == {
        "filter=up": ["a/b/d/y.bin", "a/b/x.bin"],
        "ident": ["a/b/x.low", "x.low"],
    }
    assert changing(git, ["a/x.bin"], tree=tree) == {}


def test_a_file_that_is_called_like_no_attribute_says_nothing_of_others(repo: Repo) -> None:
    names = ("text", "eol=lf", "crlf", "filter=up", "ident", "working-tree-encoding=utf-16")
    repo.write(".gitattributes", f"a {' '.join(names)}\n")
    for path in ("unset", "a", "b"):
        repo.write(path, "x\n")
    git = Git.discover(repo.root)
    assert changing(git, ["unset", "b"]) == {}
    assert changing(git, ["unset", "a"]) == {name: ["a"] for name in names}


def _plain(chance: Random, held: dict[str, bytes]) -> Folder:
    """A folder of plain files as git writes it, some of what it held with another content, under another name, gone."""
    new = dict(held)
    for name in chance.sample(sorted(held), min(len(held), chance.randrange(3))):
        row = new.pop(name)
        if chance.random() < 0.6:
            new[name] = row if chance.random() < 0.3 else _held(chance)
        if chance.random() < 0.3:
            new[chance.choice((f"{name}a", f"{name}b", f"b100644 {name}"))] = row
    return Folder(
        Object("0" * 40, "tree", 0, b"".join(b"100644 %s\0%s" % (one.encode(), new[one]) for one in sorted(new)))
    )


def _held(chance: Random) -> bytes:
    """The id of a blob: that of one may end as the whole row of another does."""
    return b"".join(chance.choice((b"100644 a\0", b"a\0", b"\0", b"a")) for _ in range(20))[-20:]


@pytest.mark.parametrize("seed", range(5))
def test_of_plain_files_those_are_told_that_differ(seed: int) -> None:
    chance = Random(seed)  # noqa: S311 - nothing secret
    for _ in range(300):
        held = {"a" * length: _held(chance) for length in range(1, chance.randrange(2, 9))}
        one, other = _plain(chance, held), _plain(chance, held)
        assert unlike(one, other) == {name for name, _entry in dict(one).items() ^ dict(other).items()}


@pytest.mark.parametrize("seed", range(5))
def test_of_a_folder_like_another_the_same_is_told(seed: int) -> None:
    """Whatever differs, whatever else stands there, and however it is written."""
    chance = Random(seed)  # noqa: S311 - nothing secret
    for _ in range(300):
        held = {"a" * length: _held(chance) for length in range(1, chance.randrange(1, 9))}
        like, other = _plain(chance, held), _plain(chance, held).data
        if chance.random() < 0.2:
            other += b"%s z\0%s" % (chance.choice((b"40000", b"100755", b"100644", b"0100644")), _held(chance))
        if chance.random() < 0.2:
            cut = chance.randrange(len(other) + 1)
            other = other[:cut] + other[cut + 1 :]
        assert _told(other, like) == _told(other, None)


def _told(data: bytes, like: Folder | None) -> object:
    try:
        found = Folder(Object("0" * 40, "tree", 0, data), like)
    except CannotWorkError as error:
        return error.message
    return dict(found), found.odd, found.is_plain and found.starts
