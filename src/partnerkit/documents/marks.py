"""Values that a document shows though nothing stands there: blanks to be filled in, and what is withheld."""

from __future__ import annotations

from typing import Self


class Mark(str):
    """Shows that something is not there; tests in a template find it empty.

    Attributes:
        name: what is not there, in words.
    """

    __slots__ = ("name",)
    name: str

    def __new__(cls, name: str) -> Self:
        """Stand for a field."""
        made = super().__new__(cls, "")
        made.name = name
        return made

    @property
    def shown(self) -> str:
        """What stands in the document."""
        return ""


class Blank(Mark):
    """A field that says nothing yet."""

    __slots__ = ()

    @property
    def shown(self) -> str:
        """A blank to be filled in."""
        return f"«{self.name}»"


class Withheld(Mark):
    """A field that readers of the level may not see."""

    __slots__ = ()

    @property
    def shown(self) -> str:
        """That there is something, and no more."""
        return "withheld"
