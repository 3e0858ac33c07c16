"""An entry that landed against the rules: an undo would leave that found for ever, so it is voided."""

from __future__ import annotations

from typing import Any

from partnerkit.errors import CannotWorkError, WrongCallError
from partnerkit.jobs.desk import Desk
from partnerkit.jobs.taken_back import bringing
from partnerkit.register import RecordFile, Register
from partnerkit.rules.offering import void_of
from partnerkit.rules.steps import judge_step
from partnerkit.steps import Step
from partnerkit.store.git.history import landed
from partnerkit.store.git.trees import CommitTree
from partnerkit.store.load import load


def demand_lawful(desk: Desk, register: Register, found: RecordFile, target: dict[str, Any]) -> None:
    """Whether an entry that is to be undone broke no rule when it landed.

    Raises:
        WrongCallError: it did, and can be voided; says how.
    """
    entry_id = str(target["id"])
    void = void_of(register, found, entry_id)
    codes = _broke(desk, found, entry_id) if void is not None else []
    if codes:
        message = (
            f"entry {entry_id} of {found.id} landed against the rules ({', '.join(codes)}): undone, it would be found "
            "for ever; voided, it never counted"
        )
        raise WrongCallError(message, void)


def _broke(desk: Desk, found: RecordFile, entry_id: str) -> list[str]:
    """The codes of what was wrong with an entry in the step in which it landed; none where nobody can say here."""
    commit = bringing(desk.git, found, entry_id)
    if commit is None or not commit.above or found.model.expunged:  # the latter only an audit tells from a forgery
        return []
    try:
        before, after = (load(CommitTree(desk.git, oid)).demand() for oid in (commit.above, commit.oid))
    except CannotWorkError:
        return []
    step = Step(before, after, landed(desk.git, commit.oid).date)
    wrong = (one for one in judge_step(step, {found.id}) if one.severity == "error")
    return list(dict.fromkeys(one.code for one in wrong if (one.record, one.entry) == (found.id, entry_id)))
