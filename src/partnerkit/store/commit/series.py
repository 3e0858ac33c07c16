"""Commits that land together, one on the other: git makes all of them in one process, and the branch moves once."""

from __future__ import annotations

import contextlib
import os
import re
from collections.abc import Iterator, Mapping, Sequence

from partnerkit.dataclass import dataclass
from partnerkit.store.commit import hooks, moving, staging
from partnerkit.store.commit.index import DURABLE
from partnerkit.store.commit.journal import Journal
from partnerkit.store.commit.objects import settings
from partnerkit.store.commit.refusals import Moved
from partnerkit.store.disk import files
from partnerkit.store.disk.paths import demand_inside
from partnerkit.store.git.entries import FILE
from partnerkit.store.git.repository import Git
from partnerkit.store.git.results import GitFailed
from partnerkit.store.git.writing import Writing

#: What git calls the commits while it makes them; it is taken back before git could keep it.
_NAME = "refs/partnerkit/series"


@dataclass(frozen=True, slots=True)
class Link:
    """One commit of a series.

    Attributes:
        contents: the new bytes of each path; None where it goes.
        message: the commit message.
    """

    contents: Mapping[str, bytes | None]
    message: str


def possible(git: Git) -> bool:
    """Whether commits may be made together: nothing of the user's runs at each, and none is signed."""
    signs, lying = settings(git)
    return not signs and hooks.none(lying)


def land(git: Git, held: Writing, base: str, links: Sequence[Link]) -> list[str]:
    """Write some files and land them as several commits, all of them or none.

    Args:
        git: the repository.
        held: the right to write to it.
        base: the commit that was read and judged.
        links: the commits, each on the one before.

    Returns:
        The ids of the commits; they are durable, and working tree and index show the last.

    Raises:
        Moved: HEAD is not at `base` any more.
        Dirty: a path was edited or staged by hand.
        Unfinished: they landed, but the disk refused what comes after; the next command finishes it.
        CannotWorkError: git or the disk refused; nothing changed.
    """
    contents = {path: data for link in links for path, data in link.contents.items()}
    for path in contents:
        demand_inside(path)
    if (now := git.head()) != base:
        raise Moved(base, now)
    with moving.attempt(git) as run:
        changes = staging.differing(git, base, contents)
        oids = _made(git, base, links)
        git.attempted += oids[:-1]
        written = {path: data for path, data in contents.items() if data is not None}
        moving.arrive(git, run, Journal(run.token, "landing", base, oids[-1], held.branch, changes), written)
    return oids


def _made(git: Git, base: str, links: Sequence[Link]) -> list[str]:
    """Make the commits, on no branch yet; all of them is durable then."""
    author, committer = (git.run("var", f"GIT_{who}_IDENT", config=_WHO).out.strip() for who in ("AUTHOR", "COMMITTER"))
    people = b"author %s\ncommitter %s\n" % (author, committer)
    asked = b"".join(b"get-mark :%d\n" % number for number in range(1, len(links) + 1))
    # The name means nothing again before git comes to write down what it means: no ref is ever touched.
    end = b"reset %s\n\n" % _NAME.encode()
    stream = b"".join([*_commits(base, links, people), asked, end])
    try:
        return git.run("fast-import", "--quiet", stdin=stream, config=DURABLE).out.decode().split()
    except GitFailed:
        _drop_report(git)
        raise


_WHO = {"user.useConfigOnly": "true"}


def _commits(base: str, links: Sequence[Link], people: bytes) -> Iterator[bytes]:
    before = base.encode()
    for number, link in enumerate(links, 1):
        message = link.message.encode("utf-8", "surrogateescape")
        yield b"commit %s\nmark :%d\n%s" % (_NAME.encode(), number, people)
        yield b"data %d\n%s\nfrom %s\n" % (len(message), message, before)
        for path, data in link.contents.items():
            if data is None:
                yield b"D %s\n" % _quoted(path)
            else:
                yield b"M %s inline %s\ndata %d\n%s\n" % (FILE.encode(), _quoted(path), len(data), data)
        yield b"\n"
        before = b":%d" % number


def _quoted(path: str) -> bytes:
    """A path as git's streams write one that may hold anything."""
    escaped = path.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n")
    return os.fsencode(f'"{escaped}"')


def _drop_report(git: Git) -> None:
    """Take away what git leaves beside a failed import of ours; what it had to say it has said."""
    ours = re.compile(rf"^ *parent process *: *{os.getpid()}$".encode(), re.MULTILINE)
    for report in git.git_path("fast_import_crash").parent.glob("fast_import_crash_*"):
        with contextlib.suppress(OSError):
            if ours.search(report.read_bytes()):
                files.remove(report)
