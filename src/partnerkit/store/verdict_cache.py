"""Verdicts on what was judged already, kept under git's own folder: a second audit costs what is new.

A commit's id names all that a verdict rests on: its tree, its parent's, and everything before. What judged it is named
by a digest of the tool. The file may be deleted at any time, and is passed over where others could have written it.
"""

from __future__ import annotations

import contextlib
import json
import sqlite3
import zlib
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from pathlib import Path

from partnerkit.hashing import fingerprint
from partnerkit.store.disk.own_base import opened
from partnerkit.store.disk.stamped import is_there
from partnerkit.store.tool import stamp

#: Commits asked for at a time: fewer than a statement may have parameters.
_AT_ONCE = 500

#: What is kept: verdicts by commit, what blobs mean by blob, of records that stand by what they were judged from, and
#: whole answers by what was asked; which files are sound, with what they say, by their bytes; and which went away.
_TABLES = ("verdicts", "meanings", "standing", "answers", "sound", "gone")
_MADE = [f"CREATE TABLE IF NOT EXISTS {one} (oid TEXT PRIMARY KEY, tool TEXT, body TEXT)" for one in _TABLES]

#: What is kept once is kept by this.
_LAST = "last"

#: So long is what tells whether a text is whole.
_SUM = 8

#: So many files are known to be sound: those that were found so last.
_MOST_SOUND = 4000

#: So many answers are kept: of the working tree and of branches, as they were last.
_MOST_ANSWERS = 16


