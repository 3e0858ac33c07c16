"""What is known of the records of one tree, and on what it rests, looked up by what changed since.

It tells of one tree of records/ under one set of rules; with the next one only what differs is written anew. A record
of which nothing is known, because nobody could tell on what that rests, is one that is judged each time. The file may
be deleted at any time, and is passed over where others could have written it.
"""

from __future__ import annotations

import contextlib
import json
import sqlite3
from collections.abc import Callable, Collection, Iterable, Iterator
from pathlib import Path
from typing import Any

from partnerkit.store.disk.own_base import opened
from partnerkit.store.tool import stamp
from partnerkit.tuples import NamedTuple

_MADE = (
    "CREATE TABLE IF NOT EXISTS tree (tool TEXT, rules TEXT, told TEXT)",
    "CREATE TABLE IF NOT EXISTS records (id TEXT PRIMARY KEY, known INTEGER, until TEXT, told TEXT, lists INTEGER)",
    "CREATE TABLE IF NOT EXISTS words (word TEXT, id TEXT, PRIMARY KEY (word, id)) WITHOUT ROWID",
    "CREATE INDEX IF NOT EXISTS words_of ON words (id)",
    "CREATE TABLE IF NOT EXISTS twice (word TEXT PRIMARY KEY) WITHOUT ROWID",
    "CREATE INDEX IF NOT EXISTS odd ON records (id) WHERE NOT known OR told <> '' OR lists",
    "CREATE INDEX IF NOT EXISTS due ON records (until)",
)

_TREE = "SELECT told FROM tree WHERE tool = ? AND rules = ?"

#: How a word begins by which one record should be found, and no other.
ONCE = "s/"
_NO_MORE = "DELETE FROM twice WHERE (SELECT count(*) FROM words WHERE words.word = twice.word) < 2"
_TWICE = """
INSERT OR IGNORE INTO twice SELECT word FROM words WHERE word BETWEEN ? AND ? GROUP BY word HAVING count(*) > 1
"""

#: Fewer than a statement may have parameters.
_AT_ONCE = 500

#: Later than any day.
NEVER = "9999-99-99"


class Lost(Exception):  # noqa: N818 - it is no error: all is worked out anew
    """What was kept can be read no more."""


class Known(NamedTuple):
    """What is known of a record.

    Attributes:
        sure: whether it is known on what it rests; else it is judged each time.
        until: the day from which on it may be another, as ISO 8601 writes it.
        told: what was found of it, as text; empty for nothing.
        lists: whether it says that text was expunged from it.
        words: what it rests on, what it names, and what it says: each found by these words.
    """

    sure: bool
    until: str
    told: str
    lists: bool
    words: Collection[str]


class Tree(NamedTuple):
    """Of what the index tells.

    Attributes:
        commit: the commit.
        oid: its tree of records/.
        since: the moment at which it was judged last, as ISO 8601 writes it.
        looked: the links that every record was looked through for: kind and field.
    """

    commit: str
    oid: str
    since: str
    looked: list[list[str]]


