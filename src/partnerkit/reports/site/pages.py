"""All files of a site, one after the other: each is made when it is asked for."""

from __future__ import annotations

import json
from collections.abc import Iterator
from importlib import resources
from typing import Any

from partnerkit.kinds.catalogue import KINDS
from partnerkit.obligations.outlook import in_words
from partnerkit.publishing.site import Site
from partnerkit.reports.charts import STYLE
from partnerkit.reports.encode import terminal
from partnerkit.reports.site.kinds import list_name, plural
from partnerkit.reports.site.overview import due, figures, overview
from partnerkit.reports.site.owed import rows
from partnerkit.reports.site.policy import policy_page
from partnerkit.reports.site.render import page
from partnerkit.reports.site.timeline import timeline
from partnerkit.reports.site.values import Shown, Value
from partnerkit.rules.sight import Seen

#: How many records, or things that are due, stand on one page.
PAGE = 500

#: How much of what a record says can be searched.
_SEARCHED = 2000

_AUDIENCE = {
    "public": "everybody",
    "internal": "those of the organisation: not to be passed on",
    "confidential": "few of the organisation: confidential",
    "restricted": "those who were given it by name: restricted",
}


def files(site: Site) -> Iterator[tuple[str, bytes]]:
    """The files of a site by name: pages, one style, one script and what it searches."""
    yield "site.css", (_static("site.css") + STYLE).encode()
    yield "site.js", _static("site.js").encode()
    yield "search-data.js", _search_data(site)
    yield "index.html", _page(site, "overview.html", "index.html", "Overview", **overview(site))
    yield from _due(site)
    yield "figures.html", _page(site, "figures.html", "figures.html", "Figures", **figures(site))
    yield "search.html", _page(site, "search.html", "search.html", "Search", **_filters(site))
    for kind in _kinds(site):
        yield from _lists(site, kind)
    for name in site.policies:
        yield f"policies/{name}.html", _page(site, "policy.html", "", name, up="../", **policy_page(site, name))
    for one in site.records:
        yield f"records/{one.id}.html", _page(site, "record.html", "", one.name, up="../", **_record(site, one))


def _static(name: str) -> str:
    return (resources.files("partnerkit.reports.site") / "static" / name).read_text(encoding="utf-8")


def _page(site: Site, template: str, here: str, title: str, *, up: str = "", **values: Any) -> bytes:
    lists = [(plural(kind), list_name(kind)) for kind in _kinds(site)]
    menu = [
        ("Overview", "index.html"),
        ("Due", "due.html"),
        *lists,
        ("Figures", "figures.html"),
        ("Search", "search.html"),
    ]
    frame = {"site": site, "menu": menu, "lists": lists, "here": here, "title": title, "up": up}
    commands = not site.for_everybody
    return page(template, audience=_AUDIENCE[site.sight.level], commands=commands, **frame, **values)


def _kinds(site: Site) -> list[str]:
    there = {one.kind for one in site.records}
    return [kind for kind in KINDS if kind in there]


def _due(site: Site) -> Iterator[tuple[str, bytes]]:
    parts = due(site, PAGE)
    pages = [(str(number), f"due{f'-{number}' if number > 1 else ''}.html") for number in range(1, len(parts) + 1)]
    for (number, name), part in zip(pages, parts, strict=True):
        title = "What is due" if number == "1" else f"What is due, page {number}"
        yield name, _page(site, "due.html", "due.html", title, pages=pages, here_page=name, **part)


def _record(site: Site, one: Seen) -> dict[str, Any]:
    """What the page of a record says."""
    shown = Shown(site)
    below = [
        [
            Value("text", each.name, shown.record(each.id), quiet=each.id),
            each.kind,
            in_words(each.stage),
            site.since(each),
        ]
        for each in site.below.get(one.id, ())
    ]
    return {
        "one": one,
        "policy_href": f"../policies/{one.policy}.html",
        "subject": _named(site, shown, one.subject) if one.subject else None,
        "stage": in_words(one.stage),
        "meaning": site.meaning(one, one.stage),
        "since": site.since(one),
        "owed": rows(site.owed.get(one.id, ()), shown),
        "fields": list(shown.fields(one)),
        "below": below,
        "events": timeline(site, one, shown),
    }


def _named(site: Site, shown: Shown, record_id: str) -> Value:
    """A record by its name, with the way to its page; what has none by its id."""
    known = site.known.get(record_id)
    return Value("text", known.name, shown.record(record_id)) if known is not None else shown.text(record_id)


def _lists(site: Site, kind: str) -> Iterator[tuple[str, bytes]]:
    """The records of a kind: those that are not over first, each part in the order of their names."""
    mine = sorted(
        (one for one in site.records if one.kind == kind), key=lambda one: (site.is_over(one), one.name, one.id)
    )
    parts = [mine[start : start + PAGE] for start in range(0, len(mine), PAGE)]
    pages = [(str(number), list_name(kind, number)) for number in range(1, len(parts) + 1)]
    for (number, name), part in zip(pages, parts, strict=True):
        title = plural(kind) if number == "1" else f"{plural(kind)}, page {number}"
        values: dict[str, Any] = {
            "kind": kind,
            "heading": title,
            "lead": f"{len(mine)} in all; those that are over come last.",
            "rows": [_row(site, one) for one in part],
            "pages": pages,
            "here_page": name,
        }
        yield name, _page(site, "list.html", list_name(kind), title, **values)


def _row(site: Site, one: Seen) -> list[Any]:
    shown = Shown(site, up="")
    subject = _named(site, shown, one.subject) if one.subject else ""
    name = Value("text", one.name, shown.record(one.id), quiet=one.id)
    return [name, in_words(one.stage), site.since(one), one.policy, subject, _state(site, one)[1]]


def _state(site: Site, one: Seen) -> tuple[str, str]:
    """How urgent a record is: its state as the search knows it, and in words."""
    states = [owed.state for owed in site.owed.get(one.id, ())]
    for state in ("late", "due", "upcoming", "waiting"):
        if state in states:
            return state, "coming" if state == "upcoming" else state
    return "", ""


def _filters(site: Site) -> dict[str, Any]:
    stages = sorted({one.stage for one in site.records})
    return {
        "filters": [
            ("kind", [(kind, plural(kind)) for kind in _kinds(site)]),
            ("policy", [(name, name) for name in site.policies]),
            ("stage", [(stage, in_words(stage)) for stage in stages]),
            ("due", [("late", "late"), ("due", "due"), ("upcoming", "coming"), ("waiting", "waiting")]),
        ]
    }


def _search_data(site: Site) -> bytes:
    """What the script searches: ASCII alone, a line a record."""
    lines = [json.dumps(_searched(site, one), ensure_ascii=True, separators=(",", ":")) for one in site.records]
    return ("window.PARTNERKIT=[\n" + ",\n".join(lines) + "\n];\n").encode("ascii")


def _searched(site: Site, one: Seen) -> dict[str, str]:
    state, words = _state(site, one)
    return {
        "id": one.id,
        "name": terminal(one.name),
        "kind": one.kind,
        "policy": one.policy,
        "stage": one.stage,
        "stageName": terminal(in_words(one.stage)),
        "since": str(site.since(one)),
        "due": state,
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
