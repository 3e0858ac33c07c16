"""A register in a temporary folder, worked on by the real command."""

from __future__ import annotations

import contextlib
import io
import json
import os
import re
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from unittest import mock

from partnerkit.cli import main as entry
from partnerkit.cli import options
from partnerkit.store import ahead

PEOPLE = {
    "p-rosa": "rosa@lighthouse.example",
    "p-jonas": "jonas@lighthouse.example",
    "p-lea": "lea@lighthouse.example",
    "p-timo": "timo@lighthouse.example",
}

_COMMIT = re.compile(rb"[0-9a-f]{40}|[0-9a-f]{64}")
#: The bytes of the index that was looked at last, and what is staged in it.
_STAGED: dict[bytes | None, bytes] = {}


@dataclass(frozen=True)
class Said:
    """What a command printed and how it ended."""

    code: int
    out: str
    err: str

    @property
    def json(self) -> Any:
        return json.loads(self.out)

    @property
    def all(self) -> str:
        return self.out + self.err


def environment(person: str = "p-rosa") -> dict[str, str]:
    """A git environment that knows nothing of this machine, with one person acting."""
    kept = {key: value for key, value in os.environ.items() if not key.startswith(("GIT_", "PARTNERKIT"))}
    email = PEOPLE.get(person, person)
    return kept | {
        "GIT_CONFIG_GLOBAL": os.devnull,
        "GIT_CONFIG_SYSTEM": os.devnull,
        "GIT_AUTHOR_NAME": person,
        "GIT_AUTHOR_EMAIL": email,
        "GIT_COMMITTER_NAME": person,
        "GIT_COMMITTER_EMAIL": email,
        "COLUMNS": "120",
        "TERM": "dumb",
    }


@dataclass
class Place:
    """A git repository and the command run in it."""

    root: Path
    person: str = "p-rosa"
    day: str | None = "2026-03-02"
    count: int = 0
    log: list[tuple[str, ...]] = field(default_factory=list)

    def git(self, *words: str, stdin: bytes | None = None) -> str:
        ended = subprocess.run(
            ["git", *words], cwd=self.root, env=environment(self.person), input=stdin, capture_output=True, check=True
        )
        return ended.stdout.decode()

    def try_git(self, *words: str) -> str:
        """A git command that may fail; what it says."""
        env = environment(self.person)
        ended = subprocess.run(["git", *words], cwd=self.root, env=env, capture_output=True, check=False)
        return ended.stdout.decode() + ended.stderr.decode()

    def run(self, *words: str, by: str | None = None, day: str | None = None, seed: str | None = None) -> Said:
        """The command, in this process: quick; everything else is as at a shell."""
        self.log.append(words)
        on = day or self.day
        before = ["-C", str(self.root), *(["--today", on] if on else []), *(["--ids-from", seed] if seed else [])]
        with _as_at_a_shell(environment(by or self.person), self.root) as (out, err):
            try:
                code = entry.run([*before, *words])
            except SystemExit as ended:
                code = ended.code if isinstance(ended.code, int) else 1
        return Said(code, out.getvalue(), err.getvalue())

    def spawn(
        self,
        *words: str,
        by: str | None = None,
        day: str | None = None,
        extra: Mapping[str, str] | None = None,
        first: Callable[[], None] | None = None,
    ) -> Said:
        """The command as a process of its own, which may do something first."""
        on = day or self.day
        before = ["-C", str(self.root), *(["--today", on] if on else [])]
        ended = subprocess.run(
            [sys.executable, "-m", "partnerkit", *before, *words],
            cwd=self.root,
            env=environment(by or self.person) | dict(extra or {}),
            capture_output=True,
            check=False,
            preexec_fn=first,
        )
        return Said(ended.returncode, ended.stdout.decode(), ended.stderr.decode())

    def do(self, *words: str, **how: Any) -> Said:
        """A command that must succeed."""
        said = self.run(*words, **how)
        assert said.code == 0, f"partnerkit {' '.join(words)}\n{said.all}"
        return said

    def refuse(self, *words: str, **how: Any) -> Said:
        """A command that must be refused by the policy (exit 1) and leave everything byte for byte as it was."""
        before = self.snapshot()
        said = self.run(*words, **how)
        assert said.code == 1, f"partnerkit {' '.join(words)}: exit {said.code}\n{said.all}"
        assert self.snapshot() == before
        return said

    def wrong(self, *words: str, **how: Any) -> Said:
        """A command that must be called wrongly (exit 2) and leave everything byte for byte as it was."""
        before = self.snapshot()
        said = self.run(*words, **how)
        assert said.code == 2, f"partnerkit {' '.join(words)}: exit {said.code}\n{said.all}"
        assert self.snapshot() == before
        return said

    def json(self, *words: str, **how: Any) -> Any:
        return json.loads(self.run(*words, "--json", **how).out)

    def findings(self, *words: str) -> list[dict[str, Any]]:
        found: list[dict[str, Any]] = self.json("check", *words)["findings"]
        return found

    def path(self, record_id: str) -> Path:
        return next((self.root / "records").rglob(f"{record_id}.yaml"))

    def text(self, record_id: str) -> str:
        return self.path(record_id).read_text(encoding="utf-8")

    def edit(self, record_id: str, old: str, new: str) -> None:
        """Edit a record by hand."""
        text = self.text(record_id)
        assert old in text, f"{old!r} is not in {record_id}"
        self.path(record_id).write_text(text.replace(old, new, 1), encoding="utf-8")

    def write(self, name: str, text: str) -> str:
        """A file outside the register, to be given to a command."""
        path = self.root.parent / f"{self.root.name}-files" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
        return str(path)

    def snapshot(self) -> dict[str, bytes]:
        """Every file of the working tree, HEAD and the index, byte for byte."""
        files = {str(path.relative_to(self.root)): path.read_bytes() for path in self._files()}
        files["HEAD"] = self._head()
        files["index"] = self._staged()
        return files

    def _files(self) -> Iterator[Path]:
        """What lies in the working tree, without looking into git's own folders."""
        for folder, folders, names in os.walk(self.root):
            folders[:] = sorted(name for name in folders if name != ".git")
            yield from (path for name in sorted(names) if name != ".git" and (path := Path(folder, name)).is_file())

    def _head(self) -> bytes:
        """The commit that HEAD names: read where it stands in a file, else as git says."""
        folder = self.root / ".git"
        with contextlib.suppress(OSError):
            head = (folder / "HEAD").read_bytes().strip()
            if head.startswith(b"ref: "):
                head = (folder / os.fsdecode(head[5:])).read_bytes().strip()
            if _COMMIT.fullmatch(head):
                return head
        return self.git("rev-parse", "HEAD").strip().encode()

    def _staged(self) -> bytes:
        """What is staged; git is asked once while the bytes of its index are the same."""
        index = self.root / ".git" / "index"
        raw = index.read_bytes() if index.is_file() else None
        if raw is None or raw not in _STAGED:
            _STAGED.clear()
            _STAGED[raw] = self.git("ls-files", "--stage").encode()
        return _STAGED[raw]

    def lose(self, oid: str) -> None:
        """An object is gone from the repository, wherever it lay."""
        objects = self.root / ".git" / "objects"
        for pack in (objects / "pack").glob("*.pack"):
            data = pack.read_bytes()
            for one in (objects / "pack").glob(f"{pack.stem}.*"):
                one.unlink()
            self.git("unpack-objects", "-q", stdin=data)
        (objects / oid[:2] / oid[2:]).unlink()


