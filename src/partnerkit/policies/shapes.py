"""The model of a kind under a policy: the kind's own fields, narrowed and extended by what the policy declares."""

from __future__ import annotations

import functools
import typing
from collections.abc import Mapping
from typing import Annotated, Any, Literal, get_args, get_origin

from partnerkit.kinds.catalogue import KINDS
from partnerkit.kinds.modelled import TAKEN, BaseModel, Field, FieldInfo, derived
from partnerkit.kinds.parts import Day, Duration, Id, Number, Part, PersonId, Slug, Text
from partnerkit.kinds.record import Record
from partnerkit.policies.fields import FieldSpec
from partnerkit.policies.policy import Policy

Percentage = Annotated[int, Field(ge=0, le=100)]
Count = Annotated[int, Field(ge=0)]

_SIMPLE: dict[str, Any] = {
    "text": Text,
    "number": Number,
    "count": Count,
    "percentage": Percentage,
    "day": Day,
    "duration": Duration,
    "yes-no": bool,
    "person": PersonId,
    "record": Id,
    "id": Slug,
    "link": Annotated[str, Field(pattern=r"^https?://[^\s]+$", max_length=2000)],
    "list": list[Text],
}

_CHOOSING = frozenset({"choice", "choices", "category", "categories", "keys"})


def model_for(policy: Policy, kind: str) -> type[Record]:
    """The model that a record of this kind must satisfy under this policy.

    It is the same one each time it is asked for, and for every version of a policy that says the same of the kind.
    """
    return _made(_said(Itself(policy), kind))


def said_of(data: Mapping[str, Any], kind: str) -> dict[str, Any]:
    """Of the data of a policy those of which the model of a kind is made."""
    whole = {key: data[key] for key in ("policy", "taxonomy") if key in data}
    parts = {key: data[key] for key in ("fields", "lifecycles") if key in data}
    return whole | {key: {kind: each[kind]} if kind in each else {} for key, each in parts.items()}


class Itself:
    """A policy as a key: it is the same as itself and no other."""

    __slots__ = ("policy",)

    def __init__(self, policy: Policy) -> None:
        self.policy = policy

    def __hash__(self) -> int:
        return id(self.policy)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Itself) and other.policy is self.policy


class _Said:
    """All that a policy says of which the model of a kind is made, as a key.

    Attributes:
        policy: one that says it.
        kind: the kind.
        stages: its stages.
        words: the same and the rest, in words.
    """

    __slots__ = ("kind", "policy", "stages", "words")

    def __init__(self, policy: Policy, kind: str) -> None:
        stages = policy.lifecycles[kind].stages if kind in policy.lifecycles else ()
        self.policy, self.kind, self.stages = policy, kind, (*stages, "void")
        # The order counts too: it is that of a schema.
        self.words = repr((policy.policy, kind, self.stages, list(policy.categories()), policy.fields.get(kind)))

    def __hash__(self) -> int:
        return hash(self.words)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Said) and other.words == self.words


@functools.lru_cache(maxsize=128)
def _said(key: Itself, kind: str) -> _Said:
    return _Said(key.policy, kind)


@functools.lru_cache(maxsize=128)
def _made(said: _Said) -> type[Record]:
    policy, kind = said.policy, said.kind
    literal = Annotated[Literal[policy.policy], Field(description="The policy that governs the record.")]  # type: ignore[name-defined]  # a type made at run time
    shaped = _shaped(KINDS[kind], _tree(policy.fields.get(kind, {})), policy)
    stage = Annotated[Literal[said.stages], Field(description="Where the record stands.")]  # type: ignore[name-defined]  # a type made at run time
    return derived(shaped.__name__, shaped, {"policy": (literal, ...), "stage": (stage, ...)}, __name__)


def has_field(policy: Policy, kind: str, path: str) -> bool:
    """Whether a record of this kind under this policy may hold something at the path."""
    specs = policy.fields.get(kind, {})
    if path in specs:
        return True
    above, _, last = path.rpartition(".")
    if above in specs and (known := specs[above].choices if specs[above].type == "keys" else specs[above].fields):
        return last in known
    current: Any = KINDS[kind]
    for segment in path.split("."):
        if get_origin(current) is dict:
            current = get_args(current)[1]
            continue
        model = _inner(current)
        if not (isinstance(model, type) and issubclass(model, BaseModel)):
            return False
        info = next((f for f in model.model_fields.values() if f.alias == segment), None)
        if info is None:
            return False
        current = info.annotation
    return True


class _Branch(dict[str, "_Branch"]):
    spec: FieldSpec | None = None


def _tree(specs: dict[str, FieldSpec]) -> _Branch:
    root = _Branch()
    for path, spec in specs.items():
        branch = root
        for segment in path.split("."):
            branch = branch.setdefault(segment, _Branch())
        branch.spec = spec
    return root


