"""How the private place stands on this machine: whether it is there, copied somewhere, and kept from git."""

from __future__ import annotations

import os
from collections.abc import Iterator

from partnerkit.dataclass import replace
from partnerkit.errors import PartnerkitError
from partnerkit.jobs.desk import Desk
from partnerkit.jobs.point import Point
from partnerkit.jobs.private import not_ignored
from partnerkit.register import Register
from partnerkit.rules.commands import quoted
from partnerkit.store.git.repository import Git
from partnerkit.store.private_place import SETTING, PrivatePlace, contacts, is_ignored, place_of, taken_along


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
        yield Point(False, not_ignored(place, ".gitignore").message, "partnerkit setup private")
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
    """The repository that keeps the place, other than the register; one around it that ignores it keeps nothing."""
    try:
        found = Git.discover(place.folder)
    except PartnerkitError:
        return None
    root = os.path.realpath(found.root)
    if root == os.path.realpath(git.root):
        return None
    return found if root == os.path.realpath(place.folder) or _tracked(found, place) else None


def _tracked(own: Git, place: PrivatePlace) -> bool:
    return bool(own.run("ls-files", "--", _within(own, place)).text)


def _within(own: Git, place: PrivatePlace) -> str:
    return os.path.relpath(os.path.realpath(place.file), os.path.realpath(own.root))


def _sent(own: Git, place: PrivatePlace) -> Point:
    here = f"git -C {quoted(str(place.folder))}"
    if not own.run("remote").text:
        words = "a repository of its own that has no remote, so it is on this machine only"
        return Point(False, words, f"{here} remote add origin <url>", warns=True)
    waiting = own.run("status", "--porcelain", "--", _within(own, place)).text or not _tracked(own, place)
    ahead = own.run("rev-list", "--count", "@{upstream}..HEAD", ok=(0, 128)).text
    if waiting or ahead != "0":
        return Point(False, "a repository of its own, and not all of it was sent", f"{here} status", warns=True)
    return Point(True, "a repository of its own, and all of it was sent")
