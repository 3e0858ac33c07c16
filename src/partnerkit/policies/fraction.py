"""Fractions, as policies write them: `2/3`."""

from __future__ import annotations

from fractions import Fraction
from typing import Annotated, Any

from partnerkit.kinds.modelled import PlainValidator, WithJsonSchema
from partnerkit.pattern import pattern

_FRACTION = pattern(r"([1-9][0-9]{0,3})/([1-9][0-9]{0,3})\Z")


def _fraction(value: Any) -> Any:
    if isinstance(value, Fraction):
        return value
    match = _FRACTION.match(value) if isinstance(value, str) else None
    if match is None or not 0 < (part := Fraction(int(match[1]), int(match[2]))) <= 1:
        raise ValueError('write a fraction of at most one, such as "2/3"')
    return part


FractionValue = Annotated[
    Fraction, PlainValidator(_fraction), WithJsonSchema({"type": "string", "pattern": r"^[1-9]\d*/[1-9]\d*$"})
]
