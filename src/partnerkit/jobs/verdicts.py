"""The verdict on one step that landed: what broke the rules, what it entered, and how surely by whom."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import timedelta

from partnerkit.errors import CannotWorkError
from partnerkit.findings import Finding, in_order
from partnerkit.jobs.desk import Desk
from partnerkit.jobs.levels import Levels, levels_of, pairs_of
from partnerkit.jobs.witnesses import Seal, sealed, witnessed_by
from partnerkit.register import RecordFile
from partnerkit.rules.amended import decided
from partnerkit.rules.assurance import Level, Witness, said_in
from partnerkit.rules.case import to_come
from partnerkit.rules.compared import new_entries
from partnerkit.rules.governing import weakened
from partnerkit.rules.landed import decided_surely
from partnerkit.rules.merged import nothing_is_dropped
from partnerkit.rules.offering import correcting
from partnerkit.rules.restored import FILE
from partnerkit.rules.settled import Settlement, settlements
from partnerkit.rules.signed import NEEDED
from partnerkit.rules.standing import judge_trail
from partnerkit.rules.steps import judge_step
from partnerkit.rules.verdict import Entered, Verdict
from partnerkit.steps import Commit
from partnerkit.store.layout import is_rule
from partnerkit.store.replay import Landed, Replay

#: How many commits are judged between two words on how far it is.
_BETWEEN_WORDS = 50

#: How far behind its parent a commit's clock may be: machines' clocks are rarely further apart.
_CLOCKS_APART = timedelta(hours=1)


def verdicts(
    desk: Desk, replay: Replay, oids: Sequence[str], before: Sequence[Commit], known: dict[str, Level] | None = None
) -> list[Verdict]:
    """The verdict on every commit, oldest first.

    Args:
        desk: where; whoever watches is told how far it is.
        replay: the register as it was before the first of them.
        oids: the commits, one on the other.
        before: commits that landed before the first, as far as they are known, the one that it stands on last.
        known: how surely statements were made that landed before, as far as that is known.
    """
    if not oids:
        return []
    found: list[Verdict] = []
    levels = Levels(desk.git, before[-1].oid if before else None, known or {})
    latest = max(
        (one for one in before if not to_come(one.at, None, desk.latest)), key=lambda one: one.at, default=None
    )
    previous = before[-1] if before else None
    for done, landed in enumerate(replay.through(oids)):
        if done % _BETWEEN_WORDS == 0:
            desk.watch("commits judged", done, len(oids))
        commit = landed.walked.commit
        _demand_next(commit, previous)
        one = verdict(landed, latest, levels)
        ahead = to_come(commit.at, None, desk.latest)
        found.append(replace(one, findings=_placed([*one.findings, _ahead(commit)], commit)) if ahead else one)
        previous = commit
        latest = commit if not ahead and (latest is None or commit.at > latest.at) else latest
    desk.watch("commits judged", len(oids), len(oids))
    return found


def _demand_next(commit: Commit, previous: Commit | None) -> None:
    """Whether a commit stands on the one before it: git and what reads its commits must agree.

    Raises:
        CannotWorkError: it does not.
    """
    if commit.parents[:1] != (() if previous is None else (previous.oid,)):
        message = f"cannot audit: the commit {commit.oid[:12]} does not stand on the one that git names before it"
        raise CannotWorkError(message, f"git cat-file -p {commit.oid[:12]} shows its parents; git fsck too")


def _ahead(commit: Commit) -> Finding:
    message = f"it says that it landed on {commit.at:%Y-%m-%d %H:%M}, which is still to come"
    return Finding("landed-in-future", message)


def verdict(landed: Landed, latest: Commit | None, levels: Levels) -> Verdict:
    """Judge one landed step by the rules before it.

    Args:
        landed: the step.
        latest: of the commits before it, the one that landed last by its own word.
        levels: how surely statements were made that landed before; those of this step are added.
    """
    commit = landed.walked.commit
    rules = [one.path for one in landed.walked.changes if is_rule(one.path)]
    found = [*(replace(one, was=FILE) for one in landed.findings), *_clock(commit, latest)]
    if landed.step is None:
        return Verdict(commit, _placed(found, commit), rules=rules)
    if landed.changed or rules:
        found += judge_step(landed.step, landed.changed)
    found += nothing_is_dropped(landed.step.after, landed.aside)
    touched = set(landed.step.after.records) if rules else landed.changed | landed.evidence
    stands = judge_trail(landed.step.after, commit.at, touched)
    standing = _placed([one for one in stands if one.severity == "error"], commit)
    pairs = list(pairs_of(landed, landed.changed))
    said = [(one, new.id) for old, new in pairs for one in said_in(old, new)]
    brings = bool(said) or any(new_entries(old) < len(new.model.history) for old, new in pairs)
    seal = sealed(commit, landed.step.rules) if brings else Seal()
    witness = witnessed_by(commit, landed.step.rules, seal)
    settling = {one.entry: one for one in settlements(landed.step, landed.changed, [*found, *standing])}
    entered = [one for old, new in pairs for one in _entered(old, new, commit, witness, settling)]
    sure = levels_of(landed, landed.changed, seal)
    levels.known |= {key: level for key, level in sure.items() if key not in levels.known}
    found += seal.findings
    found += [one for old, new in pairs for one in decided_surely(landed.step, old, new, levels.of(new))]
    counted = Counter(one.record for one in entered)
    return Verdict(
        commit,
        _placed(found, commit),
        standing,
        entered,
        levels=sure,
        said_in={one.said.id: record for one, record in said},
        squashed=sorted(one for one, number in counted.items() if number > 1),
        rules=rules,
        weakened=weakened(landed.step.before, landed.step.after) if rules and landed.step.before is not None else [],
        decided=decided(landed.step.before, landed.step.after) if rules and landed.step.before is not None else [],
        signature=seal.worth,
        expunged=sorted(new.id for _old, new in pairs if new.marked_later(new.data)),
        looked_at=None if rules else sorted(touched),
    )


def _placed(found: list[Finding], commit: Commit) -> list[Finding]:
    """The findings with the commit, and with a mend that suits what has landed: history is not rewritten."""
    return in_order(replace(one, commit=commit.oid, mend=_mend(one, commit)) for one in found)


def _mend(finding: Finding, commit: Commit) -> str:
    if finding.code == "signature-unverified":
        return NEEDED
    if finding.code == "record-moved" and finding.record is not None:
        return f"{finding.mend}; git commit -m 'Back in its place'; {correcting(finding.record)}"
    where = f" -- {finding.file}" if finding.file is not None else ""
    return f"git show {commit.oid[:12]}{where}"


def _clock(commit: Commit, latest: Commit | None) -> Iterator[Finding]:
    if latest is not None and latest.at - commit.at > _CLOCKS_APART:
        message = (
            f"it says that it landed on {commit.at:%Y-%m-%d %H:%M}, and stands on {latest.oid[:12]}, which landed on "
            f"{latest.at:%Y-%m-%d %H:%M}: its clock was set back"
        )
        yield Finding("landed-backdated", message)


def _entered(
    old: RecordFile | None, new: RecordFile, commit: Commit, witness: Witness, settling: dict[str, Settlement]
) -> Iterator[Entered]:
    for entry in new.model.history[new_entries(old) :]:
        yield Entered(
            record=new.id,
            seq=entry.seq,
            id=entry.id,
            type=entry.type,
            left=entry.from_,
            to=entry.to,
            at=entry.at,
            by=entry.by,
            commit=commit.oid,
            landed_at=commit.at,
            level=witness.level(entry.by),
            witnessed=witness.saw(entry.at),
            reason=entry.reason,
            undoes=entry.undoes,
            relies=tuple(sorted(entry.relies_on)),
            settles=tuple(sorted(settling[entry.id].about)) if entry.id in settling else (),
        )
