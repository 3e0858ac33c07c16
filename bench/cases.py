"""What is measured of partnerkit and of the limits beneath it: small commands, whole registers, histories."""

from __future__ import annotations

import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

from bench.measure import BARE, Case
from bench.register import COMMAND, SEEN, Made, argv, environment

#: The record that is looked at, the one that goes to and fro, and the first of those that a hand changes.
LOOKED_AT, MOVING, CHANGED = "partner-1", "partner-2", 5

#: So many records are changed by hand before a `check`, and so many advance at once.
SEVERAL, MANY = 100, 1000

_BYTES = "import glob, sys\nfor path in glob.glob(sys.argv[1] + '/**/*.yaml', recursive=True): open(path, 'rb').read()"

#: The limit of an audit: walk the history, fetch every version of every record, read its YAML, and nothing else.
_TRAIL = """
import sys
from pathlib import Path
from partnerkit.store.git.repository import Git
from partnerkit.store.git.blobs import read_blobs
from partnerkit.store.git.walk import landed_since, walk
from partnerkit.store.yaml.reader import read
git = Git.discover(Path(sys.argv[1]))
steps = list(walk(git, landed_since(git, "HEAD", None), "records/"))
blobs = read_blobs(git, [one.oid for step in steps for one in step.changes if one.oid])
for step in steps:
    for one in step.changes:
        if one.oid and one.path.endswith(".yaml"):
            read(blobs[one.oid], one.path)
"""


def fixed(*words: str) -> Callable[[int], list[str]]:
    """The same command line in every round."""
    return lambda _round: list(words)


def without_register() -> Iterator[Case]:
    """What needs no register."""
    yield Case(BARE, None, fixed(sys.executable, "-c", "pass"))
    yield Case("git --version", None, fixed("git", "--version"))
    yield Case("import typer", None, fixed(sys.executable, "-c", "import typer"))
    yield Case("--version", None, fixed(*COMMAND, "--version"))
    yield Case("--help", None, fixed(*COMMAND, "--help"))


def small(made: Made) -> Iterator[Case]:
    """What looks at one record or changes one, in a register of any size."""
    typed = {"_PARTNERKIT_COMPLETE": "complete_bash", "COMP_WORDS": "partnerkit gates partner", "COMP_CWORD": "2"}
    yield Case("completion", made.records, fixed(*COMMAND), typed, made.root)
    for name, words in {
        "show ID": ("show", LOOKED_AT),
        "log ID": ("log", LOOKED_AT),
        "gates ID": ("gates", LOOKED_AT),
        "check ID": ("check", LOOKED_AT),
    }.items():
        yield Case(name, made.records, fixed(*_at(made, *words)))
    to_and_fro = ("--reason", "to and fro")
    yield Case(
        "advance ID",
        made.records,
        lambda number: _at(made, "advance", MOVING, "proposed" if number % 2 else "withdrawn", *to_and_fro),
    )
    yield from _written(made)


def _written(made: Made) -> Iterator[Case]:
    """What writes beside a stage change, with its commit, which goes again: other cases and peers know the register."""
    stood: list[str] = []

    def remember(_round: int) -> None:
        stood.append(_git(made.root, "rev-parse", "HEAD").strip())

    def go_back(_round: int) -> None:
        _git(made.root, "reset", "-q", "--hard", stood.pop())

    lines: dict[str, tuple[str, ...]] = {
        "set ID": ("set", LOOKED_AT, "name=Name {}"),
        "add ID": ("add", LOOKED_AT, "communications", "kind=core-team-updates", "summary=Week {}"),
        "new KIND": ("new", "partnership", "type=cloud-providers", "name=New {}"),
    }
    for name, words in lines.items():

        def line(number: int, words: tuple[str, ...] = words) -> list[str]:
            return _at(made, *(word.format(number) for word in words))

        yield Case(name, made.records, line, before=remember, after=go_back)


def whole(made: Made) -> Iterator[Case]:
    """What reads a whole register, and what changes of it."""
    size, root = made.records, str(made.root)
    yield Case("reading the bytes", size, fixed(sys.executable, "-c", _BYTES, f"{root}/records"), limit=True)
    yield Case("git status", size, fixed("git", "-C", root, "status", "--porcelain"), limit=True)
    yield Case("check, cold, one core", size, fixed(*_now(made, "check")), before=_forget(made), cores=1)
    yield Case("check, cold", size, fixed(*_now(made, "check")), before=_forget(made))
    for name, words in {"check": (), "check a revision": ("--base", "HEAD", "--head", "HEAD")}.items():
        yield Case(name, size, fixed(*_now(made, "check", *words)), before=_ask(made, "check", *words))
    for count in (1, SEVERAL):
        if count + CHANGED < size:
            yield _changed(made, count, "check")
    for words in (("today",), ("list", "partnership")):
        yield Case(f"{words[0]}, anew", size, fixed(*_now(made, *words)), before=_forget(made))
    for name, words in {"today": ("today",), "list KIND": ("list", "partnership")}.items():
        yield Case(name, size, fixed(*_now(made, *words)), before=_ask(made, *words))
    for words in (("today",), ("list", "partnership")):
        yield _changed(made, 1, *words)


