"""A value for everything that a kind can hold under a policy, made from the same schema that editors get."""

from __future__ import annotations

import functools
import json
from typing import Any

from partnerkit.kinds.record import FIXED, Record
from partnerkit.policies.policy import Policy
from partnerkit.policies.shapes import model_for

DAY = "2026-03-02"


def fields(policy: Policy, kind: str) -> dict[str, Any]:
    """Every field of the kind that somebody may set, filled, down to the last part of each item."""
    return sampled(model_for(policy, kind))


def sampled(model: type[Record]) -> dict[str, Any]:
    """Every field of a model that somebody may set, filled."""
    schema = model.model_json_schema()
    return {key: sample(part, schema) for key, part in schema["properties"].items() if key not in FIXED}


def sample(part: dict[str, Any], whole: dict[str, Any]) -> Any:
    """A value that a part of a schema allows, with everything in it that may be there."""
    if "$ref" in part:
        return sample(whole["$defs"][part["$ref"].rpartition("/")[2]], whole)
    if "anyOf" in part:
        return sample(next(one for one in part["anyOf"] if one.get("type") != "null"), whole)
    if "const" in part:
        return part["const"]
    if "enum" in part:
        return part["enum"][0]
    if "additionalProperties" in part and "properties" not in part:
        return {key: sample(part["additionalProperties"], whole) for key in _keys(part, whole)}
    return _PLAIN[part["type"]](part, whole)


def _keys(part: dict[str, Any], whole: dict[str, Any]) -> list[str]:
    names = part.get("propertyNames", {})
    names = whole["$defs"][names["$ref"].rpartition("/")[2]] if "$ref" in names else names
    return list(names.get("enum", ["some-key"]))


def _text(part: dict[str, Any], whole: dict[str, Any]) -> str:
    del whole
    pattern = part.get("pattern", "")
    for start, value in (("^\\d{4}", DAY), ("^P", "P30D"), ("^https", "https://files.example/1")):
        if pattern.startswith(start):
            return value
    return "p-rosa" if pattern else "Some words."


_PLAIN: dict[str, Any] = {
    "string": _text,
    "integer": lambda part, _whole: part.get("minimum", 1),
    "number": lambda _part, _whole: 1,
    "boolean": lambda _part, _whole: True,
    "array": lambda part, whole: [sample(part["items"], whole)],
    "object": lambda part, whole: {key: sample(one, whole) for key, one in part["properties"].items()},
}


@functools.cache
def parsed(data: str) -> Policy:
    """A policy from the canonical text of its data; parsed once."""
    return Policy.model_validate(json.loads(data))


_SHAPES: dict[tuple[int, str], type[Record]] = {}


def shape(policy: Policy, kind: str) -> type[Record]:
    """The model of a kind under a policy that lives as long as the tests; made once."""
    key = (id(policy), kind)
    if key not in _SHAPES:
        _SHAPES[key] = model_for(policy, kind)
    return _SHAPES[key]


@functools.cache
def sampled_once(model: type[Record]) -> dict[str, Any]:
    return sampled(model)
