"""Sentences about records, for readers who may not see all of them: what they may not know is in no sentence either."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import Any

from partnerkit.dataclass import dataclass, field
from partnerkit.register import RecordFile
from partnerkit.rules.sight import Seen, Sight
from partnerkit.steps import value_at

#: What stands where a sentence would repeat what readers may not see.
WITHHELD = "(not shown here: it repeats what is classified above what this document may hold)"

#: Words shorter than this stand everywhere, and say nothing of a field.
_SHORTEST = 3

#: What stands where a sentence names the address of somebody: how people are reached is for no document.
ADDRESS = "(an address)"

_ADDRESS = re.compile(r"[^\s<>@,;:]+@[^\s<>@,;:]*[^\s<>@,;:.]")


@dataclass(frozen=True)
class Withholding:
    """What sentences may not say.

    Attributes:
        sight: what their readers may see.
        values: what stands in fields that were taken out.
    """

    sight: Sight
    values: frozenset[str] = field(default_factory=frozenset)

    def told(self, text: str) -> str:
        """A sentence, without the names of records of which nobody may know; nothing of it where it repeats a field."""
        if any(re.search(rf"(?<!\w){re.escape(one)}(?!\w)", text) for one in self.values):
            return WITHHELD
        return self.sight.masked(text)

    def unaddressed(self, text: str) -> str:
        """A sentence of the audit, so told, and without the addresses by which it knows people."""
        return _ADDRESS.sub(ADDRESS, self.told(text))

    def retold(self, value: Any) -> Any:
        """A value with every text in it so told."""
        if isinstance(value, str):
            return self.told(value)
        if isinstance(value, list):
            return [self.retold(item) for item in value]
        if isinstance(value, dict):
            return {key: self.retold(part) for key, part in value.items()}
        return value


def withholding(sight: Sight, pairs: Iterable[tuple[RecordFile, Seen]]) -> Withholding:
    """What sentences about records may not say: nothing that stands in what was taken out of one of them."""
    texts = (text for one, seen in pairs for path in seen.withheld for text in _texts(value_at(one.data, path)))
    return Withholding(sight, frozenset(text for text in texts if len(text) >= _SHORTEST))


def _texts(value: Any) -> Iterator[str]:
    """What a value says, as sentences would write it; yes and no say too little to be known again."""
    if isinstance(value, dict):
        for key, part in value.items():
            yield str(key)
            yield from _texts(part)
    elif isinstance(value, list):
        for part in value:
            yield from _texts(part)
    elif value is not None and not isinstance(value, bool):
        yield str(value).strip()
