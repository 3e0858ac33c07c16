"""What models say in pydantic's words, kept as said: pydantic itself is asked when something has to be judged.

To import it and to make its classes costs more than all that a command does with what is known to be right. A model
here is a plain class with its annotations and `Field`s. Its twin (see `twins`) is the model of pydantic: it judges
data, and what it makes of them are values of the class here.
"""

from __future__ import annotations

import functools
import sys
from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any, ClassVar

from partnerkit.kinds.said import Check, Info, Said

__all__ = [
    "AfterValidator",
    "BaseModel",
    "BeforeValidator",
    "Field",
    "FieldInfo",
    "PlainValidator",
    "ValidationError",
    "WithJsonSchema",
    "model_validator",
]

#: What models of pydantic have of their own: no field can be called so there.
TAKEN = frozenset(
    {
        *("construct", "copy", "dict", "from_orm", "json", "parse_file", "parse_obj", "parse_raw", "schema"),
        *("schema_json", "update_forward_refs", "validate", "model_computed_fields", "model_config"),
        *("model_construct", "model_copy", "model_dump", "model_dump_json", "model_extra", "model_fields"),
        *("model_fields_set", "model_json_schema", "model_parametrized_name", "model_post_init", "model_rebuild"),
        *("model_validate", "model_validate_json", "model_validate_strings"),
    }
)


class Models(type):
    """What models have as classes."""

    def __new__(mcs, name: str, bases: tuple[type, ...], space: dict[str, Any]) -> Models:
        """Set aside what a class says of its fields, and what judges its values."""
        notes = {one: said for one, said in space.get("__annotations__", {}).items() if _is_field_of(one, said)}
        said = {one: space.pop(one, ...) for one in notes}
        checks = {one: space.pop(one) for one, what in list(space.items()) if isinstance(what, Check)}
        made = super().__new__(mcs, name, bases, space)
        made.own_notes, made.own_said, made.own_checks = notes, said, checks
        made.known_fields, made.known_twin = None, None
        return made

    model_config: dict[str, Any]
    own_notes: dict[str, Any]
    own_said: dict[str, Any]
    own_checks: dict[str, Check]
    known_fields: dict[str, Info] | None
    known_twin: Any

    @property
    def own_hints(cls) -> dict[str, Any]:
        """The annotations of the fields which this class adds."""
        return {name: _hint(note, cls.__module__) for name, note in cls.own_notes.items()}

    @property
    def model_fields(cls) -> dict[str, Info]:
        """Its fields by name, those of its bases first."""
        if cls.known_fields is None:
            above = next((one for one in cls.__mro__[1:] if isinstance(one, Models)), None)
            own = {
                name: Info(functools.partial(_hint, note, cls.__module__), cls.own_said[name], cls._alias(name))
                for name, note in cls.own_notes.items()
            }
            cls.known_fields = {**(above.model_fields if above else {}), **own}
        return cls.known_fields

    def _alias(cls, name: str) -> str:
        return str(cls.model_config["alias_generator"](name))

    @property
    def twin(cls) -> Any:
        """The model of pydantic that judges data, and makes values of this class."""
        if cls.known_twin is None:
            from partnerkit.kinds.twins import twin_of  # noqa: PLC0415 - pydantic is imported where something is judged

            cls.known_twin = twin_of(cls)
        return cls.known_twin

    def model_json_schema(cls, **asked: Any) -> dict[str, Any]:
        """Its JSON Schema."""
        found: dict[str, Any] = cls.twin.model_json_schema(**asked)
        return found

    def __get_pydantic_core_schema__(cls, _source: Any, handler: Any) -> Any:
        """Tell pydantic how its values are made, where a model of another names it."""
        return handler.generate_schema(cls.twin)


def _hint(note: Any, module: str) -> Any:
    """What an annotation says."""
    return _read(note, module) if isinstance(note, str) else note


@functools.cache
def _read(note: str, module: str) -> Any:
    """What the text of one says; each is read once in its module, for many fields say the same."""
    return eval(note, vars(sys.modules[module]))  # noqa: S307 - our own source, as `typing` reads it


def _is_field_of(name: str, annotation: Any) -> bool:
    return not (name.startswith("__") or (isinstance(annotation, str) and annotation.startswith("ClassVar")))


def derived(name: str, base: type[Any], fields: Mapping[str, tuple[Any, Any]], module: str) -> type[Any]:
    """A model made at run time: fields by name, each with its annotation and what stands behind `=`."""
    notes = {one: annotation for one, (annotation, _) in fields.items()}
    space = {one: given for one, (_, given) in fields.items() if given is not ...}
    return Models(name, (base,), {"__module__": module, "__annotations__": notes, **space})


