"""Splices: the parts of a text that change, and nothing else."""

from __future__ import annotations

from collections.abc import Iterable

from partnerkit.dataclass import dataclass


@dataclass(frozen=True, slots=True)
class Splice:
    """The characters from `start` to before `end` become `text`."""

    start: int
    end: int
    text: str


def apply(text: str, splices: Iterable[Splice]) -> str:
    """The text with every splice made; all else stays as it is.

    Splices at one place are made in the order given.

    Raises:
        ValueError: two splices overlap.
    """
    parts: list[str] = []
    done = 0
    for splice in sorted(splices, key=lambda one: (one.start, one.end)):
        if not done <= splice.start <= splice.end <= len(text):
            raise ValueError(f"splices overlap at offset {splice.start}")
        parts += (text[done : splice.start], splice.text)
        done = splice.end
    return "".join((*parts, text[done:]))


def line_start(text: str, place: int) -> int:
    """The offset at which the line of a place starts."""
    return text.rfind("\n", 0, place) + 1


def line_end(text: str, place: int) -> int:
    """The offset of the line feed that ends the line of a place, or the end of the text."""
    found = text.find("\n", place)
    return len(text) if found < 0 else found
