"""Make this repository's records/ and schemas/ by running the commands in a scratch register.

Clock and ids are fixed, so that the result can be made again and compared: `make records`.
"""

from __future__ import annotations

import shutil
import sys
import tempfile
from pathlib import Path

from partnerkit.cli.player import Player
from tests.house.examples import charity, mentors, partners, workshops

ROOT = Path(__file__).resolve().parents[2]
MADE = ("records", "schemas", ".gitattributes")


#: The day of the example: what is due, late or waiting is best looked at on it.
TODAY = "2026-10-01"


def make(place: Path, *, cohort: bool = True) -> None:
    """Build the example register in a folder, with its cohort of mentors and mentees or without."""
    with Player(place, "records") as player:
        partners.tell(player)
        mentors.tell(player, cohort=cohort)
        for chapter in (charity, workshops):
            chapter.tell(player)
        player.on(TODAY).run("check")


def differences(place: Path) -> list[str]:
    """The files of records/ and schemas/ that are not what the commands make."""
    made = {path.relative_to(place): path for part in MADE for path in _files(place / part)}
    kept = {path.relative_to(ROOT): path for part in MADE for path in _files(ROOT / part)}
    return sorted(
        str(path)
        for path in made.keys() | kept.keys()
        if path not in made or path not in kept or made[path].read_bytes() != kept[path].read_bytes()
    )


def _files(path: Path) -> list[Path]:
    return [path] if path.is_file() else [one for one in path.rglob("*") if one.is_file()]


def main() -> None:
    """Put the example register in its place."""
    with tempfile.TemporaryDirectory(prefix="partnerkit-records-") as name:
        place = Path(name) / "register"
        make(place)
        for path in differences(place):
            print(path)
        for part in MADE:
            target = ROOT / part
            if target.is_dir():
                shutil.rmtree(target)
            (shutil.copytree if (place / part).is_dir() else shutil.copy)(place / part, target)
    sys.stdout.write("records/ and schemas/ are what the commands make\n")


if __name__ == "__main__":
    main()
