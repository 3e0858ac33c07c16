"""What is held about somebody, as a document to be handed to them: JSON for programs, Markdown for people."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

from partnerkit.reports.encode import as_json as encoded
from partnerkit.reports.encode import markdown, markdown_code, terminal
from partnerkit.reports.findings import plain
from partnerkit.reports.page import WELL, Page, Span
from partnerkit.rules.about import NOT_REACHED, About, OfRecord

SCHEMA = "partnerkit.about-person/1"

_OTHERS = (
    "It may tell of other people too, by their ids or in what somebody wrote: read it through before you hand it over."
)


def as_page(found: About, path: str) -> Page:
    """That it was written, in a line or two, and what nobody looked into; none of it is repeated."""
    places = sum(len(one.places) for one in found.records)
    page = Page().add(
        Span("✓ ", WELL),
        f"everything about {found.person}: {_count(len(found.records), 'record')}, {_count(places, 'place')} in them, "
        f"{len(found.left)} elsewhere → {path}",
    )
    page.add(f"  {_private(found)} {_OTHERS}")
    for one in NOT_REACHED:
        page.add(Span(f"  not looked into: {one}", "dim"))
    return page


def _private(found: About) -> str:
    """Whether what the private place says is in it."""
    if found.kept:
        return "What the private place says is in it."
    if found.place is None:
        return "There is no private place."
    if not found.here:
        return f"The private place ({found.place}) is not on this machine: whoever keeps it has to look there too."
    return "The private place says nothing of them."


def as_json(found: About) -> str:
    """For other programs."""
    return encoded(_data(found)) + "\n"


def _data(found: About) -> dict[str, Any]:
    history = found.history
    return {
        "schema": SCHEMA,
        "person": found.person,
        "register": found.register,
        "day": found.day.isoformat(),
        "private": {
            "place": found.place,
            "here": found.here,
            "entry": plain(found.kept) if found.kept else None,
            "files": found.kept_files,
        },
        "roster": plain(found.roster) if found.roster else None,
        "records": [_record(one) for one in found.records],
        "elsewhere": [{"file": one.file, "line": one.line, "what": one.what} for one in found.left],
        "history": {
            "versions": history.count,
            "files": sorted(history.versions),
            "commits": sorted(history.commits),
            "messages": sorted(history.messages),
            "authored": sorted(history.headers),
            "tags": sorted(history.tags),
            "notes": len(history.notes),
            "refs": [{"sort": one.sort, "at": one.at} for one in history.refs],
        },
        "not_looked_into": list(NOT_REACHED),
    }


def _record(one: OfRecord) -> dict[str, Any]:
    record = one.record
    return {
        "id": record.id,
        "kind": record.kind,
        "file": record.path,
        "stage": record.stage,
        "concerns_them": one.concerns,
        "places": [
            {"line": place.line, "field": place.field, "value": place.value, "by": place.by, "part": place.part}
            for place in one.places
        ],
        "evidence": one.evidence,
        "record": record.data if one.concerns else None,
    }


def as_markdown(found: About) -> str:
    """For whoever asked: who they are here, each record that tells of them, and what nobody looked into."""
    lines = [f"# What {markdown(found.register)} holds about {markdown(found.person)}", ""]
    lines += [f"As of {found.day}. {_OTHERS}", "", "## Who you are", ""]
    lines += [*_who(found), "", f"## Records ({len(found.records)})", ""]
    for one in found.records:
        lines += _section(one)
    lines += [f"## Other places ({len(found.left)})", ""]
    lines += [
        f"- {markdown_code(f'{one.file}:{one.line}' if one.line else one.file)} {markdown(one.what)}"
        for one in found.left
    ] or ["None."]
    lines += ["", "## Earlier versions", "", *_history(found), "", "## What nobody looked into", ""]
    return "\n".join([*lines, *(f"- {one}" for one in NOT_REACHED)]) + "\n"


def _who(found: About) -> Iterator[str]:
    yield f"- In this register you are {markdown_code(found.person)}."
    kept = found.kept
    if kept is None:
        yield f"- {_private(found)}"
    else:
        said = {"name": [kept.name] if kept.name else [], "also called": kept.aliases, "e-mail": kept.emails}
        said |= {key: [value] for key, value in kept.contacts.items()}
        yield from (f"- {markdown(key)}: {markdown(', '.join(values))}" for key, values in said.items() if values)
    yield from (f"- also told of in {markdown_code(one)}" for one in found.kept_files)
    for held in found.roster.roles if found.roster else []:
        until = f" until {held.until}" if held.until else ""
        yield f"- role {markdown(held.role)} from {held.from_}{until}"
    for email in found.roster.emails if found.roster else []:
        yield f"- recognised in commits by {markdown(email)}"


def _section(one: OfRecord) -> Iterator[str]:
    record = one.record
    yield f"### {markdown(record.id)}: {markdown(record.name)}"
    yield ""
    about = "It is about you" if one.concerns else "It names you"
    yield f"{about}: {markdown_code(record.path)}, {markdown(record.kind)}, {markdown(record.stage)}."
    yield ""
    for place in one.places:
        yield f"- line {place.line}, {markdown_code(place.field)}: {markdown(place.value)}"
        if place.part is not None and not one.concerns:
            yield f"  in {markdown_code(json.dumps(place.part, ensure_ascii=False))}"
    for shown in one.evidence:
        where = "kept in the register" if shown["in_register"] else "kept elsewhere"
        yield f"- evidence {markdown_code(str(shown.get('ref') or shown.get('document')))}, {where}"
    yield ""
    if one.concerns:
        yield "All of it:"
        yield ""
        yield from (f"    {terminal(row)}" for row in json.dumps(record.data, ensure_ascii=False, indent=2).split("\n"))
        yield ""


def _history(found: About) -> Iterator[str]:
    where = found.history
    yield (
        f"Git keeps {_count(where.count, 'version')} of {_count(len(where.versions), 'file')} that tell of you, "
        f"brought by {_count(len(where.commits), 'commit')}; so do {_count(len(where.messages), 'commit message')}, "
        f"{_count(len(where.tags), 'tag message')} and {_count(len(where.notes), 'note')}. Author or committer of "
        f"{_count(len(where.headers), 'commit')}: you."
    )


def _count(number: int, what: str) -> str:
    return f"{number} {what}{'' if number == 1 else 's'}"
