"""The one module that imports GitPython: a repository, and git's plumbing run in it."""

from __future__ import annotations

import functools
import os
import re
from collections.abc import Callable, Collection, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Unpack, cast

from partnerkit.errors import CannotWorkError, WrongCallError
from partnerkit.hashing import Hashing
from partnerkit.pattern import pattern
from partnerkit.store.git import environment, facts, surroundings
from partnerkit.store.git.facts import Facts
from partnerkit.store.git.results import GitFailed, Result
from partnerkit.store.git.starting import STARTED_HERE, no_git, started
from partnerkit.store.git.surroundings import BUSY, DEEPEN, DETACHED

if TYPE_CHECKING:
    from subprocess import Popen

    from git.cmd import Git as GitPython

    from partnerkit.store.git.configured import Configured, Identity
    from partnerkit.store.git.objects import Objects
    from partnerkit.store.git.results import How
    from partnerkit.store.git.trees import CommitTree
    from partnerkit.store.git.writing import Writing

OLDEST_GIT = (2, 36)
#: What git writes there itself, in words that need no rule to be read; anything else git has to read.
_ON_A_BRANCH = pattern(rb"ref: (refs/heads/[a-z0-9][a-z0-9/-]*)\n")
_HOOKS = "hooks"
#: How git ends over what it cannot make out, such as HEAD@{1000000}.
_FATAL = 128
#: How a revision is written that may lie before where a history was cut off.
_FURTHER_BACK = pattern(r"[~^@]|\A[0-9a-f]{4,64}\Z")


