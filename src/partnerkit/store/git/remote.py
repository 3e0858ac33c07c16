"""The other side: where a branch is sent to, what lies there, and what it answers when something is sent."""

from __future__ import annotations

import re
import time
from typing import Literal

from partnerkit.dataclass import dataclass, field
from partnerkit.errors import CannotWorkError
from partnerkit.store.git import environment
from partnerkit.store.git.repository import Git
from partnerkit.store.git.results import Result

_LINK = re.compile(r"https?://[^\s\x00-\x1f\x7f<>\"']+")
#: Why a remote that took nothing may take it a moment later: somebody else was at the same branch.
_RACES = ("lock", "incorrect old value", "failed to update ref", "fetch first", "stale info", "non-fast-forward")
_TRIES = 5
_PAUSE = 0.1


@dataclass(frozen=True, slots=True)
class Upstream:
    """What a branch follows.

    Attributes:
        remote: the name of the remote.
        ref: the full name of the branch there.
        tracking: the full name of what was last seen of it here.
    """

    remote: str
    ref: str
    tracking: str

    @property
    def name(self) -> str:
        """As a person says it, such as origin/main."""
        return self.tracking.removeprefix("refs/remotes/").removeprefix("refs/heads/")

    @property
    def branch(self) -> str:
        """The branch there, without what every branch's name begins with."""
        return self.ref.removeprefix("refs/heads/")


@dataclass(frozen=True, slots=True)
class Answer:
    """What became of a push.

    Attributes:
        outcome: taken; moved: somebody else was faster; refused: the other side does not want it.
        words: what the other side said, line by line.
        links: the addresses in it.
    """

    outcome: Literal["taken", "moved", "refused"]
    words: list[str] = field(default_factory=list)
    links: list[str] = field(default_factory=list)


def upstream(git: Git, branch: str) -> Upstream:
    """What a branch follows, from git's configuration.

    Args:
        git: the repository.
        branch: its full name.

    Raises:
        CannotWorkError: there is no remote, or the branch follows nothing; says the command that sets it.
    """
    parts = "%(upstream:remotename)%00%(upstream:remoteref)%00%(upstream)"
    remote, ref, tracking = git.run("for-each-ref", f"--format={parts}", branch).text.split("\0")
    if remote and ref and tracking:
        return Upstream(remote, ref, tracking)
    short = branch.removeprefix("refs/heads/")
    remotes = git.run("remote").text.split()
    if not remotes:
        message = "this repository knows no other one to share with; nothing changed"
        raise CannotWorkError(message, f"git remote add origin <url> && git push -u origin {short}")
    chosen = "origin" if "origin" in remotes else remotes[0]
    known = git.run("rev-parse", "--verify", "--quiet", f"refs/remotes/{chosen}/{short}", ok=(0, 1)).text
    mend = f"git branch --set-upstream-to={chosen}/{short}" if known else f"git push -u {chosen} {short}"
    raise CannotWorkError(f"git was not told which branch elsewhere {short} follows; nothing changed", mend)


def fetch(git: Git, up: Upstream) -> str | None:
    """Fetch what others sent; return the commit at which the branch stands there, None where it is not there yet.

    Raises:
        CannotWorkError: the other side cannot be reached, with git's own words; or it lacks what it had before.
    """
    before = _seen(git, up)
    _fetch(git, up)
    now = _seen(git, up)
    if before and now and before != now and git.run("merge-base", "--is-ancestor", before, now, ok=(0, 1)).code:
        git.run("update-ref", up.tracking, before)  # so that it is said again, until somebody has decided
        message = f"{up.name} was rewritten: it no longer holds {before[:10]}, which others had sent; nothing changed"
        mend = f"ask whoever rewrote it; to follow all the same: git fetch {up.remote} && git rebase {up.name}"
        raise CannotWorkError(message, mend)
    return now


def _seen(git: Git, up: Upstream) -> str | None:
    return git.known(up.tracking)


def _fetch(git: Git, up: Upstream) -> None:
    found = _network(git, "fetch", "--quiet", up.remote)
    for number in range(1, _TRIES):
        if not found.code or "cannot lock ref" not in found.err:
            break
        time.sleep(_PAUSE * number)  # somebody else fetches here at the same moment
        found = _network(git, "fetch", "--quiet", up.remote)
    if found.code:
        message = f"git could not fetch from {up.remote}; nothing changed:\n{found.err.strip()}"
        raise CannotWorkError(message, f"see that it can be reached: git fetch {up.remote}; git remote -v")


def push(git: Git, remote: str, oid: str, ref: str) -> Answer:
    """Send one commit to one branch; nothing that lies there is ever overwritten.

    Raises:
        CannotWorkError: the other side cannot be reached, or a hook here said no; with git's own words.
    """
    found = _network(git, "push", "--porcelain", "--atomic", remote, f"{oid}:{ref}")
    said = re.findall(r"^remote: ?(.*?)\s*$", found.err, re.MULTILINE)
    words = [line for line in said if line]
    links = list(dict.fromkeys(link.rstrip(".,;:)") for line in words for link in _LINK.findall(line)))
    if not found.code:
        return Answer("taken", words, links)
    reasons = [line for line in found.text.split("\n") if line.startswith("!\t")]
    if not reasons:
        message = f"git could not send to {remote}; it has not got what is yours:\n{found.err.strip()}"
        raise CannotWorkError(message, "what is yours is committed here; mend that, then: partnerkit sync")
    reason = reasons[0].rpartition("\t")[2]
    if "hook declined" not in reason and any(race in reason for race in _RACES):
        return Answer("moved", words, links)
    return Answer("refused", [*words, reason], links)


def _network(git: Git, *words: str) -> Result:
    """Run what reaches the other side, as the user has set that up; its words are read, so they are in one language."""
    env = {**environment.for_network(), "LC_ALL": "C", "LANGUAGE": "C"}
    return git.run(*words, env=env, ok=range(-64, 256), plumbing=False)
