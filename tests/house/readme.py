"""README.md is run: its console blocks are executed in a scratch register, and what they print is what it shows.

`python -m tests.house.readme` writes what is printed into the page.
"""

from __future__ import annotations

import json
import re
import shlex
import subprocess
import tempfile
from pathlib import Path

from bench.report import short

from partnerkit.cli.player import Player

ROOT = Path(__file__).resolve().parents[2]
PAGE = ROOT / "README.md"
_BLOCK = re.compile(r"```console\n(.*?)```", re.DOTALL)
_RECORD = re.compile(r"<!-- record -->.*?(?=\n## )", re.DOTALL)
_BENCH = re.compile(r"<!-- bench -->.*?<!-- /bench -->", re.DOTALL)
_COMMIT = re.compile(r"   [0-9a-f]{10}$", re.MULTILINE)

#: What each key of the example record is, in the order of the file.
LINES = {
    "format": "version of the file format; a newer one stops an older tool",
    "kind": "what it is, and so which folder and which model",
    "id": "the file's name; unique in the register for ever",
    "policy": "the written policy that governs it; never changed by hand",
    "stage": "where it stands: always where the last line of its history leads",
    "name": "fields of the kind and of the policy; your comments and order survive every command",
    "evidence": "statements: who says what, when, on what; withdrawn with a reason, never removed",
    "history": "every stage change, sealed: the list only grows, and each entry carries the digest of the one before",
}


def rendered() -> str:
    """The page with what its commands print now."""
    with (
        tempfile.TemporaryDirectory(prefix="partnerkit-readme-") as name,
        Player(Path(name) / "register", "readme") as player,
    ):
        player.on("2026-01-12")
        page = _BLOCK.sub(lambda block: f"```console\n{_played(player, block[1])}```", PAGE.read_text(encoding="utf-8"))
        record = (player.root / "records/partnerships/harbour-robotics.yaml").read_text(encoding="utf-8")
        page = _BENCH.sub(lambda _old: _measured(), page)
        return _RECORD.sub(lambda _old: _explained(record), page)


def _measured() -> str:
    """The goals and what came of them when it was last measured."""
    lines = short(json.loads((ROOT / "bench" / "results.json").read_text(encoding="utf-8")))
    return "\n".join(["<!-- bench -->", "", *lines, "", "<!-- /bench -->"])


def _played(player: Player, block: str) -> str:
    out = []
    for line in block.splitlines():
        if line.startswith("$ "):
            said = _COMMIT.sub("", _run(player, line[2:]))
            out += [line, *said.splitlines()]
    return "\n".join(out) + "\n"


def _run(player: Player, line: str) -> str:
    words = shlex.split(line)
    if words[0] == "partnerkit":
        refusals: dict[tuple[str, ...], int] = {("advance", "harbour-robotics"): 1}
        known = [one.words for one in player.played]
        expect = refusals.get(tuple(words[1:]), 0) if tuple(words[1:]) not in known else 0
        cheated = words[1] == "check" and "stage: active" in _text(player)
        return player.run(*words[1:], expect=1 if cheated else expect).said
    return subprocess.run(words, cwd=player.root, capture_output=True, text=True, check=True).stdout


def _text(player: Player) -> str:
    return (player.root / "records/partnerships/harbour-robotics.yaml").read_text(encoding="utf-8")


def _explained(record: str) -> str:
    shown = re.sub(r'"c1:([0-9a-f]{8})[0-9a-f]{56}"', r'"c1:\1…"', record)
    rows = [f"| `{key}` | {words} |" for key, words in LINES.items()]
    table = "\n".join(["| lines | what they are |", "|---|---|", *rows])
    return f"<!-- record -->\n\n```yaml\n{shown}```\n\n(Digests are shortened here.)\n\n{table}\n"


if __name__ == "__main__":
    PAGE.write_text(rendered(), encoding="utf-8")
