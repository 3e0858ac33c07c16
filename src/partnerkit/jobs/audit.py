"""Audit a register: every step that landed, judged by the rules before it, from the repository alone."""

from __future__ import annotations

import contextlib
import itertools
import re
from collections.abc import Sequence
from pathlib import Path

from partnerkit.dataclass import dataclass, replace
from partnerkit.errors import CannotWorkError, WrongCallError
from partnerkit.findings import Finding, in_order
from partnerkit.jobs.as_of import commit_of
from partnerkit.jobs.checkpoint import Checkpoint, read_checkpoint, write_checkpoint
from partnerkit.jobs.corrected import Trial
from partnerkit.jobs.desk import Desk
from partnerkit.jobs.kept_standing import Kept, Meant, Standing, judge_what_stands, judged_whole
from partnerkit.jobs.naming_files import named
from partnerkit.jobs.put_aside import edits_kept
from partnerkit.jobs.verdict_rows import as_text, from_texts
from partnerkit.jobs.verdicts_beside import Judged, Part, lost
from partnerkit.jobs.verdicts_beside import judged as judged_in_parts
from partnerkit.kinds.canonical import canonical
from partnerkit.kinds.expunging import Listed
from partnerkit.rules.audited import Audited, told
from partnerkit.rules.offering import Offer
from partnerkit.rules.places import at
from partnerkit.rules.verdict import Verdict, against, key_of, only_of
from partnerkit.store.expunged import expunged_in
from partnerkit.store.git.repository import Git
from partnerkit.store.git.trees import CommitTree
from partnerkit.store.git.walk import first_parents, genesis, landed_since, read_commits, rewritten_by
from partnerkit.store.gone import Gone
from partnerkit.store.record_paths import RECORDS
from partnerkit.store.replay import Replay
from partnerkit.store.rule_files import root_of
from partnerkit.store.sound import known_in
from partnerkit.store.verdict_cache import VerdictCache

_ROOT = re.compile(r"c1:[0-9a-f]{64}")

#: Findings that may be gone the next time, though the commit is the same.
_PASSING = {"signature-unverified", "landed-in-future"}


@dataclass(frozen=True, slots=True)
class Asked:
    """What an audit is asked for.

    Attributes:
        ids: only these records; everything where empty.
        since: only what landed after this revision, which must be on the main line.
        trust_root: the digest of the rules with which the register must have begun.
        year: only what landed in that year, where the register is.
        full: judge every commit anew, whatever was judged before.
        rewritten: the expungings for which history was rewritten, so that earlier commits hold their markers already.
        until: only what had landed at the end of that day, or with that revision, and what stood there.
        checkpoint: a file in which what was proven is kept, from where the next audit goes on.
    """

    ids: Sequence[str] = ()
    since: str | None = None
    trust_root: str | None = None
    checkpoint: Path | None = None
    year: int | None = None
    full: bool = False
    rewritten: Sequence[str] = ()
    until: str | None = None

    def demand_one_beginning(self) -> None:
        """Whether it is clear from where to begin, and of what.

        Raises:
            WrongCallError: a checkpoint speaks of everything from its commit on; a digest or an id is none.
        """
        if self.trust_root is not None and not _ROOT.fullmatch(self.trust_root):
            message = f"{self.trust_root!r} is no digest: a job without its secret would pass unpinned"
            raise WrongCallError(message, "--trust-root c1:<64 hexadecimal digits>, as partnerkit init printed it")
        if "" in self.ids:
            raise WrongCallError("an empty id names no record", "partnerkit list shows them")
        if self.checkpoint is not None and (self.ids or self.since is not None or self.until is not None):
            message = "--checkpoint goes on from where the last audit ended to what landed last, over all records"
            raise WrongCallError(message, "leave --since, --as-of and the ids out, or --checkpoint")