def branch(made: Made) -> Iterator[Case]:
    """A pull request with one record, as a fresh clone sees it."""
    clone = made.root.with_name(f"{made.root.name}-clone")
    _git(made.root.parent, "clone", "-q", str(made.root), str(clone))
    _git(clone, "checkout", "-q", "-b", "change")
    other = Made(clone, made.records, made.extra)
    other.run("add", LOOKED_AT, "communications", "kind=core-team-updates", "summary=All is well")
    for name, words in {"check --base": (), "check --base --changed": ("--changed",)}.items():
        line = _now(other, "check", "--base", "main", "--head", "HEAD", *words)
        yield Case(name, made.records, fixed(*line), before=_forget(other))


def trail(made: Made, commits: int) -> Iterator[Case]:
    """An audit of a long history; what it is called by is the number of commits."""
    yield Case("reading the history", commits, fixed(sys.executable, "-c", _TRAIL, str(made.root)), most=3, limit=True)
    yield Case("audit, cold", commits, fixed(*_at(made, "audit", "--full")), most=3)
    again = _at(made, "audit")
    yield Case("audit", commits, fixed(*again), before=_asked(again), most=3)

    def grow(number: int) -> None:
        _quiet(again)
        _quiet(_now(made, "new", "partnership", f"New {number}", "type=cloud-providers"))

    yield Case("audit, 1 new", commits, fixed(*again), before=grow, most=3)


def large(made: Made) -> Iterator[Case]:
    """What is run for its memory."""
    yield Case("audit of a register", made.records, fixed(*_at(made, "audit", "--full")), most=1)
    site = made.root.with_name(f"{made.root.name}-site")
    words = _at(made, "export", "site", "--out", str(site))
    yield Case("export site", made.records, fixed(*words), most=1)
    yield Case("export site, again", made.records, fixed(*words), most=1)


def largest(made: Made) -> Iterator[Case]:
    """What is run in a register so large that most is asked of it but once: the answer that was kept, too."""
    yield Case("check, cold", made.records, fixed(*_now(made, "check")), before=_forget(made), most=1)
    revision = ("check", "--base", "HEAD", "--head", "HEAD")
    yield Case("check a revision", made.records, fixed(*_now(made, *revision)), before=_ask(made, *revision))
    yield from large(made)


def bulk(made: Made) -> Iterator[Case]:
    """A thousand stage changes in one commit and in as many, each beside git importing what it made."""
    first = _git(made.root, "rev-parse", "HEAD").strip()
    wanted = ("advance", *(f"partner-{number}" for number in range(10, 10 + MANY)), "withdrawn", "--reason", "at once")
    for title, words in {"one commit": (), "many commits": ("--each",)}.items():
        stream, target = made.root.with_name(f"{title}.stream"), made.root.with_name(f"{title}.git")

        def keep(_round: int, stream: Path = stream) -> None:
            _git(made.root, "fast-export", f"{first}..main", out=stream)
            _git(made.root, "reset", "-q", "--hard", first)

        def fresh(_round: int, target: Path = target) -> None:
            shutil.rmtree(target, ignore_errors=True)
            _git(made.root.parent, "clone", "-q", "--bare", str(made.root), str(target))

        def imported(_round: int, target: Path = target) -> list[str]:
            return ["git", "-C", str(target), "fast-import", "--quiet", "--force"]

        yield Case(f"advance, {title}", MANY, fixed(*_at(made, *wanted, *words)), after=keep, most=1)
        yield Case(f"fast-import, {title}", MANY, imported, before=fresh, stdin=stream, most=1)


def _at(made: Made, *words: str) -> list[str]:
    return argv(made.root, "--today", SEEN, *words)


def _now(made: Made, *words: str) -> list[str]:
    """A command on the present day, as it is mostly asked."""
    return argv(made.root, *words)


def _ask(made: Made, *words: str) -> Callable[[int], None]:
    """Ask the same once before, so that what is kept of an answer is there."""
    return _asked(_now(made, *words))


def _asked(line: list[str]) -> Callable[[int], None]:
    return lambda _round: _quiet(line)


def _quiet(line: list[str]) -> None:
    subprocess.run(line, env=environment(), check=True, capture_output=True)


def _forget(made: Made) -> Callable[[int], None]:
    """Take away everything that was kept of earlier runs."""
    return lambda _round: shutil.rmtree(made.root / ".git" / "partnerkit", ignore_errors=True)


def _changed(made: Made, count: int, *words: str) -> Case:
    """A command after so many records got a comment by hand that they never had before."""
    paths = [made.root / f"records/partnerships/partner-{CHANGED + number}.yaml" for number in range(count)]
    texts = [path.read_bytes() for path in paths]

    def change(number: int) -> None:
        _ask(made, *words)(number)
        for path, text in zip(paths, texts, strict=True):
            path.write_bytes(b"# round %d of %d\n" % (number, count) + text)

    def put_back(_round: int) -> None:
        for path, text in zip(paths, texts, strict=True):
            path.write_bytes(text)

    name, line = f"{words[0]}, {count} changed", _now(made, *words)
    return Case(name, made.records, fixed(*line), before=change, after=put_back)


def _git(folder: Path, *words: str, out: Path | None = None) -> str:
    ended = subprocess.run(["git", *words], cwd=folder, env=environment(), check=True, capture_output=True)
    if out is not None:
        out.write_bytes(ended.stdout)
        return ""
    return ended.stdout.decode()
