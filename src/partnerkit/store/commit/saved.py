"""What hooks might overwrite in the working tree: copied before they run, put back after.

A hook runner such as pre-commit writes the user's uncommitted changes to a patch, restores the working tree
from the index it was given, and applies the patch at the end. Killed in between, the user's bytes are in its
cache only. So they are in our journal first.
"""

from __future__ import annotations

import contextlib
from pathlib import Path

from partnerkit.errors import CannotWorkError
from partnerkit.store.commit.journal import Run, Saved, keep
from partnerkit.store.disk import files
from partnerkit.store.disk.paths import Found, look
from partnerkit.store.git.repository import Git

_REPOSITORY = "160000"


def save(git: Git, run: Run) -> tuple[Saved, ...]:
    """Copy every tracked file whose bytes differ from the run's index.

    Raises:
        CannotWorkError: something lies there that cannot be copied and a hook might remove.
    """
    _forget_assumptions(git, run)
    return tuple(
        _copy(git, run, number, path, staged) for number, (path, staged) in enumerate(differing(git, run.index).items())
    )


def restore(git: Git, run: Run, saved: tuple[Saved, ...]) -> list[str]:
    """Put every saved file back where it differs; return a sentence for each thing the user should know."""
    notes = []
    for one in saved:
        now = look(git.root, one.path)
        want = Found(one.kind, one.mode, run.saved(one.copy))
        if now != want:
            notes += _put_back(git, run, one, now, want)
    return notes


def put_back_clean(git: Git, run: Run, index: Path, saved: tuple[Saved, ...]) -> list[str]:
    """After a hook that refused, undo what it did to tracked files that were clean before it ran."""
    known = {one.path for one in saved}
    changed = {path: staged for path, staged in differing(git, index).items() if path not in known}
    notes = []
    for path in changed:
        now = look(git.root, path)
        if now.kind == "file":
            notes.append(f"the hook's version of {path} is kept in {keep(git, run, path, now.data)}")
    if changed:
        paths = "".join(f"{path}\0" for path in changed).encode("utf-8", "surrogateescape")
        git.run("checkout-index", "-f", "-z", "--stdin", stdin=paths, env={"GIT_INDEX_FILE": str(index)})
    return notes


def differing(git: Git, index: Path) -> dict[str, str]:
    """List the tracked files whose bytes or mode differ from an index, with the blob the index has."""
    env = {"GIT_INDEX_FILE": str(index)}
    quick = {"core.fsmonitor": "false"}
    git.run("update-index", "-q", "--refresh", env=env, ok=(0, 1), config=quick)
    fields = git.run("diff-files", "-z", "--raw", "--ignore-submodules=all", env=env, config=quick).fields
    pairs = zip(fields[::2], fields[1::2], strict=True)
    metas = {path: meta.lstrip(":").split(" ") for meta, path in pairs}
    return {path: meta[2] for path, meta in metas.items() if meta[0] != _REPOSITORY}


def _forget_assumptions(git: Git, run: Run) -> None:
    """Look at files marked «assume unchanged» too: git diff skips them, but git checkout overwrites them."""
    env = {"GIT_INDEX_FILE": str(run.index)}
    tagged = git.run("ls-files", "-v", "-z", env=env).fields
    marked = [line[2:] for line in tagged if line[0].islower()]
    if marked:
        paths = "".join(f"{path}\0" for path in marked).encode("utf-8", "surrogateescape")
        git.run("update-index", "--no-assume-unchanged", "-z", "--stdin", stdin=paths, env=env)


def _copy(git: Git, run: Run, number: int, path: str, staged: str) -> Saved:
    found = look(git.root, path)
    if found.kind == "other":
        raise CannotWorkError(
            f"git tracks {path}, but a folder or link lies in its place, and a hook might remove it; nothing changed",
            f"put it back (git restore {path}), or commit its removal, or go without hooks: --no-verify",
        )
    if found.kind == "absent":
        return Saved(path, "absent", 0, None, staged, _missing_folders(git.root, path))
    name = f"saved-{number}"
    files.write_new(run.folder / name, found.data)
    return Saved(path, found.kind, found.mode, name, staged)


def _missing_folders(root: Path, path: str) -> tuple[str, ...]:
    parents = [str(parent) for parent in Path(path).parents if str(parent) != "."]
    return tuple(parent for parent in reversed(parents) if not (root / parent).exists())


def _put_back(git: Git, run: Run, one: Saved, now: Found, want: Found) -> list[str]:
    full = git.root / one.path
    if now.kind == "other":
        kept = keep(git, run, one.path, want.data)
        return [f"{one.path} could not be put back, because a folder or link lies there now; its bytes are in {kept}"]
    notes = []
    if _is_third(git, one, now, want):
        kept = keep(git, run, one.path, now.data)
        notes.append(f"{one.path} was put back as it was before; what lay there instead is kept in {kept}")
    if want.kind == "absent":
        files.remove(full)
        for folder in reversed(one.folders):
            with contextlib.suppress(OSError):
                (git.root / folder).rmdir()
        return notes
    files.make_folder(full.parent)
    if want.kind == "link":
        files.write_link(full, want.data, tmp=run.tmp(full))
    else:
        files.write_atomic(full, want.data, mode=want.mode, tmp=run.tmp(full))
    return notes


def _is_third(git: Git, one: Saved, now: Found, want: Found) -> bool:
    """Tell whether bytes lie there that exist nowhere else: neither the saved ones nor the index's."""
    return now.kind == "file" and now.data != want.data and git.blob_id(now.data) != one.staged