def audit(desk: Desk, asked: Asked) -> Audited:
    """Judge what landed on the first-parent chain of HEAD, or of the commit up to which it is asked.

    Args:
        desk: where and when.
        asked: what of it. A checkpoint is written only where everything was proven.

    Raises:
        CannotWorkError: nothing has landed, history is cut off or replaced, an object is missing, or there is no
            register in the latest commit.
        WrongCallError: `since` names no commit of the main line, `until` none at all, an id no record, or the file is
            no checkpoint.
    """
    asked.demand_one_beginning()
    latest = _whole(desk.git)
    head = commit_of(desk, asked.until).oid if asked.until is not None else latest
    tree, loaded = desk.tree_of(head, lasting=head == latest and not asked.full)
    known = loaded.demand()
    only = named(desk, list(asked.ids), head if asked.until is not None else None)
    last = read_checkpoint(asked.checkpoint) if asked.checkpoint is not None else None
    moved = _moved(desk.git, head, last) if last is not None else None
    start = last.commit if last is not None and moved is None else _start(desk.git, head, asked.since)
    oids = landed_since(desk.git, head, start)
    files = tree.files(RECORDS)
    path = desk.git.git_path("partnerkit/verdicts.sqlite")
    cache = VerdictCache(path, aside=head != latest) if not asked.full else None
    kept = Kept(cache, files)
    later = _rewritten(expunged_in(desk.git, files, known.records, kept.list_nothing), asked.rewritten)
    judged = _verdicts(desk, later, start, oids, cache, kept)
    stands = judge_what_stands(judged.replay, kept, judged.gathered, desk.latest, desk.judging)
    stands = stands or judged_whole(known, desk.latest)
    register, standing = stands.register, [*loaded.findings, *stands.findings]
    every = told(judged.verdicts, standing, register)
    every = every if only is None else [only_of(one, only) for one in every]
    steps = [one for one in every if one.says_something]
    if asked.year is not None:
        steps = [one for one in steps if known.day(one.commit.at).year == asked.year]
    offer, stand = Offer(register, Trial(desk, register, head)), {key_of(one) for one in standing}
    steps = [
        replace(one, findings=edits_kept(desk, (offer.of(each, against(each, one, stand)) for each in one.findings)))
        if one.findings
        else one
        for one in steps
    ]
    began = genesis(desk.git, oids if start is None else first_parents(desk.git, head)[::-1])
    root = root_of(CommitTree(desk.git, began), known_in(desk.git, keeping=not asked.full, alone=False))
    known_already = {(one.code, one.record, one.file) for step in steps for one in step.findings}
    standing += _never_landed(stands, only, steps) if start is None and asked.year is None else []
    errors = (one for one in in_order(standing) if only is None or one.record is None or one.record in only)
    left = edits_kept(desk, (offer.of(one) for one in errors if (one.code, one.record, one.file) not in known_already))
    wanted = asked.trust_root or (last.trust_root if last is not None else None)
    elsewhere = _other_root(root, wanted, began) if wanted is not None and wanted != root else None
    found = Audited(
        register.settings.name,
        read_commits(desk.git, [head])[0],
        start,
        sorted(only) if only is not None else None,
        root,
        wanted is not None,
        len(oids),
        steps,
        [*(one for one in (moved, elsewhere) if one is not None), *left],
        stands.facts(only),
        desk.now,
        asked.year,
    )
    if asked.checkpoint is not None and found.proven:
        write_checkpoint(asked.checkpoint, found, last)
    return found


def _rewritten(listed: dict[str, Listed], ids: Sequence[str]) -> dict[str, Listed]:
    """Of what records list as expunged, that for which history was rewritten: only whoever audits can say that.

    Raises:
        WrongCallError: an id of no expunging.
    """
    unknown = sorted({*ids} - {str(one["id"]) for every in listed.values() for one in every})
    if unknown:
        message = f"no record lists the expunging {unknown[0]}, for which history is said to have been rewritten"
        raise WrongCallError(message, "partnerkit log <record> lists what was expunged from it")
    found = {record: tuple(one for one in every if one["id"] in ids) for record, every in listed.items()}
    return {record: every for record, every in found.items() if every}


def _never_landed(stands: Standing, only: set[str] | None, steps: list[Verdict]) -> list[Finding]:
    """Entries that stand at the end and that no step brought: then something was judged that is not what stands."""
    landed = {(one.record, one.id) for step in steps for one in step.entered}
    return [
        at(
            record,
            ("history", index),
            "never-landed",
            f"entry {entry.seq} of {record.id} stands, and no commit brought it",
        )
        for record in stands.beside(landed)
        if only is None or record.id in only
        for index, entry in enumerate(record.model.history)
        if (record.id, entry.id) not in landed
    ]


