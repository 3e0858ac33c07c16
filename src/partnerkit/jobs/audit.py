"""Audit a register: every step that landed, judged by the rules before it, from the repository alone."""

from __future__ import annotations

from collections.abc import Sequence

from partnerkit.errors import CannotWorkError, WrongCallError
from partnerkit.findings import Finding, in_order
from partnerkit.jobs.desk import Desk
from partnerkit.jobs.levels import Levels
from partnerkit.jobs.naming_files import named
from partnerkit.jobs.verdicts import verdict
from partnerkit.rules.audited import Audited, Verdict, told_once
from partnerkit.rules.standing import judge_trail
from partnerkit.rules.trusted import facts
from partnerkit.steps import Commit
from partnerkit.store.git.repository import Git
from partnerkit.store.git.trees import CommitTree
from partnerkit.store.git.walk import first_parents, genesis, landed_since, read_commits, rewritten_by
from partnerkit.store.replay import Replay, root_at

#: How many commits are judged between two words on how far it is.
_BETWEEN_WORDS = 50


def audit(desk: Desk, ids: list[str], since: str | None = None, trust_root: str | None = None) -> Audited:
    """Judge what landed on the first-parent chain of HEAD.

    Args:
        desk: where and when.
        ids: only these records; everything where empty.
        since: only what landed after this revision, which must be on the chain.
        trust_root: the digest of the rules with which the register must have begun.

    Raises:
        CannotWorkError: nothing has landed, history is cut off or replaced, an object is missing, or there is no
            register in the latest commit.
        WrongCallError: `since` names no commit of the chain, or an id no record.
    """
    head = _whole(desk.git)
    loaded = desk.read(CommitTree(desk.git, head))
    known = loaded.demand()
    only = named(desk, ids)
    start = _start(desk.git, head, since)
    oids = landed_since(desk.git, head, start)
    replay = Replay.from_commit(desk.git, start)
    previous = read_commits(desk.git, [start])[0] if start is not None else None
    verdicts = _judged(desk, replay, oids, only, previous)
    register = replay.now(known.former) or known
    standing = [*loaded.findings, *judge_trail(register, desk.latest, only, desk.judging)]
    began = genesis(desk.git, head)
    root = root_at(desk.git, began)
    told = {(one.code, one.record, one.file) for step in verdicts for one in step.findings}
    errors = (one for one in in_order(standing) if only is None or one.record in only)
    left = [one for one in errors if (one.code, one.record, one.file) not in told]
    if trust_root is not None and root != trust_root:
        left.insert(0, _other_root(root, trust_root, began))
    return Audited(
        register.settings.name,
        read_commits(desk.git, [head])[0],
        start,
        sorted(only) if only is not None else None,
        root,
        trust_root is not None,
        len(oids),
        verdicts,
        left,
        facts(register, only),
        desk.now,
    )


def _judged(
    desk: Desk, replay: Replay, oids: Sequence[str], only: set[str] | None, previous: Commit | None
) -> list[Verdict]:
    """The verdict on every commit that touched the register, oldest first."""
    found: list[Verdict] = []
    levels = Levels(desk.git, previous.oid if previous is not None else None)
    for done, landed in enumerate(replay.through(oids)):
        if done % _BETWEEN_WORDS == 0:
            desk.watch("commits judged", done, len(oids))
        if landed.walked.changes or any(landed.walked.others.values()):
            found.append(verdict(landed, previous, only, levels))
        previous = landed.walked.commit
    desk.watch("commits judged", len(oids), len(oids))
    return [one for one in told_once(found) if one.says_something]


def _whole(git: Git) -> str:
    """The latest commit of a history that is all there.

    Raises:
        CannotWorkError: it is not, or nothing has landed.
    """
    head = git.head()
    if head is None:
        raise CannotWorkError("cannot audit: nothing has landed on this branch yet", "partnerkit init")
    if git.is_shallow():
        message = "cannot audit: history was cut off when this repository was cloned"
        raise CannotWorkError(message, "git fetch --unshallow (in CI: fetch-depth: 0), then audit again")
    how = rewritten_by(git)
    if how is not None:
        raise CannotWorkError(f"cannot audit: {how.what}", how.mend)
    return head


def _start(git: Git, head: str, since: str | None) -> str | None:
    if since is None:
        return None
    start = git.resolve(since)
    if start not in first_parents(git, head):
        message = f"{since} ({start[:12]}) is no commit of the main line, which the audit goes along"
        raise WrongCallError(message, "git log --first-parent --oneline lists those that are")
    return start


def _other_root(root: str, wanted: str, began: str) -> Finding:
    message = f"the register began under other rules than those you trust: {root}, and you gave {wanted}"
    return Finding("trust-root-differs", message, mend=f"git show {began[:12]}", commit=began)
