"""What landed: the commits on the first-parent chain that touched a path."""

from __future__ import annotations

from datetime import datetime

from partnerkit.dataclass import dataclass
from partnerkit.errors import CannotWorkError
from partnerkit.store.git.blobs import read_blobs
from partnerkit.store.git.entries import READABLE
from partnerkit.store.git.repository import Git
from partnerkit.store.git.surroundings import DEEPEN
from partnerkit.store.git.walk import read_commits

_FORMAT = "%H%x00%an%x00%ae%x00%cI%x00%s"


@dataclass(frozen=True, slots=True)
class LandedCommit:
    """One commit of the first-parent chain.

    Attributes:
        oid: its id.
        author: the author's name, as claimed.
        email: the author's address, as claimed.
        date: when it was committed (the committer's clock, with its offset).
        subject: the first line of its message.
    """

    oid: str
    author: str
    email: str
    date: datetime
    subject: str


def log(git: Git, path: str | None = None, *, rev: str = "HEAD") -> list[LandedCommit]:
    """List the commits that landed, newest first; with a path, those that changed it.

    A merge counts as one commit, made when it landed. On a branch without commits the list is empty.
    """
    start = git.head() if rev == "HEAD" else git.resolve(rev)
    if start is None:
        return []
    only = [] if path is None else ["--", path]
    return _rows(git, start, *only)


def versions(git: Git, path: str, *, rev: str = "HEAD") -> list[tuple[LandedCommit, bytes | None]]:
    """List the commits that landed and changed a path, newest first, each with the bytes that it left there.

    They are None where it left nothing, or no plain file.

    Raises:
        CannotWorkError: git lacks one of the versions.
    """
    start = git.head() if rev == "HEAD" else git.resolve(rev)
    if start is None:
        return []
    raw = ("--raw", "--no-abbrev", "--no-renames", "--root", "-m")
    fields = iter(_log(git, *raw, start, "--", path))
    found: list[tuple[LandedCommit, str | None]] = []
    for oid in fields:
        commit = _commit(oid.lstrip("\n"), *(next(fields) for _field in range(4)))
        # `:<mode before> <mode> <blob before> <blob> <status>`, then the path.
        _before, mode, _was, blob, _status = next(fields).lstrip("\n").split()
        next(fields)
        found.append((commit, blob if mode in READABLE else None))
    blobs = read_blobs(git, [blob for _commit_, blob in found if blob is not None])
    return [(commit, blobs[blob] if blob is not None else None) for commit, blob in found]


def taken_away(git: Git, oid: str, folder: str) -> dict[str, bytes]:
    """Return the plain files of a folder that a commit took away, against its first parent, as they were.

    Raises:
        CannotWorkError: git lacks one of them.
    """
    if parent(git, oid) is None:
        return {}
    raw = ("-r", "--raw", "-z", "--no-abbrev", "--no-renames", "--diff-filter=D", "--no-commit-id")
    fields = iter(git.run("diff-tree", *raw, f"{oid}^", oid, "--", folder).fields)
    gone: dict[str, str] = {}
    for row in fields:
        mode, _, blob, _, _ = row.removeprefix(":").split(" ")
        path = next(fields)
        if mode in READABLE:
            gone[path] = blob
    blobs = read_blobs(git, gone.values())
    return {path: blobs[blob] for path, blob in gone.items()}


def standing_at(git: Git, moment: datetime) -> LandedCommit | None:
    """Return the last commit that had landed by a moment; None where none had.

    The order of commits counts, as everywhere: what landed after a later commit was not there before it, whatever
    its clock says.

    Raises:
        CannotWorkError: history was cut off after that moment.
    """
    found = None
    for commit in reversed(log(git)):
        if commit.date > moment:
            if found is None:
                demand_not_cut_off(git, commit.oid, "how the register stood before that")
            return found
        found = commit
    return found


def is_cut_off(git: Git, oid: str) -> bool:
    """Whether a commit only looks like the first one: those before it were left out when this repository was cloned."""
    return git.is_shallow() and oid in git.git_path("shallow").read_text("ascii").split()


def demand_not_cut_off(git: Git, oid: str, what: str) -> None:
    """Whether history goes on below a commit, as far as it ever did.

    Args:
        git: the repository.
        oid: the commit.
        what: what could not be said without that.

    Raises:
        CannotWorkError: it was cut off there.
    """
    if is_cut_off(git, oid):
        message = f"history was cut off at {oid[:10]} when this repository was cloned: {what} cannot be said"
        raise CannotWorkError(message, DEEPEN)


