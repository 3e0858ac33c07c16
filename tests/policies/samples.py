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
    schema = _schema(model)
    return {key: sample(part, schema) for key, part in schema["properties"].items() if key not in FIXED}


@functools.cache
def _schema(model: type[Record]) -> dict[str, Any]:
    """The schema of a model, to be looked at only; made once."""
    return model.model_json_schema()


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
    if (values := free_keys(part)) is not None:
        return {key: sample(values, whole) for key in _keys(part, whole)}
    return _PLAIN[part["type"]](part, whole)


def free_keys(part: dict[str, Any]) -> dict[str, Any] | None:
    """What stands under each key of a block whose keys are free, or come from a list of words; None for other parts."""
    if "properties" in part:
        return None
    found: dict[str, Any] | None = part.get("additionalProperties")
    return found or next(iter(part.get("patternProperties", {}).values()), None)


def _keys(part: dict[str, Any], whole: dict[str, Any]) -> list[str]:
    names = part.get("propertyNames", {})
    names = whole["$defs"][names["$ref"].rpartition("/")[2]] if "$ref" in names else names
    return list(names.get("enum", ["some-key"]))


def _text(part: dict[str, Any], whole: dict[str, Any]) -> str:
    del whole
    if "pattern" not in part and "examples" in part:
        return str(part["examples"][0])
    pattern = part.get("pattern", "")
    digest = f"c1:{64 * '0'}"
    known = (("^\\d{4}", DAY), ("^P", "P30D"), ("^https", "https://files.example/1"), ("^c1:", digest))
    for start, value in known:
        if pattern.startswith(start):
            return value
    return "p-rosa" if pattern else "Some words."


def _several(part: dict[str, Any], whole: dict[str, Any]) -> list[Any]:
    """As many items as there must be, each with an id of its own."""
    first = sample(part["items"], whole)
    again = [_another(first, number) for number in range(2, part.get("minItems", 1) + 1)]
    return [first, *again]


def _another(item: Any, number: int) -> Any:
    if isinstance(item, dict) and "id" in item:
        return {**item, "id": f"{item['id']}-{number}"}
    return f"{item}-{number}" if isinstance(item, str) else item


_PLAIN: dict[str, Any] = {
    "string": _text,
    "integer": lambda part, _whole: part.get("minimum", 1),
    "number": lambda _part, _whole: 1,
    "boolean": lambda _part, _whole: True,
    "array": _several,
    "object": lambda part, whole: {key: sample(one, whole) for key, one in part["properties"].items()},
}


@functools.cache
def parsed(data: str) -> Policy:
    """A policy from the canonical text of its data; parsed once."""
    return Policy.model_validate(json.loads(data))


_SHAPES: dict[tuple[int, str], tuple[Policy, type[Record]]] = {}


def shape(policy: Policy, kind: str) -> type[Record]:
    """The model of a kind under a policy; made once. The policy is kept, so that no other comes to have its number."""
    key = (id(policy), kind)
    if key not in _SHAPES:
        _SHAPES[key] = (policy, model_for(policy, kind))
    return _SHAPES[key][1]


@functools.cache
def sampled_once(model: type[Record]) -> dict[str, Any]:
    return sampled(model)


def allowed(model: type[Record], path: str) -> list[Any]:
    """Values that a field may hold: every choice, both of yes and no, else one."""
    whole = _schema(model)
    part: dict[str, Any] = {"properties": whole["properties"]}
    for key in path.split("."):
        part = _inside(part, whole)
        part = part["properties"][key] if key in part.get("properties", {}) else free_keys(part) or {}
    part = _inside(part, whole)
    if "enum" in part:
        return list(part["enum"])
    return [True, False] if part.get("type") == "boolean" else [sample(part, whole)]


def _inside(part: dict[str, Any], whole: dict[str, Any]) -> dict[str, Any]:
    """The part itself behind references, options and lists."""
    while True:
        if "$ref" in part:
            part = whole["$defs"][part["$ref"].rpartition("/")[2]]
        elif "anyOf" in part:
            part = next(one for one in part["anyOf"] if one.get("type") != "null")
        elif part.get("type") == "array":
            part = part["items"]
        else:
            return part
