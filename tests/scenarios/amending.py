"""A register under a charter that only its board changes, in a case: and cases that have come so far."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import Any

from tests.place import PEOPLE, Place
from tests.scenarios.cheat import commit
from tests.scenarios.landing import audited

CHARTER = "records/policies/CHARTER-1.yaml"
CASE = "longer-notice"
CODE = "amended-undecided"
SEEN = ("--seen", "minutes/1.md")
NOTICE = ("policy", "set", "CHARTER-1", "notice=P60D", *SEEN)
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


def adopted(place: Place, case: str = CASE) -> None:
    """Two of the board decide, and the case stands where its change may land."""
    for person in ("p-jonas", "p-timo"):
        place.do("approve", case, "board-decides", by=person)
    place.do("advance", case)


def decided(place: Place, case: str = CASE, *values: str) -> None:
    """All of it."""
    proposed(place, case, *values)
    adopted(place, case)


def errors(found: list[dict[str, Any]]) -> list[str]:
    """The codes of the errors among findings."""
    return [one["code"] for one in found if one["severity"] == "error"]


def charter(place: Place) -> str:
    """The charter as it lies there."""
    return (place.root / CHARTER).read_text(encoding="utf-8")


def write(place: Place, text: str, path: str = CHARTER) -> None:
    """Write a file past the commands."""
    (place.root / path).write_text(text, encoding="utf-8")


def edit(place: Place, old: str, new: str, path: str = CHARTER) -> None:
    """Edit one by hand."""
    text = (place.root / path).read_text(encoding="utf-8")
    assert old in text
    write(place, text.replace(old, new, 1), path)


def put_in(place: Place) -> None:
    """The decided text in the place of the charter, as anybody with an editor would."""
    write(place, (place.root / TEXT).read_text(encoding="utf-8"))


def caught(place: Place, *words: str, codes: tuple[str, ...] = (CODE,)) -> None:
    """It is found in the working tree, staged, as a range, and by the audit; and nothing else is wrong with it."""
    found = [one for one in place.findings() if one["severity"] == "error"]
    assert errors(found) == list(codes)
    (mine,) = [one for one in found if one["code"] == CODE]
    assert all(word in mine["message"] for word in words), mine["message"]
    assert mine["clause"] == "CHARTER-1 §2/board-decides"
    assert mine["mend"].startswith(("partnerkit ", "git "))
    place.git("add", "--all")
    assert errors(place.findings("--staged")) == list(codes)
    base = commit(place)
    assert errors(place.findings("--base", base, "--head", "HEAD")) == list(codes)
    assert CODE in errors(audited(place, "--since", base)["findings"])