class VerdictCache:
    """Verdicts by commit; without a file that can be trusted it knows none and keeps none.

    Attributes:
        path: the file.
    """

    def __init__(self, path: Path, *, aside: bool = False) -> None:
        """Open the file at a path.

        Args:
            path: the file.
            aside: whether what was asked for is not the end of history: what is kept of that stays as it is.
        """
        self.path = path
        self._aside = aside
        self._tool = stamp()
        self._beside = self._tool

    def beside(self, said: str) -> None:
        """Say what verdicts rest on beside their commits, as text: with another one they are judged anew."""
        self._beside = fingerprint(f"{self._tool} {said}".encode()) if said else self._tool

    def known(self, oids: Sequence[str]) -> dict[str, str]:
        """What is kept of these commits, as text."""
        return self._asked("verdicts", self._beside, oids)

    def keep(self, rows: Iterable[tuple[str, str]]) -> None:
        """Keep verdicts, as text, by commit; those of other versions of the tool go."""
        self._keep("verdicts", self._beside, rows)

    def meant(self, oids: Sequence[str]) -> dict[str, str]:
        """What is kept of what these blobs mean, as JSON."""
        return self._asked("meanings", self._tool, oids)

    def add_meanings(self, rows: Iterable[tuple[str, str]]) -> None:
        """Keep what blobs mean, as JSON, until it is said which of them are current."""
        self._add("meanings", rows)

    def keep_meanings(self, rows: Iterable[tuple[str, str]], current: Collection[str]) -> None:
        """Keep what blobs mean, as JSON, beside what was kept of the current ones; all else goes."""
        self._keep("meanings", self._tool, rows, current)

    def stood(self, keys: Sequence[str]) -> dict[str, str]:
        """What is kept of records that stand, as text, by what they were judged from."""
        return self._asked("standing", self._tool, keys)

    def add_standing(self, rows: Iterable[tuple[str, str]]) -> None:
        """Keep what is known of records that stand, until it is said which of them are current."""
        self._add("standing", rows)

    def keep_standing(self, rows: Iterable[tuple[str, str]], current: Collection[str]) -> None:
        """Keep what is known of records that stand, beside what was kept of the current ones; all else goes."""
        self._keep("standing", self._tool, rows, current)

    def gone(self) -> list[str]:
        """The commit up to which it was kept which files went away, and what was kept; nothing where nothing was."""
        with contextlib.suppress(KeyError, ValueError):
            found = json.loads(self._asked("gone", self._tool, [_LAST])[_LAST])
            if isinstance(found, list) and all(isinstance(one, str) for one in found):
                return found
        return []

    def keep_gone(self, said: Sequence[str]) -> None:
        """Keep which files went away up to a commit, which comes first."""
        self._keep("gone", self._tool, [(_LAST, json.dumps(said))])

    def answered(self, key: str, part: str) -> str:
        """What is kept of a part of an answer, by what it was asked and rests on; nothing is made for it.

        Raises:
            KeyError: nothing is kept of it.
        """
        name = f"{key} {part}"
        return (self._asked("answers", self._tool, [name]) if is_there(self.path) else {})[name]

    def keep_answer(self, key: str, parts: Mapping[str, str]) -> None:
        """Keep the parts of an answer, and of the others the last."""
        with contextlib.suppress(sqlite3.Error, OSError), contextlib.closing(self._open()) as base:
            base.execute("PRAGMA synchronous = OFF")  # it says itself whether it is whole
            with base:
                base.execute("DELETE FROM answers WHERE tool <> ?", (self._tool,))
                rows = [(f"{key} {part}", self._tool, _checkable(body)) for part, body in parts.items()]
                base.executemany("INSERT OR REPLACE INTO answers VALUES (?, ?, ?)", rows)
                base.execute(_last("answers"), (_MOST_ANSWERS * len(rows),))

    def sound(self, keys: Sequence[str]) -> Mapping[str, str]:
        """Which of these files are known to be sound, and what each says."""
        return self._asked("sound", self._tool, keys)

    def keep_sound(self, said: Mapping[str, str], *, alone: bool) -> None:
        """Keep which files are sound, and what each says: these alone, or beside those that were found so last."""
        self._keep("sound", self._tool, said.items(), said.keys() if alone else None, _MOST_SOUND)

    def _keep(
        self,
        table: str,
        tool: str,
        rows: Iterable[tuple[str, str]],
        current: Collection[str] | None = None,
        most: int | None = None,
    ) -> None:
        with contextlib.suppress(sqlite3.Error, OSError), contextlib.closing(self._open()) as base, base:
            mine = ((key, tool, _checkable(body)) for key, body in rows)
            if self._aside:
                base.executemany(f"INSERT OR IGNORE INTO {table} VALUES (?, ?, ?)", mine)  # noqa: S608 - a name of ours
                return
            base.execute(f"DELETE FROM {table} WHERE tool <> ?", (tool,))  # noqa: S608 - a name of ours
            if current is not None:
                kept = {key for (key,) in base.execute(f"SELECT oid FROM {table}")}  # noqa: S608 - likewise
                gone = [(key,) for key in kept.difference(current)]
                base.executemany(f"DELETE FROM {table} WHERE oid = ?", gone)  # noqa: S608 - likewise
            base.executemany(f"INSERT OR REPLACE INTO {table} VALUES (?, ?, ?)", mine)  # noqa: S608 - likewise
            if most is not None:
                base.execute(_last(table), (most,))

    def _add(self, table: str, rows: Iterable[tuple[str, str]]) -> None:
        mine = [(key, self._tool, _checkable(body)) for key, body in rows]
        with contextlib.suppress(sqlite3.Error, OSError), contextlib.closing(self._open()) as base, base:
            how = "IGNORE" if self._aside else "REPLACE"
            base.executemany(f"INSERT OR {how} INTO {table} VALUES (?, ?, ?)", mine)  # noqa: S608 - names of ours

    def _asked(self, table: str, tool: str, keys: Sequence[str]) -> dict[str, str]:
        found: dict[str, str] = {}
        with contextlib.suppress(sqlite3.Error, OSError), contextlib.closing(self._open()) as base:
            for start in range(0, len(keys), _AT_ONCE):
                part = keys[start : start + _AT_ONCE]
                asked = f"SELECT oid, body FROM {table} WHERE tool = ? AND oid IN ({','.join('?' * len(part))})"  # noqa: S608 - a name of ours and question marks
                found.update(_whole(base.execute(asked, (tool, *part))))
        return found

    def _open(self) -> sqlite3.Connection:
        return opened(self.path, _MADE)


def _checkable(body: str) -> str:
    """A text that, where it says anything, begins with what tells whether it is whole."""
    return f"{_sum(body)}{body}" if body else ""


def _whole(rows: Iterable[tuple[str, object]]) -> Iterator[tuple[str, str]]:
    """What these rows say; those that were torn since, or in which somebody wrote, are as if they were not there.

    SQLite does not look whether the bytes of a row are those that were written.
    """
    for key, body in rows:
        if isinstance(body, str):
            text = body[_SUM:]
            if not body or body[:_SUM] == _sum(text):
                yield key, text


def _sum(body: str) -> str:
    return f"{zlib.crc32(body.encode('utf-8', 'surrogatepass')):0{_SUM}x}"


def _last(table: str) -> str:
    """What takes all rows of a table away but so many that came last."""
    return f"DELETE FROM {table} WHERE rowid NOT IN (SELECT rowid FROM {table} ORDER BY rowid DESC LIMIT ?)"  # noqa: S608 - a name of ours
