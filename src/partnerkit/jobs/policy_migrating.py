"""A new version of a policy in which stages are gone: it lands together with one entry for each record that moves."""

from __future__ import annotations

import copy
from itertools import pairwise
from typing import Any, TypeAlias

from partnerkit.dataclass import replace
from partnerkit.errors import WrongCallError
from partnerkit.findings import Finding
from partnerkit.jobs.amending import Landing, decided, landed_already, written
from partnerkit.jobs.desk import Desk
from partnerkit.jobs.landing import Landed, Outcome, Planned, land
from partnerkit.jobs.named_record import record, source
from partnerkit.jobs.offering import put_schemas
from partnerkit.jobs.policies import find
from partnerkit.jobs.proposed import changed, weakened_by
from partnerkit.jobs.statements import entry, trailers, with_entry
from partnerkit.kinds.problems import did_you_mean
from partnerkit.policies.changes import summed
from partnerkit.policies.lifecycle import Lifecycle
from partnerkit.policies.policy import ORDER, Policy
from partnerkit.register import PolicyFile, RecordFile, Register
from partnerkit.rules.commands import correcting, line, log_of
from partnerkit.rules.refused import Refused
from partnerkit.store.disk.given import given
from partnerkit.store.draft import Draft
from partnerkit.store.policy_reading import read_policy_text
from partnerkit.store.record_paths import folder_kind
from partnerkit.store.yaml.editor import rewrite
from partnerkit.store.yaml.reader import read

#: Kind to stage to the stage in which its records stand now.
Moves: TypeAlias = dict[str, dict[str, str]]


def migrate(desk: Desk, name: str | None, file: str, stages: dict[str, str], reason: str | None) -> Landed:
    """Land a new version of a policy, and move each record whose stage is gone to where the new version says.

    Args:
        desk: where and when.
        name: the policy; the only one where None.
        file: the new version.
        stages: stages that are gone to those that take their place, `stage` or `kind.stage`.
        reason: why.

    Raises:
        WrongCallError: an unknown stage, or no reason.
        Refused: the file is no version of that policy, it is not said where records of a stage go, or the policy asks
            for a case that decides it.
    """
    if not reason:
        raise WrongCallError("a migration says why the policy changed", "--reason '<reason>'")

    def plan(draft: Draft) -> Planned:
        old = draft.base.policies[find(desk, name).policy.policy]
        again = line("policy", "amend", "<case>", "--from", file, *_words(stages))
        landing = version_lands(desk, old, reason, "policy migrate")
        return written(desk, draft, old, version(draft.base, old, file, stages), None, again, landing)

    return land(desk, plan)


def _words(stages: dict[str, str]) -> list[str]:
    return [word for left, to in stages.items() for word in ("--stage", f"{left}={to}")]


def amend(desk: Desk, case: str, file: str | None, stages: dict[str, str]) -> Landed:
    """Land what a case has decided of its policy; or put a new version of the policy before the case.

    Args:
        desk: where and when.
        case: the case.
        file: the new version that it is to decide on; None to land what it has decided.
        stages: as in `migrate`.

    Raises:
        WrongCallError: it is no case that amends a policy, or an unknown stage.
        CannotWorkError: the text that was decided is not there.
        Refused: it is not decided, decided otherwise, or what is put before it could not land.
    """

    def plan(draft: Draft) -> Planned:
        if file is None:
            if (already := landed_already(draft, case)) is not None:
                return Planned(already, [])
            old, text, found = decided(desk, draft, case)
            reason = f"amended by {found.id}: {found.name}"
            return version_lands(desk, old, reason, "policy amend", found.id)(draft, text)
        found = record(draft.base, case)
        old = source(draft.base, found)
        again = line("policy", "amend", case, "--from", file, *_words(stages))
        landing = version_lands(desk, old, f"amended by {found.id}: {found.name}", "policy amend")
        return written(desk, draft, old, version(draft.base, old, file, stages), case, again, landing)

    if file is None and stages:
        raise WrongCallError("--stage says where records go under a version that is yet to be decided", "--from <file>")
    return land(desk, plan)


