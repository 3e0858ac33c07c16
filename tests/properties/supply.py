"""A supply of legal steps: the commits of registers made by the real command, under all four policies."""

from __future__ import annotations

import functools
import subprocess
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path

from tests.made import copied
from tests.place import environment
from tests.second_judge.reading import World

from partnerkit.cli import story
from partnerkit.cli.player import Player
from partnerkit.rules.steps import judge_step
from partnerkit.steps import Step
from partnerkit.store.git.blobs import read_blobs
from partnerkit.store.git.entries import Entry, Listing
from partnerkit.store.git.repository import Git
from partnerkit.store.git.trees import digest_of
from partnerkit.store.load import Loaded, load
from partnerkit.store.record_paths import folder_kind, id_of

Files = dict[str, bytes]


@dataclass(frozen=True, eq=False)
class Held:
    """Files in memory, as a tree.

    Attributes:
        held: the files.
        doubtful: whether a policy was changed so that any record may be unreadable under it.
    """

    held: Files = field(repr=False)
    doubtful: bool = False

    def files(self, prefix: str = "") -> dict[str, Entry]:
        return {path: Entry("100644") for path in self.held if path.startswith(prefix)}

    def listing(self, prefix: str = "") -> Listing:
        return Listing.of(self.files(prefix))

    def read(self, path: str) -> bytes | None:
        return self.held.get(path)

    def read_many(self, paths: Iterable[str]) -> dict[str, bytes]:
        return {path: self.held[path] for path in paths if path in self.held}

    def digest(self, path: str) -> str | None:
        return digest_of(self.held.get(path))

    def former(self, path: str) -> list[bytes]:  # noqa: ARG002 - the interface of a tree
        return []

    def gone(self, folder: str) -> dict[str, bytes]:  # noqa: ARG002 - the interface of a tree
        return {}


@dataclass(frozen=True, eq=False)
class Commit:
    """What stood there after one command, and when: the files, and the same as the second judge reads them.

    Attributes:
        tree: the files.
        at: when it landed.
        world: the files as the second judge reads them.
        oid: the commit in git; empty where there is none yet.
        author: the address of whoever landed it.
    """

    tree: Held
    at: datetime
    world: World
    oid: str = ""
    author: str = "rosa@lighthouse.example"


def build(few: Path, root: Path) -> list[Commit]:
    """The example register of this repository but for its cohort, and some ways that it does not take, by commit."""
    copied(few, root)
    with Player(root, "further") as player:
        _further(player)
    return commits(root)


def _further(player: Player) -> None:
    """Sideways, backwards, taken back."""
    name = story.NORTHWIND
    player.on("2026-10-05").run("advance", name, "suspended", "--reason", "their office burnt")
    player.on("2026-10-06").run("advance", name, "active", "--reason", "they work again")
    player.run("undo", "--reason", "too early")
    player.on("2026-10-07").run("advance", name, "active", "--reason", "they really work again")
    player.run("advance", "harbour-robotics", "detailed-review", "--reason", "the figures were wrong")
    player.run("set", "harbour-robotics", "commitments=[{by: partner, text: Ten robots}]")
    player.run("advance", "harbour-robotics")
    player.run("undo", "--reason", "read it once more")
    player.run("advance", "harbour-robotics", "assessment", "--reason", "further back")
    player.on("2026-10-08").run("new", "partnership", "Short Lived", "type=cloud-providers", "partner=company")
    player.run("undo", "--reason", "typed twice")
    player.run("advance", "lantern-podcast", "proposed", "--reason", "they asked again")
    player.run("advance", name, "decision", "--reason", "another course")


def commits(root: Path) -> list[Commit]:
    """Every commit of a register with its files, the first one first."""
    landed = [
        line.split(" ") for line in _git(root, "log", "--first-parent", "--reverse", "--format=%H %cI %ae").splitlines()
    ]
    trees: list[dict[str, str]] = []
    for oid, *_ in landed:
        listed = [line.split("\t") for line in _git(root, "ls-tree", "-r", oid, "--", "records/").splitlines()]
        trees.append({path: words.split(" ")[2] for words, path in listed})
    blobs = read_blobs(Git(root), {oid for tree in trees for oid in tree.values()})
    found: list[Commit] = []
    for (oid, at, author), tree in zip(landed, trees, strict=True):
        files = {path: blobs[one] for path, one in tree.items()}
        found.append(Commit(Held(files), datetime.fromisoformat(at).astimezone(UTC), World(files), oid, author))
    return found


def _git(root: Path, *words: str) -> str:
    ended = subprocess.run(["git", *words], cwd=root, env=environment(), capture_output=True, check=True)
    return ended.stdout.decode()


class UnreadableError(Exception):
    """What a reader refuses before anybody could judge it."""


def first_verdict(before: Held | None, after: Held, landed: datetime | None) -> set[tuple[str, str]]:
    """What the real judge finds wrong with a step.

    Raises:
        UnreadableError: a file that changed cannot be read.
    """
    start, end = _loaded(before) if before is not None else None, _loaded(after)
    old = before.held if before is not None else {}
    changed = {path for path in {*old, *after.held} if old.get(path) != after.held.get(path)}
    ids = {id_of(path) for path in changed if folder_kind(path) and path.endswith(".yaml")}
    end.records.load(end.records.paths if after.doubtful else ids)
    if start is not None:
        start.records.load(ids & start.records.paths.keys())
    read = [*end.records.findings, *(start.records.findings if start is not None else [])]
    problems = [one for one in read if one.severity == "error"]
    if problems:
        raise UnreadableError(problems[0].message)
    step = Step(start.demand() if start else None, end.demand(), landed)
    return {(one.code, one.record or "") for one in judge_step(step, ids) if one.severity == "error"}


@functools.lru_cache(maxsize=400)
def _loaded(tree: Held) -> Loaded:
    found = load(tree)
    wrong = [one for one in found.findings if one.severity == "error"]
    if wrong:
        raise UnreadableError(wrong[0].message)
    return found