class Model(metaclass=Models):
    """A value whose fields are known; it does not change."""

    __slots__ = ("__dict__", "__pydantic_extra__", "__pydantic_fields_set__", "__pydantic_private__")
    __pydantic_fields_set__: set[str]
    model_config: ClassVar[dict[str, Any]] = {}

    def __init__(self, /, **data: Any) -> None:
        """Make it of data that are judged.

        Raises:
            pydantic.ValidationError: the model does not let them through.
        """
        type(self).twin.__pydantic_validator__.validate_python(data, self_instance=self)

    @classmethod
    def model_validate(cls, data: Any) -> Any:
        """Judge data, and make a value of them.

        Raises:
            pydantic.ValidationError: the model does not let them through.
        """
        return cls.twin.__pydantic_validator__.validate_python(data)

    @classmethod
    def model_validate_json(cls, text: str) -> Any:
        """Judge JSON, and make a value of it.

        Raises:
            pydantic.ValidationError: the model does not let it through.
        """
        return cls.twin.__pydantic_validator__.validate_json(text)

    def model_dump(self, **asked: Any) -> dict[str, Any]:
        """The value as data."""
        found: dict[str, Any] = type(self).twin.__pydantic_serializer__.to_python(self, **asked)
        return found

    def model_dump_json(self, **asked: Any) -> str:
        """The value as JSON."""
        found: bytes = type(self).twin.__pydantic_serializer__.to_json(self, **asked)
        return found.decode()

    def model_copy(self, *, update: Mapping[str, Any] | None = None, deep: bool = False) -> Any:
        """The same with other fields, which are not judged."""
        fields = type(self).model_fields
        values = {name: value for name, value in self.__dict__.items() if name in fields}  # not what was worked out
        values = {**(_deeply(values) if deep else values), **(update or {})}
        return made(type(self), values, self.model_fields_set | set(update or ()))

    @property
    def model_fields_set(self) -> set[str]:
        """The fields that were given, as against those that are as they are where nothing is said."""
        return self.__pydantic_fields_set__

    def __eq__(self, other: object) -> bool:
        """Whether it is of the same class, and its fields are the same."""
        if type(self) is not type(other):
            return NotImplemented
        return self.__dict__ == other.__dict__ or _values(self) == _values(other)

    def __hash__(self) -> int:
        """Of its fields, where all of them can be hashed."""
        return hash((type(self), *_values(self)))

    def __setattr__(self, name: str, _value: Any) -> None:
        """It does not change.

        Raises:
            AttributeError: always.
        """
        raise AttributeError(f"{type(self).__name__} is frozen: {name} cannot be set")

    def __reduce__(self) -> tuple[Any, ...]:
        """How it is copied: nothing is judged again."""
        return made, (type(self), dict(self.__dict__), set(self.model_fields_set))

    def __repr__(self) -> str:
        """Its fields with their values."""
        said = ", ".join(f"{name}={self.__dict__[name]!r}" for name in type(self).model_fields)
        return f"{type(self).__name__}({said})"


def _deeply(values: dict[str, Any]) -> dict[str, Any]:
    import copy  # noqa: PLC0415 - hardly a value is copied

    return copy.deepcopy(values)


def _values(one: Any) -> list[Any]:
    """The values of its fields, without what was worked out from them."""
    return [one.__dict__.get(name) for name in type(one).model_fields]


def made(model: type[Any], values: dict[str, Any], given: set[str]) -> Any:
    """A value of a model with these fields, which nobody judges."""
    found: Any = object.__new__(model)
    for slot, what in (("__dict__", values), ("__pydantic_fields_set__", given), ("__pydantic_extra__", None)):
        object.__setattr__(found, slot, what)
    object.__setattr__(found, "__pydantic_private__", None)
    return found


if TYPE_CHECKING:
    from pydantic import (
        AfterValidator,
        BaseModel,
        BeforeValidator,
        Field,
        PlainValidator,
        ValidationError,
        WithJsonSchema,
        model_validator,
    )
    from pydantic.fields import FieldInfo
else:
    BaseModel, FieldInfo = Model, Info
    AfterValidator, BeforeValidator, PlainValidator, WithJsonSchema = (
        functools.partial(Said, word)
        for word in ("AfterValidator", "BeforeValidator", "PlainValidator", "WithJsonSchema")
    )

    def Field(default: Any = ..., **said: Any) -> Any:  # noqa: N802 - as pydantic calls it
        """What is said of a field."""
        return Said("Field", **(said if default is ... else {"default": default, **said}))

    def model_validator(*, mode: str) -> Callable[[Callable[..., Any]], Check]:
        """Make a function judge whole values, once they are made."""
        if mode != "after":
            raise TypeError("a model judges its values, and does not change what they are made of")
        return Check

    def __getattr__(name: str) -> Any:
        """What pydantic raises: asked for where it was raised, and then pydantic is there."""
        if name != "ValidationError":
            raise AttributeError(name)
        import pydantic  # noqa: PLC0415 - as above

        return pydantic.ValidationError