def version_lands(desk: Desk, old: PolicyFile, reason: str, command: str, case: str | None = None) -> Landing:
    """Lands a text as the new version of a policy, and moves each record whose stage is gone.

    Args:
        desk: where and when.
        old: the policy.
        reason: why.
        command: what lands it, for whoever reads `git log`.
        case: the case that decided it, where one has.
    """

    def landing(draft: Draft, text: str) -> Planned:
        actor = desk.actor(draft.base)
        file = read_policy_text(text, f"{old.policy.policy}.yaml")
        new, found = file.policy, changed(old, file)
        moving = _moving(draft, old, new)
        draft.put_rules_text(old.path, text)
        put_schemas(draft)
        moved = [_moved(desk, draft, old, new, one, actor, reason) for one in moving]
        told = [(one.id, _told(old.policy, new, one)) for one in moved]
        by = f", as {case} decided" if case else ""
        many = f", {len(moved)} record{'' if len(moved) == 1 else 's'} migrated" if moved else ""
        subject = f"policy {new.policy}: {summed(found)}{by}{many}"
        records = [f"{name}: {does}" for name, does in told]
        weakens = [f"weakens: {words}" for words in weakened_by(draft.base, old, file)]
        body = [reason, *(one.words for one in found), *weakens, *records]
        made: list[tuple[RecordFile, dict[str, Any] | None]] = [(one, one.data["history"][-1]) for one in moved]
        notes = [] if desk.dry_run else records  # a dry run tells it record by record in its table
        outcomes = [Outcome(name, does) for name, does in told]
        return Planned(subject, moved, body, trailers(command, made), notes, outcomes)

    return landing


def _told(old: Policy, new: Policy, one: RecordFile) -> str:
    """Where a record stood and stands, and which gates lie behind it that nobody judged."""
    left, to = str(one.data["history"][-1]["from"]), one.stage
    skipped = _skipped(old.lifecycles[one.kind], new.lifecycles[one.kind], left, to)
    gates = f"; past {', '.join(skipped)}, which nobody judged" if skipped else ""
    return f"{left} → {to}, migrated, not judged{gates}"


def _skipped(old: Lifecycle, new: Lifecycle, left: str, to: str) -> list[str]:
    """What the old main way asked between the two stages, and the new one asks of the record no more."""
    way = old.main_path
    if left not in way or to not in way:
        return []
    behind = _asked(old, way[way.index(left) : way.index(to) + 1])
    ahead = _asked(new, new.main_path[new.main_path.index(to) :] if to in new.main_path else [])
    return [name for name in behind if name not in ahead]


def _asked(lifecycle: Lifecycle, path: list[str]) -> list[str]:
    """The requirements of the gates along a path of stages, each once."""
    ways = [way for here, there in pairwise(path) if (way := lifecycle.find(here, there)) is not None]
    return list(dict.fromkeys(name for way in ways for name in way.needs))


def version(register: Register, old: PolicyFile, file: str, stages: dict[str, str]) -> str:
    """The new version as text, with what becomes of stages that are gone, and the cases that amended it so far."""
    name = old.policy.policy
    raw = given(file)
    document, found = read(raw, f"{name}.yaml")
    if document is None:
        raise Refused(f"{file} cannot be read; nothing changed", [one.at(file, one.line) for one in found])
    if document.data.get("policy") != name:
        raise WrongCallError(f"{file} is the policy {document.data.get('policy')}, not {name}", "name the right file")
    data = copy.deepcopy(document.data)
    said = data.pop("migrates", None) or {}  # it may speak of stages that only this change brings or takes
    new = read_policy_text(rewrite(document, data, ORDER), file).policy
    named: Moves = {}
    for word, to in stages.items():
        kind, stage = _stage([old.policy, *(one.policy for one in register.former(old.path))], word)
        named.setdefault(kind, {})[stage] = to
    mapped = _mapped(old.policy, new, said, named)
    data |= {key: value for key, value in (("migrates", mapped), ("amendments", old.policy.amendments)) if value}
    text = rewrite(document, data, ORDER)
    read_policy_text(text, file)
    return text


def _mapped(
    old: Policy, new: Policy, said: dict[str, Any], named: dict[str, dict[str, str]]
) -> dict[str, dict[str, str]]:
    """Where records of every stage that is gone stand now: what was said before, as far as it still leads anywhere."""
    found = {}
    for kind, lifecycle in new.lifecycles.items():
        every = {**old.migrates.get(kind, {}), **said.get(kind, {}), **named.get(kind, {})}
        moved = {stage: to for stage, to in every.items() if stage not in lifecycle.stages}
        ends = {stage: moved.get(to, to) for stage, to in moved.items()}
        found[kind] = {
            stage: to for stage, to in ends.items() if to in lifecycle.stages or stage in named.get(kind, {})
        }
    return {kind: one for kind, one in found.items() if one}


