"""A person whom somebody asks about: their id, and what else tells of them, wherever it stands."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cached_property
from typing import Any

from partnerkit.dataclass import dataclass
from partnerkit.kinds.sought import SHORTEST, Sought

#: Keys that lead to a value in parsed YAML.
Keys = tuple[str | int, ...]


@dataclass(frozen=True)
class Subject:
    """Somebody.

    Attributes:
        person: their opaque id.
        spellings: their names, addresses and the like, as far as they are known.
    """

    person: str
    spellings: tuple[str, ...] = ()

    def by(self, text: str) -> str | None:
        """By what a text tells of them: their `id`, or something by which they are `known`; None where it does not."""
        if self._id.search(text):
            return "id"
        return "known" if self._known is not None and self._known.found(text) else None

    def names(self, path: str) -> bool:
        """Whether the name of a file tells of them, whatever stands beside it."""
        name = path.rpartition("/")[2]
        return self._in_name.search(name) is not None or self.by(name) is not None

    def lines(self, text: str) -> Iterator[int]:
        """The lines of a text, from 1, that tell of them."""
        return (number for number, row in enumerate(text.split("\n"), 1) if self.by(row))

    def within(self, data: Any, keys: Keys = ()) -> Iterator[tuple[Keys, str, str]]:
        """Where parsed YAML tells of them, keys too: what leads there, what stands there, and by what it tells."""
        if isinstance(data, str):
            by = self.by(data)
            yield from [(keys, data, by)] if by else []
        elif isinstance(data, dict):
            for key, part in data.items():
                by = self.by(str(key))
                yield from [((*keys, key), str(key), by)] if by else []
                yield from self.within(part, (*keys, key))
        elif isinstance(data, list):
            for index, part in enumerate(data):
                yield from self.within(part, (*keys, index))

    @property
    def sought(self) -> Sought:
        """The same, to be looked for in all that git keeps; there, a longer id that begins so counts too."""
        return Sought((self.person, *self._spelled))

    @property
    def _spelled(self) -> tuple[str, ...]:
        return tuple(one for one in dict.fromkeys(self.spellings) if len(one) >= SHORTEST)

    @cached_property
    def _known(self) -> Sought | None:
        return Sought(self._spelled) if self._spelled else None

    @cached_property
    def _id(self) -> re.Pattern[str]:
        """The id; behind a hyphen too, as in the id of an application, and in no longer id that begins so."""
        return re.compile(rf"(?<!\w){re.escape(self.person)}(?![\w-])")

    @cached_property
    def _in_name(self) -> re.Pattern[str]:
        return re.compile(rf"(?<![a-z0-9]){re.escape(self.person)}(?![a-z0-9])", re.IGNORECASE)


def part_of(data: Any, keys: Keys) -> tuple[Keys, Any]:
    """The item of a list or block in which a value stands: a statement, an entry, a line of a log; else it itself."""
    item: tuple[Keys, Any] | None = None
    current = data
    for count, key in enumerate(keys, 1):
        current = current[key] if not isinstance(current, str) else current
        if isinstance(key, int) and isinstance(current, dict):
            item = item or (keys[:count], current)
    return item or (keys, current)
