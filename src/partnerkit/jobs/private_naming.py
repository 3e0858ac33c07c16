"""Keep who people are: one, as typed, or many from a sheet; and say which of the ids nothing knows."""

from __future__ import annotations

import re
from dataclasses import dataclass

from partnerkit.errors import WrongCallError
from partnerkit.jobs.desk import Desk
from partnerkit.jobs.private_keeping import Private, keep_private, take_out
from partnerkit.jobs.private_rows import row_given, rows_of
from partnerkit.store.git.trees import WorkingTree
from partnerkit.store.records import RECORDS

_WORDS = re.compile(rb"[a-z0-9][a-z0-9-]*")


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


def name(desk: Desk, given: Given) -> tuple[Private, list[str]]:
    """Keep it in the private place; and the ids that no record and no roster names, for one may be mistyped.

    Raises:
        WrongCallError: nothing is to be kept, or something has no such form.
        CannotWorkError: there is no private place, or git would take it along.
    """
    settings = desk.working_tree().demand().settings
    rows = rows_of(given.sheet) if given.sheet is not None else {}
    if given.person is not None:
        rows = {given.person: row_given(given.name, given.emails, given.aliases, given.contacts)}
    if given.person is not None and given.without:
        if any(rows.values()):
            raise WrongCallError("--without goes by itself", "first one, then the other")
        return take_out(desk, settings, given.person, given.without), []
    if not any(rows.values()):
        raise WrongCallError("say what is to be kept", "a name, --email, --alias or --contact")
    done = keep_private(desk, settings, rows)
    return done, sorted(set(done.new) - _named(desk)) if done.new else []


def _named(desk: Desk) -> set[str]:
    """Every word of the register's files that could be an id."""
    tree = WorkingTree(desk.git)
    return {word.decode() for raw in tree.read_many(tree.files(RECORDS)).values() for word in _WORDS.findall(raw)}