def _stage(versions: list[Policy], word: str) -> tuple[str, str]:
    """The kind and the stage that a word names: a stage of the policy, or, with its kind, of an earlier version."""
    kind, _, stage = word.rpartition(".")
    if any(kind in one.lifecycles and stage in one.lifecycles[kind].stages for one in versions):
        return kind, stage
    policy = versions[0]
    kinds = [kind] if kind else [one for one, cycle in policy.lifecycles.items() if stage in cycle.stages]
    known = [one for cycle in policy.lifecycles.values() for one in cycle.stages]
    if not kinds or kinds[0] not in policy.lifecycles or stage not in policy.lifecycles[kinds[0]].stages:
        raise WrongCallError(f"{policy.policy} has no stage {word!r}{did_you_mean(stage, known)}")
    if len(kinds) > 1:
        raise WrongCallError(
            f"{stage} is a stage of a {' and of a '.join(kinds)}", f"--stage {kinds[0]}.{stage}=<stage>"
        )
    return kinds[0], stage


def _moving(draft: Draft, old: PolicyFile, new: Policy) -> list[RecordFile]:
    """The records whose stage is gone."""
    _demand_readable(draft, old, new)
    found = []
    homeless: dict[tuple[str, str], RecordFile] = {}
    for one in draft.base.of_kind(None):
        cycle = new.lifecycles.get(one.kind)
        if one.model.policy != new.policy or one.stage == "void" or (cycle and one.stage in cycle.stages):
            continue
        found.append(one)
        if one.stage not in new.migrates.get(one.kind, {}):
            homeless.setdefault((one.kind, one.stage), one)
    if homeless:
        raise Refused(
            "it is not said where records go; nothing changed", [_homeless(old, *one) for one in homeless.items()]
        )
    return found


def _demand_readable(draft: Draft, old: PolicyFile, new: Policy) -> None:
    """Whether every record that may stand in a stage that is gone can be read: else it would be left behind there.

    Raises:
        Refused: one cannot be; says what is wrong with it, and what leads out.
    """
    records, name = draft.before.records, old.policy.policy
    records.load(records.paths)
    kinds = {kind for kind, cycle in old.policy.lifecycles.items() if cycle.stages.keys() - _stages(new, kind)}
    said = {one: records.documents[one].data.get("policy") for one in records.broken & records.documents.keys()}
    others = draft.base.policies.keys() - {name}
    left = {one for one in records.broken if folder_kind(records.paths[one]) in kinds and said.get(one) not in others}
    if left:
        message = f"{', '.join(sorted(left))} cannot be read, and stages of {name} are gone; nothing changed"
        raise Refused(message, [_unread(one, one.record) for one in records.findings if one.record in left])


def _stages(policy: Policy, kind: str) -> set[str]:
    return {*policy.lifecycles[kind].stages} if kind in policy.lifecycles else set()


def _unread(found: Finding, record_id: str) -> Finding:
    """What is wrong with a record that cannot be read, and the way to a migration that takes it along."""
    shown = f"{log_of(found.file or '')} shows what it was"
    after = f"once that is put right and committed: {correcting(record_id)}, then this again"
    return replace(found, mend="; ".join(filter(None, (found.mend, shown, after))))


def _homeless(old: PolicyFile, stage: tuple[str, str], record: RecordFile) -> Finding:
    message = f"{record.id} stands in {stage[1]}, which the new version of {old.policy.policy} no longer has"
    mend = f"say where such records go: --stage {stage[0]}.{stage[1]}=<stage>"
    line, column = record.place(("stage",))
    return Finding("stage-gone", message, "error", record.path, line, column, record.id, mend=mend)


def _moved(
    desk: Desk, draft: Draft, old: PolicyFile, new: Policy, one: RecordFile, actor: str, reason: str
) -> RecordFile:
    to = new.migrates[one.kind][one.stage]
    made = entry(
        desk,
        draft.base,
        one.data,
        source=old,
        kind=one.kind,
        type_="migrate",
        to=to,
        by=actor,
        fields={"reason": reason},
    )
    return draft.put(with_entry(one.data, made), one.path)
