"""What the other sides of a merge had, and the merge did not take in."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from typing import Any

from partnerkit.findings import Finding
from partnerkit.register import SETTINGS_PATH, RecordFile
from partnerkit.rules.commands import pathspec
from partnerkit.rules.merged import left_out
from partnerkit.store.git.blobs import read_blobs
from partnerkit.store.git.repository import Git
from partnerkit.store.git.trees import CommitTree
from partnerkit.store.git.walk import Changed, Walked, versions_of
from partnerkit.store.layout import among_rules
from partnerkit.store.record_paths import record_id
from partnerkit.store.yaml.reader import read

#: The versions of each file that landed on this line so far, by its path.
Had = Mapping[str, Collection[str]]


def begun_beside(git: Git, walked: Walked) -> Iterator[Finding]:
    """A register that begins in a merge, of which another side has one already: the main line was exchanged."""
    for parent in walked.commit.parents[1:]:
        if CommitTree(git, parent).digest(SETTINGS_PATH) is not None:
            message = (
                f"the register begins here, in a merge, and {parent[:12]}, which is merged, holds one already: "
                "what landed there was judged nowhere on this line"
            )
            mend = f"git switch --detach {parent[:12]}, and merge the other side into that"
            yield Finding("main-line-moved", message, file=SETTINGS_PATH, line=1, mend=mend)


def rules_dropped(git: Git, walked: Walked, had: Had) -> Iterator[Finding]:
    """The rules that another side of a merge had landed, never this line, and that the merge left as they are here.

    Else whoever merges the main line into a branch of their own, and sends that as the main line, has undone them.
    """
    changed = {one.path for one in walked.changes}
    for parent, one in _never_here(walked, had):
        if among_rules(one.path) and one.path not in changed and not _once_here(git, walked, one):
            message = (
                f"{parent[:12]}, which is merged, says otherwise what is legal, and the merge left that out: "
                "if it had landed there, it was undone"
            )
            mend = f"git diff {parent[:12]} -- {pathspec(one.path)} shows it; merge a branch that does not change it"
            yield Finding("merge-dropped", message, file=one.path, line=1, mend=mend)


def records_aside(git: Git, walked: Walked, had: Had, records: Mapping[str, RecordFile]) -> Iterator[dict[str, Any]]:
    """What the other sides of a merge made of records, as parsed, where entries of theirs were left out.

    Args:
        git: the repository.
        walked: the merge.
        had: what landed before it, since the replay began.
        records: the records as the merge made them.
    """
    for _parent, one in _never_here(walked, had):
        if record_id(one.path) is None:
            continue
        document, _findings = read(read_blobs(git, [str(one.was)])[str(one.was)], one.path)
        record = records.get(str(document.data.get("id"))) if document is not None else None
        if document is None or record is None or not left_out(record, document.data):
            continue
        if not _once_here(git, walked, one):
            yield document.data


def _never_here(walked: Walked, had: Had) -> Iterator[tuple[str, Changed]]:
    """What the merge made otherwise of a file than another side had it, where that never stood on this line."""
    for parent, changes in walked.others.items():
        for one in changes:
            if one.was is not None and one.was not in had.get(one.path, ()):
                yield parent, one


def _once_here(git: Git, walked: Walked, one: Changed) -> bool:
    """Whether a version of a file stood on this line before the replay began."""
    return one.was in versions_of(git, walked.commit.parents[0], one.path)
