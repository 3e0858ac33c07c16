"""The parts that records share: ids, days, moments, numbers, and the base of every model."""

from __future__ import annotations

import functools
from datetime import UTC, date, datetime
from decimal import Decimal, InvalidOperation
from typing import Annotated, Any, Literal, TypeVar

from partnerkit.kinds.calendar import demand_known, read_day
from partnerkit.kinds.duration import Duration as _Duration
from partnerkit.kinds.modelled import BaseModel, BeforeValidator, Field, WithJsonSchema
from partnerkit.pattern import pattern

_DAY = pattern(r"\d{4}-\d{2}-\d{2}\Z")
_MOMENT = pattern(r"\d{4}-\d{2}-\d{2}T(?:[01]\d|2[0-3]):\d{2}:\d{2}Z\Z")
_DECIMAL = pattern(r"-?(0|[1-9][0-9]{0,17})(\.[0-9]{1,9})?\Z")


class Prose:
    """Marks text that says something itself, as against what names, counts or only points elsewhere."""


PROSE = Prose()


def kebab(name: str) -> str:
    """The key in a file for a field in Python: `recorded_by` is `recorded-by`."""
    return name.rstrip("_").replace("_", "-")


class Part(BaseModel):
    """Base of every model: strict types, unknown keys refused, frozen, kebab-case keys."""

    model_config = {  # noqa: RUF012 - pydantic's own word, typed there
        "extra": "forbid",
        "frozen": True,
        "strict": True,
        "alias_generator": kebab,
        "arbitrary_types_allowed": True,
        "defer_build": True,
        "serialize_by_alias": True,
    }


PartT = TypeVar("PartT", bound=Part)

#: What the first and the last day of a time are called.
_SPANS = (("starts", "ends"), ("from_", "until"))


def runs_forward(part: PartT) -> PartT:
    """A part whose last day, where it has both, is not before its first: to be made a validator of its model.

    Raises:
        ValueError: it ends before it starts.
    """
    values = part.__dict__  # to ask a model for a field that it lacks is dear, and most lack them
    for first, last in _SPANS:
        starts, ends = values.get(first), values.get(last)
        if isinstance(starts, date) and isinstance(ends, date) and ends < starts:
            raise ValueError(f"it ends ({ends}) before it starts ({starts})")
    return part


def _day(value: Any) -> Any:
    if isinstance(value, date) and not isinstance(value, datetime):
        demand_known(value)
        return value
    if isinstance(value, str) and _DAY.match(value):
        return read_day(value)
    raise ValueError("write a day as YYYY-MM-DD, such as 2026-03-31")


def _moment(value: Any) -> Any:
    if isinstance(value, datetime):
        demand_known(value)
        return value
    return _read_moment(value if isinstance(value, str) else "")


@functools.lru_cache(maxsize=1_000)
def _read_moment(text: str) -> datetime:
    """Read a moment; what was said or landed at once says the same one many times."""
    if not _MOMENT.match(text):
        raise ValueError("write a moment in UTC as YYYY-MM-DDTHH:MM:SSZ")
    try:
        moment = datetime.fromisoformat(text)
    except ValueError as error:
        raise ValueError(f"{text} is no moment of the calendar") from error
    demand_known(moment)
    return moment


def _duration(value: Any) -> Any:
    if isinstance(value, str):
        return _Duration.parse(value)
    if isinstance(value, _Duration):
        return value
    raise ValueError("write an ISO 8601 duration such as P60D, P2W, P6M or P1Y")


def _decimal(value: Any) -> Any:
    if isinstance(value, Decimal):
        return value
    if isinstance(value, int) and not isinstance(value, bool):
        return Decimal(value)
    if isinstance(value, str) and _DECIMAL.match(value):
        try:
            return Decimal(value)
        except InvalidOperation as error:  # pragma: no cover - the pattern admits none
            raise ValueError(f"{value} is no number") from error
    raise ValueError("write a number such as 12 or 12.50")


def moment_text(moment: datetime) -> str:
    """A moment as records write it: UTC, whole seconds, `Z`."""
    return moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def _format(value: Any) -> Any:
    if isinstance(value, bool):
        raise ValueError("write format: 1")  # noqa: TRY004 - pydantic takes no other
    return value


Format = Annotated[Literal[1], BeforeValidator(_format)]
Slug = Annotated[str, Field(pattern=r"^[a-z0-9][a-z0-9-]*$", max_length=80)]
Id = Annotated[
    str,
    Field(
        pattern=r"^[a-z0-9][a-z0-9-]*$",
        max_length=80,
        description="A record's id: its file's name.",
        examples=["acme"],
    ),
]
IdOrPolicy = Annotated[
    str,
    Field(
        pattern=r"^([a-z0-9][a-z0-9-]*|[A-Z0-9][A-Z0-9-]*)$",
        max_length=80,
        description="A record's id, or a policy's.",
    ),
]
#: Marks a text that says who somebody is: nothing could make one up.
OF_A_PERSON = "of a person"
PersonId = Annotated[
    str,
    OF_A_PERSON,
    Field(
        pattern=r"^[a-z0-9][a-z0-9-]*$",
        max_length=80,
        description="An opaque id of a person; names live in the private place, never here.",
        examples=["p-rosa"],
    ),
]
Name = Annotated[str, Field(min_length=1, max_length=200)]
Text = Annotated[str, Field(min_length=1, max_length=20_000), PROSE]
#: A pointer to where something stands or can be seen: a path, a link, a section.
Where = Annotated[str, Field(min_length=1, max_length=20_000)]
Day = Annotated[
    date,
    BeforeValidator(_day),
    WithJsonSchema({"type": "string", "format": "date", "pattern": r"^\d{4}-\d{2}-\d{2}$"}),
]
Moment = Annotated[
    datetime,
    BeforeValidator(_moment),
    WithJsonSchema({"type": "string", "pattern": r"^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}Z$"}),
]
Duration = Annotated[
    _Duration,
    BeforeValidator(_duration),
    WithJsonSchema({"type": "string", "pattern": r"^P(\d+Y)?(\d+M)?(\d+W)?(\d+D)?$", "examples": ["P60D", "P6M"]}),
]
Number = Annotated[
    Decimal,
    BeforeValidator(_decimal),
    WithJsonSchema({"anyOf": [{"type": "number"}, {"type": "string", "pattern": r"^-?(0|[1-9]\d*)(\.\d+)?$"}]}),
]
Digest = Annotated[str, Field(pattern=r"^c1:[0-9a-f]{64}$")]
FileDigest = Annotated[str, Field(pattern=r"^sha256:[0-9a-f]{64}$")]
