"""What the fields of records look like to templates: as their kinds have them, and as policies declare them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import cache
from types import NoneType, UnionType
from typing import Annotated, Any, Union, get_args, get_origin

from partnerkit.documents.shape import ANY, LEAF, Each, Has, Shape
from partnerkit.kinds.catalogue import KINDS
from partnerkit.kinds.classified import USUAL, above
from partnerkit.kinds.parts import Part
from partnerkit.kinds.record import FIXED
from partnerkit.policies.fields import FieldSpec
from partnerkit.policies.policy import Policy

_LISTS = frozenset({"list", "choices", "categories"})
_TEXTS = frozenset({"text", "choice", "category", "number", "count", "percentage", "day", "duration", "yes-no"})
_TEXTS |= {"person", "record", "id", "link"}


def key_of(name: str) -> str:
    """The name of a field as templates write it."""
    return name.replace("-", "_")


def fields_of(kinds: Iterable[str], policies: Iterable[Policy]) -> Has:
    """The fields that records of one of the kinds may have under one of the policies."""
    found: dict[str, Shape] = {}
    governing = list(policies)
    for kind in kinds:
        shapes = [*_of_kind(kind), *(one for policy in governing for one in _of_policy(policy, kind))]
        for name, shape in shapes:
            same = name not in found or found[name] == shape
            found[name] = shape if same else ANY
    return Has(found)


@cache
def _of_kind(kind: str) -> tuple[tuple[str, Shape], ...]:
    fields = {info.alias or name: info.annotation for name, info in KINDS[kind].model_fields.items()}
    return tuple((key_of(name), _typed(given)) for name, given in fields.items() if name not in FIXED)


def _of_policy(policy: Policy, kind: str) -> Iterator[tuple[str, Shape]]:
    mine = dict(_of_kind(kind))
    for path, spec in policy.fields.get(kind, {}).items():
        if "." not in path and key_of(path) not in mine:
            yield key_of(path), _declared(spec)


def _declared(spec: FieldSpec) -> Shape:
    if above(spec.classification, USUAL):
        return ANY  # may stand elsewhere, and a reference in its place
    if spec.type in _TEXTS:
        return LEAF
    return Each(LEAF) if spec.type in _LISTS else ANY


def _typed(given: Any) -> Shape:
    """What values of a type look like."""
    origin, parts = get_origin(given), get_args(given)
    if origin is Annotated:
        return _typed(parts[0])
    if origin in {Union, UnionType}:
        found = [_typed(one) for one in parts if one is not NoneType]
        return found[0] if all(one == found[0] for one in found) else ANY
    if origin is list:
        return Each(_typed(parts[0]))
    if isinstance(given, type) and issubclass(given, Part):
        return Has({key_of(info.alias or name): _typed(info.annotation) for name, info in given.model_fields.items()})
    return ANY if origin is dict or given is dict else LEAF