def _moved(git: Git, head: str, last: Checkpoint) -> Finding | None:
    """Where what was audited last is no longer on the main line."""
    if last.commit in first_parents(git, head):
        return None
    ahead = git.run("merge-base", "--is-ancestor", last.commit, head, ok=(0, 1, 128)).code == 0
    if ahead:
        message = (
            f"{last.commit[:12]}, up to which the last audit proved everything, is no longer on the main line: a merge "
            "made it a side branch, so what landed since may stand in another order"
        )
        return Finding("main-line-moved", message, mend=f"git log --graph --oneline {head[:12]}")
    message = (
        f"{last.commit[:12]}, up to which the last audit proved everything, is not in this history: it was rewritten "
        "and forced, or this is another repository"
    )
    return Finding("history-rewritten", message, mend="git reflog, or another clone, may still have it")


def _verdicts(
    desk: Desk, later: dict[str, Listed], start: str | None, oids: Sequence[str], cache: VerdictCache | None, kept: Kept
) -> Judged:
    """The verdict on every commit after `start`, judged or known already, and the register as it is at the end.

    Args:
        desk: where.
        later: what records say in the end was expunged from them.
        start: the commit before the first.
        oids: the commits.
        cache: what was judged before; None where all of them are judged anew.
        kept: what is known of the records that stand at the end.
    """
    known: list[Verdict] = []
    if cache is not None:
        cache.beside(canonical({one: list(expungings) for one, expungings in later.items()}) if later else "")
        known = _known(cache, oids)
    replay = Replay.from_middle(desk.git, known[-1].commit.oid, later, known_in(desk.git)) if known else None
    if cache is not None and replay is not None:
        replay.ledger.meant = Meant(cache, replay.blobs())
    if replay is None or replay.unreadable(kept.readable(replay)) or lost(known):
        # What is gone or unreadable there, only the past can say.
        known, replay = [], Replay.from_commit(desk.git, start, later)
    if replay.lacks_rules and start is not None:
        message = f"cannot audit from {start[:12]} on: its rules cannot be read, and those before it still judge"
        raise CannotWorkError(message, "partnerkit audit, or --since a commit before it")
    if cache is not None and start is None:
        replay.ledger.tell = cache.add_meanings
    before = known[-1].commit.oid if known else start
    levels = {key: level for one in known for key, level in one.levels.items()}
    part = Part(before, oids[len(known) :], later, levels, kept.files)
    found = judged_in_parts(desk, replay, part)
    lasting = (one for one in found.verdicts if not _PASSING & {found.code for found in one.findings})
    if found.verdicts and cache is not None and start is None:
        cache.keep((one.commit.oid, as_text(one)) for one in lasting)
        cache.keep_meanings(found.replay.ledger.meanings(), set(found.replay.blobs()))
        if before is None:
            Gone(desk.git).keep(oids[-1], found.replay.went)
    return replace(found, verdicts=[*known, *found.verdicts])


def _known(cache: VerdictCache, oids: Sequence[str]) -> list[Verdict]:
    """The verdicts that are kept, from the first commit on, without a gap."""
    kept = cache.known(oids)
    found: list[Verdict] = []
    gapless = (kept.pop(oid) for oid in itertools.takewhile(kept.__contains__, oids))  # what is read is not held
    with contextlib.suppress(
        ValueError, KeyError, TypeError, RecursionError
    ):  # somebody wrote into it: from there on it is judged
        found.extend(from_texts(gapless))
    return found


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
        message = f"{since} ({start[:12]}) is no commit of the main line up to {head[:12]}, along which the audit goes"
        raise WrongCallError(message, "git log --first-parent --oneline lists those that are")
    return start


def _other_root(root: str, wanted: str, began: str) -> Finding:
    message = f"the register began under other rules than those you trust: {root}, and you gave {wanted}"
    return Finding("trust-root-differs", message, mend=f"git show {began[:12]}", commit=began)
