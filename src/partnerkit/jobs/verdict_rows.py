"""Verdicts as text and back, to be kept: without what goes without saying, or an entry has from its commit.

Of words that thousands of verdicts say, such as who made an entry and how surely, each is held once.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import MISSING, Field, fields
from datetime import datetime
from sys import intern
from typing import Any

from partnerkit.findings import Finding
from partnerkit.rules.verdict import Entered, Verdict
from partnerkit.steps import Commit

#: What every commit and every entry has, in the order in which it is kept: thousands are read at once.
_COMMIT = ("oid", "parents", "author", "committer", "at", "subject")
_ENTRY = ("record", "seq", "id", "type", "left", "to", "at", "by")

#: A signature's bytes were judged, and are not asked for again; an entry has its commit's.
_NOT_KEPT = {"signature", "signed"}
_TUPLES = ("broke", "relies", "settles")
_ITS_COMMIT = {"commit", "landed_at"}
_BY_STATEMENT = {"levels", "said_in"}

#: Texts of so many characters are taken apart at a time.
_AT_ONCE = 250_000


def as_text(verdict: Verdict) -> str:
    """A verdict as text."""
    data = _said(verdict, {"commit", "entered", "looked_at"})
    for name in data.keys() & {"findings", "standing"}:
        data[name] = [_said(one) for one in data[name]]
    entered = [_row(one, _ENTRY, _ITS_COMMIT) for one in verdict.entered]
    commit = _row(verdict.commit, _COMMIT, _NOT_KEPT)
    return json.dumps([commit, verdict.looked_at, entered, data], separators=(",", ":"))


def from_texts(texts: Iterable[str]) -> Iterator[Verdict]:
    """The verdicts that texts say; ends before the first that says none, for somebody wrote into what was kept.

    Raises:
        ValueError, KeyError, TypeError: a text that says none.
    """
    for several in _portions(texts):
        try:
            every = json.loads(f"[{','.join(several)}]")  # at once: it is asked of thousands
        except ValueError:
            every = (json.loads(one) for one in several)
        for commit, looked_at, entered, data in every:
            yield _verdict(commit, looked_at, entered, data)


def _portions(texts: Iterable[str]) -> Iterator[list[str]]:
    """Texts as they are taken apart: one of a commit that touched many records may be long."""
    several, length = list[str](), 0
    for one in texts:
        several.append(one)
        length += len(one)
        if length >= _AT_ONCE:
            yield several
            several, length = [], 0
    yield several


def _verdict(row: list[Any], looked_at: list[str] | None, entered: list[list[Any]], data: dict[str, Any]) -> Verdict:
    oid, parents, author, committer, at, subject, rest = row
    commit = Commit(oid, (*parents,), author, committer, datetime.fromisoformat(at), subject, **rest)
    found = [Finding(**one) for one in data.pop("findings")]
    standing = [Finding(**one) for one in data.pop("standing")] if "standing" in data else []
    for name in _BY_STATEMENT & data.keys():
        data[name] = {intern(said): intern(value) for said, value in data[name].items()}
    touched = [*map(intern, looked_at)] if looked_at is not None else None
    return Verdict(commit, found, standing, [_entered(one, commit) for one in entered], looked_at=touched, **data)


def _entered(row: list[Any], commit: Commit) -> Entered:
    record, seq, id_, type_, left, to, at, by, rest = row
    for name in _TUPLES:
        if name in rest:
            rest[name] = tuple(rest[name])
    if "level" in rest:
        rest["level"] = intern(rest["level"])
    left = intern(left) if left is not None else None
    words = intern(record), seq, id_, intern(type_), left, intern(to), datetime.fromisoformat(at), intern(by)
    return Entered(*words, commit.oid, commit.at, **rest)


def _row(one: Any, names: Sequence[str], without: set[str]) -> list[Any]:
    """What is kept of a commit or an entry: first what every one has, then the rest by its name."""
    known = (getattr(one, name) for name in names)
    rest = _said(one, {*names, *without})
    return [*(value.isoformat() if isinstance(value, datetime) else value for value in known), rest]


def _said(one: Any, without: Sequence[str] | set[str] = ()) -> dict[str, Any]:
    """The fields of a dataclass that differ from what they are when they are not given."""
    every = ((field, getattr(one, field.name)) for field in fields(one) if field.name not in without)
    return {field.name: value for field, value in every if value != _default(field)}


def _default(field: Field[Any]) -> Any:
    return field.default if field.default_factory is MISSING else field.default_factory()
