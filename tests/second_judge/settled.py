"""What the entries of a step settle of what it breaks itself: entries that they void, what was altered and is put back."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from tests.second_judge.expunged import chain
from tests.second_judge.fallen import EVER, evidence_gone, signatures_gone
from tests.second_judge.past import Bound, binding, everything_said, known_by
from tests.second_judge.reading import Data, digest, last_entry, said_digest
from tests.second_judge.words import content, covered, gate_seal, way_between

IDENTITY = ["kind", "id", "policy"]

#: What is proven by the history itself: the stage.
STAGE = "stage"


class Wrong(NamedTuple):
    """A code, the entry of which it is found, and the entry whose seal says what should be there."""

    code: str
    entry: str | None = None
    sealed: str | None = None


def unsettled(every: list[Wrong], record: Data, known: int, policy: Data) -> Iterator[str]:
    """The codes of what is wrong with a record after what new entries settle; an illegal one settles nothing."""
    left = list(every)
    for index, entry in enumerate(record["history"]):
        name = known_by(record["history"], entry)
        if index < known or name is None or any(one.entry == name for one in every):
            continue
        if entry["type"] == "void":
            left = [one for one in left if one.entry != entry["undoes"]]
        elif entry["type"] == "correct":
            proven = set(_proven(record, index, policy))
            left = [one for one in left if one.sealed not in proven]
    yield from (one.code for one in left)


def bound_still(record: Data, index: int, policy: Data) -> list[Bound]:
    """The gates that bind before an entry, and at the end."""
    still = {one.index for one in binding(record["history"], policy, record["kind"])}
    gates = binding(record["history"][:index], policy, record["kind"])
    return [one for one in gates if one.index in still and record["history"][one.index]["type"] in ("create", "move")]


def _proven(record: Data, index: int, policy: Data) -> Iterator[str]:
    if record["stage"] == last_entry(record)["to"]:
        yield STAGE
    for gate in bound_still(record, index, policy):
        fields = fields_sealed(record, gate, policy)
        if fields is not None and not otherwise(record, gate, policy):
            yield record["history"][gate.index]["id"]


def otherwise(record: Data, gate: Bound, policy: Data) -> bool:
    """Whether something for which a gate vouches is known not to be as it was."""
    entry, fields = record["history"][gate.index], fields_sealed(record, gate, policy)
    if fields is not None and content(record, fields) not in chain(record, entry["seal"]["covers"]):
        return True
    said = {one.id: one.raw for one in everything_said(record)}
    uses = entry.get("uses") or []
    if any(use not in said for use in uses):
        return True
    now = digest(sorted([use, said_digest(said[use])] for use in uses))
    if now not in chain(record, entry["seal"]["statements"]):
        return True
    return evidence_gone(record, policy, gate, EVER) or any(True for _ in signatures_gone(record, policy, gate, EVER))


def fields_sealed(record: Data, gate: Bound, policy: Data) -> list[str] | None:
    """The fields for which a gate vouches; None where the policy no longer says."""
    entry = record["history"][gate.index]
    today = [*IDENTITY, *gate.locks]
    if content(record, today) in chain(record, entry["seal"]["covers"]):
        return today
    left = entry.get("from")
    way = way_between(policy, record["kind"], left, entry["to"]) if left is not None else None
    same = entry["seal"]["gate"] == gate_seal(policy, left, entry["to"], way)
    return [*IDENTITY, *covered(policy, way)] if same else None
