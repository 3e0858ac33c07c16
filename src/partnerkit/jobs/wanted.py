"""A record that somebody wants made."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from partnerkit.dataclass import dataclass, field


@dataclass(frozen=True, slots=True)
class Wanted:
    """One record to be made.

    Attributes:
        name: its name or title; the id is derived from it unless `id` is among the values.
        values: fields as typed.
        data: fields that follow from elsewhere; what is typed goes before them.
        row: the line of the sheet that asks for it, such as partners.csv:3.
        proposed: whether whoever makes it is taken for its proposer, where nobody is named.
    """

    name: str | None
    values: Mapping[str, str] = field(default_factory=dict)
    data: Mapping[str, Any] = field(default_factory=dict)
    row: str | None = None
    proposed: bool = True
