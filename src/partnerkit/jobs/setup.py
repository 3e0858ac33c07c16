"""Set up what stands around a register: schemas for editors, the commit hook; and tidy hand-edited files."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

from partnerkit.errors import CannotWorkError, WrongCallError
from partnerkit.findings import Finding
from partnerkit.jobs.desk import Desk
from partnerkit.jobs.naming_files import inside
from partnerkit.jobs.pieces import Standing, WholeFile, Written, is_plain, no_plain_file, write
from partnerkit.jobs.schemas import out_of_step, schema_files
from partnerkit.kinds.catalogue import KINDS
from partnerkit.kinds.problems import did_you_mean
from partnerkit.kinds.record import key_order
from partnerkit.register import SETTINGS_PATH
from partnerkit.rules.commands import quoted
from partnerkit.store.disk import files
from partnerkit.store.git.trees import WorkingTree
from partnerkit.store.record_paths import RECORDS, folder_kind
from partnerkit.store.yaml.reader import read
from partnerkit.store.yaml.tidy import is_tidy, normalise, repair

_HOOK_BEGINS = """\
#!/bin/sh
# partnerkit: judge record changes before they are committed (git commit --no-verify skips it; CI judges again)
"""
_HOLDS = " || ".join(f"git cat-file -e {tree}:{SETTINGS_PATH} 2>/dev/null" for tree in ("HEAD", ""))
_SCRIPT = f"""\
if ! {{ {_HOLDS}; }}; then
    exit 0  # no register, neither committed nor about to be
fi
if ! command -v partnerkit >/dev/null 2>&1; then
    echo "partnerkit is not on PATH, so nothing judged this commit; it was not made." >&2
    echo "  -> install it, or go into the environment that has it, and commit again" >&2
    echo "     (git commit --no-verify goes without; CI judges again)" >&2
    exit 1
