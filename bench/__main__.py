"""`python -m bench [--rounds N] [--records N …] [--without-peers] [--out FILE]`."""

from __future__ import annotations

import argparse
import sys
import tempfile
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

from bench import report, shares
from bench.cases import MANY, branch, bulk, large, largest, small, trail, whole, without_register
from bench.counts import counted
from bench.goals import Figures, goals, verdicts
from bench.history import COMMITS_EACH, make, register_of
from bench.measure import Case, measure
from bench.peers import ASKED, installed, judges, peers
from bench.register import Made
from bench.writers import writers

#: So often runs what takes seconds: all that reads a large register.
FEW = 3

RESULTS = Path(__file__).with_name("RESULTS.md")


#: A register has records that are looked at, moved and changed by hand; each record's history has a length.
LEAST, LEAST_COMMITS = 10, COMMITS_EACH


def main(words: Sequence[str] | None = None) -> int:
    """Make registers, measure, and write what came of it."""
    given = _asked(words)
    try:
        _run(given)
    except KeyboardInterrupt:
        sys.stderr.write(f"\ninterrupted: {given.out} is as it was\n")
        return 130
    return 0


def _asked(words: Sequence[str] | None) -> argparse.Namespace:
    """What was asked, refused before anything is made where nothing could come of it."""
    parser = argparse.ArgumentParser(prog="python -m bench", description="Measure what commands cost.")
    parser.add_argument("--rounds", type=int, default=7, help="how often each command runs")
    parser.add_argument("--records", type=int, nargs="+", default=[LEAST, ASKED, 10_000], help="sizes of registers")
    parser.add_argument("--largest", type=int, default=0, help="size of one more, of which only the largest is asked")
    parser.add_argument("--commits", type=int, default=10_000, help="length of the history that is audited")
    parser.add_argument("--writers", type=int, default=0, help="how many advances each of eight writers lands")
    parser.add_argument("--without-peers", action="store_true", help="install and run no other program")
    parser.add_argument("--out", type=Path, default=RESULTS, help="where the results go")
    given = parser.parse_args(words)
    given.records = sorted(set(given.records))
    if given.rounds < 1:
        parser.error("--rounds: once at least")
    if given.records[0] < LEAST or (given.largest and given.largest < LEAST):
        parser.error(f"--records and --largest: {LEAST} at least")
    if given.largest in given.records:
        parser.error("--largest: one more than those of --records")
    if given.commits < LEAST_COMMITS:
        parser.error(f"--commits: {LEAST_COMMITS} at least, so many make one record")
    if given.writers < 0:
        parser.error("--writers: none, or more")
    if given.out.is_dir() or not given.out.absolute().parent.is_dir():
        parser.error(f"--out: {given.out} is no file in a folder that is there")
    return given


def _run(given: argparse.Namespace) -> None:
    sizes = given.records
    there = {} if given.without_peers else installed()
    with tempfile.TemporaryDirectory(prefix="bench-") as name:
        folder = Path(name)
        made = [_said(register_of, folder / f"register-{count}", count) for count in sizes]
        cases = list(_cases(folder, made, given.commits, given.largest))
        if not given.without_peers:
            cases += [*peers(_with(made, ASKED), folder, there), *judges(made[-1], folder, there)]
        measure(cases, given.rounds)
        found = list(verdicts(goals(sizes, given.commits, given.largest), Figures(cases)))
        told = list(shares.told(found, cases))
        told += ["", "## Instructions", "", *counted(made[0].root)]
        if given.writers:
            told += ["", "## Many writers", "", *writers(folder, given.writers)]
    about = report.about(cases, given.rounds, there)
    report.write(report.document(found, cases, about, told), report.kept(found, about), given.out)
    print("\n".join(report.goal_table(found)))


def _said(make_one: Callable[[Path, int], Made], root: Path, count: int) -> Made:
    sys.stderr.write(f"making {root.name}\n")
    return make_one(root, count)


def _with(made: Sequence[Made], at_least: int) -> Made:
    """The smallest register with so many records."""
    return next((one for one in made if one.records >= at_least), made[-1])


def _cases(folder: Path, made: Sequence[Made], commits: int, most: int) -> Iterator[Case]:
    yield from without_register()
    for one in made:
        yield from small(one)
    for one in made:
        for case in (*branch(one), *whole(one)):
            case.most = FEW if one.records > ASKED else None
            yield case
    yield from trail(_said(make, folder / f"history-{commits}", commits), commits)
    yield from large(made[-1])
    if most:
        yield from largest(_said(register_of, folder / f"register-{most}", most))
    if made[-1].records > MANY:
        yield from bulk(_said(register_of, folder / "bulk", MANY + 100))


if __name__ == "__main__":
    sys.exit(main())
