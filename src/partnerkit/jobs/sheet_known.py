"""What is there already of what a sheet tells: in the register, and in the rows before."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Protocol

from partnerkit.jobs.sheet_cells import domain, same_name
from partnerkit.jobs.sheet_outcome import Row
from partnerkit.kinds.catalogue import KINDS
from partnerkit.kinds.entries import TOMBSTONE_STAGE
from partnerkit.policies.policy import Policy
from partnerkit.register import RecordFile, Register
from partnerkit.steps import is_filled, value_at


class Known(Protocol):
    """Knows what is there already."""

    def settle(self, row: Row) -> None:
        """Whether a row makes a record, adds to one that is there, or says again what another says."""


def known_of(register: Register, policy: Policy, kind: str, given: Mapping[str, bool]) -> Known:
    """What is there already of a kind.

    Args:
        register: where.
        policy: the policy of what is taken in.
        kind: the kind.
        given: the ids of people, each with whether it was given to somebody of whom the register knows nothing.
    """
    return _Once(register, policy, kind, given) if KINDS[kind].once else _Named(register, kind)


class _Named:
    """Names and domains that are taken: by records of the register, and by rows before."""

    def __init__(self, register: Register, kind: str) -> None:
        self.records: dict[str, RecordFile] = {}
        self.rows: dict[str, Row] = {}
        for one in register.of_kind(kind):
            if one.stage != TOMBSTONE_STAGE:
                for mark in _marks(one.name, str(one.data.get("website", ""))):
                    self.records.setdefault(mark, one)

    def settle(self, row: Row) -> None:
        """Whether the row makes a record, adds to one that is there, or says again what another row says."""
        marks = _marks(row.name, str(row.told.data.get("website", "")))
        other = next((self.rows[mark] for mark in marks if mark in self.rows), None)
        if other is not None:
            row.action, row.why = "skip", f"the same as line {other.line} ({other.name})"
            return
        for mark in marks:
            self.rows[mark] = row
        record = next((self.records[mark] for mark in marks if mark in self.records), None)
        if record is None:
            return
        more = _added(record.data, row.told.data)
        row.record, row.told.data = (
            record,
            {key: value for key, value in _merged(record.data, more).items() if key in more},
        )
        row.action = "update" if more else "skip"
        row.why = f"adds {', '.join(more)} to {record.id}" if more else f"{record.id} holds it already"


def _marks(name: str, website: str) -> list[str]:
    host = domain(website) if website else None
    return [f"name {same_name(name)}", *([f"host {host}"] if host else [])]


def _added(old: Mapping[str, Any], new: Mapping[str, Any]) -> dict[str, Any]:
    """What is new beside what is there; of blocks, the parts that are."""
    found: dict[str, Any] = {}
    for key, value in new.items():
        if isinstance(value, dict) and isinstance(old.get(key), dict):
            found |= {key: inner} if (inner := _added(old[key], value)) else {}
        elif not is_filled(old.get(key)):
            found[key] = value
    return found


def _merged(old: Mapping[str, Any], more: Mapping[str, Any]) -> dict[str, Any]:
    both = {key: _merged(old[key], value) for key, value in more.items() if isinstance(old.get(key), dict)}
    return {**old, **more, **both}


class _Once:
    """What no two records share that are not over: the person, the part they take, and what they apply for."""

    def __init__(self, register: Register, policy: Policy, kind: str, given: Mapping[str, bool]) -> None:
        self.fields = KINDS[kind].once
        self.person = KINDS[kind].person
        self.given = given
        self.rows: dict[str, list[Row]] = {}
        self.running: dict[str, list[RecordFile]] = {}
        self.records = [one for one in register.of_kind(kind) if one.stage != TOMBSTONE_STAGE]
        for one in self.records:
            if not policy.lifecycles[kind].is_over(one.stage):
                self.running.setdefault(self._of(one.data), []).append(one)

    def _of(self, data: Mapping[str, Any]) -> str:
        """Whom it is about: only what is about the same can be the same."""
        return str(data.get(self.person or ""))

    def settle(self, row: Row) -> None:
        """Ask about a row that says of the same person what another says, or a record that is not over."""
        data = row.told.data
        what = ", ".join(_word(value) for field in self.fields if is_filled(value := value_at(data, field)))
        who = self._of(data)
        other = next((one for one in self.rows.get(who, []) if self._same(one.told.data, data)), None)
        record = next((one for one in self.running.get(who, []) if self._same(one.data, data)), None)
        record = record or next((one for one in self.records if self._rests_on_the_same(one, row)), None)
        column = row.told.column(self.person or "")
        if other is not None:
            row.told.ask(f"the same ({what}) as row {other.number}: once is enough", column)
        elif record is not None:
            row.told.ask(f"the same ({what}) is in the register already: {record.id}, in {record.stage}", column)
        else:
            self.rows.setdefault(who, []).append(row)

    def _same(self, one: Mapping[str, Any], other: Mapping[str, Any], but: str | None = None) -> bool:
        return all(_meet(value_at(one, field), value_at(other, field)) for field in self.fields if field != but)

    def _rests_on_the_same(self, record: RecordFile, row: Row) -> bool:
        """Whether a row of somebody who is taken for new shows the very forms on which a record rests."""
        if not self.given.get(str(row.told.data.get(self.person or ""))) or not row.told.shown:
            return False
        held = [
            (one.get("requirement"), one.get("ref"), one.get("digest")) for one in record.data.get("evidence") or []
        ]
        mine = [(name, one.get("ref"), one.get("digest")) for name, one in row.told.shown.items()]
        return self._same(record.data, row.told.data, but=self.person) and all(one in held for one in mine)


def _meet(one: Any, other: Any) -> bool:
    """Whether two values can be of the same thing: equal, or lists with something in both; nothing said meets all."""
    if not is_filled(one) or not is_filled(other):
        return True
    if isinstance(one, list) and isinstance(other, list):
        return bool({str(part) for part in one} & {str(part) for part in other})
    return bool(one == other)


def _word(value: Any) -> str:
    return " and ".join(str(one) for one in value) if isinstance(value, list) else str(value)