def between(git: Git, base: str, head: str, path: str) -> list[LandedCommit]:
    """List the commits that changed a path and that one commit holds and another does not, newest first."""
    return _rows(git, f"{base}..{head}", "--", path)


def is_grown_without(git: Git, old: str, new: str, folder: str) -> bool:
    """Whether a commit came after another on its first-parent chain, and nothing between them touched a folder."""
    if old == new:
        return True
    chain = git.once("rev-list", "--first-parent", "--parents", f"{old}..{new}").text.splitlines()
    ends = bool(chain) and chain[-1].split()[1:2] == [old]
    return ends and not git.once("rev-list", "--first-parent", "-1", f"{old}..{new}", "--", folder).text


def _rows(git: Git, *which: str) -> list[LandedCommit]:
    rows = zip(*[iter(_log(git, "--no-patch", *which))] * 5, strict=True)
    return [_commit(*row) for row in rows]


def _log(git: Git, *which: str) -> list[str]:
    quiet = ("--no-show-signature", "--no-mailmap", "--no-color", "--encoding=UTF-8")
    return git.once("log", "--first-parent", *quiet, "-z", f"--format=tformat:{_FORMAT}", *which).fields


def _commit(oid: str, author: str, email: str, at: str, subject: str) -> LandedCommit:
    return LandedCommit(oid, author, email, _moment(oid, at), subject)


def _moment(oid: str, text: str) -> datetime:
    try:
        return datetime.fromisoformat(text)
    except ValueError as problem:
        message = f"the commit {oid[:12]} says in no known way when it was made"
        raise CannotWorkError(message, f"git cat-file -p {oid[:12]} shows it") from problem


def landed(git: Git, oid: str) -> LandedCommit:
    """Return one commit."""
    return _rows(git, "-1", oid)[0]


def command_of(git: Git, oid: str) -> str | None:
    """Return the command that a commit says it was made by; None where it says none. A convenience, never trusted."""
    found = git.once("log", "-1", "--no-show-signature", "--format=%(trailers:key=Partnerkit-Command,valueonly)", oid)
    return found.text.strip() or None


def is_merge(git: Git, oid: str) -> bool:
    """Whether a commit has more than one parent."""
    return len(_parents(git, oid)) > 1


def parent(git: Git, oid: str) -> str | None:
    """Return the first parent of a commit; None for the first one of all, and where history was cut off."""
    return next(iter(_parents(git, oid)), None)


def _parents(git: Git, oid: str) -> tuple[str, ...]:
    return () if is_cut_off(git, oid) else read_commits(git, [oid])[0].parents


def where_it_began(git: Git, base: str, head: str) -> str:
    """Return the commit at which a branch left another: the latest that both hold.

    Args:
        git: the repository.
        base: the commit of the other branch.
        head: the last commit of the branch; itself where it holds all of `base`.

    Raises:
        CannotWorkError: they have no commit in common, or history was cut off, so that nobody can say which it is.
    """
    found = base if base == head else git.run("merge-base", base, head, ok=(0, 1)).text or None
    if git.is_shallow() and found != base:
        message = "history was cut off when this repository was cloned, so where the branch began cannot be said"
        raise CannotWorkError(message, "git fetch --unshallow (in CI: fetch-depth: 0), then check again")
    if found is None:
        message = f"{base[:12]} and {head[:12]} have no commit in common, so there is none where the branch began"
        raise CannotWorkError(message, "name a --base from which the branch was made; git log --oneline shows it")
    return found


def demand_a_line(git: Git, oids: list[str], name: str) -> None:
    """Whether commits follow one another: what merges joined cannot be taken apart.

    Raises:
        CannotWorkError: one is a merge.
    """
    rows = git.run("rev-list", "--no-walk", "--parents", "--stdin", stdin="\n".join([*oids, ""]).encode()).text
    merges = [row.split()[0] for row in rows.split("\n") if len(row.split()) > 2]  # noqa: PLR2004 - itself, one parent
    if merges:
        message = f"your commit {merges[0][:10]} is a merge, and others have sent more since; nothing changed"
        raise CannotWorkError(message, f"git rebase {name} makes a line of what is yours; then: partnerkit sync")
