"""What was forgotten: where it stood, where it still stands, and how it is taken out of history too."""

from __future__ import annotations

from typing import Any

from partnerkit.reports.page import WELL, Page, Span
from partnerkit.rules.commands import line, quoted
from partnerkit.rules.forgotten import Forgotten, Place, Remains

#: What nobody looked into, said each time: silence would be taken for an answer.
_NOT_LOOKED_INTO = (
    "Not looked into: PDFs, images and files above 4 MiB; what is not committed; other clones, forks and the forge "
    "(pull requests, comments, cached views); mail and chats; backups, and other copies of the private place; other "
    "spellings than those given."
)

#: How many places, and how many records, a terminal shows.
_SHOWN, _FEW = 40, 5


def as_page(found: Forgotten, expressions: str | None, remains: Remains, *, dry_run: bool) -> Page:
    """For a person; the text itself is not said again."""
    page = _remains(remains, dry_run=dry_run)
    _places(page, "a marker stands there now" if expressions else "it stands there", found.places)
    _places(page, "left alone", found.left)
    where = found.standing
    page.add()
    page.add(
        f"History still holds it: {_count(where.count, 'version')} of {_count(len(where.versions), 'file')}, "
        f"brought by {_count(len(where.commits), 'commit')}; {_count(len(where.messages), 'commit message')}, "
        f"{_count(len(where.tags), 'tag message')}, {_count(len(where.notes), 'note')}."
    )
    if where.headers:
        names = "commit names" if len(where.headers) == 1 else "commits name"
        page.add(f"{len(where.headers)} {names} it as author or committer: git filter-repo --mailmap changes that.")
    for ref in where.refs:
        shows = Span(f"git for-each-ref --points-at {ref.at[:12]}", "green")
        page.add(f"It is in the name of a {ref.sort} at {ref.at[:12]}, which stays until somebody renames it: ", shows)
    page.add(Span(_NOT_LOOKED_INTO, "dim"))
    if expressions is None:
        return page
    page.add("salt ", Span(found.salt, "bold"))
    page.add("  Keep it elsewhere, in private: with it and the text the digest proves what was taken out. Shown once.")
    page.add(Span("To take it out of history too (everybody clones anew; docs/erasing.md has every step):", "bold"))
    file = quoted(expressions)
    page.add("  ", Span(f"git filter-repo --replace-text {file} --replace-message {file}", "green"))
    page.add("  That file holds the text: delete it afterwards.")
    return page


def _remains(left: Remains, *, dry_run: bool) -> Page:
    """What became of the private place, and what is left beside records and history."""
    page = Page()
    who = left.person
    if left.taken_out:
        mark = Span("would be taken out of the private place: ", "yellow") if dry_run else Span("✓ ", WELL)
        page.add(mark, f"{who}" if dry_run else f"{who} is out of the private place ({left.place})")
    if left.taken_out and left.repository:
        page.add(Span("  ! ", "yellow"), "the private place is a repository: its earlier versions name them still")
    if who is not None and left.place is not None and not left.here:
        mend = line("person", "forget", "--person", who, "--reason", "<reason>")
        page.add(
            Span("  ! ", "yellow"), "the private place is not on this machine; whoever keeps it: ", Span(mend, "green")
        )
    for other in left.others:
        page.add(Span("  ! ", "yellow"), f"the private place says it of {other} too, and keeps that")
    for place in left.otherwise:
        page.add(Span("  ! ", "yellow"), f"{place} spells their name otherwise, as in an id or a link: look at it")
    for path in left.files:
        page.add(Span("  ! ", "yellow"), f"{path} tells of them still: delete it by hand")
    if left.records:
        count = _count(len(left.records), "record")
        more = " …" if len(left.records) > _FEW else ""
        words = f"{who} stands in {count} still ({', '.join(left.records[:_FEW])}{more}): "
        page.add("  ", words, "an id tells who somebody is only to those who know it otherwise")
    return page


def _places(page: Page, title: str, places: list[Place]) -> None:
    if not places:
        return
    page.add(Span(f"{title} ({len(places)})", "bold"))
    rows = [(f"{one.file}{f':{one.line}' if one.line else ''}", one.what) for one in places]
    page.table(rows[:_SHOWN], indent="  ")
    if len(rows) > _SHOWN:
        page.add(f"  … and {len(rows) - _SHOWN} more: --json has all")


def _count(number: int, what: str) -> str:
    return f"{number} {what}{'' if number == 1 else 's'}"


def as_json(found: Forgotten, expressions: str | None, remains: Remains) -> dict[str, Any]:
    """For other programs."""
    return {
        "id": found.id,
        "salt": found.salt if expressions is not None else None,
        "places": [_place(one) for one in found.places],
        "left": [_place(one) for one in found.left],
        "history": {
            "versions": found.standing.count,
            "files": sorted(map(found.sought.masked, found.standing.versions)),
            "commits": sorted(found.standing.commits),
            "messages": sorted(found.standing.messages),
            "headers": sorted(found.standing.headers),
            "tags": sorted(found.standing.tags),
            "notes": len(found.standing.notes),
            "refs": [{"sort": one.sort, "at": one.at} for one in found.standing.refs],
        },
        "expressions": expressions,
        "person": remains.person,
        "private": {
            "place": remains.place,
            "here": remains.here,
            "taken_out": remains.taken_out,
            "repository": remains.repository,
            "otherwise": remains.otherwise,
            "others": remains.others,
            "files": remains.files,
        },
        "named_in": remains.records,
    }


def _place(one: Place) -> dict[str, Any]:
    return {"file": one.file, "line": one.line, "what": one.what}