@contextlib.contextmanager
def _as_at_a_shell(env: dict[str, str], root: Path) -> Iterator[tuple[io.StringIO, io.StringIO]]:
    out, err = io.StringIO(), io.StringIO()
    here = Path.cwd()
    with (
        _surroundings(env),
        mock.patch.object(sys, "stdin", io.StringIO()),
        contextlib.redirect_stdout(out),
        contextlib.redirect_stderr(err),
    ):
        options.OPTIONS.restore(options.Options())  # as at the start of a process
        os.chdir(root)
        try:
            yield out, err
        finally:
            for one in threading.enumerate():
                if one.name == ahead.NAME:  # what nobody waited for ends with its process, which this one is not
                    one.join()
            os.chdir(here)


@contextlib.contextmanager
def _surroundings(env: Mapping[str, str]) -> Iterator[None]:
    """These variables and no others; what is the same already is left alone, for there are many and each is copied."""
    stood = dict(os.environ)
    _set_to(env, stood)
    try:
        yield
    finally:
        _set_to(stood, dict(os.environ))


def _set_to(wanted: Mapping[str, str], stands: Mapping[str, str]) -> None:
    for key in stands.keys() - wanted.keys():
        del os.environ[key]
    os.environ.update({key: value for key, value in wanted.items() if stands.get(key) != value})


def new_register(root: Path, *, policy: str = "OPS-05-03", name: str = "Lighthouse Community") -> Place:
    """A register with four people: p-rosa (partnership manager, core team), p-jonas and p-timo (core team), p-lea (legal)."""
    root.mkdir(parents=True, exist_ok=True)
    place = Place(root)
    place.git("init", "-q", "-b", "main")
    roles = ("--role", "core-team", "--role", "partnership-manager") if policy == "OPS-05-03" else ("--role", "member")
    place.do("init", "--name", name, "--policy", policy, "--person", "p-rosa", *roles)
    return place


def staffed(place: Place) -> Place:
    """The rest of the people, and the two deciders that OPS-05-03 leaves open."""
    place.do("person", "add", "p-jonas", "--email", PEOPLE["p-jonas"], "--role", "core-team")
    place.do(
        "person", "add", "p-timo", "--email", PEOPLE["p-timo"], "--role", "core-team", "--role", "partnership-committee"
    )
    place.do("person", "add", "p-lea", "--email", PEOPLE["p-lea"], "--role", "legal-reviewer")
    deciders = ("final-decider=core-team", "legal-reviewer=legal-reviewer")
    place.do("policy", "set", "OPS-05-03", *deciders, "--seen", "minutes/2026-01-10.md")
    return place
