"""A register under a charter that only its board changes, in a case: and cases that have come so far."""

from __future__ import annotations

import shutil
from pathlib import Path

from tests.place import PEOPLE, Place

CHARTER = "records/policies/CHARTER-1.yaml"
CASE = "longer-notice"
TEXT = f"records/evidence/{CASE}/CHARTER-1.yaml"


def under_charter(root: Path, *changes: tuple[str, str]) -> Place:
    """p-rosa, p-jonas and p-timo are the board; p-lea is on the roster for something else.

    Args:
        root: where.
        changes: what the charter says otherwise from the beginning, text for text.
    """
    root.mkdir(parents=True)
    place = Place(root)
    place.git("init", "-q", "-b", "main")
    text = (Path(__file__).parent / "charter.yaml").read_text(encoding="utf-8")
    for old, new in changes:
        assert old in text
        text = text.replace(old, new)
    charter = place.write("CHARTER-1.yaml", text)
    words = ("--name", "Orchard House", "--policy", charter, "--person", "p-rosa", "--role", "board")
    place.do("init", *words)
    for person, role in (("p-jonas", "board"), ("p-timo", "board"), ("p-lea", "helper")):
        place.do("person", "add", person, "--email", PEOPLE[person], "--role", role)
    return place


def copied(made: Path, root: Path) -> Place:
    shutil.copytree(made, root, symlinks=True)
    return Place(root)


def opened(place: Place, case: str = CASE, *more: str) -> None:
    """Somebody opens a case in which a change of the charter is to be decided."""
    about = ("of=CHARTER-1", "type=amendment", "opened=2026-03-02")
    place.do("new", "case", "Longer notice", f"id={case}", *about, *more)


def proposed(place: Place, case: str = CASE, *values: str) -> None:
    """The case, and what it is to decide on."""
    opened(place, case)
    place.do("policy", "set", "CHARTER-1", *(values or ("notice=P60D",)), *SEEN, "--amendment", case)


SEEN = ("--seen", "minutes/1.md")


def adopted(place: Place, case: str = CASE) -> None:
    """Two of the board decide, and the case stands where its change may land."""
    for person in ("p-jonas", "p-timo"):
        place.do("approve", case, "board-decides", by=person)
    place.do("advance", case)


def decided(place: Place, case: str = CASE, *values: str) -> None:
    """All of it."""
    proposed(place, case, *values)
    adopted(place, case)
