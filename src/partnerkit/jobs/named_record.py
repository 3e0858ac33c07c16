"""The records that a command means by their ids, and the policy that governs one."""

from __future__ import annotations

from collections.abc import Iterable

from partnerkit.errors import WrongCallError
from partnerkit.register import PolicyFile, RecordFile, Register
from partnerkit.store.records import Records


def record(register: Register, record_id: str) -> RecordFile:
    """A record by its id.

    Raises:
        WrongCallError: there is none of that id.
        Refused: it cannot be read; says why.
    """
    found = register.records.get(record_id)
    if found is not None:
        return found
    from partnerkit.kinds.problems import did_you_mean  # noqa: PLC0415 - mostly there is one
    from partnerkit.rules.refused import Refused  # noqa: PLC0415 - as above

    records = register.records
    if record_id in register.broken and isinstance(records, Records):
        problems = [finding for finding in records.findings if finding.file == records.paths[record_id]]
        raise Refused(f"{record_id} cannot be read; nothing changed", problems)
    known = records.paths if isinstance(records, Records) else records
    raise WrongCallError(
        f"there is no record {record_id!r}{did_you_mean(record_id, known)}", "partnerkit list shows them"
    )


def load(register: Register, ids: Iterable[str]) -> None:
    """Read several records at once, those that are there: one by one takes far longer."""
    if isinstance(register.records, Records):
        register.records.load(ids)


def every(register: Register, ids: Iterable[str]) -> list[RecordFile]:
    """Several records by their ids, each once.

    Raises: as `record`.
    """
    named = list(dict.fromkeys(ids))
    load(register, named)
    return [record(register, record_id) for record_id in named]


def source(register: Register, found: RecordFile) -> PolicyFile:
    """The policy that governs a record."""
    return register.policies[found.model.policy]
