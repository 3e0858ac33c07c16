"""The verdict on one step that landed: what broke the rules, what it entered, and how surely by whom."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterator
from dataclasses import replace
from datetime import timedelta

from partnerkit.findings import Finding, in_order
from partnerkit.jobs.levels import Levels, levels_of, pairs_of
from partnerkit.jobs.witnesses import Seal, sealed, witnessed_by
from partnerkit.register import RecordFile
from partnerkit.rules.assurance import Witness, said_in
from partnerkit.rules.audited import Entered, Verdict
from partnerkit.rules.compared import new_entries
from partnerkit.rules.landed import decided_surely
from partnerkit.rules.merged import nothing_is_dropped
from partnerkit.rules.signed import NEEDED
from partnerkit.rules.standing import judge_trail
from partnerkit.rules.steps import judge_step
from partnerkit.steps import Commit
from partnerkit.store.layout import is_rule
from partnerkit.store.replay import Landed

#: How far behind its parent a commit's clock may be: machines' clocks are rarely further apart.
_CLOCKS_APART = timedelta(hours=1)


def verdict(landed: Landed, previous: Commit | None, only: Collection[str] | None, levels: Levels) -> Verdict:
    """Judge one landed step by the rules before it.

    Args:
        landed: the step.
        previous: the commit before it, where there is one.
        only: the ids of the records that are asked about; all where None.
        levels: how surely statements were made that landed before; those of this step are added.
    """
    commit = landed.walked.commit
    rules = [one.path for one in landed.walked.changes if is_rule(one.path)]
    wanted = landed.changed if only is None else landed.changed & set(only)
    found = [one for one in landed.findings if only is None or one.record in only]
    if only is None:
        found += _clock(commit, previous)
    if landed.step is None:
        return Verdict(commit, _placed(found, commit), rules=rules)
    if wanted or rules:
        found += [one for one in judge_step(landed.step, wanted) if only is None or one.record in only]
    dropped = nothing_is_dropped(landed.step.after, landed.aside)
    found += [one for one in dropped if only is None or one.record in only]
    touched = landed.changed | landed.evidence
    stands = judge_trail(landed.step.after, commit.at, touched if only is None else touched & set(only))
    standing = _placed([one for one in stands if one.severity == "error"], commit)
    pairs = list(pairs_of(landed, wanted))
    brings = any(new_entries(old) < len(new.model.history) or any(said_in(old, new)) for old, new in pairs)
    seal = sealed(commit, landed.step.rules) if brings else Seal()
    witness = witnessed_by(commit, landed.step.rules, seal)
    entered = [one for old, new in pairs for one in _entered(old, new, commit, witness)]
    said = levels_of(landed, wanted, seal)
    levels.known |= {key: level for key, level in said.items() if key not in levels.known}
    found += seal.findings
    found += [one for old, new in pairs for one in decided_surely(landed.step, old, new, levels.of(new))]
    counted = Counter(one.record for one in entered)
    squashed = sorted(one for one, number in counted.items() if number > 1)
    return Verdict(commit, _placed(found, commit), standing, entered, said, squashed, rules, seal.worth)


def _placed(found: list[Finding], commit: Commit) -> list[Finding]:
    """The findings with the commit, and with a mend that suits what has landed: history is not rewritten."""
    return in_order(replace(one, commit=commit.oid, mend=_mend(one, commit)) for one in found)


def _mend(finding: Finding, commit: Commit) -> str:
    if finding.code == "signature-unverified":
        return NEEDED
    where = f" -- {finding.file}" if finding.file is not None else ""
    return f"git show {commit.oid[:12]}{where}"


def _clock(commit: Commit, previous: Commit | None) -> Iterator[Finding]:
    if previous is not None and previous.at - commit.at > _CLOCKS_APART:
        message = (
            f"it says that it landed on {commit.at:%Y-%m-%d %H:%M}, before the commit it stands on "
            f"({previous.oid[:12]}, {previous.at:%Y-%m-%d %H:%M}): its clock was set back"
        )
        yield Finding("landed-backdated", message)


def _entered(old: RecordFile | None, new: RecordFile, commit: Commit, witness: Witness) -> Iterator[Entered]:
    for entry in new.model.history[new_entries(old) :]:
        yield Entered(new.id, entry, commit.oid, commit.at, witness.level(entry.by), witness.saw(entry.at))
