"""A register shared by several clones through a bare repository."""

from __future__ import annotations

import subprocess
from pathlib import Path

from tests.place import Place, Said, environment

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


class Two:
    """Two clones of one register: p-rosa's and p-jonas's."""

    def __init__(self, rosa: Place, tmp_path: Path) -> None:
        self.rosa = rosa
        self.hub = shared(rosa, tmp_path)
        self.jonas = cloned(self.hub, "jonas", "p-jonas", rosa.day)

    def head(self, ref: str = "main") -> str:
        return Place(self.hub).git("rev-parse", ref).strip()

    def assert_alike(self) -> None:
        """After both have synced: one line of history, nothing left over, and nothing wrong with it."""
        for place in (self.jonas, self.rosa, self.jonas):
            place.do("sync")
        heads = {place.git("rev-parse", "HEAD").strip() for place in (self.rosa, self.jonas)}
        assert heads == {self.head()}
        for place in (self.rosa, self.jonas):
            assert place.git("status", "--porcelain") == ""
            assert [one for one in place.findings() if one["severity"] == "error"] == []
            assert place.run("audit", "--json").json["proven"]


def refused(place: Place, *words: str, code: int) -> Said:
    """A sync that must end so and leave the clone byte for byte as it was."""
    before = place.snapshot()
    said = place.run("sync", *words)
    assert said.code == code, said.all
    assert place.snapshot() == before
    return said
