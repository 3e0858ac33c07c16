"""Steps at random: a stretch of a legal history, and what chance does to it. The number of a step says all of it."""

from __future__ import annotations

import contextlib
from collections import Counter
from dataclasses import dataclass, field
from random import Random

from tests.properties.forging import Draft, NothingToChangeError
from tests.properties.mutations import GENTLE, HARSH, Change
from tests.properties.supply import Commit, UnreadableError, first_verdict
from tests.second_judge.reading import NotCoveredError, World
from tests.second_judge.verdict import verdict


def draft(supply: list[Commit], number: int, gentle: list[Change], harsh: list[Change]) -> Draft:
    """A step, by its number, and what chance may do to it."""
    random = Random(number)  # noqa: S311 - chance that can be made again
    before, after, between = _stretch(supply, random)
    landed = max(one.at for one in between) if random.random() < 0.93 else None
    found = Draft(before, after, landed, random)
    changes = gentle if number % 3 == 0 else harsh
    wanted = random.choice([0, 0, 1] if changes is gentle else [1, 2, 2, 3, 4])
    for _ in range(20):
        if len(found.done) == wanted:
            break
        change = random.choice(changes)
        with contextlib.suppress(NothingToChangeError):
            _apply(found, change)
    return found


def _apply(found: Draft, change: Change) -> None:
    try:
        change(found)
    except (KeyError, TypeError, ValueError, AttributeError):
        if not found.new:  # after other changes a record may be so torn that nothing more can be done to it
            raise
        raise NothingToChangeError from None
    found.done.append(change.__name__)


def _stretch(supply: list[Commit], random: Random) -> tuple[Commit, Commit, list[Commit]]:
    """Some commits that follow each other, most often such as change a stage and no rules."""
    while True:
        first = random.randrange(len(supply) - 1)
        last = min(first + random.choice([1, 1, 1, 1, 2, 3, 6, 15]), len(supply) - 1)
        before, after = supply[first], supply[last]
        if (before.world.rules == after.world.rules or random.random() < 0.06) and (
            _enters(before, after) or random.random() < 0.35
        ):
            return before, after, supply[first : last + 1]


def _enters(before: Commit, after: Commit) -> bool:
    old, new = before.world.records, after.world.records
    return any(name not in old or len(new[name]["history"]) > len(old[name]["history"]) for name in new)


@dataclass
class Campaign:
    """What came of many steps, and what chance may do to each: to every third gently, so that most of these are legal."""

    gentle: list[Change] = field(default_factory=lambda: GENTLE)
    harsh: list[Change] = field(default_factory=lambda: HARSH)
    legal: int = 0
    illegal: int = 0
    unreadable: int = 0
    not_covered: Counter[str] = field(default_factory=Counter)
    codes: Counter[str] = field(default_factory=Counter)
    changes: Counter[str] = field(default_factory=Counter)
    differing: list[str] = field(default_factory=list)

    @property
    def judged(self) -> int:
        """How many steps both judges could judge."""
        return self.legal + self.illegal

    @property
    def figures(self) -> dict[str, int]:
        """In numbers."""
        return {
            "legal": self.legal,
            "illegal": self.illegal,
            "unreadable": self.unreadable,
            "not covered": sum(self.not_covered.values()),
            "codes": len(self.codes),
        }

    def judge(self, supply: list[Commit], number: int) -> None:
        """Hold one step before both judges."""
        try:
            step = draft(supply, number, self.gentle, self.harsh)
            before, after = step.trees()
            first = first_verdict(before, after, step.landed)
            start = step.before.world if before is step.before.tree else World(before.held)
            second = verdict(start, World(after.held), step.landed)
        except (UnreadableError, NothingToChangeError):
            self.unreadable += 1
            return
        except NotCoveredError as error:
            self.not_covered[str(error)] += 1
            return
        self.legal, self.illegal = self.legal + (not first), self.illegal + bool(first)
        self.codes.update(code for code, _record in first)
        self.changes.update(step.done)
        if first != second:
            only = f"the judge alone {sorted(first - second)}, the second alone {sorted(second - first)}"
            self.differing.append(f"step {number} ({', '.join(step.done) or 'unchanged'}): {only}")
