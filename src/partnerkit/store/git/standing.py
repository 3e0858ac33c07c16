"""Where a text still stands in everything that git keeps: files, messages, authors, notes, and names of branches."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from partnerkit.kinds.sought import Sought
from partnerkit.rules.forgotten import Ref, Standing
from partnerkit.store.git.blobs import read_blobs, small_blobs
from partnerkit.store.git.entries import READABLE
from partnerkit.store.git.repository import Git
from partnerkit.store.git.walk import walk

#: Commits gone through at a time.
_AT_ONCE = 250

_NOTES = "refs/notes/*"
_SORTS = {"refs/heads/": "branch", "refs/remotes/": "branch elsewhere", "refs/tags/": "tag"}

#: What of a commit or a tag may hold words, each part in a line of its own but the last.
_COMMIT = "tformat:%H%n%an <%ae>, %cn <%ce>%n%B"
_REF = "%(refname)%00%(objecttype)%00%(objectname)%00%(*objectname)%00%(contents)%00"


def standing(git: Git, sought: Sought) -> Standing:
    """Look through every commit of every branch and tag for a text, and through notes, tags and their names.

    Args:
        git: the repository.
        sought: the text.
    """
    found = Standing()
    for commit, path, blob in _holding(git, sought, f"--exclude={_NOTES}", "--all", "HEAD"):
        found.versions.setdefault(path, set()).add(blob)
        found.commits.add(commit)
    found.notes = {blob for _commit, _path, blob in _holding(git, sought, f"--glob={_NOTES}")}
    log = git.run("log", "--all", "HEAD", "-z", "--no-show-signature", "--encoding=UTF-8", f"--format={_COMMIT}").fields
    for one in log:
        oid, people, message = one.split("\n", 2)
        found.messages |= {oid} if sought.found(message) else set()
        found.headers |= {oid} if sought.found(people) else set()
    _look_at_refs(git, sought, found)
    return found


def _look_at_refs(git: Git, sought: Sought, found: Standing) -> None:
    """What branches and tags are called, and what the messages of tags say."""
    fields = git.run("for-each-ref", f"--format={_REF}").out.decode("utf-8", "replace").split("\0")
    for name, sort, oid, commit, words in zip(*(fields[place:-1:5] for place in range(5)), strict=True):
        ref = name.lstrip("\n")
        if sort == "tag" and sought.found(words):
            found.tags.add(oid)
        if sought.names(ref):
            of = next((of for start, of in _SORTS.items() if ref.startswith(start)), "ref")
            found.refs.append(Ref(of, commit or oid))
    found.refs.sort()


def _holding(git: Git, sought: Sought, *which: str) -> Iterator[tuple[str, str, str]]:
    """The versions of files that hold a text, each with its commit and its path."""
    oids = git.run("rev-list", "--reverse", *which).text.split()
    known: dict[str, bool] = {}
    for start in range(0, len(oids), _AT_ONCE):
        brought = list(_brought(git, oids[start : start + _AT_ONCE]))
        new = small_blobs(git, {blob for _commit, _path, blob in brought} - known.keys())
        known |= dict.fromkeys((blob for _commit, _path, blob in brought if blob not in known), False)
        known |= {blob: sought.stands_in(raw) for blob, raw in read_blobs(git, new).items()}
        yield from (one for one in brought if known[one[2]])


def _brought(git: Git, oids: Sequence[str]) -> Iterator[tuple[str, str, str]]:
    for walked in walk(git, oids, "."):
        for one in [*walked.changes, *(each for others in walked.others.values() for each in others)]:
            if one.oid is not None and one.mode in READABLE:
                yield walked.commit.oid, one.path, one.oid
