"""Commits as objects: made in git's store, on no branch yet."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from partnerkit.errors import CannotWorkError
from partnerkit.store.commit.index import DURABLE
from partnerkit.store.commit.journal import Held
from partnerkit.store.commit.planting import planted
from partnerkit.store.git.repository import Git
from partnerkit.store.git.results import GitFailed

_CONFIG = {**DURABLE, "user.useConfigOnly": "true", "i18n.commitEncoding": "UTF-8"}


def commit_object(
    git: Git, tree: str, parent: str | None, message: str, *, sign: bool, env: Mapping[str, str] | None = None
) -> str:
    """Make a commit.

    Raises:
        CannotWorkError: it cannot be signed; nothing changed.
    """
    before = () if parent is None else ("-p", parent)
    signed = ("-S",) if sign else ()
    try:
        command = ("commit-tree", tree, *before, *signed, "-F", "-")
        return git.run(*command, stdin=message.encode("utf-8", "surrogateescape"), config=_CONFIG, env=env).text
    except GitFailed as problem:
        if not sign:
            raise
        raise CannotWorkError(
            f"the commit could not be signed, and commit.gpgsign asks for it; nothing changed: {problem.words}",
            "see which key git uses: git config user.signingkey; or go without: git config commit.gpgsign false",
        ) from problem


def settings(git: Git) -> tuple[bool, Path | None]:
    """Return whether commits are signed, and where hooks lie; None where some have no files (git 2.54 and newer)."""
    if git.configured.plain:
        return False, git.hooks(moved=False)
    asked = r"^(commit\.gpgsign|core\.hookspath|hook\..*)$"
    found = git.run("config", "-z", "--get-regexp", asked, ok=(0, 1)).fields
    pairs = [line.partition("\n") for line in found]
    signs = [value.lower() if newline else "true" for key, newline, value in pairs if key == "commit.gpgsign"]
    off = {"", "0", "false", "no", "off"}
    keys = {key for key, _, _ in pairs}
    configured = any(key.startswith("hook.") for key in keys)
    hooks = None if configured else git.hooks(moved="core.hookspath" in keys)
    return bool(signs) and signs[-1] not in off, hooks


def made_again(
    git: Git, like: str, onto: str, contents: Mapping[str, Held | bytes], renamed: Mapping[str, str]
) -> str | None:
    """Make a commit like another on a commit, as a rebase does: its author and message, today's committer.

    Args:
        git: the repository.
        like: the commit that is made again.
        onto: the commit that it stands on.
        contents: what becomes of each path: new bytes, a blob with its mode, or None where it goes.
        renamed: words of the message that are others now.

    Returns:
        The commit; None where everything is there already.
    """
    tree = planted(git, onto, contents)
    stands = git.objects.what(f"{onto}^{{tree}}")
    if stands is not None and stands.oid == tree:
        return None
    shape = "--format=%an%x00%ae%x00%ad%x00%B"
    said = git.run("log", "-1", "--no-show-signature", "--no-mailmap", "--date=raw", "--encoding=UTF-8", shape, like)
    name, email, date, message = said.text.split("\0", 3)
    for old, new in renamed.items():
        message = message.replace(old, new)
    author = {"GIT_AUTHOR_NAME": name, "GIT_AUTHOR_EMAIL": email, "GIT_AUTHOR_DATE": f"@{date}"}
    signs = git.writing.signs if git.writing is not None else settings(git)[0]
    return commit_object(git, tree, onto, message, sign=signs, env=author)
