"""Histories in memory sealed as a command seals them."""

from __future__ import annotations

from typing import Any

from partnerkit.kinds.statements import STATEMENT_LISTS
from partnerkit.policies.definition import gate_digest
from partnerkit.register import PolicyFile
from partnerkit.rules.case import covered_paths
from partnerkit.steps import content_digest, entry_digest, history_digest, uses_digest
from tests.policies.fulfil import World


def seal(here: World, first: int = 0) -> World:
    """Every entry of the record, from one on, vouches for what stands there now."""
    source = PolicyFile("policy", here.data, here.policy)
    lifecycle = here.policy.lifecycles[here.kind]
    said: dict[str, Any] = {one["id"]: one for group in STATEMENT_LISTS for one in here.record.get(group, [])}
    history = here.record["history"]
    for index, entry in enumerate(history[first:], first):
        from_, to = entry.get("from"), entry["to"]
        way = lifecycle.find(from_, to) if from_ else None
        gate = gate_digest(here.data, from_, to, way)
        entry["seal"] = {
            "gate": history_digest(history[:index]) if entry["type"] == "void" else gate,
            "covers": content_digest(here.record, covered_paths(source, way)),
            "statements": uses_digest([said[use] for use in entry.get("uses", [])]),
            "previous": entry_digest(history[index - 1] if index else None),
        }
    return here
