"""A repository at a glance: what all that is read of it rests on, told in three git processes, side by side.

Nothing heavy is imported here: it is asked before anything else is known, and where it says what it said the last time
nothing else has to be.

Which files differ is asked of a copy of the index that was held against the files once: the index itself may know
nothing of them, as after a commit by plumbing, and only who writes to it may refresh it. The copy holds for the index
of which it is one.
"""

from __future__ import annotations

import os
import re
import shutil
import stat
import subprocess
import time
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

from partnerkit.hashing import fingerprint
from partnerkit.pattern import pattern
from partnerkit.store.disk.stamped import Stamp, is_mine, own_folder, stamped
from partnerkit.store.git import environment
from partnerkit.store.git.surroundings import plain_folder, plain_root
from partnerkit.tuples import NamedTuple

#: How git looks at files here, whatever is set: as they lie on disk, at all that the system says of each, by itself.
EXACTLY = {
    "core.fsmonitor": "false",
    "core.untrackedCache": "false",
    "core.trustctime": "true",
    "core.checkStat": "default",
    "core.fileMode": "true",
    "core.symlinks": "true",
    "core.autocrlf": "false",
    "core.splitIndex": "false",
}
_SETTING_EXACTLY = tuple(part for name, value in EXACTLY.items() for part in ("-c", f"{name}={value}"))
_DIFFER = ("diff-index", "-r", "--raw", "-z", "--no-renames", "--no-abbrev", "--ignore-submodules=none", "HEAD")
_SETTINGS = ("config", "--list", "-z", "--show-scope")
#: An H before each file at which git looks as at any other, and its mode.
_LISTED = ("ls-files", "-v", "-s", "-z")
_NAMES = ("cat-file", "--batch-check")

#: What of the environment says to git who acts and where it finds what; of its own variables these are left.
_SAID = ("HOME", "XDG_CONFIG_HOME", "PATH", "EMAIL", "TZ", "PYTHONTZPATH")

#: In git's own folder, beside the index, what changes what it shows or does to files.
_OWN = ("info/attributes", "info/exclude", "info/grafts", "info/sparse-checkout", "shallow", "objects/info/alternates")
#: At the top of the working tree, whether git has it or not.
_AT_THE_TOP = (".gitattributes", ".gitignore", ".gitmodules")
#: The settings that name a file, and what it is called where none does: in a person's folder, and the machine's.
_NAMED = {"core.attributesfile": "attributes", "core.excludesfile": "ignore"}
_OF_THE_MACHINE = "gitattributes"
_PROGRAMS = ("git", "ssh-keygen")

#: How a copy of the index is called, with what tells of which.
_COPY = "index-"

#: So many files may differ from the last commit, and have so many bytes together, to be read each time.
_MOST_FILES, _MOST_BYTES = 100, 4 * 1024 * 1024
_A_COMMIT = pattern(rb"([0-9a-f]{40}) commit [0-9]+")
#: The digest of all of it, at the end of an index.
_SEAL = 20


class Glance(NamedTuple):
    """A repository at one moment.

    Attributes:
        root: the top of its working tree.
        folder: git's own.
        oids: the commits that HEAD and the revisions asked for name.
        digest: of all that was seen.
        stamps: of the files that were not read.
    """

    root: Path
    folder: Path
    oids: tuple[str, ...]
    digest: str
    stamps: tuple[Stamp, ...]


def place(start: Path) -> tuple[Path, Path] | None:
    """Find the top of the repository around a folder, and git's own folder; None where it is no plain one."""
    root = plain_root(start)
    folder = plain_folder(root) if root is not None else None
    return (root, folder) if root is not None and folder is not None else None


def glance(start: Path, revs: Sequence[str], *, tree: bool) -> Glance | None:
    """Look at a repository; None where that would not say all: no plain one, no commit, too much that differs.

    Args:
        start: a folder in it.
        revs: the revisions that are asked for beside HEAD.
        tree: whether the working tree counts.
    """
    environment.scrub()
    found = place(start)
    if found is None or any("\n" in rev or "\0" in rev for rev in revs):
        return None
    root, folder = found
    try:
        copy = refreshed(root, folder) if tree else None
        names, settings, differing = _asked(root, revs, copy)
        files = tuple(_files(root, folder, settings))
        stamps = tuple(stamped(one) for one in files)
        index = _index(folder) if tree else b""
        edited = [_edited(root, path) for path in _paths(differing)]
    except (OSError, ValueError):
        return None
    said = [f"{name}={value}" for name, value in sorted(os.environ.items()) if name in _SAID or name.startswith("GIT_")]
    seen = (str(root), os.geteuid(), revs, names, settings, differing, edited, said, files, stamps, index)
    return Glance(root, folder, names, fingerprint(repr(seen).encode("utf-8", "surrogateescape")), stamps)


def _asked(root: Path, revs: Sequence[str], index: Path | None) -> tuple[tuple[str, ...], bytes, bytes]:
    """What revisions name, what is set, and what differs from the last commit.

    Raises:
        ValueError: git failed at one of them, or a revision names no commit.
        OSError: there is no git.
    """
    commands = [_NAMES, _SETTINGS, *([(*_SETTING_EXACTLY, *_DIFFER)] if index is not None else [])]
    started = [_git(root, one, index) for one in commands]
    wanted = "".join(f"{rev}^{{commit}}\n" for rev in ("HEAD", *revs)).encode("utf-8", "surrogateescape")
    said = [one.communicate(wanted if one is started[0] else b"")[0] for one in started]
    commits = [_A_COMMIT.fullmatch(line) for line in said[0].splitlines()]
    if any(one.returncode for one in started) or len(commits) != len(revs) + 1:
        raise ValueError
    oids = tuple(one[1].decode() for one in commits if one is not None)
    if len(oids) != len(commits):
        raise ValueError
    return oids, said[1], said[2] if index is not None else b""


