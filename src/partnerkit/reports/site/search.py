"""What the script of a site searches, and by what it can be narrowed."""

from __future__ import annotations

import json
from collections.abc import Iterator
from io import BytesIO
from typing import Any

from partnerkit.obligations.outlook import in_words
from partnerkit.publishing.beside import Line
from partnerkit.publishing.site import Site
from partnerkit.reports.encode import terminal
from partnerkit.reports.site.kinds import plural
from partnerkit.rules.sight import Seen

#: How much of what a record says can be searched.
_SEARCHED = 2000


def state(site: Site, one: Line) -> tuple[str, str]:
    """How urgent a record is: its state as the search knows it, and in words."""
    states = [owed.state for owed in site.beside.owed(one.id)]
    for state in ("late", "due", "upcoming", "waiting"):
        if state in states:
            return state, "coming" if state == "upcoming" else state
    return "", ""


def filters(site: Site) -> dict[str, Any]:
    """By what what is searched can be narrowed."""
    stages = sorted({one.stage for one in site.records})
    return {
        "filters": [
            ("kind", [(kind, plural(kind)) for kind in site.kinds]),
            ("policy", [(name, name) for name in site.policies]),
            ("stage", [(stage, in_words(stage)) for stage in stages]),
            ("due", [("late", "late"), ("due", "due"), ("upcoming", "coming"), ("waiting", "waiting")]),
        ]
    }


def search_data(site: Site) -> bytes:
    """What the script searches: ASCII alone, a line a record."""
    found, between = BytesIO(), b"window.PARTNERKIT=[\n"
    for one in site.all_of():
        line = json.dumps(_searched(site, one), ensure_ascii=True, separators=(",", ":"))
        found.write(between + line.encode("ascii"))
        between = b",\n"
    found.write(b"\n];\n" if found.tell() else between + b"\n];\n")
    return found.getvalue()


def _searched(site: Site, one: Seen) -> dict[str, str]:
    line = site.known[one.id]
    urgent, words = state(site, line)
    return {
        "id": one.id,
        "name": terminal(one.name),
        "kind": one.kind,
        "policy": one.policy,
        "stage": one.stage,
        "stageName": terminal(in_words(one.stage)),
        "since": str(line.since),
        "due": urgent,
        "dueName": words,
        "text": terminal(" ".join(_texts({key: part for key, part in one.data.items() if key != "history"})))[
            :_SEARCHED
        ],
    }


def _texts(value: Any) -> Iterator[str]:
    """Every text of a value, but for digests."""
    if isinstance(value, dict):
        for part in value.values():
            yield from _texts(part)
    elif isinstance(value, list):
        for part in value:
            yield from _texts(part)
    elif isinstance(value, str) and not value.startswith(("c1:", "sha256:")):
        yield value
