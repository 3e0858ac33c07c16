"""What the commits of a branch break one by one, though the branch as a whole breaks nothing."""

from __future__ import annotations

from collections.abc import Iterator

from partnerkit.dataclass import replace
from partnerkit.findings import Finding, has_errors
from partnerkit.jobs.corrected import as_put_back
from partnerkit.jobs.desk import Desk
from partnerkit.jobs.levels import Levels
from partnerkit.jobs.verdicts import ANEW, verdict
from partnerkit.rules.audited import told
from partnerkit.rules.standing import judge_trail
from partnerkit.rules.verdict import Key, Verdict, key_of
from partnerkit.steps import Step
from partnerkit.store.git.trees import CommitTree
from partnerkit.store.landed_step import Landed
from partnerkit.store.load import load
from partnerkit.store.replay import Replay


def broken_one_by_one(desk: Desk, base: str, oids: list[str]) -> Iterator[Finding]:
    """A warning for each commit that breaks the rules where the branch lands commit by commit, and not as one change.

    Who lands them and when is not known yet, so it does not count.

    Args:
        desk: where and when.
        base: where the branch began.
        oids: its commits, none of them a merge.
    """
    levels = Levels(desk.git, base)
    replay = Replay.from_commit(desk.git, base)
    every = told([verdict(_by_whoever_may(landed), None, levels) for landed in replay.through(oids)])
    stood = _stood(desk, base) if any(has_errors(one.findings) for one in every) else frozenset()
    for one in every:
        errors = [found for found in findings_of(desk, one) if found.severity == "error" and key_of(found) not in stood]
        if errors:
            message = (
                f"{one.commit.oid[:12]} ({one.commit.subject}) breaks the rules by itself, and the branch as a whole "
                f"does not: as one change it may land, commit by commit (rebased, fast-forwarded) it is found for "
                f"ever. {errors[0].message}"
            )
            mend = "merge or squash the branch; where it lands commit by commit: git rebase --interactive, and fixup"
            yield replace(errors[0], code="broken-one-by-one", message=message, severity="warning", mend=mend)


def findings_of(desk: Desk, one: Verdict) -> list[Finding]:
    """What was found of a commit that has not landed, with what it puts back as it had landed as a warning.

    The clock of such a commit can be set right still.
    """
    if not has_errors(one.findings):
        return one.findings
    found = [replace(each, mend=ANEW) if each.code == "landed-in-future" else each for each in one.findings]
    parent = one.commit.parents[0]
    before, after = (load(CommitTree(desk.git, oid)).demand() for oid in (parent, one.commit.oid))
    return as_put_back(desk, Step(before, after), found, parent)


def _stood(desk: Desk, base: str) -> frozenset[Key]:
    """What contradicted itself where the branch began."""
    return frozenset(key_of(one) for one in judge_trail(load(CommitTree(desk.git, base)).demand(), desk.latest))


def _by_whoever_may(landed: Landed) -> Landed:
    return replace(landed, step=replace(landed.step, by=None)) if landed.step is not None else landed
