"""The gallery of pull requests and docs/reviewing.md: `python -m tests.house.pulls` writes what is said now.

The page's console blocks are run in a copy of the gallery's register; of three pull requests it shows the page.
"""

from __future__ import annotations

import re
import shlex
import sys
import tempfile
from pathlib import Path

from tests.scenarios.pulls.gallery import named, pages, without_commits
from tests.scenarios.pulls.puller import Puller, copied

ROOT = Path(__file__).resolve().parents[2]
PAGE = ROOT / "docs" / "reviewing.md"
_CONSOLE = re.compile(r"```console\n(.*?)```", re.DOTALL)
_SHOWN = re.compile(r"<!-- page ([a-z-]+) -->.*?<!-- /page -->", re.DOTALL)


def reviewing(made: Path, where: Path) -> str:
    """The reviewer's page of docs/ with what its commands print now, and the pages that it shows."""
    player = copied(made, where, "reviewing")
    with player:
        text = PAGE.read_text(encoding="utf-8")
        played = _CONSOLE.sub(lambda block: f"```console\n{_played(player, block[1])}```", text)
    return _SHOWN.sub(lambda found: _shown(found[1]), played)


def _played(player: Puller, block: str) -> str:
    lines: list[str] = []
    for line in block.splitlines():
        if line.startswith("$ "):
            lines += [line, *_run(player, shlex.split(line[2:])).splitlines()]
    return "\n".join(lines) + "\n"


def _run(player: Puller, words: list[str]) -> str:
    if words[0] == "git":
        return player.git(*words[1:])
    said = player.run(*words[1:]).said
    return re.sub(r"   [0-9a-f]{10}$", "", without_commits(said), flags=re.MULTILINE)


def _shown(name: str) -> str:
    """A page of the gallery as a forge is sent it; its first line, which nobody sees, is what it is."""
    page = named(name).expected.read_text(encoding="utf-8")
    return f"<!-- page {name} -->\n````markdown\n{page}````\n<!-- /page -->"


def main() -> None:
    with tempfile.TemporaryDirectory(prefix="partnerkit-pulls-") as folder:
        where = Path(folder)
        for one, page in pages(where):
            one.expected.parent.mkdir(exist_ok=True)
            if not one.expected.exists() or one.expected.read_text(encoding="utf-8") != page:
                one.expected.write_text(page, encoding="utf-8")
                sys.stdout.write(f"{one.name}\n")
        PAGE.write_text(reviewing(where / "base", where / "reviewing"), encoding="utf-8")


if __name__ == "__main__":
    main()
