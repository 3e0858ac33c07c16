"""A register shared by several clones through a bare repository."""

from __future__ import annotations

import subprocess
from pathlib import Path

from tests.place import Place, environment

#: The hook that the README gives to copy.
HOOK = "".join(
    line.removeprefix("    ") + "\n"
    for line in (Path(__file__).parents[1] / "README.md")
    .read_text(encoding="utf-8")
    .partition("<!-- hook -->\n\n")[2]
    .partition("\n\n<!-- /hook -->")[0]
    .split("\n")
)


def shared(place: Place, tmp_path: Path) -> Path:
    """The bare repository to which a register now pushes its main branch."""
    hub = tmp_path / "hub.git"
    place.git("clone", "-q", "--bare", str(place.root), str(hub))
    place.git("remote", "add", "origin", str(hub))
    place.git("fetch", "-q", "origin")
    place.git("branch", "-q", "--set-upstream-to=origin/main")
    return hub


def cloned(hub: Path, name: str, person: str, day: str | None = None) -> Place:
    """Another person's clone."""
    root = hub.parent / name
    subprocess.run(["git", "clone", "-q", str(hub), str(root)], env=environment(person), check=True)
    return Place(root, person=person, day=day)
