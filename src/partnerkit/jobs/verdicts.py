"""The verdict on one step that landed: what broke the rules, what it entered, and how surely by whom."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from datetime import timedelta
from sys import intern

from partnerkit.dataclass import replace
from partnerkit.errors import CannotWorkError
from partnerkit.findings import Finding, in_order
from partnerkit.jobs.desk import Desk
from partnerkit.jobs.levels import Levels, pairs_of
from partnerkit.jobs.stood import Gathering
from partnerkit.jobs.witnesses import Seal, sealed, witnessed_by
from partnerkit.register import ROSTER_PATH, SETTINGS_PATH, RecordFile
from partnerkit.rules.amended import decided
from partnerkit.rules.assurance import Level, Witness, level_of, said_in
from partnerkit.rules.case import SKEW, to_come
from partnerkit.rules.commands import correcting, pathspec
from partnerkit.rules.compared import new_entries
from partnerkit.rules.governing import rule_changes, weakened
from partnerkit.rules.landed import decided_surely
from partnerkit.rules.merged import nothing_is_dropped
from partnerkit.rules.restored import FILE
from partnerkit.rules.settled import Settlement, settlements
from partnerkit.rules.signed import NEEDED
from partnerkit.rules.standing import judge_trail
from partnerkit.rules.steps import judge_step
from partnerkit.rules.strays import stray_was
from partnerkit.rules.verdict import Entered, Verdict
from partnerkit.steps import Commit, Live
from partnerkit.store.git.history import parent
from partnerkit.store.git.walk import last_by_clock
from partnerkit.store.landed_step import Landed
from partnerkit.store.layout import is_rule
from partnerkit.store.replay import Replay
from partnerkit.tuples import NamedTuple

#: How many commits are judged between two words on how far it is.
_BETWEEN_WORDS = 50

#: How far behind its parent a commit's clock may be: machines' clocks are rarely further apart.
_CLOCKS_APART = timedelta(hours=1)

#: How a commit gets another date, as long as it has not landed.
ANEW = "set the clock right, then git commit --amend --no-edit --date=now makes it anew"


def verdicts(
    desk: Desk,
    replay: Replay,
    oids: Sequence[str],
    before: str | None,
    known: dict[str, Level] | None = None,
    elsewhere: Callable[[], dict[str, Level]] | None = None,
    gathering: Gathering | None = None,
) -> list[Verdict]:
    """The verdict on every commit, oldest first.

    Args:
        desk: where; whoever watches is told how far it is.
        replay: the register as it was before the first of them.
        oids: the commits, one on the other.
        before: the commit on which the first of them stands; None where it stands on none.
        known: how surely statements were made that landed before, as far as that is known.
        elsewhere: waits for more of that, found elsewhere meanwhile.
        gathering: notes what stands so to the end.
    """
    if not oids:
        return []
    found: list[Verdict] = []
    levels = Levels(desk.git, before, known or {}, elsewhere)
    latest = last_by_clock(desk.git, before, desk.latest + SKEW) if before is not None else None
    previous = before
    for done, landed in enumerate(replay.through(oids)):
        if done % _BETWEEN_WORDS == 0:
            desk.watch("commits judged", done, len(oids))
        commit = landed.walked.commit
        _demand_next(commit, previous)
        one = verdict(landed, latest, levels, gathering)
        ahead = list(_ahead(desk, commit))
        found.append(replace(one, findings=_placed([*one.findings, *ahead], landed)) if ahead else one)
        previous = commit.oid
        latest = commit if not ahead and (latest is None or commit.at > latest.at) else latest
    desk.watch("commits judged", len(oids), len(oids))
    return found


def _demand_next(commit: Commit, previous: str | None) -> None:
    """Whether a commit stands on the one before it: git and what reads its commits must agree.

    Raises:
        CannotWorkError: it does not.
    """
    if commit.parents[:1] != (() if previous is None else (previous,)):
        message = f"cannot audit: the commit {commit.oid[:12]} does not stand on the one that git names before it"
        raise CannotWorkError(message, f"git cat-file -p {commit.oid[:12]} shows its parents; git fsck too")


def landing(desk: Desk, commit: str) -> list[Finding]:
    """What a commit that lands breaks by itself, which no comparison of its tree with another shows."""
    before = parent(desk.git, commit)
    latest = last_by_clock(desk.git, before, desk.latest + SKEW) if before is not None else None
    replay = Replay.from_commit(desk.git, before)
    return [
        replace(one, commit=commit)
        for landed in replay.through([commit])
        for one in [*_by_itself(landed, latest, _seal(landed, _brought(landed))), *_ahead(desk, landed.walked.commit)]
    ]


def _ahead(desk: Desk, commit: Commit) -> Iterator[Finding]:
    if to_come(commit.at, None, desk.latest):
        message = f"it says that it landed on {commit.at:%Y-%m-%d %H:%M}, which is still to come"
        yield Finding("landed-in-future", message, mend=ANEW)


def _by_itself(landed: Landed, latest: Commit | None, seal: Seal) -> Iterator[Finding]:
    """What its commit shows, whatever it changes: its clock, its signature, and what a merge left out."""
    yield from landed.beside
    yield from _clock(landed.walked.commit, latest)
    if landed.step is not None:
        yield from nothing_is_dropped(landed.step.after, landed.aside)
    yield from seal.findings


class _Brought(NamedTuple):
    """What a step brought to a record: the record before it and after it, and the statements that are new."""

    old: RecordFile | None
    new: RecordFile
    said: list[Live]


def _brought(landed: Landed) -> list[_Brought]:
    return [_Brought(old, new, [*said_in(old, new)]) for old, new in pairs_of(landed, landed.changed)]


def _seal(landed: Landed, brought: list[_Brought]) -> Seal:
    """What the signature of a commit is worth, where it brings something."""
    brings = any(new_entries(one.old) < len(one.new.model.history) or one.said for one in brought)
    brings = brings or any(is_rule(one.path) for one in landed.walked.changes)
    return sealed(landed.walked.commit, landed.step.rules) if brings and landed.step is not None else Seal()


def verdict(landed: Landed, latest: Commit | None, levels: Levels, gathering: Gathering | None = None) -> Verdict:
    """Judge one landed step by the rules before it.

    Args:
        landed: the step.
        latest: of the commits before it, the one that landed last by its own word.
        levels: how surely statements were made that landed before; those of this step are added.
        gathering: notes what stands so to the end.
    """
    commit = landed.walked.commit
    rules = [one.path for one in landed.walked.changes if is_rule(one.path)]
    brought = _brought(landed)
    seal = _seal(landed, brought)
    found = [*(replace(one, was=_was(one, landed)) for one in landed.findings), *_by_itself(landed, latest, seal)]
    if landed.step is None:
        return Verdict(commit, _placed(found, landed), rules=rules)
    if landed.changed or rules:
        found += judge_step(landed.step, landed.changed)
    touched = set(landed.step.after.records) if rules else landed.changed | landed.evidence
    # What landed before is not still to come, though the clock of this commit may be a little behind.
    now = max(commit.at, latest.at) if latest is not None else commit.at
    after = landed.step.after
    if gathering is not None:
        stands = gathering.judged(after, now, touched, rules=bool(rules))
    else:
        stands = judge_trail(after, now, touched)
    standing = _placed([one for one in stands if one.severity == "error"], landed)
    witness = witnessed_by(commit, landed.step.rules, seal)
    settling = {one.entry: one for one in settlements(landed.step, landed.changed, [*found, *standing])}
    entered = [one for old, new, _said in brought for one in _entered(old, new, commit, witness, settling)]
    sure = {one.said.id: level_of(one, witness, landed.step.rules) for each in brought for one in each.said}
    levels.known |= {key: level for key, level in sure.items() if key not in levels.known}
    found += [one for old, new, _said in brought for one in decided_surely(landed.step, old, new, levels.of(new))]
    counted = Counter(one.record for one in entered)
    return Verdict(
        commit,
        _placed(found, landed),
        standing,
        entered,
        levels=sure,
        said_in={one.said.id: each.new.id for each in brought for one in each.said},
        squashed=sorted(one for one, number in counted.items() if number > 1),
        rules=rules,
        governs=rule_changes(landed.step) if rules else [],
        weakened=weakened(landed.step.before, landed.step.after) if rules and landed.step.before is not None else [],
        decided=decided(landed.step.before, landed.step.after) if rules and landed.step.before is not None else [],
        signature=seal.worth,
        expunged=sorted(each.new.id for each in brought if each.new.marked_later(each.new.data)),
        looked_at=None if rules else sorted(touched),
    )


def _was(found: Finding, landed: Landed) -> str:
    """What a file that could not be read was before: a record or a rule, or neither."""
    if found.file is None or found.file not in landed.strays:
        return FILE
    changed = {one.path: one.was for one in landed.walked.changes}
    stays = found.file in {SETTINGS_PATH, ROSTER_PATH} or (is_rule(found.file) and found.file not in changed)
    return stray_was(changed.get(found.file), stays=stays)


def _placed(found: list[Finding], landed: Landed) -> list[Finding]:
    """The findings with the commit, and with a mend that suits what has landed: history is not rewritten."""
    return in_order(replace(one, commit=landed.walked.commit.oid, mend=_mend(one, landed)) for one in found)


def _mend(finding: Finding, landed: Landed) -> str:
    if finding.code == "signature-unverified":
        return NEEDED
    if finding.code == "record-moved" and finding.record is not None:
        return f"{finding.mend} && git commit -m 'Back in its place' && {correcting(finding.record)}"
    paths = " ".join(pathspec(one) for one in _showing(finding, landed))
    return f"git show {landed.walked.commit.oid[:12]}{f' -- {paths}' if paths else ''}"


def _showing(finding: Finding, landed: Landed) -> list[str]:
    """The files in which a commit shows it: its own, else the evidence of its record; none says all that it changed."""
    changed = {one.path for one in landed.walked.changes}
    if finding.file is None or finding.file in changed:
        return [finding.file] if finding.file is not None else []
    record = landed.step.after.records.get(finding.record or "") if landed.step is not None else None
    refs = (one.get("ref") for one in record.data.get("evidence") or []) if record is not None else ()
    return sorted(changed.intersection(refs))


def _clock(commit: Commit, latest: Commit | None) -> Iterator[Finding]:
    if latest is not None and latest.at - commit.at > _CLOCKS_APART:
        message = (
            f"it says that it landed on {commit.at:%Y-%m-%d %H:%M}, and stands on {latest.oid[:12]}, which landed on "
            f"{latest.at:%Y-%m-%d %H:%M}: its clock was set back"
        )
        yield Finding("landed-backdated", message, mend=ANEW)


def _entered(
    old: RecordFile | None, new: RecordFile, commit: Commit, witness: Witness, settling: dict[str, Settlement]
) -> Iterator[Entered]:
    for entry in new.model.history[new_entries(old) :]:
        yield Entered(
            record=intern(new.id),
            seq=entry.seq,
            id=entry.id,
            type=intern(entry.type),
            left=intern(entry.from_) if entry.from_ is not None else None,
            to=intern(entry.to),
            at=entry.at,
            by=intern(entry.by),
            commit=commit.oid,
            landed_at=commit.at,
            level=witness.level(entry.by),
            witnessed=witness.saw(entry.at),
            reason=entry.reason,
            undoes=entry.undoes,
            relies=tuple(sorted(entry.relies_on)),
            settles=tuple(sorted(settling[entry.id].about)) if entry.id in settling else (),
        )
