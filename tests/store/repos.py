"""Real repositories for the tests of the store, away from the machine's own git settings."""

from __future__ import annotations

import os
import stat
import subprocess
from pathlib import Path

import pytest

IDENTITY = {
    "GIT_AUTHOR_NAME": "Ada",
    "GIT_AUTHOR_EMAIL": "ada@example.org",
    "GIT_COMMITTER_NAME": "Ada",
    "GIT_COMMITTER_EMAIL": "ada@example.org",
}

# What pre-commit 4 does around the hooks it runs (its staged_files_only.py and commands/run.py), held against the real one
# by hand: it takes away what is not staged, also puts it back when interrupted, gives up the hooks' own changes where
# they are in the way of that, and says no when a hook changed a file.
#: What stays in git's folder: the lock, the commits whose files are kept, and verdicts with what SQLite plays back.
_STAYS = {"lock", "kept", "verdicts.sqlite", "verdicts.sqlite-journal"}

LIKE_PRE_COMMIT = """#!/bin/sh
patch="{cache}/patch$(date +%s)-$$"
clear() {{ git -c submodule.recurse=0 checkout -- .; }}
apply() {{ git apply --whitespace=nowarn "$patch" || git -c core.autocrlf=false apply --whitespace=nowarn "$patch"; }}
restore() {{ trap - INT; apply || {{ clear && apply; }} || exit 3; }}
changes() {{ git diff --no-ext-diff --no-textconv --ignore-submodules | git hash-object --stdin; }}
tree=$(git write-tree) || exit 3
git diff-index --ignore-submodules --binary --exit-code --no-color --no-ext-diff "$tree" -- > "$patch"
case $? in
0) restore() {{ :; }} ;;
1) trap 'restore; exit 130' INT; clear || {{ restore; exit 3; }} ;;
*) exit 3 ;;
esac
before=$(changes)
( {does} )
code=$?
[ "$before" = "$(changes)" ] || code=1
restore
exit $code
"""


class Repo:
    """A repository and a quick way to ask git about it."""

    def __init__(self, root: Path) -> None:
        self.root = root

    def git(self, *args: str, ok: bool = True, stdin: bytes | None = None) -> str:
        found = subprocess.run(["git", *args], cwd=self.root, input=stdin, capture_output=True, check=False)
        assert not ok or found.returncode == 0, (args, found.stderr)
        return found.stdout.decode()

    def said_path(self, root: Path, name: str) -> Path:
        """Where git says that it keeps something."""
        return Path(self.git("-C", str(root), "rev-parse", "--path-format=absolute", "--git-path", name).strip())

    def write(self, path: str, data: bytes | str, mode: int | None = None) -> None:
        full = self.root / path
        full.parent.mkdir(parents=True, exist_ok=True)
        full.write_bytes(data.encode() if isinstance(data, str) else data)
        if mode is not None:
            full.chmod(mode)

    def land(self, **files: str) -> str:
        for name, text in files.items():
            self.write(name.replace("__", "/") + ".yaml", text)
        self.git("add", "-A")
        self.git("commit", "-q", "--no-verify", "-m", "by hand")
        return self.git("rev-parse", "HEAD").strip()

    def hook(self, name: str, script: str) -> None:
        self.write(f".git/hooks/{name}", script, 0o755)

    def hook_runner(self, cache: Path, does: str = "true") -> None:
        """A hook runner like pre-commit, and what its hooks do: a line of shell."""
        self.hook("pre-commit", LIKE_PRE_COMMIT.format(cache=cache, does=does))

    def make_foreign_changes(self) -> None:
        """Leave every kind of uncommitted work that is none of partnerkit's business."""
        for name in ("dirty", "both", "gone", "assumed", "mode"):
            self.write(f"other/{name}.txt", f"{name} as committed\n")
        (self.root / "other/link").symlink_to("dirty.txt")
        self.git("add", "other")
        self.git("commit", "-q", "--no-verify", "-m", "other files")
        self.write("other/dirty.txt", b"dirty by hand\x00\xff\r\n")
        self.write("other/both.txt", "staged by hand\n")
        self.write("other/new.txt", "staged and new\n")
        self.git("add", "other/both.txt", "other/new.txt")
        self.write("other/both.txt", "staged, then dirty\n")
        (self.root / "other/gone.txt").unlink()
        self.git("update-index", "--assume-unchanged", "other/assumed.txt")
        self.write("other/assumed.txt", "local settings\n")
        (self.root / "other/mode.txt").chmod(0o755)
        (self.root / "other/link").unlink()
        (self.root / "other/link").symlink_to("both.txt")
        self.write("other/untracked.txt", "untracked\n")

    def disk(self, below: str = "") -> dict[str, tuple[str, bytes]]:
        """Everything in the working tree, byte for byte."""
        found = {}
        for full in sorted((self.root / below).rglob("*")):
            path = str(full.relative_to(self.root))
            if path == ".git" or path.startswith(".git/"):
                continue
            mode = full.lstat().st_mode
            if stat.S_ISLNK(mode):
                found[path] = ("link", os.fsencode(os.readlink(full)))
            elif stat.S_ISDIR(mode):
                found[path] = ("folder", b"")
            else:
                found[path] = (oct(stat.S_IMODE(mode)), full.read_bytes())
        return found

    def state(self) -> tuple[object, ...]:
        """Everything a user can see: disk, index, branches, stash, and what git keeps lying about."""
        return (
            self.disk(),
            self.index(),
            self.git("for-each-ref"),
            self.git("rev-parse", "HEAD", ok=False),
            self.litter(),
        )

    def index(self, *paths: str) -> str:
        return self.git("ls-files", "-s", "-v", "-z", "--", *paths)

    def litter(self) -> list[str]:
        """Locks and leftovers."""
        inside = self.root / ".git"
        locks = [str(path) for path in inside.rglob("*.lock")]
        ours = [str(path) for path in (inside / "partnerkit").glob("*") if path.name not in _STAYS]
        return locks + ours + [path for path in self.disk() if ".partnerkit-" in path]


@pytest.fixture
def calm_git(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Git without this machine's settings, as Ada."""
    make_calm(monkeypatch, tmp_path)


def make_calm(patch: pytest.MonkeyPatch, home: Path) -> None:
    """The same, for as long as a patch lasts."""
    for name in [name for name in os.environ if name.startswith("GIT_")]:
        patch.delenv(name)
    for name, value in IDENTITY.items():
        patch.setenv(name, value)
    patch.setenv("GIT_CONFIG_GLOBAL", os.devnull)
    patch.setenv("GIT_CONFIG_SYSTEM", os.devnull)
    patch.setenv("HOME", str(home))


@pytest.fixture
def empty(tmp_path: Path, calm_git: None) -> Repo:
    """A repository on a branch without commits."""
    repo = Repo(tmp_path / "register")
    repo.root.mkdir()
    repo.git("init", "-q", "-b", "main")
    return repo


@pytest.fixture
def repo(empty: Repo) -> Repo:
    """A repository with two records."""
    empty.land(records__a="a: 0\n", records__b="b: 0\n")
    return empty
