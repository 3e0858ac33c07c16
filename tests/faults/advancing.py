"""A register in the middle of somebody's other work, and `partnerkit advance` in it: for kills, full disks and races."""

from __future__ import annotations

import contextlib
import io
import json
import os
import subprocess
import sys
import time
from pathlib import Path
from random import Random
from typing import Any

import yaml

from partnerkit.cli import main as entry
from partnerkit.cli import options
from tests.faults import killing
from tests.faults.forking import Forked, command
from tests.place import Place, environment
from tests.store.repos import Repo

#: The records that are advanced, always all of them in one commit.
OURS = ("acme", "birch", "cedar")
#: Records of somebody else's unfinished work.
THEIRS = ("dirty", "staged", "both")
AWAY, BACK = "withdrawn", "proposed"


class Busy:
    """A register with three records that go to and fro, and with every kind of uncommitted foreign work in it."""

    def __init__(self, place: Place) -> None:
        self.place = place
        self.repo = Repo(place.root)
        self.commit = killing.Commit(place.root)
        self.start = place.git("rev-parse", "HEAD").strip()
        self.work = self.foreign()

    @classmethod
    def made(cls, place: Place) -> Busy:
        """Put the records and the foreign work into an empty register."""
        repo = Repo(place.root)
        sheet = "name,type\n" + "".join(f"{name},cloud-providers\n" for name in (*OURS, *THEIRS))
        place.do("new", "partnership", "--from", place.write("sheet.csv", sheet))
        repo.make_foreign_changes()
        for name in THEIRS:
            place.edit(name, "format: 1", f"# {name} by hand\nformat: 1")
        place.git("add", *(str(place.path(name)) for name in ("staged", "both")))
        place.path("both").write_bytes(b"half a thought: [\r\n")
        repo.write("records/partnerships/sketch.yaml", "not yet: anything\n")
        return cls(place)

    @property
    def target(self) -> str:
        """Where our records go next."""
        # As it landed: the files on disk may not show it yet.
        landed = self.place.git("show", f"HEAD:records/partnerships/{OURS[0]}.yaml")
        return AWAY if f"stage: {BACK}" in landed else BACK

    @property
    def words(self) -> list[str]:
        return ["advance", *OURS, self.target, "--reason", "to and fro", "--json"]

    def launch(self, out: Path, *, data: bool = True) -> subprocess.Popen[bytes]:
        """`partnerkit advance` as a process of its own, in a group of its own."""
        argv = [sys.executable, "-m", "partnerkit", *self._line[: None if data else -1]]
        # As on a user's machine: compiled modules are kept.
        env = {key: value for key, value in environment().items() if key != "PYTHONDONTWRITEBYTECODE"}
        with out.open("wb") as stream:
            return subprocess.Popen(argv, env=env, stdout=stream, stderr=subprocess.PIPE, start_new_session=True)

    def fork(self, out: Path) -> Forked:
        """The same, without the time that starting takes: there is nothing to be killed in it."""
        return Forked(out, command, environment(), self._line)

    @property
    def _line(self) -> list[str]:
        return ["-C", str(self.place.root), "--today", str(self.place.day), *self.words]

    def spans(self, process: killing.Process) -> dict[str, float]:
        """How long an advance and its parts take here, by the clock on the wall."""
        found = killing.spans(self.commit, process)
        words = killing.end(process)
        assert process.returncode == 0, words
        return found

    def foreign(self) -> dict[str, Any]:
        """Every byte that is not ours to touch: on disk, and in the index."""
        ours = {f"records/partnerships/{name}.yaml" for name in OURS}
        disk = {path: state for path, state in self.repo.disk().items() if path not in ours}
        index = [line for line in self.repo.index().split("\0") if line.partition("\t")[2] not in ours]
        return {"disk": disk, "index": index}

    def landed(self) -> list[str]:
        """The commits that advances made."""
        return self.place.git("rev-list", f"{self.start}..HEAD").split()

    def assert_whole(self) -> int:
        """Disk, index and HEAD agree about our records, these about each other, and every foreign byte is as it was."""
        ours = [str(self.place.path(name).relative_to(self.place.root)) for name in OURS]
        assert self.place.git("status", "--porcelain", "--", *ours) == ""
        litter = self.repo.litter()
        assert litter == [], litter
        assert self.foreign() == self.work
        data = [yaml.load(self.place.text(name), yaml.CSafeLoader) for name in OURS]
        assert len({(one["stage"], len(one["history"])) for one in data}) == 1
        assert [one["seq"] for one in data[0]["history"]] == list(range(1, len(data[0]["history"]) + 1))
        moves = len(data[0]["history"]) - 1
        commits = self.landed()
        assert len(commits) == moves
        for commit in commits[:2]:
            names = self.place.git("diff-tree", "-r", "--no-commit-id", "--name-only", commit).split()
            assert sorted(names) == sorted(ours)
        return moves

    def assert_sound(self) -> None:
        """Git finds no flaw, and neither does the judge in anything that landed."""
        assert self.place.git("fsck", "--strict", "--no-dangling", "--no-progress") == ""
        said = self.place.run("check", "--base", self.start, "--head", "HEAD", "--json")
        assert [one for one in said.json["findings"] if one["severity"] == "error"] == []


def kill(busy: Busy, process: killing.Process, chance: Random, spans: dict[str, float]) -> str:
    """Let a process work for a random while, then kill it; what it said.

    Most of a command is reading, which leaves nothing: one in three is killed at a random moment of its whole time, one
    in three of its commit, one in three while a journal says what the commit is about to do.
    """
    phase = chance.choice(killing.PHASES)
    busy.commit.wait(phase, process)
    time.sleep(spans[phase] * chance.random())
    return killing.strike(process, chance)


def reported(out: Path) -> str | None:
    """The commit that a command reported, if it came to that."""
    text = out.read_text()
    return str(json.loads(text)["commit"]) if text.endswith("}\n") else None


def repeatedly(env: dict[str, str], root: str, report: str, count: int, *records: str) -> None:
    """Advance each of the records so many times, and report every success."""
    os.environ.clear()
    os.environ.update(env)
    out = os.open(report, os.O_WRONLY | os.O_CREAT | os.O_APPEND)
    done = 0
    while done < count:
        for record in records:
            said = once(root, record)
            if said is None:
                continue
            done += 1
            os.write(out, f"{said['commit']} {record} {len(records)}\n".encode())


def once(root: str, record: str) -> Any:
    """Advance a record to the other stage; None where somebody else was faster, and the policy then says no."""
    text = Path(root, "records/partnerships", f"{record}.yaml").read_text()
    stage = AWAY if f"stage: {BACK}" in text else BACK
    stdout, stderr = io.StringIO(), io.StringIO()
    options.OPTIONS.restore(options.Options())  # as at the start of a process
    words = ["-C", root, "advance", record, stage, "--reason", "to and fro", "--json"]
    with contextlib.redirect_stdout(stdout), contextlib.redirect_stderr(stderr):
        try:
            code = entry.run(words)
        except SystemExit as ended:
            code = int(str(ended.code or 0))
    if code == 1 and "no-such-transition" in stdout.getvalue():
        return None
    if code != 0:
        sys.exit(f"exit {code}: {stdout.getvalue()} {stderr.getvalue()}")
    return json.loads(stdout.getvalue())
