"""Set fields of records, and say which approvals that voids."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager

from partnerkit.dataclass import replace
from partnerkit.errors import WrongCallError
from partnerkit.findings import Finding
from partnerkit.jobs.chosen import Chosen, One, all_or_none, shortened
from partnerkit.jobs.compared import edited_here
from partnerkit.jobs.desk import Desk
from partnerkit.jobs.landing import Landed, Outcome, Planned, land
from partnerkit.jobs.named_record import record as record_of
from partnerkit.jobs.named_record import source
from partnerkit.jobs.statements import trailers
from partnerkit.jobs.through import going_on
from partnerkit.jobs.values import with_values
from partnerkit.kinds.canonical import same
from partnerkit.policies.policy import Policy
from partnerkit.register import RecordFile, Register
from partnerkit.rules.commands import as_committed, pathspec
from partnerkit.rules.refused import Refused
from partnerkit.rules.setting import set_again
from partnerkit.rules.staying import locked
from partnerkit.steps import locked_fields, value_at
from partnerkit.store.commit.refusals import Dirty
from partnerkit.store.draft import Draft
from partnerkit.store.record_paths import RECORDS


def set_fields(desk: Desk, records: Chosen, values: Mapping[str, str], *, go_on: bool = False) -> Landed:
    """Set fields of one or many records, as one commit.

    Args:
        desk: where and when.
        records: which records; the columns of a sheet are fields, and what its cells leave empty is not touched.
        values: fields as typed, for all of them; what a row says goes before them.
        go_on: whether the records then go on through their main stages, as far as everything is there.

    Raises:
        WrongCallError: an unknown record or field, or nothing to set.
        Refused: the value does not satisfy the model, or the field is locked by a gate that was passed.
    """
    if not values and records.rows is None:
        raise WrongCallError("nothing to set", "write for instance name='Northwind Cooperative'")

    def plan(draft: Draft) -> Planned:
        desk.actor(draft.base)
        made: list[RecordFile] = []
        outcomes: list[Outcome] = []

        def changed(one: One) -> None:
            found, wanted = record_of(draft.after, one.id), {**values, **one.cells}
            policy = source(draft.base, found).policy
            data = with_values(found.data, wanted, policy, found.kind)
            demand_unlocked(draft.base, found, data)
            does = "nothing to change" if same(data, found.data) else f"set {_typed(wanted)}"
            if not same(data, found.data):
                with _given_again(found, policy, wanted):
                    made.append(draft.put(data, found.path))
            outcomes.append(Outcome(found.id, does, one.place))

        each = records.each(desk, draft.after)
        all_or_none(desk, each, changed)
        if not made:
            _demand_as_committed(desk, {record_of(draft.base, one.id).path for one in each})
            return Planned("nothing to change: the values are already so", [], outcomes=outcomes)
        after = list({one.id: one for one in made}.values())
        names = dict.fromkeys(name for one in each for name in {**values, **one.cells})
        subject = f"{after[0].kind}/{shortened([one.id for one in after])}: set {', '.join(names)}"
        return Planned(subject, after, [], trailers("set", [(one, None) for one in after]), outcomes=outcomes)

    return land(desk, going_on(desk, plan, list, go=go_on))


@contextmanager
def _given_again(record: RecordFile, policy: Policy, typed: Mapping[str, str]) -> Iterator[None]:
    """What is refused is refused with the line as it was typed, and blanks where it has to be another."""
    try:
        yield
    except Refused as error:
        again = set_again(record, policy, typed, error.findings)
        found = [
            one if one.code == "unknown-key" or again is None else replace(one, mend=again) for one in error.findings
        ]
        raise Refused(error.message, found) from error


def _demand_as_committed(desk: Desk, paths: set[str]) -> None:
    """Whether the files are as the last commit has them: where its values are asked for, an edit stands against them.

    Raises:
        Dirty: one was edited here.
    """
    differ = edited_here(desk, (RECORDS,))
    for path in sorted(paths.intersection(differ)):
        what = "was edited here but not committed, and the last commit has the values already"
        raise Dirty(path, what, f"look: git diff HEAD -- {pathspec(path)}; then drop the edit: {as_committed(path)}")


def _typed(values: Mapping[str, str]) -> str:
    return ", ".join(f"{key}={text}" for key, text in values.items())


def demand_unlocked(register: Register, record: RecordFile, data: dict[str, object]) -> None:
    """Whether what changes in a record is locked by no gate that it passed.

    Raises:
        Refused: something is.
    """
    policy = source(register, record).policy
    found: list[Finding] = []
    for path, gate in locked_fields(record, policy).items():
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
        demand_unlocked(draft.base, old, new.data)
        outcomes = [Outcome(new.id, "edited")]
        return Planned(f"{new.kind}/{new.id}: edit", [new], [], trailers("set", [(new, None)]), outcomes=outcomes)

    return land(desk, plan)
