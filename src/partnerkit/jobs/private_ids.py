"""Ids that would tell who somebody is: none is made of a name that the private place keeps."""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Iterable

from partnerkit.errors import PartnerkitError, WrongCallError, told_of
from partnerkit.jobs.desk import Desk
from partnerkit.jobs.private import known
from partnerkit.jobs.wanted import Wanted
from partnerkit.kinds.settings import Settings
from partnerkit.rules.commands import line

#: Shorter words of names are words of other things as well.
_SHORTEST = 3


def demand_nameless(
    desk: Desk, settings: Settings, kind: str, wanted: Iterable[Wanted], slug: Callable[[str], str]
) -> None:
    """Whether no id would be made of a title that has a word of somebody's name in it; the word is not repeated.

    Only where the private place is on this machine: elsewhere nobody can tell.

    Raises:
        WrongCallError: one would be; an id goes into the file's name, and into every clone for good.
    """
    words: set[str] = set()
    with contextlib.suppress(PartnerkitError):  # what is wrong with the place is told by whatever lands
        names = [name for one in known(desk, settings).values() for name in one.names]
        words = {word for name in names for word in slug(name).split("-") if len(word) >= _SHORTEST}
    for one in wanted if words else ():
        if one.name is not None and "id" not in one.values and words & set(slug(one.name).split("-")):
            with told_of(one.row):
                message = "a word of the title is a name that the private place keeps, and the id would be made of it"
                raise WrongCallError(
                    f"{message}; nothing changed",
                    f"write a title without it, or say id=<id>: {line('new', kind, '<title>', 'id=<id>')}",
                )
