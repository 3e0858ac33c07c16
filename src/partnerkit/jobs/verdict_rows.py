"""Verdicts as text and back, to be kept: without what goes without saying, or an entry has from its commit."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from dataclasses import MISSING, Field, fields
from datetime import datetime
from typing import Any

from partnerkit.findings import Finding
from partnerkit.rules.verdict import Entered, Verdict
from partnerkit.steps import Commit


def as_text(verdict: Verdict) -> str:
    """A verdict as text."""
    data = _said(verdict) | {"commit": _said(verdict.commit) | {"at": verdict.commit.at.isoformat()}}
    for name in ("signature", "signed"):
        data["commit"].pop(name, None)  # a signature's bytes: they were judged, and are not asked for again
    for name in data.keys() & {"findings", "standing"}:
        data[name] = [_said(one) for one in data[name]]
    if verdict.entered:
        data["entered"] = [_entry_said(one) for one in verdict.entered]
    return json.dumps(data, separators=(",", ":"))


def from_texts(texts: Sequence[str]) -> Iterator[Verdict]:
    """The verdicts that texts say; ends before the first that says none, for somebody wrote into what was kept.

    Raises:
        ValueError, KeyError, TypeError: a text that says none.
    """
    try:
        every = json.loads(f"[{','.join(texts)}]")  # at once: it is asked of thousands
    except ValueError:
        every = (json.loads(one) for one in texts)
    for data in every:
        yield _verdict(data)


def _verdict(data: dict[str, Any]) -> Verdict:
    raw = data.pop("commit")
    at = datetime.fromisoformat(raw.pop("at"))
    commit = Commit(**raw | {"at": at, "parents": tuple(raw["parents"])})
    return Verdict(
        commit,
        [Finding(**one) for one in data.pop("findings")],
        [Finding(**one) for one in data.pop("standing", ())],
        [_entered(one, commit) for one in data.pop("entered", ())],
        **data,
    )


def _said(one: Any) -> dict[str, Any]:
    """The fields of a dataclass that differ from what they are when they are not given."""
    return {field.name: value for field in fields(one) if (value := getattr(one, field.name)) != _default(field)}


def _default(field: Field[Any]) -> Any:
    return field.default if field.default_factory is MISSING else field.default_factory()


def _entry_said(one: Entered) -> dict[str, Any]:
    data = _said(one) | {"at": one.at.isoformat()}
    return {key: value for key, value in data.items() if key not in {"commit", "landed_at"}}


def _entered(data: dict[str, Any], commit: Commit) -> Entered:
    at = datetime.fromisoformat(data.pop("at"))
    for name in data.keys() & {"broke", "relies", "settles"}:
        data[name] = tuple(data[name])
    return Entered(**data, at=at, commit=commit.oid, landed_at=commit.at)
