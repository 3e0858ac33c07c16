"""The tutorials in docs/ are run: what their console blocks print is what they show.

`python -m tests.house.tutorials` writes what is printed into the pages. Between blocks stand, as comments of Markdown:

    on DAY [PERSON]     from here on it is that day, and that person types
    file NAME           the block that follows is a file of that name, beside records/
    ends CODE           the last command of the block that follows ends with that code
    demo                the register of `partnerkit demo` is there from the beginning
"""

from __future__ import annotations

import os
import re
import shlex
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

from partnerkit.cli.player import Player, address

DOCS = Path(__file__).resolve().parents[2] / "docs"
PAGES = (
    *("own-policy", "adopt", "small-organisation", "recover", "privacy", "finding"),
    *("site", "dossier", "calendar", "sqlite", "documents"),
    *("start-trustee", "start-maintainer", "start-coordinator", "start-reviewer", "start-ci"),
)

_PIECE = re.compile(r"<!-- (on|file|ends|demo)(.*?) -->|```(\w+)\n(.*?)```", re.DOTALL)
_COMMIT = re.compile(r" {3}[0-9a-f]{10}$", re.MULTILINE)


def rendered(page: str, demo: Path) -> str:
    """A page with what its commands print now.

    Args:
        page: its name.
        demo: the register of `partnerkit demo`, to be copied.
    """
    text = (DOCS / f"{page}.md").read_text(encoding="utf-8")
    with (
        tempfile.TemporaryDirectory(prefix="partnerkit-tutorial-") as name,
        Player(Path(name) / "register", page) as player,
    ):
        if "<!-- demo -->" in text:
            shutil.rmtree(player.root)
            shutil.copytree(demo, player.root, symlinks=True)
        elif "$ git init" in text:  # the page says how a repository is made
            shutil.rmtree(player.root / ".git")
        return _Reader(player).read(text)


def make_demo(root: Path) -> None:
    """The register of the demo."""
    with (
        tempfile.TemporaryDirectory(prefix="partnerkit-beside-") as name,
        Player(Path(name) / "beside", "beside") as player,
    ):
        player.run("demo", "--out", str(root))


class _Reader:
    """Reads a page from top to bottom, and does what it says."""

    def __init__(self, player: Player) -> None:
        self.player = player
        self.file: str | None = None
        self.ends = 0

    def read(self, text: str) -> str:
        """The page with what its console blocks print."""
        return _PIECE.sub(self._piece, text)

    def _piece(self, found: re.Match[str]) -> str:
        what, words, language, block = found[1], (found[2] or "").split(), found[3], found[4]
        if what == "on":
            self.player.on(*words)
        elif what == "file":
            self.file = words[0]
        elif what == "ends":
            self.ends = int(words[0])
        elif language == "console":
            return f"```console\n{self._played(block)}```"
        elif language and self.file is not None:
            (self.player.root / self.file).write_text(block, encoding="utf-8")
            self.file = None
        return found[0]

    def _played(self, block: str) -> str:
        lines = [line[2:] for line in block.splitlines() if line.startswith("$ ")]
        out = []
        for number, line in enumerate(lines, 1):
            said = self._run(shlex.split(line), self.ends if number == len(lines) else 0)
            out += [f"$ {line}", *_COMMIT.sub("", said).splitlines()]
        self.ends = 0
        return "".join(f"{line}\n" for line in out)

    def _run(self, words: list[str], expect: int) -> str:
        if words[0] == "partnerkit":
            return self.player.run(*words[1:], expect=expect).said
        ended = subprocess.run(
            words, cwd=self.player.root, env=self._environment(), capture_output=True, text=True, check=False
        )
        assert ended.returncode == expect, (words, ended.stdout, ended.stderr)
        return ended.stdout + ended.stderr

    def _environment(self) -> dict[str, str]:
        """For git: a person and a day, and nothing of this machine."""
        kept = {key: value for key, value in os.environ.items() if not key.startswith("GIT_")}
        who, day = self.player.person, f"{self.player.day}T12:00:00+0000"
        mail = address(who)
        named = {"GIT_AUTHOR_NAME": who, "GIT_AUTHOR_EMAIL": mail, "GIT_AUTHOR_DATE": day}
        named |= {"GIT_COMMITTER_NAME": who, "GIT_COMMITTER_EMAIL": mail, "GIT_COMMITTER_DATE": day}
        return kept | named | {"GIT_CONFIG_GLOBAL": os.devnull, "GIT_CONFIG_SYSTEM": os.devnull}


if __name__ == "__main__":
    with tempfile.TemporaryDirectory(prefix="partnerkit-demo-") as home:
        make_demo(Path(home) / "demo")
        for one in sys.argv[1:] or PAGES:
            (DOCS / f"{one}.md").write_text(rendered(one, Path(home) / "demo"), encoding="utf-8")