def _shaped(model: type[Any], tree: _Branch, policy: Policy) -> type[Any]:
    by_alias = {info.alias: (name, info) for name, info in model.model_fields.items()}
    changes: dict[str, Any] = {}
    for key, branch in tree.items():
        if key in by_alias:
            name, info = by_alias[key]
            changes[name] = _narrowed(info, branch, policy)
        elif branch.spec is not None:
            changes[_named(key, model)] = _declared(key, branch.spec, policy)
    return derived(model.__name__, model, changes, __name__) if changes else model


def _named(key: str, model: type[Any]) -> str:
    """What a field is called in Python: with `_` after it where what models have is called so, such as `copy`."""
    name = key.replace("-", "_")
    return f"{name}_" if name in TAKEN or hasattr(model, name) else name


def _declared(key: str, spec: FieldSpec, policy: Policy) -> tuple[Any, Any]:
    examples = [spec.example] if spec.example is not None else None
    kind = _type(key, spec, policy)
    if spec.required:
        return kind, Field(description=_described(spec, policy), examples=examples)
    return kind | None, Field(None, description=_described(spec, policy), examples=examples)


def _described(spec: FieldSpec, policy: Policy) -> str:
    clause = spec.clause if isinstance(spec.clause, str) else ", ".join(spec.clause)
    return f"{spec.title} ({policy.policy} {clause})"


def _type(key: str, spec: FieldSpec, policy: Policy) -> Any:
    if spec.type in _SIMPLE:
        return _SIMPLE[spec.type]
    if spec.type == "items":
        parts: dict[str, Any] = {
            name.replace("-", "_"): _declared(name, part, policy) for name, part in (spec.fields or {}).items()
        }
        return list[derived(_class_name(key), Part, parts, __name__)]  # type: ignore[misc]  # a type made at run time
    choice = _choice(spec, policy)
    return {"choice": choice, "category": choice, "keys": dict[choice, Text]}.get(spec.type, list[choice])  # type: ignore[valid-type]  # a type made at run time


def _choice(spec: FieldSpec, policy: Policy) -> Any:
    """The values, marked with their order: `typing` takes two Literals for one that hold the same in another order."""
    known = tuple(policy.categories() if spec.type in {"category", "categories"} else spec.choices or ())
    return Annotated[Literal[known], known]


def _narrowed(info: FieldInfo, branch: _Branch, policy: Policy) -> tuple[Any, FieldInfo]:
    annotation: Any = info.annotation
    if branch.spec is not None:
        annotation = _replaced(annotation, branch.spec, policy)
    if branch:
        inner = _inner(annotation)
        annotation = _substituted(annotation, inner, _shaped(inner, branch, policy))
    required = branch.spec is not None and branch.spec.required
    if required and get_origin(annotation) in {typing.Union, __import__("types").UnionType}:
        annotation = next(part for part in get_args(annotation) if part is not type(None))
    default: dict[str, Any] = {}
    if not required and not info.is_required():
        default = {"default_factory": info.default_factory} if info.default_factory else {"default": info.default}
    if info.metadata and (branch.spec is None or branch.spec.type not in _CHOOSING):
        annotation = Annotated[(annotation, *info.metadata)]
    described = _described(branch.spec, policy) if branch.spec else info.description
    examples = info.examples if branch.spec is None or branch.spec.type not in _CHOOSING else None
    if branch.spec is not None and branch.spec.example is not None:
        examples = [branch.spec.example]
    return annotation, Field(description=described, examples=examples, alias=info.alias, **default)


def _replaced(annotation: Any, spec: FieldSpec, policy: Policy) -> Any:
    """The annotation with its text narrowed to the choices of the spec."""
    if spec.type not in _CHOOSING:
        return annotation
    choice = _choice(spec, policy)
    if get_origin(annotation) is dict:
        return dict[choice, get_args(annotation)[1]]  # type: ignore[misc, valid-type]
    if get_origin(annotation) is list:
        return list[choice]  # type: ignore[valid-type]  # a type made at run time
    return choice | None if type(None) in get_args(annotation) else choice


def _inner(annotation: Any) -> Any:
    """The model (or `dict`) inside lists, maps and optional values."""
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return annotation
    origin, args = get_origin(annotation), get_args(annotation)
    if origin is dict:
        inner = _inner(args[1])
        return inner if isinstance(inner, type) and issubclass(inner, BaseModel) else dict
    if origin is Annotated:
        return _inner(args[0])
    for part in args:
        if part is not type(None) and (found := _inner(part)) is not None:
            return found
    return None


def _substituted(annotation: Any, old: Any, new: Any) -> Any:
    if annotation is old:
        return new
    origin, args = get_origin(annotation), get_args(annotation)
    if origin is list:
        return list[_substituted(args[0], old, new)]  # type: ignore[misc]  # a type made at run time
    if origin is dict:
        return dict[args[0], _substituted(args[1], old, new)]  # type: ignore[misc, valid-type]
    if args:
        return typing.Union[tuple(_substituted(part, old, new) for part in args)]  # noqa: UP007 - `|` takes no tuple
    return annotation


def _class_name(key: str) -> str:
    return "".join(word.capitalize() for word in key.split("-"))
