"""Set fields of records, and say which approvals that voids."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from partnerkit.errors import WrongCallError
from partnerkit.findings import Finding
from partnerkit.jobs.desk import Desk
from partnerkit.jobs.finding_records import record as record_of
from partnerkit.jobs.finding_records import selected, source
from partnerkit.jobs.landing import Landed, Planned, land
from partnerkit.jobs.statements import trailers
from partnerkit.jobs.values import with_values
from partnerkit.register import RecordFile, Register
from partnerkit.rules.refused import Refused
from partnerkit.rules.steps import locked
from partnerkit.steps import locked_fields, same, value_at
from partnerkit.store.draft import Draft


def set_fields(desk: Desk, ids: list[str], where: list[str], values: Mapping[str, str]) -> Landed:
    """Set fields of one or many records, as one commit.

    Raises:
        WrongCallError: an unknown record or field, or nothing to set.
        Refused: the value does not satisfy the model, or the field is locked by a gate that was passed.
    """
    if not values:
        raise WrongCallError("nothing to set", "write for instance name='Northwind Cooperative'")

    def plan(draft: Draft) -> Planned:
        desk.actor(draft.base)
        made: list[RecordFile] = []
        notes: list[str] = []
        for one in selected(draft.base, ids, where):
            policy = source(draft.base, one)
            data = with_values(one.data, values, policy.policy, one.kind)
            _demand_unlocked(draft.base, one, data)
            if not same(data, one.data):
                made.append(draft.put(data, one.path))
        names = ", ".join(values)
        if not made:
            return Planned("nothing to change: the values are already so", [])
        subject = f"{made[0].kind}/{', '.join(one.id for one in made[:5])}: set {names}"
        return Planned(subject, made, [], trailers("set", [(one, None) for one in made]), notes)

    return land(desk, plan)


def _demand_unlocked(register: Register, record: RecordFile, data: dict[str, object]) -> None:
    policy = source(register, record).policy
    found: list[Finding] = []
    for path, gate in locked_fields(record.data["history"], policy, record.kind).items():
        if same(value_at(record.data, path), value_at(data, path)):
            continue
        found.append(locked(record, record, policy, path, gate))
    if found:
        raise Refused(f"{record.id}: refused; nothing changed", found)


def edit_text(desk: Desk, record_id: str, edit: Callable[[str], str | None]) -> Landed:
    """Let somebody edit a record's file as text, and land what they saved if it is legal.

    Raises:
        WrongCallError: nothing was changed.
        Refused: what was saved does not satisfy the model, or the policy says no.
    """
    saved: dict[str, str | None] = {}

    def plan(draft: Draft) -> Planned:
        desk.actor(draft.base)
        old = record_of(draft.base, record_id)
        before = draft.text(record_id)
        if before not in saved:
            saved[before] = edit(before)
        after = saved[before]
        if after is None or after == before:
            raise WrongCallError("nothing was changed in the editor")
        new = draft.put_text(record_id, after)
        _demand_unlocked(draft.base, old, new.data)
        return Planned(f"{new.kind}/{new.id}: edit", [new], [], trailers("set", [(new, None)]))

    return land(desk, plan)
