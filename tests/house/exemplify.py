"""Examples for the reference of the policy language: from the shipped packs, and from policies that tests run."""

from __future__ import annotations

import types
import typing
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple, get_args, get_origin

from partnerkit.kinds.modelled import BaseModel
from partnerkit.policies.policy import Policy
from partnerkit.store import packs
from partnerkit.store.yaml.emit import flow
from partnerkit.store.yaml.reader import read
from tests.house.describing import models_in

TESTS = Path(__file__).resolve().parents[1]
#: Policies that journeys run, beside the packs: for what no pack needs.
OWN = ("journeys/own_policy.yaml", "journeys/own_demands.yaml", "house/examples/language.yaml")

#: What is longer is shown without the blocks in it, and only where nothing else shows a key.
_LONGEST = 420
#: An item of a list, in a path.
_ITEM = "-"


class Example(NamedTuple):
    """A part of a policy: which policy, where in it, what stands there, and what is left out of it here."""

    policy: str
    path: tuple[str, ...]
    value: dict[str, Any]
    without: tuple[str, ...] = ()

    @property
    def text(self) -> str:
        """As it stands in a file, with the keys above it."""
        rows, dash = [], ""
        for depth, key in enumerate(self.path):
            if key != _ITEM:
                rows.append(f"{'  ' * (depth - bool(dash))}{dash}{flow(key)}:")
            dash = "- " if key == _ITEM else ""
        if dash:
            rows.append(f"{'  ' * (len(self.path) - 1)}- {flow(self.value)}")
        elif rows:
            rows[-1] += f" {flow(self.value)}"
        else:
            rows = [f"{key}: {flow(part)}" for key, part in self.value.items()]
        return "\n".join([*rows, *([f"# and {', '.join(self.without)}"] if self.without else [])])

    def shortened(self, model: type[BaseModel]) -> Example:
        """Without the blocks in it that have examples of their own."""
        plain = plain_keys(model)
        kept = {key: part for key, part in self.value.items() if key in plain}
        return self._replace(value=kept, without=tuple(key for key in self.value if key not in plain))


def _holds_blocks(annotation: Any) -> bool:
    found: dict[str, type[BaseModel]] = {}
    models_in(annotation, found)
    return bool(found)


def examples() -> dict[str, list[Example]]:
    """For each model of the language the fewest and shortest examples that show its keys."""
    found: dict[type[BaseModel], list[Example]] = {}
    for policy, data in _policies():
        for model, path, value in _parts(Policy, data, ()):
            one = Example(policy, path, value)
            found.setdefault(model, []).append(one if len(one.text) <= _LONGEST else one.shortened(model))
    return {model.__name__: list(_chosen(every, plain_keys(model))) for model, every in found.items()}


def plain_keys(model: type[BaseModel]) -> set[str]:
    """The keys of a model that hold no blocks: those have examples of their own."""
    return {info.alias or name for name, info in model.model_fields.items() if not _holds_blocks(info.annotation)}


def _policies() -> Iterator[tuple[str, dict[str, Any]]]:
    for name in packs.names():
        yield name, packs.load(name).data
    for name in OWN:
        document, _problems = read((TESTS / name).read_bytes(), name)
        assert document is not None
        yield str(document.data["policy"]), document.data


def _parts(
    annotation: Any, value: Any, path: tuple[str, ...]
) -> Iterator[tuple[type[BaseModel], tuple[str, ...], dict[str, Any]]]:
    """Every block below an annotation that is written as a model says."""
    origin, args = get_origin(annotation), get_args(annotation)
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        known = {info.alias or name: info.annotation for name, info in annotation.model_fields.items()}
        if isinstance(value, dict) and value.keys() <= known.keys():
            yield annotation, path, value
            for key, part in value.items():
                yield from _parts(known[key], part, (*path, key))
    elif origin is dict and isinstance(value, dict):
        for key, part in value.items():
            yield from _parts(args[1], part, (*path, str(key)))
    elif origin in {typing.Union, types.UnionType} or hasattr(annotation, "__metadata__"):
        for part in args:
            yield from _parts(part, value, path)
    elif origin is list and isinstance(value, list):
        for part in value:
            yield from _parts(args[0], part, (*path, _ITEM))


def _chosen(every: list[Example], keys: set[str]) -> Iterator[Example]:
    """In turn the one that shows most keys that none before it showed, the shorter of two; long ones last."""
    short = [one for one in every if len(one.text) <= _LONGEST]
    left, shown = set(keys), False
    for some in (short, every):
        while some and left:
            best = max(some, key=lambda one: (len(one.value.keys() & left), -len(one.text)))
            if shown and not best.value.keys() & left:
                break
            yield best
            shown, left = True, left - best.value.keys()
