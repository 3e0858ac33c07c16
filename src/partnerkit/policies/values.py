"""Values that a policy gives, or leaves to a variable until the organisation decides."""

from __future__ import annotations

import re
from typing import Annotated, Any, Literal

from partnerkit.kinds.duration import Duration
from partnerkit.kinds.modelled import Field, PlainValidator, WithJsonSchema, model_validator
from partnerkit.kinds.parts import Day, Part, Text
from partnerkit.policies.bearing import Bearing, Unlike, Worded


class Variable(str):
    """A reference to a variable of the policy, written `$name`."""

    __slots__ = ()

    @property
    def name(self) -> str:
        """The variable's name, without the dollar sign."""
        return self[1:]


def _variable(value: Any) -> Variable | None:
    if isinstance(value, str) and value.startswith("$"):
        if not re.fullmatch(r"\$[a-z0-9][a-z0-9-]*", value):
            raise ValueError(f"{value!r} is no reference to a variable: write $name")
        return Variable(value)
    return None


def _duration(value: Any) -> Any:
    if isinstance(value, Duration):
        return value
    if isinstance(value, str):
        return _variable(value) or Duration.parse(value)
    raise ValueError("write an ISO 8601 duration such as P60D or P6M, or a variable such as $notice")


def _rhythm(value: Any) -> Any:
    if isinstance(value, str) and re.fullmatch(r"[a-z0-9][a-z0-9-]*(\.[a-z0-9][a-z0-9-]*)*", value):
        return value
    return _duration(value)


def _count(value: Any) -> Any:
    if isinstance(value, int) and not isinstance(value, bool) and value >= 0:
        return value
    found = _variable(value)
    if found is None:
        raise ValueError("write a whole number, or a variable such as $references")
    return found


def _bound(value: Any) -> Any:
    if isinstance(value, str) and re.fullmatch(r"[a-z][a-z0-9-]*(\.[a-z0-9][a-z0-9-]*)*", value):
        return value
    return _count(value)


def _role(value: Any) -> Any:
    found = _variable(value)
    if found is not None:
        return found
    if isinstance(value, str) and re.fullmatch(r"[a-z0-9][a-z0-9-]*", value):
        return value
    raise ValueError("write the name of a role, or a variable such as $final-decider")


_VARIABLE_FORM = {"type": "string", "pattern": r"^\$[a-z0-9][a-z0-9-]*$"}

DurationValue = Annotated[
    Duration | Variable,
    PlainValidator(_duration),
    WithJsonSchema({"anyOf": [{"type": "string", "pattern": r"^P(\d+Y)?(\d+M)?(\d+W)?(\d+D)?$"}, _VARIABLE_FORM]}),
]
RhythmValue = Annotated[
    Duration | Variable | str,
    PlainValidator(_rhythm),
    WithJsonSchema({"type": "string", "pattern": r"^(P(\d+Y)?(\d+M)?(\d+W)?(\d+D)?|\$?[a-z0-9][a-z0-9.-]*)$"}),
]
CountValue = Annotated[
    int | Variable,
    PlainValidator(_count),
    WithJsonSchema({"anyOf": [{"type": "integer", "minimum": 0}, _VARIABLE_FORM]}),
]
BoundValue = Annotated[
    int | Variable | str,
    PlainValidator(_bound),
    WithJsonSchema(
        {"anyOf": [{"type": "integer", "minimum": 0}, {"type": "string", "pattern": r"^\$?[a-z0-9][a-z0-9.-]*$"}]}
    ),
]
RoleValue = Annotated[
    str | Variable,
    PlainValidator(_role),
    WithJsonSchema({"anyOf": [{"type": "string", "pattern": r"^[a-z0-9][a-z0-9-]*$"}, _VARIABLE_FORM]}),
]
Unit = Literal["duration", "count", "role", "text"]


class VariableSpec(Part):
    """Something that the written policy leaves open.

    It stays unset until the organisation decides (`partnerkit policy set`); what depends on it says so.
    """

    unit: Unit = Field(description="What sort of value it takes.")
    value: str | int | None = Field(None, description="Null until the organisation has decided.")
    clause: Worded[str] = Field(description="The clause that leaves it open.")
    question: Worded[Text] = Field(description="What is to be decided, as a question.")
    default_note: Worded[Text | None] = Field(None, description="What happens while it is unset.")
    seen: Worded[Text | None] = Field(None, description="Where the decision can be seen.")
    since: Day | None = Field(None, description="The day of the decision: nothing fell due by it before.")

    @model_validator(mode="after")
    def _value_of_its_unit(self) -> VariableSpec:
        if self.value is not None:
            self.read(self.value)
        return self

    def read(self, value: str | int) -> Duration | int | str:
        """A value of the variable's unit.

        Raises:
            ValueError: it is none.
        """
        if self.unit == "duration":
            return Duration.parse(str(value))
        if self.unit == "count":
            text = str(value)
            if not re.fullmatch(r"[0-9]{1,9}", text):
                raise ValueError(f"{text!r} is no count: write a whole number such as 2")
            return int(text)
        if self.unit == "role" and not re.fullmatch(r"[a-z0-9][a-z0-9-]*", str(value)):
            raise ValueError(f"{value!r} is no role: write its name, such as core-team")
        return str(value)

    @property
    def setting(self) -> Duration | int | str | None:
        """What it is set to, typed; None while it is unset."""
        return None if self.value is None else self.read(self.value)


Clauses = Annotated[
    str | list[str],
    Bearing.WORDS,
    Field(description="The clause or clauses of the written policy that it implements, such as §3.2.1/due-diligence."),
]
Path = Annotated[
    str,
    Field(pattern=r"^[a-z0-9][a-z0-9-]*(\.[a-z0-9][a-z0-9-]*)*$", description="A field, or a part of one: a.b."),
]


def as_list(value: object) -> object:
    """A list of one word where it is written as the word alone."""
    return [value] if isinstance(value, str) else value


def clause_list(clauses: str | list[str]) -> list[str]:
    """The clauses cited, as a list."""
    return [clauses] if isinstance(clauses, str) else list(clauses)


Scalar = str | int | bool


class Match(Part):
    """A condition on one field, in words."""

    is_: Scalar | list[Scalar] | None = Field(None, description="Equal to the value, or to one of several.")
    not_: Scalar | list[Scalar] | None = Field(None, description="Equal to none of these.")
    filled: bool | None = Field(None, description="Whether the field holds anything.")


Condition = Annotated[
    dict[Path, Unlike[Scalar | list[Scalar] | Match]],
    Field(min_length=1, description="Field to value, to one of several values, or to a condition. All must hold."),
]
