"""Findings told whole: with the keys that lead to their place, in whatever line that would stand."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import fields, replace
from typing import Any, cast

from partnerkit.findings import Finding
from partnerkit.register import Keys, Register


def _keys(keys: Keys) -> tuple[int, int]:
    """The keys themselves, where a register that was read says the line and the column."""
    return cast("tuple[int, int]", (".".join(map(str, keys)), 1))


def placed(register: Register) -> Register:
    """The register, in which every place is told by its keys."""
    return replace(
        register,
        records={name: replace(one, place=_keys) for name, one in register.records.items()},
        policies={name: replace(one, place=_keys) for name, one in register.policies.items()},
    )


def whole(found: Iterable[Finding]) -> list[dict[str, Any]]:
    """All that findings say, without what they leave open: `place` is the keys, where that is of a record, not `part`."""
    return [_whole(one) for one in found]


def _whole(one: Finding) -> dict[str, Any]:
    said = {field.name: getattr(one, field.name) for field in fields(one) if field.compare}
    said["place"] = said.pop("line")
    assert said.pop("column") == (None if said["place"] is None else 1)
    return {key: value for key, value in said.items() if value is not None}


def governed_elsewhere(register: Register, id_: str) -> Register:
    """The register, in which a policy that it lacks governs a record."""
    one = register.records[id_]
    other = replace(one, model=one.model.model_copy(update={"policy": "ANOTHER"}))
    return replace(register, records={**register.records, id_: other})