class Git:
    """A repository with a working tree, and git run inside it.

    Attributes:
        root: the top of the working tree.
        processes: how many git processes were started, for benchmarks.
        writing: set while this process holds the write lock (see `commit.writing`).
        may_be_bare: whether it may have no working tree; `root` is then git's own folder.
        attempted: the commits to which this process moved the branch, or was about to: for whoever is interrupted.
        looked: the paths in the working tree that were read, or looked for, or of which git said that they differ.
        remembers: whether files that were found right before are known to be; else all that is read is judged.
        last_tree: the commit whose files were read last, with what was read of its folders.
    """

    def __init__(self, root: Path, *, may_be_bare: bool = False) -> None:
        environment.scrub()
        self.root = root
        self.may_be_bare = may_be_bare
        self.processes = 0
        self.writing: Writing | None = None
        self.attempted: list[str] = []
        self.looked: set[str] = set()
        self.remembers = True
        self.last_tree: CommitTree | None = None
        self._said: dict[tuple[str, ...], Result] = {}

    @classmethod
    def discover(cls, start: Path, *, bare: bool = False) -> Git:
        """Find the repository that holds `start`: a main working tree, a linked one or a submodule.

        Args:
            start: a folder in it.
            bare: whether one without a working tree will do, because only commits are read.

        Raises:
            WrongCallError: there is no such folder.
            CannotWorkError: there is no repository, it has no working tree, or git is missing.
        """
        if not start.is_dir():
            raise WrongCallError(f"{start} is not a folder", "give a folder inside the register to -C")
        found = cls(start, may_be_bare=bare)
        # What only reads the working tree needs no git process: everything else about the repository is asked late.
        found.root = surroundings.plain_root(start) or found._facts.root
        return found

    def run(self, *args: str, **how: Unpack[How]) -> Result:
        """Run one git command at the root and wait for it.

        Args: as `start`.

        Raises:
            GitFailed: any other exit code, with git's own words.
        """
        return self.start(*args, **how)()

    def start(self, *args: str, **how: Unpack[How]) -> Callable[[], Result]:
        """Start one git command at the root; what is returned gives it its input, and waits for it as `run` does.

        Args:
            args: the command and its arguments; text from records never belongs here, but into `stdin`.
            how: what goes with it.
        """
        config, stdin = how.get("config") or {}, how.get("stdin")
        settings = [part for key, value in config.items() for part in ("-c", f"{key}={value}")]
        self.processes += 1
        env = {**(environment.PLUMBING if how.get("plumbing", True) else {}), **(how.get("env") or {})}
        begin = functools.partial(started, self.root) if args[0] in STARTED_HERE else self._by_gitpython
        process = begin(["git", *settings, *args], env, how.get("pass_fds", ()), fed=stdin is not None)

        def ended() -> Result:
            out, err = process.communicate(stdin)
            result = Result(process.returncode, out, err.decode("utf-8", "replace"))
            if result.code not in how.get("ok", (0,)):
                raise GitFailed(args, result.code, result.err)
            return result

        return ended

    def _by_gitpython(
        self, command: Sequence[str], env: Mapping[str, str], pass_fds: Collection[int], *, fed: bool
    ) -> Popen[bytes]:
        istream = -1 if fed else None  # -1 is subprocess.PIPE
        process = self._runner.execute([*command], istream=istream, as_process=True, env=env, pass_fds=tuple(pass_fds))
        return cast("Popen[bytes]", process)  # it hands on what is asked of it

    def once(self, *args: str) -> Result:
        """Run a git command that names commits by their ids only: what it says cannot change, and is remembered."""
        if args not in self._said:
            self._said[args] = self.run(*args)
        return self._said[args]

    def head(self) -> str | None:
        """Return the commit that HEAD names; None on a branch without commits."""
        if (found := self.objects.what("HEAD^{commit}")) is not None:
            return found.oid
        # Either there is none yet, or git has something to say about it.
        return self.run("rev-parse", "--verify", "--quiet", "HEAD^{commit}", ok=(0, 1)).text or None

    def branch(self) -> str | None:
        """Return the full name of the branch that HEAD names; None when HEAD is detached."""
        head = self.git_path("HEAD.lock").with_name("HEAD")
        if head.is_file() and (found := _ON_A_BRANCH.fullmatch(head.read_bytes())):
            return found[1].decode()
        return self.run("symbolic-ref", "--quiet", "HEAD", ok=(0, 1)).text or None

    def resolve(self, rev: str) -> str:
        """Return the commit id that a revision means.

        Raises:
            WrongCallError: no commit is called so.
            CannotWorkError: this clone does not hold it, because history was cut off.
        """
        if (found := self.known(rev)) is not None:
            return found
        if _FURTHER_BACK.search(rev) and self.is_shallow():
            message = f"{rev!r} names no commit that this clone holds: history was cut off when it was made"
            raise CannotWorkError(message, DEEPEN)
        raise WrongCallError(
            f"{rev!r} names no commit here",
            "see git log --oneline, or git branch --all; in CI, fetch it first",
        )

    def known(self, rev: str) -> str | None:
        """Return the commit id that a revision means; None where no commit here is called so."""
        try:
            found = self.objects.what(f"{rev}^{{commit}}") if rev else None
        except GitFailed as failed:
            if failed.code != _FATAL:
                raise
            found = None
        return found.oid if found is not None else None

    def git_path(self, name: str) -> Path:
        """Return where git keeps `name` for this working tree, as an absolute path."""
        known, folder = self._facts.paths, self._facts.folder
        if folder is not None and name != _HOOKS:
            return folder / name
        if folder is not None and name not in known:
            known |= facts.told(self).paths
        top, _, rest = name.partition("/")
        if name not in known and top == "partnerkit":
            return known[top] / rest
        if name not in known:
            known[name] = Path(self.run("rev-parse", "--path-format=absolute", "--git-path", name).text)
        return known[name]

    def hooks(self, *, moved: bool) -> Path:
        """Return where hooks lie.

        Args:
            moved: whether any configuration names a folder for them (core.hooksPath).
        """
        folder = self._facts.folder
        return self.git_path(_HOOKS) if moved or folder is None else folder / _HOOKS

    def identity(self) -> Identity:
        """Return who acts, from GIT_AUTHOR_* or user.*; nothing is ever made up from the machine's name.

        Raises:
            CannotWorkError: nobody is configured.
        """
        return self._identity

    def setting(self, name: str) -> str | None:
        """Return a path that this clone's own configuration gives, `~` made whole; None where it says nothing."""
        config = self.root / ".git" / "config"
        # Asked often and set seldom: a plain file that never names the section saves the process.
        if config.is_file() and f"[{name.partition('.')[0]}" not in config.read_text("utf-8", "replace").lower():
            return None
        return self.run("config", "--local", "--type=path", "--get", name, ok=(0, 1)).text or None

    def busy(self) -> str | None:
        """Say why no commit may be made now; None when one may."""
        return self.in_progress() or (DETACHED if self.branch() is None else None)

    def in_progress(self) -> str | None:
        """Say what git is in the middle of: a merge, a rebase …; None when nothing."""
        for name, what, mend in BUSY:
            if self.git_path(name).exists() or self._pseudo_ref(name):
                return f"git is in the middle of {what}; finish it first: {mend}"
        return None

    def version(self) -> tuple[int, ...]:
        """Return git's version as numbers."""
        return tuple(map(int, re.findall(r"\d+", self.once("version").text)[:3]))

    def is_bare(self) -> bool:
        """Tell whether there is no working tree."""
        return self._facts.bare

    def is_shallow(self) -> bool:
        """Tell whether history was cut off when this repository was cloned."""
        return self._facts.shallow

    def blob_id(self, data: bytes) -> str:
        """Return the id that git gives these bytes."""
        return self.object_id("blob", data)

    def object_id(self, kind: str, data: bytes) -> str:
        """Return the id that git gives an object of a kind that holds these bytes."""
        return self.digest(b"%s %d\0%s" % (kind.encode(), len(data), data)).hex()

    def digest(self, data: bytes) -> bytes:
        """Return what this repository's ids and packs are known by, of any bytes."""
        found: bytes = self._hash(data).digest()
        return found

    @property
    def no_commit(self) -> str:
        """The id of nothing: all zeros, as long as this repository's ids."""
        return "0" * len(self.blob_id(b""))

    @functools.cached_property
    def real_root(self) -> Path:
        """The top of the working tree, no link on the way to it."""
        return Path(os.path.realpath(self.root))

    @functools.cached_property
    def objects(self) -> Objects:
        """What git holds."""
        from partnerkit.store.git.objects import BATCH, Objects  # noqa: PLC0415 - what lies on the disk needs no git

        return Objects(lambda: started(self.root, ["git", *BATCH], environment.PLUMBING, fed=True))

    @functools.cached_property
    def _hash(self) -> Hashing:
        return Hashing(name=self._facts.object_format)

    @functools.cached_property
    def _runner(self) -> GitPython:
        try:
            # Late: it costs six interpreter starts, and many commands never ask git anything.
            from git.cmd import Git as GitPython  # noqa: PLC0415
        except ImportError as problem:
            raise no_git() from problem
        return GitPython(self.root)

    @functools.cached_property
    def _facts(self) -> Facts:
        return facts.plain(self.root) or facts.told(self, may_be_bare=self.may_be_bare)

    @functools.cached_property
    def configured(self) -> Configured:
        """What is configured of who acts and of how commits are made."""
        from partnerkit.store.git.configured import Configured  # noqa: PLC0415 - for whoever writes

        return Configured.asked(self)

    @functools.cached_property
    def _identity(self) -> Identity:
        from partnerkit.store.git.configured import demand_identity  # noqa: PLC0415 - for whoever writes

        return self.configured.identity or demand_identity(self)

    def _pseudo_ref(self, name: str) -> bool:
        """With the reftable format these two are refs, not files."""
        if name not in {"CHERRY_PICK_HEAD", "REVERT_HEAD"} or not self.git_path("reftable").is_dir():
            return False
        return self.run("rev-parse", "--verify", "--quiet", name, ok=(0, 1)).code == 0
