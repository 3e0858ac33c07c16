"""A new version of a policy in which stages are gone: it lands together with one entry for each record that moves."""

from __future__ import annotations

import copy
from itertools import pairwise
from typing import Any

from partnerkit.errors import WrongCallError
from partnerkit.findings import Finding
from partnerkit.jobs.desk import Desk
from partnerkit.jobs.landing import Landed, Outcome, Planned, land
from partnerkit.jobs.policies import find
from partnerkit.jobs.policy_taking import ORDER, put_schemas, read_text
from partnerkit.jobs.statements import entry, trailers, with_entry
from partnerkit.kinds.problems import did_you_mean
from partnerkit.policies.lifecycle import Lifecycle
from partnerkit.policies.policy import Policy
from partnerkit.register import PolicyFile, RecordFile
from partnerkit.rules.refused import Refused
from partnerkit.store.disk.given import given
from partnerkit.store.draft import Draft
from partnerkit.store.yaml.editor import rewrite
from partnerkit.store.yaml.reader import read


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
        Refused: the file is no version of that policy, or it is not said where records of a stage go.
    """
    if not reason:
        raise WrongCallError("a migration says why the policy changed", "--reason '<reason>'")

    def plan(draft: Draft) -> Planned:
        actor = desk.actor(draft.base)
        old = draft.base.policies[find(desk, name).policy.policy]
        text, new = _version(old, file, stages)
        moving = _moving(draft, old, new)
        draft.put_rules_text(old.path, text)
        put_schemas(draft)
        moved = [_moved(desk, draft, old, new, one, actor, reason) for one in moving]
        subject = f"policy {new.policy}: a new version, {len(moved)} record{'' if len(moved) == 1 else 's'} migrated"
        told = [(one.id, _told(old.policy, new, one)) for one in moved]
        body = [reason, *(f"{name}: {does}" for name, does in told)]
        made: list[tuple[RecordFile, dict[str, Any] | None]] = [(one, one.data["history"][-1]) for one in moved]
        notes = [] if desk.dry_run else body[1:]  # a dry run tells it record by record in its table
        outcomes = [Outcome(name, does) for name, does in told]
        return Planned(subject, moved, body, trailers("policy migrate", made), notes, outcomes)

    return land(desk, plan)


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


def _version(old: PolicyFile, file: str, stages: dict[str, str]) -> tuple[str, Policy]:
    """The new version as text, with what becomes of stages that are gone, and as a policy."""
    name = old.policy.policy
    document, found = read(given(file), f"{name}.yaml")
    if document is None:
        raise Refused(f"{file} cannot be read; nothing changed", [one.at(file, one.line) for one in found])
    if document.data.get("policy") != name:
        raise WrongCallError(f"{file} is the policy {document.data.get('policy')}, not {name}", "name the right file")
    data = copy.deepcopy(document.data)
    mapped = {**old.data.get("migrates", {}), **data.get("migrates", {})}
    for word, to in stages.items():
        kind, stage = _stage(old.policy, word)
        mapped.setdefault(kind, {})[stage] = to
    data |= {"migrates": mapped} if mapped else {}
    text = rewrite(document, data, ORDER)
    return text, read_text(text, f"{name}.yaml").policy


def _stage(policy: Policy, word: str) -> tuple[str, str]:
    """The kind and the stage that a word names."""
    kind, _, stage = word.rpartition(".")
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
