"""What is wrong with files by their paths: hardly a register has any of these."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from partnerkit.findings import Finding
from partnerkit.kinds.catalogue import FOLDERS
from partnerkit.kinds.problems import did_you_mean
from partnerkit.register import POLICIES_FOLDER
from partnerkit.rules.commands import quoted
from partnerkit.store.record_paths import RECORDS


def _not_plain(path: str, mode: str) -> Finding:
    what = {"120000": "a symbolic link", "160000": "another repository", "100755": "executable"}.get(
        mode, "no plain file"
    )
    mend = f"chmod -x {quoted(path)}" if mode == "100755" else f"replace {quoted(path)} by a plain file"
    message = f"{path} is {what}: a register holds plain files only"
    return Finding("not-a-plain-file", message, file=path, line=1, mend=mend)


def _no_policy(path: str) -> Finding:
    """A file that looks like a policy and is not where a policy is read from."""
    name = path.rpartition("/")[2].rpartition(".")[0]
    message = (
        f"{path} looks like a policy, and a policy is {POLICIES_FOLDER}<policy>.yaml: nobody could say if it counts"
    )
    mend = f"name it {quoted(POLICIES_FOLDER + name)}.yaml, or take it out of {POLICIES_FOLDER}"
    return Finding("unknown-folder", message, file=path, line=1, mend=mend)


def _nowhere(path: str) -> Finding:
    """A file that looks like a record or a rule and is none, so that nothing would ever judge it."""
    folder, _, rest = path.removeprefix(RECORDS).partition("/")
    near = did_you_mean(folder, [*FOLDERS, "policies", "evidence"]) if rest else ""
    message = f"{path} lies where no record and no rule is looked for, so nothing judges it{near}"
    mend = f"move it into one of {', '.join(RECORDS + name for name in FOLDERS)}, or out of {RECORDS}"
    return Finding("unknown-folder", message, file=path, line=1, mend=mend)


def _misnamed(path: str) -> Finding:
    """A file in a folder for records that is called like none."""
    message = f"{path}: a record's file is named <id>.yaml, with lower-case letters, digits and hyphens"
    return Finding("file-name", message, file=path, line=1, mend="rename it, or move it out of the folder")


def _used_twice(path: str, one: str, other: str) -> Finding:
    """A file of a record of which another file is there."""
    message = f"the id {one} is used twice, also in {other}: ids are unique in the whole register"
    return Finding("id-repeated", message, file=path, line=1, record=one, mend="give the newer record another id")


_TOLD: Mapping[str, Callable[..., Finding]] = {
    "no plain file": _not_plain,
    "no policy": _no_policy,
    "nowhere": _nowhere,
    "misnamed": _misnamed,
    "used twice": _used_twice,
}


def told(what: str, path: str, *more: str) -> Finding:
    """What is wrong with a file.

    Args:
        what: a key of `_TOLD`.
        path: the file.
        more: of one that is no plain file its mode; of one of a record that another file is, too, the id and that file.
    """
    return _TOLD[what](path, *more)
