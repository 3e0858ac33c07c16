"""Whose word a decision is that a branch brings: what it says of itself, beside the commit that brings it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from partnerkit.jobs.witnesses import sealed, witnessed_by
from partnerkit.kinds.statements import core
from partnerkit.register import RecordFile, Register
from partnerkit.reviewing.told import Eye
from partnerkit.rules.assurance import level_of, said_in
from partnerkit.steps import Commit, Live, same
from partnerkit.store.git.repository import Git
from partnerkit.store.git.trees import read_blobs
from partnerkit.store.git.walk import landed_since, walk
from partnerkit.store.records import RECORDS
from partnerkit.store.yaml.reader import read

#: The lists of a record in which somebody decides.
_DECIDES = frozenset({"approvals", "waivers"})


def words_of_others(
    git: Git, ends: tuple[str | None, str], old: RecordFile | None, new: RecordFile, rules: Register
) -> Iterator[Eye]:
    """The decisions new in a record that say they are the word of somebody who did not commit them.

    Args:
        git: the repository.
        ends: the commits between which they came; from the beginning where the first is None.
        old: the record before.
        new: the record after.
        rules: the register whose roster says whose an address or a key is: that before the branch.
    """
    decided = {one.said.id: one for one in said_in(old, new) if one.group in _DECIDES}
    brought = _brought(git, ends, new.path, decided) if decided else {}
    for one, commit in brought.items():
        said = decided[one].said
        witness = witnessed_by(commit, rules, sealed(commit, rules))
        if level_of(decided[one], witness, rules) == "claimed":
            who = witness.signer or witness.author or "nobody whom the roster knew by that address"
            made = "is a merge" if len(commit.parents) > 1 else f"is by {who}"
            words = f"{one} for {said.requirement} says that it is the word of {said.by}; the commit that brings it"
            yield Eye("word-of-another", new.id, f"{words} {made}")


def _brought(git: Git, ends: tuple[str | None, str], path: str, decided: Mapping[str, Live]) -> dict[str, Commit]:
    """The commit since which each of these statements stands as it stands in the end; none where none has it."""
    base, head = ends
    steps = [
        (step.commit, one.oid)
        for step in walk(git, landed_since(git, head, base, (path,)), RECORDS)
        for one in step.changes
        if one.path == path and one.oid is not None
    ]
    blobs = read_blobs(git, [oid for _commit, oid in steps])
    found: dict[str, Commit] = {}
    for commit, oid in steps:
        there = _said(blobs[oid], path)
        for one, live in decided.items():
            if one not in there or not same(core(there[one]), core(live.raw)):
                found.pop(one, None)
            else:
                found.setdefault(one, commit)
    return found


def _said(raw: bytes, path: str) -> dict[str, dict[str, Any]]:
    """The decisions that a file holds, by their ids; none where nobody can read it."""
    document, _findings = read(raw, path)
    lists = [document.data.get(group) for group in sorted(_DECIDES)] if document is not None else []
    items = [one for each in lists if isinstance(each, list) for one in each if isinstance(one, dict)]
    return {one["id"]: one for one in items if isinstance(one.get("id"), str)}
