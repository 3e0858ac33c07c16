"""Verdicts as text and back, to be kept."""

from __future__ import annotations

import json
from dataclasses import asdict
from datetime import datetime
from typing import Any

from partnerkit.findings import Finding
from partnerkit.rules.verdict import Entered, Verdict
from partnerkit.steps import Commit


def as_text(verdict: Verdict) -> str:
    """A verdict as text."""
    return json.dumps(asdict(verdict), ensure_ascii=True, default=_plain, separators=(",", ":"))


def from_text(text: str) -> Verdict:
    """The verdict that a text says.

    Raises:
        ValueError, KeyError, TypeError: it is none.
    """
    data = json.loads(text)
    data["commit"] |= {"at": _moment(data["commit"]["at"]), "parents": tuple(data["commit"]["parents"]), "signed": b""}
    return Verdict(
        Commit(**data.pop("commit")),
        [Finding(**one) for one in data.pop("findings")],
        [Finding(**one) for one in data.pop("standing")],
        [_entered(one) for one in data.pop("entered")],
        **data,
    )


def _entered(data: dict[str, Any]) -> Entered:
    times = {"at": _moment(data["at"]), "landed_at": _moment(data["landed_at"])}
    return Entered(**(data | times | {name: tuple(data[name]) for name in ("broke", "relies", "settles")}))


def _moment(text: str) -> datetime:
    return datetime.fromisoformat(text)


def _plain(value: Any) -> Any:
    if isinstance(value, datetime):
        return value.isoformat()
    return None  # a signature's bytes: they were judged, and are not asked for again
