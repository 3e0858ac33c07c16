"""Write what lets a forge judge record changes: workflows for GitHub, jobs for GitLab."""

from __future__ import annotations

import json
import re
from typing import Literal

from partnerkit import __version__
from partnerkit.jobs.desk import Desk
from partnerkit.jobs.pieces import Mention, Piece, WholeFile, Written, keep
from partnerkit.store.git.branches import default_branch
from partnerkit.store.git.repository import Git
from partnerkit.store.templates import templates

Forge = Literal["github", "gitlab"]

_FOLDERS: dict[Forge, str] = {"github": ".github/workflows", "gitlab": ".gitlab"}
_INCLUDING = ".gitlab-ci.yml"
_INCLUDED = ".gitlab/partnerkit.yml"
_BESIDE = "(as one more entry, where it has an include; where its stages lack test: .partnerkit: {stage: one of them})"


def ci(desk: Desk, forge: Forge, *, check: bool) -> Written:
    """Write what a forge runs for pull requests, the main branch and what is due, with this version pinned.

    Raises:
        CannotWorkError: there is no register here.
    """
    desk.working_tree().demand()
    command = f"partnerkit setup ci --forge {forge}"
    filled = {"@VERSION@": __version__, "@BRANCH@": json.dumps(_as_pattern(main_branch(desk.git)))}
    pieces: list[Piece] = [
        WholeFile(f"{_FOLDERS[forge]}/{name}", _filled(text, filled), command)
        for name, text in templates(forge).items()
    ]
    if forge == "gitlab":
        pieces.append(Mention(_INCLUDING, f"include: [{{local: {_INCLUDED}}}]\n", _INCLUDED, command, _BESIDE))
    return keep(desk, pieces, check=check)


def main_branch(git: Git) -> str:
    """The branch to which everything is merged: that of the remote, else one called main, else the one checked out."""
    known = default_branch(git)
    if known is not None:
        return known[0].removeprefix("origin/")
    return (git.branch() or "refs/heads/main").removeprefix("refs/heads/")


def _as_pattern(branch: str) -> str:
    """A branch as a filter of branches names it alone; git itself allows no star, question mark or bracket in it."""
    return re.sub(r"([+!\\])", r"\\\1", branch)


def _filled(text: str, values: dict[str, str]) -> str:
    for name, value in values.items():
        text = text.replace(name, value)
    return text
