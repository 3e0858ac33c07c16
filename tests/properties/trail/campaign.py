"""Many histories and what somebody does to each: made by number, written at once, judged in one passage."""

from __future__ import annotations

import contextlib
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from random import Random

from tests.properties.forging import NothingToChangeError
from tests.properties.supply import Commit
from tests.properties.trail.birth import BIRTH
from tests.properties.trail.files import FILES
from tests.properties.trail.growing import grown
from tests.properties.trail.importing import Chain, written
from tests.properties.trail.judging import Fetched, Found, Passage
from tests.properties.trail.past import PAST
from tests.properties.trail.said import SAID
from tests.properties.trail.story import Story, Tampering

from partnerkit.store.git.repository import Git

#: Everything that can be done to a history.
DOINGS = [*PAST, *FILES, *BIRTH, *SAID]

#: The most commits that are gone along until something must be found.
FAR = 40


@dataclass(frozen=True)
class History:
    """A history that chance made: so much of the supply, and what grew on it."""

    number: int
    stem: int
    commits: Sequence[Commit]


def branch(number: int) -> str:
    """What the branch of a history is called."""
    return f"history-{number}"


@dataclass(frozen=True)
class Tried:
    """Something that was done to a history: the commits as they are now, the last one that in which it must be found."""

    history: int
    number: int
    name: str
    what: Tampering
    commits: Sequence[Commit]

    def missed(self, found: Found) -> str | None:
        """What was to be found and was not, in words."""
        codes = {code for code, record in found if record == self.what.record}
        absent = [code for code in self.what.codes if not codes & set(code.split("|"))]
        where = f"history {self.history}, tampering {self.number}: {self.name} in commit {self.what.place}"
        whom = f"{self.what.record or 'the commit'}: {', '.join(absent)} not found in commit {self.what.until}"
        return f"{where}; {whom}, but {sorted(found)}" if absent else None


@dataclass
class Campaign:
    """Histories on one supply, in the repository of which they are branches.

    Attributes:
        root: the repository.
        supply: its commits.
        histories: what grew on it.
        tried: what was done to each history.
        names: how often each thing was done.
    """

    root: Path
    supply: Sequence[Commit]
    histories: list[History] = field(default_factory=list)
    tried: list[Tried] = field(default_factory=list)
    names: Counter[str] = field(default_factory=Counter)

    def grow(self, number: int, seed: str) -> None:
        """Make so many histories."""
        chains, stems = [], []
        for one in range(number):
            random = Random(f"{seed}/{one}")  # noqa: S311 - chance that can be made again
            stem = random.randrange(8, len(self.supply))
            steps = grown(self.supply[stem], random.choice([15, 30, 60, 100]), f"{seed}/{one}/steps")
            chains.append(Chain(self.supply[stem], steps, ref=f"refs/heads/{branch(one)}"))
            stems.append(stem)
        for one, (stem, commits) in enumerate(zip(stems, written(self.root, chains), strict=True)):
            self.histories.append(History(one, stem, [*self.supply[: stem + 1], *commits]))

    def tamper(self, number: int, seed: str) -> None:
        """Do so many things to the histories, in turn."""
        stories = [Story(one.commits, Random(f"{seed}/{one.number}/tampering")) for one in self.histories]  # noqa: S311 - likewise
        tried: list[Tried] = []
        for one in range(number):
            which = one % len(stories)
            tried.append(_tried(stories[which], which, one))
        chains = [Chain(self.histories[one.history].commits[one.what.place - 1], one.commits) for one in tried]
        for one_, commits in zip(tried, written(self.root, chains), strict=True):
            self.tried.append(Tried(one_.history, one_.number, one_.name, one_.what, commits))
        self.names.update(one.name for one in tried)

    def missed(self) -> list[str]:
        """Judge everything that was done; what was not found."""
        fetched = Fetched(self.root, self._everything())
        by_place: defaultdict[tuple[int, int], list[Tried]] = defaultdict(list)
        for one in self.tried:
            history = self.histories[one.history]
            trunk = -1 if one.what.place <= history.stem + 1 else history.number
            by_place[trunk, one.what.place].append(one)
        found: list[str] = []
        passage = Passage(fetched)
        for place, commit in enumerate(self.supply):
            passage.on(commit)
            found += _judged(passage, by_place[-1, place + 1])
            for history in self.histories:
                if history.stem == place:
                    found += _along(passage.aside(), history, by_place)
        return found

    def whole(self, tried: Tried) -> str:
        """What was done to a history, up to its end, on a branch; its name."""
        history = self.histories[tried.history].commits
        last = len(history) - 1
        rest = Story(history, Random(0)).rewritten(tried.what, last)[len(tried.commits) :]  # noqa: S311 - it decides nothing
        name = f"tampering-{tried.number}"
        stem = tried.commits[-1]
        written(self.root, [Chain(stem, rest, ref=f"refs/heads/{name}")] if rest else [])
        if not rest:
            Git(self.root).run("branch", name, stem.oid)
        return name

    def _everything(self) -> Iterator[Commit]:
        yield from self.supply
        for history in self.histories:
            yield from history.commits[history.stem + 1 :]
        for one in self.tried:
            yield from one.commits


def _along(passage: Passage, history: History, by_place: defaultdict[tuple[int, int], list[Tried]]) -> Iterator[str]:
    for place in range(history.stem + 1, len(history.commits)):
        passage.on(history.commits[place])
        yield from _judged(passage, by_place[history.number, place + 1])


def _judged(passage: Passage, tried: list[Tried]) -> Iterator[str]:
    for one in tried:
        other = passage.aside()
        for commit in one.commits[:-1]:
            other.on(commit)
        missed = one.missed(other.judged(one.commits[-1]))
        if missed is not None:
            yield missed


def _tried(story: Story, history: int, number: int) -> Tried:
    """Something that can be done to a history: what cannot be done here is left, until something can."""
    story.random.seed(f"{history}/{number}/{story.random.random()}")
    while True:
        do = story.random.choice(DOINGS)
        with contextlib.suppress(NothingToChangeError):
            what = do(story)
            if what.until - what.place <= FAR:
                return Tried(history, number, do.__name__, what, story.rewritten(what, what.until))