fi
exec partnerkit check --staged
"""
#: The same, for a hook that other repositories run, too.
_LINE = f"if {_HOLDS}; then partnerkit check --staged || exit 1; fi"
_COMMAND = "partnerkit setup hooks"
#: git asks the one before a commit, and the other before a merge that it finds clean and commits by itself.
_HOOKS = tuple(WholeFile(name, _SCRIPT, _COMMAND) for name in ("pre-commit", "pre-merge-commit"))


def schemas(desk: Desk, *, check: bool) -> Written:
    """Write schemas/ for the policies in force; with `check`, only say what is out of step."""
    register = desk.working_tree().demand()
    tree = WorkingTree(desk.git)
    wanted = schema_files(register.policies, register.roster)
    findings = [no_plain_file(path) for path in wanted if not is_plain(desk, path)]
    refused = {one.file for one in findings}
    changed = [path for path in out_of_step(tree, wanted) if path not in refused]
    if check or desk.dry_run:
        findings += [
            Finding(
                "schema-stale",
                f"{path} is not what the policies in force and the roster give",
                file=path,
                line=1,
                mend="partnerkit setup schemas",
            )
            for path in changed
        ]
        return Written(changed, findings)
    for path in changed:
        write(desk, path, wanted[path])
    return Written(changed, findings)


def hooks(desk: Desk, *, check: bool) -> Written:
    """Install the hooks that judge record changes before a commit and before a merge.

    Raises:
        CannotWorkError: another hook of that name is installed there.
    """
    found = installed(desk, check=True)
    theirs = [one for one in found.findings if one.mend != _COMMAND]
    if theirs and not check and not desk.dry_run:
        raise CannotWorkError(f"{theirs[0].message}; nothing changed", theirs[0].mend)
    return found if check else installed(desk, check=False)


def installed(desk: Desk, *, check: bool) -> Written:
    """Install the hooks; one that a person wrote or changed, or that others run, is told and left as it is."""
    folder = desk.git.git_path("hooks")
    own = (desk.git.root, desk.git.git_path("config").parent)
    if not any(folder.resolve().is_relative_to(one.resolve()) for one in own):
        message = f"{folder} is outside this repository (core.hooksPath), and others run its hooks, too"
        return Written(
            [], [Finding("hook-absent", message, mend=f"add to {folder}/{one.path}: {_LINE}") for one in _HOOKS]
        )
    done = [_installed(folder / one.path, one, check=check or desk.dry_run) for one in _HOOKS]
    return Written([path for one in done for path in one.changed], [found for one in done for found in one.findings])


def _installed(path: Path, hook: WholeFile, *, check: bool) -> Written:
    if os.path.lexists(path) and not path.is_file():
        message = f"{path} is a link to what is not there now, or no file: it was left as it is"
        return Written([], [Finding("hook-absent", message, mend=f"ls -l {quoted(str(path))}; rm it, then {_COMMAND}")])
    raw = path.read_bytes().decode("utf-8", "replace") if path.exists() else None
    there = raw.replace("\r\n", "\n") if raw is not None else None
    ignored = list(_why_ignored(path, raw)) if raw is not None else []
    standing = _standing(there, hook)
    if standing == "same" and not ignored:
        return Written([], [])
    if standing == "changed" or path.is_symlink():
        return Written([], [_of_others(path, ignored)])
    if check:
        what = "the" if there is None else "an older"
        message = f"{what} {path.name} hook is {'not ' if there is None else ''}installed"
        if ignored:
            message = f"the {path.name} hook judges nothing: {', and '.join(why for why, _ in ignored)}"
        return Written([path.name], [Finding("hook-absent", message, mend=_COMMAND)])
    files.make_folder(path.parent)
    files.write_atomic(path, f"{_HOOK_BEGINS}{hook.put_into(there)}".encode(), mode=0o755)
    return Written([path.name], [])


def _why_ignored(path: Path, raw: str) -> Iterator[tuple[str, str]]:
    """Why git runs nothing of a hook that is there, and the line that mends it."""
    if not os.access(path, os.X_OK):
        yield "it is not executable, so git passes it by", f"chmod +x {quoted(str(path))}"
    if raw.partition("\n")[0].endswith("\r"):
        yield "its lines end as on Windows, so no shell runs it", f"sed -i 's/\\r$//' {quoted(str(path))}"


def _of_others(path: Path, ignored: list[tuple[str, str]]) -> Finding:
    """What is told of a hook that is not ours to write; and why it does not even run, where it does not."""
    message = f"{path} is another {path.name} hook, not partnerkit's, or was changed by hand"
    mend = "call `partnerkit check --staged` from it, or add partnerkit to your hook runner"
    return Finding(
        "hook-absent",
        "; ".join([message, *(why for why, _ in ignored)]),
        mend="; ".join([mend, *(line for _, line in ignored)]),
    )


def _standing(there: str | None, hook: WholeFile) -> Standing:
    """What a hook that says this is; below its first lines it is sealed like other files, which older ones were not."""
    if there is None:
        return "absent"
    if not there.startswith(_HOOK_BEGINS):
        return "changed"
    sealed = there.removeprefix(_HOOK_BEGINS)
    return hook.standing(sealed) if sealed.startswith("# partnerkit: ") else "older"


def fmt(desk: Desk, paths: list[str], *, check: bool) -> Written:
    """Tidy record files in the working tree: layout only, never meaning.

    Line endings, a byte-order mark, tabs in the indentation, trailing spaces, ambiguous words without quotes, and
    `history` anywhere but last are mended; comments stay. With `check`, only say which files need it.
    """
    tree = WorkingTree(desk.git)
    changed: list[str] = []
    findings: list[Finding] = []
    for path in _tidied_paths(desk, tree, paths):
        full = desk.git.root / path
        raw = tree.read(path) or b""
        tidy, found = _tidied(raw, path)
        findings += found
        if tidy is not None and tidy != raw:
            changed.append(path)
            if not check and not desk.dry_run:
                files.write_atomic(full, tidy)
    if check:
        findings += [
            Finding("not-tidy", f"{path} is not laid out as it should be", file=path, line=1, mend="partnerkit fmt")
            for path in changed
        ]
    return Written(changed, findings)


def _tidied_paths(desk: Desk, tree: WorkingTree, words: list[str]) -> list[str]:
    """The YAML files of the register that are meant: all, or those at or below the paths named.

    Raises:
        WrongCallError: there is none at one of the paths.
    """
    every = sorted(path for path in tree.files(RECORDS) if path.endswith(".yaml"))
    found: set[str] = set()
    for word in words:
        wanted = inside(desk, word)
        below = [path for path in every if wanted in {".", path} or path.startswith(f"{wanted}/")]
        if not below:
            near = did_you_mean(word, every)
            raise WrongCallError(f"{word} is no YAML file of the register{near}", f"name files below {RECORDS}")
        found |= set(below)
    return sorted(found) if words else every


def _tidied(raw: bytes, path: str) -> tuple[bytes | None, list[Finding]]:
    kind = folder_kind(path)
    order = key_order(KINDS[kind]) if kind else ()
    if is_tidy(raw, order):
        return raw, []
    document, found = read(repair(raw), path)
    return (None, found) if document is None else (normalise(document, order).encode(), [])
