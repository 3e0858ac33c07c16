"""Values for every name that a template may read."""

from __future__ import annotations

from typing import Any

from partnerkit.documents.shape import Each, Has, Shape


def sample(shape: Shape, text: str, count: int = 1) -> Any:
    """A value of a shape in which every text is the one given."""
    if isinstance(shape, Has):
        return {name: sample(part, text, count) for name, part in shape.parts.items()}
    if isinstance(shape, Each):
        return [sample(shape.item, text, count) for _ in range(count)]
    return {} if shape is not None else text
