"""Forget somebody: what the private place says of them goes too, and what is left of them is listed."""

from __future__ import annotations

from collections.abc import Iterator

from partnerkit.errors import WrongCallError
from partnerkit.jobs.desk import Desk
from partnerkit.jobs.private import known
from partnerkit.jobs.private_checked import as_read
from partnerkit.jobs.private_keeping import demand_ready, take_out
from partnerkit.jobs.private_standing import own_repository
from partnerkit.kinds.expunging import composed
from partnerkit.kinds.named import Names
from partnerkit.kinds.private import Kept
from partnerkit.kinds.reaching import addresses
from partnerkit.kinds.roster import same_address
from partnerkit.kinds.sought import SHORTEST, Sought
from partnerkit.kinds.subject import Subject
from partnerkit.rules.forgotten import Remains
from partnerkit.store.git.trees import WorkingTree
from partnerkit.store.private_place import PrivatePlace, place_of
from partnerkit.store.record_paths import RECORDS, record_id

_LARGEST = 4 * 1024 * 1024


def kept_of(desk: Desk, person: str) -> Kept | None:
    """Who somebody is; None where this machine does not know. What it says can be taken out.

    Raises:
        CannotWorkError: it is here and cannot be read, or git would take it along.
    """
    settings = desk.working_tree().demand().settings
    kept = known(desk, settings).get(person)
    if kept is not None:
        demand_ready(desk.git, settings)
    return kept


def spelled_out(desk: Desk, kept: Kept | None, typed: str) -> str:
    """What is to be forgotten, a spelling in each line: what was typed, and all that the private place says.

    Names and addresses count in large letters and small, as records hold them: so `check` finds them, too. Where words
    are joined otherwise, as in an id, nothing could stand in their place.
    """
    if kept is None:
        return typed
    known_as = {_plain(name) for name in kept.names}
    found = [one for one in kept.spellings if len(one) >= SHORTEST]
    names = Names({"": kept})
    for text in _texts(desk).values():
        found += [one.written for one in names.within(text) if _plain(one.written) in known_as]
        found += [one for one in addresses(text) if any(same_address(one, own) for own in kept.emails)]
    return "\n".join([*typed.splitlines(), *(" ".join(one.split()) for one in found)])


def _plain(name: str) -> str:
    return " ".join(composed(name).split()).casefold()


def remains(desk: Desk, person: str | None, sought: Sought) -> Remains:
    """Take somebody out of the private place, and say what is left of them.

    Raises:
        CannotWorkError: the private place cannot be read or written.
    """
    settings = desk.working_tree().demand().settings
    place = place_of(desk.git, settings.private)
    people = known(desk, settings)
    taken_out = person is not None and person in people
    otherwise: list[str] = []
    if person is not None and taken_out:
        otherwise = list(_otherwise(desk, people[person]))
        take_out(desk, settings, person)
    if place is None or not place.is_there:
        return Remains(person, place.shown if place else None, here=False, records=_naming(desk, person))
    others = [who for who, kept in people.items() if who != person and any(map(sought.found, kept.spellings))]
    return Remains(
        person,
        place.shown,
        here=True,
        taken_out=taken_out,
        otherwise=otherwise,
        repository=own_repository(desk.git, place) is not None,
        others=sorted(others),
        files=list(_files(place, person, sought)),
        records=_naming(desk, person),
    )


def demand_somebody(desk: Desk, person: str) -> None:
    """Whether an id means somebody: a mistyped one would be said to be forgotten.

    Raises:
        WrongCallError: neither a record nor the private place names it.
    """
    if not _naming(desk, person) and kept_of(desk, person) is None:
        message = f"no record and no private place names anybody of the id {person!r}"
        raise WrongCallError(message, "partnerkit export person <person> --out <file> shows what there is")


def _naming(desk: Desk, person: str | None) -> list[str]:
    if person is None:
        return []
    subject = Subject(person)
    return sorted(record_id(path) or path for path, text in _texts(desk).items() if subject.by(text))


def _otherwise(desk: Desk, kept: Kept) -> Iterator[str]:
    """Where a name stands in a record with its words joined otherwise."""
    names, known_as = Names({"": kept}), {_plain(name) for name in kept.names}
    for path, text in sorted(_texts(desk).items()):
        lines = {one.line for one in names.within(text) if _plain(one.written) not in known_as}
        yield from (f"{path}:{line}" for line in sorted(lines))


def _texts(desk: Desk) -> dict[str, str]:
    """What the files of the records say, by path."""
    tree = WorkingTree(desk.git)
    found = tree.read_many(path for path in tree.files(RECORDS) if record_id(path) is not None)
    return {path: as_read(raw.decode("utf-8", "replace")) for path, raw in found.items()}


def _files(place: PrivatePlace, person: str | None, sought: Sought) -> Iterator[str]:
    subject = Subject(person) if person is not None else None
    for path in place.others():
        text = path.read_bytes().decode("utf-8", "replace") if path.stat().st_size <= _LARGEST else ""
        told = subject is not None and (subject.names(path.name) or subject.by(text))
        if told or sought.names(path.name) or sought.found(text):
            yield str(path)