class StandingIndex:
    """What is known of the records of one tree; without a file that can be trusted, nothing."""

    def __init__(self, path: Path, rules: str) -> None:
        """Look at what a file tells under some rules.

        Args:
            path: the file.
            rules: a digest of all that every verdict rests on.
        """
        self._path = path
        self._rules = rules
        self._base: sqlite3.Connection | None = None

    @contextlib.contextmanager
    def open(self) -> Iterator[Tree | None]:
        """Of what it tells, as long as this lasts: what it tells stays the same meanwhile, whoever else writes."""
        try:
            self._base = opened(self._path, _MADE)
        except (OSError, sqlite3.Error):
            yield None
            return
        try:
            self._base.isolation_level = None
            yield self._tree()
        finally:
            self._base.close()
            self._base = None

    def _tree(self) -> Tree | None:
        with contextlib.suppress(Lost, ValueError, TypeError):
            self._asks("BEGIN")
            found = self._asks(_TREE, stamp(), self._rules)
            if found:
                return Tree(*json.loads(found[0][0]))
            self._asks("COMMIT")  # whoever writes meanwhile need not wait for what is to be worked out
        return None

    def odd(self) -> dict[str, Known]:
        """The records of which something was found, that list what was expunged, or that are judged each time."""
        asked = "SELECT id, known, until, told, lists FROM records WHERE NOT known OR told <> '' OR lists"
        return {
            one: Known(bool(known), until, told, bool(lists), ())
            for one, known, until, told, lists in self._asks(asked)
        }

    def due(self, day: str) -> set[str]:
        """The records of which something else may be found on a day."""
        return {one for (one,) in self._asks("SELECT id FROM records WHERE until <= ?", day)}

    def ids(self, words: Collection[str]) -> set[str]:
        """The records that are found by any of some words."""
        return {one for row in self._found("id", "word", words) for one in row}

    def words(self, ids: Collection[str]) -> set[str]:
        """The words by which some records are found."""
        return {one for row in self._found("word", "id", ids) for one in row}

    def homes(self, words: Collection[str]) -> dict[str, set[str]]:
        """The records that are found by each of some words."""
        found: dict[str, set[str]] = {}
        for word, one in self._found("word, id", "word", words):
            found.setdefault(word, set()).add(one)
        return found

    def repeated(self) -> dict[str, set[str]]:
        """The words that begin with `ONCE` by which several records are found all the same."""
        return self.homes([one for (one,) in self._asks("SELECT word FROM twice")])

    def renew(
        self, was: Tree | None, now: Tree, rows: dict[str, Known], gone: Collection[str], settled: Callable[[], bool]
    ) -> None:
        """Write what is known now; where somebody else wrote meanwhile, it stays as they left it.

        Args:
            was: of what it told; None where it is to be written whole.
            now: of what it tells from now on.
            rows: the records of which something else is known.
            gone: those of which nothing is to be known any more.
            settled: says, once all of it is written, whether it is still so; else it stays as it was.
        """
        base = self._base
        if base is None:
            return
        with contextlib.suppress(sqlite3.Error, Lost):
            if base.in_transaction:
                base.execute("COMMIT")
            base.execute("BEGIN IMMEDIATE")
            self._write(was, now, rows, gone)  # closed before it was committed, none of it is there
            base.execute("COMMIT" if settled() else "ROLLBACK")

    def _write(self, was: Tree | None, now: Tree, rows: dict[str, Known], gone: Collection[str]) -> None:
        if was is None:
            self._asks("DELETE FROM records")
            self._asks("DELETE FROM words")
            self._asks("DELETE FROM twice")
        elif self._asks(_TREE, stamp(), self._rules) != [(json.dumps(was),)]:
            return
        else:
            left = [(one,) for one in {*rows, *gone}]
            self._many("DELETE FROM records WHERE id = ?", left)
            self._many("DELETE FROM words WHERE id = ?", left)
        self._many(
            "INSERT INTO records VALUES (?, ?, ?, ?, ?)",
            ((one, row.sure, row.until, row.told, row.lists) for one, row in rows.items()),
        )
        found = sorted({(word, one) for one, row in rows.items() for word in row.words})
        self._many("INSERT INTO words VALUES (?, ?)", found)
        new = [(word, word) for word, _one in found if word.startswith(ONCE)]
        self._asks(_NO_MORE)
        self._many(_TWICE, new if was is not None else [(ONCE, f"{ONCE}\U0010ffff")])
        self._asks("DELETE FROM tree")
        self._asks("INSERT INTO tree VALUES (?, ?, ?)", stamp(), self._rules, json.dumps(now))

    def _found(self, what: str, by: str, words: Collection[str]) -> Iterator[tuple[str, ...]]:
        wanted = sorted(words)
        for start in range(0, len(wanted), _AT_ONCE):
            part = wanted[start : start + _AT_ONCE]
            asked = f"SELECT {what} FROM words WHERE {by} IN ({','.join('?' * len(part))})"  # noqa: S608 - names of ours and question marks
            yield from self._asks(asked, *part)

    def _asks(self, statement: str, *values: str) -> list[tuple[Any, ...]]:
        try:
            if self._base is None:
                raise Lost
            return self._base.execute(statement, values).fetchall()
        except sqlite3.Error as error:
            raise Lost from error

    def _many(self, statement: str, rows: Iterable[tuple[Any, ...]]) -> None:
        if self._base is not None:
            self._base.executemany(statement, rows)
