"""Make the private place that register.yaml names, where git does not take it along; and say how it stands."""

from __future__ import annotations

import os
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

from partnerkit.errors import PartnerkitError
from partnerkit.findings import Finding
from partnerkit.jobs.desk import Desk
from partnerkit.jobs.point import Point
from partnerkit.jobs.private import place_named
from partnerkit.jobs.setup import Written
from partnerkit.register import Register
from partnerkit.rules.commands import quoted
from partnerkit.store.disk import files
from partnerkit.store.git.repository import Git
from partnerkit.store.private_place import (
    SETTING,
    PrivatePlace,
    contacts,
    is_ignored,
    make_folder,
    place_of,
    taken_along,
    write_contacts,
)

_IGNORING = ".gitignore"


def private(desk: Desk, at: Path | None, *, check: bool) -> Written:
    """Make the place, with the rule that keeps git away from it; with `check`, only say what is missing.

    Args:
        desk: where and when.
        at: where it lies on this machine, where that is not what register.yaml says; kept in this clone's settings.
        check: whether to write nothing.

    Raises:
        CannotWorkError: register.yaml names no private place, or one that could never be private.
    """
    settings = desk.working_tree().demand().settings
    writes = not check and not desk.dry_run
    if at is not None and writes:
        desk.git.run("config", "--local", SETTING, str(at))
    place = place_named(desk.git, settings)
    findings = [one for one in (_not_ignored(desk.git, place), _absent(place)) if one is not None]
    changed = [one.file for one in findings if one.file is not None]
    if writes:
        if not is_ignored(desk.git, place):
            _ignore(desk.git, place)
        if not place.is_there:
            make_folder(place)
            write_contacts(place, None, {})
    return Written(changed, findings if not writes else [])


def _ignore(git: Git, place: PrivatePlace) -> None:
    path = git.root / _IGNORING
    old = path.read_bytes() if path.exists() else b""
    files.write_atomic(path, old + (b"\n" if old and not old.endswith(b"\n") else b"") + f"/{place.inside}/\n".encode())


def _not_ignored(git: Git, place: PrivatePlace) -> Finding | None:
    if is_ignored(git, place):
        return None
    return not_ignored(place, _IGNORING)


def not_ignored(place: PrivatePlace, file: str) -> Finding:
    """That git would take the private place along."""
    message = f"git does not ignore {place.inside}/, where the register keeps who people are"
    return Finding("private-not-ignored", message, file=file, line=1, mend="partnerkit setup private")


def _absent(place: PrivatePlace) -> Finding | None:
    if place.is_there:
        return None
    message = f"{place.shown} does not exist on this machine"
    return Finding("private-absent", message, "warning", file=place.shown, mend="partnerkit setup private")


def standing(desk: Desk, register: Register) -> Iterator[Point]:
    """How the private place stands on this machine; nothing where register.yaml names none."""
    named = register.settings.private
    for path in taken_along(desk.git, named, None):
        yield Point(False, f"git keeps {path}, which is private", "partnerkit check says how it is taken out")
    try:
        place = place_of(desk.git, named)
        people = contacts(place)[0] if place is not None else {}
    except PartnerkitError as error:
        yield Point(False, f"the private place: {error.message}", error.mend)
        return
    if place is None:
        return
    if place.folder.is_dir() and not is_ignored(desk.git, place):
        yield Point(False, not_ignored(place, _IGNORING).message, "partnerkit setup private")
    if not place.is_there:
        words = f"the private place is named and not on this machine ({place.shown}): no names are shown here"
        mend = f"whoever keeps it: partnerkit setup private; where it lies elsewhere: git config {SETTING} <folder>"
        yield Point(False, words, mend, warns=True)
        return
    count = f"{len(people)} {'person' if len(people) == 1 else 'people'}"
    kept = _copied(desk.git, place) if people else Point(True, "nobody is in it yet")
    yield replace(kept, what=f"the private place ({place.shown}, {count}): {kept.what}")


def _copied(git: Git, place: PrivatePlace) -> Point:
    """Whether there is another copy, as far as this machine can tell."""
    own = own_repository(git, place)
    if own is not None:
        return _sent(own, place)
    if place.inside is None:
        return Point(True, "outside the register; whether there is another copy of it nobody can tell from here")
    words = "it is on this machine only: there is no copy, and nothing from which it could be fetched again"
    mend = "make a repository of its own of it and send that to a private remote, or move it into a shared folder"
    return Point(False, words, f"{mend} (docs/privacy.md)", warns=True)


def own_repository(git: Git, place: PrivatePlace) -> Git | None:
    """The repository in which the place lies, where that is not the register."""
    try:
        found = Git.discover(place.folder)
    except PartnerkitError:
        return None
    return found if os.path.realpath(found.root) != os.path.realpath(git.root) else None


def _sent(own: Git, place: PrivatePlace) -> Point:
    here = f"git -C {quoted(str(place.folder))}"
    if not own.run("remote").text:
        words = "a repository of its own that has no remote, so it is on this machine only"
        return Point(False, words, f"{here} remote add origin <url>", warns=True)
    file = os.path.relpath(os.path.realpath(place.file), os.path.realpath(own.root))
    waiting = own.run("status", "--porcelain", "--", file).text
    ahead = own.run("rev-list", "--count", "@{upstream}..HEAD", ok=(0, 128)).text
    if waiting or ahead != "0":
        return Point(False, "a repository of its own, and not all of it was sent", f"{here} status", warns=True)
    return Point(True, "a repository of its own, and all of it was sent")
