"""Chains of commits written into a repository, all of them by one `git fast-import`."""

from __future__ import annotations

import subprocess
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from tests.place import environment
from tests.properties.supply import Commit, Files


@dataclass(frozen=True)
class Chain:
    """Commits that are to stand on one that is there.

    Attributes:
        base: the commit on which the first one stands.
        commits: the commits, one on the other.
        merged: how many of the commits, counted from the first, are those of a branch; what follows is a merge of it
            into a main line that begins anew from the base.
        ref: a branch that is to point to the last one.
    """

    base: Commit
    commits: Sequence[Commit]
    merged: int = 0
    ref: str | None = None


def written(root: Path, chains: Sequence[Chain]) -> list[list[Commit]]:
    """Write chains into a repository; the same commits, with what git calls them."""
    marks = root / ".git" / "marks"
    stream = b"".join(_stream(chains))
    argv = ["git", "fast-import", "--quiet", "--force", f"--export-marks={marks}"]
    subprocess.run(argv, cwd=root, env=environment(), input=stream, check=True)
    oids = dict(line.split(" ") for line in marks.read_text(encoding="ascii").splitlines())
    found, mark = [], 0
    for chain in chains:
        named = []
        for commit in chain.commits:
            mark += 1
            named.append(replace(commit, oid=oids[f":{mark}"]))
        found.append(named)
    return found


def _stream(chains: Sequence[Chain]) -> Iterator[bytes]:
    mark = 0
    for chain in chains:
        before, parents = chain.base.tree.held, [chain.base.oid]
        for place, commit in enumerate(chain.commits):
            mark += 1
            if chain.merged and place == chain.merged:
                before, parents = chain.base.tree.held, [chain.base.oid]
            if chain.merged and place == len(chain.commits) - 1:
                parents.append(f":{mark - 1 - (place - chain.merged)}")
            ref = chain.ref if chain.ref and place == len(chain.commits) - 1 else "refs/heads/unnamed"
            yield from _commit(commit, mark, ref, before, parents)
            before, parents = commit.tree.held, [f":{mark}"]


def _commit(commit: Commit, mark: int, ref: str, before: Files, parents: list[str]) -> Iterator[bytes]:
    who = f"Somebody <{commit.author}> {commit.at.timestamp():.0f} +0000"
    first, *others = parents
    lines = [f"commit {ref}", f"mark :{mark}", f"author {who}", f"committer {who}", "data 4", "step", f"from {first}"]
    yield "\n".join([*lines, *(f"merge {one}" for one in others), ""]).encode()
    after = commit.tree.held
    for path in sorted({*before, *after}):
        raw = after.get(path)
        if raw is None:
            yield f"D {path}\n".encode()
        elif before.get(path) != raw:
            yield f"M 100644 inline {path}\ndata {len(raw)}\n".encode() + raw + b"\n"
    yield b"\n"
