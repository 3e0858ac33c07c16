"""A SQLite file that is written once, whole, and only read from then on: the same rows give the same bytes.

Values are bound, never written into statements; the names of tables and columns are the code's own, and held to be.
"""

from __future__ import annotations

import contextlib
import os
import re
import sqlite3
from collections.abc import Iterator, Sequence
from pathlib import Path

from partnerkit.dataclass import dataclass
from partnerkit.errors import CannotWorkError
from partnerkit.store.disk.files import point, remove, rename

#: What a value may be.
Value = str | int | float | bool | None

_NAME = re.compile(r"[a-z][a-z0-9_]*\Z")
_PAGE = 4096


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a table.

    Attributes:
        name: its name.
        means: what it holds, in a sentence.
        type: as SQLite has it; of a key `TEXT PRIMARY KEY`, or `INTEGER PRIMARY KEY`, which counts the rows.
        refers: the table to whose key it leads, or None.
    """

    name: str
    means: str
    type: str = "TEXT"
    refers: str | None = None


@dataclass(frozen=True, slots=True)
class Table:
    """A table.

    Attributes:
        name: its name.
        means: what a row of it is, in a sentence.
        columns: its columns, in order; the first is its key.
        indexed: columns by which it is looked through.
        searched: columns in whose words it is searched.
    """

    name: str
    means: str
    columns: tuple[Column, ...]
    indexed: tuple[str, ...] = ()
    searched: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class View:
    """A question that is asked so often that it has a name.

    Attributes:
        name: its name.
        means: what a row of it is, in a sentence.
        asks: the question.
    """

    name: str
    means: str
    asks: str


class Database:
    """Takes rows, table by table or mixed, in the order in which they are to stand."""

    def __init__(self, base: sqlite3.Connection, tables: Sequence[Table]) -> None:
        """Make the tables."""
        self._base = base
        self._insert = {}
        keys = {table.name: table.columns[0].name for table in tables}
        for table in tables:
            base.execute(_table(table, keys))
            names = ", ".join(_quoted(column.name) for column in table.columns)
            marks = ", ".join("?" * len(table.columns))
            self._insert[table.name] = f"INSERT INTO {_quoted(table.name)} ({names}) VALUES ({marks})"  # noqa: S608 - names of ours and question marks

    def add(self, table: str, *values: Value) -> None:
        """Add a row: a value for each column; None for a key that counts."""
        self._base.execute(self._insert[table], values)


@contextlib.contextmanager
def written(path: Path, tables: Sequence[Table], views: Sequence[View], version: int) -> Iterator[Database]:
    """Write a database: a reader of the file sees the old one or the new one, whole.

    Args:
        path: where; its folder exists.
        tables: its tables; what one leads to comes before it.
        views: its views.
        version: of these, to be found in `PRAGMA user_version`.

    Raises:
        CannotWorkError: this Python's SQLite cannot search texts, or there is no room.
    """
    rough, whole = path.with_name(f".{path.name}.rough"), path.with_name(f".{path.name}.tmp")
    try:
        remove(rough)
        remove(whole)
        point("create", rough)
        os.close(os.open(rough, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_CLOEXEC, 0o666))
        with contextlib.closing(sqlite3.connect(rough, isolation_level=None)) as base:
            for setting, value in (("page_size", _PAGE), ("journal_mode", "OFF"), ("synchronous", "OFF")):
                base.execute(f"PRAGMA {setting} = {value}")
            base.execute(f"PRAGMA user_version = {int(version)}")
            base.execute("BEGIN")
            yield Database(base, tables)
            _finish(base, tables, views)
            base.execute("COMMIT")
            point("write", whole)
            base.execute("VACUUM INTO ?", (str(whole),))
        _durable(whole, path)
    except sqlite3.Error as error:
        raise CannotWorkError(f"{path} cannot be written: {error}", "see that there is room") from error
    finally:
        for left in (rough, whole):
            with contextlib.suppress(OSError):  # what went wrong first is what is told
                left.unlink(missing_ok=True)


def _finish(base: sqlite3.Connection, tables: Sequence[Table], views: Sequence[View]) -> None:
    """What is quicker once all rows are there: indexes, and the words by which they are found."""
    for table in tables:
        for column in table.indexed:
            index = _quoted(f"{table.name}_by_{column}")
            base.execute(f"CREATE INDEX {index} ON {_quoted(table.name)} ({_quoted(column)})")
        if table.searched:
            words, key = _quoted(f"{table.name}_fts"), table.columns[0]
            rows = f", content_rowid={_quoted(key.name)}" if key.type.startswith("INTEGER") else ""
            names = ", ".join(map(_quoted, table.searched))
            base.execute(f"CREATE VIRTUAL TABLE {words} USING FTS5 ({names}, content={_quoted(table.name)}{rows})")
            for command in ("rebuild", "optimize"):
                base.execute(f"INSERT INTO {words} ({words}) VALUES (?)", (command,))  # noqa: S608 - a name of ours
    for view in views:
        base.execute(f"CREATE VIEW {_quoted(view.name)} AS {view.asks}")


def _durable(whole: Path, path: Path) -> None:
    with whole.open("rb") as stream:
        point("fsync", whole)
        os.fsync(stream.fileno())
    rename(whole, path)


def _table(table: Table, keys: dict[str, str]) -> str:
    columns = [f"{_quoted(one.name)} {one.type}{_reference(one, keys)}" for one in table.columns]
    return f"CREATE TABLE {_quoted(table.name)} ({', '.join(columns)})"


def _reference(column: Column, keys: dict[str, str]) -> str:
    """To which row it leads."""
    if column.refers is None:
        return ""
    return f" REFERENCES {_quoted(column.refers)} ({_quoted(keys[column.refers])})"


def _quoted(name: str) -> str:
    """A name as statements hold it; only those that need no other care."""
    if not _NAME.match(name):
        raise ValueError(f"{name!r} is no name of a table or column")
    return f'"{name}"'
