"""Write to the private place on this machine: whole or not at all, and git is not told."""

from __future__ import annotations

from typing import Any

from partnerkit.dataclass import dataclass
from partnerkit.errors import CannotWorkError
from partnerkit.kinds.private import CONTACTS
from partnerkit.store.disk import files
from partnerkit.store.private_place import PrivatePlace
from partnerkit.store.yaml.editor import EditError, render, rewrite
from partnerkit.store.yaml.nodes import Document
from partnerkit.store.yaml.reader import MOST_BYTES

#: Only whoever keeps it reads a place inside the register; who reads one elsewhere is set there.
_OWN_FOLDER, _OWN_FILE = 0o700, 0o600


@dataclass(frozen=True, slots=True)
class Rewritten:
    """The bytes of the file as they were, and as they are now."""

    was: bytes
    now: bytes


def write_contacts(place: PrivatePlace, document: Document | None, people: dict[str, Any]) -> Rewritten:
    """Write who is behind which id, whole or not at all; git is not told.

    Raises:
        CannotWorkError: the result could not be read back, or is larger than is read.
    """
    try:
        if document is None:
            text = render({"format": 1, "people": people}, ("format", "people"), file=CONTACTS)
        else:
            text = rewrite(document, {**document.data, "people": people}, ("format", "people"))
    except EditError as error:
        message = (
            f"{place.shown} could not be written so that it reads back the same: at most {MOST_BYTES:,} bytes are read"
        )
        mend = "take out whoever is in no record any more: partnerkit person forget --person"
        raise CannotWorkError(f"{message}; nothing changed", mend) from error
    before = place.file.read_bytes() if place.file.exists() else b""
    mode = _OWN_FILE if place.inside is not None and not place.file.exists() else None
    files.write_atomic(place.file, text.encode(), mode=mode)
    return Rewritten(before, text.encode())


def put_back(place: PrivatePlace, done: Rewritten) -> bool:
    """The bytes of the file as they were; whether that was so, for somebody else may have written since."""
    if place.file.read_bytes() != done.now:
        return False
    files.write_atomic(place.file, done.was)
    return True


def make_folder(place: PrivatePlace) -> None:
    """Make the place itself, readable by whoever makes it where it lies inside the register."""
    if not place.folder.is_dir():
        files.make_folder(place.folder)
        if place.inside is not None:
            place.folder.chmod(_OWN_FOLDER)
