"""The goals as data: what each is measured by, beside what, and whether it is reached.

A goal says nothing of what was not measured: where a case has no figure, its verdict is the reason.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from bench.cases import MANY, SEVERAL
from bench.measure import BARE, Case


class NotMeasuredError(Exception):
    """A case has no figure; the text says why."""


class Figures:
    """What was measured, by the name of the case and the size of the register."""

    def __init__(self, cases: Sequence[Case]) -> None:
        self._cases = {(case.name, case.records): case for case in cases}

    def case(self, name: str, records: int | None = None) -> Case:
        """One that has a figure."""
        case = self._cases.get((name, records))
        at = f"`{name}`" if records is None else f"`{name}` at {records:,}"
        if case is None:
            raise NotMeasuredError(f"{at} was not run")
        if case.failed or not case.seconds:
            raise NotMeasuredError(f"{at}: {case.failed or 'was not run'}")
        return case

    def seconds(self, name: str, records: int | None = None) -> float:
        """The median; of a limit the quickest round."""
        return self.case(name, records).figure

    def bare(self, name: str, records: int | None = None) -> float:
        """The same as a multiple of that of a bare interpreter."""
        return self.seconds(name, records) / self.seconds(BARE)

    def per(self, name: str, other: str, records: int) -> float:
        """The same as a multiple of that of another case in the same register."""
        return self.seconds(name, records) / self.seconds(other, records)


@dataclass(frozen=True)
class Goal:
    """One row.

    Attributes:
        name: what is done.
        limit: what it is held against, in words.
        goal: the bound in words, with its unit.
        bound: the bound.
        figure: what was measured, in the unit of the bound.
        cases: the cases of which it is made, each a name and a size of register; the first is the one it is about.
        at_least: whether more is better.
    """

    name: str
    limit: str
    goal: str
    bound: float
    figure: Callable[[Figures], float]
    cases: tuple[tuple[str, int | None], ...]
    at_least: bool = False


@dataclass(frozen=True)
class Verdict:
    """What came of a goal: a figure, or the reason why there is none."""

    goal: Goal
    figure: float | None
    said: str

    @property
    def reached(self) -> bool:
        """Whether it was measured and kept."""
        return self.figure is not None and self.said == "reached"


def verdicts(goals: Sequence[Goal], figures: Figures) -> Iterator[Verdict]:
    """Each goal with what was measured."""
    for goal in goals:
        try:
            figure = goal.figure(figures)
        except NotMeasuredError as missing:
            yield Verdict(goal, None, f"not measured: {missing}")
        else:
            yield Verdict(goal, figure, _said(goal, figure))


def _said(goal: Goal, figure: float) -> str:
    if figure >= goal.bound if goal.at_least else figure <= goal.bound:
        return "reached"
    factor = goal.bound / figure if goal.at_least else figure / goal.bound
    return f"missed by a factor of {factor:.2f}" if factor > 0 else "missed"


def goals(sizes: Sequence[int], commits: int, largest: int = 0) -> list[Goal]:
    """All rows for registers of these sizes, smallest first, and a history of so many commits.

    Args:
        sizes: of the registers of which everything is asked.
        commits: the length of the history.
        largest: the size of one of which only that is asked which shall not grow with it; 0 where there is none.
    """
    more = [_bare("check a revision", 7, largest)] if largest else []
    checking = [*_checking(sizes), *more, *_changing(sizes)]
    return [*_starting(), *_one_record(sizes), *checking, *_trail(commits), *_memory(largest or sizes[-1])]


def _bare(name: str, goal: float, records: int | None, limit: str = "a bare Python, P") -> Goal:
    where = "" if records is None else f", {records:,} records"
    return Goal(f"`{name}`{where}", limit, f"≤ {goal:g} P", goal, lambda of: of.bare(name, records), ((name, records),))


def _starting() -> Iterator[Goal]:
    yield _bare("--version", 1.3, None)
    yield _bare("--help", 6.5, None, "importing typer")


def _one_record(sizes: Sequence[int]) -> Iterator[Goal]:
    few, many = sizes[0], sizes[-1]
    yield _bare("completion", 6.5, many, "importing typer")
    yield _bare("show ID", 6.5, many)
    yield _listing(many)
    yield _bare("list KIND", 6.5, many, "a bare Python, P; asked before")
    yield _bare("log ID", 6.5, many)
    for name in ("gates ID", "check ID"):
        yield _bare(name, 13, many)
        yield _growth(name, few, many)
    yield _bare("advance ID", 15, many, "a bare Python, P; with its commit")


def _listing(many: int) -> Goal:
    def figure(of: Figures) -> float:
        return (of.seconds("list, anew", many) - of.seconds("reading the bytes", many)) / of.seconds(BARE)

    parts: tuple[tuple[str, int | None], ...] = (("list, anew", many), ("reading the bytes", many))
    return Goal(f"`list KIND` anew, {many:,} records", "reading the bytes", "≤ 6.5 P + reading", 6.5, figure, parts)


def _growth(name: str, few: int, many: int) -> Goal:
    def figure(of: Figures) -> float:
        return of.seconds(name, many) / of.seconds(name, few)

    words = f"`{name}`, {many:,} records as a multiple of {few:,}"
    return Goal(words, "the smaller register", "the same: ≤ 1.2", 1.2, figure, ((name, many), (name, few)))


def _checking(sizes: Sequence[int]) -> Iterator[Goal]:
    many = sizes[-1]
    one = "check, cold, one core"
    yield _ratio("cold `check` on one core", one, "reading the bytes", 8, many)
    for peer, factor in (("check-jsonschema", 50.0), ("yamale", 5.0)):
        yield _ratio(f"{peer}, to cold `check` on one core", peer, one, factor, many, at_least=True)
    yield _ratio("cold `check` on one core, to that on all", one, "check, cold", 1.6, many, at_least=True)
    for size in sizes:
        yield _bare("check a revision", 7, size)
    yield _after_status(many)
    yield _ratio("warm `today`", "today", "check", 3, many)


def _ratio(name: str, case: str, other: str, bound: float, records: int, *, at_least: bool = False) -> Goal:
    sign = "≥" if at_least else "≤"
    return Goal(
        f"{name}, {records:,} records",
        other,
        f"{sign} {bound:g} times",
        bound,
        lambda of: of.per(case, other, records),
        ((case, records), (other, records)),
        at_least,
    )


def _after_status(many: int) -> Goal:
    def figure(of: Figures) -> float:
        return (of.seconds("check", many) - 1.3 * of.seconds("git status", many)) / of.seconds(BARE)

    parts: tuple[tuple[str, int | None], ...] = (("check", many), ("git status", many))
    return Goal(f"warm `check`, {many:,} records", "git status", "≤ 7 P + 1.3 git status", 7, figure, parts)


def _changing(sizes: Sequence[int]) -> Iterator[Goal]:
    many = sizes[-1]
    for count in (1, SEVERAL):
        yield _beyond_warm(f"check, {count} changed", f"`check` after {count} changed", count, many)
    for name in ("check --base", "check --base --changed"):
        yield _beyond_warm(name, f"`{name}` of one record, fresh clone", 1, many)
        if len(sizes) > 1:
            yield _growth(name, sizes[-2], many)
    for title, words in (("one commit", "one commit"), ("many commits", "as many commits")):
        yield _ratio(f"advances in {words}", f"advance, {title}", f"fast-import, {title}", 2, MANY)


def _beyond_warm(case: str, name: str, count: int, many: int) -> Goal:
    bound = 150 + 0.3 * count

    def figure(of: Figures) -> float:
        return 1000 * (of.seconds(case, many) - of.seconds("check", many))

    goal = f"warm + {bound:g} ms"
    return Goal(f"{name}, {many:,} records", "warm `check`", goal, bound, figure, ((case, many), ("check", many)))


def _trail(commits: int) -> Iterator[Goal]:
    words = f"of {commits:,} commits"
    cold, limit = ("audit, cold", commits), ("reading the history", commits)
    yield Goal(
        f"cold `audit` {words}", limit[0], "≤ 2 times", 2, lambda of: of.per(cold[0], limit[0], commits), (cold, limit)
    )
    for name, since in {"audit": "nothing new", "audit, 1 new": "a new record"}.items():
        again = (name, commits)

        def share(of: Figures, name: str = name) -> float:
            return of.per(name, cold[0], commits)

        yield Goal(f"`audit` {words} with {since}", cold[0], "≤ 0.15 of cold", 0.15, share, (again, cold))


def _memory(many: int) -> Iterator[Goal]:
    for name in ("check, cold", "audit of a register", "export site"):
        yield _memory_of(name, many)


def _memory_of(name: str, many: int) -> Goal:
    def figure(of: Figures) -> float:
        return of.case(name, many).memory

    words = f"memory of `{name}`, {many:,} records"
    return Goal(words, "the largest process", "≤ 500 MB", 500, figure, ((name, many),))
