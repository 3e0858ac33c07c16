"""Histories in memory sealed as the commands seal them, and what is found in them, told with the keys of its place."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from typing import Any

from partnerkit.findings import Finding
from partnerkit.kinds.canonical import digest
from partnerkit.kinds.statements import statement_digest
from partnerkit.policies.definition import definition_digest, gate_digest
from partnerkit.register import Keys, RecordFile, Register
from partnerkit.rules.case import Case, covered_paths
from partnerkit.rules.look import Look
from partnerkit.steps import Step, content, content_digest, entry_digest, history_digest, statements, uses_digest
from tests.policies.fulfil import MOMENT, World
from tests.rules.bench import case, register

_KEYS: list[Keys] = []

#: What a withdrawn statement says of its end.
BACK = {"at": "2026-05-20T12:00:00Z", "by": "p-bob", "reason": "A slip."}

#: How every rule that speaks of the past says where it can be read.
READ = "git log -p -- subject shows what it was; partnerkit audit subject says what can be done"

#: How a file is taken back to what landed.
CHECKOUT = "git restore --staged --worktree -- subject"


def withdraw(said: str, requirement: str = "more", record: str = "subject") -> str:
    """The line that withdraws a statement."""
    return f"partnerkit add {record} {requirement} withdraw={said} --reason <reason>"


def placed(keys: Keys) -> tuple[int, int]:
    """The place of every path of keys is its number: so a finding says at which keys it is."""
    if keys not in _KEYS:
        _KEYS.append(keys)
    return _KEYS.index(keys) + 1, 7


def found(code: str, keys: Keys, message: str, **more: Any) -> Finding:
    """A whole finding in the record that is looked at, or in the one named."""
    name, severity = more.pop("record", "subject"), more.pop("severity", "error")
    line, column = placed(keys)
    return Finding(code, message, severity, more.pop("file", name), line, column, name, **more)


def seal(here: World, first: int = 0) -> World:
    """Every entry of the record, from one on, is sealed over what stands there now."""
    there = register(here).records["subject"]
    lifecycle = here.policy.lifecycles.get(here.kind)
    source = register(here).policies[here.policy.policy]
    history = here.record["history"]
    for index, entry in enumerate(history[first:], first):
        from_ = entry.get("from")
        way = lifecycle.find(from_, entry["to"]) if lifecycle and from_ else None
        uses = [one.raw for one in statements(there) if one.said.id in entry.get("uses", [])]
        void = entry["type"] == "void"
        entry["seal"] = {
            "gate": history_digest(history[:index]) if void else gate_digest(here.data, from_, entry["to"], way),
            "covers": digest(content(here.record, covered_paths(source, way))),
            "statements": uses_digest(uses),
            "previous": entry_digest(history[index - 1] if index else None),
        }
    return here


def bind(here: World) -> World:
    """Every approval of the record is bound to what it decides, as that stands now."""
    for said in here.record.get("approvals", []):
        requirement = here.policy.requirements[said["requirement"]]
        said["binds"] = {
            "definition": definition_digest(here.data, said["requirement"]),
            "content": content_digest(here.record, requirement.covers),
            "evidence": {
                one["id"]: statement_digest(one)
                for group in ("evidence", "scores")
                for one in here.record.get(group, [])
                if one["requirement"] in requirement.rests_on
            },
        }
    return here


def stood(here: World, **changed: Any) -> Register:
    """The register, in which every value of every record has a place of its own."""
    there = register(here, **changed)
    records = {name: replace(record, place=placed) for name, record in there.records.items()}
    return replace(there, records=records)


def seen(here: World, now: datetime = MOMENT, latest: datetime | None = None, **changed: Any) -> Look:
    """The record as it stands, looked at."""
    there = stood(here, **changed)
    return Look(there.records["subject"], there, there.policies[here.policy.policy], now, latest or now)


def judged(here: World, landed_at: datetime | None = None, before: World | None = None, **entry: Any) -> Case:
    """The latest entry for its judge, in a step from what was there before, if anything was."""
    made = case(here, landed_at, **entry)
    there = stood(here)
    return replace(made, record=there.records["subject"], after=there, before=stood(before) if before else there)


def step(before: World | None, after: World | None, **more: Any) -> Step:
    """A step from one register to another; where one is None, the record is not there (but all rules are)."""
    sides = [stood(one) if one else None for one in (before, after)]
    old, new = (side if side is not None else _without(other) for side, other in zip(sides, sides[::-1], strict=True))
    return Step(old, new, **more)


def _without(other: Register | None) -> Register:
    assert other is not None
    return replace(other, records={name: one for name, one in other.records.items() if name != "subject"})


def moved_to(step_: Step, path: str) -> Step:
    """The same step, which also moves the file of the record."""
    records: dict[str, RecordFile] = {**step_.after.records}
    records["subject"] = replace(records["subject"], path=path)
    return Step(step_.before, replace(step_.after, records=records))
