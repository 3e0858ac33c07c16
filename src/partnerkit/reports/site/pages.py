"""All files of a site, one after the other: each is made when it is asked for."""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Iterator
from functools import partial
from importlib import resources
from sys import intern
from typing import Any

from partnerkit.obligations.outlook import in_words
from partnerkit.publishing.beside import Line
from partnerkit.publishing.rested import Before, Page
from partnerkit.publishing.site import Site
from partnerkit.reports.charts import STYLE
from partnerkit.reports.site.kinds import list_name, plural
from partnerkit.reports.site.overview import due, figures, overview
from partnerkit.reports.site.owed import rows
from partnerkit.reports.site.policy import policy_page
from partnerkit.reports.site.render import page
from partnerkit.reports.site.search import filters, search_data, state
from partnerkit.reports.site.timeline import timeline
from partnerkit.reports.site.values import Shown, Value

#: How many records, or things that are due, stand on one page.
PAGE = 500

_AUDIENCE = {
    "public": "everybody",
    "internal": "those of the organisation: not to be passed on",
    "confidential": "few of the organisation: confidential",
    "restricted": "those who were given it by name: restricted",
}


#: How the page of a record is named, around its id.
_RECORDS, _PAGE = "records/", ".html"

#: Makes the bytes of a file of the site.
Make = Callable[[], bytes]


class Made:
    """A file that is made each time."""

    def __init__(self, make: Make) -> None:
        """Have it made by a function."""
        self.make = make

    def known(self) -> None:
        """Nobody knows its bytes before they are made."""

    def made(self, digest: str) -> None:
        """Nobody has to know them later."""


class RecordPage:
    """The page of a record: where all that it rests on is as it was, so are its bytes."""

    def __init__(self, site: Site, line: Line, before: Before) -> None:
        self._site = site
        self._line = line
        self._before = before

    def known(self) -> str | None:
        """The digest of its bytes, where they are those that it had; None where it has to be made."""
        page = self._before.of(self._line.id)
        with contextlib.suppress(KeyError, TypeError, ValueError):  # what was kept may be torn
            if page is not None and self._site.rests(self._line, page.asked) == page.rests:
                return page.digest
        return None

    def make(self) -> bytes:
        """Its bytes; from now on it is noted what is asked."""
        self._site.beside.listen()
        return _record(self._site, self._line)

    def made(self, digest: str) -> None:
        """Remember on what the bytes rest that were made last."""
        asked = self._site.beside.heard()
        self._before.keep(self._line.id, Page(self._site.rests(self._line, asked), asked, digest))


class Pages:
    """The files of a site by name: pages, one style, one script and what it searches.

    Names are known before anything is made: each file is made when it is asked for.
    """

    def __init__(self, site: Site, before: Before, leave: Callable[[], None]) -> None:
        """Make them of a site.

        Args:
            site: the site.
            before: knows the pages of records that were made before.
            leave: lets go of what is not to be shared with another process.
        """
        self._site = site
        self._before = before
        self._others = {name: Made(make) for name, make in _others(site)}
        self._leave = leave

    def names(self) -> list[str]:
        """What they are called; those that tell of many records come first."""
        return [*self._others, *(intern(f"{_RECORDS}{one.id}{_PAGE}") for one in self._site.records)]

    def file(self, name: str) -> Made | RecordPage:
        """One of them."""
        if name in self._others:
            return self._others[name]
        line = self._site.known[name.removeprefix(_RECORDS).removesuffix(_PAGE)]
        return RecordPage(self._site, line, self._before)

    def leave(self) -> None:
        """Be in another process."""
        self._leave()
        self._before.leave()

    def end(self) -> None:
        """Put away what is known of the pages that were made."""
        self._before.put()


