"""The roster: people, what they hold, since when and until when."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from partnerkit.kinds.private import Kept
from partnerkit.kinds.roster import Person, RoleHeld
from partnerkit.register import RecordFile
from partnerkit.reports.page import PRIVATE, Page, Span


def as_page(people: Mapping[str, Person], shared: list[str], day: date, *, whole: bool) -> Page:
    """Everybody with what they hold; of one person alone (not `whole`) the keys too."""
    page = Page()
    for who, one in people.items():
        page.add(Span(who, "bold"), Span(f"  {', '.join(one.emails)}", "dim"))
        page.table([_row(held, day) for held in one.roles], indent="  ")
        if not one.roles:
            page.add(Span("  holds no role", "dim"))
        if not whole:
            page.text("\n".join(f"key {key}" for key in one.keys), "dim", indent="  ")
    if shared:
        page.add("shared mailboxes, which never approve: ", ", ".join(shared))
    if whole:
        page.add(Span(f"{len(people)} {'person' if len(people) == 1 else 'people'}", "dim"))
    return page


def beside(page: Page, about: list[RecordFile], kept: Kept | None) -> Page:
    """Of one person: the records about them; and who they are, which a terminal shows and nothing else."""
    page.table([(one.id, one.kind, one.stage) for one in about], ("about them", "", ""), indent="  ")
    if kept is None:
        return page
    page.add(Span("  the private place knows who that is", "dim"))
    rows = {"name": [kept.name] if kept.name else [], "also called": kept.aliases, "e-mail": kept.emails}
    rows |= {key: [value] for key, value in kept.contacts.items()}
    agreed = kept.consent
    rows |= {"may be named": [f"{agreed.before}, agreed on {agreed.on}, {agreed.seen}"]} if agreed is not None else {}
    for key, values in rows.items():
        for value in values:
            page.add(Span(f"    {key}: {value}", PRIVATE))
    return page


def _row(held: RoleHeld, day: date) -> tuple[Span, str, str, Span]:
    scope = ", ".join(f"{key}={value}" for key, value in held.scope.items())
    until = f" until {held.until}" if held.until else ""
    when = "" if held.on(day) else "not yet" if day < held.from_ else "ended"
    return Span(held.role, "" if held.on(day) else "dim"), scope, f"from {held.from_}{until}", Span(when, "yellow")


def as_json(
    people: Mapping[str, Person],
    shared: list[str],
    day: date,
    about: list[RecordFile] | None = None,
    *,
    kept: bool = False,
) -> dict[str, Any]:
    """The same for other programs; who somebody is stays out of it."""
    return {
        "schema": "partnerkit.people/1",
        "day": day.isoformat(),
        "people": [
            {
                "id": who,
                "emails": one.emails,
                "keys": one.keys,
                "roles": [
                    {
                        "role": held.role,
                        "from": held.from_.isoformat(),
                        "until": held.until.isoformat() if held.until else None,
                        "scope": held.scope,
                        "seen": held.seen,
                        "held": held.on(day),
                    }
                    for held in one.roles
                ],
            }
            for who, one in people.items()
        ],
        "shared_mailboxes": shared,
        "about": [{"id": one.id, "kind": one.kind, "stage": one.stage} for one in about or []],
        "kept": kept,
    }
