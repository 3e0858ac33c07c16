"""Make the private place that register.yaml names, where git does not take it along."""

from __future__ import annotations

from pathlib import Path

from partnerkit.findings import Finding
from partnerkit.jobs.desk import Desk
from partnerkit.jobs.pieces import Written
from partnerkit.jobs.private import not_ignored, place_named
from partnerkit.store.disk import files
from partnerkit.store.git.repository import Git
from partnerkit.store.private_place import SETTING, PrivatePlace, is_ignored
from partnerkit.store.private_writing import make_folder, write_contacts

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
    place = place_named(desk.git, settings, str(at) if at is not None else None)
    if at is not None and writes:
        desk.git.run("config", "--local", SETTING, str(at))
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


def _absent(place: PrivatePlace) -> Finding | None:
    if place.is_there:
        return None
    message = f"{place.shown} does not exist on this machine"
    return Finding("private-absent", message, "warning", file=place.shown, mend="partnerkit setup private")
