"""Everything that the register and the private place hold about somebody, for whoever asks what is held about them."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from partnerkit.errors import WrongCallError
from partnerkit.jobs.desk import Desk
from partnerkit.jobs.private import known
from partnerkit.kinds.statements import STATEMENT_LISTS
from partnerkit.kinds.subject import Keys, Subject, part_of
from partnerkit.register import ROSTER_PATH, RecordFile, Register
from partnerkit.rules.about import About, Mentioned, OfRecord, concerns
from partnerkit.rules.forgotten import Place
from partnerkit.store.git.standing import standing
from partnerkit.store.git.trees import CommitTree, WorkingTree
from partnerkit.store.load import Loaded
from partnerkit.store.private_place import is_ignored, place_of
from partnerkit.store.record_paths import RECORDS

_LARGEST = 4 * 1024 * 1024


def about(desk: Desk, person: str) -> About:
    """Look through the records, the roster, the private place, the other files and all of history.

    Raises:
        WrongCallError: nothing tells of anybody of that id.
        CannotWorkError: the private place is here and cannot be read.
    """
    loaded = desk.working_tree()
    register = loaded.demand()
    loaded.records.load(loaded.records.paths)
    kept = known(desk, register.settings).get(person)
    roster = register.roster.people.get(person)
    subject = Subject(person, (*(kept.spellings if kept else ()), *(roster.emails if roster else ())))
    place = place_of(desk.git, register.settings.private)
    found = About(person, register.settings.name, desk.today(register), kept, place.shown if place else None, roster)
    found.here = place is not None and place.is_there
    found.kept_files = [str(path) for path in place.others() if _tells(subject, path)] if place else []
    found.records = list(_records(register, subject))
    found.left = list(_left(desk, loaded, subject, found.records))
    found.history = standing(desk.git, subject.sought)
    if found.is_empty:
        raise WrongCallError(f"nothing here tells of anybody of the id {person!r}", "partnerkit person show")
    return found


def demand_outside(desk: Desk, out: Path) -> None:
    """Whether a file that is to hold who somebody is would stay out of the register.

    Raises:
        WrongCallError: it would lie among the register's files.
    """
    path = out.absolute().resolve()
    place = place_of(desk.git, desk.working_tree().demand().settings.private)
    private = place is not None and path.is_relative_to(place.folder) and is_ignored(desk.git, place)
    if path.is_relative_to(desk.git.root.resolve()) and not private:
        message = f"{out} lies among the files of the register, and will hold who somebody is"
        where = f", or in {place.folder}" if place is not None else ""
        raise WrongCallError(message, f"--out with a file elsewhere{where}")


def _records(register: Register, subject: Subject) -> Iterator[OfRecord]:
    every = list(register.of_kind(None))
    concerned = {one.id for one in every if concerns(one, subject.person)}
    concerned |= {one.id for one in every if one.subject in concerned}
    for record in every:
        places = [_mentioned(record, *one) for one in subject.within(record.data)]
        if places or record.id in concerned:
            whole = record.id in concerned
            yield OfRecord(record, whole, places, list(_evidence(record, subject, whole=whole)))


def _mentioned(record: RecordFile, keys: Keys, value: str, by: str) -> Mentioned:
    path, part = part_of(record.data, keys)
    name = ".".join(map(str, keys))
    return Mentioned(record.place(keys)[0], name, value, by, part if path != keys and isinstance(part, dict) else None)


def _evidence(record: RecordFile, subject: Subject, *, whole: bool) -> Iterator[dict[str, Any]]:
    """What is shown of somebody, or by them: which statement, where it is, and the digest of its bytes."""
    for group in STATEMENT_LISTS:
        for said in record.data.get(group) or []:
            if ("ref" in said or "document" in said) and (whole or any(subject.within(said))):
                shown = {key: said[key] for key in ("id", "requirement", "ref", "digest", "document") if key in said}
                yield {**shown, "in_register": "digest" in said and "claimed" not in said and "ref" in said}


def _left(desk: Desk, loaded: Loaded, subject: Subject, records: list[OfRecord]) -> Iterator[Place]:
    """Where the files tell of them beside the values of records: comments, the roster, what cannot be read, others."""
    here = WorkingTree(desk.git)
    told = {(one.record.path, place.line) for one in records for place in one.places}
    head = desk.git.head()
    others = CommitTree(desk.git, head).files() if head is not None else {}
    paths = [*here.files(RECORDS), *(path for path in others if not path.startswith(RECORDS))]
    for path in paths:
        if subject.names(path):
            yield Place(path, None, "the name of the file")
    for path, raw in here.read_many(paths).items():
        if len(raw) > _LARGEST:
            continue
        for number in subject.lines(raw.decode("utf-8", "replace")):
            if (path, number) not in told:
                yield Place(path, number, _what(loaded, path))


def _what(loaded: Loaded, path: str) -> str:
    if path == ROSTER_PATH:
        return "the roster"
    read = path in loaded.records.paths.values()
    return "a comment, or further down in a text" if read else "a file"


def _tells(subject: Subject, path: Path) -> bool:
    if subject.names(path.name):
        return True
    if path.stat().st_size > _LARGEST:
        return False
    return subject.by(path.read_bytes().decode("utf-8", "replace")) is not None
