"""The user's commit hooks, run around our commit as git commit would run them."""

from __future__ import annotations

import fcntl
import os
from collections.abc import Collection
from pathlib import Path

from partnerkit.store.commit.journal import Run
from partnerkit.store.commit.refusals import HookRefused
from partnerkit.store.disk import files
from partnerkit.store.git import environment
from partnerkit.store.git.repository import Git

BEFORE = ("pre-commit", "prepare-commit-msg", "commit-msg")
AFTER = "post-commit"
ON_MOVING = "reference-transaction"
INSIDE = "PARTNERKIT_INSIDE_HOOK"


def installed(folder: Path | None) -> frozenset[str]:
    """Name the hooks that would run; no git process is started for the others.

    Args:
        folder: where they lie; None where git's configuration names some too (hook.*, git 2.54 and newer).
    """
    names = {*BEFORE, AFTER}
    if folder is None:
        return frozenset(names)
    return frozenset(name for name in names if (folder / name).is_file() and os.access(folder / name, os.X_OK))


def none(folder: Path | None) -> bool:
    """Tell whether nothing of the user's runs at a commit, nor when a branch moves."""
    return folder is not None and not any((folder / name).exists() for name in (*BEFORE, AFTER, ON_MOVING))


def before(git: Git, run: Run, names: Collection[str], message: str) -> str:
    """Run the hooks that may refuse; return the message as they left it.

    Raises:
        HookRefused: one said no, or left no message.
    """
    letter = run.folder / "COMMIT_EDITMSG"
    files.write_new(letter, message.encode())
    files.write_new(run.alive, b"")
    alive = os.open(run.alive, os.O_RDWR | os.O_CLOEXEC)
    try:
        # The hook and its children inherit this lock: after a crash it tells whether any of them still works.
        fcntl.flock(alive, fcntl.LOCK_EX)
        for name in BEFORE:
            if name in names:
                _run(git, run, name, _arguments(name, letter), alive)
    finally:
        os.close(alive)
    # They came back, so whatever still holds the lock is a daemon that one of them left behind.
    files.remove(run.alive)
    return _tidy(letter.read_text("utf-8", "replace"))


def after(git: Git) -> None:
    """Run post-commit; what it says changes nothing."""
    env = {**environment.for_hooks(), INSIDE: "1", "GIT_EDITOR": ":"}
    git.run("hook", "run", "--ignore-missing", AFTER, env=env, ok=range(-64, 256), plumbing=False)


def _run(git: Git, run: Run, name: str, arguments: tuple[str, ...], alive: int) -> None:
    env = {**environment.for_hooks(), INSIDE: "1", "GIT_EDITOR": ":", "GIT_INDEX_FILE": str(run.index)}
    given = ("--", *arguments) if arguments else ()
    command = ("hook", "run", "--ignore-missing", name, *given)
    found = git.run(*command, env=env, ok=range(-64, 256), plumbing=False, pass_fds=(alive,))
    if found.code:
        files.remove(run.alive)
        raise HookRefused(name, f"said no (code {found.code})", found.err or found.text)


def _arguments(name: str, letter: Path) -> tuple[str, ...]:
    return {"pre-commit": (), "prepare-commit-msg": (str(letter), "message"), "commit-msg": (str(letter),)}[name]


def _tidy(text: str) -> str:
    """Clean a message as git commit does without an editor: trailing blanks and runs of empty lines go."""
    tidy: list[str] = []
    for line in (line.rstrip() for line in text.splitlines()):
        if line or (tidy and tidy[-1]):
            tidy.append(line)
    text = "\n".join(tidy).strip("\n")
    if not text:
        raise HookRefused("commit-msg", "left no message", "")
    return text + "\n"
