"""The walk along what landed: every commit of the first-parent chain with the files it changed, in a few processes."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import UTC, datetime
from operator import itemgetter

from partnerkit.dataclass import dataclass, field
from partnerkit.errors import CannotWorkError
from partnerkit.pattern import pattern
from partnerkit.register import SETTINGS_PATH
from partnerkit.steps import Commit
from partnerkit.store.git.repository import Git

_OID = pattern(rb"[0-9a-f]{40}(?:[0-9a-f]{24})?")
_WHEN = pattern(rb"([0-9]{1,12}) [+-][0-9]{4}")
#: The first second of the year 9999: what is later has no day after it.
_LATEST = 253_370_764_800

#: How git writes the mode and the id of a file that is not there.
_NO_MODE = "000000"

#: What .gitmodules, on the disk, says of other repositories in here would hide them otherwise.
_WHOLE = "--ignore-submodules=none"


@dataclass(frozen=True, slots=True)
class Changed:
    """One file that a commit changed.

    Attributes:
        path: where it lies.
        mode: its mode now; None where the commit took it away.
        oid: its blob now; None likewise.
        was: its blob at the parent; None where the parent has none.
    """

    path: str
    mode: str | None
    oid: str | None
    was: str | None


@dataclass(frozen=True, slots=True)
class Walked:
    """One commit that landed, and what it changed.

    Attributes:
        commit: the commit.
        changes: the files it changed, against its first parent.
        others: for every other parent, the files in which the commit differs from it.
    """

    commit: Commit
    changes: list[Changed]
    others: dict[str, list[Changed]] = field(default_factory=dict)


def landed_since(git: Git, rev: str, since: str | None, paths: Sequence[str] = ()) -> list[str]:
    """List the commits of the first-parent chain after `since` (from the beginning where None), oldest first.

    Args:
        git: the repository.
        rev: the end of the chain.
        since: where it begins.
        paths: only commits that changed one of these files or folders, where given.
    """
    until = [f"^{since}"] if since is not None else []
    within = ["--", *paths] if paths else []
    return git.run("rev-list", "--first-parent", "--reverse", rev, *until, *within).text.split()


def first_parents(git: Git, rev: str) -> list[str]:
    """List all commits of the first-parent chain, newest first."""
    return git.run("rev-list", "--first-parent", rev).text.split()


def last_by_clock(git: Git, rev: str, until: datetime) -> Commit | None:
    """Return, of the first-parent chain of a commit, the one that landed last by its own word; of several the first.

    Args:
        git: the repository.
        rev: the end of the chain.
        until: those that say that they landed after this are passed over; None where all do.
    """
    rows = git.run("rev-list", "--first-parent", "--timestamp", rev).text.split("\n")
    dated = [(int(when), oid) for when, oid in (row.split(" ") for row in rows)]
    known = [one for one in reversed(dated) if one[0] <= until.timestamp()]
    return read_commits(git, [max(known, key=itemgetter(0))[1]])[0] if known else None


def genesis(git: Git, chain: Sequence[str]) -> str:
    """Return the first of these commits that has register.yaml.

    Raises:
        CannotWorkError: none has.
    """
    begun, several = 0, 1  # it is nearly always the first
    while begun < len(chain):
        some = chain[begun : begun + several]
        said = git.objects.about(f"{oid}:{SETTINGS_PATH}" for oid in some)
        for oid, one in zip(some, said, strict=True):
            if one is not None:
                return oid
        begun, several = begun + several, several * 10
    raise CannotWorkError(f"no commit of {chain[-1][:12]} has a {SETTINGS_PATH}", "partnerkit init")


@dataclass(frozen=True, slots=True)
class Rewritten:
    """Why what git shows is not all that was committed, and the mend."""

    what: str
    mend: str


def rewritten_by(git: Git) -> Rewritten | None:
    """Say what makes git show another history than the one that was committed, or one with gaps; None for nothing."""
    replaced = git.run("for-each-ref", "--count=1", "--format=%(refname)", "refs/replace/").text
    if replaced:
        return Rewritten(
            f"objects are replaced ({replaced})", "git replace --list shows them; git replace --delete <id>"
        )
    if git.git_path("info/grafts").exists():
        return Rewritten("parents are grafted (info/grafts)", "take the file info/grafts out of git's folder")
    if git.run("config", "--get-regexp", r"^remote\..*\.promisor$", ok=(0, 1)).text:
        return Rewritten(
            "this is a partial clone, which fetches what it lacks when it is asked for",
            "clone it again without --filter",
        )
    return None


def versions_of(git: Git, rev: str, pattern: str) -> dict[str, str]:
    """Return blob and path of every version that landed of the files that a pattern matches, latest first."""
    raw = ("--raw", "--no-abbrev", "--no-renames", "--root", "-m", "--first-parent", "-z", "--format=")
    env = {"GIT_LITERAL_PATHSPECS": "0"}
    rows = iter(git.run("log", *raw, rev, "--", f":(glob){pattern}", env=env).fields)
    found: dict[str, str] = {}
    for row in rows:
        _, mode, _, oid, _ = row.lstrip("\n").split(" ")
        path = next(rows)
        if mode != _NO_MODE:
            found.setdefault(oid, path)
    return found


def gone_from(git: Git, rev: str, folder: str, since: str | None = None) -> set[str]:
    """Return the files of a folder that a commit of the main line took away, after `since` where that is given."""
    names = ("--diff-filter=D", "--name-only", "--no-renames", "-m", "--first-parent", "-z", "--format=")
    until = [f"^{since}"] if since is not None else []
    return {one.lstrip("\n") for one in git.run("log", *names, rev, *until, "--", folder).fields}


def walk(git: Git, oids: Sequence[str], folder: str) -> Iterator[Walked]:
    """Go through commits, in the order given, with what each changed in a folder.

    Raises:
        CannotWorkError: git lacks one of their objects.
    """
    commits = read_commits(git, oids)
    pairs = [(one.oid, parent) for one in commits for parent in one.parents or (None,)]
    groups = iter(_changes(git, pairs, folder))
    for commit in commits:
        first, *others = [next(groups) for _parent in commit.parents or (None,)]
        yield Walked(commit, first, dict(zip(commit.parents[1:], others, strict=True)))


def read_commits(git: Git, oids: Sequence[str]) -> list[Commit]:
    """Return commits as git holds them.

    Raises:
        CannotWorkError: git lacks one of them, or it is written as none that git makes.
    """
    commits: list[Commit] = []
    for oid, found in zip(oids, git.objects.read(oids), strict=True):
        if found is None or found.kind != "commit":
            raise _incomplete(oid)
        commits.append(_commit(oid, found.data))
    return commits


def _commit(oid: str, raw: bytes) -> Commit:
    head, _, message = raw.partition(b"\n\n")
    parents = _parents(oid, head)
    people: dict[bytes, bytes] = {}
    signature: list[bytes] = []
    plain: list[bytes] = []
    key = b""
    for row in head.split(b"\n"):
        if not row.startswith(b" "):
            key, _, value = row.partition(b" ")
            if key in {b"author", b"committer"}:
                people.setdefault(key, value)
            elif key == _SIGNATURES[len(oid)]:
                signature.append(value)
        elif key == _SIGNATURES[len(oid)]:
            signature.append(row[1:])
        if key not in _SIGNATURES.values():
            plain.append(row)
    author, _ = _person(oid, people.get(b"author", b""))
    committer, at = _person(oid, people.get(b"committer", b""))
    subject = message.split(b"\n", 1)[0].decode("utf-8", "replace")
    signed = b"\n".join(plain) + b"\n\n" + message if signature else b""
    return Commit(oid, parents, author, committer, at, subject, b"\n".join(signature) or None, signed)


#: The header that holds the signature of a commit, by the length of ids: one for either object format.
_SIGNATURES = {40: b"gpgsig", 64: b"gpgsig-sha256"}


def _parents(oid: str, head: bytes) -> tuple[str, ...]:
    """The parents, where git reads them: in the lines after the tree, and nowhere else.

    Raises:
        CannotWorkError: the commit names some elsewhere, where git passes over them and others may not.
    """
    rows = head.split(b"\n")
    last = next((place for place, row in enumerate(rows[1:], 1) if not row.startswith(b"parent ")), len(rows))
    found = [row.removeprefix(b"parent ") for row in rows[1:last]]
    astray = [row for row in rows[last:] if row.startswith((b"parent ", b"tree "))]
    if astray or not rows[0].startswith(b"tree ") or not all(_OID.fullmatch(one) for one in found):
        raise _odd(oid, "its parents where git does not read them")
    return tuple(one.decode() for one in found)


def _person(oid: str, raw: bytes) -> tuple[str, datetime]:
    name, _, when = raw.rpartition(b"> ")
    match = _WHEN.fullmatch(when)
    seconds = int(match[1]) if match else -1
    if not 0 <= seconds < _LATEST:
        raise _odd(oid, "in no known way who made it and when")
    return name.rpartition(b"<")[2].decode("utf-8", "replace"), datetime.fromtimestamp(seconds, UTC)


def _odd(oid: str, what: str) -> CannotWorkError:
    return CannotWorkError(f"the commit {oid[:12]} says {what}", f"git cat-file -p {oid[:12]} shows it; git fsck too")


def _changes(git: Git, pairs: Sequence[tuple[str, str | None]], folder: str) -> list[list[Changed]]:
    """What stands in each pair between a commit and a parent of it: the files of a folder that differ."""
    flags = ("--stdin", "--root", "-m", "-r", "--raw", "-z", "--no-renames", "--no-abbrev", "--always", _WHOLE)
    asked = "".join(f"{oid} {parent}\n" if parent else f"{oid}\n" for oid, parent in pairs).encode()
    fields = git.run("diff-tree", *flags, "--", folder, stdin=asked).fields if pairs else []
    found: list[list[Changed]] = []
    rows = iter(fields)
    for row in rows:
        if not row.startswith(":"):  # the commit: git names it once for every pair
            found.append([])
            continue
        old_mode, mode, was, oid, _ = row.removeprefix(":").split(" ")
        there = mode != _NO_MODE
        found[-1].append(
            Changed(next(rows), mode if there else None, oid if there else None, was if old_mode != _NO_MODE else None)
        )
    return found


def _incomplete(oid: str) -> CannotWorkError:
    message = f"git has no commit {oid}: this clone is incomplete, so nothing could be proven from it"
    return CannotWorkError(message, "git fetch --refetch, or clone it again")
