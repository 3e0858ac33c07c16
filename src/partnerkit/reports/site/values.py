"""What a record says, as a page shows it: in words, with links to what else the site has."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from partnerkit.dataclass import dataclass, field
from partnerkit.kinds.catalogue import KINDS
from partnerkit.kinds.record import FIXED, key_order
from partnerkit.obligations.outlook import in_words
from partnerkit.publishing.site import Site
from partnerkit.reports.values import brief
from partnerkit.rules.sight import Seen

_ADDRESS = re.compile(r"https?://[^\s<>\"'\\`{}|^]{1,2000}\Z")


@dataclass(frozen=True, slots=True)
class Value:
    """A value on a page: a text, a list, a block of named values, or a table.

    Attributes:
        form: text, list, block or table.
        text: of a text, its words.
        href: where a text leads.
        outside: whether that is somewhere else than in this site.
        parts: of a list, its values; of a table, its rows, a list each.
        named: of a block, its values by name.
        columns: of a table, the names of its columns.
        quiet: what stands below a text in a table, such as an id.
    """

    form: str
    text: str = ""
    href: str | None = None
    outside: bool = False
    parts: list[Value] = field(default_factory=list)
    named: list[tuple[str, Value]] = field(default_factory=list)
    columns: list[str] = field(default_factory=list)
    quiet: str = ""


@dataclass(frozen=True, slots=True)
class Shown:
    """Makes values of what records say.

    Attributes:
        site: the site.
        up: how a page leads to the top of the site, such as `../`.
    """

    site: Site
    up: str = "../"

    def record(self, record_id: str) -> str | None:
        """Where the page of a record is; None where the site has none."""
        return f"{self.up}records/{record_id}.html" if self.site.beside.name(record_id) is not None else None

    def fields(self, one: Seen) -> Iterator[tuple[str, Value]]:
        """The fields of a record in the order of its file, with their names in words."""
        known = key_order(KINDS[one.kind])
        keys = [*(key for key in known if key in one.data), *(key for key in one.data if key not in known)]
        yield from ((in_words(key), self.value(one.data[key])) for key in keys if key not in FIXED)

    def value(self, value: Any) -> Value:
        """A value as a page shows it."""
        if isinstance(value, dict) and value and all(isinstance(part, dict) for part in value.values()):
            return self._table([{"": in_words(str(key)), **part} for key, part in value.items()])
        if isinstance(value, dict):
            return Value("block", named=[(in_words(str(key)), self.value(part)) for key, part in value.items()])
        if isinstance(value, list) and value and all(isinstance(item, dict) for item in value):
            return self._table(value)
        if isinstance(value, list):
            return Value("list", parts=[self.value(item) for item in value])
        return self.text(brief(value))

    def text(self, text: str) -> Value:
        """A text, which leads to what it names."""
        if _ADDRESS.match(text):
            return Value("text", text, text, outside=True)
        if text in self.site.sight.names:
            return Value("text", self.person(text))
        policy = f"{self.up}policies/{text}.html" if text in self.site.policies else None
        return Value("text", text, self.record(text) or policy)

    def person(self, who: str) -> str:
        """Somebody, with their name where they agreed to that."""
        called = self.site.sight.person(who)
        return who if called == who else f"{called} ({who})"

    def _table(self, rows: list[dict[str, Any]]) -> Value:
        columns = list(dict.fromkeys(key for row in rows for key in row))
        cells = [[self.value(row[key]) if key in row else Value("text") for key in columns] for row in rows]
        return Value(
            "table", parts=[Value("list", parts=row) for row in cells], columns=[in_words(key) for key in columns]
        )
