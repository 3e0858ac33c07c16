"""Keep who is behind an id in the private place: never in the register, and git is not told."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from partnerkit.dataclass import dataclass
from partnerkit.errors import CannotWorkError, WrongCallError
from partnerkit.jobs.desk import Desk
from partnerkit.jobs.private import place_named
from partnerkit.kinds import modelled
from partnerkit.kinds.private import Contacts
from partnerkit.kinds.problems import problems
from partnerkit.kinds.settings import Settings
from partnerkit.store.disk.lock import Lock
from partnerkit.store.git.repository import Git
from partnerkit.store.private_place import SETTING, PrivatePlace, contacts, is_ignored, taken_along
from partnerkit.store.private_writing import Rewritten, put_back, write_contacts

#: What of somebody is a list or a block, to which more comes; the rest is replaced.
_LISTS = ("aliases", "emails")
_REPLACED = ("name", "consent")


@dataclass(frozen=True, slots=True)
class Private:
    """What came of writing to the private place.

    Attributes:
        place: where that is.
        new: the ids that it did not know before.
        changed: those of whom it knows more, or less, than before.
        done: what its file held and holds; None where nothing was written.
    """

    place: PrivatePlace
    new: list[str]
    changed: list[str]
    done: Rewritten | None = None


def keep_private(desk: Desk, settings: Settings, rows: Mapping[str, Mapping[str, Any]]) -> Private:
    """Keep who people are and how they are reached, many at once or nobody.

    A name replaces the one before; aliases, e-mail addresses and other contacts come to those that are there. To be
    called before what names the ids lands, and `taken_back` where that fails.

    Args:
        desk: where and when; of a dry run nothing is written.
        settings: those of the register.
        rows: by opaque id what is known of each: `name`, `aliases`, `emails`, `contacts`.

    Raises:
        CannotWorkError: register.yaml names no private place, it is not there, or git would take it along.
        WrongCallError: an id or an address is none; says whose, and does not repeat it.
    """
    return _change(desk, settings, lambda people: {who: _with(people.get(who, {}), row) for who, row in rows.items()})


def taken_back(desk: Desk, private: Private) -> bool:
    """The private place as it was, where what was to land beside it did not; False where others wrote to it since."""
    if private.done is None:
        return True
    with _alone(desk):
        return put_back(private.place, private.done)


def take_out(desk: Desk, settings: Settings, person: str, without: list[str] | None = None) -> Private:
    """Take somebody out of the private place, or only some of what it says of them.

    Raises:
        WrongCallError: it knows nothing of them, or not that.
        CannotWorkError: as `keep_private`.
    """

    def change(people: dict[str, Any]) -> dict[str, Any]:
        if person not in people:
            raise WrongCallError(f"the private place says nothing of {person}", f"partnerkit person show {person}")
        left = {} if without is None else _without(person, people[person], without)
        return {person: left or None}

    return _change(desk, settings, change)


def demand_ready(git: Git, settings: Settings) -> PrivatePlace:
    """The private place, if it can be written to.

    Raises:
        CannotWorkError: register.yaml names none, it is not there, or git would take it along.
    """
    place = place_named(git, settings)
    tracked = taken_along(git, settings.private, None)
    if tracked:
        message = f"git keeps {tracked[0]}, which is private: it would be in every clone; nothing changed"
        raise CannotWorkError(message, "partnerkit check says how it is taken out")
    if not is_ignored(git, place):
        message = f"git does not ignore {place.inside}/, the private place: it would be committed; nothing changed"
        raise CannotWorkError(message, "partnerkit setup private")
    if not place.is_there:
        message = f"the private place is not there on this machine: {place.shown} does not exist; nothing changed"
        mend = (
            f"mount it, or say where it lies here: git config {SETTING} <folder>; a new one: partnerkit setup private"
        )
        raise CannotWorkError(message, mend)
    return place


def _change(desk: Desk, settings: Settings, change: Callable[[dict[str, Any]], dict[str, Any]]) -> Private:
    place = demand_ready(desk.git, settings)
    with _alone(desk):
        people, document = contacts(place)
        data: dict[str, Any] = dict(document.data.get("people") or {}) if document is not None else {}
        news = change(data)
        merged = {who: row for who, row in {**data, **news}.items() if row is not None}
        _demand_fitting(merged, news)
        new = [who for who in news if who not in people]
        changed = [who for who in news if who in people and merged.get(who) != data.get(who)]
        if desk.dry_run or merged == data:
            return Private(place, new, changed)
        return Private(place, new, changed, write_contacts(place, document, merged))


def _alone(desk: Desk) -> Lock:
    return Lock.take(desk.git.git_path("partnerkit/private.lock"))


def _demand_fitting(people: Mapping[str, Any], news: Mapping[str, Any]) -> None:
    try:
        Contacts.model_validate({"format": 1, "people": people})
    except modelled.ValidationError as error:
        keys = [str(key) for key in problems(error, Contacts)[0].keys[1:]]
        whose = next((who for who in news if who in keys), "somebody")
        what = keys[keys.index(whose) + 1] if whose in keys[:-1] else "id"
        message = f"{whose}: what is given as {what} has no such form; nothing changed"
        raise WrongCallError(
            message, "an id is of lower-case letters, digits and hyphens; an address has an @"
        ) from error


def _with(old: Mapping[str, Any], row: Mapping[str, Any]) -> dict[str, Any]:
    """What is known of somebody, with what has come to it."""
    new = dict(old)
    for key in _REPLACED:
        new |= {key: row[key]} if row.get(key) else {}
    for key in _LISTS:
        both = list(dict.fromkeys([*new.get(key, []), *row.get(key, [])]))
        new |= {key: both} if both else {}
    both_ways = {**new.get("contacts", {}), **row.get("contacts", {})}
    return new | ({"contacts": both_ways} if both_ways else {})


def _without(person: str, old: Mapping[str, Any], words: list[str]) -> dict[str, Any]:
    """What is known of somebody, without some of it: an address, an alias, the name, or the name of a contact."""
    new: dict[str, Any] = {key: list(part) if isinstance(part, list) else part for key, part in old.items()}
    for word in words:
        found = [key for key in _LISTS if word in new.get(key, [])]
        for key in found:
            new[key].remove(word)
        if word in {new.get("name"), "name"} and "name" in new:
            del new["name"]
        elif word == "consent" and "consent" in new:
            del new["consent"]
        elif word in new.get("contacts", {}):
            new["contacts"] = {key: one for key, one in new["contacts"].items() if key != word}
        elif not found:
            message = f"the private place does not say that of {person}: give a contact's key, or it word for word"
            raise WrongCallError(message, f"partnerkit person show {person}")
    return {key: part for key, part in new.items() if part}
