"""Keep who people are: one, as typed, or many from a sheet; and say which of the ids nothing knows."""

from __future__ import annotations

import re
from datetime import date
from typing import Any

from partnerkit.dataclass import dataclass
from partnerkit.errors import WrongCallError
from partnerkit.jobs.desk import Desk
from partnerkit.jobs.private_keeping import Private, keep_private, take_out
from partnerkit.jobs.private_rows import row_given, rows_of
from partnerkit.rules.commands import line
from partnerkit.store.git.trees import WorkingTree
from partnerkit.store.record_paths import RECORDS

_WORDS = re.compile(rb"[a-z0-9][a-z0-9-]*")


@dataclass(frozen=True, slots=True)
class Agreed:
    """That somebody agreed to be called by their name: before whom, since when (today where None), seen where."""

    before: str
    on: date | None
    seen: str | None


@dataclass(frozen=True, slots=True)
class Given:
    """What was typed: somebody with what is to be kept of them or is to go, or the name of a sheet."""

    person: str | None
    name: str | None
    emails: list[str]
    aliases: list[str]
    contacts: list[str]
    without: list[str]
    sheet: str | None
    consent: Agreed | None = None


def name(desk: Desk, given: Given) -> tuple[Private, list[str]]:
    """Keep it in the private place; and the ids that no record and no roster names, for one may be mistyped.

    Raises:
        WrongCallError: nothing is to be kept, or something has no such form.
        CannotWorkError: there is no private place, or git would take it along.
    """
    register = desk.working_tree().demand()
    settings = register.settings
    rows = rows_of(given.sheet) if given.sheet is not None else {}
    if given.person is not None:
        row = row_given(given.name, given.emails, given.aliases, given.contacts)
        rows = {given.person: row | _consent(given.consent, desk.today(register))}
    if given.person is not None and given.without:
        if any(rows.values()):
            raise WrongCallError("--without goes by itself", "first one, then the other")
        return take_out(desk, settings, given.person, given.without), []
    if not any(rows.values()):
        mend = (
            f"{line('person', 'name', given.person or '<person>', '<name>')}, --email, --alias, --contact or --consent"
        )
        raise WrongCallError("say what is to be kept", mend)
    done = keep_private(desk, settings, rows)
    return done, sorted(set(done.new) - _named(desk)) if done.new else []


def _consent(given: Agreed | None, today: date) -> dict[str, Any]:
    """What was agreed, as the private place keeps it.

    Raises:
        WrongCallError: it does not say before whom, or where that can be seen.
    """
    if given is None:
        return {}
    if given.before not in ("public", "internal"):
        message = f"--consent {given.before!r} does not say before whom they agreed to be named"
        raise WrongCallError(
            message, "--consent internal: before those of the organisation; --consent public: everybody"
        )
    if not given.seen:
        raise WrongCallError("say where their consent can be seen", "--seen <a form, a mail, a link>")
    return {"consent": {"before": given.before, "on": (given.on or today).isoformat(), "seen": given.seen}}


def _named(desk: Desk) -> set[str]:
    """Every word of the register's files that could be an id."""
    tree = WorkingTree(desk.git)
    return {word.decode() for raw in tree.read_many(tree.files(RECORDS)).values() for word in _WORDS.findall(raw)}
