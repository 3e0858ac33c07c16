"""Who is behind an id: read from the private place that register.yaml names, which git never sees."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from partnerkit.errors import CannotWorkError, PartnerkitError
from partnerkit.findings import Finding
from partnerkit.jobs.desk import Desk
from partnerkit.kinds.private import Kept, called
from partnerkit.kinds.settings import Settings
from partnerkit.register import SETTINGS_PATH
from partnerkit.store.disk.paths import look
from partnerkit.store.git.repository import Git
from partnerkit.store.private_place import PrivatePlace, contacts, place_of
from partnerkit.store.yaml.reader import read


def known(desk: Desk, settings: Settings) -> Mapping[str, Kept]:
    """Who is behind which id, as far as this machine knows: nobody where the private place is not here.

    Raises:
        CannotWorkError: it is here and cannot be read.
    """
    if settings.private not in desk.places:  # many records that land by themselves are looked at one by one
        desk.places[settings.private] = place_of(desk.git, settings.private)
    place = desk.places[settings.private]
    return contacts(place)[0] if place is not None else {}


def names_here(git: Git) -> Mapping[str, str]:
    """The names beside ids for whoever sits at this terminal; none where anything stands in the way of knowing."""
    try:
        named = _named(git)
        place = place_of(git, named) if named is not None else None
        return called(contacts(place)[0]) if place is not None else {}
    except (PartnerkitError, OSError):
        return {}


def folder_here(git: Git) -> Path | None:
    """Where the private place lies on this machine; None where register.yaml names none, or says it to nobody."""
    try:
        named = _named(git)
        place = place_of(git, named) if named is not None else None
    except (PartnerkitError, OSError):
        return None
    return place.folder if place is not None else None


def is_here(git: Git) -> bool:
    """Whether the private place is on this machine; also where something else stands in the way of knowing."""
    try:
        named = _named(git)
        place = place_of(git, named) if named is not None else None
    except (PartnerkitError, OSError):
        return True
    return place is not None and place.is_there


def _named(git: Git) -> str | None:
    """What register.yaml names as the private place; read alone, for that is asked of every answer."""
    document, _found = read(look(git.root, SETTINGS_PATH).data, SETTINGS_PATH)
    named = document.data.get("private") if document is not None else None
    return named if isinstance(named, str) else None


def place_named(git: Git, settings: Settings, at: str | None = None) -> PrivatePlace:
    """The private place, whether it is there or not; `at` says where it is to lie on this machine.

    Raises:
        CannotWorkError: register.yaml names none, or one that could never be private.
    """
    place = place_of(git, settings.private, at)
    if place is None:
        message = f"{SETTINGS_PATH} names no private place, so there is nowhere to keep who people are"
        raise CannotWorkError(message, "add the line `private: private` there and commit it")
    return place


def not_ignored(place: PrivatePlace, file: str) -> Finding:
    """That git would take the private place along."""
    message = f"git does not ignore {place.inside}/, where the register keeps who people are"
    return Finding("private-not-ignored", message, file=file, line=1, mend="partnerkit setup private")
