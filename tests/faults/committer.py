"""A process that commits again and again, to be killed or raced: COMMITTER.py ROOT REPORTED COUNT."""

from __future__ import annotations

import os
import sys
from pathlib import Path

from partnerkit.store.commit.atomic import commit, writing
from partnerkit.store.git.repository import Git
from partnerkit.store.git.trees import CommitTree

PATHS = ("records/a.yaml", "records/b.yaml")


def main() -> None:
    git = Git.discover(Path(sys.argv[1]))
    reported = os.open(sys.argv[2], os.O_WRONLY | os.O_CREAT | os.O_APPEND)
    for _ in range(int(sys.argv[3])):
        with writing(git, wait=60):
            base = git.head()
            number = int(CommitTree(git, str(base)).read_many(PATHS)[PATHS[0]].split()[1]) + 1
            changes = {path: f"{Path(path).stem}: {number}\n".encode() for path in PATHS}
            changes[f"records/new/{number}.yaml"] = f"n: {number}\n".encode()
            oid = commit(git, base, changes, f"number {number}\n")
        os.write(reported, f"{oid}\n".encode())


if __name__ == "__main__":
    main()
