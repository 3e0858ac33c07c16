"""Pull requests that chance makes, legal or not, and what the audit says of each however it lands."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from random import Random

from tests.properties.forging import Draft, NothingToChangeError
from tests.properties.mutations import HARSH
from tests.properties.supply import Commit, Held
from tests.properties.trail.growing import STEPS, drafted, next_step
from tests.properties.trail.importing import Chain, written
from tests.properties.trail.judging import Fetched, Found, Passage
from tests.second_judge.reading import NotCoveredError, above

METHODS = ("fast-forward", "rebase", "merge", "squash")


@dataclass(frozen=True)
class Pull:
    """A branch that is to land.

    Attributes:
        number: which one.
        place: the commit of the supply from which it leaves.
        commits: its commits.
        cheat: what is done in one of them that may not be done; empty where nothing is.
        apart: whether no other commit touches what the cheat touches, or what belongs with it.
        rules: whether it changes what says what is legal.
    """

    number: int
    place: int
    commits: Sequence[Commit]
    cheat: str
    apart: bool
    rules: bool


def pull(supply: Sequence[Commit], number: int, seed: str) -> Pull:
    """A pull request, by its number."""
    random = Random(f"{seed}/pull/{number}")  # noqa: S311 - chance that can be made again
    place = random.randrange(20, len(supply))
    length, wanted, rules = random.choice([1, 2, 3, 4]), random.random() < 0.75, random.random() < 0.2
    commits, cheat, now = [supply[place]], "", supply[place]
    touched: list[set[str]] = []
    cheated = set[str]()
    while len(commits) <= length:
        what = ""
        if wanted and not cheat and random.random() < 1 / (1 + length - len(commits)):
            later, what = _cheated(now, random)
        else:
            later = next_step(now, random.choices(list(STEPS), list(STEPS.values()))[0], random)
        if later is None or (later.world.rules != now.world.rules and not rules):
            continue
        touched += [] if what else [_touched(now, later)]
        cheated = _touched(now, later) if what else cheated
        commits, cheat, now = [*commits, later], cheat or what, later
    apart = not any(cheated & one for one in touched)
    return Pull(number, place, commits[1:], cheat, apart, now.world.rules != supply[place].world.rules)


def _touched(before: Commit, after: Commit) -> set[str]:
    """The records that differ, and those to which they belong."""
    found = set[str]()
    for name in {*before.world.records, *after.world.records}:
        versions = [one.world.records.get(name) for one in (before, after)]
        if versions[0] != versions[1]:
            found |= {name, *(above(one) or name for one in versions if one)}
            found |= {str(part.get("application")) for one in versions if one for part in one.get("participants") or []}
    return found


def _cheated(now: Commit, random: Random) -> tuple[Commit | None, str]:
    """What stands there after something that may be against the rules; none where that can do nothing here."""
    change = random.choice(HARSH)
    draft = Draft(replace(now, oid=""), replace(now, oid=""), now.at, random)
    try:
        change(draft)
        after = drafted(draft)
    except (NothingToChangeError, NotCoveredError, KeyError, TypeError, ValueError, AttributeError):
        return None, ""
    return after, change.__name__ if after is not None else ""


def landed(root: Path, supply: Sequence[Commit], pulls: Sequence[Pull]) -> dict[int, dict[str, Found]]:
    """What is wrong with each pull request, by its number and by how it landed."""
    ways = [(one.number, method) for one in pulls for method in METHODS]
    chains = [_chain(supply[one.place], one.commits, method) for one in pulls for method in METHODS]
    commits = dict(zip(ways, written(root, chains), strict=True))
    fetched = Fetched(root, [*supply, *(commit for chain in commits.values() for commit in chain)])
    passage = Passage(fetched)
    found: dict[int, dict[str, Found]] = {}
    for place, commit in enumerate(supply):
        passage.on(commit)
        for one in pulls:
            if one.place == place:
                found[one.number] = {
                    method: _judged(passage, one, method, commits[one.number, method]) for method in METHODS
                }
    return found


def _chain(base: Commit, commits: Sequence[Commit], method: str) -> Chain:
    """The branch, and what becomes of it; something else lands on the main line meanwhile, unless it is fast-forwarded."""
    if method == "fast-forward":
        return Chain(base, commits)
    noted = {"NOTES.md": b"Something else landed.\n"}
    meanwhile = replace(base, tree=Held({**base.tree.held, **noted}), oid="")
    after = [replace(one, tree=Held({**one.tree.held, **noted})) for one in commits]
    if method == "rebase":
        return Chain(base, [meanwhile, *after])
    if method == "squash":
        return Chain(base, [meanwhile, after[-1]])
    return Chain(base, [*commits, meanwhile, after[-1]], merged=len(commits))


def _judged(passage: Passage, one: Pull, method: str, commits: Sequence[Commit]) -> Found:
    """What is wrong with what landed on the main line, commit by commit and in the end."""
    other = passage.aside()
    main = commits[len(one.commits) if method == "merge" else 0 :]
    return set().union(*(other.judged(commit) for commit in main), other.left(main))
