"""How each key of a policy bears on what is demanded: marked where the key is, for whoever compares two versions."""

from __future__ import annotations

from collections.abc import Mapping
from enum import Enum
from functools import cache
from typing import Annotated, Any, Literal, TypeVar, get_args, get_origin

from partnerkit.kinds.modelled import BaseModel, FieldInfo
from partnerkit.tuples import NamedTuple


class Bearing(Enum):
    """What it means that there is more of something: a higher number, a longer time, one more in a list, a yes.

    A key that says nothing of this is `OTHER`: whatever becomes of it, something else is demanded.
    """

    WORDS = "nothing is demanded otherwise"
    DEMANDS = "more is demanded; absent, nothing is"
    LIMITS = "less is demanded, for it is a bound; absent, there is none"
    ALLOWS = "more is let through; absent, nothing is"
    OTHER = "something else is demanded"


T = TypeVar("T")
Worded = Annotated[T, Bearing.WORDS]
Demanding = Annotated[T, Bearing.DEMANDS]
Limiting = Annotated[T, Bearing.LIMITS]
Allowing = Annotated[T, Bearing.ALLOWS]
#: Of what a mapping holds: the mapping says which way it bears, and its values each say something else.
Unlike = Annotated[T, Bearing.OTHER]


class Spot(NamedTuple):
    """A place of a policy: how it bears on what is demanded, and what may stand there."""

    bearing: Bearing
    annotation: Any

    @property
    def choices(self) -> list[Any]:
        """The types of which what stands there may be."""
        return _parts(self.annotation)

    @property
    def ranks(self) -> tuple[Any, ...]:
        """The words that may stand there, from the one that demands least; none where others may too."""
        found = [one for one in self.choices if one is not type(None)]
        return get_args(found[0]) if len(found) == 1 and get_origin(found[0]) is Literal else ()

    @property
    def value(self) -> Spot:
        """The spot of what a mapping or a list holds there: as it is marked itself, or as the whole is."""
        held = [get_args(one)[-1] for kind in (dict, list) for one in self.choices if get_origin(one) is kind]
        inner = held[0] if held else Any
        return Spot(_marked(inner) or self.bearing, inner)

    def at(self, key: str) -> Spot:
        """The spot of a key below: of a model its field, of a mapping or a list whatever it holds."""
        if self.bearing is Bearing.WORDS:
            return self
        for one in self.choices:
            if isinstance(one, type) and issubclass(one, BaseModel):
                found = spots(one).get(key)
                if found is not None:
                    return found
        return self.value


@cache
def spots(model: type[BaseModel]) -> Mapping[str, Spot]:
    """The keys of a part of a policy, as in the file, each with how it bears on what is demanded."""
    return {info.alias or name: _spot(info) for name, info in model.model_fields.items()}


def _spot(info: FieldInfo) -> Spot:
    """How a field bears on what is demanded."""
    found = next((one for one in info.metadata if isinstance(one, Bearing)), None)
    return Spot(found or _marked(info.annotation) or Bearing.OTHER, info.annotation)


def _marked(annotation: Any) -> Bearing | None:
    """How what is annotated so bears, if it is marked itself."""
    marks = get_args(annotation)[1:] if get_origin(annotation) is Annotated else ()
    return next((one for one in marks if isinstance(one, Bearing)), None)


def _parts(annotation: Any) -> list[Any]:
    """The types that an annotation leaves a choice of."""
    origin, args = get_origin(annotation), get_args(annotation)
    if origin is Annotated:
        return _parts(args[0])
    if origin in {dict, list, Literal} or not args:
        return [annotation]
    return [found for part in args for found in _parts(part)]
