"""Rules for a correction: what a gate vouches for was altered past the rules, and is again what it was."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from typing import Any

from partnerkit.findings import Finding
from partnerkit.kinds.history import followed
from partnerkit.register import RecordFile, Register
from partnerkit.rules.case import Case
from partnerkit.rules.commands import correcting, line
from partnerkit.rules.offering import void_of
from partnerkit.rules.proven import STAGE, Vouched, vouched
from partnerkit.rules.resting import EVER
from partnerkit.steps import passed_gates

#: Entries by which no gate is passed: nothing is built by them on what was altered.
_BUILDS_NOTHING = frozenset({"correct", "void", "migrate"})


def corrected(case: Case) -> list[Finding]:
    """A correction moves nothing, says why and since when, and every gate that binds has again what it vouches for."""
    if case.entry.to != case.entry.from_:
        message = f"a correction leaves the record where it stands, in {case.entry.from_}, and this one leads to "
        return [case.finding("corrected-elsewhere", message + case.entry.to)]
    if not case.entry.reason:
        return [case.finding("undone-without-reason", "a correction says why")]
    if all(entry.get("id") != case.entry.undoes for entry in case.earlier):
        message = f"it names {case.entry.undoes} as the latest entry before what it corrects, and there is none"
        return [case.finding("undoes-another", message)]
    return [_unproven(case, one, what) for one in _binding(case) if (what := one.differs) is not None]


def built(register: Register, record: RecordFile, lawful: RecordFile) -> str | None:
    """That a correction settles nothing where its record was moved since the alteration: by what, and the way out.

    Args:
        register: where it stands.
        record: the record.
        lawful: as it was before the alteration.
    """
    every, earlier = record.data["history"], {entry["id"] for entry in lawful.data["history"]}
    gone = followed(every).voided
    left = _building([one for index, one in enumerate(every) if index not in gone], earlier)
    if not left:
        return None
    named = [f"entry {1 + every.index(one)} ({one['id']}, {one['type']} to {one['to']})" for one in left]
    void = void_of(register, record, left[-1]["id"])
    out = f"{void} lets audit settle it" if void else f"{line('log', record.id)} shows the way there"
    return (
        f"it settles nothing that was altered before {' and '.join(named)} landed: nobody could say whether that would "
        f"have been let through; {out}"
    )


def _building(history: list[dict[str, Any]], earlier: Collection[str]) -> list[dict[str, Any]]:
    """The entries after earlier ones that passed a gate or took one back, but for what was undone since."""
    new = [one for one in history if one["id"] not in earlier]
    undone = {one["undoes"] for one in new if one["type"] == "undo"} & {one["id"] for one in new}
    return [one for one in new if one["type"] not in _BUILDS_NOTHING and not {one["id"], one.get("undoes")} & undone]


def _unproven(case: Case, one: Vouched, what: str) -> Finding:
    message = (
        f"it says that what was altered is as it was, but what entry {one.entry.seq} ({one.entry.to}) vouches for "
        f"is not: {what}"
    )
    mend = correcting(case.record.id)
    return case.finding("correction-unproven", message, mend=f"{mend} puts it back")


def proves(case: Case) -> frozenset[str]:
    """What a correction proves to be as it was: by the entries whose seals show it, and the fields that they sealed."""
    stage = {STAGE} if case.record.stage == case.record.model.history[-1].to else set()
    return frozenset(stage).union(*(one.proofs for one in _binding(case)))


def _binding(case: Case) -> Iterator[Vouched]:
    """What the gates vouch for that bind at the correction and still do at the end of the step."""
    policy, kind = case.source.policy, case.record.kind
    still = {gate.index for gate in passed_gates(case.record.data["history"], policy, kind)}
    gates = [gate for gate in passed_gates(case.earlier, policy, kind) if gate.index in still]
    yield from vouched(case.record, case.source, case.after, gates, EVER)
