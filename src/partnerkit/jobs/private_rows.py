"""A sheet that says who people are: a row for each id. None of it is repeated where something is wrong with it."""

from __future__ import annotations

import re
from typing import Any

from partnerkit.errors import WrongCallError
from partnerkit.store.disk.sheets import sheet

_ID = ("id", "person", "applicant")
_NAME = ("name",)
_EMAILS = ("email", "emails", "e-mail", "e-mails", "mail", "address")
_ALIASES = ("alias", "aliases", "also-called")
_SLUG = re.compile(r"[^a-z0-9]+")


def rows_of(path: str) -> dict[str, dict[str, Any]]:
    """By id what a sheet says of each: name, aliases, addresses; whatever else its columns hold is a contact.

    Raises:
        WrongCallError: it is no sheet, has no column for ids, a row without one, or an id twice.
    """
    given = sheet(path)
    columns = {name: _SLUG.sub("-", name.casefold()).strip("-") for name in given.columns}
    if not any(column in _ID for column in columns.values()):
        raise WrongCallError(f"{path}:1: no column holds the ids of people", f"call it {_ID[0]}")
    found: dict[str, dict[str, Any]] = {}
    for line, cells in given.rows:
        row = _row({columns[name]: cell for name, cell in cells.items()})
        person = row.pop("id", None)
        if person is None or person in found:
            what = "holds no id" if person is None else f"holds {person} once more"
            raise WrongCallError(f"{path}:{line}: the row {what}; nothing changed", "a row for each person")
        found[person] = row
    return found


def row_given(name: str | None, emails: list[str], aliases: list[str], contacts: list[str]) -> dict[str, Any]:
    """The same for one person, as it was typed; contacts as key=value.

    Raises:
        WrongCallError: a contact is no key=value.
    """
    pairs = [one.partition("=") for one in contacts]
    if any(not (key and value) for key, _, value in pairs):
        raise WrongCallError("a contact is written key=value", "--contact phone=…")
    return _known(
        {"name": name, "emails": emails, "aliases": aliases, "contacts": {key: value for key, _, value in pairs}}
    )


def _row(cells: dict[str, str]) -> dict[str, Any]:
    def first(names: tuple[str, ...]) -> str | None:
        return next((cells[name].strip() for name in names if name in cells), None)

    known = {*_ID, *_NAME, *_EMAILS, *_ALIASES}
    aliases = [one.strip() for one in (first(_ALIASES) or "").split(";")]
    return _known(
        {
            "id": first(_ID),
            "name": first(_NAME),
            "emails": re.split(r"[\s,;]+", first(_EMAILS) or ""),
            "aliases": aliases,
            "contacts": {key: cell.strip() for key, cell in cells.items() if key not in known and key},
        }
    )


def _known(row: dict[str, Any]) -> dict[str, Any]:
    """Only what says something."""
    kept = {key: [one for one in part if one] if isinstance(part, list) else part for key, part in row.items()}
    return {key: part for key, part in kept.items() if part}