def _paths(differing: bytes) -> list[bytes]:
    """The files that differ.

    Raises:
        ValueError: there are too many.
    """
    found = differing.split(b"\0")[1::2]
    if len(found) > _MOST_FILES:
        raise ValueError
    return found


def _edited(root: Path, path: bytes) -> tuple[int, bytes]:
    """What lies at a path: its mode, and its bytes.

    Raises:
        ValueError: it is something else than a file, or too large.
    """
    full = root / os.fsdecode(path)
    try:
        found = full.lstat()
    except (FileNotFoundError, NotADirectoryError):
        return (0, b"")
    if stat.S_ISLNK(found.st_mode):
        return (found.st_mode, os.fsencode(full.readlink()))
    if not stat.S_ISREG(found.st_mode) or found.st_size > _MOST_BYTES // _MOST_FILES:
        raise ValueError
    handle = os.open(full, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK | os.O_CLOEXEC)
    with os.fdopen(handle, "rb") as stream:
        return (found.st_mode, stream.read(_MOST_BYTES))


def refreshed(root: Path, folder: Path) -> Path:
    """Return a copy of git's index that knows the files as they lie there.

    Raises:
        OSError: there is no index, or no copy can be made that is nobody else's.
        ValueError: it has git look away from files, or names another repository.
    """
    state = folder / "partnerkit"
    own_folder(state)
    own = state / f"{_COPY}{fingerprint(_index(folder))[:32]}"
    if not _is_kept(own):
        _copied(root, folder, own)
    if not own.lstat().st_size:
        raise ValueError
    return own


def _copied(root: Path, folder: Path, own: Path) -> None:
    """Copy the index, and hold it against the files; nothing is kept of one that does not tell of every file.

    Raises:
        OSError: no copy can be made.
        ValueError: files may change unseen yet that it has.
    """
    state = own.parent
    import tempfile  # noqa: PLC0415 - once for each index

    from partnerkit.store.git.unsettled import is_unsettled  # noqa: PLC0415 - likewise

    began = time.time()
    handle, name = tempfile.mkstemp(prefix=_COPY, dir=state)
    os.close(handle)
    shutil.copy2(folder / "index", name)  # with its time: by that git tells what may have changed unseen
    said = _git(root, _LISTED, Path(name)).communicate()[0]
    if said and (b"\0" + said).count(b"\0H ") == said.count(b"\0") and b"\0H 160000 " not in b"\0" + said:
        _git(root, (*_SETTING_EXACTLY, "update-index", "-q", "--refresh"), Path(name)).communicate()
    else:
        os.truncate(name, 0)
    if is_unsettled(Path(name), began):
        Path(name).unlink()
        raise ValueError
    Path(name).chmod(stat.S_IRUSR | stat.S_IWUSR)
    Path(name).replace(own)
    for one in state.glob(f"{_COPY}*"):
        if one != own:
            one.unlink(missing_ok=True)


def _is_kept(path: Path) -> bool:
    """Tell whether a plain file lies there that nobody else could have written."""
    try:
        found = path.lstat()
    except OSError:
        return False
    return stat.S_ISREG(found.st_mode) and is_mine(found)


def _git(root: Path, words: Sequence[str], index: Path | None) -> subprocess.Popen[bytes]:
    """Start git at the root, with another index than its own where one is given."""
    given = {"GIT_INDEX_FILE": str(index)} if index is not None else {}
    env = {**os.environ, **environment.PLUMBING, **given}
    command = ("git", "-C", str(root), *words)
    pipe, nothing = subprocess.PIPE, subprocess.DEVNULL
    return subprocess.Popen(command, stdin=pipe, stdout=pipe, stderr=nothing, env=env)


def _index(folder: Path) -> bytes:
    """What tells an index from another: how the system knows it, and its own digest at its end."""
    path = folder / "index"
    with path.open("rb") as stream:
        stream.seek(-_SEAL, os.SEEK_END)
        return repr((stamped(path), stream.read())).encode()


def _files(root: Path, folder: Path, settings: bytes) -> Iterator[Path]:
    """The files that say what git does to others, and the programs that are asked, wherever they lie.

    Raises:
        ValueError: a setting names one in a way that only git can follow.
    """
    yield from (folder / name for name in _OWN)
    yield from (root / name for name in _AT_THE_TOP)
    own = Path(os.environ.get("XDG_CONFIG_HOME") or Path(os.environ.get("HOME", "/")) / ".config") / "git"
    for name, usual in _NAMED.items():
        yield own / usual
        yield from _named(name, settings)
    programs = [found for one in _PROGRAMS if (found := shutil.which(one)) is not None]
    yield from map(Path, programs)
    prefixes = {Path("/"), *(Path(os.path.realpath(one)).parent.parent for one in programs)}
    yield from (one / "etc" / _OF_THE_MACHINE for one in sorted(prefixes))


def _named(setting: str, settings: bytes) -> Iterable[Path]:
    given = re.findall(rb"(?:^|\0)%s\n([^\0]*)\0" % re.escape(setting.encode()), settings)
    for one in map(os.fsdecode, given):
        path = Path(os.environ.get("HOME", "")) / one[2:] if one.startswith("~/") else Path(one)
        if not path.is_absolute():
            raise ValueError
        yield path