def _others(site: Site) -> Iterator[tuple[str, Make]]:
    """All files but the pages of records."""
    yield "site.css", partial(_static, "site.css", STYLE)
    yield "site.js", partial(_static, "site.js")
    yield "search-data.js", partial(search_data, site)
    yield "index.html", lambda: _page(site, "overview.html", "index.html", "Overview", **overview(site))
    yield from _due(site)
    yield "figures.html", lambda: _page(site, "figures.html", "figures.html", "Figures", **figures(site))
    yield "search.html", lambda: _page(site, "search.html", "search.html", "Search", **filters(site))
    for kind in site.kinds:
        yield from _lists(site, kind)
    for name in site.policies:
        yield f"policies/{name}.html", partial(_policy, site, name)


def _static(name: str, more: str = "") -> bytes:
    text = (resources.files("partnerkit.reports.site") / "static" / name).read_text(encoding="utf-8")
    return (text + more).encode()


def _page(site: Site, template: str, here: str, title: str, *, up: str = "", **values: Any) -> bytes:
    lists = [(plural(kind), list_name(kind)) for kind in site.kinds]
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


def _policy(site: Site, name: str) -> bytes:
    return _page(site, "policy.html", "", name, up="../", **policy_page(site, name))


def _record(site: Site, line: Line) -> bytes:
    return _page(site, "record.html", "", line.name, up="../", **_said(site, line))


def _due(site: Site) -> Iterator[tuple[str, Make]]:
    parts = due(site, PAGE)
    pages = [(str(number), f"due{f'-{number}' if number > 1 else ''}.html") for number in range(1, len(parts) + 1)]
    for (number, name), part in zip(pages, parts, strict=True):
        title = "What is due" if number == "1" else f"What is due, page {number}"
        yield name, partial(_page, site, "due.html", "due.html", title, pages=pages, here_page=name, **part)


def _said(site: Site, line: Line) -> dict[str, Any]:
    """What the page of a record says."""
    shown, one = Shown(site), site.seen(line)
    below = [
        [
            Value("text", each.name, shown.record(each.id), quiet=each.id),
            each.kind,
            in_words(each.stage),
            each.since,
        ]
        for each in site.beside.below(one.id)
    ]
    return {
        "one": one,
        "policy_href": f"../policies/{one.policy}.html",
        "subject": _named(site, shown, one.subject) if one.subject else None,
        "stage": in_words(one.stage),
        "meaning": site.meaning(one, one.stage),
        "since": line.since,
        "owed": rows(site.beside.owed(one.id), shown),
        "fields": list(shown.fields(one)),
        "below": below,
        "events": timeline(site, one, shown),
    }


def _named(site: Site, shown: Shown, record_id: str) -> Value:
    """A record by its name, with the way to its page; what has none by its id."""
    name = site.beside.name(record_id)
    return Value("text", name, shown.record(record_id)) if name is not None else shown.text(record_id)


def _lists(site: Site, kind: str) -> Iterator[tuple[str, Make]]:
    """The records of a kind: those that are not over first, each part in the order of their names."""
    mine = sorted((one for one in site.records if one.kind == kind), key=lambda one: (one.is_over, one.name, one.id))
    parts = [mine[start : start + PAGE] for start in range(0, len(mine), PAGE)]
    pages = [(str(number), list_name(kind, number)) for number in range(1, len(parts) + 1)]
    for (number, name), part in zip(pages, parts, strict=True):
        title = plural(kind) if number == "1" else f"{plural(kind)}, page {number}"
        values: dict[str, Any] = {
            "kind": kind,
            "heading": title,
            "lead": f"{len(mine)} in all; those that are over come last.",
            "pages": pages,
            "here_page": name,
        }
        yield name, partial(_list, site, part, list_name(kind), title, values)


def _list(site: Site, part: list[Line], here: str, title: str, values: dict[str, Any]) -> bytes:
    return _page(site, "list.html", here, title, rows=[_row(site, one) for one in part], **values)


def _row(site: Site, one: Line) -> list[Any]:
    shown = Shown(site, up="")
    subject = _named(site, shown, one.subject) if one.subject else ""
    name = Value("text", one.name, shown.record(one.id), quiet=one.id)
    return [name, in_words(one.stage), one.since, one.policy, subject, state(site, one)[1]]
