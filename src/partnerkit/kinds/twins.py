"""Twins: the models of pydantic behind those of `modelled`, made when something has to be judged or told as data."""

from __future__ import annotations

import types
import typing
from typing import Annotated, Any, ClassVar, get_args, get_origin

import pydantic
from pydantic import BaseModel, GetCoreSchemaHandler, TypeAdapter
from pydantic_core import CoreSchema

from partnerkit.kinds.modelled import Models
from partnerkit.kinds.said import UNIONS, Said


class _Twin(BaseModel):
    """Judges as its annotations say, and makes values of the class that it stands for."""

    model_config = pydantic.ConfigDict(defer_build=True)
    stands_for: ClassVar[type[Any]]

    @classmethod
    def __get_pydantic_core_schema__(cls, source: type[BaseModel], handler: GetCoreSchemaHandler, /) -> CoreSchema:
        """Have values made of the other class."""
        schema = handler(source)
        try:
            inner: Any = handler.resolve_ref_schema(schema)
        except LookupError:  # it holds itself, and this is the inner one
            return schema
        while inner["type"] != "model":
            inner = inner["schema"]
        inner["cls"] = cls.stands_for
        return schema


def twin_of(model: Models) -> type[BaseModel]:
    """The twin of a model, with those of its bases as bases."""
    above = next((one for one in model.__mro__[1:] if isinstance(one, Models)), None)
    hints = model.own_hints
    space: dict[str, Any] = {
        "__module__": model.__module__,
        "__qualname__": model.__qualname__,
        "__doc__": model.__doc__,
        "__annotations__": {name: real(hint) for name, hint in hints.items()} | {"stands_for": ClassVar[type[Any]]},
        "stands_for": model,
        **{name: real(said) for name, said in model.own_said.items() if said is not ...},
        **{name: pydantic.model_validator(mode="after")(one.function) for name, one in model.own_checks.items()},
    }
    if "model_config" in vars(model):
        space["model_config"] = vars(model)["model_config"]
    base: type[BaseModel] = above.twin if above is not None else _Twin
    return types.new_class(model.__name__, (base,), exec_body=lambda body: body.update(space))


def real(said: Any) -> Any:
    """What was said in pydantic's words, in pydantic's own."""
    if isinstance(said, Said):
        named = {name: real(value) for name, value in said.named.items()}
        return getattr(pydantic, said.word)(*map(real, said.given), **named)
    origin, args = get_origin(said), get_args(said)
    if origin is Annotated:
        return Annotated[(real(args[0]), *map(real, args[1:]))]
    if origin in UNIONS:
        return typing.Union[tuple(map(real, args))]  # noqa: UP007 - `|` takes no tuple
    if origin is list:
        return list[real(args[0])]  # type: ignore[misc]  # a type made at run time
    if origin is dict:
        return dict[real(args[0]), real(args[1])]  # type: ignore[misc]  # a type made at run time
    return said


def adapter(annotation: Any) -> TypeAdapter[Any]:
    """What judges a value by an annotation."""
    return TypeAdapter(real(annotation))
